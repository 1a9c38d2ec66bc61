#include <algorithm>
#include <utility>

#include "engine/tables.hpp"

namespace netproof::engine {
namespace {

enum Rank { kStatic, kLocalRank, kPrefixList, kPropagated };

void append(std::vector<Sharing>& worlds, HopKind kind,
            const std::vector<Index>& objects) {
  for (const Index object : objects) worlds.push_back({{kind, object}});
}

bool is_inspection(const Network& network, Index endpoint) {
  return network.parts().endpoints[endpoint].kind == EndpointKind::kInspection;
}

std::vector<Index> route_endpoints(const Network& network, Index vpc) {
  std::vector<Index> found;
  for (const Index e : network.vpcs[vpc].endpoints) {
    if (network.parts().endpoints[e].kind != EndpointKind::kInterface) {
      found.push_back(e);
    }
  }
  return found;
}

/// Every next hop that a line of this VPC could have, and none (S141).
std::vector<Sharing> every_gateway(const Network& network, Index vpc,
                                   Family family) {
  const VpcInfo& info = network.vpcs[vpc];
  std::vector<Sharing> worlds;
  append(worlds, HopKind::kInternetGateway, info.internet_gateways);
  if (family == Family::kV6) {
    append(worlds, HopKind::kEgressOnly, info.egress_only);
  }
  append(worlds, HopKind::kNat, info.nats);
  append(worlds, HopKind::kTransit, info.attachments);
  append(worlds, HopKind::kPeering, info.peerings);
  append(worlds, HopKind::kInterface, info.appliances);
  append(worlds, HopKind::kEndpoint, route_endpoints(network, vpc));
  append(worlds, HopKind::kVpnGateway, info.vpn_gateways);
  worlds.push_back({NextHop{}});
  return worlds;
}

/// What a line may do inside the VPC's own blocks (S16).
std::vector<Sharing> every_middlebox(const Network& network, Index vpc) {
  const VpcInfo& info = network.vpcs[vpc];
  std::vector<Sharing> worlds;
  append(worlds, HopKind::kNat, info.nats);
  for (const Index e : info.endpoints) {
    if (is_inspection(network, e)) {
      worlds.push_back({{HopKind::kEndpoint, e}});
    }
  }
  append(worlds, HopKind::kInterface, info.appliances);
  return worlds;
}

bool contains(const std::vector<Index>& objects, Index object) {
  return std::ranges::find(objects, object) != objects.end();
}

/// Whose table is asked about what.
struct Asked {
  Index vpc = kNone;
  bool by_vpn_gateway = false;  ///< it is the edge table of one
  Family family = Family::kV4;
};

/// The worlds of one target; a target that is gone is a blackhole (S20).
std::vector<Sharing> worlds_of(const Network& network, const Asked& asked,
                               const RouteTarget& target) {
  const Index vpc = asked.vpc;
  const VpcInfo& info = network.vpcs[vpc];
  const std::vector<Sharing> blackhole = {{{HopKind::kBlackhole, 0}}};
  if (target.kind == TargetKind::kBlackhole) return blackhole;
  if (target.kind == TargetKind::kLocal) return {{{HopKind::kLocal, vpc}}};
  if (target.kind == TargetKind::kUnknown || !target.index) {
    return every_gateway(network, vpc, asked.family);
  }
  const Index object = *target.index;
  const auto attached = [&](HopKind kind, const std::vector<Index>& objects) {
    return contains(objects, object) ? std::vector<Sharing>{{{kind, object}}}
                                     : blackhole;
  };
  switch (target.kind) {
    case TargetKind::kInternetGateway:
      return attached(HopKind::kInternetGateway, info.internet_gateways);
    case TargetKind::kEgressOnlyGateway:
      return attached(HopKind::kEgressOnly, info.egress_only);
    case TargetKind::kPeering:
      return attached(HopKind::kPeering, info.peerings);
    case TargetKind::kVpnGateway:
      return attached(HopKind::kVpnGateway, info.vpn_gateways);
    case TargetKind::kNatGateway:
      return attached(HopKind::kNat, info.nats);
    case TargetKind::kInterface: {
      const Index subnet = network.subnet_of_interface[object];
      if (subnet == kNone || network.subnets[subnet].vpc != vpc) {
        return blackhole;
      }
      return {{{HopKind::kInterface, object}}};
    }
    case TargetKind::kEndpoint:
      // A VPN gateway's edge table cannot lead to an endpoint (S23).
      if (asked.by_vpn_gateway) return blackhole;
      return attached(HopKind::kEndpoint, route_endpoints(network, vpc));
    default:
      break;
  }
  std::vector<Sharing> worlds;
  for (const Index a : info.attachments) {
    const auto& gateway = network.parts().transit_attachments[a].gateway.id;
    if (gateway && gateway->value == object) {
      worlds.push_back({{HopKind::kTransit, a}});
    }
  }
  return worlds.empty() ? blackhole : worlds;
}

std::vector<Sharing> worlds_of(const Network& network, const Asked& asked,
                               const Route& route) {
  if (route.blackhole) return {{{HopKind::kBlackhole, 0}}};
  if (route.targets.empty()) {
    return every_gateway(network, asked.vpc, asked.family);
  }
  std::vector<Sharing> worlds;
  for (const RouteTarget& target : route.targets) {
    for (Sharing& world : worlds_of(network, asked, target)) {
      worlds.push_back(std::move(world));
    }
  }
  return worlds;
}

class Builder {
 public:
  Builder(const Network& network, Index vpc) : network_{network}, vpc_{vpc} {
    for (const IpPrefix& cidr : network.vpcs[vpc].cidrs) {
      candidates_.push_back({.prefix = cidr,
                             .rank = kLocalRank,
                             .worlds = {{{HopKind::kLocal, vpc}}},
                             .local = true});
    }
  }

  void add(const Route& route, bool by_vpn_gateway) {
    const auto worlds = [&](Family family) {
      return worlds_of(network_, {vpc_, by_vpn_gateway, family}, route);
    };
    if (route.destination) {
      const IpPrefix& prefix = route.destination->prefix;
      candidates_.push_back({.prefix = prefix,
                             .rank = kStatic,
                             .worlds = worlds(prefix.family())});
      return;
    }
    const std::vector<Sharing> v4 = worlds(Family::kV4);
    const std::vector<Sharing> v6 = worlds(Family::kV6);
    const PrefixList* list = nullptr;
    if (route.prefix_list && route.prefix_list->id) {
      list = &network_.parts().prefix_lists[route.prefix_list->id->index()];
      for (const WrittenPrefix& entry : list->entries.items) {
        const bool is_v4 = entry.prefix.family() == Family::kV4;
        candidates_.push_back({.prefix = entry.prefix,
                               .rank = kPrefixList,
                               .worlds = is_v4 ? v4 : v6});
      }
    }
    if (list != nullptr && !list->entries.open) return;
    over_.outside_v4.insert(over_.outside_v4.end(), v4.begin(), v4.end());
    over_.outside_v6.insert(over_.outside_v6.end(), v6.begin(), v6.end());
    const std::vector<Sharing> boxes = every_middlebox(network_, vpc_);
    for (const Sharing& world : v4) {
      const bool fits = std::ranges::find(boxes, world) != boxes.end();
      if (fits) over_.inside.push_back(world);
    }
  }

  void add_propagated(Index vgw) {
    const Sharing hop = {{HopKind::kVpnGateway, vgw}};
    if (!contains(network_.vpcs[vpc_].vpn_gateways, vgw)) return;
    const Knowledge known = vgw_knowledge(network_, vgw);
    for (const KnownPrefix& prefix : known.prefixes) {
      candidates_.push_back({.prefix = prefix.prefix,
                             .rank = kPropagated,
                             .worlds = {hop},
                             .doubtful = prefix.doubtful,
                             .propagated = true});
    }
    if (!known.open_sites.empty()) {
      over_.outside.push_back(hop);
    } else if (!known.open_sites_v4.empty()) {
      over_.outside_v4.push_back(hop);
    }
  }

  void open() {
    for (Sharing& world : every_gateway(network_, vpc_, Family::kV4)) {
      over_.outside_v4.push_back(std::move(world));
    }
    for (Sharing& world : every_gateway(network_, vpc_, Family::kV6)) {
      over_.outside_v6.push_back(std::move(world));
    }
    for (Sharing& world : every_middlebox(network_, vpc_)) {
      over_.inside.push_back(std::move(world));
    }
  }

  Fib build() {
    merge_equals(candidates_);
    return Fib::build(std::move(candidates_), over_);
  }

 private:
  const Network& network_;
  Index vpc_;
  std::vector<Candidate> candidates_;
  Over over_;
};

Fib vpc_table(const Network& network, Index table) {
  const Index vpc = network.vpc_of_table(table);
  if (vpc == kNone) return Fib::build({});
  Builder builder{network, vpc};
  if (!network.is_implied_table(table)) {
    const RouteTable& written = network.parts().route_tables[table];
    const bool by_vpn_gateway =
        written.gateway && written.gateway->kind == TargetKind::kVpnGateway;
    for (const Route& route : written.routes.items) {
      builder.add(route, by_vpn_gateway);
    }
    for (const Ref<VpnGateway>& vgw : written.propagating) {
      if (vgw.id) builder.add_propagated(vgw.id->value);
    }
    if (written.routes.open) builder.open();
  }
  return builder.build();
}

}  // namespace

void merge_equals(std::vector<Candidate>& candidates) {
  const auto before = [](const Candidate& a, const Candidate& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return a.rank < b.rank;
  };
  if (!std::ranges::is_sorted(candidates, before)) {
    std::ranges::stable_sort(candidates, before);
  }
  std::size_t kept = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    Candidate& same = candidates[kept];
    Candidate& candidate = candidates[i];
    if (before(same, candidate)) {
      ++kept;
      if (kept != i) candidates[kept] = std::move(candidate);
      continue;
    }
    Decision both;
    same.add_to(both);
    candidate.add_to(both);
    same.worlds = std::move(both);
    // One that is certainly there makes the prefix certain.
    same.doubtful = same.doubtful && candidate.doubtful;
  }
  if (!candidates.empty()) {
    candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(kept) + 1,
                     candidates.end());
  }
}

std::vector<Fib> vpc_tables(const Network& network) {
  std::vector<Fib> fibs;
  const std::size_t tables =
      network.parts().route_tables.size() + network.vpcs.size();
  fibs.reserve(tables);
  for (std::size_t t = 0; t < tables; ++t) {
    fibs.push_back(vpc_table(network, static_cast<Index>(t)));
  }
  return fibs;
}

}  // namespace netproof::engine
