#include <algorithm>
#include <utility>

#include "engine/walk.hpp"

namespace netproof::engine {
namespace {

template <class Kind>
bool points_at(const std::optional<Ref<Kind>>& ref, Index object) {
  return ref && ref->id && ref->id->value == object;
}

}  // namespace

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

void Walk::to_site_from_inside(Packets packets, Index site) {
  packets.visited.emplace_back(HopKind::kSite, site);
  at_site(std::move(packets), site, false);
}

// S153, for packets that come in over a link.
void Walk::to_site(Packets packets, Index site) {
  if (packets.set.empty()) return;
  const std::string name = "site:" + parts_.sites[site].name;
  if (options_.blocked.contains({PlaceKind::kSite, site})) {
    drop(packets, DropCode::kPolicyDeny, name);
    return;
  }
  if (!visit(packets, HopKind::kSite, site, name)) return;
  at_site(std::move(packets), site, true);
}

void Walk::at_site(Packets packets, Index site, bool by_link) {
  const Site& written = parts_.sites[site];
  const Place place{PlaceKind::kSite, site};
  packets.carried = {};
  const IpSet& own = network_.site_prefixes[site];
  deliver(keep(packets, packets.set.restrict_dst(own)), place);
  packets.set = packets.set.restrict_dst(own.complement());
  const auto go_on = [&](Packets on) {
    if (written.internet) {
      const IpSet outside = global_unicast() - network_.owned;
      deliver(keep(on, on.set.restrict_dst(outside)), {});
      on.set = on.set.restrict_dst(outside.complement());
    }
    if (!by_link) {
      leave_site(on, site);
      return;
    }
    gate(on, written.transit, {FactKind::kSiteTransit, site},
         DropCode::kNoSuchAddress, "site:" + written.name,
         [&](const Packets& out) { leave_site(out, site); });
  };
  if (written.prefixes.open) {
    fork(packets, {FactKind::kSitePrefixes, site}, 2,
         [&](const Packets& one, std::size_t i) {
           if (i == 0) {
             deliver(one, place);
           } else {
             go_on(one);
           }
         });
  } else {
    go_on(packets);
  }
}

void Walk::leave_site(const Packets& packets, Index site) {
  if (packets.set.empty()) return;
  decide(packets, compiled_.tables.site[site], {FactKind::kSiteTable, site},
         [&](const Packets& out, NextHop hop) {
           switch (hop.kind) {
             case HopKind::kVirtualInterface:
               to_virtual_interface(out, hop.index);
               break;
             case HopKind::kVpn:
               to_vpn(out, hop.index);
               break;
             case HopKind::kRouter:
               to_router(out, hop.index, "site:" + parts_.sites[site].name);
               break;
             default:
               drop(out, DropCode::kNotAdvertised,
                    "site:" + parts_.sites[site].name);
           }
         });
}

void Walk::to_virtual_interface(const Packets& packets, Index vif) {
  const VirtualInterface& written = parts_.virtual_interfaces[vif];
  if (written.gateway && written.gateway->id) {
    enter_direct_connect(packets, vif);
  } else if (written.vpn_gateway && written.vpn_gateway->id) {
    from_vpn_gateway(packets, written.vpn_gateway->id->value,
                     written.site.id->value);
  } else {
    drop(packets, DropCode::kNotAdvertised, "vif:" + written.name);
  }
}

void Walk::to_vpn(const Packets& packets, Index vpn) {
  const VpnConnection& written = parts_.vpn_connections[vpn];
  const std::string name = "vpn:" + written.name;
  if (written.vpn_gateway) {
    drop(keep(packets, packets.set.only(Family::kV6)),
         DropCode::kFamilyNotCarried, name);
    const Packets v4 = keep(packets, packets.set.only(Family::kV4));
    if (written.vpn_gateway->id) {
      from_vpn_gateway(v4, written.vpn_gateway->id->value,
                       written.site.id->value);
    } else {
      drop(v4, DropCode::kNotAdvertised, name);
    }
    return;
  }
  for (std::size_t a = 0; a < parts_.transit_attachments.size(); ++a) {
    const TransitAttachment& attachment = parts_.transit_attachments[a];
    if (!points_at(attachment.vpn, vpn)) continue;
    gate(packets, attachment.available,
         {FactKind::kAttachmentState, static_cast<Index>(a)},
         DropCode::kStateNotActive, "attachment:" + attachment.name,
         [&](Packets in) {
           enter_transit(std::move(in), static_cast<Index>(a));
         });
    return;
  }
  drop(packets, DropCode::kTgwNoAssociation, name);
}

void Walk::enter_direct_connect(const Packets& packets, Index vif) {
  const VirtualInterface& link = parts_.virtual_interfaces[vif];
  const std::string name =
      "dxgw:" + parts_.direct_connect_gateways[link.gateway->id->index()].name;
  decide(packets, compiled_.tables.dx_entry[vif],
         {FactKind::kDirectConnectEntry, vif},
         [&](const Packets& in, NextHop hop) {
           if (hop.kind == HopKind::kAttachment) {
             const TransitAttachment& attachment =
                 parts_.transit_attachments[hop.index];
             gate(in, attachment.available,
                  {FactKind::kAttachmentState, hop.index},
                  DropCode::kStateNotActive, "attachment:" + attachment.name,
                  [&](Packets up) { enter_transit(std::move(up), hop.index); });
           } else if (hop.kind == HopKind::kVpnGateway) {
             from_vpn_gateway(in, hop.index, link.site.id->value);
           } else if (hop.kind == HopKind::kSite) {
             to_site(in, hop.index);  // S96
           } else if (hop.kind == HopKind::kNoAttachment) {
             drop(in, DropCode::kTgwNoAssociation, name);
           } else {
             drop(in, DropCode::kNotAdvertised, name);
           }
         });
}

void Walk::leave_direct_connect(const Packets& packets, Index dxgw) {
  decide(packets, compiled_.tables.dxgw[dxgw],
         {FactKind::kDirectConnectTable, dxgw}, [&](Packets out, NextHop hop) {
           if (hop.kind == HopKind::kSite) {
             to_site(std::move(out), hop.index);
           } else {
             drop(out, DropCode::kNoRoute,
                  "dxgw:" + parts_.direct_connect_gateways[dxgw].name);
           }
         });
}

void Walk::to_vpn_gateway(Packets packets, Index gateway) {
  packets.carried = {};
  leave_vpn_gateway(packets, gateway, compiled_.tables.vgw[gateway],
                    {FactKind::kVpnGatewayTable, gateway});
}

void Walk::leave_vpn_gateway(const Packets& packets, Index gateway,
                             const Fib& table, Fact fact) {
  decide(packets, table, fact, [&](Packets out, NextHop hop) {
    if (hop.kind == HopKind::kSite) {
      to_site(std::move(out), hop.index);
    } else {
      drop(out, DropCode::kNoRoute, "vgw:" + parts_.vpn_gateways[gateway].name);
    }
  });
}

/// Packets of `site`, by a link of the gateway.
void Walk::from_vpn_gateway(Packets packets, Index gateway, Index site) {
  const auto& vpc = parts_.vpn_gateways[gateway].vpc;
  packets.carried = {};
  if (vpc && vpc->id) {
    const IpSet& ours = network_.vpcs[vpc->id->index()].cidr_set;
    const Packets in = keep(packets, packets.set.restrict_dst(ours));
    packets.set = packets.set.restrict_dst(ours.complement());
    if (!in.set.empty() &&
        !edge(in, TargetKind::kVpnGateway, gateway, vpc->id->value)) {
      local(in, vpc->id->value, kNone);
    }
  }
  // CloudHub: another site that the gateway knows (S98).
  const auto sites = static_cast<Index>(parts_.sites.size());
  leave_vpn_gateway(packets, gateway,
                    compiled_.tables.hub[gateway * sites + site],
                    {FactKind::kCloudHub, gateway * sites + site});
}

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
  gate(keep(packets, packets.set.restrict_dst(block)), isolated.may_be(false),
       isolated.may_be(true), {FactKind::kPortIsolation, segment},
       DropCode::kFirewallDeny, name,
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
    gate(packets, true, true, {FactKind::kFirewall, kNone},
         DropCode::kFirewallDeny, "firewall:unknown", next);
    return;
  }
  const Index firewall = id->value;
  const std::string name = "firewall:" + parts_.firewalls[firewall].name;
  const std::pair state{HopKind::kRouter, firewall};
  if (options_.reply) {
    gate(packets, options_.passed.contains(state),
         !options_.passed.contains(state), {FactKind::kFirewall, firewall},
         DropCode::kNoState, name, next);
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
