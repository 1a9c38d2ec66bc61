"""Templates whose parts are made, changed or handed on by somebody else.

Written by hand from S130-S131; no CloudFormation ran.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from python.cloudformation_templates import (
    Template,
    attribute,
    loaded,
    outcome,
    peered,
    ref,
    resource,
)
from python.golden import findings

SAM = "AWS::Serverless-2016-10-31"
VPC = {"SubnetIds": [ref("ASubnet")], "SecurityGroupIds": [ref("AGroup")]}
UNLISTED = {"src": "10.1.0.77", "dst": "10.2.0.10"}


def custom(**properties: Any) -> Template:
    return {"Type": "Custom::X", "Properties": properties}


HANDED = {
    "a vpc": custom(Vpc=ref("A")),
    "a default group": custom(Id=attribute("A", "DefaultSecurityGroup")),
    "an arn": custom(Arn={"Fn::Sub": "arn:aws:ec2:eu-west-1:1:vpc/${A}"}),
    "an unknown subnet": custom(SubnetId=ref("P")),
    "a firewall manager": resource("FMS::Policy", PolicyName="x"),
    "an application": resource("Serverless::Application", Location="x"),
    "a nested stack": resource("CloudFormation::Stack", TemplateURL="x"),
    "a module": {"Type": "My::Net::Vpc::MODULE", "Properties": {}},
}


@pytest.mark.parametrize("case", HANDED)
def test_who_is_handed_a_part_may_change_all(case: str, tmp_path: Path) -> None:
    # covers S131
    template = peered()
    template["Parameters"] = {"P": {"Type": "String"}}
    template["Resources"]["X"] = HANDED[case]
    assert outcome(loaded(tmp_path, template)) == "unknown"


IDLE = {
    "a name": custom(Name="x", ServiceToken=ref("P")),
    "a bucket": resource("S3::Bucket", BucketName=ref("P")),
    "a table": resource("Serverless::SimpleTable"),
}


@pytest.mark.parametrize("case", IDLE)
@pytest.mark.parametrize("transform", [SAM, [SAM, "AWS::LanguageExtensions"]])
def test_who_is_handed_nothing_changes_nothing(
    case: str, transform: Any, tmp_path: Path
) -> None:
    # covers S131
    template = peered()
    template["Transform"] = transform
    template["Parameters"] = {"P": {"Type": "String"}}
    template["Resources"]["X"] = IDLE[case]
    assert outcome(loaded(tmp_path, template)) == "delivered"


MACROS: dict[str, Template] = {
    "of the template": {"Transform": "Mine"},
    "in a list": {"Transform": [SAM, "Mine"]},
    "included": {"Transform": {"Name": "AWS::Include"}},
}


@pytest.mark.parametrize("case", MACROS)
def test_a_macro_may_change_all(case: str, tmp_path: Path) -> None:
    # covers S131
    template = peered() | MACROS[case]
    assert outcome(loaded(tmp_path, template)) == "unknown"


def test_a_macro_beside_properties_may_change_them(tmp_path: Path) -> None:
    # covers S131
    template = peered()
    template["Resources"]["BGroup"]["Fn::Transform"] = {"Name": "Mine"}
    network = loaded(tmp_path, template)
    assert outcome(network) == "unknown"
    assert any("Fn::Transform" in line for line in findings(network))


MADE: dict[str, Template] = {
    "of itself": {"Properties": {"VpcConfig": VPC}},
    "of all": {},
}


@pytest.mark.parametrize("case", MADE)
def test_functions_have_interfaces_that_no_template_lists(
    case: str, tmp_path: Path
) -> None:
    # covers S131
    template = peered() | {"Transform": SAM}
    assert outcome(loaded(tmp_path, template), UNLISTED) == "NO_SUCH_ADDRESS"
    if case == "of all":
        template["Globals"] = {"Function": {"VpcConfig": VPC}}
    template["Resources"]["X"] = {"Type": "AWS::Serverless::Function"} | MADE[
        case
    ]
    assert outcome(loaded(tmp_path, template), UNLISTED) == "unknown"


def test_beanstalk_names_subnets_in_words_of_its_own(tmp_path: Path) -> None:
    # covers S131
    template = peered()
    template["Resources"]["X"] = resource(
        "ElasticBeanstalk::Environment",
        OptionSettings=[
            {
                "Namespace": "aws:ec2:vpc",
                "OptionName": "Subnets",
                "Value": ref("ASubnet"),
            }
        ],
    )
    assert outcome(loaded(tmp_path, template), UNLISTED) == "unknown"


def test_lines_land_in_what_aws_makes_with_a_vpc(tmp_path: Path) -> None:
    # covers S70, S76, S131
    template = peered()
    resources = template["Resources"]
    del resources["BHost"]["Properties"]["GroupSet"]
    assert outcome(loaded(tmp_path, template)) == "SG_DENY"
    resources["In"] = resource(
        "EC2::SecurityGroupIngress",
        GroupId=attribute("B", "DefaultSecurityGroup"),
        IpProtocol="-1",
        CidrIp="10.1.0.0/16",
    )
    assert outcome(loaded(tmp_path, template)) == "delivered"
    resources["Line"] = resource(
        "EC2::NetworkAclEntry",
        NetworkAclId=attribute("B", "DefaultNetworkAcl"),
        RuleNumber=10,
        RuleAction="deny",
        Protocol=-1,
        CidrBlock="10.1.0.0/16",
    )
    assert outcome(loaded(tmp_path, template)) == "NACL_DENY"


def test_two_acls_of_a_subnet_leave_it_unknown(tmp_path: Path) -> None:
    # covers S76, S131
    template = peered()
    resources = template["Resources"]
    for name in ("One", "Two"):
        resources[name] = resource("EC2::NetworkAcl", VpcId=ref("B"))
        resources[f"{name}Use"] = resource(
            "EC2::SubnetNetworkAclAssociation",
            SubnetId=ref("BSubnet"),
            NetworkAclId=ref(name),
        )
    for egress in (False, True):
        resources[f"Line{egress}"] = resource(
            "EC2::NetworkAclEntry",
            NetworkAclId=ref("Two"),
            RuleNumber=1,
            RuleAction="allow",
            Protocol=-1,
            Egress=egress,
            CidrBlock="0.0.0.0/0",
        )
    assert outcome(loaded(tmp_path, template)) == "unknown"
    del resources["OneUse"]
    assert outcome(loaded(tmp_path, template)) == "delivered"
