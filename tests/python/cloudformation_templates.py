"""Templates of AWS CloudFormation for tests, as mappings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import netproof
from netproof import Topology
from python.golden import follow

Template = dict[str, Any]


def resource(kind: str, /, **properties: Any) -> Template:
    return {"Type": f"AWS::{kind}", "Properties": properties}


def ref(name: str) -> Template:
    return {"Ref": name}


def attribute(name: str, of: str) -> Template:
    return {"Fn::GetAtt": [name, of]}


def vpc(name: str, number: int) -> Template:
    """A VPC with one subnet, an interface that lets all in, and a table."""
    return {
        name: resource("EC2::VPC", CidrBlock=f"10.{number}.0.0/16"),
        f"{name}Subnet": resource(
            "EC2::Subnet",
            VpcId=ref(name),
            CidrBlock=f"10.{number}.0.0/24",
            AvailabilityZone="eu-west-1a",
        ),
        f"{name}Group": resource(
            "EC2::SecurityGroup",
            GroupDescription="open",
            VpcId=ref(name),
            SecurityGroupIngress=[{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}],
        ),
        f"{name}Host": resource(
            "EC2::NetworkInterface",
            SubnetId=ref(f"{name}Subnet"),
            PrivateIpAddress=f"10.{number}.0.10",
            GroupSet=[ref(f"{name}Group")],
        ),
        f"{name}Table": resource("EC2::RouteTable", VpcId=ref(name)),
        f"{name}Use": resource(
            "EC2::SubnetRouteTableAssociation",
            SubnetId=ref(f"{name}Subnet"),
            RouteTableId=ref(f"{name}Table"),
        ),
        f"{name}Route": resource(
            "EC2::Route",
            RouteTableId=ref(f"{name}Table"),
            DestinationCidrBlock="10.0.0.0/8",
            VpcPeeringConnectionId=ref("Peering"),
        ),
    }


def peered() -> Template:
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": {
            **vpc("A", 1),
            **vpc("B", 2),
            "Peering": resource(
                "EC2::VPCPeeringConnection", VpcId=ref("A"), PeerVpcId=ref("B")
            ),
        },
    }


def written(folder: Path, template: Any, name: str = "net.json") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(template, indent=1))
    return path


def loaded(folder: Path, template: Template) -> Topology:
    return netproof.load(written(folder, template))


FLOW = {"src": "10.1.0.10", "dst": "10.2.0.10"}


def outcome(network: Topology, flow: dict[str, Any] = FLOW) -> str:
    answer = follow(network, flow)
    drop = answer["forward"]["drop"] or {}
    verdict: str = answer["forward"]["verdict"]
    return str(drop.get("code")) if verdict == "dropped" else verdict
