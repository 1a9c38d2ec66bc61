"""Terraform plans at the edges: defaults, what others manage, hostile sizes.

Written by hand from S125-S129; no Terraform ran.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from python.golden import findings, follow, verdicts
from python.terraform_networks import (
    OPEN,
    RULES,
    A,
    B,
    code,
    hub,
    loaded,
    verdict,
    vpc,
    without_route,
)
from python.terraform_plans import Values, resource


def change(resources: list[Values], address: str, **values: object) -> None:
    for one in resources:
        if one["address"] == address:
            one["values"] |= values


def with_default(kind: str, **values: object) -> list[Values]:
    """The hub, with a default group or ACL of the first VPC written out."""
    resources = [
        one for one in hub() if one["address"] != "aws_security_group.a"
    ]
    for one in resources:
        if one["address"] == "aws_network_interface.a":
            del one["refs"]["security_groups"]
            one["unknown"]["security_groups"] = True
    attribute = "vpc_id" if "group" in kind else "default_network_acl_id"
    source = "id" if "group" in kind else attribute
    lines = [values] if values else []
    made = resource(
        f"{kind}.a",
        {"ingress": lines, "egress": lines},
        {attribute: f"aws_vpc.a.{source}"},
        config=["ingress", "egress"],
    )
    return [*resources, made]


def test_a_default_group_without_rules_denies_all(tmp_path: Path) -> None:
    # covers S128
    kind = "aws_default_security_group"
    topology = loaded(tmp_path, with_default(kind))
    assert code(topology, A, B) == "SG_DENY"
    opened = loaded(tmp_path, with_default(kind, **OPEN))
    assert verdict(opened, A, B) == "delivered"


def test_a_default_acl_without_rules_denies_all(tmp_path: Path) -> None:
    # covers S128
    kind = "aws_default_network_acl"
    topology = loaded(tmp_path, with_default(kind))
    assert code(topology, A, B) == "NACL_DENY"
    line = {
        "action": "allow",
        "cidr_block": "0.0.0.0/0",
        "from_port": 0,
        "icmp_code": 0,
        "icmp_type": 0,
        "ipv6_cidr_block": "",
        "protocol": "-1",
        "rule_no": 100,
        "to_port": 0,
    }
    opened = loaded(tmp_path, with_default(kind, **line))
    assert verdict(opened, A, B) == "delivered"


@pytest.mark.parametrize(
    ("written", "port", "said"),
    [
        ({"protocol": "tcp", "from_port": 443, "to_port": 443}, 443, True),
        ({"protocol": "6", "from_port": 443, "to_port": 443}, 443, True),
        ({"protocol": "tcp", "from_port": 443, "to_port": 443}, 80, False),
        ({"protocol": "all"}, 80, True),
        ({"protocol": "-1"}, 80, True),
        # What is not written is port 0.
        ({"protocol": "tcp"}, 80, False),
    ],
)
def test_entries_of_an_acl_on_their_own(
    written: Values, port: int, said: bool, tmp_path: Path
) -> None:
    # covers S76, S77
    subnets = vpc("a", "10.1.0.0/16")[:2]
    subnets.append(
        resource(
            "aws_subnet.b",
            {"cidr_block": "10.1.1.0/24", "availability_zone": "eu-west-1a"},
            {"vpc_id": "aws_vpc.a.id"},
        )
    )
    acl = resource(
        "aws_network_acl.b",
        {"egress": []},
        {"vpc_id": "aws_vpc.a.id", "subnet_ids": ["aws_subnet.b.id"]},
        {"id": True, "ingress": True},
        config=["egress"],
    )
    entry = resource(
        "aws_network_acl_rule.b",
        {"rule_number": 10, "rule_action": "allow", "cidr_block": "0.0.0.0/0"}
        | written,
        {"network_acl_id": "aws_network_acl.b.id"},
    )
    topology = loaded(tmp_path, [*subnets, acl, entry])
    answer = follow(
        topology, {"src": "10.1.0.9", "dst": "10.1.1.9", "dport": port}
    )
    drop = answer["forward"]["drop"] or {"code": "SG_DENY"}
    # The default group lets nobody else in.
    assert drop["code"] == ("SG_DENY" if said else "NACL_DENY")


def test_absent_values_of_a_line_say_nothing(tmp_path: Path) -> None:
    # covers S127: every key is listed.
    empty = dict.fromkeys(
        (
            "carrier_gateway_id", "core_network_arn", "gateway_id",
            "destination_prefix_list_id", "egress_only_gateway_id",
            "ipv6_cidr_block", "local_gateway_id", "nat_gateway_id",
            "network_interface_id", "vpc_endpoint_id",
            "vpc_peering_connection_id",
        ),
        "",
    )  # fmt: skip
    resources = without_route()
    change(
        resources,
        "aws_route_table.a",
        route=[
            empty | {"cidr_block": "10.2.0.0/16", "transit_gateway_id": "tgw-1"}
        ],
    )
    for one in resources:
        if one["address"] == "aws_ec2_transit_gateway.hub":
            one["values"]["id"] = "tgw-1"
            one["unknown"] = {"association_default_route_table_id": True}
        one["refs"].pop("transit_gateway_id", None)
        if "vpc_attachment" in one["address"] or "aws_route." in str(one):
            one["values"]["transit_gateway_id"] = "tgw-1"
    topology = loaded(tmp_path, resources)
    assert findings(topology) == []
    assert verdict(topology, A, B) == "delivered"


@pytest.mark.parametrize(
    "known", [{"transit_gateway_id": "tgw-9"}, {"vpc_id": "vpc-9"}]
)
def test_what_another_configuration_manages_is_unknown(
    known: Values, tmp_path: Path
) -> None:
    # covers S127
    resources = hub()
    for one in resources:
        for key, value in known.items():
            if "vpc_attachment.b" in one["address"] or (
                key == "vpc_id" and one["address"].endswith("et.b")
            ):
                one["refs"].pop(key, None)
                one["values"][key] = value
    topology = loaded(tmp_path, resources)
    said = verdicts(topology, RULES, tmp_path)
    assert said["require"] != "proved"
    for src, dst in ((A, "10.9.0.1"), (B, A)):
        answer = follow(topology, {"src": src, "dst": dst, "dport": 443})
        assert answer["forward"]["verdict"] != "delivered"


def test_a_gateway_that_others_manage_may_lead_anywhere(
    tmp_path: Path,
) -> None:
    # covers S127
    resources = [
        one for one in hub() if one["address"] != "aws_ec2_transit_gateway.hub"
    ]
    for one in resources:
        if "transit_gateway_id" in one["refs"]:
            del one["refs"]["transit_gateway_id"]
            one["values"]["transit_gateway_id"] = "tgw-9"
    topology = loaded(tmp_path, resources)
    assert verdicts(topology, RULES, tmp_path) == {
        "deny": "unknown",
        "require": "unknown",
    }


def test_the_default_vpc_has_what_nobody_shows(tmp_path: Path) -> None:
    # covers S129
    default = resource(
        "aws_default_vpc.d",
        {},
        unknown={"id": True, "cidr_block": True, "main_route_table_id": True},
    )
    topology = loaded(tmp_path, [*without_route(), default])
    assert any("aws_default_vpc.d" in line for line in findings(topology))
    assert verdicts(topology, RULES, tmp_path)["deny"] == "unknown"


def test_the_main_table_is_the_one_that_the_state_names(
    tmp_path: Path,
) -> None:
    # covers S128
    resources = vpc("a", "10.1.0.0/16")
    change(
        resources,
        "aws_vpc.a",
        id="vpc-1",
        default_route_table_id="rtb-1",
        main_route_table_id="rtb-2",
    )
    resources[0] |= {"unknown": {}, "actions": ["no-op"], "before": {}}
    rules = """
version: 1
rules:
  - {id: closed, deny: {from: "vpc:vpc-1", to: internet}}
"""
    kept = [
        one
        for one in resources
        if "association" not in one["address"]
        and "route_table" not in one["address"]
    ]
    main = resource(
        "aws_route_table.main",
        {"id": "rtb-2", "route": [], "vpc_id": "vpc-1"},
        unknown={},
        actions=["no-op"],
        before={},
    )
    topology = loaded(tmp_path, [*kept, main])
    assert verdicts(topology, rules, tmp_path) == {"closed": "proved"}
    gone = resource(
        "aws_main_route_table_association.x",
        actions=["delete"],
        before={"vpc_id": "vpc-1", "route_table_id": "rtb-2"},
    )
    topology = loaded(tmp_path, [*kept, main, gone])
    assert verdicts(topology, rules, tmp_path) == {"closed": "unknown"}


ACCEPTERS = {
    "aws_vpc_peering_connection_accepter": "vpc_peering_connection_id",
    "aws_ec2_transit_gateway_vpc_attachment_accepter": (
        "transit_gateway_attachment_id"
    ),
    "aws_ec2_transit_gateway_peering_attachment_accepter": (
        "transit_gateway_attachment_id"
    ),
}


@pytest.mark.parametrize("kind", ACCEPTERS)
def test_what_others_ask_for_is_a_way_that_nobody_knows(
    kind: str, tmp_path: Path
) -> None:
    # covers S129
    accepter = resource(f"{kind}.x", {ACCEPTERS[kind]: "foreign-1"})
    topology = loaded(tmp_path, [*without_route(), accepter])
    assert verdicts(topology, RULES, tmp_path)["deny"] == "unknown"


def test_whoever_accepts_an_attachment_says_what_it_joins(
    tmp_path: Path,
) -> None:
    # covers S128
    kind = "aws_ec2_transit_gateway_vpc_attachment_accepter"
    accepter = resource(
        f"{kind}.x",
        {"transit_gateway_default_route_table_association": False},
        {
            "transit_gateway_attachment_id": (
                "aws_ec2_transit_gateway_vpc_attachment.a.id"
            )
        },
    )
    topology = loaded(tmp_path, hub(accepter))
    assert code(topology, A, B) == "TGW_NO_ASSOCIATION"


def test_tags_on_their_own_may_select_anything(tmp_path: Path) -> None:
    # covers S129
    tag = resource("aws_ec2_tag.x", {"key": "vpc", "value": "a"})
    topology = loaded(tmp_path, [*without_route(), tag])
    assert verdicts(topology, RULES, tmp_path)["deny"] == "unknown"


def test_new_kinds_of_rules_may_let_anything_pass(tmp_path: Path) -> None:
    # covers S129: not even inside of a subnet is anything certain.
    resources = [
        *vpc("a", "10.1.0.0/16"),
        resource("aws_vpc_security_group_rules_exclusive.x", {}),
    ]
    topology = loaded(tmp_path, resources)
    assert verdict(topology, A, "10.1.0.11") == "unknown"


def test_a_template_may_say_what_an_instance_carries(tmp_path: Path) -> None:
    # covers S125
    instance = resource(
        "aws_instance.w",
        {
            "private_ip": "10.1.0.20",
            "source_dest_check": True,
            "launch_template": [{"name": "x"}],
        },
        {"subnet_id": "aws_subnet.a.id"},
        {"id": True, "vpc_security_group_ids": True, "public_ip": True},
        config=["launch_template"],
    )
    topology = loaded(tmp_path, hub(instance))
    assert verdict(topology, "10.1.0.20", B) == "unknown"


@pytest.mark.parametrize(
    "more", [{"ipv6_address_count": 1}, {"ipv4_prefix_count": 1}]
)
def test_addresses_that_aws_chooses_belong_to_somebody(
    more: Values, tmp_path: Path
) -> None:
    # covers S125
    resources = without_route()
    change(resources, "aws_network_interface.a", **more)
    topology = loaded(tmp_path, resources)
    text = "10.1.0.77"
    answer = follow(topology, {"src": text, "dst": B, "dport": 443})
    assert answer["forward"]["drop"]["code"] != "NO_SUCH_ADDRESS"


def test_a_proposal_may_be_accepted(tmp_path: Path) -> None:
    # covers S129
    proposal = resource("aws_dx_gateway_association_proposal.x", {})
    topology = loaded(tmp_path, [*without_route(), proposal])
    assert verdicts(topology, RULES, tmp_path)["deny"] == "unknown"


def test_destinations_refer_to_nothing(tmp_path: Path) -> None:
    # covers S126: a block that depends on another is not the id of it.
    resources = hub()
    for one in resources:
        if one["address"] == "aws_route.a-transit_gateway_id":
            del one["values"]["destination_cidr_block"]
            one["refs"]["destination_cidr_block"] = "aws_vpc.b.id"
    topology = loaded(tmp_path, resources)
    assert verdict(topology, A, B) == "unknown"
