"""What two networks deliver differently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import netproof
from netproof import PacketSet, Topology
from python import networks
from python.command import run
from python.test_schemas import validate

# The servers have moved behind the router that nothing leads to.
MOVED = networks.OFFICE.replace(
    "prefixes: [10.0.2.0/24]\n    router: core",
    "prefixes: [10.0.2.0/24]\n    router: rock",
)
RULES = networks.PROVED + networks.VIOLATED


@pytest.fixture
def office(tmp_path: Path) -> Topology:
    (tmp_path / "old").mkdir()
    return netproof.load(networks.write(tmp_path / "old", rules=RULES))


@pytest.fixture
def moved(tmp_path: Path) -> Topology:
    (tmp_path / "new").mkdir()
    return netproof.load(networks.write(tmp_path / "new", MOVED, RULES))


def test_a_network_does_not_differ_from_itself(office: Topology) -> None:
    same = netproof.diff(office, office)
    assert not same
    assert same.changes == ()
    assert same.to_dicts() == []
    assert "no difference, connection level" in str(same)
    assert office.equivalent(office)


def test_what_is_cut_off_is_closed(office: Topology, moved: Topology) -> None:
    found = netproof.diff(office, moved, level="packet")
    assert found
    assert not office.equivalent(moved)
    closed = {
        (change.from_, change.to): change.closed for change in found.changes
    }
    assert closed["host:desk", "host:wiki"] == PacketSet(
        "10.0.1.10", "10.0.2.10"
    )
    assert {change.level for change in found.changes} == {"packet"}
    opened = {change.to for change in found.changes if change.opened}
    assert opened == {
        "host:hut",
        "segment:island",
        "host:wiki",
        "segment:servers",
    }


def test_the_other_way_round_it_is_opened(
    office: Topology, moved: Topology
) -> None:
    there = netproof.diff(office, moved)
    back = netproof.diff(moved, office)
    assert [change.closed for change in there.changes] == [
        change.opened for change in back.changes
    ]


def test_rules_that_change_their_verdict(
    office: Topology, moved: Topology
) -> None:
    assert netproof.diff(office, moved).now_fixed == ("staff-stay-out",)
    assert netproof.diff(moved, office).now_failing == ("staff-stay-out",)


def test_paths_stand_for_their_networks(
    tmp_path: Path, office: Topology, moved: Topology
) -> None:
    again = netproof.diff(
        tmp_path / "old" / "network", tmp_path / "new" / "network"
    )
    assert again == netproof.diff(office, moved)


@pytest.mark.parametrize(
    ("topology", "code"), [(MOVED, 0), (networks.OPEN_OFFICE, 4)]
)
def test_the_command_writes_what_the_schema_says(
    tmp_path: Path, office: Topology, topology: str, code: int
) -> None:
    new = networks.write(tmp_path, topology, RULES)
    old = tmp_path / "old" / "network"
    done = run("diff", old, new, "--format", "json")
    assert done.returncode == code, done.stderr
    document = json.loads(done.stdout)
    validate(document, "output")
    assert not document["same"]
    text = run("diff", old, new, "--level", "packet")
    assert text.returncode == code
    assert "connection level" not in text.stdout
