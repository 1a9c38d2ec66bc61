"""Snapshots that other tools have collected, and AWS's answers merged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import netproof
from python.golden import findings, follow, verdicts
from python.test_aws_snapshot import RULES, copy, expected, scope


def answer(path: Path) -> Any:
    return json.loads(path.read_text())


def as_batfish(snapshot: Path, folder: Path) -> Path:
    """The same in the layout of Batfish, which asks for static routes only."""
    target = folder / "batfish" / "aws_configs" / "eu-west-1"
    target.mkdir(parents=True)
    for path in scope(snapshot).glob("[A-Z]*.json"):
        (target / path.name).write_text(path.read_text())
    table = "tgw-rtb-1"
    routes = answer(scope(snapshot) / f"{table}.routes.json")
    propagations = answer(scope(snapshot) / f"{table}.propagations.json")
    static = [one for one in routes["Routes"] if one["Type"] == "static"]
    attachments = target / "TransitGatewayAttachments.json"
    listed = answer(attachments)
    for one in listed["TransitGatewayAttachments"]:
        one["Association"] = {
            "TransitGatewayRouteTableId": table,
            "State": "associated",
        }
    attachments.write_text(json.dumps(listed))
    for name, element in {
        "TransitGatewayStaticRoutes": {
            "Routes": static,
            "AdditionalRoutesAvailable": False,
        },
        "TransitGatewayPropagations": propagations,
    }.items():
        element["TransitGatewayRouteTableId"] = table
        (target / f"{name}.json").write_text(json.dumps({name: [element]}))
    (folder / "batfish" / "hosts.json").write_text("not read")
    return folder / "batfish"


def test_the_layout_of_batfish_is_read(tmp_path: Path) -> None:
    # covers S43, S45, S46
    snapshot = as_batfish(copy("blackholes", tmp_path), tmp_path)
    topology = netproof.load(snapshot, assume_missing="aws-defaults")
    wanted = expected("blackholes")
    assert verdicts(topology, RULES, tmp_path) == wanted["verdicts"]
    # Static routes alone do not tell what prefix lists add.
    topology = netproof.load(snapshot)
    assert "prefix-list-references" in str(findings(topology))
    answered = verdicts(topology, RULES, tmp_path)
    assert answered["a-cannot-reach-y"] == "unknown"


def collected() -> dict[str, Any]:
    """One VPC as the collector of np-guard writes it, nulls and all."""

    def subnet(name: str, block: str, public: bool) -> dict[str, Any]:
        return {
            "SubnetId": name,
            "VpcId": "vpc-1",
            "CidrBlock": block,
            "AvailabilityZone": "eu-north-1a",
            "MapPublicIpOnLaunch": public,
            "OutpostArn": None,
            "Ipv6CidrBlockAssociationSet": [],
            "Tags": None,
        }

    def instance(name: str, subnet: str, address: str) -> dict[str, Any]:
        association = {"PublicIp": "8.8.4.4"} if name == "i-web" else None
        return {
            "InstanceId": name,
            "State": {"Code": 16, "Name": "running"},
            "Tags": [{"Key": "Name", "Value": name}],
            "NetworkInterfaces": [
                {
                    "NetworkInterfaceId": f"eni-{name}",
                    "SubnetId": subnet,
                    "VpcId": "vpc-1",
                    "Groups": [{"GroupId": "sg-1", "GroupName": "web"}],
                    "PrivateIpAddresses": [
                        {
                            "PrivateIpAddress": address,
                            "Primary": True,
                            "Association": association,
                        }
                    ],
                    "Ipv6Addresses": [],
                    "SourceDestCheck": True,
                    "Status": "in-use",
                }
            ],
        }

    everything = {
        "IpProtocol": "-1",
        "FromPort": None,
        "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": None}],
    }
    return {
        "collector_version": "0.14.0",
        "provider": "aws",
        "instances": [
            instance("i-web", "subnet-web", "10.0.1.5"),
            instance("i-db", "subnet-db", "10.0.2.5"),
        ],
        "internet_gateways": [
            {
                "InternetGatewayId": "igw-1",
                "Attachments": [{"State": "available", "VpcId": "vpc-1"}],
            }
        ],
        "network_acls": [],
        "security_groups": [
            {
                "GroupId": "sg-1",
                "GroupName": "web",
                "VpcId": "vpc-1",
                "IpPermissions": [everything],
                "IpPermissionsEgress": [everything],
            }
        ],
        "subnets": [
            subnet("subnet-web", "10.0.1.0/24", True),
            subnet("subnet-db", "10.0.2.0/24", False),
        ],
        "vpcs": [
            {
                "VpcId": "vpc-1",
                "CidrBlock": "10.0.0.0/16",
                "CidrBlockAssociationSet": [],
                "State": "available",
            }
        ],
    }


def test_a_file_of_the_collector_of_np_guard_is_read(tmp_path: Path) -> None:
    path = tmp_path / "collected.json"
    path.write_text(json.dumps(collected()))
    web = {"src": "10.0.1.5", "dst": "8.8.8.8"}
    database = {"src": "10.0.2.5", "dst": "8.8.8.8"}
    topology = netproof.load(path)
    for flow in (web, database):
        assert follow(topology, flow)["forward"]["verdict"] == "unknown"
    assert "describe-route-tables" in str(findings(topology))
    topology = netproof.load(path, assume_missing="aws-defaults")
    assert follow(topology, web)["to"] == "internet"
    drop = follow(topology, database)["forward"]["drop"]
    assert drop["code"] == "NO_ROUTE"
    inside = follow(topology, {"src": "10.0.1.5", "dst": "10.0.2.5"})
    assert inside["to"] == "interface:eni-i-db"
    assert "assumption" not in str(findings(topology))


def test_accounts_that_were_not_collected_are_unknown(tmp_path: Path) -> None:
    # covers S122
    snapshot = copy("accounts", tmp_path)
    for path in sorted((snapshot / "111111111111").rglob("*.json")):
        path.unlink()
    topology = netproof.load(snapshot)
    # The guest sees the shared subnet, but neither its table nor its ACL.
    flow = {"src": "10.2.0.10", "dst": "10.1.0.20"}
    assert follow(topology, flow)["forward"]["verdict"] == "unknown"
    snapshot = copy("accounts", tmp_path / "other")
    for path in sorted((snapshot / "222222222222").rglob("*.json")):
        path.unlink()
    topology = netproof.load(snapshot)
    # The VPC of the attachment is not described.
    flow = {"src": "10.3.0.10", "dst": "10.2.0.10"}
    assert follow(topology, flow)["forward"]["verdict"] == "dropped"
    flow = {"src": "10.1.0.9", "dst": "10.2.0.10"}
    assert follow(topology, flow)["forward"]["verdict"] == "unknown"
    assert "collect the account that owns it" in str(
        topology.check(plan_only=True).to_dict()
    )
