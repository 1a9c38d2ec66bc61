"""AWS Network Firewall in templates.

Written by hand from S81-S87 and S130; no CloudFormation ran.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from python.cloudformation_templates import (
    Template,
    attribute,
    loaded,
    ref,
    resource,
    vpc,
)
from python.golden import follow

FLOW = {"src": "10.1.0.10", "dst": "10.1.1.10"}
ENDPOINT: Template = {
    "Fn::Select": [
        1,
        {
            "Fn::Split": [
                ":",
                {"Fn::Select": [0, attribute("Wall", "EndpointIds")]},
            ]
        },
    ]
}


def subnet(name: str, number: int, *routes: str) -> Template:
    """A subnet of A with a table; its routes lead to the firewall."""
    made = {
        f"{name}Subnet": resource(
            "EC2::Subnet",
            VpcId=ref("A"),
            CidrBlock=f"10.1.{number}.0/24",
            AvailabilityZone="eu-west-1a",
        ),
        f"{name}Table": resource("EC2::RouteTable", VpcId=ref("A")),
        f"{name}Use": resource(
            "EC2::SubnetRouteTableAssociation",
            SubnetId=ref(f"{name}Subnet"),
            RouteTableId=ref(f"{name}Table"),
        ),
    }
    for index, to in enumerate(routes):
        made[f"{name}Route{index}"] = resource(
            "EC2::Route",
            RouteTableId=ref(f"{name}Table"),
            DestinationCidrBlock=to,
            VpcEndpointId=ENDPOINT,
        )
    return made


def inspected() -> Template:
    """Two subnets that reach each other through a firewall: HTTPS alone."""
    own = vpc("A", 1)
    del own["ARoute"]
    host = copy.deepcopy(own["AHost"])
    host["Properties"] |= {
        "SubnetId": ref("BSubnet"),
        "PrivateIpAddress": "10.1.1.10",
    }
    rule = (
        "pass tcp 10.1.0.0/24 any -> 10.1.1.0/24 443 "
        "(flow:to_server; sid:1; rev:1;)"
    )
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": {
            **own,
            **subnet("A", 0, "10.1.1.0/24"),
            **subnet("B", 1, "10.1.0.0/24"),
            **subnet("Wall", 2),
            "BHost": host,
            "Rules": resource(
                "NetworkFirewall::RuleGroup",
                RuleGroupName="web",
                Type="STATEFUL",
                Capacity=10,
                RuleGroup={
                    "RulesSource": {"RulesString": rule},
                    "StatefulRuleOptions": {"RuleOrder": "STRICT_ORDER"},
                },
            ),
            "Policy": resource(
                "NetworkFirewall::FirewallPolicy",
                FirewallPolicyName="x",
                FirewallPolicy={
                    "StatelessDefaultActions": ["aws:forward_to_sfe"],
                    "StatelessFragmentDefaultActions": ["aws:drop"],
                    "StatefulDefaultActions": ["aws:drop_strict"],
                    "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER"},
                    "StatefulRuleGroupReferences": [
                        {"ResourceArn": ref("Rules"), "Priority": "1"}
                    ],
                },
            ),
            "Wall": resource(
                "NetworkFirewall::Firewall",
                FirewallName="x",
                VpcId=ref("A"),
                FirewallPolicyArn=ref("Policy"),
                SubnetMappings=[{"SubnetId": ref("WallSubnet")}],
            ),
        },
    }


def said(folder: Path, template: Template, port: int) -> str:
    answer = follow(loaded(folder, template), FLOW | {"dport": port})
    if answer["forward"]["verdict"] == "dropped":
        return str(answer["forward"]["drop"]["code"])
    return str(answer["forward"]["verdict"])


def test_a_firewall_lets_through_what_its_groups_say(tmp_path: Path) -> None:
    # covers S81, S130
    assert said(tmp_path, inspected(), 443) == "delivered"
    assert said(tmp_path, inspected(), 80) == "FIREWALL_DENY"


CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "two zones": (
        "Wall",
        {
            "SubnetMappings": [
                {"SubnetId": ref("WallSubnet")},
                {"SubnetId": ref("BSubnet")},
            ]
        },
    ),
    "a policy of others": ("Wall", {"FirewallPolicyArn": ref("P")}),
    "rules that nobody knows": ("Rules", {"RuleGroup": ref("P")}),
    "a type that nobody knows": ("Rules", {"Type": ref("P")}),
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_a_firewall_does_may_be_unknown(case: str, tmp_path: Path) -> None:
    # covers S87, S131
    template = inspected()
    template["Parameters"] = {"P": {"Type": "String"}}
    name, change = CHANGES[case]
    template["Resources"][name]["Properties"] |= change
    assert said(tmp_path, template, 443) == "unknown"
    assert said(tmp_path, template, 80) == "unknown"


@pytest.mark.parametrize("name", ["Rules", "Policy", "Wall"])
def test_a_part_that_may_not_be_made_leaves_it_unknown(
    name: str, tmp_path: Path
) -> None:
    # covers S131
    template = inspected()
    template["Parameters"] = {"P": {"Type": "String"}}
    template["Conditions"] = {"C": {"Fn::Equals": [ref("P"), "yes"]}}
    template["Resources"][name]["Condition"] = "C"
    assert said(tmp_path, template, 80) == "unknown"
