#include "io/aws_calls.hpp"

#include <algorithm>
#include <array>

#include "netproof/base/contract.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;

constexpr AwsCall plain(std::string_view key, std::string_view call) {
  return {key, F::kHarmless, call, "", "", ""};
}

constexpr AwsCall doubt(std::string_view key, std::string_view call) {
  return {key, F::kUnmodelled, call, "", "", ""};
}

// The first row of a family has the name of its call.
constexpr auto kCalls = std::to_array<AwsCall>({
    {"Vpcs", F::kVpcs, "describe-vpcs", "VpcId", "OwnerId", ""},
    {"Subnets", F::kSubnets, "describe-subnets", "SubnetId", "OwnerId", ""},
    {"RouteTables", F::kRouteTables, "describe-route-tables", "RouteTableId",
     "OwnerId", ""},
    {"NetworkAcls", F::kNetworkAcls, "describe-network-acls", "NetworkAclId",
     "OwnerId", ""},
    {"SecurityGroups", F::kSecurityGroups, "describe-security-groups",
     "GroupId", "OwnerId", ""},
    {"NetworkInterfaces", F::kInterfaces, "describe-network-interfaces",
     "NetworkInterfaceId", "OwnerId", ""},
    {"InternetGateways", F::kInternetGateways, "describe-internet-gateways",
     "InternetGatewayId", "OwnerId", ""},
    {"EgressOnlyInternetGateways", F::kEgressOnlyGateways,
     "describe-egress-only-internet-gateways", "EgressOnlyInternetGatewayId",
     "", ""},
    {"NatGateways", F::kNatGateways, "describe-nat-gateways", "NatGatewayId",
     "", ""},
    {"VpcPeeringConnections", F::kPeerings, "describe-vpc-peering-connections",
     "VpcPeeringConnectionId", "", ""},
    {"VpcEndpoints", F::kEndpoints, "describe-vpc-endpoints", "VpcEndpointId",
     "OwnerId", ""},
    {"PrefixLists", F::kPrefixLists, "describe-managed-prefix-lists",
     "PrefixListId", "OwnerId", ""},
    // The old call has the same key; its elements have no AddressFamily.
    {"PrefixLists", F::kAwsPrefixLists, "describe-prefix-lists", "PrefixListId",
     "", ""},
    {"Entries", F::kPrefixListEntries, "get-managed-prefix-list-entries", "",
     "", "pl-"},
    {"TransitGateways", F::kTransitGateways, "describe-transit-gateways",
     "TransitGatewayId", "OwnerId", ""},
    {"TransitGatewayAttachments", F::kTransitAttachments,
     "describe-transit-gateway-attachments", "TransitGatewayAttachmentId",
     "TransitGatewayOwnerId", ""},
    {"TransitGatewayVpcAttachments", F::kVpcAttachments,
     "describe-transit-gateway-vpc-attachments", "TransitGatewayAttachmentId",
     "VpcOwnerId", ""},
    {"TransitGatewayPeeringAttachments", F::kPeeringAttachments,
     "describe-transit-gateway-peering-attachments",
     "TransitGatewayAttachmentId", "", ""},
    {"TransitGatewayRouteTables", F::kTransitTables,
     "describe-transit-gateway-route-tables", "TransitGatewayRouteTableId", "",
     ""},
    {"Associations", F::kTransitAssociations,
     "get-transit-gateway-route-table-associations", "", "", "tgw-rtb-"},
    {"TransitGatewayRouteTablePropagations", F::kTransitPropagations,
     "get-transit-gateway-route-table-propagations", "", "", "tgw-rtb-"},
    {"Routes", F::kTransitRoutes, "search-transit-gateway-routes", "", "",
     "tgw-rtb-"},
    {"TransitGatewayPrefixListReferences", F::kPrefixListReferences,
     "get-transit-gateway-prefix-list-references", "", "", ""},
    {"TransitGatewayStaticRoutes", F::kStaticRoutes,
     "search-transit-gateway-routes of static routes", "", "", ""},
    {"TransitGatewayPropagations", F::kTablePropagations,
     "get-transit-gateway-route-table-propagations of all tables", "", "", ""},
    {"SecurityGroupVpcAssociations", F::kGroupVpcs,
     "describe-security-group-vpc-associations", "", "", ""},
    {"VpnGateways", F::kVpnGateways, "describe-vpn-gateways", "VpnGatewayId",
     "", ""},
    {"VpnConnections", F::kVpnConnections, "describe-vpn-connections",
     "VpnConnectionId", "", ""},
    {"directConnectGateways", F::kDirectConnectGateways,
     "describe-direct-connect-gateways", "directConnectGatewayId",
     "ownerAccount", ""},
    {"directConnectGatewayAssociations", F::kDirectConnectAssociations,
     "describe-direct-connect-gateway-associations", "associationId", "", ""},
    {"virtualInterfaces", F::kVirtualInterfaces, "describe-virtual-interfaces",
     "virtualInterfaceId", "ownerAccount", ""},
    {"Reservations", F::kReservations, "describe-instances", "ReservationId",
     "OwnerId", ""},
    {"Accounts", F::kAccounts, "list-accounts", "Id", "", ""},
    {"AvailabilityZones", F::kZones, "describe-availability-zones", "", "", ""},
    {"VpcBlockPublicAccessOptions", F::kPublicAccess,
     "describe-vpc-block-public-access-options", "", "", ""},
    {"VpcBlockPublicAccessExclusions", F::kPublicAccessExclusions,
     "describe-vpc-block-public-access-exclusions", "ExclusionId", "", ""},
    {"FirewallStatus", F::kFirewalls, "describe-firewall", "", "", ""},
    {"Firewall", F::kFirewallNames, "describe-firewall", "", "", ""},
    {"FirewallPolicy", F::kFirewallPolicies, "describe-firewall-policy", "", "",
     ""},
    {"FirewallPolicyResponse", F::kFirewallPolicyNames,
     "describe-firewall-policy", "", "", ""},
    {"RuleGroup", F::kRuleGroups, "describe-rule-group", "", "", ""},
    {"RuleGroupResponse", F::kRuleGroupNames, "describe-rule-group", "", "",
     ""},
    {"TransitGatewayPolicyTables", F::kPolicyTables,
     "describe-transit-gateway-policy-tables", "TransitGatewayPolicyTableId",
     "", ""},
    {"Buckets", F::kBuckets, "list-buckets", "Name", "", ""},
    // A text that holds a text; the file's name says whose it is.
    {"Policy", F::kBucketPolicies, "get-bucket-policy", "", "", ""},
    // The collector of np-guard writes one file with these.
    {"vpcs", F::kVpcs, "describe-vpcs", "VpcId", "OwnerId", ""},
    {"subnets", F::kSubnets, "describe-subnets", "SubnetId", "OwnerId", ""},
    {"network_acls", F::kNetworkAcls, "describe-network-acls", "NetworkAclId",
     "OwnerId", ""},
    {"security_groups", F::kSecurityGroups, "describe-security-groups",
     "GroupId", "OwnerId", ""},
    {"internet_gateways", F::kInternetGateways, "describe-internet-gateways",
     "InternetGatewayId", "OwnerId", ""},
    {"instances", F::kInstances, "describe-instances", "InstanceId", "", ""},
    plain("collector_version", ""),
    plain("provider", ""),
    doubt("ClientVpnEndpoints", "describe-client-vpn-endpoints"),
    doubt("Attachments", "list-attachments"),
    doubt("VpnConcentrators", "describe-vpn-concentrators"),
    // Their routes, attachments and interfaces stand in other answers.
    plain("TransitGatewayConnects", "describe-transit-gateway-connects"),
    plain("TransitGatewayConnectPeers",
          "describe-transit-gateway-connect-peers"),
    plain("TransitGatewayRouteTableAnnouncements",
          "describe-transit-gateway-route-table-announcements"),
    plain("RouteServers", "describe-route-servers"),
    plain("RouteServerAssociations", "get-route-server-associations"),
    plain("RouteServerPropagations", "get-route-server-propagations"),
    plain("TransitGatewayPolicyTableEntries",
          "get-transit-gateway-policy-table-entries"),
    plain("ClientVpnTargetNetworks", "describe-client-vpn-target-networks"),
    plain("AuthorizationRules", "describe-client-vpn-authorization-rules"),
    plain("CoreNetworks", "list-core-networks"),
    plain("CoreNetworkPolicy", "get-core-network-policy"),
    plain("CarrierGateways", "describe-carrier-gateways"),
    plain("LocalGateways", "describe-local-gateways"),
    plain("Firewalls", "list-firewalls"),
    plain("UpdateToken", "describe-firewall"),
    plain("FirewallPolicies", "list-firewall-policies"),
    plain("RuleGroups", "list-rule-groups"),
    plain("FirewallRuleGroup", "describe-rule-group"),
    plain("IpsRuleGroup", "describe-rule-group"),
    plain("VpcEndpointAssociations", "list-vpc-endpoint-associations"),
    plain("VpcEndpointAssociation", "describe-vpc-endpoint-association"),
    plain("VpcEndpointAssociationStatus", "describe-vpc-endpoint-association"),
    plain("LoadBalancers", "describe-load-balancers"),
    plain("TargetGroups", "describe-target-groups"),
    plain("Listeners", "describe-listeners"),
    plain("TargetHealthDescriptions", "describe-target-health"),
    plain("LoadBalancerListeners", "describe-listeners"),
    plain("LoadBalancerAttributes", "describe-load-balancer-attributes"),
    plain("LoadBalancerTargetHealth", "describe-target-health"),
    // The other account or Region sees the same from its side.
    plain("VpcEndpointConnections", "describe-vpc-endpoint-connections"),
    plain("ServiceConfigurations",
          "describe-vpc-endpoint-service-configurations"),
    plain("SecurityGroupRules", "describe-security-group-rules"),
    plain("StaleSecurityGroupSet", "describe-stale-security-groups"),
    plain("Addresses", "describe-addresses"),
    plain("CustomerGateways", "describe-customer-gateways"),
    plain("directConnectGatewayAttachments",
          "describe-direct-connect-gateway-attachments"),
    plain("connections", "describe-connections"),
    plain("lags", "describe-lags"),
    plain("virtualGateways", "describe-virtual-gateways"),
    plain("UserId", "get-caller-identity"),
    plain("Account", "get-caller-identity"),
    plain("Arn", "get-caller-identity"),
    plain("Regions", "describe-regions"),
    plain("DhcpOptions", "describe-dhcp-options"),
    plain("VpcId", "describe-vpc-attribute"),
    plain("EnableDnsHostnames", "describe-vpc-attribute"),
    plain("EnableDnsSupport", "describe-vpc-attribute"),
    plain("EnableNetworkAddressUsageMetrics", "describe-vpc-attribute"),
    plain("FlowLogs", "describe-flow-logs"),
    plain("KeyPairs", "describe-key-pairs"),
    plain("Tags", "describe-tags"),
    plain("resourceShares", "get-resource-shares"),
    plain("resources", "list-resources"),
    plain("principals", "list-principals"),
    plain("ResolverEndpoints", "list-resolver-endpoints"),
    plain("IpAddresses", "list-resolver-endpoint-ip-addresses"),
    plain("ResolverRules", "list-resolver-rules"),
    plain("ResolverRuleAssociations", "list-resolver-rule-associations"),
    plain("GlobalNetworks", "describe-global-networks"),
    plain("TransitGatewayRegistrations", "get-transit-gateway-registrations"),
    plain("NetworkRoutes", "get-network-routes"),
    plain("Owner", "list-buckets"),
    plain("PublicAccessBlockConfiguration", "get-public-access-block"),
    plain("DBInstances", "describe-db-instances"),
    plain("DomainNames", "list-domain-names"),
    plain("DomainStatusList", "describe-elasticsearch-domains"),
    plain("ElasticsearchDomains", "describe-elasticsearch-domains"),
    // What stands beside a list.
    plain("NextToken", ""),
    plain("nextToken", ""),
    plain("NextMarker", ""),
    plain("Marker", ""),
    plain("AdditionalRoutesAvailable", ""),
    plain("ResponseMetadata", ""),
    plain("TransitGatewayRouteTableId", ""),
    plain("PrefixListId", ""),
});

}  // namespace

std::span<const AwsCall> aws_calls() { return kCalls; }

const AwsCall* aws_call(std::string_view key) {
  const auto at = std::ranges::find(kCalls, key, &AwsCall::key);
  return at == kCalls.end() ? nullptr : &*at;
}

const AwsCall& aws_call(AwsFamily family) {
  const auto at = std::ranges::find(kCalls, family, &AwsCall::family);
  expects(at != kCalls.end(), "a family has a call");
  return *at;
}

}  // namespace netproof::io
