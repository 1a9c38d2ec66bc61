"""Templates of AWS CloudFormation, by statement of cpp/semantics.md.

All templates are written by hand; no stack was made of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import netproof
from netproof import InputError
from python.cloudformation_templates import (
    FLOW,
    Template,
    attribute,
    loaded,
    outcome,
    peered,
    ref,
    resource,
    vpc,
    written,
)
from python.command import run
from python.golden import assert_as_expected, expected, verdicts

CASES = Path(__file__).parents[1] / "golden" / "cloudformation"
NAMES = sorted(path.parent.name for path in CASES.glob("*/expected.yaml"))


@pytest.mark.parametrize("case", NAMES)
def test_templates_are_judged_as_aws_would_forward(
    case: str, tmp_path: Path
) -> None:
    # covers S130, S131
    topology = netproof.load(CASES / case)
    done = run("import", "cloudformation", CASES / case, "-o", tmp_path / "new")
    assert done.returncode == 0, done.stderr
    imported = netproof.load(tmp_path / "new")
    for network in (topology, imported):
        assert_as_expected(network, expected(CASES / case), tmp_path)


RULES = """
version: 1
zones: {a: {vpcs: [A]}, b: {vpcs: [B]}}
rules:
  - {id: no-way, deny: {from: a, to: b}}
  - {id: a-way, require: {from: "10.1.0.10/32", to: "10.2.0.10/32",
     service: tcp/443}}
"""


def test_the_network_is_judged_like_the_same_one_in_yaml(
    tmp_path: Path,
) -> None:
    # covers S131
    network = loaded(tmp_path, peered())
    assert outcome(network) == "delivered"
    parts = []
    for name, number in (("A", 1), ("B", 2)):
        parts.append(
            f"  - name: {name}\n    cidrs: [10.{number}.0.0/16]\n"
            f"    subnets:\n"
            f"      - {{name: {name}Subnet, cidrs: [10.{number}.0.0/24],"
            f" zone: eu-west-1a, route_table: {name}Table,"
            f" interfaces: [{{name: {name}Host,"
            f" addresses: [10.{number}.0.10],"
            f" security_groups: [{name}Group]}}]}}\n"
            f"    route_tables:\n"
            f"      - {{name: {name}Table, routes: [{{destination: 10.0.0.0/8,"
            f' target: "peering:Peering"}}]}}\n'
            f"    security_groups:\n      - {{name: {name}Group,"
            f" ingress: [{{service: any, sources: [0.0.0.0/0]}}]}}\n"
        )
    (tmp_path / "hand.yaml").write_text(
        "version: 1\nvpcs:\n"
        + "".join(parts)
        + "peerings: [{name: Peering, vpcs: [A, B]}]\n"
    )
    by_hand = netproof.load(tmp_path / "hand.yaml")
    for flow in (FLOW, {"src": "10.2.0.10", "dst": "10.1.0.10"}):
        assert outcome(network, flow) == outcome(by_hand, flow)
    assert verdicts(network, RULES, tmp_path) == {
        "no-way": "violated",
        "a-way": "proved",
    }


def test_every_object_has_its_place(tmp_path: Path) -> None:
    written(tmp_path, {"Resources": vpc("A", 1)}, "one.json")
    other = {"Resources": {**vpc("B", 2)}}
    del other["Resources"]["BSubnet"]["Properties"]["CidrBlock"]
    other["Resources"]["BSubnet"]["Properties"]["CidrBlock"] = "10.2.0.0/33"
    written(tmp_path, other, "two.json")
    with pytest.raises(InputError) as error:
        netproof.load(tmp_path)
    (line,) = [
        number
        for number, text in enumerate(
            (tmp_path / "two.json").read_text().splitlines(), 1
        )
        if "10.2.0.0/33" in text
    ]
    assert f"two.json:{line}:" in str(error.value)


def test_stacks_share_what_they_export(tmp_path: Path) -> None:
    # covers S131
    template = peered()
    peering = template["Resources"].pop("Peering")
    names = {"A": "shared-a", "B": {"Fn::Sub": "${AWS::StackName}-b"}}
    template["Outputs"] = {
        name: {"Value": ref(name), "Export": {"Name": export}}
        for name, export in names.items()
    }
    template["Resources"]["ARoute"]["Properties"]["VpcPeeringConnectionId"] = {
        "Fn::ImportValue": "peering"
    }
    template["Resources"]["BRoute"]["Properties"]["VpcPeeringConnectionId"] = {
        "Fn::ImportValue": {"Fn::Join": ["", ["peer", "ing"]]}
    }
    peering["Properties"] = {
        "VpcId": {"Fn::ImportValue": "shared-a"},
        "PeerVpcId": {"Fn::ImportValue": "net-b"},
    }
    other = {
        "Resources": {"Peering": peering},
        "Outputs": {
            "P": {"Value": ref("Peering"), "Export": {"Name": "peering"}}
        },
    }
    written(tmp_path, other, "other.json")
    written(tmp_path, template)
    assert outcome(netproof.load(tmp_path)) == "delivered"
    # Without the other stack nobody knows where the routes lead.
    (tmp_path / "other.json").unlink()
    assert outcome(netproof.load(tmp_path)) == "unknown"


def test_egress_rules_on_their_own_leave_the_rest_unknown(
    tmp_path: Path,
) -> None:
    # covers S131
    template = peered()
    rule = resource(
        "EC2::SecurityGroupEgress",
        GroupId=ref("AGroup"),
        IpProtocol="tcp",
        FromPort=443,
        ToPort=443,
        CidrIp="10.0.0.0/8",
    )
    template["Resources"]["Rule"] = rule
    network = loaded(tmp_path, template)
    assert outcome(network) == "delivered"
    assert outcome(network, {**FLOW, "dport": 22}) == "unknown"
    group = template["Resources"]["AGroup"]["Properties"]
    group["SecurityGroupEgress"] = []
    del template["Resources"]["Rule"]
    assert outcome(loaded(tmp_path, template)) == "delivered"
    group["SecurityGroupEgress"] = [
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "::/0"}
    ]
    del group["SecurityGroupEgress"][0]["CidrIp"]
    group["SecurityGroupEgress"][0]["CidrIp"] = "10.0.0.0/8"
    assert outcome(loaded(tmp_path, template)) == "SG_DENY"


ERRORS = {
    "Ref to nothing": ({"Ref": "Pering"}, "did you mean 'Peering'"),
    "attribute of nothing": (
        attribute("BSubnt", "Id"),
        "did you mean 'BSubnet'",
    ),
    "too short a list": (
        {"Fn::Select": [2, ["a", "b"]]},
        "takes one of its list",
    ),
    "blocks that do not fit": (
        {"Fn::Cidr": ["10.0.0.0/24", 300, 8]},
        "fit into its block",
    ),
    "no arguments": ({"Fn::Join": "x"}, "list of arguments"),
    "a condition that is not there": (
        {"Fn::If": ["None", "a", "b"]},
        "condition of that name",
    ),
}


def test_all_errors_are_reported_at_once(tmp_path: Path) -> None:
    template = peered()
    for number, (value, _) in enumerate(ERRORS.values()):
        template["Resources"][f"Wrong{number}"] = resource(
            "EC2::VPC", CidrBlock=value
        )
    with pytest.raises(InputError) as error:
        loaded(tmp_path, template)
    for _, message in ERRORS.values():
        assert message in str(error.value)


def doubling() -> Template:
    """Values that double thirty times."""
    resources = {"R0": resource("EC2::VPC", CidrBlock="10.0.0.0/16")}
    for number in range(1, 31):
        before = attribute(f"R{number - 1}", "CidrBlock")
        resources[f"R{number}"] = resource(
            "EC2::VPC", CidrBlock={"Fn::Join": ["", [before, before]]}
        )
    return {"Resources": resources}


def circle() -> Template:
    a = resource("EC2::VPC", CidrBlock=attribute("B", "CidrBlock"))
    b = resource("EC2::VPC", CidrBlock=attribute("A", "CidrBlock"))
    return {"Resources": {"A": a, "B": b}}


def conditions() -> Template:
    return {
        "Conditions": {"A": {"Condition": "B"}, "B": {"Condition": "A"}},
        "Resources": {
            "V": {**resource("EC2::VPC", CidrBlock="10.0.0.0/16")}
            | {"Condition": "A"}
        },
    }


@pytest.mark.parametrize(
    ("hostile", "message"),
    [(doubling, "double each other"), (conditions, "in a circle")],
)
def test_hostile_templates_are_refused(
    hostile: Any, message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        loaded(tmp_path, hostile())


def test_values_that_lead_in_a_circle_are_unknown(tmp_path: Path) -> None:
    assert loaded(tmp_path, circle()).core.gaps > 0


def test_nesting_and_aliases_are_refused(tmp_path: Path) -> None:
    head = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  V:\n"
    head += "    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: "
    path = tmp_path / "net.yaml"
    for value, message in {
        "!Base64 " * 3 + "x": "well-formed",
        "[" * 100: "nest at most 64",
        "&a [x, *a]": "aliases are not followed",
        "!Include x": "without tags",
    }.items():
        path.write_text(head + value + "\n")
        with pytest.raises(InputError, match=message):
            netproof.load(path)


def test_the_kind_can_be_forced(tmp_path: Path) -> None:
    path = tmp_path / "net.txt"
    path.write_text("Resources: {V: {Type: Custom::Thing}}\n")
    with pytest.raises(InputError):
        netproof.load(path)
    assert netproof.load(path, input_format="cloudformation")
