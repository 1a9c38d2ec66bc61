#include <algorithm>
#include <optional>
#include <utility>

#include "engine/tables.hpp"

namespace netproof::engine {
namespace {

template <class Kind>
bool points_at(const std::optional<Ref<Kind>>& ref, Index object) {
  return ref && ref->id && ref->id->value == object;
}

/// The VPC CIDRs of a VPN gateway that an allowed prefix covers (S90).
std::vector<IpPrefix> advertised_cidrs(const Network& network, Index vgw,
                                       const OpenList<WrittenPrefix>* allowed) {
  std::vector<IpPrefix> found;
  const auto& vpc = network.parts().vpn_gateways[vgw].vpc;
  if (!vpc || !vpc->id) return found;
  const Vpc& written = network.parts().vpcs[vpc->id->index()];
  for (const WrittenPrefix& cidr : written.cidrs.items) {
    const bool covered =
        allowed == nullptr ||
        std::ranges::any_of(allowed->items, [&](const WrittenPrefix& one) {
          return one.prefix.contains(cidr.prefix);
        });
    if (covered) found.push_back(cidr.prefix);
  }
  return found;
}

bool has_open_cidrs(const Network& network, Index vgw) {
  const auto& vpc = network.parts().vpn_gateways[vgw].vpc;
  return vpc && vpc->id && network.parts().vpcs[vpc->id->index()].cidrs.open;
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

void add_association(const Network& network, Index dxgw,
                     const DirectConnectAssociation& association,
                     std::vector<Entry>& entries) {
  const auto& allowed = association.allowed_prefixes;
  if (association.transit_gateway && association.transit_gateway->id) {
    Entry entry;
    entry.open = allowed.open;
    entry.hop = entry_of(network, dxgw, association.transit_gateway->id->value);
    for (const WrittenPrefix& prefix : allowed.items) {
      entry.prefixes.push_back(prefix.prefix);
    }
    entries.push_back(std::move(entry));
  } else if (association.vpn_gateway && association.vpn_gateway->id) {
    const Index vgw = association.vpn_gateway->id->value;
    Entry entry;
    entry.open = has_open_cidrs(network, vgw);
    entry.hop = {{HopKind::kVpnGateway, vgw}};
    entry.prefixes = advertised_cidrs(network, vgw, &allowed);
    if (allowed.open) {
      entry.doubtful = advertised_cidrs(network, vgw, nullptr);
    }
    entries.push_back(std::move(entry));
  }
}

/// With SiteLink on both, the other virtual interfaces of a gateway (S96).
void add_site_links(const Network& network, const VirtualInterface& link,
                    std::vector<Entry>& entries) {
  for (const VirtualInterface& other : network.parts().virtual_interfaces) {
    const bool linked = link.site_link && other.site_link && other.site.id &&
                        other.site.id != link.site.id && other.gateway &&
                        other.gateway->id == link.gateway->id;
    if (!linked || other.up.is(false)) continue;
    Entry entry;
    entry.open = other.advertised.open;
    entry.hop = {{HopKind::kSite, other.site.id->value}};
    auto& prefixes = other.up.unknown ? entry.doubtful : entry.prefixes;
    for (const WrittenPrefix& prefix : other.advertised.items) {
      prefixes.push_back(prefix.prefix);
    }
    entries.push_back(std::move(entry));
  }
}

/// Collects what one site has learned over its links (S153).
class SiteBuilder {
 public:
  SiteBuilder(const Network& network,
              const std::vector<std::vector<Index>>& association,
              const std::vector<ActiveLines>& lines, Index site)
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
    candidates_.push_back(
        {.prefix = prefix, .worlds = {link.hop}, .doubtful = link.doubtful});
    preferences_.push_back(link.preference);
  }

  void add(const VirtualInterface& vif, Index index) {
    if (!vif.site.id || vif.site.id->value != site_ || vif.up.is(false)) return;
    const Link link{{{HopKind::kVirtualInterface, index}},
                    vif.up.unknown,
                    vif.site_preference};
    if (vif.gateway && vif.gateway->id) {
      Link perhaps = link;
      perhaps.doubtful = true;
      for (const Entry& entry : entries_of(network_, index)) {
        for (const IpPrefix& prefix : entry.prefixes) learned(link, prefix);
        for (const IpPrefix& prefix : entry.doubtful) learned(perhaps, prefix);
        if (entry.open) over_.outside.push_back(link.hop);
      }
    } else if (vif.vpn_gateway && vif.vpn_gateway->id) {
      const Index vgw = vif.vpn_gateway->id->value;
      for (const IpPrefix& cidr : advertised_cidrs(network_, vgw, nullptr)) {
        learned(link, cidr);
      }
      if (has_open_cidrs(network_, vgw)) over_.outside.push_back(link.hop);
    }
  }

  void add(const VpnConnection& vpn, Index index) {
    if (!vpn.site.id || vpn.site.id->value != site_ || vpn.up.is(false)) return;
    const Link link{
        {{HopKind::kVpn, index}}, vpn.up.unknown, vpn.site_preference};
    // A VPN gateway carries IPv4 only over VPNs (S25).
    const bool v4_only = vpn.vpn_gateway.has_value();
    auto& over = v4_only ? over_.outside_v4 : over_.outside;
    if (vpn.site_routes) {
      for (const WrittenPrefix& prefix : vpn.site_routes->items) {
        if (v4_only && prefix.prefix.family() == Family::kV6) continue;
        learned(link, prefix.prefix);
      }
      if (vpn.site_routes->open) over.push_back(link.hop);
    } else if (!vpn.bgp) {
      over.push_back(link.hop);
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
    const auto another = [&](Index site) { return site != site_; };
    const bool open = std::ranges::any_of(known.open_sites, another) ||
                      std::ranges::any_of(known.open_sites_v4, another);
    if (open || has_open_cidrs(network_, vgw)) {
      over_.outside_v4.push_back(link.hop);
    }
  }

  void add_transit(const Link& link, Index vpn) {
    const auto& attachments = network_.parts().transit_attachments;
    for (std::size_t a = 0; a < attachments.size(); ++a) {
      if (!points_at(attachments[a].vpn, vpn)) continue;
      for (const Index table : association_[a]) {
        if (table != kNone) add_table(link, table, association_[a]);
      }
    }
  }

  /// Of several tables that the attachment may be in, one.
  void add_table(const Link& link, Index table,
                 const std::vector<Index>& tables) {
    for (const IpPrefix& prefix : lines_[table].prefixes) {
      Link one = link;
      for (const Index other : tables) {
        const bool there = other != kNone &&
                           std::ranges::find(lines_[other].prefixes, prefix) !=
                               lines_[other].prefixes.end();
        one.doubtful = one.doubtful || !there;
      }
      learned(one, prefix);
    }
    if (lines_[table].open_v6) {
      over_.outside.push_back(link.hop);
    } else if (lines_[table].open_v4) {
      over_.outside_v4.push_back(link.hop);
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
      if (parts.segments[s].prefixes.open) {
        over_.outside.push_back({{HopKind::kRouter, router}});
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
  const std::vector<ActiveLines>& lines_;
  Index site_;
  std::vector<Candidate> candidates_;
  std::vector<std::optional<int>> preferences_;
  Over over_;
};

}  // namespace

std::vector<Entry> entries_of(const Network& network, Index vif) {
  const TopologyParts& parts = network.parts();
  const VirtualInterface& link = parts.virtual_interfaces[vif];
  std::vector<Entry> entries;
  if (!link.gateway || !link.gateway->id) return entries;
  const Index dxgw = link.gateway->id->value;
  for (const DirectConnectAssociation& association :
       parts.direct_connect_gateways[dxgw].associations) {
    add_association(network, dxgw, association, entries);
  }
  add_site_links(network, link, entries);
  return entries;
}

std::vector<Fib> site_tables(const Network& network,
                             const std::vector<std::vector<Index>>& association,
                             const std::vector<ActiveLines>& lines) {
  std::vector<Fib> fibs;
  for (Index site = 0; site < network.parts().sites.size(); ++site) {
    fibs.push_back(SiteBuilder{network, association, lines, site}.build());
  }
  return fibs;
}

}  // namespace netproof::engine
