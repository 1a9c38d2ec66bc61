"""What a plan hides is unknown unless every reading says the same.

One reference of a plan after the other is hidden. What is decided
nevertheless has to be decided alike whatever the reference leads to.
"""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from python.golden import follow, verdicts
from python.terraform_networks import attachment, loaded, route, vpc
from python.terraform_plans import Values, resource

TABLE = "aws_ec2_transit_gateway_route_table"
QUIET = {
    "transit_gateway_default_route_table_association": False,
    "transit_gateway_default_route_table_propagation": False,
}


def joins(kind: str, name: str, table: str) -> Values:
    return resource(
        f"{TABLE}_{kind}.{name}",
        {},
        {
            "transit_gateway_attachment_id": (
                f"aws_ec2_transit_gateway_vpc_attachment.{name}.id"
            ),
            "transit_gateway_route_table_id": f"{TABLE}.{table}.id",
        },
    )


def transit() -> list[Values]:
    """Two tables, of a and of b, and a gateway that nothing uses."""
    gateways = [
        resource(
            f"aws_ec2_transit_gateway.{name}",
            {
                "default_route_table_association": "disable",
                "default_route_table_propagation": "disable",
            },
        )
        for name in ("hub", "other")
    ]
    tables = [
        resource(
            f"{TABLE}.{name}",
            {},
            {"transit_gateway_id": "aws_ec2_transit_gateway.hub.id"},
        )
        for name in ("one", "two")
    ]
    hub = "aws_ec2_transit_gateway.hub"
    return [
        *gateways,
        *tables,
        attachment("a", **QUIET),
        attachment("b", **QUIET),
        joins("association", "a", "one"),
        joins("association", "b", "two"),
        joins("propagation", "a", "two"),
        route("a", "10.2.0.0/16", hub, "transit_gateway_id"),
    ]


def peering() -> list[Values]:
    peer = "aws_vpc_peering_connection.p"
    return [
        resource(
            peer,
            {"auto_accept": True},
            {"vpc_id": "aws_vpc.a.id", "peer_vpc_id": "aws_vpc.c.id"},
        ),
        route("a", "10.3.0.0/16", peer, "vpc_peering_connection_id"),
        route("c", "10.1.0.0/16", peer, "vpc_peering_connection_id"),
    ]


def filters() -> list[Values]:
    """The ACL of c lets in what is not from its twin, which nothing uses."""
    acls = [
        resource(
            f"aws_network_acl.{name}",
            {"egress": []},
            {"vpc_id": "aws_vpc.c.id"},
            {"id": True, "ingress": True, "subnet_ids": True},
            config=["egress"],
        )
        for name in ("c", "d")
    ]
    entry = resource(
        "aws_network_acl_rule.c",
        {
            "rule_number": 10, "rule_action": "allow", "protocol": "tcp",
            "cidr_block": "10.1.0.0/16", "from_port": 443, "to_port": 443,
        },
        {"network_acl_id": "aws_network_acl.c.id"},
    )  # fmt: skip
    used = resource(
        "aws_network_acl_association.c",
        {},
        {
            "subnet_id": "aws_subnet.c.id",
            "network_acl_id": "aws_network_acl.c.id",
        },
    )
    group = resource(
        "aws_security_group.spare",
        {"name": "spare", "egress": [], "ingress": []},
        {"vpc_id": "aws_vpc.a.id"},
        config=["ingress", "egress"],
    )
    rule = resource(
        "aws_vpc_security_group_ingress_rule.spare",
        {"ip_protocol": "tcp", "from_port": 22, "to_port": 22},
        {
            "security_group_id": "aws_security_group.spare.id",
            "referenced_security_group_id": "aws_security_group.b.id",
        },
    )
    table = resource(
        "aws_route_table.spare",
        {"route": []},
        {"vpc_id": "aws_vpc.a.id"},
        config=["route"],
    )
    return [*acls, entry, used, group, rule, table]


def lists() -> list[Values]:
    """A list of a's addresses, by which b finds the way, and its twin."""
    made = [
        resource(
            f"aws_ec2_managed_prefix_list.{name}",
            {"name": name, "entry": [{"cidr": cidr}]},
            config=["entry"],
        )
        for name, cidr in (("far", "10.1.0.0/16"), ("near", "10.2.9.0/24"))
    ]
    by_list = resource(
        "aws_route.b-list",
        {},
        {
            "route_table_id": "aws_route_table.b.id",
            "destination_prefix_list_id": "aws_ec2_managed_prefix_list.far.id",
            "transit_gateway_id": "aws_ec2_transit_gateway.hub.id",
        },
    )
    static = resource(
        "aws_ec2_transit_gateway_route.far",
        {"destination_cidr_block": "10.2.0.0/16", "blackhole": False},
        {
            "transit_gateway_attachment_id": (
                "aws_ec2_transit_gateway_vpc_attachment.b.id"
            ),
            "transit_gateway_route_table_id": f"{TABLE}.one.id",
        },
    )
    reference = resource(
        "aws_ec2_transit_gateway_prefix_list_reference.near",
        {"blackhole": False},
        {
            "prefix_list_id": "aws_ec2_managed_prefix_list.near.id",
            "transit_gateway_attachment_id": (
                "aws_ec2_transit_gateway_vpc_attachment.b.id"
            ),
            "transit_gateway_route_table_id": f"{TABLE}.one.id",
        },
    )
    return [*made, by_list, static, reference]


def internet() -> list[Values]:
    """A gateway and a public address of a."""
    return [
        resource("aws_internet_gateway.a", {}, {"vpc_id": "aws_vpc.a.id"}),
        route("a", "0.0.0.0/0", "aws_internet_gateway.a", "gateway_id"),
        resource(
            "aws_eip.a",
            {"public_ip": "203.0.113.9"},
            {"network_interface": "aws_network_interface.a.id"},
        ),
    ]


def everything() -> list[Values]:
    return [
        *vpc("a", "10.1.0.0/16"),
        *vpc("b", "10.2.0.0/16"),
        *vpc("c", "10.3.0.0/16"),
        *transit(),
        *peering(),
        *filters(),
        *lists(),
        *internet(),
    ]


PAIRS = [
    (src, dst)
    for src in ("a", "b", "c", "internet")
    for dst in ("a", "b", "c", "internet")
    if src != dst
]
RULES = """
version: 1
zones:
  a: {select: {vpc: a}}
  b: {select: {vpc: b}}
  c: {select: {vpc: c}}
rules:
""" + "".join(
    f"  - {{id: {verb}-{src}-{dst}, "
    f"{verb}: {{from: {src}, to: {dst}, service: tcp/443}}}}\n"
    for verb in ("deny", "require")
    for src, dst in PAIRS
)
FLOWS = [
    {"src": f"10.{src}.0.10", "dst": f"10.{dst}.0.10", "dport": port}
    for src in (1, 2, 3)
    for dst in (1, 2, 3)
    for port in (22, 443)
    if src != dst
]
HIDDEN = [
    (one["address"], attribute)
    for one in everything()
    for attribute in one["refs"]
]


def pointed(address: str, attribute: str, target: str) -> list[Values]:
    """The network, with one reference that leads elsewhere."""
    resources = copy.deepcopy(everything())
    for one in resources:
        if one["address"] != address:
            continue
        listed = isinstance(one["refs"][attribute], list)
        one["refs"][attribute] = [target] if listed else target
    return resources


# Resources of a VPC that nothing uses, so that references may lead to them.
SPARE = {"spare": "a", "d": "c"}
WITHIN = ("subnet", "route_table", "security_group", "network_acl", "interface")


def home(address: str) -> str:
    """The VPC of what lies in one; "" for others."""
    kind, _, name = address.partition(".")
    within = any(kind.endswith(word) for word in WITHIN)
    if kind.startswith("aws_ec2") or not within:
        return ""
    return SPARE.get(name, name)


def readings(address: str, attribute: str) -> list[str]:
    """Where else AWS lets the reference lead: within one type and VPC."""
    told = next(
        one["refs"][attribute]
        for one in everything()
        if one["address"] == address
    )
    text = told[0] if isinstance(told, list) else told
    first = text.removesuffix(".id")
    kind = first.split(".")[0]
    free = "peering" in address or kind.startswith("aws_ec2")
    return [
        f"{one['address']}.id"
        for one in everything()
        if one["address"].startswith(kind + ".")
        and one["address"] != first
        and (
            (free and "attachment" not in address)
            or home(first) == home(one["address"]) != ""
        )
    ]


def decided(folder: Path, resources: list[Values]) -> dict[str, str]:
    """All verdicts: of rules between VPCs, and of single flows."""
    topology = loaded(folder, resources)
    said = dict(verdicts(topology, RULES, folder))
    for flow in FLOWS:
        answer = follow(topology, flow)
        said[str(flow)] = str(answer["forward"]["verdict"])
    return said


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The verdicts of the network as it is."""
    return decided(tmp_path_factory.mktemp("plain"), everything())


@pytest.mark.slow
@pytest.mark.parametrize(("address", "attribute"), HIDDEN)
def test_what_is_decided_does_not_depend_on_what_is_hidden(
    address: str, attribute: str, plain: dict[str, str], tmp_path: Path
) -> None:
    # covers S126
    hidden = decided(tmp_path, pointed(address, attribute, "local.x"))
    others = [
        decided(tmp_path, pointed(address, attribute, target))
        for target in readings(address, attribute)
    ]
    for known in (plain, *others):
        wrong = {
            key: (value, known[key])
            for key, value in hidden.items()
            if "unknown" not in (value, known[key]) and value != known[key]
        }
        assert wrong == {}


def test_the_network_decides_much_when_all_is_known(
    plain: dict[str, str],
) -> None:
    assert set(plain.values()) >= {
        "proved", "violated", "delivered", "dropped"
    }  # fmt: skip
    assert "unknown" not in plain.values()
