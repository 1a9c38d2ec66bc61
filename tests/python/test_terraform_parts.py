"""Parts of Terraform plans: filters, the internet, what exists already.

Written by hand from S125-S129; no Terraform ran.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import netproof
from netproof import InputError
from python.command import run
from python.golden import findings, follow, verdicts
from python.terraform_networks import RULES, A, B, hub, loaded, verdict, vpc
from python.terraform_plans import Values, plan, resource, write


def rule(name: str, direction: str, **values: Any) -> Values:
    return resource(
        f"aws_vpc_security_group_{direction}_rule.{name}",
        {"ip_protocol": "tcp", "from_port": 443, "to_port": 443} | values,
        {"security_group_id": "aws_security_group.b.id"},
    )


def with_rules(*rules: Values) -> list[Values]:
    """The hub, with the second group's rules as resources of their own."""
    resources = hub()
    for one in resources:
        if one["address"] == "aws_security_group.b":
            del one["values"]["ingress"]
            one["unknown"]["ingress"] = True
            one["config"] = ["egress"]
    return [*resources, *rules]


def test_rules_stand_on_their_own(tmp_path: Path) -> None:
    # covers S71
    topology = loaded(
        tmp_path,
        with_rules(rule("https", "ingress", cidr_ipv4="10.1.0.0/16")),
    )
    assert findings(topology) == []
    assert verdict(topology, A, B) == "delivered"
    assert verdict(topology, A, B, 80) == "dropped"


def test_a_list_that_may_come_from_a_dynamic_block_is_unknown(
    tmp_path: Path,
) -> None:
    # covers S126
    topology = loaded(tmp_path, with_rules())
    assert verdict(topology, A, B) == "unknown"
    assumed = loaded(tmp_path, with_rules(), assume_missing="aws-defaults")
    assert verdict(assumed, A, B) == "dropped"
    path = tmp_path / "plan.json"
    listed = run(
        "check", path, "--plan-only", "--assume-missing=aws-defaults"
    ).stdout
    assert "no ingress of aws_security_group.b" in listed


LISTED = {
    "cidr_blocks": ["10.1.0.0/16"],
    "description": "",
    "from_port": 443,
    "ipv6_cidr_blocks": [],
    "prefix_list_ids": [],
    "protocol": "tcp",
    "security_groups": [],
    "self": False,
    "to_port": 443,
}


def test_a_rule_that_goes_away_is_not_read_from_the_list_of_before(
    tmp_path: Path,
) -> None:
    # covers S127
    old = rule("https", "ingress", cidr_ipv4="10.1.0.0/16")
    by_hand = LISTED | {"from_port": 22, "to_port": 22}
    resources = hub()
    for one in resources:
        if one["address"] == "aws_security_group.b":
            one["values"] |= {"id": "sg-b", "ingress": [LISTED, by_hand]}
            one["unknown"] = {}
            one["config"] = ["egress"]
            one["actions"] = ["no-op"]
            one["before"] = one["values"]
    gone = old | {
        "actions": ["delete"],
        "before": old["values"] | {"security_group_id": "sg-b"},
    }
    other = rule("other", "ingress", cidr_ipv4="10.9.0.0/16")
    topology = loaded(tmp_path, [*resources, gone, other])
    assert verdict(topology, A, B) == "dropped"
    # What somebody has added by hand stays.
    assert verdict(topology, A, B, 22) == "delivered"
    kept = loaded(tmp_path, [*resources, other])
    assert verdict(kept, A, B) == "delivered"


def test_a_rule_of_nobody_knows_which_group_opens_all(tmp_path: Path) -> None:
    # covers S126
    lost = rule("x", "ingress", cidr_ipv4="0.0.0.0/0")
    lost["refs"]["security_group_id"] = ["local.x"]
    known = rule("https", "ingress", cidr_ipv4="10.1.0.0/16")
    topology = loaded(tmp_path, with_rules(known, lost))
    assert verdict(topology, A, B, 80) == "unknown"


def old_vpc() -> list[Values]:
    """A VPC that exists, with a subnet in its main table and default ACL."""
    made = vpc("a", "10.1.0.0/16")[:2]
    made[0]["values"] |= {
        "id": "vpc-1",
        "default_route_table_id": "rtb-1",
        "default_network_acl_id": "acl-1",
        "default_security_group_id": "sg-1",
    }
    other = json.loads(json.dumps(made[1]))
    other["address"] = "aws_subnet.b"
    other["values"] |= {"cidr_block": "10.1.1.0/24"}
    for one in made:
        one["unknown"] = {}
    made[0] |= {"actions": ["no-op"], "before": made[0]["values"]}
    return [*made, other]


def test_what_somebody_may_have_changed_is_unknown(tmp_path: Path) -> None:
    # covers S14, S70, S76
    rules = """
version: 1
zones:
  out: {cidrs: [0.0.0.0/0]}
rules:
  - {id: closed, deny: {from: "subnet:aws_subnet.a", to: internet}}
"""
    topology = loaded(tmp_path, old_vpc())
    assert verdicts(topology, rules, tmp_path) == {"closed": "unknown"}
    assert any("main table" in line for line in findings(topology))
    assumed = loaded(tmp_path, old_vpc(), assume_missing="aws-defaults")
    assert verdicts(assumed, rules, tmp_path) == {"closed": "proved"}
    new = loaded(tmp_path, vpc("a", "10.1.0.0/16")[:2])
    assert verdicts(new, rules, tmp_path) == {"closed": "proved"}


def public(*more: Values) -> list[Values]:
    made = [
        one
        for one in vpc("a", "10.1.0.0/16")
        if one["address"] != "aws_route_table.a"
    ]
    table = resource(
        "aws_route_table.a",
        {"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]},
        {"vpc_id": "aws_vpc.a.id"},
        config=["route"],
    )
    gateway = resource(
        "aws_internet_gateway.a",
        {"id": "igw-1"},
        {"vpc_id": "aws_vpc.a.id"},
        {},
    )
    return [*made, table, gateway, *more]


INTERNET = """
version: 1
rules:
  - {id: in, deny: {from: internet, to: "vpc:aws_vpc.a"}}
  - {id: out, deny: {from: "vpc:aws_vpc.a", to: internet}}
"""


def test_only_public_addresses_reach_the_internet(tmp_path: Path) -> None:
    # covers S27
    said = verdicts(loaded(tmp_path, public()), INTERNET, tmp_path)
    assert said == {"in": "proved", "out": "proved"}
    address = resource(
        "aws_eip.a",
        {"public_ip": "203.0.113.9"},
        {"network_interface": "aws_network_interface.a.id"},
    )
    said = verdicts(loaded(tmp_path, public(address)), INTERNET, tmp_path)
    assert said == {"in": "violated", "out": "violated"}


PUBLIC = [
    resource(
        "aws_eip.a",
        {},
        {"network_interface": "aws_network_interface.a.id"},
        {"id": True, "public_ip": True},
    ),
    resource(
        "aws_eip_association.a",
        {},
        {
            "network_interface_id": "local.x",
            "allocation_id": "aws_eip.a.id",
        },
    ),
    resource(
        "aws_instance.a",
        {"associate_public_ip_address": True, "source_dest_check": True},
        {"subnet_id": "aws_subnet.a.id"},
        {"id": True, "private_ip": True, "public_ip": True},
    ),
    resource("aws_lb.a", {"internal": False}, {"subnets": "local.x"}),
    resource("aws_ecs_service.a", {}, {"network_configuration": "local.x"})
    | {"values": {"network_configuration": [{"subnets": ["subnet-1"]}]}},
]


@pytest.mark.parametrize("one", PUBLIC, ids=lambda one: str(one["address"]))
def test_a_public_address_that_may_be_there_is_unknown(
    one: Values, tmp_path: Path
) -> None:
    # covers S27
    topology = loaded(tmp_path, public(one))
    said = verdicts(topology, INTERNET, tmp_path)
    assert said == {"in": "unknown", "out": "unknown"}
    assert any(one["address"] in line for line in findings(topology))


def test_a_nat_gateway_without_known_addresses_is_unknown(
    tmp_path: Path,
) -> None:
    # covers S29
    made = public(
        resource(
            "aws_nat_gateway.a",
            {"connectivity_type": "public"},
            {"subnet_id": "aws_subnet.a.id"},
            {"id": True, "private_ip": True, "public_ip": True},
        )
    )
    for one in made:
        if one["address"] == "aws_route_table.a":
            line = {"cidr_block": "0.0.0.0/0"}
            one["values"]["route"] = [line]
            one["unknown"]["route"] = [{"nat_gateway_id": True}]
            one["expressions"] = {
                "route": [
                    {
                        "cidr_block": {"constant_value": "0.0.0.0/0"},
                        "nat_gateway_id": {
                            "references": [
                                "aws_nat_gateway.a.id",
                                "aws_nat_gateway.a",
                            ]
                        },
                    }
                ]
            }
    topology = loaded(tmp_path, made)
    said = verdicts(topology, INTERNET, tmp_path)
    assert said == {"in": "proved", "out": "unknown"}
    assert any("aws_nat_gateway.a" in line for line in findings(topology))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format_version": "2.0"}, "terraform-version"),
        ({"format_version": None}, "terraform-format"),
        ({"errored": True}, "terraform-errored"),
        ({"planned_values": None, "values": None}, "terraform-format"),
        ({"resource_changes": [{"address": "x"}]}, "terraform-address"),
        ({"resource_changes": [7]}, "value-type"),
        (
            {"resource_changes": [{"address": "aws_vpc.a", "change": 7}]},
            "value-type",
        ),
    ],
)
def test_what_is_no_plan_is_refused_at_its_place(
    change: Values, code: str, tmp_path: Path
) -> None:
    # covers S125
    document = plan(*hub())
    for key, value in change.items():
        document[key] = value
        if value is None:
            document.pop(key, None)
    with pytest.raises(InputError) as caught:
        netproof.load(write(tmp_path, document), input_format="terraform")
    said = caught.value.diagnostics
    assert code in {one.code for one in said}
    assert all(one.where.file.endswith("plan.json") for one in said)


def test_the_command_line_reads_plans(tmp_path: Path) -> None:
    path = write(tmp_path, plan(*hub()))
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES)
    result = run("check", str(path), "--rules", str(rules))
    assert result.returncode == 1
    forced = run(
        "trace", str(tmp_path), f"--src={A}", f"--dst={B}", "--dport=443",
        "--input-format=terraform",
    )  # fmt: skip
    assert forced.returncode == 0


def test_a_folder_holds_one_plan(tmp_path: Path) -> None:
    path = write(tmp_path, plan(*hub()))
    (tmp_path / "second.json").write_text(path.read_text())
    with pytest.raises(InputError, match="one plan"):
        netproof.load(tmp_path)


def test_a_connection_gets_its_reply(tmp_path: Path) -> None:
    topology = loaded(tmp_path, hub())
    answer = follow(topology, {"src": A, "dst": B})
    assert answer["connection"]["verdict"] == "established"
