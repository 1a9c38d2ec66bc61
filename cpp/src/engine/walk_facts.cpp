#include <string>
#include <utility>

#include "engine/firewall_filter.hpp"
#include "engine/walk.hpp"

namespace netproof::engine {

bool depends_on_destination(FactKind kind) {
  switch (kind) {
    case FactKind::kSubnetOverlap:
    case FactKind::kOwner:
    case FactKind::kVpcTable:
    case FactKind::kTransitTable:
    case FactKind::kVpnGatewayTable:
    case FactKind::kCloudHub:
    case FactKind::kDirectConnectTable:
    case FactKind::kDirectConnectEntry:
    case FactKind::kSiteTable:
    case FactKind::kSitePrefixes:
    case FactKind::kRouterTable:
    case FactKind::kPodOwner:
    case FactKind::kClusterExit:
      return true;
    default:
      return false;
  }
}

std::optional<Assumed> join(const Assumed& a, const Assumed& b) {
  Assumed joined;
  joined.reserve(a.size() + b.size());
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() || right != b.end()) {
    if (right == b.end() || (left != a.end() && left->first < right->first)) {
      joined.push_back(*left++);
    } else if (left == a.end() || right->first < left->first) {
      joined.push_back(*right++);
    } else {
      if (left->second != right->second) return std::nullopt;
      joined.push_back(*left++);
      ++right;
    }
  }
  return joined;
}

std::string describe(const Network& network, Fact fact) {
  const TopologyParts& parts = network.parts();
  const auto named = [](const char* kind, const auto& object,
                        const char* rest) {
    return std::string{kind} + object.name + rest;
  };
  switch (fact.kind) {
    case FactKind::kSubnetTable:
      return named("subnet:", network.subnets[fact.object],
                   " may have another route table");
    case FactKind::kMainTable:
      return named("vpc:", parts.vpcs[fact.object],
                   " may have another main table");
    case FactKind::kSubnetOverlap:
      return named("vpc:", parts.vpcs[fact.object], " has overlapping subnets");
    case FactKind::kOwner:
      return named("subnet:", network.subnets[fact.object],
                   " lists an address twice");
    case FactKind::kUnlisted:
      return named("subnet:", network.subnets[fact.object],
                   " may hold another interface");
    case FactKind::kVpcTable:
      return network.table_name(fact.object) + " may route elsewhere";
    case FactKind::kTransitTable:
      return named("tgw-rtb:", parts.transit_route_tables[fact.object],
                   " may route elsewhere");
    case FactKind::kAssociation:
      return named("attachment:", parts.transit_attachments[fact.object],
                   " may have another association");
    case FactKind::kAttachmentState:
      return named("attachment:", parts.transit_attachments[fact.object],
                   " may not be available");
    case FactKind::kAttachmentFamily:
      return named("attachment:", parts.transit_attachments[fact.object],
                   " may not carry IPv6");
    case FactKind::kExit:
      return named("attachment:", parts.transit_attachments[fact.object],
                   " may be entered in another zone or not at all");
    case FactKind::kEntry:
      return named("attachment:", parts.transit_attachments[fact.object],
                   " may enter its VPC in another zone");
    case FactKind::kPeeringState:
      return named("peering:", parts.peerings[fact.object],
                   " may not be active");
    case FactKind::kPublicAccess:
      return named("vpc:", parts.vpcs[fact.object], " may block public access");
    case FactKind::kSourceCheck:
      return named("interface:", parts.interfaces[fact.object],
                   " may have its source check on");
    case FactKind::kForwards:
      return named("interface:", parts.interfaces[fact.object],
                   " may forward or not");
    case FactKind::kInspection:
      return named("endpoint:", parts.endpoints[fact.object],
                   " may pass or drop");
    case FactKind::kFirewallStateless:
    case FactKind::kFirewallUninspected:
    case FactKind::kFirewallReply:
    case FactKind::kFirewallFirst:
    case FactKind::kFirewallRest:
    case FactKind::kFirewallAnswer:
      return named("endpoint:", parts.endpoints[fact.object],
                   " may pass or drop") +
             undecided(parts, parts.endpoints[fact.object]);
    case FactKind::kGroups:
    case FactKind::kEgressGroups:
      return named("interface:", parts.interfaces[fact.object],
                   " may carry other group rules");
    case FactKind::kSubnetGroups:
    case FactKind::kSubnetEgressGroups:
      return named("subnet:", network.subnets[fact.object],
                   " may carry other group rules");
    case FactKind::kAclInbound:
    case FactKind::kAclOutbound:
      return fact.object >= parts.network_acls.size()
                 ? named(
                       "subnet:",
                       network.subnets[fact.object - parts.network_acls.size()],
                       " may have another network ACL")
                 : named("acl:", parts.network_acls[fact.object],
                         " may hold other entries");
    case FactKind::kFirewall:
      if (fact.object == kNone) return "a firewall does not exist";
      return named("firewall:", parts.firewalls[fact.object],
                   " may hold other rules");
    case FactKind::kPortIsolation:
      return named("segment:", parts.segments[fact.object],
                   " may isolate its ports");
    case FactKind::kVpnGatewayTable:
      return named("vgw:", parts.vpn_gateways[fact.object],
                   " may know other prefixes");
    case FactKind::kCloudHub:
      return named("vgw:", parts.vpn_gateways[fact.object / parts.sites.size()],
                   " may know other prefixes");
    case FactKind::kDirectConnectTable:
      return named("dxgw:", parts.direct_connect_gateways[fact.object],
                   " may know other prefixes");
    case FactKind::kDirectConnectEntry:
      return named("vif:", parts.virtual_interfaces[fact.object],
                   " may lead elsewhere");
    case FactKind::kSiteTable:
      return named("site:", parts.sites[fact.object],
                   " may choose another link");
    case FactKind::kSitePrefixes:
      return named("site:", parts.sites[fact.object],
                   " may own other prefixes");
    case FactKind::kSiteTransit:
      return named("site:", parts.sites[fact.object],
                   " may forward between its links");
    case FactKind::kRouterTable:
      return named("router:", parts.routers[fact.object],
                   " may route elsewhere");
    case FactKind::kVpnState:
      return named("vpn:", parts.vpn_connections[fact.object], " may be down");
    case FactKind::kPodOwner:
      return named("cluster:", parts.clusters[fact.object],
                   " has pods with one address");
    case FactKind::kPodIngress:
    case FactKind::kPodEgress:
      return named("pod:", parts.pods[fact.object],
                   " may be under other policies, or they may not count");
    case FactKind::kPodSource:
      return named(
          "interface:", parts.interfaces[network.nodes[fact.object].interface],
          " may stand as source for the pods of its node");
    case FactKind::kClusterExit:
      return named("cluster:", parts.clusters[fact.object],
                   " may or may not lead outside");
  }
  return "";
}

}  // namespace netproof::engine
