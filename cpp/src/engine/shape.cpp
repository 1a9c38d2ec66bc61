#include "engine/shape.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

namespace netproof::engine {
namespace {

/// The text of one object, field by field. Every text has its length in front,
/// so that no value can be taken for two.
class Text {
 public:
  Text(std::string_view kind, const Object& object) {
    add(kind);
    add(object.name);
  }

  template <class... Values>
  std::string with(const Values&... values) && {
    (add(values), ...);
    return std::move(text_);
  }

 private:
  void add(std::string_view text) {
    text_ += fmt::format("{}:{}", text.size(), text);
  }
  void add(const std::string& text) { add(std::string_view{text}); }
  template <class Number>
  requires(std::is_integral_v<Number> ||
           std::is_enum_v<Number>) void add(Number number) {
    text_ += fmt::format("{},", static_cast<std::int64_t>(number));
  }
  void add(IpAddress address) { add(to_string(address)); }
  void add(const WrittenPrefix& prefix) { add(to_string(prefix.prefix)); }
  void add(const TransportSet& service) { add(to_string(service)); }
  template <class Kind>
  void add(const Ref<Kind>& ref) {
    add(ref.name);
    add(ref.id.has_value());
  }
  template <class T>
  void add(const Open<T>& open) {
    add(open.unknown);
    if (!open.unknown) add(open.value);
  }
  template <class T>
  void add(const OpenList<T>& list) {
    add(list.open);
    add(list.items);
  }
  template <class T>
  void add(const std::optional<T>& value) {
    add(value.has_value());
    if (value) add(*value);
  }
  template <class T>
  void add(const std::vector<T>& values) {
    add(values.size());
    for (const T& value : values) add(value);
  }
  void add(const RouteTarget& target) {
    add(target.kind);
    add(target.name);
    add(target.index.has_value());
  }
  void add(const DirectConnectAssociation& association) {
    add(association.transit_gateway);
    add(association.vpn_gateway);
    add(association.allowed_prefixes);
  }
  void add(const ZoneFirewall::Zone& zone) {
    add(zone.name);
    add(zone.segments);
    add(zone.neighbours);
  }
  void add(const FirewallRule& rule) {
    add(rule.from_zones);
    add(rule.to_zones);
    add(rule.sources);
    add(rule.destinations);
    add(rule.service);
    add(rule.allow);
  }

  void add(const LabelCondition& one) {
    add(one.key);
    add(one.condition);
    add(one.values);
  }
  void add(const IpBlock& block) {
    add(block.cidr);
    add(block.except);
  }
  void add(const PolicyPeer& peer) {
    add(peer.pods);
    add(peer.namespaces);
    add(peer.block);
  }
  void add(const PolicyPort& port) {
    add(port.protocol);
    add(port.port);
    add(port.end_port);
    add(port.name);
  }
  void add(const PolicyRule& rule) {
    add(rule.peers);
    add(rule.ports);
  }
  void add(const Labels& labels) {
    add(labels.size());
    for (const auto& [key, value] : labels) {
      add(key);
      add(value);
    }
  }
  void add(const Namespace& one) {
    add(one.name);
    add(one.labels);
  }
  void add(const ClusterNode& node) {
    add(node.name);
    add(node.interfaces);
  }
  void add(const NetworkPolicy& policy) {
    add(policy.space);
    add(policy.pods);
    add(policy.ingress);
    add(policy.egress);
  }
  void add(const PodPort& port) {
    add(port.name);
    add(port.protocol);
    add(port.port);
  }
  void add(HomeNet) { add(std::string_view{"$HOME_NET"}); }
  void add(const FirewallAddress& address) {
    add(address.index());
    std::visit([this](const auto& one) { add(one); }, address);
  }
  void add(const FirewallSide& side) {
    add(side.within);
    add(side.without);
  }
  void add(const FirewallPolicy::Use& use) {
    add(use.group);
    add(use.priority);
  }
  void add(const FirewallLine& line) {
    add(line.priority);
    add(line.sources);
    add(line.destinations);
    add(line.service);
    add(line.action);
    add(line.established);
    add(line.part);
    add(line.condition);
  }

  std::string text_;
};

using Texts = std::vector<std::string>;

Texts names_of(const Network& network, const std::vector<Index>& tables) {
  Texts names;
  for (const Index table : tables) names.push_back(network.table_name(table));
  return names;
}

// Groups and ACLs are compared as what they let through, tables as what they
// decide; here only which of them is meant.
void add_vpcs(const Network& network, Texts& shape) {
  const TopologyParts& parts = network.parts();
  for (std::size_t v = 0; v < parts.vpcs.size(); ++v) {
    const Vpc& vpc = parts.vpcs[v];
    shape.push_back(Text("vpc", vpc)
                        .with(vpc.cidrs, vpc.region, vpc.public_access,
                              vpc.subnets_open,
                              names_of(network, network.vpcs[v].main_tables),
                              network.vpcs[v].referenced));
  }
  for (std::size_t s = 0; s < network.subnets.size(); ++s) {
    const SubnetInfo& info = network.subnets[s];
    const Texts tables = names_of(network, info.tables);
    if (s >= parts.subnets.size()) {
      Object implied;
      implied.name = info.name;
      shape.push_back(Text("implied subnet", implied).with(tables));
      continue;
    }
    const Subnet& subnet = parts.subnets[s];
    shape.push_back(Text("subnet", subnet)
                        .with(subnet.vpc, subnet.cidrs, subnet.zone, tables,
                              info.acl_unknown, subnet.interfaces_open));
  }
  for (const Interface& one : parts.interfaces) {
    shape.push_back(Text("interface", one)
                        .with(one.subnet, one.addresses, one.public_addresses,
                              one.source_check, one.forwards));
  }
  for (const RouteTable& one : parts.route_tables) {
    if (!one.gateway) continue;
    shape.push_back(Text("edge table", one).with(one.vpc, one.gateway));
  }
}

void add_gateways(const TopologyParts& parts, Texts& shape) {
  for (const InternetGateway& one : parts.internet_gateways) {
    shape.push_back(Text("igw", one).with(one.vpc));
  }
  for (const EgressOnlyGateway& one : parts.egress_only_gateways) {
    shape.push_back(Text("eigw", one).with(one.vpc));
  }
  for (const NatGateway& one : parts.nat_gateways) {
    shape.push_back(Text("nat", one)
                        .with(one.subnet, one.private_address,
                              one.public_address, one.is_private));
  }
  for (const Peering& one : parts.peerings) {
    shape.push_back(
        Text("peering", one).with(one.requester, one.accepter, one.active));
  }
  for (const Endpoint& one : parts.endpoints) {
    shape.push_back(Text("endpoint", one)
                        .with(one.kind, one.vpc, one.subnet, one.interfaces,
                              one.passes, one.firewall));
  }
}

void add_transit(const TopologyParts& parts, Texts& shape) {
  for (const TransitGateway& one : parts.transit_gateways) {
    shape.push_back(
        Text("tgw", one).with(one.region, one.group_referencing, one.vpn_ecmp));
  }
  for (const TransitAttachment& one : parts.transit_attachments) {
    shape.push_back(Text("attachment", one)
                        .with(one.kind, one.gateway, one.vpc,
                              one.direct_connect, one.vpn, one.peer,
                              one.subnets, one.appliance_mode, one.ipv6,
                              one.group_referencing, one.available));
  }
}

void add_premises(const TopologyParts& parts, Texts& shape) {
  for (const Site& one : parts.sites) {
    shape.push_back(
        Text("site", one)
            .with(one.prefixes, one.transit, one.internet, one.spoofs));
  }
  for (const DirectConnectGateway& one : parts.direct_connect_gateways) {
    shape.push_back(Text("dxgw", one).with(one.associations));
  }
  for (const VirtualInterface& one : parts.virtual_interfaces) {
    shape.push_back(Text("vif", one)
                        .with(one.site, one.gateway, one.vpn_gateway,
                              one.advertised, one.up, one.site_link,
                              one.local_preference, one.as_path_length, one.med,
                              one.communities, one.site_preference));
  }
  for (const VpnConnection& one : parts.vpn_connections) {
    shape.push_back(Text("vpn", one)
                        .with(one.site, one.vpn_gateway, one.bgp,
                              one.advertised, one.site_routes, one.up,
                              one.as_path_length, one.med,
                              one.site_preference));
  }
  for (const VpnGateway& one : parts.vpn_gateways) {
    shape.push_back(Text("vgw", one).with(one.vpc));
  }
}

void add_segments(const TopologyParts& parts, Texts& shape) {
  for (const Segment& one : parts.segments) {
    shape.push_back(
        Text("segment", one)
            .with(one.prefixes, one.router, one.port_isolation, one.spoofs));
  }
  for (const Host& one : parts.hosts) {
    shape.push_back(Text("host", one).with(one.segment, one.addresses));
  }
  for (const Router& one : parts.routers) {
    shape.push_back(Text("router", one).with(one.firewall));
  }
  for (const ZoneFirewall& one : parts.firewalls) {
    shape.push_back(Text("firewall", one)
                        .with(one.zones, one.rules, one.default_allow,
                              one.intra_zone_allow));
  }
}

void add_clusters(const TopologyParts& parts, Texts& shape) {
  for (const Cluster& one : parts.clusters) {
    shape.push_back(Text("cluster", one)
                        .with(one.plugin.empty(), one.port_ranges,
                              one.rewrites_first, one.pod_source,
                              one.namespaces, one.nodes, one.policies));
  }
  for (const Pod& one : parts.pods) {
    shape.push_back(Text("pod", one)
                        .with(one.cluster, one.space, one.labels, one.addresses,
                              one.node, one.interface, one.host_network,
                              one.made_up, one.ports));
  }
}

// Prefix lists of the lines too: nothing else compares what is in them.
void add_network_firewalls(const TopologyParts& parts, Texts& shape) {
  for (const NetworkFirewall& one : parts.network_firewalls) {
    shape.push_back(Text("network firewall", one).with(one.vpc, one.policy));
  }
  for (const FirewallPolicy& one : parts.firewall_policies) {
    shape.push_back(Text("firewall policy", one)
                        .with(one.stateless, one.stateful,
                              one.stateless_default, one.strict_order,
                              one.unmatched, one.home_net));
  }
  for (const FirewallRuleGroup& one : parts.firewall_rule_groups) {
    // Stateful lines are judged in the order of the list.
    OpenList<FirewallLine> lines = one.lines;
    for (FirewallLine& line : lines.items) {
      if (one.stateful) line.priority = 0;
    }
    shape.push_back(Text("rule group", one).with(one.stateful, lines));
  }
  if (parts.firewall_rule_groups.empty()) return;
  for (const PrefixList& one : parts.prefix_lists) {
    shape.push_back(Text("prefix list", one).with(one.entries));
  }
}

}  // namespace

std::vector<std::string> shape_of(const Network& network) {
  Texts shape;
  add_vpcs(network, shape);
  add_gateways(network.parts(), shape);
  add_transit(network.parts(), shape);
  add_premises(network.parts(), shape);
  add_segments(network.parts(), shape);
  add_clusters(network.parts(), shape);
  add_network_firewalls(network.parts(), shape);
  return shape;
}

}  // namespace netproof::engine
