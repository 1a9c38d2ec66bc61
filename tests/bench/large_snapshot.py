"""An AWS snapshot of 500 interfaces, and flows between them.

Ten VPCs behind a transit gateway with two tables, one more with a NAT gateway
through which all of them reach the internet. Groups refer to each other, ACLs
have a dozen lines, and one half of the VPCs is held apart from the other by a
blackhole. Written in the shapes of the AWS command line.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OWNER = "111111111111"
SPOKES = 10
INTERFACES = 50  # of each VPC
TIERS = ("web", "app", "data")
PORTS = (22, 80, 443, 5432, 8080, 9090)

Item = dict[str, Any]


def write_snapshot(folder: Path) -> None:
    """Writes the snapshot; the same bytes each time."""
    folder.mkdir(parents=True, exist_ok=True)
    network = _network()
    for table, routes in (("prod", _routes(0)), ("dev", _routes(1))):
        _write(folder / f"tgw-rtb-{table}.routes.json", routes)
        numbers = range(table == "dev", SPOKES, 2)
        members = [_member(number) for number in numbers]
        _write(
            folder / f"tgw-rtb-{table}.associations.json",
            {"Associations": [{**m, "State": "associated"} for m in members]},
        )
        _write(
            folder / f"tgw-rtb-{table}.propagations.json",
            {
                "TransitGatewayRouteTablePropagations": [
                    {**m, "State": "enabled"} for m in members
                ]
            },
        )
    everyone = [_member(number) for number in range(SPOKES)]
    egress = [{**_member(SPOKES), "State": "associated"}]
    _write(folder / "tgw-rtb-all.associations.json", {"Associations": egress})
    _write(
        folder / "tgw-rtb-all.propagations.json",
        {
            "TransitGatewayRouteTablePropagations": [
                {**m, "State": "enabled"} for m in everyone
            ]
        },
    )
    _write(
        folder / "tgw-rtb-all.routes.json",
        _route_list([_propagated(number) for number in range(SPOKES)]),
    )
    _write(folder / "network.json", network)


def flows(count: int, seed: int = 1) -> Iterator[str]:
    """Lines for `trace --flows`: most between interfaces, some outwards."""
    dice = random.Random(seed)
    owned = [
        _address(vpc, index)
        for vpc in range(SPOKES)
        for index in range(INTERFACES)
    ]
    for _ in range(count):
        outwards = dice.random() < 0.1
        flow = {
            "src": dice.choice(owned),
            "dst": f"8.8.{dice.randrange(256)}.{dice.randrange(256)}"
            if outwards
            else dice.choice(owned),
            "protocol": "tcp" if dice.random() < 0.9 else "udp",
            "sport": dice.randrange(1024, 65536),
            "dport": dice.choice(PORTS),
        }
        yield json.dumps(flow) + "\n"


def _write(path: Path, document: Item) -> None:
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _address(vpc: int, index: int) -> str:
    return f"10.{vpc}.{index % 2}.{10 + index}"


def interface_at(address: str) -> str:
    """The id of the interface that has an address of flows()."""
    _, vpc, _, host = address.split(".")
    return f"eni-{vpc}-{int(host) - 10}"


def _member(vpc: int) -> Item:
    return {
        "TransitGatewayAttachmentId": f"tgw-attach-{vpc}",
        "ResourceId": f"vpc-{vpc}",
        "ResourceType": "vpc",
    }


def _propagated(vpc: int) -> Item:
    return {
        "DestinationCidrBlock": f"10.{vpc}.0.0/16",
        "TransitGatewayAttachments": [_member(vpc)],
        "Type": "propagated",
        "State": "active",
    }


def _route_list(routes: list[Item]) -> Item:
    return {"Routes": routes, "AdditionalRoutesAvailable": False}


def _routes(parity: int) -> Item:
    """Own half by propagation, out by the egress VPC, the rest nowhere."""
    return _route_list(
        [
            *(_propagated(number) for number in range(parity, SPOKES, 2)),
            {
                "DestinationCidrBlock": "10.0.0.0/8",
                "Type": "static",
                "State": "blackhole",
            },
            {
                "DestinationCidrBlock": "0.0.0.0/0",
                "TransitGatewayAttachments": [_member(SPOKES)],
                "Type": "static",
                "State": "active",
            },
        ]
    )


def _network() -> Item:
    numbers = range(SPOKES + 1)
    return {
        "Vpcs": [_vpc(number) for number in numbers],
        "Subnets": [s for n in numbers for s in _subnets(n)],
        "RouteTables": [t for n in numbers for t in _tables(n)],
        "NetworkAcls": [_acl(number) for number in numbers],
        "SecurityGroups": [g for n in numbers for g in _groups(n)],
        "NetworkInterfaces": [
            _interface(vpc, index)
            for vpc in range(SPOKES)
            for index in range(INTERFACES)
        ],
        "InternetGateways": [
            {
                "InternetGatewayId": "igw-0",
                "OwnerId": OWNER,
                "Attachments": [
                    {"State": "available", "VpcId": f"vpc-{SPOKES}"}
                ],
            }
        ],
        "EgressOnlyInternetGateways": [],
        "NatGateways": [
            {
                "NatGatewayId": "nat-0",
                "SubnetId": f"subnet-{SPOKES}-1",
                "VpcId": f"vpc-{SPOKES}",
                "State": "available",
                "ConnectivityType": "public",
                "NatGatewayAddresses": [
                    {
                        "PrivateIp": f"10.{SPOKES}.1.5",
                        "PublicIp": "203.0.113.5",
                        "IsPrimary": True,
                        "Status": "succeeded",
                        "AllocationId": "eipalloc-0",
                        "NetworkInterfaceId": "eni-nat-0",
                    }
                ],
            }
        ],
        "VpcPeeringConnections": [],
        "VpcEndpoints": [],
        "PrefixLists": [],
        "TransitGateways": [_transit_gateway()],
        "TransitGatewayAttachments": [
            {
                **_member(number),
                "TransitGatewayId": "tgw-0",
                "TransitGatewayOwnerId": OWNER,
                "ResourceOwnerId": OWNER,
                "State": "available",
            }
            for number in numbers
        ],
        "TransitGatewayVpcAttachments": [_attachment(n) for n in numbers],
        "TransitGatewayRouteTables": [
            {
                "TransitGatewayRouteTableId": f"tgw-rtb-{name}",
                "TransitGatewayId": "tgw-0",
                "State": "available",
                "DefaultAssociationRouteTable": False,
                "DefaultPropagationRouteTable": False,
            }
            for name in ("prod", "dev", "all")
        ],
    }


def _vpc(number: int) -> Item:
    block = f"10.{number}.0.0/16"
    return {
        "VpcId": f"vpc-{number}",
        "OwnerId": OWNER,
        "State": "available",
        "IsDefault": False,
        "CidrBlock": block,
        "CidrBlockAssociationSet": [
            {
                "AssociationId": f"vpc-cidr-assoc-{number}",
                "CidrBlock": block,
                "CidrBlockState": {"State": "associated"},
            }
        ],
        "Tags": [{"Key": "stage", "Value": ("prod", "dev")[number % 2]}],
    }


def _subnets(vpc: int) -> list[Item]:
    """Two for interfaces, one in either zone, and one for the attachment."""
    return [
        {
            "SubnetId": f"subnet-{vpc}-{index}",
            "VpcId": f"vpc-{vpc}",
            "OwnerId": OWNER,
            "State": "available",
            "CidrBlock": f"10.{vpc}.{index}.0/24",
            "AvailabilityZoneId": f"euw1-az{1 + index % 2}",
            "AvailabilityZone": f"eu-west-1{'ab'[index % 2]}",
            "MapPublicIpOnLaunch": False,
        }
        for index in range(4)
    ]


def _tables(vpc: int) -> list[Item]:
    transit = {"DestinationCidrBlock": "0.0.0.0/0", "TransitGatewayId": "tgw-0"}
    if vpc < SPOKES:
        return [_table(vpc, "main", [transit])]
    inside = {"DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": "tgw-0"}
    outside = {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-0"}
    by_nat = {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-0"}
    return [
        _table(vpc, "main", [by_nat, inside]),
        _table(vpc, "public", [outside, inside], [f"subnet-{vpc}-1"]),
    ]


def _table(
    vpc: int, name: str, routes: list[Item], subnets: list[str] | None = None
) -> Item:
    identity = f"rtb-{vpc}-{name}"
    local = {
        "DestinationCidrBlock": f"10.{vpc}.0.0/16",
        "GatewayId": "local",
        "Origin": "CreateRouteTable",
        "State": "active",
    }
    associations: list[Item] = [
        {
            "Main": subnets is None,
            "RouteTableAssociationId": f"rtbassoc-{vpc}-{name}-{index}",
            "RouteTableId": identity,
            "AssociationState": {"State": "associated"},
            **({} if subnet is None else {"SubnetId": subnet}),
        }
        for index, subnet in enumerate(subnets or [None])
    ]
    return {
        "RouteTableId": identity,
        "VpcId": f"vpc-{vpc}",
        "OwnerId": OWNER,
        "Associations": associations,
        "PropagatingVgws": [],
        "Routes": [
            local,
            *(
                {**route, "Origin": "CreateRoute", "State": "active"}
                for route in routes
            ),
        ],
    }


def _acl(vpc: int) -> Item:
    """Some senders and ports are refused, the rest may pass."""
    entries: list[Item] = []
    for egress in (False, True):
        for index in range(10):
            entries.append(
                {
                    "CidrBlock": f"172.16.{index}.0/24",
                    "Egress": egress,
                    "Protocol": "6",
                    "PortRange": {"From": 1000 * index, "To": 1000 * index + 9},
                    "RuleAction": "deny",
                    "RuleNumber": 10 + index,
                }
            )
        for number, action in ((100, "allow"), (32767, "deny")):
            entries.append(
                {
                    "CidrBlock": "0.0.0.0/0",
                    "Egress": egress,
                    "Protocol": "-1",
                    "RuleAction": action,
                    "RuleNumber": number,
                }
            )
    return {
        "NetworkAclId": f"acl-{vpc}",
        "VpcId": f"vpc-{vpc}",
        "OwnerId": OWNER,
        "IsDefault": True,
        "Associations": [],
        "Entries": entries,
    }


def _groups(vpc: int) -> list[Item]:
    """web from everywhere, app from web, data from app; out to everywhere."""
    sources: list[tuple[str, int, list[str], list[str]]] = [
        ("web", 443, ["10.0.0.0/8"], []),
        ("app", 8080, ["10.0.0.0/12"], ["web"]),
        ("data", 5432, [], ["app", "data"]),
    ]
    anywhere = {
        "IpProtocol": "-1",
        "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
        "Ipv6Ranges": [],
        "PrefixListIds": [],
        "UserIdGroupPairs": [],
    }
    return [
        {
            "GroupId": f"sg-{vpc}-{name}",
            "GroupName": name,
            "Description": name,
            "VpcId": f"vpc-{vpc}",
            "OwnerId": OWNER,
            "IpPermissions": [
                {
                    "IpProtocol": "tcp",
                    "FromPort": port,
                    "ToPort": port,
                    "IpRanges": [{"CidrIp": block} for block in blocks],
                    "Ipv6Ranges": [],
                    "PrefixListIds": [],
                    "UserIdGroupPairs": [
                        {"GroupId": f"sg-{vpc}-{group}", "UserId": OWNER}
                        for group in groups
                    ],
                }
            ],
            "IpPermissionsEgress": [anywhere],
        }
        for name, port, blocks, groups in sources
    ]


def _interface(vpc: int, index: int) -> Item:
    address = _address(vpc, index)
    tier = TIERS[index % len(TIERS)]
    return {
        "NetworkInterfaceId": f"eni-{vpc}-{index}",
        "SubnetId": f"subnet-{vpc}-{index % 2}",
        "VpcId": f"vpc-{vpc}",
        "OwnerId": OWNER,
        "Status": "in-use",
        "InterfaceType": "interface",
        "SourceDestCheck": True,
        "PrivateIpAddress": address,
        "PrivateIpAddresses": [{"Primary": True, "PrivateIpAddress": address}],
        "Groups": [{"GroupId": f"sg-{vpc}-{tier}", "GroupName": tier}],
        "Ipv6Addresses": [],
    }


def _transit_gateway() -> Item:
    return {
        "TransitGatewayId": "tgw-0",
        "OwnerId": OWNER,
        "State": "available",
        "Options": {
            "AmazonSideAsn": 64512,
            "AutoAcceptSharedAttachments": "disable",
            "DefaultRouteTableAssociation": "disable",
            "DefaultRouteTablePropagation": "disable",
            "VpnEcmpSupport": "enable",
            "DnsSupport": "enable",
            "SecurityGroupReferencingSupport": "disable",
            "MulticastSupport": "disable",
        },
    }


def _attachment(vpc: int) -> Item:
    return {
        "TransitGatewayAttachmentId": f"tgw-attach-{vpc}",
        "TransitGatewayId": "tgw-0",
        "VpcId": f"vpc-{vpc}",
        "VpcOwnerId": OWNER,
        "State": "available",
        "SubnetIds": [f"subnet-{vpc}-2", f"subnet-{vpc}-3"],
        "Options": {
            "DnsSupport": "enable",
            "SecurityGroupReferencingSupport": "enable",
            "Ipv6Support": "disable",
            "ApplianceModeSupport": "disable",
        },
    }
