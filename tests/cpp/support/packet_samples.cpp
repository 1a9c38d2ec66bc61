#include "support/packet_samples.hpp"

#include <algorithm>
#include <utility>

namespace netproof::testing {
namespace {

template <class T>
void sort_unique(std::vector<T>& values) {
  std::ranges::sort(values);
  const auto rest = std::ranges::unique(values);
  values.erase(rest.begin(), rest.end());
}

}  // namespace

PacketSamples::PacketSamples(const Topology& topology) {
  // NAT takes 1024 to 65535 (S29); clients and services have their own ends.
  ports_ = {0, 1, 22, 53, 80, 443, 1023, 1024, 40000, 49152, 65534, 65535};
  for (const char* outside : {"8.8.8.8/32", "54.0.0.0/24", "10.9.0.0/24",
                              "2600:9::/64", "169.254.0.0/16"}) {
    add(IpPrefix::parse(outside).value());
  }
  read_vpcs(topology.parts());
  read_filters(topology.parts());
  read_hybrid(topology.parts());
  read_clusters(topology.parts());
  sort_unique(addresses_);
  sort_unique(ports_);
}

void PacketSamples::add(IpPrefix prefix) {
  const Uint128 first = prefix.first().value();
  const Uint128 last = prefix.last().value();
  const Uint128 top = highest_address(prefix.family());
  for (const Uint128 value : {first, last, first + 4, last - 1}) {
    if (value <= top) {
      addresses_.push_back(IpAddress::make(prefix.family(), value));
    }
  }
  if (first > 0) {
    addresses_.push_back(IpAddress::make(prefix.family(), first - 1));
  }
  if (last < top) {
    addresses_.push_back(IpAddress::make(prefix.family(), last + 1));
  }
}

void PacketSamples::add(const TransportSet& service) {
  const auto ends = [&](std::uint16_t first, std::uint16_t last) {
    for (const int port : {first - 1, int{first}, int{last}, last + 1}) {
      if (0 <= port && port <= 65535) {
        ports_.push_back(static_cast<std::uint16_t>(port));
      }
    }
  };
  for (const TransportRange& range : service.ranges()) {
    if (!has_ports(range.protocol)) continue;
    ends(range.sport_first, range.sport_last);
    ends(range.dport_first, range.dport_last);
  }
}

void PacketSamples::add(const OpenList<WrittenPrefix>& list) {
  for (const WrittenPrefix& prefix : list.items) add(prefix.prefix);
}

void PacketSamples::read_vpcs(const TopologyParts& parts) {
  for (const Vpc& vpc : parts.vpcs) add(vpc.cidrs);
  for (const Subnet& subnet : parts.subnets) add(subnet.cidrs);
  for (const PrefixList& list : parts.prefix_lists) add(list.entries);
  for (const Interface& interface : parts.interfaces) {
    for (const auto* list :
         {&interface.addresses, &interface.public_addresses}) {
      for (const IpAddress& one : *list) add(IpPrefix::host(one));
    }
  }
  for (const NatGateway& nat : parts.nat_gateways) {
    add(IpPrefix::host(nat.private_address));
    if (nat.public_address) add(IpPrefix::host(*nat.public_address));
  }
  for (const RouteTable& table : parts.route_tables) {
    for (const Route& route : table.routes.items) {
      if (route.destination) add(route.destination->prefix);
    }
  }
}

void PacketSamples::read_filters(const TopologyParts& parts) {
  for (const SecurityGroup& group : parts.security_groups) {
    for (const auto* rules : {&group.ingress, &group.egress}) {
      for (const SecurityGroupRule& rule : rules->items) {
        add(rule.service.value);
        for (const Peer& peer : rule.peers.items) {
          if (const auto* block = std::get_if<WrittenPrefix>(&peer)) {
            add(block->prefix);
          }
        }
      }
    }
  }
  for (const NetworkAcl& acl : parts.network_acls) {
    for (const auto* entries : {&acl.inbound, &acl.outbound}) {
      for (const AclEntry& entry : entries->items) {
        add(entry.service.value);
        add(entry.cidr.value.prefix);
      }
    }
  }
  for (const FirewallRuleGroup& group : parts.firewall_rule_groups) {
    for (const FirewallLine& line : group.lines.items) {
      add(line.service.value);
      for (const auto* list :
           {&line.sources.within.items, &line.sources.without,
            &line.destinations.within.items, &line.destinations.without}) {
        for (const FirewallAddress& one : *list) {
          const auto* block = std::get_if<WrittenPrefix>(&one);
          if (block != nullptr) add(block->prefix);
        }
      }
    }
  }
  for (const ZoneFirewall& firewall : parts.firewalls) {
    for (const FirewallRule& rule : firewall.rules.items) {
      add(rule.service.value);
      add(rule.sources);
      add(rule.destinations);
    }
  }
}

void PacketSamples::read_hybrid(const TopologyParts& parts) {
  for (const TransitRouteTable& table : parts.transit_route_tables) {
    for (const TransitRoute& route : table.routes.items) {
      if (route.destination) add(route.destination->prefix);
    }
  }
  for (const Site& site : parts.sites) add(site.prefixes);
  for (const DirectConnectGateway& gateway : parts.direct_connect_gateways) {
    for (const DirectConnectAssociation& one : gateway.associations) {
      add(one.allowed_prefixes);
    }
  }
  for (const VirtualInterface& vif : parts.virtual_interfaces) {
    add(vif.advertised);
  }
  for (const VpnConnection& vpn : parts.vpn_connections) add(vpn.advertised);
  for (const Segment& segment : parts.segments) add(segment.prefixes);
  for (const Host& host : parts.hosts) {
    for (const IpAddress& one : host.addresses) add(IpPrefix::host(one));
  }
  for (const Router& router : parts.routers) {
    for (const RouterRoute& route : router.routes.items) {
      add(route.destination.prefix);
    }
  }
}

void PacketSamples::read_clusters(const TopologyParts& parts) {
  for (const Pod& pod : parts.pods) {
    for (const IpAddress& one : pod.addresses) add(IpPrefix::host(one));
    for (const PodPort& port : pod.ports) {
      add(TransportSet::to_ports(port.protocol, port.port, port.port));
    }
  }
  const auto read = [this](const std::optional<OpenList<PolicyRule>>& rules) {
    if (!rules) return;
    for (const PolicyRule& rule : rules->items) {
      for (const PolicyPeer& peer : rule.peers.items) {
        if (!peer.block) continue;
        add(peer.block->cidr.prefix);
        for (const WrittenPrefix& one : peer.block->except) add(one.prefix);
      }
      for (const PolicyPort& port : rule.ports.items) {
        if (!port.port) continue;
        add(TransportSet::to_ports(port.protocol, *port.port,
                                   port.end_port.value_or(*port.port)));
      }
    }
  };
  for (const Cluster& cluster : parts.clusters) {
    for (const NetworkPolicy& policy : cluster.policies.items) {
      read(policy.ingress);
      read(policy.egress);
    }
  }
}

std::optional<IpAddress> PacketSamples::address(Dice& dice, const IpSet& set,
                                                Family family) const {
  std::vector<IpAddress> edges;
  for (const IpAddress& one : addresses_) {
    if (one.family() == family && set.contains(one)) edges.push_back(one);
  }
  if (!edges.empty() && dice.percent(75)) return dice.of(edges);
  const auto intervals = set.intervals(family);
  if (intervals.empty()) return std::nullopt;
  const IpSet::Interval& interval = intervals[dice.below(intervals.size())];
  const Uint128 width = interval.last - interval.first;
  Uint128 step = 0;
  if (dice.percent(25)) {
    step = width;
  } else if (dice.percent(65)) {
    step = dice.below(1U << 20U);
  }
  return IpAddress::make(family, interval.first + std::min(step, width));
}

std::optional<Flow> PacketSamples::point(Dice& dice,
                                         const TransportSet& service) const {
  static const std::vector<std::uint8_t> kProtocols = {
      kTcp, kTcp, kTcp, kUdp, kIcmp, kIcmpv6, kSctp, 47};
  static const std::vector<std::uint16_t> kTypes = {8, 0, 128, 129, 3};
  for (int attempt = 0; attempt < 12; ++attempt) {
    Flow flow;
    flow.protocol = dice.of(kProtocols);
    if (has_ports(flow.protocol)) {
      flow.sport = dice.of(ports_);
      flow.dport = dice.of(ports_);
    } else if (is_icmp(flow.protocol)) {
      flow.sport = dice.of(kTypes);
      flow.dport = static_cast<std::uint16_t>(dice.below(4) == 0 ? 4 : 0);
    }
    if (service.contains(flow.protocol, flow.sport, flow.dport)) return flow;
  }
  const std::vector<TransportRange> ranges = service.ranges();
  if (ranges.empty()) return std::nullopt;
  const TransportRange& range = dice.of(ranges);
  const bool first = dice.percent(50);
  return Flow{{},
              {},
              range.protocol,
              first ? range.sport_first : range.sport_last,
              dice.percent(50) ? range.dport_first : range.dport_last};
}

std::optional<Flow> PacketSamples::at_edges(Dice& dice, const IpSet& src,
                                            const IpSet& dst,
                                            const TransportSet& service) const {
  const bool both = src.has(Family::kV6) && dst.has(Family::kV6) &&
                    src.has(Family::kV4) && dst.has(Family::kV4);
  Family family =
      src.has(Family::kV4) && dst.has(Family::kV4) ? Family::kV4 : Family::kV6;
  if (both && dice.percent(30)) family = Family::kV6;
  const std::optional<IpAddress> from = address(dice, src, family);
  const std::optional<IpAddress> to = address(dice, dst, family);
  std::optional<Flow> flow = point(dice, service);
  if (!from || !to || !flow) return std::nullopt;
  flow->src = *from;
  flow->dst = *to;
  return flow;
}

std::optional<Flow> PacketSamples::inside(Dice& dice,
                                          const PacketSet& set) const {
  if (set.empty()) return std::nullopt;
  const BoxCover cover = set.boxes(12);
  if (cover.boxes.empty()) return set.sample();
  const Box& box = dice.of(cover.boxes);
  std::optional<Flow> flow = at_edges(dice, box.src, box.dst, box.transport);
  return flow && set.contains(*flow) ? flow : set.sample();
}

}  // namespace netproof::testing
