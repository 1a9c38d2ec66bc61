"""Every read-only call that a snapshot of AWS is made of (S121).

Left out are calls whose answers other answers repeat (routes of Network
Manager), and those of Client VPN routes and of the associations of policy
tables: at the root of their answers stand the names `Routes` and
`Associations`, which in a snapshot belong to transit gateway route tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from netproof.collect.call import Call, Each

# Filters of every search: routes that are there, whatever becomes of packets.
ROUTE_STATES = {"Name": "state", "Values": ["active", "blackhole"]}


def _ec2(
    *operations: str, mandatory: bool = False, page: int | None = None
) -> list[Call]:
    return [
        Call("ec2", operation, mandatory=mandatory, page=page)
        for operation in operations
    ]


def _of(
    service: str,
    parent: str,
    path: str,
    key: str,
    operations: Iterable[str],
    *,
    parameter: str = "",
    owner: str = "",
    **more: Any,
) -> list[Call]:
    each = Each(
        f"{service} {parent}",
        tuple(path.split(".")),
        key,
        parameter or key,
        owner,
    )
    return [Call(service, operation, each, **more) for operation in operations]


_TRANSIT_TABLE = (
    "ec2",
    "describe-transit-gateway-route-tables",
    "TransitGatewayRouteTables",
    "TransitGatewayRouteTableId",
)

IDENTITY = Call("sts", "get-caller-identity", once=True)
ACCOUNTS = Call("organizations", "list-accounts", once=True)
REGIONS = Call("ec2", "describe-regions", once=True)

VPCS = [
    *_ec2(
        "describe-vpcs",
        "describe-subnets",
        "describe-route-tables",
        "describe-network-acls",
        mandatory=True,
    ),
    *_ec2(
        "describe-security-groups",
        "describe-network-interfaces",
        mandatory=True,
        page=1000,
    ),
    *_ec2("describe-security-group-rules", "describe-instances", page=1000),
    *_ec2(
        "describe-availability-zones",
        "describe-security-group-vpc-associations",
        "describe-addresses",
    ),
    *_of(
        *("ec2", "describe-vpcs", "Vpcs", "VpcId"),
        ["describe-stale-security-groups"],
        owner="OwnerId",
    ),
    *(
        call
        for attribute in ("enableDnsSupport", "enableDnsHostnames")
        for call in _of(
            *("ec2", "describe-vpcs", "Vpcs", "VpcId"),
            ["describe-vpc-attribute"],
            owner="OwnerId",
            fixed={"Attribute": attribute},
        )
    ),
]

EDGES = [
    *_ec2(
        "describe-internet-gateways",
        "describe-egress-only-internet-gateways",
        "describe-nat-gateways",
        "describe-vpc-peering-connections",
        "describe-vpc-endpoints",
        mandatory=True,
    ),
    *_ec2(
        "describe-vpc-endpoint-connections",
        "describe-vpc-endpoint-service-configurations",
        "describe-vpc-block-public-access-options",
        "describe-vpc-block-public-access-exclusions",
        "describe-carrier-gateways",
        "describe-route-servers",
    ),
    *_of(
        *("ec2", "describe-route-servers", "RouteServers", "RouteServerId"),
        ["get-route-server-associations", "get-route-server-propagations"],
    ),
]

PREFIX_LISTS = [
    *_ec2("describe-managed-prefix-lists", mandatory=True),
    *_ec2("describe-prefix-lists"),
    *_of(
        *("ec2", "describe-managed-prefix-lists"),
        *("PrefixLists", "PrefixListId"),
        ["get-managed-prefix-list-entries"],
        mandatory=True,
    ),
]

TRANSIT = [
    *_ec2(
        "describe-transit-gateways",
        "describe-transit-gateway-attachments",
        "describe-transit-gateway-vpc-attachments",
        "describe-transit-gateway-route-tables",
        mandatory=True,
    ),
    *_ec2(
        "describe-transit-gateway-peering-attachments",
        "describe-transit-gateway-connects",
        "describe-transit-gateway-connect-peers",
        "describe-transit-gateway-policy-tables",
        "describe-transit-gateway-route-table-announcements",
    ),
    *_of(
        *_TRANSIT_TABLE,
        [
            "get-transit-gateway-route-table-associations",
            "get-transit-gateway-route-table-propagations",
        ],
        mandatory=True,
    ),
    *_of(
        *_TRANSIT_TABLE,
        ["search-transit-gateway-routes"],
        mandatory=True,
        fixed={"Filters": [ROUTE_STATES]},
        page=1000,
    ),
    *_of(*_TRANSIT_TABLE, ["get-transit-gateway-prefix-list-references"]),
    *_of(
        *("ec2", "describe-transit-gateway-policy-tables"),
        *("TransitGatewayPolicyTables", "TransitGatewayPolicyTableId"),
        ["get-transit-gateway-policy-table-entries"],
    ),
]

VPN = [
    *_ec2(
        "describe-vpn-gateways",
        "describe-customer-gateways",
        "describe-vpn-connections",
        "describe-vpn-concentrators",
        "describe-client-vpn-endpoints",
    ),
    *_of(
        *("ec2", "describe-client-vpn-endpoints"),
        *("ClientVpnEndpoints", "ClientVpnEndpointId"),
        [
            "describe-client-vpn-target-networks",
            "describe-client-vpn-authorization-rules",
        ],
    ),
]

DIRECT_CONNECT = [
    *(
        Call("directconnect", operation)
        for operation in (
            "describe-direct-connect-gateways",
            "describe-virtual-interfaces",
            "describe-connections",
            "describe-lags",
            "describe-virtual-gateways",
        )
    ),
    *_of(
        *("directconnect", "describe-direct-connect-gateways"),
        *("directConnectGateways", "directConnectGatewayId"),
        [
            "describe-direct-connect-gateway-associations",
            "describe-direct-connect-gateway-attachments",
        ],
    ),
]

_FIREWALL = "network-firewall"

FIREWALLS = [
    *(
        Call(_FIREWALL, operation)
        for operation in (
            "list-firewalls",
            "list-firewall-policies",
            "list-rule-groups",
            "list-vpc-endpoint-associations",
        )
    ),
    *_of(
        *(_FIREWALL, "list-firewalls", "Firewalls", "FirewallArn"),
        ["describe-firewall"],
    ),
    *_of(
        *(_FIREWALL, "list-firewall-policies", "FirewallPolicies", "Arn"),
        ["describe-firewall-policy"],
        parameter="FirewallPolicyArn",
    ),
    *_of(
        *(_FIREWALL, "list-rule-groups", "RuleGroups", "Arn"),
        ["describe-rule-group"],
        parameter="RuleGroupArn",
    ),
    # Groups that AWS manages or that others share are in no list of ours.
    *(
        call
        for references in (
            "FirewallPolicy.StatefulRuleGroupReferences",
            "FirewallPolicy.StatelessRuleGroupReferences",
        )
        for call in _of(
            *(_FIREWALL, "describe-firewall-policy", references),
            "ResourceArn",
            ["describe-rule-group"],
            parameter="RuleGroupArn",
        )
    ),
    *_of(
        *(_FIREWALL, "list-vpc-endpoint-associations"),
        *("VpcEndpointAssociations", "VpcEndpointAssociationArn"),
        ["describe-vpc-endpoint-association"],
    ),
]

LOAD_BALANCERS = [
    Call("elbv2", "describe-load-balancers"),
    Call("elbv2", "describe-target-groups"),
    *_of(
        *("elbv2", "describe-load-balancers"),
        *("LoadBalancers", "LoadBalancerArn"),
        ["describe-listeners"],
    ),
    *_of(
        *("elbv2", "describe-target-groups", "TargetGroups"),
        "TargetGroupArn",
        ["describe-target-health"],
    ),
]

RESOLVER = [
    *(
        Call("route53resolver", operation)
        for operation in (
            "list-resolver-endpoints",
            "list-resolver-rules",
            "list-resolver-rule-associations",
        )
    ),
    *_of(
        *("route53resolver", "list-resolver-endpoints"),
        *("ResolverEndpoints", "Id"),
        ["list-resolver-endpoint-ip-addresses"],
        parameter="ResolverEndpointId",
    ),
]

NETWORK_MANAGER = [
    Call("networkmanager", "describe-global-networks", once=True),
    Call("networkmanager", "list-core-networks", once=True),
    *_of(
        *("networkmanager", "describe-global-networks"),
        *("GlobalNetworks", "GlobalNetworkId"),
        ["get-transit-gateway-registrations"],
        once=True,
    ),
    *_of(
        *("networkmanager", "list-core-networks"),
        *("CoreNetworks", "CoreNetworkId"),
        ["get-core-network-policy", "list-attachments"],
        once=True,
    ),
]

SHARES = [
    Call("ram", operation, fixed={"resourceOwner": owner})
    for operation in (
        "get-resource-shares",
        "list-resources",
        "list-principals",
    )
    for owner in ("SELF", "OTHER-ACCOUNTS")
]

BUCKETS = [
    Call("s3", "list-buckets", once=True),
    *_of(
        *("s3", "list-buckets", "Buckets", "Name"),
        ["get-bucket-policy"],
        parameter="Bucket",
        once=True,
        nothing=("NoSuchBucketPolicy",),
    ),
    *_of(
        *("s3", "list-buckets", "Buckets", "Name"),
        ["get-public-access-block"],
        parameter="Bucket",
        once=True,
        nothing=("NoSuchPublicAccessBlockConfiguration",),
    ),
]

CALLS: tuple[Call, ...] = (
    *(IDENTITY, REGIONS),
    *VPCS,
    *EDGES,
    *PREFIX_LISTS,
    *TRANSIT,
    *VPN,
    *DIRECT_CONNECT,
    *FIREWALLS,
    *LOAD_BALANCERS,
    *RESOLVER,
    *NETWORK_MANAGER,
    *SHARES,
    *BUCKETS,
)

SERVICES = tuple(sorted({call.service for call in CALLS}))

# Without these there is nothing to say about packets.
_INDISPENSABLE = {"sts", "ec2"}
SKIPPABLE = tuple(name for name in SERVICES if name not in _INDISPENSABLE)


def selected(skip: Iterable[str] = ()) -> tuple[Call, ...]:
    left_out = frozenset(skip)
    return tuple(call for call in CALLS if call.service not in left_out)
