#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {

/// A site, from outside or as the sender (S153).
Tree Walk::into_site(Packet packet, std::uint32_t site, bool by_link) {
  const Site& one = view_.parts().sites[site];
  const Place place{PlaceKind::kSite, site};
  const std::string at = "site:" + one.name;
  packet.subnet.reset();
  packet.zone.clear();
  packet.home.reset();
  packet.other_ways = true;
  if (by_link && blocked(place)) {
    return drop(std::move(packet), DropCode::kPolicyDeny, at);
  }
  if (auto loop = visit(packet, at, false)) return *loop;
  const auto own = [&](Packet p) { return deliver(std::move(p), place); };
  const auto beyond = [&](Packet p) {
    return beyond_site(std::move(p), site, by_link);
  };
  const Answer3 owns = contains(one.prefixes.items, packet.flow.dst)
                           ? Answer3::kYes
                       : one.prefixes.open ? Answer3::kUnknown
                                           : Answer3::kNo;
  const Fact fact{at + " owns " + to_string(packet.flow.dst),
                  at + " may own another prefix"};
  return yes_no(std::move(packet), owns, fact, own, beyond);
}

Tree Walk::beyond_site(Packet packet, std::uint32_t site, bool by_link) {
  const Site& one = view_.parts().sites[site];
  const std::string at = "site:" + one.name;
  if (one.internet && view_.is_internet(packet.flow.dst)) {
    return deliver(std::move(packet), Place{PlaceKind::kInternet, 0});
  }
  const auto out = [&](Packet p) { return out_of_site(std::move(p), site); };
  if (!by_link) return out(std::move(packet));
  const Answer3 transit = one.transit.unknown ? Answer3::kUnknown
                          : one.transit.value ? Answer3::kYes
                                              : Answer3::kNo;
  return yes_no(std::move(packet), transit,
                Fact{at + " transit", "nobody knows whether " + at +
                                          " forwards between its links"},
                out, [&](Packet p) {
                  return drop(std::move(p), DropCode::kNoSuchAddress, at, "",
                              one.transit.where);
                });
}

/// The tables that the site's VPNs at transit gateways are in.
Tree Walk::with_vpn_tables(Packet packet, std::uint32_t site, std::size_t vpn,
                           VpnTables tables,
                           const std::function<Tree(Packet, VpnTables)>& next) {
  const TopologyParts& parts = view_.parts();
  if (vpn == parts.vpn_connections.size()) {
    return next(std::move(packet), std::move(tables));
  }
  tables.emplace_back();
  const VpnConnection& one = parts.vpn_connections[vpn];
  const bool asks = one.site.id == Id<Site>{site} && one.bgp &&
                    !one.site_routes && !one.vpn_gateway &&
                    (one.up.unknown || one.up.value);
  const auto& all = parts.transit_attachments;
  const auto at = std::ranges::find_if(all, [&](const TransitAttachment& a) {
    return a.kind == AttachmentKind::kVpn && a.vpn &&
           a.vpn->id == Id<VpnConnection>{static_cast<std::uint32_t>(vpn)};
  });
  if (!asks || at == all.end()) {
    return with_vpn_tables(std::move(packet), site, vpn + 1, std::move(tables),
                           next);
  }
  return with_association(std::move(packet),
                          static_cast<std::uint32_t>(at - all.begin()),
                          "site:" + parts.sites[site].name + ": ",
                          [&](Packet p, std::optional<std::uint32_t> table) {
                            VpnTables more = tables;
                            more.back() = table;
                            return with_vpn_tables(std::move(p), site, vpn + 1,
                                                   std::move(more), next);
                          });
}

/// Out by the link with the longest prefix, then by the site's preference.
Tree Walk::out_of_site(Packet packet, std::uint32_t site) {
  const Site& one = view_.parts().sites[site];
  const std::string at = "site:" + one.name;
  const auto take = [&](Packet p, const SiteLink& link) {
    hop(p, at, "routed", link.prefix + " -> " + link.name, link.where);
    return this->by_link(std::move(p), site, link);
  };
  const auto known = [&](Packet p, const VpnTables& tables) {
    auto links = links_of_site(view_, site, p.flow.dst, tables);
    return climb<SiteLink>(
        std::move(p), at, std::move(links),
        [&](Packet q, std::vector<const SiteLink*> rung) {
          if (rung.empty()) {
            return drop(std::move(q), DropCode::kNotAdvertised, at, "",
                        one.where);
          }
          const bool all_have = std::ranges::all_of(
              rung,
              [](const SiteLink* l) { return l->preference.has_value(); });
          if (all_have) {
            const auto best = std::ranges::max(
                rung, {}, [](const SiteLink* l) { return *l->preference; });
            std::erase_if(rung, [&](const SiteLink* l) {
              return l->preference != best->preference;
            });
          }
          std::vector<const SiteLink*> links_here;
          for (const SiteLink* link : rung) {
            if (std::ranges::none_of(links_here, [&](const SiteLink* l) {
                  return l->name == link->name;
                })) {
              links_here.push_back(link);
            }
          }
          return one_link(std::move(q), at, links_here, take);
        });
  };
  const auto asked = [&](Packet p, const VpnTables& tables) {
    const auto opens = open_links_of_site(view_, site, p.flow.dst, tables);
    std::vector<Fact> facts;
    for (const OpenLink& open : opens) facts.push_back(open.fact);
    return ask_open(
        std::move(p), facts,
        [&](Packet q, std::size_t which) {
          return take(std::move(q), opens[which].link);
        },
        [&](Packet q) { return known(std::move(q), tables); });
  };
  return with_vpn_tables(std::move(packet), site, 0, {}, asked);
}

Tree Walk::by_link(Packet packet, std::uint32_t site, const SiteLink& link) {
  const TopologyParts& parts = view_.parts();
  if (link.kind == SiteLink::Kind::kRouter) {
    return into_router(std::move(packet), link.index,
                       "site:" + parts.sites[site].name);
  }
  if (link.kind == SiteLink::Kind::kVirtualInterface) {
    const VirtualInterface& vif = parts.virtual_interfaces[link.index];
    if (vif.gateway && vif.gateway->id) {
      return from_virtual_interface(std::move(packet), link.index);
    }
    return from_link_to_vpn_gateway(std::move(packet),
                                    vif.vpn_gateway->id->value, site);
  }
  const VpnConnection& vpn = parts.vpn_connections[link.index];
  if (vpn.vpn_gateway && vpn.vpn_gateway->id) {
    return from_link_to_vpn_gateway(std::move(packet),
                                    vpn.vpn_gateway->id->value, site);
  }
  std::vector<std::uint32_t> attachments;
  std::vector<std::string> names;
  for (std::uint32_t a = 0; a < parts.transit_attachments.size(); ++a) {
    const TransitAttachment& one = parts.transit_attachments[a];
    if (one.kind == AttachmentKind::kVpn && one.vpn &&
        one.vpn->id == Id<VpnConnection>{link.index}) {
      attachments.push_back(a);
      names.push_back("attachment:" + one.name);
    }
  }
  const Fact fact{link.name + " attachment",
                  link.name + " has several attachments"};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  const std::uint32_t a = attachments[which];
                  return available(std::move(p), a, [&](Packet q) {
                    return from_attachment(std::move(q), a);
                  });
                });
}

}  // namespace netproof::reference
