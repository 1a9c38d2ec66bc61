"""What a plan moves, lets go of, or was cut before it reached.

Written by hand from S125-S127; no Terraform ran.
"""

from __future__ import annotations

import copy
from pathlib import Path

import netproof
from netproof import Topology
from python.golden import findings
from python.terraform_networks import A, B, code, hub, loaded, verdict
from python.terraform_plans import Values, plan, resource, write


def entry(**change: object) -> Values:
    """A line of the ACL of a that denies what goes to b."""
    return (
        resource(
            "aws_network_acl_rule.x",
            {
                "id": "nacl-1",
                "network_acl_id": "acl-a",
                "rule_number": 10,
                "rule_action": "deny",
                "protocol": "-1",
                "cidr_block": "10.1.0.0/16",
            },
            unknown={},
        )
        | change
    )


def with_acl(*more: Values) -> list[Values]:
    resources = copy.deepcopy(hub(*more))
    for one in resources:
        if one["address"] == "aws_vpc.a":
            one["values"]["default_network_acl_id"] = "acl-a"
    return resources


def deposed(
    resources: list[Values], actions: list[str], folder: Path
) -> Topology:
    """The network with a deposed entry that an update has left behind."""
    document = plan(*resources)
    old = entry()
    document["resource_changes"].append(
        {
            "address": old["address"],
            "type": "aws_network_acl_rule",
            "deposed": "0a1b2c3d",
            "change": {
                "actions": actions,
                "before": old["values"],
                "after": None,
                "after_unknown": {},
            },
        }
    )
    return netproof.load(write(folder, document))


def test_a_deposed_object_counts_until_it_is_deleted(tmp_path: Path) -> None:
    # covers S127
    assert verdict(deposed(with_acl(), ["delete"], tmp_path), A, B) == (
        "delivered"
    )
    forgotten = deposed(with_acl(), ["forget"], tmp_path)
    assert code(forgotten, A, B) == "NACL_DENY"


def test_what_is_deleted_does_not_count_and_what_is_forgotten_does(
    tmp_path: Path,
) -> None:
    # covers S127
    old = entry()["values"]
    gone = entry(actions=["delete"], before=old)
    assert verdict(loaded(tmp_path, with_acl(gone)), A, B) == "delivered"
    left = plan(*with_acl())
    left["resource_changes"].append(
        {
            "address": "aws_network_acl_rule.x",
            "type": "aws_network_acl_rule",
            "change": {"actions": ["forget"], "before": old, "after": None},
        }
    )
    assert code(netproof.load(write(tmp_path, left)), A, B) == "NACL_DENY"


def moved(folder: Path, *, told: bool) -> Topology:
    """The group of b, under an address that it had before."""
    resources = copy.deepcopy(hub())
    document = plan(*resources)
    for one in document["resource_changes"]:
        if one["address"] == "aws_security_group.b":
            one["change"] |= {
                "actions": ["no-op"],
                "before": one["change"]["after"] | {"id": "sg-b"},
                "after": one["change"]["after"] | {"id": "sg-b"},
            }
            one["change"]["after_unknown"] = {"vpc_id": True}
            if told:
                one["previous_address"] = "aws_security_group.old"
            before = one["change"]["before"]
    document["prior_state"] = {
        "values": {
            "root_module": {
                "resources": [
                    {
                        "address": "aws_security_group.old",
                        "type": "aws_security_group",
                        "values": before,
                    }
                ]
            }
        }
    }
    return netproof.load(write(folder, document))


def test_what_is_moved_stands_once(tmp_path: Path) -> None:
    # covers S127
    assert verdict(moved(tmp_path, told=True), A, B) == "delivered"
    # Two resources that are one group of AWS: which of them tells is unknown.
    assert verdict(moved(tmp_path, told=False), A, B) == "unknown"


def test_an_old_plan_that_was_cut_is_not_whole(tmp_path: Path) -> None:
    # covers S125
    document = plan(*hub())
    del document["complete"]
    assert verdict(netproof.load(write(tmp_path, document)), A, B) == (
        "delivered"
    )
    for part in (
        document["resource_changes"],
        document["planned_values"]["root_module"]["resources"],
    ):
        part[:] = [
            one
            for one in part
            if one["address"] != "aws_route.b-transit_gateway_id"
        ]
    cut = netproof.load(write(tmp_path, document))
    assert verdict(cut, A, B) == "unknown"
    assert any("not complete" in line for line in findings(cut))
