#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "engine/tables.hpp"

namespace netproof::engine {
namespace {

template <class Kind>
bool points_at(const std::optional<Ref<Kind>>& ref, Index object) {
  return ref && ref->id && ref->id->value == object;
}

void learn(Knowledge& known, const Ref<Site>& site,
           const OpenList<WrittenPrefix>& advertised, KnownPrefix like,
           bool v6) {
  if (!site.id) return;
  like.site = site.id->value;
  for (const WrittenPrefix& prefix : advertised.items) {
    if (!v6 && prefix.prefix.family() == Family::kV6) continue;
    like.prefix = prefix.prefix;
    known.prefixes.push_back(like);
  }
  if (advertised.open) known.open_sites.push_back(like.site);
}

void learn(Knowledge& known, const VirtualInterface& vif) {
  if (vif.up.is(false)) return;
  KnownPrefix like;
  like.local_preference = vif.local_preference;
  like.as_path_length = vif.as_path_length;
  like.doubtful = vif.up.unknown;
  learn(known, vif.site, vif.advertised, like, true);
}

/// Longest prefix, then kind, local preference, AS path. `shares`: equal ones
/// share load, else one of them, unknown which (S151, S152).
Fib to_sites(const Knowledge& known, bool shares) {
  std::vector<KnownPrefix> sorted = known.prefixes;
  const auto key = [](const KnownPrefix& prefix) {
    return std::tuple(prefix.prefix, prefix.kind, -prefix.local_preference,
                      prefix.as_path_length, prefix.site);
  };
  std::ranges::stable_sort(sorted, {}, key);

  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < sorted.size();) {
    const auto same = [&](const KnownPrefix& other) {
      return std::tuple(other.prefix, other.kind, other.local_preference,
                        other.as_path_length) ==
             std::tuple(sorted[i].prefix, sorted[i].kind,
                        sorted[i].local_preference, sorted[i].as_path_length);
    };
    std::size_t end = i;
    Candidate candidate{.prefix = sorted[i].prefix,
                        .rank = static_cast<int>(i),
                        .doubtful = true};
    Sharing together;
    for (; end < sorted.size() && same(sorted[end]); ++end) {
      const NextHop hop{HopKind::kSite, sorted[end].site};
      if (!sorted[end].doubtful) candidate.doubtful = false;
      if (std::ranges::find(together, hop) == together.end()) {
        together.push_back(hop);
      }
    }
    if (shares && !candidate.doubtful) {
      candidate.worlds.push_back(std::move(together));
    } else {
      for (const NextHop& hop : together) candidate.worlds.push_back({hop});
    }
    candidates.push_back(std::move(candidate));
    i = end;
  }
  Over over;
  for (const Index site : known.open_sites) {
    over.outside.push_back({{HopKind::kSite, site}});
  }
  return Fib::build(std::move(candidates), over);
}

/// The VPC CIDRs of a VPN gateway that an allowed prefix covers (S90).
std::vector<IpPrefix> advertised_cidrs(
    const Network& network, Index vgw,
    const OpenList<WrittenPrefix>* allowed) {
  std::vector<IpPrefix> found;
  const auto& vpc = network.parts().vpn_gateways[vgw].vpc;
  if (!vpc || !vpc->id) return found;
  for (const IpPrefix& cidr : network.vpcs[vpc->id->index()].cidrs) {
    const bool covered =
        allowed == nullptr ||
        std::ranges::any_of(allowed->items, [&](const WrittenPrefix& one) {
          return one.prefix.contains(cidr);
        });
    if (covered) found.push_back(cidr);
  }
  return found;
}

/// The attachment of a Direct Connect gateway at a transit gateway.
Sharing entry_of(const Network& network, Index dxgw, Index gateway) {
  const auto& attachments = network.parts().transit_attachments;
  for (std::size_t a = 0; a < attachments.size(); ++a) {
    if (points_at(attachments[a].direct_connect, dxgw) &&
        attachments[a].gateway.id &&
        attachments[a].gateway.id->value == gateway) {
      return {{HopKind::kAttachment, static_cast<Index>(a)}};
    }
  }
  return {{HopKind::kNoAttachment, dxgw}};
}

struct Entry {
  std::vector<IpPrefix> prefixes;
  bool open = false;
  Sharing hop;
};

std::vector<Entry> entries_of(const Network& network, Index dxgw) {
  std::vector<Entry> entries;
  for (const DirectConnectAssociation& association :
       network.parts().direct_connect_gateways[dxgw].associations) {
    const auto& allowed = association.allowed_prefixes;
    if (association.transit_gateway && association.transit_gateway->id) {
      Entry entry{{}, allowed.open, {}};
      entry.hop =
          entry_of(network, dxgw, association.transit_gateway->id->value);
      for (const WrittenPrefix& prefix : allowed.items) {
        entry.prefixes.push_back(prefix.prefix);
      }
      entries.push_back(std::move(entry));
    }
    if (association.vpn_gateway && association.vpn_gateway->id) {
      const Index vgw = association.vpn_gateway->id->value;
      entries.push_back({advertised_cidrs(network, vgw, &allowed),
                         allowed.open,
                         {{HopKind::kVpnGateway, vgw}}});
    }
  }
  return entries;
}

Fib dxgw_entry(const Network& network, Index dxgw) {
  std::vector<Candidate> candidates;
  Over over;
  for (const Entry& entry : entries_of(network, dxgw)) {
    for (const IpPrefix& prefix : entry.prefixes) {
      candidates.push_back({.prefix = prefix, .worlds = {entry.hop}});
    }
    if (entry.open) over.outside.push_back(entry.hop);
  }
  merge_equals(candidates);
  return Fib::build(std::move(candidates), over);
}

template <class Object>
std::vector<Fib> for_each(const std::vector<Object>& objects, auto build) {
  std::vector<Fib> fibs;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    fibs.push_back(build(static_cast<Index>(i)));
  }
  return fibs;
}

}  // namespace

Knowledge vgw_knowledge(const Network& network, Index vgw) {
  const TopologyParts& parts = network.parts();
  Knowledge known;
  for (const VpnConnection& vpn : parts.vpn_connections) {
    if (!points_at(vpn.vpn_gateway, vgw) || vpn.up.is(false)) continue;
    KnownPrefix like;
    like.kind = vpn.bgp ? 2 : 1;
    like.as_path_length = vpn.bgp ? vpn.as_path_length : 0;
    like.doubtful = vpn.up.unknown;
    learn(known, vpn.site, vpn.advertised, like, false);
  }
  for (const VirtualInterface& vif : parts.virtual_interfaces) {
    if (points_at(vif.vpn_gateway, vgw)) learn(known, vif);
  }
  for (std::size_t d = 0; d < parts.direct_connect_gateways.size(); ++d) {
    for (const auto& association :
         parts.direct_connect_gateways[d].associations) {
      if (!points_at(association.vpn_gateway, vgw)) continue;
      const Knowledge behind = dxgw_knowledge(network, static_cast<Index>(d));
      known.prefixes.insert(known.prefixes.end(), behind.prefixes.begin(),
                            behind.prefixes.end());
      known.open_sites.insert(known.open_sites.end(),
                              behind.open_sites.begin(),
                              behind.open_sites.end());
    }
  }
  return known;
}

Knowledge dxgw_knowledge(const Network& network, Index dxgw) {
  Knowledge known;
  for (const VirtualInterface& vif : network.parts().virtual_interfaces) {
    if (points_at(vif.gateway, dxgw)) learn(known, vif);
  }
  return known;
}

std::vector<Fib> vgw_tables(const Network& network) {
  return for_each(network.parts().vpn_gateways, [&](Index vgw) {
    return to_sites(vgw_knowledge(network, vgw), false);
  });
}

std::vector<Fib> dxgw_tables(const Network& network) {
  return for_each(network.parts().direct_connect_gateways, [&](Index dxgw) {
    return to_sites(dxgw_knowledge(network, dxgw), true);
  });
}

std::vector<Fib> dxgw_entry_tables(const Network& network) {
  return for_each(network.parts().direct_connect_gateways,
                  [&](Index dxgw) { return dxgw_entry(network, dxgw); });
}

namespace {

/// Collects what one site has learned over its links (S153).
class SiteBuilder {
 public:
  SiteBuilder(const Network& network,
              const std::vector<std::vector<Index>>& association,
              const std::vector<std::vector<IpPrefix>>& lines, Index site)
      : network_{network},
        association_{association},
        lines_{lines},
        site_{site} {}

  Fib build() {
    const TopologyParts& parts = network_.parts();
    for (std::size_t i = 0; i < parts.virtual_interfaces.size(); ++i) {
      add(parts.virtual_interfaces[i], static_cast<Index>(i));
    }
    for (std::size_t i = 0; i < parts.vpn_connections.size(); ++i) {
      add(parts.vpn_connections[i], static_cast<Index>(i));
    }
    for (std::size_t i = 0; i < parts.routers.size(); ++i) {
      add_router(static_cast<Index>(i));
    }
    rank_by_preference();
    merge_equals(candidates_);
    return Fib::build(std::move(candidates_), over_);
  }

 private:
  struct Link {
    Sharing hop;
    bool doubtful = false;
    std::optional<int> preference;
  };

  void learned(const Link& link, const IpPrefix& prefix) {
    candidates_.push_back({.prefix = prefix,
                           .worlds = {link.hop},
                           .doubtful = link.doubtful});
    preferences_.push_back(link.preference);
  }

  void add(const VirtualInterface& vif, Index index) {
    if (!vif.site.id || vif.site.id->value != site_ || vif.up.is(false)) return;
    const Link link{{{HopKind::kVirtualInterface, index}},
                    vif.up.unknown,
                    vif.site_preference};
    if (vif.gateway && vif.gateway->id) {
      for (const Entry& entry : entries_of(network_, vif.gateway->id->value)) {
        for (const IpPrefix& prefix : entry.prefixes) learned(link, prefix);
        if (entry.open) over_.outside.push_back(link.hop);
      }
    } else if (vif.vpn_gateway && vif.vpn_gateway->id) {
      const Index vgw = vif.vpn_gateway->id->value;
      for (const IpPrefix& cidr : advertised_cidrs(network_, vgw, nullptr)) {
        learned(link, cidr);
      }
    }
  }

  void add(const VpnConnection& vpn, Index index) {
    if (!vpn.site.id || vpn.site.id->value != site_ || vpn.up.is(false)) return;
    const Link link{
        {{HopKind::kVpn, index}}, vpn.up.unknown, vpn.site_preference};
    if (vpn.site_routes) {
      for (const WrittenPrefix& prefix : vpn.site_routes->items) {
        learned(link, prefix.prefix);
      }
      if (vpn.site_routes->open) over_.outside.push_back(link.hop);
    } else if (!vpn.bgp) {
      over_.outside.push_back(link.hop);
    } else if (vpn.vpn_gateway) {
      if (vpn.vpn_gateway->id) add_vgw(link, vpn.vpn_gateway->id->value);
    } else {
      add_transit(link, index);
    }
  }

  void add_vgw(const Link& link, Index vgw) {
    for (const IpPrefix& cidr : advertised_cidrs(network_, vgw, nullptr)) {
      if (cidr.family() == Family::kV4) learned(link, cidr);
    }
    const Knowledge known = vgw_knowledge(network_, vgw);
    for (const KnownPrefix& other : known.prefixes) {
      if (other.site == site_ || other.prefix.family() == Family::kV6) continue;
      Link cloud_hub = link;
      cloud_hub.doubtful = link.doubtful || other.doubtful;
      learned(cloud_hub, other.prefix);
    }
    if (std::ranges::any_of(known.open_sites,
                            [&](Index site) { return site != site_; })) {
      over_.outside.push_back(link.hop);
    }
  }

  void add_transit(const Link& link, Index vpn) {
    const auto& attachments = network_.parts().transit_attachments;
    for (std::size_t a = 0; a < attachments.size(); ++a) {
      if (!points_at(attachments[a].vpn, vpn)) continue;
      for (const Index table : association_[a]) {
        if (table == kNone) continue;
        for (const IpPrefix& prefix : lines_[table]) learned(link, prefix);
        const auto& written = network_.parts().transit_route_tables[table];
        if (written.routes.open) over_.outside.push_back(link.hop);
      }
    }
  }

  void add_router(Index router) {
    const TopologyParts& parts = network_.parts();
    const auto& routes = parts.routers[router].routes.items;
    const bool linked = std::ranges::any_of(
        routes, [&](const RouterRoute& r) { return points_at(r.site, site_); });
    if (!linked) return;
    for (std::size_t s = 0; s < parts.segments.size(); ++s) {
      if (!points_at(parts.segments[s].router, router)) continue;
      for (const WrittenPrefix& prefix : parts.segments[s].prefixes.items) {
        learned({{{HopKind::kRouter, router}}, false, std::nullopt},
                prefix.prefix);
      }
    }
  }

  // Preference counts only among links that all have one.
  void rank_by_preference() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      bool all = true;
      for (std::size_t j = 0; j < candidates_.size(); ++j) {
        if (candidates_[j].prefix == candidates_[i].prefix) {
          all = all && preferences_[j].has_value();
        }
      }
      candidates_[i].rank = all ? -*preferences_[i] : 0;
    }
  }

  const Network& network_;
  const std::vector<std::vector<Index>>& association_;
  const std::vector<std::vector<IpPrefix>>& lines_;
  Index site_;
  std::vector<Candidate> candidates_;
  std::vector<std::optional<int>> preferences_;
  Over over_;
};

/// Any other router, any site, the internet, or nowhere (S154).
std::vector<Sharing> anywhere(const Network& network, Index router) {
  std::vector<Sharing> worlds;
  for (std::size_t r = 0; r < network.parts().routers.size(); ++r) {
    if (r != router) worlds.push_back({{HopKind::kRouter, static_cast<Index>(r)}});
  }
  for (std::size_t s = 0; s < network.parts().sites.size(); ++s) {
    worlds.push_back({{HopKind::kSite, static_cast<Index>(s)}});
  }
  worlds.push_back({{HopKind::kInternet, 0}});
  worlds.push_back({NextHop{}});
  return worlds;
}

std::vector<Sharing> worlds_of(const Network& network, Index router,
                               const RouterRoute& route) {
  if (route.blackhole) return {{{HopKind::kBlackhole, 0}}};
  if (route.internet) return {{{HopKind::kInternet, 0}}};
  if (route.router && route.router->id) {
    return {{{HopKind::kRouter, route.router->id->value}}};
  }
  if (route.site && route.site->id) {
    return {{{HopKind::kSite, route.site->id->value}}};
  }
  return anywhere(network, router);
}

Fib router_table(const Network& network, Index router) {
  const TopologyParts& parts = network.parts();
  std::vector<Candidate> candidates;
  Over over;
  for (std::size_t s = 0; s < parts.segments.size(); ++s) {
    if (!points_at(parts.segments[s].router, router)) continue;
    const Sharing hop = {{HopKind::kSegment, static_cast<Index>(s)}};
    for (const WrittenPrefix& prefix : parts.segments[s].prefixes.items) {
      candidates.push_back({.prefix = prefix.prefix, .worlds = {hop}});
    }
    if (parts.segments[s].prefixes.open) over.outside.push_back(hop);
  }
  for (const RouterRoute& route : parts.routers[router].routes.items) {
    candidates.push_back({.prefix = route.destination.prefix,
                          .rank = 1,
                          .worlds = worlds_of(network, router, route)});
  }
  if (parts.routers[router].routes.open) {
    for (Sharing& world : anywhere(network, router)) {
      over.outside.push_back(std::move(world));
    }
  }
  merge_equals(candidates);
  return Fib::build(std::move(candidates), over);
}

}  // namespace

std::vector<Fib> site_tables(
    const Network& network, const std::vector<std::vector<Index>>& association,
    const std::vector<std::vector<IpPrefix>>& lines) {
  return for_each(network.parts().sites, [&](Index site) {
    return SiteBuilder{network, association, lines, site}.build();
  });
}

std::vector<Fib> router_tables(const Network& network) {
  return for_each(network.parts().routers, [&](Index router) {
    return router_table(network, router);
  });
}

Tables::Tables(const Network& network)
    : vpc{vpc_tables(network)}, association{associations(network)} {
  std::vector<std::vector<IpPrefix>> lines;
  transit = transit_tables(network, lines);
  vgw = vgw_tables(network);
  dxgw = dxgw_tables(network);
  dx_entry = dxgw_entry_tables(network);
  site = site_tables(network, association, lines);
  router = router_tables(network);
}

}  // namespace netproof::engine
