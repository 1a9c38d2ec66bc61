#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "engine/tables.hpp"

namespace netproof::engine {
namespace {

// What a link without a written MED counts as (S43).
constexpr int kDirectConnectMed = 0;
constexpr int kVpnMed = 100;

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
  if (!advertised.open) return;
  (v6 ? known.open_sites : known.open_sites_v4).push_back(like.site);
}

void learn(Knowledge& known, const VirtualInterface& vif) {
  if (vif.up.is(false)) return;
  KnownPrefix like;
  like.local_preference = vif.local_preference;
  like.as_path_length = vif.as_path_length;
  like.med = vif.med.value_or(kDirectConnectMed);
  like.doubtful = vif.up.unknown;
  learn(known, vif.site, vif.advertised, like, true);
}

/// Longest prefix, then kind, local preference, AS path, MED. `shares`: equal
/// ones share load, else one of them, unknown which (S151, S152).
Fib to_sites(const Knowledge& known, bool shares) {
  std::vector<KnownPrefix> sorted = known.prefixes;
  const auto key = [](const KnownPrefix& prefix) {
    return std::tuple(prefix.prefix, prefix.kind, -prefix.local_preference,
                      prefix.as_path_length, prefix.med, prefix.site);
  };
  std::ranges::stable_sort(sorted, {}, key);

  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < sorted.size();) {
    const auto same = [&](const KnownPrefix& other) {
      const KnownPrefix& first = sorted[i];
      return std::tuple(other.prefix, other.kind, other.local_preference,
                        other.as_path_length, other.med) ==
             std::tuple(first.prefix, first.kind, first.local_preference,
                        first.as_path_length, first.med);
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
  for (const Index site : known.open_sites_v4) {
    over.outside_v4.push_back({{HopKind::kSite, site}});
  }
  return Fib::build(std::move(candidates), over);
}

Fib dxgw_entry(const Network& network, Index vif) {
  std::vector<Candidate> candidates;
  Over over;
  for (const Entry& entry : entries_of(network, vif)) {
    for (const IpPrefix& prefix : entry.prefixes) {
      candidates.push_back({.prefix = prefix, .worlds = {entry.hop}});
    }
    for (const IpPrefix& prefix : entry.doubtful) {
      candidates.push_back(
          {.prefix = prefix, .worlds = {entry.hop}, .doubtful = true});
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
    like.med = vpn.bgp ? vpn.med.value_or(kVpnMed) : 0;
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
      known.open_sites.insert(known.open_sites.end(), behind.open_sites.begin(),
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
  return for_each(network.parts().virtual_interfaces,
                  [&](Index vif) { return dxgw_entry(network, vif); });
}

// CloudHub (S98): what the gateway knows of the other sites.
std::vector<Fib> hub_tables(const Network& network) {
  std::vector<Fib> fibs;
  for (std::size_t v = 0; v < network.parts().vpn_gateways.size(); ++v) {
    const Knowledge known = vgw_knowledge(network, static_cast<Index>(v));
    for (Index site = 0; site < network.parts().sites.size(); ++site) {
      Knowledge others = known;
      std::erase_if(others.prefixes, [&](const KnownPrefix& prefix) {
        return prefix.site == site;
      });
      std::erase(others.open_sites, site);
      std::erase(others.open_sites_v4, site);
      fibs.push_back(to_sites(others, false));
    }
  }
  return fibs;
}

namespace {

/// Any other router, any site, the internet, or nowhere (S154).
std::vector<Sharing> anywhere(const Network& network, Index router) {
  std::vector<Sharing> worlds;
  for (std::size_t r = 0; r < network.parts().routers.size(); ++r) {
    if (r != router)
      worlds.push_back({{HopKind::kRouter, static_cast<Index>(r)}});
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

std::vector<Fib> router_tables(const Network& network) {
  return for_each(network.parts().routers,
                  [&](Index router) { return router_table(network, router); });
}

Tables::Tables(const Network& network)
    : vpc{vpc_tables(network)}, association{associations(network)} {
  std::vector<ActiveLines> lines;
  transit = transit_tables(network, lines);
  vgw = vgw_tables(network);
  hub = hub_tables(network);
  dxgw = dxgw_tables(network);
  dx_entry = dxgw_entry_tables(network);
  site = site_tables(network, association, lines);
  router = router_tables(network);
  passed_through = vpcs_passed_through(network, transit);
}

}  // namespace netproof::engine
