"""Landing zones: what the accelerator would deploy, by statement of
cpp/semantics.md.

The configurations under tests/golden/lza are written by hand; no accelerator
read them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import netproof
from netproof import InputError, Topology
from python.command import run
from python.golden import assert_as_expected, expected, follow, verdicts
from python.test_import import imported, without_places

CASES = Path(__file__).parents[1] / "golden" / "lza"
NAMES = sorted(path.parent.name for path in CASES.glob("*/expected.yaml"))
HUB = CASES / "hub-and-spoke" / "config"


def wanted(case: str) -> dict[str, Any]:
    return expected(CASES / case)


def assert_as_wanted(topology: Topology, case: str, folder: Path) -> None:
    assert_as_expected(topology, wanted(case), folder)


def changed(folder: Path, old: str, new: str, name: str = "") -> Path:
    """The hub-and-spoke configuration with another text in one file."""
    copy = folder / "config"
    shutil.copytree(HUB, copy)
    path = copy / (name or "network-config.yaml")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return copy


def verdict(topology: Topology, rule: str, folder: Path) -> str:
    expected = wanted("hub-and-spoke")
    return verdicts(topology, str(expected["rules"]), folder)[rule]


@pytest.mark.parametrize("case", NAMES)
def test_a_landing_zone_is_judged_as_it_would_forward(
    case: str, tmp_path: Path
) -> None:
    assert_as_wanted(netproof.load(CASES / case / "config"), case, tmp_path)


def test_the_same_network_in_our_own_words_is_judged_alike(
    tmp_path: Path,
) -> None:
    case = CASES / "hub-and-spoke"
    assert_as_wanted(
        netproof.load(case / "topology.yaml"), "hub-and-spoke", tmp_path
    )


@pytest.mark.parametrize("case", NAMES)
def test_an_imported_landing_zone_is_judged_alike(
    case: str, tmp_path: Path
) -> None:
    before = netproof.load(CASES / case / "config")
    after = imported("lza", CASES / case / "config", tmp_path / "network")
    flows = wanted(case)["flows"]
    assert isinstance(flows, list)
    for flow in flows:
        assert without_places(follow(after, flow)) == without_places(
            follow(before, flow)
        )
    assert_as_wanted(after, case, tmp_path)


def test_the_file_is_read_like_its_folder() -> None:
    whole = netproof.load(HUB)
    assert netproof.load(HUB / "network-config.yaml").equivalent(whole)
    assert netproof.load(HUB, input_format="lza").equivalent(whole)


# covers S161: nothing that is not understood is passed over.
@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (
            "vpcFlowLogs:",
            "vpcLattice: {}\nvpcFlowLogs:",
            "prod-is-kept-from-dev",
        ),
        (
            "[Core]\n        subnets: [Entry-A]",
            "[Core]\n        subnets: [Entry-A]\n        newOption: true",
            "shared-reaches-no-prod",
        ),
        (
            "destinationCidrBlock: 10.3.0.0/16",
            "destinationPrefixList: other",
            "prod-is-kept-from-dev",
        ),
        (
            "blackhole: true\n      - name: Dev",
            "newKey: 1\n      - name: Dev",
            "prod-is-kept-from-dev",
        ),
    ],
)
def test_what_is_not_understood_is_unknown(
    old: str, new: str, rule: str, tmp_path: Path
) -> None:
    topology = netproof.load(changed(tmp_path, old, new))
    assert verdict(topology, rule, tmp_path) == "unknown"


def test_without_a_blackhole_the_way_is_open(tmp_path: Path) -> None:
    topology = netproof.load(
        changed(
            tmp_path,
            "            blackhole: true\n",
            "            attachment: {vpcName: Dev, account: Sandbox}\n",
        )
    )
    found = verdict(topology, "prod-is-kept-from-dev", tmp_path)
    assert found == "violated"


# covers S163: a variable of a parameter store is not in the folder.
def test_a_variable_that_nobody_knows_is_unknown(tmp_path: Path) -> None:
    topology = netproof.load(
        changed(
            tmp_path,
            "destinationCidrBlock: 10.3.0.0/16",
            'destinationCidrBlock: "{{ Office }}"',
        )
    )
    found = verdict(topology, "prod-is-kept-from-dev", tmp_path)
    assert found == "unknown"


# covers S162: without the accounts nobody knows where a template is deployed.
def test_without_accounts_a_template_is_unknown(tmp_path: Path) -> None:
    config = changed(tmp_path, "region: *HOME", "region: *HOME")
    (config / "accounts-config.yaml").unlink()
    topology = netproof.load(config)
    rules = (
        "version: 1\nrules:\n"
        "  - {id: a, deny: {from: 'vpc:Dev', to: 'vpc:Prod@unknown-account'}}\n"
    )
    assert verdicts(topology, rules, tmp_path) == {"a": "unknown"}


# covers S170: an attachment that waits to be accepted may forward nothing.
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "autoAcceptSharingAttachments: enable",
            "autoAcceptSharingAttachments: disable",
        ),
        ("[Infrastructure, Workloads]", "[Infrastructure]"),
        ("- *HOME", "- us-east-1"),
    ],
)
def test_an_attachment_may_not_come_about(
    old: str, new: str, tmp_path: Path
) -> None:
    name = "global-config.yaml" if old == "- *HOME" else ""
    topology = netproof.load(changed(tmp_path, old, new, name))
    found = verdict(topology, "shared-reaches-no-prod", tmp_path)
    assert found in ("unknown", "violated" if name else "unknown")


def test_gaps_are_warnings_with_their_places() -> None:
    done = run(
        "check",
        CASES / "inspection-and-hybrid" / "config",
        "--plan-only",
        "--format",
        "json",
    )
    assert done.returncode == 0, done.stderr
    found = [
        finding
        for finding in yaml.safe_load(done.stdout)["findings"]
        if finding["id"] == "landing-zone-is-understood"
    ]
    assert {finding["level"] for finding in found} == {"warning"}
    lines = {finding["source"]["line"] for finding in found}
    text = (
        CASES / "inspection-and-hybrid" / "config" / "network-config.yaml"
    ).read_text()
    device = text[: text.index("EC2:ENI_0")].count("\n") + 1
    assert device in lines


def test_every_error_of_every_file_is_reported(tmp_path: Path) -> None:
    config = changed(tmp_path, "cidrs: [10.1.0.0/16]", "cidrs: 10.1.0.0/16")
    accounts = config / "accounts-config.yaml"
    accounts.write_text(accounts.read_text() + "workloadAccounts: []\n")
    with pytest.raises(InputError) as caught:
        netproof.load(config)
    said = str(caught.value)
    assert "a list" in said
    assert "a key stands once in a mapping" in said


def test_two_things_of_one_name_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Shared"):
        netproof.load(
            changed(
                tmp_path,
                "- name: Dev\n    account",
                "- name: Shared\n    account",
            )
        )


def test_a_topology_does_not_take_it_among_its_files(tmp_path: Path) -> None:
    shutil.copy(HUB / "network-config.yaml", tmp_path / "zone.yaml")
    (tmp_path / "topology.yaml").write_text("files: [zone.yaml]\n")
    with pytest.raises(InputError):
        netproof.load(tmp_path)
