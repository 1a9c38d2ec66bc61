#include <map>
#include <type_traits>
#include <utility>

#include "support/network.hpp"

namespace netproof::testing {
namespace {

/// Gives every reference of the parts the id of the object it names.
class Resolver {
 public:
  explicit Resolver(TopologyParts& parts) : parts_{parts} {}

  void resolve_all() {
    resolve_vpcs();
    resolve_filters();
    resolve_transit();
    resolve_hybrid();
    resolve_segments();
    resolve_network_firewalls();
  }

 private:
  template <class Kind>
  static std::optional<std::uint32_t> find(const std::vector<Kind>& objects,
                                           const std::string& name) {
    for (std::uint32_t i = 0; i < objects.size(); ++i) {
      if (objects[i].name == name) return i;
    }
    return std::nullopt;
  }

  template <class Kind>
  const std::vector<Kind>& table() const {
    if constexpr (std::is_same_v<Kind, Vpc>) return parts_.vpcs;
    if constexpr (std::is_same_v<Kind, Subnet>) return parts_.subnets;
    if constexpr (std::is_same_v<Kind, Interface>) return parts_.interfaces;
    if constexpr (std::is_same_v<Kind, RouteTable>) return parts_.route_tables;
    if constexpr (std::is_same_v<Kind, PrefixList>) return parts_.prefix_lists;
    if constexpr (std::is_same_v<Kind, SecurityGroup>) {
      return parts_.security_groups;
    }
    if constexpr (std::is_same_v<Kind, NetworkAcl>) return parts_.network_acls;
    if constexpr (std::is_same_v<Kind, TransitGateway>) {
      return parts_.transit_gateways;
    }
    if constexpr (std::is_same_v<Kind, TransitAttachment>) {
      return parts_.transit_attachments;
    }
    if constexpr (std::is_same_v<Kind, TransitRouteTable>) {
      return parts_.transit_route_tables;
    }
    if constexpr (std::is_same_v<Kind, Site>) return parts_.sites;
    if constexpr (std::is_same_v<Kind, DirectConnectGateway>) {
      return parts_.direct_connect_gateways;
    }
    if constexpr (std::is_same_v<Kind, VpnConnection>) {
      return parts_.vpn_connections;
    }
    if constexpr (std::is_same_v<Kind, VpnGateway>) return parts_.vpn_gateways;
    if constexpr (std::is_same_v<Kind, Segment>) return parts_.segments;
    if constexpr (std::is_same_v<Kind, Router>) return parts_.routers;
    if constexpr (std::is_same_v<Kind, ZoneFirewall>) return parts_.firewalls;
    if constexpr (std::is_same_v<Kind, NetworkFirewall>) {
      return parts_.network_firewalls;
    }
    if constexpr (std::is_same_v<Kind, FirewallPolicy>) {
      return parts_.firewall_policies;
    }
    if constexpr (std::is_same_v<Kind, FirewallRuleGroup>) {
      return parts_.firewall_rule_groups;
    }
  }

  template <class Kind>
  void fix(Ref<Kind>& ref) const {
    if (const auto index = find(table<Kind>(), ref.name)) {
      ref.id = Id<Kind>{*index};
    }
  }
  template <class Kind>
  void fix(std::optional<Kind>& maybe) const {
    if (maybe) fix(*maybe);
  }
  template <class Kind>
  void fix(Open<Kind>& open) const {
    fix(open.value);
  }
  template <class Kind>
  void fix(std::vector<Kind>& refs) const {
    for (Kind& ref : refs) fix(ref);
  }
  template <class Kind>
  void fix(OpenList<Kind>& list) const {
    fix(list.items);
  }

  void fix(RouteTarget& target) const {
    switch (target.kind) {
      case TargetKind::kInternetGateway:
        target.index = find(parts_.internet_gateways, target.name);
        break;
      case TargetKind::kEgressOnlyGateway:
        target.index = find(parts_.egress_only_gateways, target.name);
        break;
      case TargetKind::kNatGateway:
        target.index = find(parts_.nat_gateways, target.name);
        break;
      case TargetKind::kTransitGateway:
        target.index = find(parts_.transit_gateways, target.name);
        break;
      case TargetKind::kPeering:
        target.index = find(parts_.peerings, target.name);
        break;
      case TargetKind::kInterface:
        target.index = find(parts_.interfaces, target.name);
        break;
      case TargetKind::kEndpoint:
        target.index = find(parts_.endpoints, target.name);
        break;
      case TargetKind::kVpnGateway:
        target.index = find(parts_.vpn_gateways, target.name);
        break;
      case TargetKind::kUnknown:
      case TargetKind::kLocal:
      case TargetKind::kBlackhole:
        break;
    }
  }

  void fix(SecurityGroupRule& rule) const {
    for (Peer& peer : rule.peers.items) {
      if (auto* list = std::get_if<Ref<PrefixList>>(&peer)) fix(*list);
      if (auto* group = std::get_if<Ref<SecurityGroup>>(&peer)) fix(*group);
    }
  }

  void resolve_vpcs() {
    for (Vpc& vpc : parts_.vpcs) {
      fix(vpc.main_table);
      fix(vpc.security_groups);
      fix(vpc.default_group);
    }
    for (Subnet& subnet : parts_.subnets) {
      fix(subnet.vpc);
      fix(subnet.route_table);
      fix(subnet.acl);
      fix(subnet.security_groups);
    }
    for (Interface& interface : parts_.interfaces) {
      fix(interface.subnet);
      fix(interface.security_groups);
    }
    for (RouteTable& table : parts_.route_tables) {
      fix(table.vpc);
      fix(table.propagating);
      fix(table.gateway);
      for (Route& route : table.routes.items) {
        fix(route.prefix_list);
        fix(route.targets);
      }
    }
    for (InternetGateway& gateway : parts_.internet_gateways) fix(gateway.vpc);
    for (auto& gateway : parts_.egress_only_gateways) fix(gateway.vpc);
    for (NatGateway& gateway : parts_.nat_gateways) fix(gateway.subnet);
    for (Peering& peering : parts_.peerings) {
      fix(peering.requester);
      fix(peering.accepter);
    }
    for (Endpoint& endpoint : parts_.endpoints) {
      fix(endpoint.vpc);
      fix(endpoint.subnet);
      fix(endpoint.interfaces);
    }
  }

  void resolve_filters() {
    for (SecurityGroup& group : parts_.security_groups) {
      fix(group.vpc);
      fix(group.ingress);
      fix(group.egress);
    }
    for (NetworkAcl& acl : parts_.network_acls) fix(acl.vpc);
  }

  void resolve_transit() {
    for (TransitGateway& gateway : parts_.transit_gateways) {
      fix(gateway.default_association);
      fix(gateway.default_propagation);
    }
    for (TransitAttachment& attachment : parts_.transit_attachments) {
      fix(attachment.gateway);
      fix(attachment.vpc);
      fix(attachment.direct_connect);
      fix(attachment.vpn);
      fix(attachment.peer);
      fix(attachment.subnets);
    }
    for (TransitRouteTable& table : parts_.transit_route_tables) {
      fix(table.gateway);
      fix(table.associations);
      fix(table.propagations);
      for (TransitRoute& route : table.routes.items) {
        fix(route.prefix_list);
        fix(route.targets);
      }
    }
  }

  void resolve_hybrid() {
    for (auto& gateway : parts_.direct_connect_gateways) {
      for (DirectConnectAssociation& association : gateway.associations) {
        fix(association.transit_gateway);
        fix(association.vpn_gateway);
      }
    }
    for (VirtualInterface& interface : parts_.virtual_interfaces) {
      fix(interface.site);
      fix(interface.gateway);
      fix(interface.vpn_gateway);
    }
    for (VpnConnection& vpn : parts_.vpn_connections) {
      fix(vpn.site);
      fix(vpn.vpn_gateway);
    }
    for (VpnGateway& gateway : parts_.vpn_gateways) fix(gateway.vpc);
  }

  void resolve_segments() {
    for (Segment& segment : parts_.segments) fix(segment.router);
    for (Host& host : parts_.hosts) fix(host.segment);
    for (Router& router : parts_.routers) {
      fix(router.firewall);
      for (RouterRoute& route : router.routes.items) {
        fix(route.router);
        fix(route.site);
      }
    }
    for (ZoneFirewall& firewall : parts_.firewalls) {
      for (ZoneFirewall::Zone& zone : firewall.zones) fix(zone.segments);
    }
  }

  void fix(std::vector<FirewallAddress>& addresses) const {
    for (FirewallAddress& one : addresses) {
      if (auto* list = std::get_if<Ref<PrefixList>>(&one)) fix(*list);
    }
  }

  void resolve_network_firewalls() {
    for (Endpoint& endpoint : parts_.endpoints) fix(endpoint.firewall);
    for (NetworkFirewall& firewall : parts_.network_firewalls) {
      fix(firewall.vpc);
      fix(firewall.policy);
    }
    for (FirewallPolicy& policy : parts_.firewall_policies) {
      for (auto* uses : {&policy.stateless, &policy.stateful}) {
        for (FirewallPolicy::Use& use : uses->items) fix(use.group);
      }
    }
    for (FirewallRuleGroup& group : parts_.firewall_rule_groups) {
      for (FirewallLine& line : group.lines.items) {
        for (FirewallSide* side : {&line.sources, &line.destinations}) {
          fix(side->within.items);
          fix(side->without);
        }
      }
    }
  }

  TopologyParts& parts_;
};

}  // namespace

Topology Network::build() const {
  const auto copy = [this]<class Kind>(std::vector<Kind>& into) {
    const auto& objects = std::get<std::deque<Kind>>(objects_);
    into.assign(objects.begin(), objects.end());
  };
  TopologyParts parts;
  parts.name = "network";
  copy(parts.vpcs);
  copy(parts.subnets);
  copy(parts.interfaces);
  copy(parts.route_tables);
  copy(parts.internet_gateways);
  copy(parts.egress_only_gateways);
  copy(parts.nat_gateways);
  copy(parts.peerings);
  copy(parts.endpoints);
  copy(parts.prefix_lists);
  copy(parts.security_groups);
  copy(parts.network_acls);
  copy(parts.transit_gateways);
  copy(parts.transit_attachments);
  copy(parts.transit_route_tables);
  copy(parts.sites);
  copy(parts.direct_connect_gateways);
  copy(parts.virtual_interfaces);
  copy(parts.vpn_connections);
  copy(parts.vpn_gateways);
  copy(parts.segments);
  copy(parts.hosts);
  copy(parts.routers);
  copy(parts.firewalls);
  copy(parts.network_firewalls);
  copy(parts.firewall_policies);
  copy(parts.firewall_rule_groups);
  return resolved(std::move(parts));
}

Topology resolved(TopologyParts parts) {
  Resolver{parts}.resolve_all();
  return Topology{std::move(parts)};
}

Place place(const Topology& topology, std::string_view name) {
  const auto count = [&](PlaceKind kind) -> std::size_t {
    switch (kind) {
      case PlaceKind::kInterface:
        return topology->interfaces.size();
      case PlaceKind::kSubnet:
        return subnets_of(topology).size();
      case PlaceKind::kHost:
        return topology->hosts.size();
      case PlaceKind::kSegment:
        return topology->segments.size();
      case PlaceKind::kSite:
        return topology->sites.size();
      case PlaceKind::kEndpoint:
        return topology->endpoints.size();
      case PlaceKind::kPod:
        return topology->pods.size();
      case PlaceKind::kInternet:
        return 1;
    }
    return 0;
  };
  for (const PlaceKind kind :
       {PlaceKind::kInterface, PlaceKind::kSubnet, PlaceKind::kHost,
        PlaceKind::kSegment, PlaceKind::kSite, PlaceKind::kEndpoint,
        PlaceKind::kPod, PlaceKind::kInternet}) {
    for (std::uint32_t i = 0; i < count(kind); ++i) {
      const Place candidate{kind, i};
      if (to_string(topology, candidate) == name) return candidate;
    }
  }
  throw ContractViolation("the topology has a place of this name");
}

}  // namespace netproof::testing
