#include <cstdint>
#include <tuple>
#include <unordered_map>

#include "io/resolve.hpp"

namespace netproof::io {
namespace {

template <class Kind>
struct NameMap {
  std::unordered_map<std::string, std::uint32_t> index;

  std::optional<std::uint32_t> find(const std::string& name) const {
    const auto at = index.find(name);
    if (at == index.end()) return std::nullopt;
    return at->second;
  }
};

class Resolver {
 public:
  explicit Resolver(Draft& draft) : draft_{draft} {
    TopologyParts& p = draft.parts;
    add("vpcs", p.vpcs);
    add("subnets", p.subnets);
    add("interfaces", p.interfaces);
    add("route_tables", p.route_tables);
    add("internet_gateways", p.internet_gateways);
    add("egress_only_gateways", p.egress_only_gateways);
    add("nat_gateways", p.nat_gateways);
    add("peerings", p.peerings);
    add("endpoints", p.endpoints);
    add("prefix_lists", p.prefix_lists);
    add("security_groups", p.security_groups);
    add("network_acls", p.network_acls);
    add("transit_gateways", p.transit_gateways);
    add("transit_gateway_attachments", p.transit_attachments);
    add("transit_gateway_route_tables", p.transit_route_tables);
    add("sites", p.sites);
    add("direct_connect_gateways", p.direct_connect_gateways);
    add("vpn_connections", p.vpn_connections);
    add("vpn_gateways", p.vpn_gateways);
    add("segments", p.segments);
    add("routers", p.routers);
    add("firewalls", p.firewalls);
    add("network_firewalls", p.network_firewalls);
    add("firewall_policies", p.firewall_policies);
    add("firewall_rule_groups", p.firewall_rule_groups);
  }

  void run() {
    vpcs();
    filters();
    transit();
    sites();
    segments();
    network_firewalls();
    for (auto& claim : draft_.parts.claims) fix(claim.subnet);
    for (auto& cluster : draft_.parts.clusters) {
      for (auto& node : cluster.nodes) fix(node.interfaces);
    }
    for (auto& bucket : draft_.parts.buckets) fix(bucket.addresses);
  }

 private:
  template <class Kind>
  void add(const char* kind, const std::vector<Kind>& table) {
    auto& names = std::get<NameMap<Kind>>(names_).index;
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      const std::string& name = table[i].name;
      if (!draft_.unusable.contains({kind, name})) names.emplace(name, i);
    }
  }

  template <class Kind>
  void fix(Ref<Kind>& ref) const {
    const auto index = std::get<NameMap<Kind>>(names_).find(ref.name);
    if (index) ref.id = Id<Kind>{*index};
  }
  template <class Kind>
  void fix(std::optional<Ref<Kind>>& ref) const {
    if (ref) fix(*ref);
  }
  template <class Kind>
  void fix(std::optional<Open<Ref<Kind>>>& ref) const {
    if (ref) fix(ref->value);
  }
  template <class Kind>
  void fix(std::vector<Ref<Kind>>& refs) const {
    for (auto& ref : refs) fix(ref);
  }
  template <class Kind>
  void fix(OpenList<Ref<Kind>>& refs) const {
    fix(refs.items);
  }
  template <class Kind>
  void fix(std::optional<OpenList<Ref<Kind>>>& refs) const {
    if (refs) fix(refs->items);
  }

  std::optional<std::uint32_t> index_of(const RouteTarget& target) const {
    const auto in = [&]<class Kind>(NameMap<Kind>) {
      return std::get<NameMap<Kind>>(names_).find(target.name);
    };
    switch (target.kind) {
      case TargetKind::kInternetGateway:
        return in(NameMap<InternetGateway>{});
      case TargetKind::kEgressOnlyGateway:
        return in(NameMap<EgressOnlyGateway>{});
      case TargetKind::kNatGateway:
        return in(NameMap<NatGateway>{});
      case TargetKind::kTransitGateway:
        return in(NameMap<TransitGateway>{});
      case TargetKind::kPeering:
        return in(NameMap<Peering>{});
      case TargetKind::kInterface:
        return in(NameMap<Interface>{});
      case TargetKind::kEndpoint:
        return in(NameMap<Endpoint>{});
      case TargetKind::kVpnGateway:
        return in(NameMap<VpnGateway>{});
      case TargetKind::kUnknown:
      case TargetKind::kLocal:
      case TargetKind::kBlackhole:
        break;
    }
    return std::nullopt;
  }
  void fix(RouteTarget& target) const { target.index = index_of(target); }

  void vpcs() {
    TopologyParts& p = draft_.parts;
    for (auto& vpc : p.vpcs) {
      fix(vpc.main_table);
      fix(vpc.security_groups);
      fix(vpc.default_group);
    }
    for (auto& subnet : p.subnets) {
      fix(subnet.vpc);
      fix(subnet.route_table);
      fix(subnet.acl);
      fix(subnet.security_groups);
    }
    for (auto& interface : p.interfaces) {
      fix(interface.subnet);
      fix(interface.security_groups);
    }
    for (auto& table : p.route_tables) {
      fix(table.vpc);
      fix(table.propagating);
      if (table.gateway) fix(*table.gateway);
      for (auto& route : table.routes.items) {
        fix(route.prefix_list);
        for (auto& target : route.targets) fix(target);
      }
    }
    gateways();
  }

  void gateways() {
    TopologyParts& p = draft_.parts;
    for (auto& gateway : p.internet_gateways) fix(gateway.vpc);
    for (auto& gateway : p.egress_only_gateways) fix(gateway.vpc);
    for (auto& gateway : p.nat_gateways) fix(gateway.subnet);
    for (auto& gateway : p.vpn_gateways) fix(gateway.vpc);
    for (auto& peering : p.peerings) {
      fix(peering.requester);
      fix(peering.accepter);
    }
    for (auto& endpoint : p.endpoints) {
      fix(endpoint.vpc);
      fix(endpoint.subnet);
      fix(endpoint.interfaces);
      fix(endpoint.firewall);
    }
  }

  void filters() {
    const auto fix_peers = [&](OpenList<SecurityGroupRule>& rules) {
      for (auto& rule : rules.items) {
        for (Peer& peer : rule.peers.items) {
          if (auto* list = std::get_if<Ref<PrefixList>>(&peer)) fix(*list);
          if (auto* group = std::get_if<Ref<SecurityGroup>>(&peer)) {
            fix(*group);
          }
        }
      }
    };
    for (auto& group : draft_.parts.security_groups) {
      fix(group.vpc);
      fix_peers(group.ingress);
      fix_peers(group.egress);
    }
    for (auto& acl : draft_.parts.network_acls) fix(acl.vpc);
  }

  void transit() {
    TopologyParts& p = draft_.parts;
    for (auto& gateway : p.transit_gateways) {
      fix(gateway.default_association);
      fix(gateway.default_propagation);
    }
    for (auto& attachment : p.transit_attachments) {
      fix(attachment.gateway);
      fix(attachment.vpc);
      fix(attachment.direct_connect);
      fix(attachment.vpn);
      fix(attachment.peer);
      fix(attachment.subnets);
    }
    for (auto& table : p.transit_route_tables) {
      fix(table.gateway);
      fix(table.associations);
      fix(table.propagations);
      for (auto& route : table.routes.items) {
        fix(route.prefix_list);
        fix(route.targets);
      }
    }
  }

  void sites() {
    TopologyParts& p = draft_.parts;
    for (auto& gateway : p.direct_connect_gateways) {
      for (auto& association : gateway.associations) {
        fix(association.transit_gateway);
        fix(association.vpn_gateway);
      }
    }
    for (auto& link : p.virtual_interfaces) {
      fix(link.site);
      fix(link.gateway);
      fix(link.vpn_gateway);
    }
    for (auto& link : p.vpn_connections) {
      fix(link.site);
      fix(link.vpn_gateway);
    }
  }

  void segments() {
    TopologyParts& p = draft_.parts;
    for (auto& segment : p.segments) fix(segment.router);
    for (auto& host : p.hosts) fix(host.segment);
    for (auto& router : p.routers) {
      fix(router.firewall);
      for (auto& route : router.routes.items) {
        fix(route.router);
        fix(route.site);
      }
    }
    for (auto& firewall : p.firewalls) {
      for (auto& zone : firewall.zones) fix(zone.segments);
    }
  }

  void fix(FirewallAddress& address) const {
    if (auto* list = std::get_if<Ref<PrefixList>>(&address)) fix(*list);
  }
  void fix(FirewallSide& side) const {
    for (FirewallAddress& one : side.within.items) fix(one);
    for (FirewallAddress& one : side.without) fix(one);
  }

  void network_firewalls() {
    TopologyParts& p = draft_.parts;
    for (auto& firewall : p.network_firewalls) {
      fix(firewall.vpc);
      fix(firewall.policy.value);
    }
    for (auto& policy : p.firewall_policies) {
      for (auto& use : policy.stateless.items) fix(use.group);
      for (auto& use : policy.stateful.items) fix(use.group);
    }
    for (auto& group : p.firewall_rule_groups) {
      for (auto& line : group.lines.items) {
        fix(line.sources);
        fix(line.destinations);
      }
    }
  }

  Draft& draft_;
  std::tuple<NameMap<Vpc>, NameMap<Subnet>, NameMap<Interface>,
             NameMap<RouteTable>, NameMap<InternetGateway>,
             NameMap<EgressOnlyGateway>, NameMap<NatGateway>, NameMap<Peering>,
             NameMap<Endpoint>, NameMap<PrefixList>, NameMap<SecurityGroup>,
             NameMap<NetworkAcl>, NameMap<TransitGateway>,
             NameMap<TransitAttachment>, NameMap<TransitRouteTable>,
             NameMap<Site>, NameMap<DirectConnectGateway>,
             NameMap<VpnConnection>, NameMap<VpnGateway>, NameMap<Segment>,
             NameMap<Router>, NameMap<ZoneFirewall>, NameMap<NetworkFirewall>,
             NameMap<FirewallPolicy>, NameMap<FirewallRuleGroup>>
      names_;
};

}  // namespace

void resolve_names(Draft& draft) { Resolver{draft}.run(); }

}  // namespace netproof::io
