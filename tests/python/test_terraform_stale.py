"""What AWS told before a plan, and resources of the plan tell otherwise.

Attachments and associations stand in two places: in resources of their own,
and in what the provider read of their owner last (S127). Written by hand; no
Terraform ran.
"""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

import netproof
from netproof import Topology
from python.golden import follow, verdicts
from python.terraform_networks import A, B, hub, verdict, vpc
from python.terraform_plans import Values, plan, resource, write


def named(reference: object) -> object:
    """The id that a reference leads to: the address of a resource."""
    if isinstance(reference, list):
        return [named(one) for one in reference]
    return str(reference).removesuffix(".id")


def existing(one: Values, **values: object) -> Values:
    """A resource that exists, and that the plan leaves as it is."""
    made = copy.deepcopy(one)
    made["config"] = [*made["config"], *made["refs"]]
    told = {key: named(value) for key, value in made["refs"].items()}
    made["values"] |= told | {"id": one["address"]} | values
    return made | {
        "refs": {},
        "unknown": {},
        "actions": ["no-op"],
        "before": made["values"],
    }


def replaced(one: Values, **before: object) -> Values:
    """A resource that the plan replaces."""
    return copy.deepcopy(one) | {
        "actions": ["delete", "create"],
        "before": before,
    }


def deleted(one: Values) -> Values:
    was = existing(one)
    return was | {"actions": ["delete"]}


def read(
    folder: Path, resources: list[Values], *unwritten: tuple[str, str]
) -> Topology:
    """The plan; `unwritten` attributes are in no configuration."""
    document = plan(*resources)
    for block in document["configuration"]["root_module"]["resources"]:
        for address, key in unwritten:
            if block["address"] == address:
                block["expressions"].pop(key, None)
    return netproof.load(write(folder, document), assume_missing="aws-defaults")


OUT = """
version: 1
rules:
  - {id: out, deny: {from: "vpc:aws_vpc.b", to: internet}}
"""
GATEWAY = "aws_internet_gateway.x"


def test_a_gateway_is_where_its_attachment_says(tmp_path: Path) -> None:
    # covers S127
    table = resource(
        "aws_route.out",
        {"destination_cidr_block": "0.0.0.0/0"},
        {
            "route_table_id": "aws_route_table.b.id",
            "gateway_id": f"{GATEWAY}.id",
        },
    )
    address = resource(
        "aws_eip.b",
        {"public_ip": "203.0.113.9"},
        {"network_interface": "aws_network_interface.b.id"},
    )
    gateway = resource(GATEWAY, {}, {"vpc_id": "aws_vpc.a.id"})
    link = resource(
        f"{GATEWAY.replace('gateway', 'gateway_attachment')}",
        {},
        {"internet_gateway_id": f"{GATEWAY}.id", "vpc_id": "aws_vpc.b.id"},
    )
    own = [*vpc("a", "10.1.0.0/16"), *vpc("b", "10.2.0.0/16"), table, address]
    resources = [
        *map(existing, own),
        existing(gateway),
        replaced(link, internet_gateway_id=GATEWAY, vpc_id="aws_vpc.a"),
    ]
    topology = read(tmp_path, resources, (GATEWAY, "vpc_id"))
    assert verdicts(topology, OUT, tmp_path) == {"out": "violated"}
    kept = read(
        tmp_path,
        [one for one in resources if "attachment" not in one["address"]],
    )
    assert verdicts(kept, OUT, tmp_path) == {"out": "proved"}


def test_a_route_of_before_is_not_read_from_the_table(tmp_path: Path) -> None:
    # covers S127
    old = {
        "cidr_block": "10.0.0.0/8",
        "transit_gateway_id": "aws_ec2_transit_gateway.hub",
    }
    resources = []
    for one in map(existing, hub()):
        if one["address"] == "aws_route_table.a":
            one["values"]["route"] = [old]
        if one["address"] == "aws_route.a-transit_gateway_id":
            one |= {
                "actions": ["delete", "create"],
                "before": one["values"],
                "values": one["values"]
                | {"destination_cidr_block": "10.9.0.0/16"},
            }
        resources.append(one)
    topology = read(tmp_path, resources)
    assert verdict(topology, A, B) == "dropped"


STRICT = resource(
    "module.own.aws_network_acl.strict",
    {"ingress": [], "egress": [], "subnet_ids": ["aws_subnet.a"]},
    {},
    {"id": True},
    config=["ingress", "egress", "subnet_ids"],
)


@pytest.mark.parametrize("module", ["aaa", "zzz"])
def test_the_default_acl_gives_way_in_any_order(
    module: str, tmp_path: Path
) -> None:
    # covers S76, S127
    line = {
        "rule_no": 100, "action": "allow", "protocol": "-1",
        "cidr_block": "0.0.0.0/0", "from_port": 0, "to_port": 0,
    }  # fmt: skip
    stale = resource(
        f"module.{module}.aws_default_network_acl.a",
        {
            "id": "acl-a",
            "default_network_acl_id": "acl-a",
            "vpc_id": "aws_vpc.a",
            "ingress": [line],
            "egress": [line],
            "subnet_ids": ["aws_subnet.a"],
        },
        config=["ingress", "egress", "subnet_ids"],
    )
    strict = copy.deepcopy(STRICT)
    strict["values"]["vpc_id"] = "aws_vpc.a"
    resources = [*map(existing, hub()), existing(stale), strict]
    resources.sort(key=lambda one: str(one["address"]))
    for one in resources:
        if one["address"] == "aws_vpc.a":
            one["values"]["default_network_acl_id"] = "acl-a"
    assert verdict(read(tmp_path, resources), A, B) == "dropped"
    twin = copy.deepcopy(strict) | {"address": "module.own.aws_network_acl.b"}
    both = read(tmp_path, [*resources, twin])
    assert verdict(both, A, B) == "unknown"


def test_a_group_whose_attachment_goes_away_is_not_carried(
    tmp_path: Path,
) -> None:
    # covers S127
    link = resource(
        "aws_network_interface_sg_attachment.b",
        {},
        {
            "network_interface_id": "aws_network_interface.b.id",
            "security_group_id": "aws_security_group.b.id",
        },
    )
    closed = resource(
        "aws_security_group.closed",
        {"name": "closed", "ingress": [], "egress": []},
        {"vpc_id": "aws_vpc.b.id"},
        config=["ingress", "egress"],
    )
    own = [existing(one) for one in [*hub(), closed]]
    interface = "aws_network_interface.b"
    for one in own:
        if one["address"] == interface:
            one["values"]["security_groups"].append("aws_security_group.closed")
    stale = (interface, "security_groups")
    assert verdict(read(tmp_path, [*own, existing(link)], stale), A, B) == (
        "delivered"
    )
    gone = read(tmp_path, [*own, deleted(link)], stale)
    assert verdict(gone, A, B) == "dropped"
    # The same at the interface that an instance brings.
    for one in own:
        if one["address"] == interface:
            one |= {"address": "aws_instance.b"}
            one["values"] |= {
                "id": "i-b",
                "private_ip": B,
                "public_ip": "",
                "primary_network_interface_id": interface,
                "vpc_security_group_ids": one["values"]["security_groups"],
            }
            del one["values"]["security_groups"]
    stale = ("aws_instance.b", "vpc_security_group_ids")
    kept = read(tmp_path, [*own, existing(link)], stale)
    assert verdict(kept, A, B) == "delivered"
    gone = read(tmp_path, [*own, deleted(link)], stale)
    assert verdict(gone, A, B) == "dropped"


def test_an_address_is_where_its_association_says(tmp_path: Path) -> None:
    # covers S127
    address = resource(
        "aws_eip.x",
        {"public_ip": "203.0.113.9"},
        {"network_interface": "aws_network_interface.a.id"},
    )
    link = resource(
        "aws_eip_association.x",
        {"public_ip": "203.0.113.9"},
        {
            "allocation_id": "aws_eip.x.id",
            "network_interface_id": "aws_network_interface.b.id",
        },
    )
    own = [
        *vpc("a", "10.1.0.0/16"),
        *vpc("b", "10.2.0.0/16"),
        resource(GATEWAY, {}, {"vpc_id": "aws_vpc.a.id"}),
    ]
    resources = [
        *map(existing, own),
        existing(address),
        replaced(
            link,
            allocation_id="aws_eip.x",
            network_interface_id="aws_network_interface.a",
        ),
    ]
    for one in resources:
        if one["address"].startswith("aws_route_table.a"):
            one["values"]["route"] = [
                {"cidr_block": "0.0.0.0/0", "gateway_id": GATEWAY}
            ]
            one["config"].append("route")
    topology = read(tmp_path, resources, ("aws_eip.x", "network_interface"))
    answer = follow(topology, {"src": "10.1.0.10", "dst": "198.51.100.1"})
    assert answer["forward"]["verdict"] != "delivered"
    kept = read(tmp_path, resources[:-1])
    answer = follow(kept, {"src": "10.1.0.10", "dst": "198.51.100.1"})
    assert answer["forward"]["verdict"] == "delivered"


PROPAGATES = resource(
    "aws_vpn_gateway_route_propagation.a",
    {},
    {
        "route_table_id": "aws_route_table.a.id",
        "vpn_gateway_id": "aws_vpn_gateway.x.id",
    },
)
VPN = [
    resource("aws_vpn_gateway.x", {}, {"vpc_id": "aws_vpc.a.id"}),
    resource(
        "aws_vpn_connection.x",
        {"static_routes_only": True},
        {"vpn_gateway_id": "aws_vpn_gateway.x.id"},
    ),
    resource(
        "aws_vpn_connection_route.x",
        {"destination_cidr_block": "192.168.0.0/16"},
        {"vpn_connection_id": "aws_vpn_connection.x.id"},
    ),
]
USES = resource(
    "aws_vpc_endpoint_route_table_association.a",
    {},
    {
        "route_table_id": "aws_route_table.a.id",
        "vpc_endpoint_id": "aws_vpc_endpoint.x.id",
    },
)
ENDPOINT = [
    resource(
        "aws_vpc_endpoint.x",
        {
            "vpc_endpoint_type": "Gateway",
            "service_name": "com.amazonaws.eu-west-1.s3",
            "cidr_blocks": ["192.168.0.0/16"],
            "prefix_list_id": "pl-1",
        },
        {
            "vpc_id": "aws_vpc.a.id",
            "route_table_ids": ["aws_route_table.a.id"],
        },
    )
]


@pytest.mark.parametrize(
    ("owners", "link", "stale"),
    [
        (VPN, PROPAGATES, ("aws_route_table.a", "propagating_vgws")),
        (ENDPOINT, USES, ("aws_vpc_endpoint.x", "route_table_ids")),
    ],
)
def test_a_way_whose_link_goes_away_is_none(
    owners: list[Values],
    link: Values,
    stale: tuple[str, str],
    tmp_path: Path,
) -> None:
    # covers S25, S36, S127
    own = [existing(one) for one in [*vpc("a", "10.1.0.0/16"), *owners]]
    for one in own:
        if one["address"] == "aws_route_table.a":
            one["values"] |= {
                "route": [],
                "propagating_vgws": ["aws_vpn_gateway.x"],
            }
            one["config"].append("route")
            if owners is ENDPOINT:
                one["values"]["propagating_vgws"] = []
    kept = read(tmp_path, [*own, existing(link)], stale)
    assert verdict(kept, A, "192.168.0.7") != "dropped"
    gone = read(tmp_path, [*own, deleted(link)], stale)
    assert verdict(gone, A, "192.168.0.7") == "dropped"
