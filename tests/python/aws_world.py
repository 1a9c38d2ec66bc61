"""A small organisation on moto: two accounts, two Regions, made by hand.

    web 10.1.1.10 (public)  VPC hub   10.1.0.0/16 --+
    app 10.2.1.10           VPC app   10.2.0.0/16 --+-- transit gateway
    db  10.2.2.10                                   |   tables open, closed
    data 10.3.1.10          VPC data  10.3.0.0/16 --+
    partner 10.4.1.10       VPC partner of the other account, peers with app
    mirror 10.5.1.10        VPC mirror in the other Region, alone

What moto gets wrong of it is repaired before anybody asks (S134, S135).
"""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from dataclasses import dataclass
from typing import Any

from python.aws_server import OWN, Server, environment

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from moto.ec2.models import ec2_backends

OTHER = "444455556666"
IRELAND, VIRGINIA = "eu-west-1", "us-east-1"
EVERYWHERE = "0.0.0.0/0"
PUBLIC = "198.51.100.7"

Permissions = list[dict[str, Any]]


def command_line(server: Server, *arguments: str) -> str:
    """What the AWS command line prints, run in a process of its own."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "awscli", *arguments),
            *("--region", IRELAND, "--output", "json"),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        env={**environment(server), "PATH": ""},
    ).stdout


def ports(port: int, *, cidr: str = "", group: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {
        "IpProtocol": "tcp",
        "FromPort": port,
        "ToPort": port,
    }
    if cidr:
        made["IpRanges"] = [{"CidrIp": cidr}]
    if group:
        made["UserIdGroupPairs"] = [{"GroupId": group}]
    return made


def tagged(kind: str, **tags: str) -> list[dict[str, Any]]:
    pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
    return [{"ResourceType": kind, "Tags": pairs}]


@dataclass
class Place:
    """An account and Region, while it is filled."""

    ec2: Any

    def vpc(self, block: str) -> str:
        return str(self.ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"])

    def subnet(self, vpc: str, block: str) -> str:
        made = self.ec2.create_subnet(
            VpcId=vpc,
            CidrBlock=block,
            AvailabilityZone=f"{self.ec2.meta.region_name}a",
        )
        return str(made["Subnet"]["SubnetId"])

    def group(self, vpc: str, name: str, ingress: Permissions) -> str:
        group = str(
            self.ec2.create_security_group(
                VpcId=vpc, GroupName=name, Description=name
            )["GroupId"]
        )
        self.ec2.authorize_security_group_ingress(
            GroupId=group, IpPermissions=ingress
        )
        return group

    def server(self, name: str, subnet: str, address: str, group: str) -> str:
        return str(
            self.ec2.create_network_interface(
                SubnetId=subnet,
                PrivateIpAddress=address,
                Groups=[group],
                TagSpecifications=tagged("network-interface", server=name),
            )["NetworkInterface"]["NetworkInterfaceId"]
        )

    def main_table(self, vpc: str) -> str:
        (table,) = self.ec2.describe_route_tables(
            Filters=[
                {"Name": "vpc-id", "Values": [vpc]},
                {"Name": "association.main", "Values": ["true"]},
            ]
        )["RouteTables"]
        return str(table["RouteTableId"])

    def route(self, table: str, block: str, **target: str) -> None:
        self.ec2.create_route(
            RouteTableId=table, DestinationCidrBlock=block, **target
        )

    def transit_table(self, gateway: str) -> str:
        return str(
            self.ec2.create_transit_gateway_route_table(
                TransitGatewayId=gateway
            )["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]
        )

    def attach(self, gateway: str, vpc: str, subnet: str, table: str) -> str:
        attachment = self.ec2.create_transit_gateway_vpc_attachment(
            TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[subnet]
        )["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]
        self.ec2.associate_transit_gateway_route_table(
            TransitGatewayRouteTableId=table,
            TransitGatewayAttachmentId=attachment,
        )
        return str(attachment)


@dataclass
class World:
    """What tests name of it."""

    open_table: str
    closed_table: str
    app_main_table: str


def make(server: Server) -> World:
    own = Place(server.client("ec2", IRELAND))
    app = own.vpc("10.2.0.0/16")
    own_app = own.subnet(app, "10.2.1.0/24")
    world = _make_hub(server, own, app, own_app)
    _make_app(own, app, own_app)
    _make_partner(server, own, app, world.app_main_table)
    _make_mirror(server)
    return world


def _make_hub(server: Server, own: Place, app: str, app_subnet: str) -> World:
    hub, data = own.vpc("10.1.0.0/16"), own.vpc("10.3.0.0/16")
    hub_subnet = own.subnet(hub, "10.1.1.0/24")
    data_subnet = own.subnet(data, "10.3.1.0/24")
    web = own.group(hub, "web", [ports(443, cidr=EVERYWHERE)])
    interface = own.server("web", hub_subnet, "10.1.1.10", web)
    own.server(
        "data",
        data_subnet,
        "10.3.1.10",
        own.group(data, "data", [ports(5432, cidr="10.0.0.0/8")]),
    )
    address = own.ec2.allocate_address(Domain="vpc", Address=PUBLIC)
    own.ec2.associate_address(
        AllocationId=address["AllocationId"], NetworkInterfaceId=interface
    )
    internet = own.ec2.create_internet_gateway()["InternetGateway"][
        "InternetGatewayId"
    ]
    own.ec2.attach_internet_gateway(InternetGatewayId=internet, VpcId=hub)

    # The command line makes it as well as boto3.
    gateway = json.loads(command_line(server, "ec2", "create-transit-gateway"))[
        "TransitGateway"
    ]["TransitGatewayId"]
    open_table = own.transit_table(gateway)
    closed_table = own.transit_table(gateway)
    attachments = {
        "hub": own.attach(gateway, hub, hub_subnet, open_table),
        "app": own.attach(gateway, app, app_subnet, open_table),
        "data": own.attach(gateway, data, data_subnet, closed_table),
    }
    for name in ("hub", "app"):
        own.ec2.enable_transit_gateway_route_table_propagation(
            TransitGatewayRouteTableId=open_table,
            TransitGatewayAttachmentId=attachments[name],
        )
    own.ec2.create_transit_gateway_route(
        TransitGatewayRouteTableId=closed_table,
        DestinationCidrBlock="10.1.0.0/16",
        TransitGatewayAttachmentId=attachments["hub"],
    )
    command_line(
        server,
        *("ec2", "create-transit-gateway-route", "--blackhole"),
        *("--transit-gateway-route-table-id", open_table),
        *("--destination-cidr-block", "10.3.0.0/16"),
    )
    table = own.ec2.create_route_table(VpcId=hub)["RouteTable"]["RouteTableId"]
    own.ec2.associate_route_table(RouteTableId=table, SubnetId=hub_subnet)
    own.route(table, EVERYWHERE, GatewayId=internet)
    own.route(table, "10.0.0.0/8", TransitGatewayId=gateway)
    for vpc in (app, data):
        main = own.main_table(vpc)
        own.route(main, "10.0.0.0/8", TransitGatewayId=gateway)
    return World(open_table, closed_table, own.main_table(app))


def _make_app(own: Place, vpc: str, subnet: str) -> None:
    group = own.group(vpc, "app", [ports(22, cidr="10.0.0.0/8")])
    own.server("app", subnet, "10.2.1.10", group)
    behind = own.subnet(vpc, "10.2.2.0/24")
    base = own.group(
        vpc, "db", [ports(3306, group=group), ports(3306, cidr="10.1.0.0/16")]
    )
    own.server("db", behind, "10.2.2.10", base)
    acl = own.ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    # The lower number is written later, and counts first.
    for number, egress, action, block in (
        (100, True, "allow", EVERYWHERE),
        (100, False, "allow", EVERYWHERE),
        (90, False, "deny", "10.1.0.0/16"),
    ):
        own.ec2.create_network_acl_entry(
            NetworkAclId=acl,
            RuleNumber=number,
            Egress=egress,
            RuleAction=action,
            Protocol="-1",
            CidrBlock=block,
        )
    (chosen,) = [
        association["NetworkAclAssociationId"]
        for one in own.ec2.describe_network_acls()["NetworkAcls"]
        for association in one["Associations"]
        if association["SubnetId"] == behind
    ]
    own.ec2.replace_network_acl_association(
        AssociationId=chosen, NetworkAclId=acl
    )


def _make_partner(server: Server, own: Place, app: str, main: str) -> None:
    other = Place(server.client("ec2", IRELAND, OTHER))
    vpc = other.vpc("10.4.0.0/16")
    subnet = other.subnet(vpc, "10.4.1.0/24")
    group = other.group(vpc, "partner", [ports(5432, cidr="10.2.0.0/16")])
    other.server("partner", subnet, "10.4.1.10", group)
    peering = own.ec2.create_vpc_peering_connection(
        VpcId=app, PeerVpcId=vpc, PeerOwnerId=OTHER, PeerRegion=IRELAND
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    other.ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    own.route(main, "10.4.0.0/16", VpcPeeringConnectionId=peering)
    other.route(
        other.main_table(vpc), "10.2.0.0/16", VpcPeeringConnectionId=peering
    )


def _make_mirror(server: Server) -> None:
    far = Place(server.client("ec2", VIRGINIA))
    vpc = far.vpc("10.5.0.0/16")
    subnet = far.subnet(vpc, "10.5.1.0/24")
    group = far.group(vpc, "mirror", [ports(443, cidr=EVERYWHERE)])
    far.server("mirror", subnet, "10.5.1.10", group)


def repair(account: str = OWN, region: str = IRELAND) -> None:
    """Gives transit tables what AWS would have installed (S134, S135)."""
    # covers S134, S135
    backend: Any = ec2_backends[account][region]
    tables = backend.transit_gateways_route_tables.values()
    for table in tables:
        if table.default_association_route_table:
            _leave_default(table, [one for one in tables if one is not table])
        for route in table.routes.values():
            target = route.get("transitGatewayAttachments")
            if isinstance(target, dict):
                route["transitGatewayAttachments"] = [target]
        for member in table.route_table_propagation:
            _install(backend, table, member)


def _leave_default(default: Any, others: list[Any]) -> None:
    """An attachment is associated with one table."""
    for other in others:
        for attachment in other.route_table_associations:
            default.route_table_associations.pop(attachment, None)


def _install(backend: Any, table: Any, member: Any) -> None:
    vpc = backend.vpcs[member.resourceId]
    for block in vpc.get_cidr_block_association_set():
        table.routes.setdefault(
            block["cidr_block"],
            {
                "destinationCidrBlock": block["cidr_block"],
                "prefixListId": None,
                "state": "active",
                "type": "propagated",
                "transitGatewayAttachments": [
                    {
                        "resourceId": member.resourceId,
                        "resourceType": member.resourceType,
                        "transitGatewayAttachmentId": (
                            member.transitGatewayAttachmentId
                        ),
                    }
                ],
            },
        )
