#include <algorithm>

#include "engine/walk.hpp"

namespace netproof::engine {

// S148, for packets on the internet.
void Walk::internet(const Packets& packets) {
  Packets rest = packets;
  rest.carried = {};
  rest.carried.by_nat = packets.carried.by_nat;
  const auto cut = [&](const IpSet& addresses) {
    Packets part = keep(rest, rest.set.restrict_dst(addresses));
    rest.set = rest.set.restrict_dst(addresses.complement());
    return part;
  };
  for (std::size_t m = 0; m < network_.mappings.size(); ++m) {
    const PublicMapping& map = network_.mappings[m];
    const bool attached =
        map.vpc != kNone && !network_.vpcs[map.vpc].internet_gateways.empty();
    if (!attached && map.interface != kNone) continue;
    const Packets in = cut(IpSet::of(map.public_address));
    if (in.set.empty()) continue;
    if (map.nat != kNone && !options_.reply) {
      drop(in, DropCode::kNatRefused,
           "nat:" + parts_.nat_gateways[map.nat].name);
      continue;
    }
    public_access(in, map.vpc, map.nat != kNone, map.nat != kNone,
                  [&](const Packets& allowed) {
                    finish(allowed, EndKind::kMappedIn, static_cast<Index>(m));
                  });
  }
  for (std::size_t v = 0; v < network_.vpcs.size(); ++v) {
    const VpcInfo& vpc = network_.vpcs[v];
    const auto replied = [&](Index gateway) {
      return options_.passed.contains({HopKind::kEgressOnly, gateway});
    };
    const bool by_egress = std::ranges::any_of(vpc.egress_only, replied);
    if (vpc.internet_gateways.empty() && !by_egress) continue;
    const Packets in = cut(vpc.cidr_set.only(Family::kV6));
    public_access(in, static_cast<Index>(v), by_egress, by_egress,
                  [&](const Packets& allowed) {
                    enter_from_internet(allowed, static_cast<Index>(v));
                  });
  }
  for (std::size_t c = 0; c < network_.clusters.size(); ++c) {
    for (const auto& [addresses, owners] : network_.clusters[c].owners) {
      // Those with a node are reached by its VPC.
      if (network_.node_of_pod[owners.front()] != kNone) continue;
      internet_to_pods(cut(addresses), static_cast<Index>(c), owners);
    }
  }
  for (std::size_t s = 0; s < parts_.segments.size(); ++s) {
    const auto& router = parts_.segments[s].router;
    if (!router || !router->id) continue;
    const auto& routes = parts_.routers[router->id->index()].routes.items;
    if (std::ranges::none_of(routes, &RouterRoute::internet)) continue;
    const Packets in = cut(network_.segment_prefixes[s] & global_unicast());
    if (in.set.empty()) continue;
    to_router(in, router->id->value, "internet");
  }
  drop(cut(network_.owned | global_unicast().complement()),
       DropCode::kUnroutable, "internet");
  deliver(rest, {});
}

/// Asks the edge table of a gateway (S23), if it has one.
bool Walk::edge(const Packets& packets, TargetKind kind, Index gateway,
                Index vpc) {
  for (const Index table : network_.vpcs[vpc].tables) {
    const auto& edge = parts_.route_tables[table].gateway;
    if (!edge || edge->kind != kind || edge->index != gateway) continue;
    Leaving leaving;
    leaving.vpc = vpc;
    leaving.table = table;
    route(packets, leaving);
    return true;
  }
  return false;
}

void Walk::enter_from_internet(const Packets& packets, Index vpc) {
  if (packets.set.empty()) return;
  for (const Index gateway : network_.vpcs[vpc].internet_gateways) {
    if (edge(packets, TargetKind::kInternetGateway, gateway, vpc)) return;
  }
  local(packets, vpc, kNone);
}
}  // namespace netproof::engine
