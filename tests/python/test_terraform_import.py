"""Terraform plans as topologies: what is written is judged alike."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import netproof
from python.command import run
from python.golden import follow, verdicts
from python.terraform_networks import RULES, hub, loaded, with_local
from python.terraform_plans import Values
from python.test_import import imported, without_places
from python.test_terraform import CASES, NAMES
from python.test_terraform_parts import INTERNET, PUBLIC, public


@pytest.mark.parametrize("case", NAMES)
def test_an_imported_plan_is_judged_alike(case: str, tmp_path: Path) -> None:
    wanted = yaml.safe_load((CASES / case / "expected.yaml").read_text())
    before = netproof.load(CASES / case)
    after = imported("terraform", CASES / case, tmp_path / "network")
    for flow in wanted["flows"]:
        assert without_places(follow(after, flow)) == without_places(
            follow(before, flow)
        )
    if "rules" in wanted:
        assert verdicts(after, wanted["rules"], tmp_path) == wanted["verdicts"]


def both(folder: Path, resources: list[Values], rules: str) -> list[Values]:
    """The verdicts of a plan, and of what is imported of it."""
    before = loaded(folder / "plan", resources)
    after = imported("terraform", folder / "plan", folder / "network")
    return [
        verdicts(before, rules, folder),
        verdicts(after, rules, folder),
    ]


def test_what_cannot_be_followed_stays_unknown(tmp_path: Path) -> None:
    address = "aws_ec2_transit_gateway_vpc_attachment.a"
    lost = with_local(hub(), address, "transit_gateway_id")
    said = both(tmp_path, lost, RULES)
    assert said == [{"deny": "unknown", "require": "unknown"}] * 2


@pytest.mark.parametrize("one", PUBLIC, ids=lambda one: str(one["address"]))
def test_public_addresses_stay_unknown(one: Values, tmp_path: Path) -> None:
    # covers S27
    said = both(tmp_path, public(one), INTERNET)
    assert said == [{"in": "unknown", "out": "unknown"}] * 2


def test_a_tag_that_is_not_known_is_not_written(tmp_path: Path) -> None:
    resources = hub()
    resources[0]["unknown"]["tags"] = {"vpc": True}
    resources[0]["values"]["tags"] = {}
    loaded(tmp_path / "plan", resources)
    done = run("import", "terraform", tmp_path / "plan", "-o", tmp_path / "new")
    assert done.returncode == 2
    assert "aws_vpc.a.tags.vpc" in done.stderr
