#include <algorithm>
#include <utility>

#include "engine/walk.hpp"

namespace netproof::engine {

Index Walk::zone_of(Index firewall, const std::string& neighbour) const {
  const auto& zones = parts_.firewalls[firewall].zones;
  for (std::size_t z = 0; z < zones.size(); ++z) {
    if (std::ranges::find(zones[z].neighbours, neighbour) !=
        zones[z].neighbours.end()) {
      return static_cast<Index>(z);
    }
  }
  return kNone;
}

Index Walk::zone_of_segment(Index firewall, Index segment) const {
  const auto& zones = parts_.firewalls[firewall].zones;
  for (std::size_t z = 0; z < zones.size(); ++z) {
    for (const Ref<Segment>& one : zones[z].segments) {
      if (one.id && one.id->value == segment) return static_cast<Index>(z);
    }
  }
  return kNone;
}

void Walk::leave_segment(const Packets& packets, Index segment) {
  const Segment& written = parts_.segments[segment];
  const std::string name = "segment:" + written.name;
  const IpSet& block = network_.segment_prefixes[segment];
  const Open<bool>& isolated = written.port_isolation;
  gate(keep(packets, packets.set.restrict_dst(block)),
       {isolated.may_be(false), isolated.may_be(true)},
       {FactKind::kPortIsolation, segment}, DropCode::kFirewallDeny, name,
       [&](const Packets& near) { own_in_segment(near, segment); });
  Packets far = keep(packets, packets.set.restrict_dst(block.complement()));
  if (far.set.empty()) return;
  if (!written.router || !written.router->id) {
    drop(far, DropCode::kNoRoute, name);
  } else {
    to_router(std::move(far), written.router->id->value, name);
  }
}

/// `from`: the segment or neighbour that the packets come from, as the zones
/// of the firewall name it.
void Walk::to_router(Packets packets, Index router, const std::string& from) {
  if (packets.set.empty()) return;
  const Router& written = parts_.routers[router];
  const std::string name = "router:" + written.name;
  if (!visit(packets, HopKind::kRouter, router, name)) return;
  packets.carried = {};
  const auto go = [&](Packets out, NextHop hop) {
    switch (hop.kind) {
      case HopKind::kSegment:
        to_segment(out, hop.index);
        break;
      case HopKind::kRouter:
        to_router(std::move(out), hop.index, name);
        break;
      case HopKind::kSite:
        to_site(std::move(out), hop.index);
        break;
      default: {
        const IpSet outside = global_unicast() - network_.owned;
        deliver(keep(out, out.set.restrict_dst(outside)), {});
        drop(keep(out, out.set.restrict_dst(outside.complement())),
             DropCode::kUnroutable, "internet");
      }
    }
  };
  decide(packets, compiled_.tables.router[router],
         {FactKind::kRouterTable, router}, [&](Packets out, NextHop hop) {
           if (hop.kind == HopKind::kNoRoute) {
             drop(out, DropCode::kNoRoute, name);
           } else if (hop.kind == HopKind::kBlackhole) {
             drop(out, DropCode::kBlackholeRoute, name);
           } else if (!written.firewall) {
             go(std::move(out), hop);
           } else {
             judge(out, written.firewall->id, from, hop,
                   [&](Packets allowed) { go(std::move(allowed), hop); });
           }
         });
}

void Walk::judge(const Packets& packets,
                 const std::optional<Id<ZoneFirewall>>& id,
                 const std::string& from, NextHop hop, const Next& next) {
  if (!id) {
    // A firewall that does not exist: nobody knows what was meant.
    gate(packets, {true, true}, {FactKind::kFirewall, kNone},
         DropCode::kFirewallDeny, "firewall:unknown", next);
    return;
  }
  const Index firewall = id->value;
  const std::string name = "firewall:" + parts_.firewalls[firewall].name;
  const std::pair state{HopKind::kRouter, firewall};
  if (options_.reply) {
    gate(packets,
         {options_.passed.contains(state), !options_.passed.contains(state)},
         {FactKind::kFirewall, firewall}, DropCode::kNoState, name, next);
    return;
  }
  const auto zone = [&](const std::string& neighbour) {
    for (std::size_t s = 0; s < parts_.segments.size(); ++s) {
      if (neighbour == "segment:" + parts_.segments[s].name) {
        return zone_of_segment(firewall, static_cast<Index>(s));
      }
    }
    return zone_of(firewall, neighbour);
  };
  Index to = kNone;
  if (hop.kind == HopKind::kSegment) {
    to = zone_of_segment(firewall, hop.index);
  } else if (hop.kind == HopKind::kRouter) {
    to = zone_of(firewall, "router:" + parts_.routers[hop.index].name);
  } else if (hop.kind == HopKind::kSite) {
    to = zone_of(firewall, "site:" + parts_.sites[hop.index].name);
  } else {
    to = zone_of(firewall, "internet");
  }
  filter(packets, compiled_.filters.firewall(firewall, zone(from), to),
         {FactKind::kFirewall, firewall}, DropCode::kFirewallDeny, name,
         [&](Packets allowed) {
           allowed.stateful.insert(state);
           next(std::move(allowed));
         });
}

/// From its router into a segment.
void Walk::to_segment(const Packets& packets, Index segment) {
  if (options_.blocked.contains({PlaceKind::kSegment, segment})) {
    drop(packets, DropCode::kPolicyDeny,
         "segment:" + parts_.segments[segment].name);
  } else {
    own_in_segment(packets, segment);
  }
}

void Walk::own_in_segment(const Packets& packets, Index segment) {
  const std::vector<Index>& hosts = network_.hosts_of_segment[segment];
  const auto receive = [&](const PacketSet& set, Place place) {
    deliver(keep(packets, set), place);
  };
  PacketSet rest = packets.set;
  for (const Index host : hosts) {
    std::vector<IpPrefix> addresses;
    for (const IpAddress& address : parts_.hosts[host].addresses) {
      addresses.push_back(IpPrefix::host(address));
    }
    const IpSet own = IpSet::from_prefixes(addresses);
    receive(rest.restrict_dst(own), {PlaceKind::kHost, host});
    rest = rest.restrict_dst(own.complement());
  }
  if (options_.listed_only && !hosts.empty()) {
    drop(keep(packets, rest), DropCode::kNoSuchAddress,
         "segment:" + parts_.segments[segment].name);
  } else {
    receive(rest, {PlaceKind::kSegment, segment});
  }
}
}  // namespace netproof::engine
