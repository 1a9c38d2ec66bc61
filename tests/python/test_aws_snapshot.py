"""AWS snapshots: what AWS answers, by statement of cpp/semantics.md.

The snapshots under tests/golden/aws are written by hand in the shapes of the
AWS command line; no account was asked for them.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import netproof
from netproof import InputError
from python import golden
from python.command import run
from python.golden import assert_as_expected, findings, follow, verdicts

CASES = Path(__file__).parents[1] / "golden" / "aws"
NAMES = sorted(path.parent.name for path in CASES.glob("*/expected.yaml"))


def expected(case: str) -> dict[str, Any]:
    return golden.expected(CASES / case)


@pytest.mark.parametrize("case", NAMES)
def test_a_snapshot_is_judged_as_aws_would_forward(
    case: str, tmp_path: Path
) -> None:
    topology = netproof.load(CASES / case / "snapshot")
    assert_as_expected(topology, expected(case), tmp_path)


def copy(case: str, folder: Path) -> Path:
    snapshot = folder / case
    shutil.copytree(CASES / case / "snapshot", snapshot)
    return snapshot


def edit(path: Path, **changes: Any) -> None:
    """Changes keys of the root of a JSON file; None takes one out."""
    document = json.loads(path.read_text())
    for key, value in changes.items():
        if value is None:
            del document[key]
        else:
            document[key] = value
    path.write_text(json.dumps(document, indent=1))


RULES = expected("blackholes")["rules"]
# A case, what is taken out of it, how that is called, and a flow (by its
# number) that hangs on it.
MISSING = [
    ("blackholes", "Subnets", "describe-subnets", 0),
    ("blackholes", "RouteTables", "describe-route-tables", 0),
    ("blackholes", "NetworkAcls", "describe-network-acls", 0),
    ("blackholes", "SecurityGroups", "describe-security-groups", 0),
    ("blackholes", "TransitGatewayRouteTables", "route-tables", 1),
    ("blackholes", "tgw-rtb-1.routes", "routes of tgw-rtb-1", 2),
    ("hybrid", "TransitGatewayAttachments", "gateway-attachments", 0),
    ("central-egress", "InternetGateways", "describe-internet-gateways", 0),
    ("central-egress", "InternetGateways", "describe-internet-gateways", 3),
    ("central-egress", "NatGateways", "describe-nat-gateways", 0),
    ("ipv6", "EgressOnlyInternetGateways", "describe-egress-only", 0),
    ("peering", "VpcPeeringConnections", "describe-vpc-peering", 0),
    ("endpoints", "VpcEndpoints", "describe-vpc-endpoints", 0),
    ("prefix-lists", "pl-1", "", 2),
]


def scope(snapshot: Path) -> Path:
    return snapshot / "111111111111" / "eu-west-1"


def take_out(snapshot: Path, name: str) -> None:
    for path in snapshot.rglob(f"{name}.json"):
        path.unlink()
        return
    edit(snapshot / "network.json", **{name: None})


@pytest.mark.parametrize(("case", "name", "call", "number"), MISSING)
def test_a_missing_call_is_named_and_never_taken_for_nothing(
    case: str, name: str, call: str, number: int, tmp_path: Path
) -> None:
    # covers S121
    snapshot = copy(case, tmp_path)
    take_out(snapshot, name)
    topology = netproof.load(snapshot)
    said = [line for line in findings(topology) if call in line]
    assert any(
        line.startswith("warning snapshot-has-every-call") for line in said
    ), findings(topology)
    flow = expected(case)["flows"][number]
    answer = follow(topology, flow)
    assert answer["forward"]["verdict"] == "unknown", answer


def test_without_interfaces_no_address_is_known_to_answer(
    tmp_path: Path,
) -> None:
    # covers S121
    snapshot = copy("blackholes", tmp_path)
    take_out(snapshot, "NetworkInterfaces")
    topology = netproof.load(snapshot)
    assert "describe-network-interfaces" in str(findings(topology))
    answered = verdicts(topology, RULES, tmp_path)
    assert answered["a-and-x-talk"] == "unknown"
    assert answered["a-cannot-reach-x"] == "violated"


def test_without_any_vpc_nothing_is_decided(tmp_path: Path) -> None:
    # covers S121
    snapshot = copy("blackholes", tmp_path)
    (scope(snapshot) / "Vpcs.json").unlink()
    topology = netproof.load(snapshot)
    answer = follow(topology, {"src": "10.1.0.7", "dst": "10.20.4.7"})
    assert answer["forward"]["verdict"] == "unknown"


def test_the_defaults_of_aws_are_assumptions(tmp_path: Path) -> None:
    snapshot = copy("blackholes", tmp_path)
    for name in ("NetworkAcls", "NatGateways"):
        (scope(snapshot) / f"{name}.json").unlink()
    topology = netproof.load(snapshot, assume_missing="aws-defaults")
    assert (
        verdicts(topology, RULES, tmp_path)
        == expected("blackholes")["verdicts"]
    )
    assert "snapshot-has-every-call" not in str(findings(topology))
    said = run(
        "check",
        snapshot,
        "--rules",
        tmp_path / "rules.yaml",
        "--assume-missing",
        "aws-defaults",
    ).stdout
    assert "describe-network-acls of account 111111111111" in said
    with pytest.raises(InputError, match="aws-defaults"):
        netproof.load(snapshot, assume_missing="defaults")


def test_a_cut_file_is_an_error_at_its_place(tmp_path: Path) -> None:
    snapshot = copy("blackholes", tmp_path)
    for name in ("Subnets", "RouteTables"):
        path = scope(snapshot) / f"{name}.json"
        path.write_text(path.read_text()[:-200])
    with pytest.raises(InputError) as caught:
        netproof.load(snapshot)
    text = str(caught.value)
    # Both, in one run.
    assert "Subnets.json:" in text
    assert "RouteTables.json:" in text
    assert "json-syntax" in text


@pytest.mark.parametrize("said", [True, None])
def test_a_table_that_was_cut_is_refused(
    said: bool | None, tmp_path: Path
) -> None:
    # covers S123
    snapshot = copy("blackholes", tmp_path)
    path = scope(snapshot) / "tgw-rtb-1.routes.json"
    routes = json.loads(path.read_text())["Routes"]
    if said is None:
        routes += [
            {
                "DestinationCidrBlock": f"100.64.{i // 256}.{i % 256}/32",
                "Type": "static",
                "State": "blackhole",
            }
            for i in range(1000 - len(routes))
        ]
    edit(path, Routes=routes, AdditionalRoutesAvailable=said)
    with pytest.raises(InputError, match="tgw-rtb-1") as caught:
        netproof.load(snapshot)
    assert "aws-truncated" in str(caught.value)
    topology = netproof.load(snapshot, keep_going=True)
    answered = verdicts(topology, RULES, tmp_path)
    assert set(answered.values()) <= {"unknown", "violated"}, answered
    edit(path, AdditionalRoutesAvailable=False)
    netproof.load(snapshot)


def test_pages_are_merged_and_the_last_one_is_needed(tmp_path: Path) -> None:
    # covers S123
    snapshot = copy("blackholes", tmp_path)
    path = scope(snapshot) / "Subnets.json"
    subnets = json.loads(path.read_text())["Subnets"]
    edit(path, Subnets=subnets[:1], NextToken="more")
    with pytest.raises(InputError, match="describe-subnets"):
        netproof.load(snapshot)
    (scope(snapshot) / "Subnets-2.json").write_text(
        json.dumps({"Subnets": subnets[1:]})
    )
    topology = netproof.load(snapshot)
    assert topology.counts["subnets"] == len(subnets)
    assert (
        verdicts(topology, RULES, tmp_path)
        == expected("blackholes")["verdicts"]
    )


def test_an_unknown_resource_makes_its_account_unknown(tmp_path: Path) -> None:
    # covers S124
    snapshot = copy("blackholes", tmp_path)
    (scope(snapshot) / "new.json").write_text(
        json.dumps({"FlyingGateways": [{"FlyingGatewayId": "fgw-1"}]})
    )
    topology = netproof.load(snapshot)
    assert any("FlyingGateways" in line for line in findings(topology))
    answered = verdicts(topology, RULES, tmp_path)
    assert answered["a-cannot-reach-y"] == "unknown"


@pytest.mark.parametrize(
    ("name", "old", "new", "verdict"),
    [
        ("RouteTables", '"State": "active"', '"State": "filtered"', "unknown"),
        ("RouteTables", '"Origin": "CreateRoute"', '"Origin": "X"', "unknown"),
        (
            "RouteTables",
            '"TransitGatewayId": "tgw-1"',
            '"TransitGatewayId": "tgw-1", "Via": "x"',
            "unknown",
        ),
        (
            "TransitGatewayAttachments",
            '"State": "available"',
            '"State": "resting"',
            "unknown",
        ),
        (
            "NetworkAcls",
            '"RuleAction": "allow"',
            '"RuleAction": "x"',
            "unknown",
        ),
        (
            "SecurityGroups",
            '"IpProtocol": "-1"',
            '"IpProtocol": "x"',
            "unknown",
        ),
        (
            "tgw-rtb-1.routes",
            '"Type": "propagated"',
            '"Type": "imagined"',
            "unknown",
        ),
    ],
)
def test_a_word_that_nobody_knows_is_unknown(
    name: str, old: str, new: str, verdict: str, tmp_path: Path
) -> None:
    # covers S20, S124
    snapshot = copy("blackholes", tmp_path)
    path = scope(snapshot) / f"{name}.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    topology = netproof.load(snapshot)
    assert any("snapshot-is-understood" in line for line in findings(topology))
    answer = follow(topology, {"src": "10.1.0.7", "dst": "10.20.4.7"})
    assert answer["forward"]["verdict"] == verdict, answer
    assert "proved" not in {verdicts(topology, RULES, tmp_path)["a-and-x-talk"]}


def test_a_call_that_was_refused_is_missing(tmp_path: Path) -> None:
    # covers S121
    snapshot = copy("blackholes", tmp_path)
    (scope(snapshot) / "NetworkAcls.json").write_text(
        "\nAn error occurred (UnauthorizedOperation) when calling the "
        "DescribeNetworkAcls operation: You are not authorized.\n"
    )
    topology = netproof.load(snapshot)
    said = "\n".join(findings(topology))
    assert "UnauthorizedOperation" in said
    assert "describe-network-acls" in said
    answer = follow(topology, {"src": "10.1.0.7", "dst": "10.20.4.7"})
    assert answer["forward"]["verdict"] == "unknown"


def test_host_bits_are_a_warning(tmp_path: Path) -> None:
    # covers S9
    snapshot = copy("blackholes", tmp_path)
    path = scope(snapshot) / "RouteTables.json"
    path.write_text(path.read_text().replace('"10.0.0.0/8"', '"10.0.0.7/8"'))
    topology = netproof.load(snapshot)
    assert any(
        line.startswith("warning prefix-has-no-host-bits")
        for line in findings(topology)
    )


def test_every_command_takes_a_snapshot(tmp_path: Path) -> None:
    snapshot = copy("blackholes", tmp_path)
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES)
    assert run("check", snapshot, "--rules", rules).returncode == 1
    trace = run("trace", snapshot, "--src", "10.1.0.7", "--dst", "10.20.4.7")
    assert trace.returncode in {0, 2}
    answered = run(
        *("trace", snapshot, "--src", "10.1.0.7", "--dst", "10.20.4.7"),
        *("--dport", "443", "--format", "json"),
    )
    assert json.loads(answered.stdout)["to"] == "interface:eni-x"
    reach = run(
        *("reach", snapshot, "--from", "vpc:vpc-a", "--to", "vpc:vpc-x"),
        "--input-format=aws",
    )
    assert reach.returncode == 0, reach.stderr
    assert run("matrix", snapshot, "--by", "vpc").returncode == 0
    assert run("overlaps", snapshot).returncode == 0
