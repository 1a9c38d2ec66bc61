"""Networks as Terraform plans: two VPCs on a transit gateway, by hand."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import netproof
from netproof import Topology
from python.golden import follow
from python.terraform_plans import Values, plan, resource, write

OPEN = {
    "cidr_blocks": ["0.0.0.0/0"],
    "description": "",
    "from_port": 0,
    "ipv6_cidr_blocks": [],
    "prefix_list_ids": [],
    "protocol": "-1",
    "security_groups": [],
    "self": False,
    "to_port": 0,
}


def vpc(name: str, cidr: str) -> list[Values]:
    """A VPC with one subnet, one interface and a table, all new."""
    network = cidr.rpartition(".0.0/16")[0]
    own = {"id": True, "owner_id": True}
    return [
        resource(
            f"aws_vpc.{name}",
            {"cidr_block": cidr, "tags": {"vpc": name}},
            unknown=own
            | {"default_route_table_id": True, "ipv6_cidr_block": True},
        ),
        resource(
            f"aws_subnet.{name}",
            {
                "cidr_block": f"{network}.0.0/24",
                "availability_zone": "eu-west-1a",
                "map_public_ip_on_launch": False,
                "tags": {"subnet": name},
            },
            {"vpc_id": f"aws_vpc.{name}.id"},
            own | {"availability_zone_id": True},
        ),
        resource(
            f"aws_security_group.{name}",
            {"name": name, "ingress": [OPEN], "egress": [OPEN]},
            {"vpc_id": f"aws_vpc.{name}.id"},
            own,
            config=["ingress", "egress"],
        ),
        resource(
            f"aws_network_interface.{name}",
            {
                "private_ips": [f"{network}.0.10"],
                "source_dest_check": True,
            },
            {
                "subnet_id": f"aws_subnet.{name}.id",
                "security_groups": [f"aws_security_group.{name}.id"],
            },
            own | {"private_ip": True, "ipv6_addresses": True},
        ),
        resource(
            f"aws_route_table.{name}",
            {},
            {"vpc_id": f"aws_vpc.{name}.id"},
            own | {"route": True, "propagating_vgws": True},
        ),
        resource(
            f"aws_route_table_association.{name}",
            {"gateway_id": None},
            {
                "subnet_id": f"aws_subnet.{name}.id",
                "route_table_id": f"aws_route_table.{name}.id",
            },
        ),
    ]


def route(table: str, to: str, target: str, kind: str) -> Values:
    return resource(
        f"aws_route.{table}-{kind}",
        {"destination_cidr_block": to},
        {
            "route_table_id": f"aws_route_table.{table}.id",
            kind: f"{target}.id",
        },
    )


def attachment(name: str, **values: Any) -> Values:
    return resource(
        f"aws_ec2_transit_gateway_vpc_attachment.{name}",
        values,
        {
            "vpc_id": f"aws_vpc.{name}.id",
            "subnet_ids": [f"aws_subnet.{name}.id"],
            "transit_gateway_id": "aws_ec2_transit_gateway.hub.id",
        },
    )


HUB = resource(
    "aws_ec2_transit_gateway.hub",
    {
        "default_route_table_association": "enable",
        "default_route_table_propagation": "enable",
    },
    unknown={"id": True, "association_default_route_table_id": True},
)


def hub(*more: Values) -> list[Values]:
    """Two VPCs on a transit gateway with its defaults."""
    return [
        *vpc("a", "10.1.0.0/16"),
        *vpc("b", "10.2.0.0/16"),
        copy.deepcopy(HUB),
        attachment("a"),
        attachment("b"),
        route(
            "a",
            "10.0.0.0/8",
            "aws_ec2_transit_gateway.hub",
            "transit_gateway_id",
        ),
        route(
            "b",
            "10.0.0.0/8",
            "aws_ec2_transit_gateway.hub",
            "transit_gateway_id",
        ),
        *more,
    ]


def loaded(folder: Path, resources: list[Values], **options: Any) -> Topology:
    return netproof.load(write(folder, plan(*resources)), **options)


def verdict(topology: Topology, src: str, dst: str, port: int = 443) -> str:
    answer = follow(topology, {"src": src, "dst": dst, "dport": port})
    return str(answer["forward"]["verdict"])


A, B = "10.1.0.10", "10.2.0.10"
RULES = """
version: 1
zones:
  a: {select: {vpc: a}}
  b: {select: {vpc: b}}
rules:
  - {id: deny, deny: {from: a, to: b}}
  - {id: require, require: {from: a, to: b, service: tcp/443}}
"""


def without_route() -> list[Values]:
    """The hub without a way out of the first VPC, for certain."""
    resources = [
        one
        for one in hub()
        if one["address"] != "aws_route.a-transit_gateway_id"
    ]
    for one in resources:
        if one["address"] == "aws_route_table.a":
            one["values"]["route"] = []
            del one["unknown"]["route"]
    return resources


def with_local(resources: list[Values], address: str, key: str) -> list[Values]:
    """The same, with an attribute that only a local value tells."""
    for one in resources:
        if one["address"] == address:
            one["refs"][key] = ["local.which"]
            one["values"].pop(key, None)
    return resources


def code(topology: Topology, src: str, dst: str) -> str:
    answer = follow(topology, {"src": src, "dst": dst, "dport": 443})
    assert answer["forward"]["verdict"] == "dropped", answer
    return str(answer["forward"]["drop"]["code"])
