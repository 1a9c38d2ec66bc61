"""What AWS makes with a VPC, and lines of a plan that land in it.

Written by hand from S125-S129; no Terraform ran.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from python.golden import findings, verdicts
from python.terraform_networks import A, B, code, hub, loaded, verdict, vpc
from python.terraform_plans import Values, resource

PARTS = {
    "default_security_group_id": True,
    "default_network_acl_id": True,
    "default_route_table_id": True,
    "main_route_table_id": True,
}
OUT = """
version: 1
rules:
  - {id: out, deny: {from: "subnet:aws_subnet.a", to: internet}}
"""


def bare(*more: Values) -> list[Values]:
    """A new VPC with a subnet that uses what AWS made, and a gateway."""
    made = vpc("a", "10.1.0.0/16")[:2]
    made[0]["unknown"] |= PARTS
    gateway = resource("aws_internet_gateway.a", {}, {"vpc_id": "aws_vpc.a.id"})
    return [*made, gateway, *more]


def default_route(attribute: str) -> Values:
    return resource(
        "aws_route.out",
        {"destination_cidr_block": "0.0.0.0/0"},
        {
            "route_table_id": f"aws_vpc.a.{attribute}",
            "gateway_id": "aws_internet_gateway.a.id",
        },
    )


@pytest.mark.parametrize(
    "attribute", ["main_route_table_id", "default_route_table_id"]
)
def test_a_route_lands_in_the_main_table(
    attribute: str, tmp_path: Path
) -> None:
    # covers S14, S126
    public = [
        resource(
            "aws_network_interface.a",
            {"private_ips": ["10.1.0.10"], "source_dest_check": True},
            {
                "subnet_id": "aws_subnet.a.id",
                "security_groups": ["aws_vpc.a.default_security_group_id"],
            },
        ),
        resource(
            "aws_eip.a",
            {"public_ip": "203.0.113.9"},
            {"network_interface": "aws_network_interface.a.id"},
        ),
    ]
    closed = loaded(tmp_path, bare(*public))
    assert verdicts(closed, OUT, tmp_path) == {"out": "proved"}
    routed = loaded(tmp_path, bare(*public, default_route(attribute)))
    assert verdicts(routed, OUT, tmp_path) == {"out": "violated"}


def in_default_group(*more: Values) -> list[Values]:
    """The hub; the interface of b carries the default group of its VPC."""
    resources = hub()
    for one in resources:
        if one["address"] == "aws_vpc.b":
            one["unknown"] |= PARTS
        if one["address"] == "aws_network_interface.b":
            del one["refs"]["security_groups"]
            one["unknown"]["security_groups"] = True
    return [*resources, *more]


LINE = {"from_port": 443, "to_port": 443}
TO_DEFAULT = {"security_group_id": "aws_vpc.b.default_security_group_id"}
GROUP_LINES = [
    resource(
        "aws_security_group_rule.x",
        LINE
        | {
            "type": "ingress",
            "protocol": "tcp",
            "cidr_blocks": ["10.1.0.0/16"],
        },
        TO_DEFAULT,
    ),
    resource(
        "aws_vpc_security_group_ingress_rule.x",
        LINE | {"ip_protocol": "tcp", "cidr_ipv4": "10.1.0.0/16"},
        TO_DEFAULT,
    ),
]


@pytest.mark.parametrize("line", GROUP_LINES, ids=lambda one: one["address"])
def test_a_rule_lands_in_the_default_group(
    line: Values, tmp_path: Path
) -> None:
    # covers S70, S126
    closed = loaded(tmp_path, in_default_group())
    assert code(closed, A, B) == "SG_DENY"
    opened = loaded(tmp_path, in_default_group(line))
    assert verdict(opened, A, B) == "delivered"
    assert verdict(opened, A, B, 80) == "dropped"
    assert findings(opened) == []


def test_an_entry_lands_in_the_default_acl(tmp_path: Path) -> None:
    # covers S76, S126
    resources = hub(
        resource(
            "aws_network_acl_rule.x",
            {
                "rule_number": 10,
                "rule_action": "deny",
                "protocol": "-1",
                "egress": True,
                "cidr_block": "10.2.0.0/16",
            },
            {"network_acl_id": "aws_vpc.a.default_network_acl_id"},
        )
    )
    for one in resources:
        if one["address"] == "aws_vpc.a":
            one["unknown"] |= PARTS
    assert code(loaded(tmp_path, resources), A, B) == "NACL_DENY"


def test_an_association_with_the_default_acl_keeps_it(tmp_path: Path) -> None:
    # covers S76
    used = resource(
        "aws_network_acl_association.x",
        {},
        {
            "subnet_id": "aws_subnet.b.id",
            "network_acl_id": "aws_vpc.b.default_network_acl_id",
        },
    )
    resources = hub(used)
    for one in resources:
        if one["address"] == "aws_vpc.b":
            one["unknown"] |= PARTS
    assert verdict(loaded(tmp_path, resources), A, B) == "delivered"


def test_a_main_association_that_moves_leaves_a_table_that_nobody_knows(
    tmp_path: Path,
) -> None:
    # covers S14, S127
    known = {
        "id": "vpc-a",
        "main_route_table_id": "rtb-main",
        "default_route_table_id": "rtb-first",
    }
    resources = bare()
    resources[0]["values"] |= known
    resources[0]["unknown"] = {}
    resources[0] |= {"actions": ["no-op"], "before": resources[0]["values"]}
    table = resource(
        "aws_route_table.main",
        {"id": "rtb-main", "route": [], "vpc_id": "vpc-a"},
        unknown={},
        config=["route"],
    )
    moved = resource(
        "aws_main_route_table_association.a",
        {"vpc_id": "vpc-other", "route_table_id": "rtb-other"},
        actions=["delete", "create"],
        before={"vpc_id": "vpc-a", "route_table_id": "rtb-main"},
    )
    kept = loaded(tmp_path, [*resources, table])
    assert verdicts(kept, OUT, tmp_path) == {"out": "proved"}
    gone = loaded(tmp_path, [*resources, table, moved])
    assert verdicts(gone, OUT, tmp_path) == {"out": "unknown"}
