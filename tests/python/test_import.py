"""netproof import: what is written is the network that was read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import netproof
from netproof import InputError, Topology
from python import networks
from python.command import run
from python.golden import follow, verdicts
from python.test_aws_snapshot import CASES, NAMES, expected

ROOT = Path(__file__).parents[2]


def without_places(answer: Any) -> Any:
    """An answer without what an import does not keep: where it was written."""
    if isinstance(answer, dict):
        return {
            key: without_places(value)
            for key, value in answer.items()
            if key != "source"
        }
    if isinstance(answer, list):
        return [without_places(item) for item in answer]
    return answer


def imported(kind: str, source: Path, folder: Path) -> Topology:
    done = run("import", kind, source, "-o", folder)
    assert done.returncode == 0, done.stderr
    named = done.stdout.split()
    assert sorted(named) == sorted(map(str, folder.iterdir()))
    return netproof.load(folder)


@pytest.mark.parametrize("case", NAMES)
def test_an_imported_snapshot_is_judged_alike(
    case: str, tmp_path: Path
) -> None:
    wanted = expected(case)
    before = netproof.load(CASES / case / "snapshot")
    after = imported("aws", CASES / case / "snapshot", tmp_path / "network")
    for flow in wanted["flows"]:
        assert without_places(follow(after, flow)) == without_places(
            follow(before, flow)
        )
    if "rules" in wanted:
        assert verdicts(after, wanted["rules"], tmp_path) == wanted["verdicts"]


@pytest.mark.parametrize("name", ["plugin-zone", "two-vpcs", "technova"])
def test_a_topology_that_is_written_again_is_judged_alike(
    name: str, tmp_path: Path
) -> None:
    before = netproof.load(ROOT / "topologies" / name)
    after = imported("netproof", ROOT / "topologies" / name, tmp_path / "new")
    rules = before.rules()
    first, second = before.check(rules), after.check(rules)
    assert [(rule.id, rule.verdict) for rule in first.rules] == [
        (rule.id, rule.verdict) for rule in second.rules
    ]
    assert after.equivalent(before)


def test_what_is_missing_is_written_as_unknown(tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshot"
    snapshot.mkdir()
    (snapshot / "vpcs.json").write_text(
        json.dumps(
            {
                "Vpcs": [
                    {
                        "VpcId": "vpc-1",
                        "CidrBlock": "10.0.0.0/16",
                        "OwnerId": "111111111111",
                    }
                ]
            }
        )
    )
    done = run("import", "aws", snapshot, "-o", tmp_path / "network")
    assert done.returncode == 0
    assert "gaps of the source are written as unknown" in done.stderr
    assert "unknown" in (tmp_path / "network" / "vpcs.yaml").read_text()
    rules = (
        "version: 1\n"
        "rules:\n"
        "  - {id: closed, deny: {from: 'vpc:vpc-1', to: everyone}}\n"
        "  - {id: private, deny: {from: internet, to: 'vpc:vpc-1'}}\n"
    )
    for folder in (snapshot, tmp_path / "network"):
        said = verdicts(netproof.load(folder), rules, tmp_path)
        assert said == {"closed": "unknown", "private": "unknown"}


def test_unlisted_addresses_carry_one_group_as_in_the_snapshot(
    tmp_path: Path,
) -> None:
    """Which of two groups they carry is not known: not both at once."""
    snapshot = tmp_path / "snapshot"
    shutil.copytree(CASES / "group-references" / "snapshot", snapshot)
    for path in snapshot.rglob("*.json"):
        document = json.loads(path.read_text())
        if "NetworkInterfaces" in document:
            document["NetworkInterfaces"] = []
            path.write_text(json.dumps(document))
    before = netproof.load(snapshot)
    after = imported("aws", snapshot, tmp_path / "network")
    assert (
        "snapshot: true" in (tmp_path / "network" / "topology.yaml").read_text()
    )
    rules = (
        "version: 1\n"
        "rules:\n"
        "  - {id: open, require: {from: 'vpc:vpc-a', to: 'vpc:vpc-a',"
        " service: tcp/443}}\n"
        "  - {id: shut, deny: {from: 'vpc:vpc-a', to: 'vpc:vpc-a'}}\n"
    )
    said = verdicts(before, rules, tmp_path)
    assert said["open"] == "unknown"
    assert verdicts(after, rules, tmp_path) == said


def test_what_was_left_out_is_not_written(tmp_path: Path) -> None:
    broken = tmp_path / "net.yaml"
    broken.write_text(
        "vpcs:\n"
        "  - {name: a, cidrs: [10.0.0.0/16]}\n"
        "  - {name: b, cidrs: [10.1.300.0/24]}\n"
    )
    network = netproof.load(broken, keep_going=True)
    with pytest.raises(InputError, match=r"10\.1\.300\.0"):
        network.write(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    network = networks.write(tmp_path)
    target = tmp_path / "new"
    target.mkdir()
    (target / "topology.yaml").write_text("precious")
    done = run("import", "netproof", network, "-o", target)
    assert done.returncode == 2
    assert "topology.yaml" in done.stderr
    assert [path.name for path in target.iterdir()] == ["topology.yaml"]
    assert (target / "topology.yaml").read_text() == "precious"


def test_a_kind_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    done = run("import", "awz", CASES / "peering", "-o", tmp_path / "new")
    assert done.returncode == 2
    assert "aws" in done.stderr
    assert not (tmp_path / "new").exists()
