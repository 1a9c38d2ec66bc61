"""What is not known of a template of AWS CloudFormation, and what it opens.

All templates are written by hand; no stack was made of them.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from netproof import InputError
from python.cloudformation_templates import (
    Template,
    attribute,
    loaded,
    outcome,
    peered,
    ref,
    resource,
    written,
)
from python.golden import verdicts
from python.test_cloudformation import RULES

# What is said of the resource of the route from A to B.
UNKNOWN = {
    "a parameter without a value": ("P", {"DestinationCidrBlock": ref("P")}),
    "a condition that depends on it": ("P", "condition"),
    "the Region": ("", {"DestinationCidrBlock": {"Fn::Sub": "${AWS::Region}"}}),
    "an import that nobody exports": (
        "",
        {"VpcPeeringConnectionId": {"Fn::ImportValue": "elsewhere"}},
    ),
    "a function that is not worked out": (
        "",
        {"VpcPeeringConnectionId": {"Fn::Base64": "x"}},
    ),
    "what is looked up when the stack is made": (
        "",
        {"DestinationCidrBlock": "{{resolve:ssm:/network/block}}"},
    ),
    "an attribute that AWS chooses": (
        "",
        {"VpcPeeringConnectionId": attribute("AHost", "Arn")},
    ),
    "a key that a mapping lacks": (
        "",
        {"DestinationCidrBlock": {"Fn::FindInMap": ["M", "a", "b"]}},
    ),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_cannot_be_worked_out_is_unknown(
    case: str, tmp_path: Path
) -> None:
    # covers S131
    parameter, change = UNKNOWN[case]
    template = peered()
    route = template["Resources"]["ARoute"]
    if parameter:
        template["Parameters"] = {parameter: {"Type": "String"}}
    if change == "condition":
        template["Conditions"] = {"C": {"Fn::Equals": [ref("P"), "yes"]}}
        route["Condition"] = "C"
    else:
        route["Properties"].update(change)
    network = loaded(tmp_path, template)
    assert outcome(network) == "unknown"
    # B's side is what it was.
    assert verdicts(network, RULES, tmp_path)["no-way"] != "proved"


@pytest.mark.parametrize("given", ["yes", "no"])
def test_values_that_are_given_decide(given: str, tmp_path: Path) -> None:
    # covers S131
    template = peered()
    template["Parameters"] = {"P": {"Type": "String"}}
    template["Conditions"] = {"C": {"Fn::Equals": [ref("P"), "yes"]}}
    template["Resources"]["ARoute"]["Condition"] = "C"
    forms: list[Any] = [
        [{"ParameterKey": "P", "ParameterValue": given}],
        {"Parameters": {"P": given}},
        {"P": given},
    ]
    for form in forms:
        written(tmp_path, form, "net.parameters.json")
        network = loaded(tmp_path, template)
        expected = "delivered" if given == "yes" else "NO_ROUTE"
        assert outcome(network) == expected
    written(tmp_path, {"Q": "yes"}, "net.parameters.json")
    with pytest.raises(InputError, match="the template has P"):
        loaded(tmp_path, template)


# A resource of which nobody knows whether it is made, and a flow that it may
# change.
UNCERTAIN: dict[str, Template] = {
    "Extra": resource(
        "EC2::SecurityGroupIngress",
        GroupId=ref("Closed"),
        IpProtocol="-1",
        CidrIp="10.0.0.0/8",
    ),
    "More": resource(
        "EC2::NetworkAclEntry",
        NetworkAclId=ref("Acl"),
        RuleNumber=1,
        RuleAction="allow",
        Protocol=-1,
        CidrBlock="0.0.0.0/0",
    ),
    "Another": resource("EC2::VPC", CidrBlock="10.9.0.0/16"),
}


@pytest.mark.parametrize("name", UNCERTAIN)
@pytest.mark.parametrize("made", [True, False, None])
def test_what_may_not_be_made_is_neither_dropped_nor_taken(
    name: str, made: bool | None, tmp_path: Path
) -> None:
    # covers S131
    template = peered()
    resources = template["Resources"]
    resources["Closed"] = resource(
        "EC2::SecurityGroup", GroupDescription="closed", VpcId=ref("B")
    )
    resources["Acl"] = resource("EC2::NetworkAcl", VpcId=ref("B"))
    for egress in (False, True):
        resources[f"AclLine{egress}"] = resource(
            "EC2::NetworkAclEntry",
            NetworkAclId=ref("Acl"),
            RuleNumber=2,
            RuleAction="deny" if name == "More" and not egress else "allow",
            Protocol=-1,
            Egress=egress,
            CidrBlock="0.0.0.0/0",
        )
    resources["AclUse"] = resource(
        "EC2::SubnetNetworkAclAssociation",
        NetworkAclId=ref("Acl"),
        SubnetId=ref("BSubnet"),
    )
    if name == "Extra":
        resources["BHost"]["Properties"]["GroupSet"] = [ref("Closed")]
    template["Parameters"] = {"P": {"Type": "String"}}
    template["Conditions"] = {"C": {"Fn::Equals": [ref("P"), "yes"]}}
    if made is not None:
        template["Parameters"]["P"]["Default"] = "yes" if made else "no"
    resources[name] = {**copy.deepcopy(UNCERTAIN[name]), "Condition": "C"}
    network = loaded(tmp_path, template)
    without = {"Extra": "SG_DENY", "More": "NACL_DENY", "Another": "delivered"}
    expected = "delivered" if made else without[name]
    assert outcome(network) == ("unknown" if made is None else expected)


STRANGERS = [
    ("EC2::ClientVpnEndpoint", True),
    ("EC2::SomethingNew", True),
    ("NetworkManager::CoreNetwork", True),
    ("CloudFormation::Stack", True),
    ("EC2::KeyPair", False),
    ("IAM::Role", False),
    ("Lambda::Function", False),
    ("NetworkFirewall::LoggingConfiguration", False),
]


@pytest.mark.parametrize(("kind", "matters"), STRANGERS)
def test_types_that_are_not_understood_make_what_hangs_on_them_unknown(
    kind: str, matters: bool, tmp_path: Path
) -> None:
    # covers S130
    template = peered()
    template["Resources"]["Stranger"] = resource(kind, Name="x")
    del template["Resources"]["ARoute"]
    network = loaded(tmp_path, template)
    assert outcome(network) == ("unknown" if matters else "NO_ROUTE")
    assert (network.core.gaps > 0) == matters


def test_properties_that_are_not_understood_are_not_passed_over(
    tmp_path: Path,
) -> None:
    # covers S130
    template = peered()
    properties = template["Resources"]["BSubnet"]["Properties"]
    properties["OutpostArn"] = "arn:aws:outposts:x"
    assert outcome(loaded(tmp_path, template)) == "unknown"


def elsewhere(route: Template) -> Template:
    """A subnet with two hosts, in a VPC and on a gateway of others."""
    template = peered()
    resources = template["Resources"]
    del resources["A"], resources["Peering"]
    for name in [key for key in resources if key.startswith("B")]:
        del resources[name]
    for name in ("ASubnet", "AGroup", "ATable"):
        resources[name]["Properties"]["VpcId"] = "vpc-0123"
    resources["Other"] = copy.deepcopy(resources["AHost"])
    resources["Other"]["Properties"]["PrivateIpAddress"] = "10.1.0.11"
    resources["ARoute"] = resource(
        "EC2::Route",
        RouteTableId=ref("ATable"),
        DestinationCidrBlock="0.0.0.0/0",
        **route,
    )
    return template


def test_what_others_declare_may_be_anything(tmp_path: Path) -> None:
    # covers S131
    template = elsewhere({"TransitGatewayId": "tgw-0123"})
    template["Resources"]["Attachment"] = resource(
        "EC2::TransitGatewayAttachment",
        TransitGatewayId="tgw-0123",
        VpcId="vpc-0123",
        SubnetIds=[ref("ASubnet")],
    )
    network = loaded(tmp_path, template)
    for target in ("10.9.0.1", "10.1.7.1"):
        flow = {"src": "10.1.0.10", "dst": target}
        assert outcome(network, flow) == "unknown", target
    # Its default ACL may be another one than AWS makes.
    rules = """
version: 1
rules:
  - {id: r, require: {from: "10.1.0.10/32", to: "10.1.1.11/32",
     service: tcp/443}}
  - {id: d, deny: {from: "10.1.0.10/32", to: "10.1.1.11/32"}}
"""
    second = template["Resources"]["Second"] = copy.deepcopy(
        template["Resources"]["ASubnet"]
    )
    second["Properties"]["CidrBlock"] = "10.1.1.0/24"
    other = template["Resources"]["Other"]["Properties"]
    other.update(SubnetId=ref("Second"), PrivateIpAddress="10.1.1.11")
    network = loaded(tmp_path, template)
    assert "proved" not in verdicts(network, rules, tmp_path).values()
