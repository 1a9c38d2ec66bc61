#include <algorithm>

#include "reference/hybrid_lists.hpp"
#include "reference/transit_lines.hpp"

namespace netproof::reference {
namespace {

bool maybe_up(const Open<bool>& up) { return up.unknown || up.value; }

bool shares_by_site_link(const VirtualInterface& a, const VirtualInterface& b) {
  return a.site_link && b.site_link && a.gateway && b.gateway &&
         a.gateway->id == b.gateway->id && b.site && a.site.id != b.site.id;
}

const Vpc* vpc_behind(const View& view, Id<VpnGateway> gateway) {
  const auto& vpc = view.parts().vpn_gateways[gateway.index()].vpc;
  if (!vpc || !vpc->id) return nullptr;
  return &view.parts().vpcs[vpc->id->index()];
}

/// The associations of the gateway that a virtual interface ends at.
const std::vector<DirectConnectAssociation>& associations_of(
    const View& view, const VirtualInterface& vif) {
  static const std::vector<DirectConnectAssociation> kNone;
  if (!vif.gateway || !vif.gateway->id) return kNone;
  return view.parts()
      .direct_connect_gateways[vif.gateway->id->index()]
      .associations;
}

DirectConnectTarget target_of(const DirectConnectAssociation& association) {
  DirectConnectTarget target;
  target.prefix = "unknown";
  target.where = association.where;
  if (association.transit_gateway && association.transit_gateway->id) {
    target.transit_gateway = association.transit_gateway->id->value;
    target.name = "tgw:" + association.transit_gateway->name;
  } else if (association.vpn_gateway && association.vpn_gateway->id) {
    target.vpn_gateway = association.vpn_gateway->id->value;
    target.name = "vgw:" + association.vpn_gateway->name;
  }
  return target;
}

DirectConnectTarget target_of(const VirtualInterface& vif,
                              std::uint32_t index) {
  DirectConnectTarget target;
  target.virtual_interface = index;
  target.name = "vif:" + vif.name;
  target.prefix = "unknown";
  target.where = vif.where;
  return target;
}

/// The VPC CIDR is advertised if an allowed prefix is as wide or wider (S90).
bool covered(const WrittenPrefix& cidr,
             const std::vector<WrittenPrefix>& allowed) {
  return std::ranges::any_of(allowed, [&](const WrittenPrefix& one) {
    return one.prefix.contains(cidr.prefix);
  });
}

}  // namespace

std::vector<Candidate<DirectConnectTarget>> direct_connect_targets(
    const View& view, std::uint32_t virtual_interface, IpAddress address) {
  const auto& vifs = view.parts().virtual_interfaces;
  const VirtualInterface& vif = vifs[virtual_interface];
  std::vector<Candidate<DirectConnectTarget>> result;
  const auto add = [&](DirectConnectTarget target, const WrittenPrefix& prefix,
                       const std::vector<Fact>& doubts) {
    if (!prefix.prefix.contains(address)) return;
    target.prefix = prefix.text;
    target.where = prefix.where;
    result.push_back({prefix.prefix.length(), {0, 0, 0}, doubts, target});
  };
  for (const DirectConnectAssociation& one : associations_of(view, vif)) {
    const DirectConnectTarget target = target_of(one);
    const auto& allowed = one.allowed_prefixes;
    if (target.transit_gateway) {
      for (const WrittenPrefix& prefix : allowed.items) add(target, prefix, {});
    }
    if (!target.vpn_gateway) continue;
    const Vpc* vpc = vpc_behind(view, Id<VpnGateway>{*target.vpn_gateway});
    if (vpc == nullptr) continue;
    for (const WrittenPrefix& cidr : vpc->cidrs.items) {
      if (covered(cidr, allowed.items)) {
        add(target, cidr, {});
      } else if (allowed.open) {
        add(target, cidr,
            {Fact{target.name + " allows " + cidr.text,
                  target.name + " may be allowed to advertise " + cidr.text}});
      }
    }
  }
  for (std::uint32_t i = 0; i < vifs.size(); ++i) {
    std::vector<Fact> doubts;
    if (!shares_by_site_link(vif, vifs[i]) ||
        !add_doubt(doubts, vifs[i].up, "vif:" + vifs[i].name, "up")) {
      continue;
    }
    for (const WrittenPrefix& prefix : vifs[i].advertised.items) {
      add(target_of(vifs[i], i), prefix, doubts);
    }
  }
  return result;
}

std::vector<OpenTarget> open_direct_connect_targets(
    const View& view, std::uint32_t virtual_interface, IpAddress address) {
  const auto& vifs = view.parts().virtual_interfaces;
  const VirtualInterface& vif = vifs[virtual_interface];
  std::vector<OpenTarget> result;
  const auto add = [&](const DirectConnectTarget& target) {
    const std::string link = "vif:" + vif.name + " to " + target.name;
    result.push_back({Fact{link + " " + to_string(address),
                           link + " may carry another prefix"},
                      target});
  };
  for (const DirectConnectAssociation& one : associations_of(view, vif)) {
    const DirectConnectTarget target = target_of(one);
    if (target.transit_gateway && one.allowed_prefixes.open) add(target);
    if (!target.vpn_gateway) continue;
    const Vpc* vpc = vpc_behind(view, Id<VpnGateway>{*target.vpn_gateway});
    if (vpc != nullptr && vpc->cidrs.open) add(target);
  }
  for (std::uint32_t i = 0; i < vifs.size(); ++i) {
    if (shares_by_site_link(vif, vifs[i]) && vifs[i].advertised.open &&
        maybe_up(vifs[i].up)) {
      add(target_of(vifs[i], i));
    }
  }
  return result;
}

namespace {

/// Collects what one site has learned over its links.
class Learned {
 public:
  Learned(const View& view, std::uint32_t site, IpAddress address,
          const VpnTables& vpn_tables)
      : view_{view}, site_{site}, address_{address}, vpn_tables_{vpn_tables} {
    const TopologyParts& parts = view.parts();
    for (std::uint32_t i = 0; i < parts.virtual_interfaces.size(); ++i) {
      const VirtualInterface& vif = parts.virtual_interfaces[i];
      if (vif.site.id == Id<Site>{site}) by_virtual_interface(vif, i);
    }
    for (std::uint32_t i = 0; i < parts.vpn_connections.size(); ++i) {
      const VpnConnection& vpn = parts.vpn_connections[i];
      if (vpn.site.id == Id<Site>{site}) by_vpn(vpn, i);
    }
    for (std::uint32_t i = 0; i < parts.routers.size(); ++i) {
      by_router(parts.routers[i], i);
    }
  }

  std::vector<Candidate<SiteLink>> links;
  std::vector<OpenLink> open;

 private:
  void add(SiteLink link, const IpPrefix& prefix, const std::string& text,
           const Location& where, const std::vector<Fact>& doubts) {
    if (!prefix.contains(address_)) return;
    link.prefix = text;
    link.where = where;
    links.push_back({prefix.length(), {0, 0, 0}, doubts, link});
  }
  void add(const SiteLink& link, const WrittenPrefix& prefix,
           const std::vector<Fact>& doubts) {
    add(link, prefix.prefix, prefix.text, prefix.where, doubts);
  }
  /// What the site has learned is a fact of its own table (S137).
  static Fact of_site(const Fact& fact, const SiteLink& link) {
    return Fact{link.name + " learned: " + fact.key, fact.text};
  }
  void add_open(const SiteLink& link) {
    open.push_back({Fact{link.name + " learned " + to_string(address_),
                         link.name + " may carry another prefix"},
                    link});
  }

  void by_virtual_interface(const VirtualInterface& vif, std::uint32_t index) {
    std::vector<Fact> doubts;
    const std::string name = "vif:" + vif.name;
    if (!add_doubt(doubts, vif.up, name, "up")) return;
    const SiteLink link{SiteLink::Kind::kVirtualInterface,
                        index,
                        site_,
                        vif.site_preference,
                        name,
                        "unknown",
                        vif.where};
    for (const auto& target : direct_connect_targets(view_, index, address_)) {
      std::vector<Fact> all = doubts;
      all.insert(all.end(), target.doubts.begin(), target.doubts.end());
      SiteLink one = link;
      one.prefix = target.what.prefix;
      one.where = target.what.where;
      links.push_back({target.length, {0, 0, 0}, all, one});
    }
    for (const auto& one :
         open_direct_connect_targets(view_, index, address_)) {
      open.push_back({of_site(one.fact, link), link});
    }
    if (!vif.vpn_gateway || !vif.vpn_gateway->id) return;
    add_vpc(link, *vif.vpn_gateway->id, doubts);
  }

  void add_vpc(const SiteLink& link, Id<VpnGateway> gateway,
               const std::vector<Fact>& doubts) {
    const Vpc* vpc = vpc_behind(view_, gateway);
    if (vpc == nullptr) return;
    for (const WrittenPrefix& cidr : vpc->cidrs.items) add(link, cidr, doubts);
    if (vpc->cidrs.open) add_open(link);
  }

  void by_vpn(const VpnConnection& vpn, std::uint32_t index) {
    std::vector<Fact> doubts;
    const std::string name = "vpn:" + vpn.name;
    if (!add_doubt(doubts, vpn.up, name, "up")) return;
    const SiteLink link{SiteLink::Kind::kVpn,
                        index,
                        site_,
                        vpn.site_preference,
                        name,
                        "unknown",
                        vpn.where};
    const bool at_vpn_gateway = vpn.vpn_gateway && vpn.vpn_gateway->id;
    if (at_vpn_gateway && address_.family() == Family::kV6) return;
    if (!at_vpn_gateway && !attached(index)) return;
    if (vpn.site_routes) {
      for (const WrittenPrefix& one : vpn.site_routes->items) {
        add(link, one, doubts);
      }
      if (vpn.site_routes->open) add_open(link);
    } else if (!vpn.bgp) {
      add_open(link);
    } else if (at_vpn_gateway) {
      add_vpc(link, *vpn.vpn_gateway->id, doubts);
      add_others(link, vpn.vpn_gateway->id->value, doubts);
    } else if (vpn_tables_[index]) {
      add_table(link, *vpn_tables_[index], doubts);
    }
  }

  bool attached(std::uint32_t vpn) const {
    const auto& all = view_.parts().transit_attachments;
    return std::ranges::any_of(all, [&](const TransitAttachment& one) {
      return one.kind == AttachmentKind::kVpn && one.vpn &&
             one.vpn->id == Id<VpnConnection>{vpn};
    });
  }

  /// What the VPN gateway has from its other links (S98).
  void add_others(const SiteLink& link, std::uint32_t gateway,
                  const std::vector<Fact>& doubts) {
    for (const auto& other : site_links(view_, gateway, address_)) {
      if (other.what.site == site_) continue;
      std::vector<Fact> all = doubts;
      all.insert(all.end(), other.doubts.begin(), other.doubts.end());
      SiteLink one = link;
      one.prefix = other.what.prefix;
      one.where = other.what.where;
      links.push_back({other.length, {0, 0, 0}, all, one});
    }
    for (const OpenLink& other : open_site_links(view_, gateway, address_)) {
      if (other.link.site == site_) continue;
      open.push_back({of_site(other.fact, link), link});
    }
  }

  /// What a transit table advertises to a VPN (S97).
  void add_table(const SiteLink& link, std::uint32_t table,
                 const std::vector<Fact>& doubts) {
    const std::vector<TransitLine> lines = transit_lines(view_, table);
    for (const TransitLine& line : lines) {
      if (line.step.kind == TransitStep::Kind::kBlackhole) continue;
      // A certain line of the same prefix and a better kind hides it (S44).
      const bool hidden = std::ranges::any_of(lines, [&](const auto& other) {
        return other.prefix == line.prefix && other.rank < line.rank &&
               other.doubts.empty();
      });
      if (hidden) continue;
      add(link, line.prefix, line.step.prefix, line.step.where, doubts);
    }
    if (!transit_openings(view_, table, address_).empty()) add_open(link);
  }

  void by_router(const Router& router, std::uint32_t index) {
    const bool leads =
        std::ranges::any_of(router.routes.items, [&](const RouterRoute& line) {
          return line.site && line.site->id == Id<Site>{site_};
        });
    if (!leads) return;
    const SiteLink link{SiteLink::Kind::kRouter, index,     site_,       {},
                        "router:" + router.name, "unknown", router.where};
    for (const Segment& segment : view_.parts().segments) {
      if (!segment.router || segment.router->id != Id<Router>{index}) continue;
      for (const WrittenPrefix& one : segment.prefixes.items) {
        add(link, one, {});
      }
      if (segment.prefixes.open) add_open(link);
    }
  }

  const View& view_;
  std::uint32_t site_;
  IpAddress address_;
  const VpnTables& vpn_tables_;
};

}  // namespace

std::vector<Candidate<SiteLink>> links_of_site(const View& view,
                                               std::uint32_t site,
                                               IpAddress address,
                                               const VpnTables& vpn_tables) {
  return Learned{view, site, address, vpn_tables}.links;
}

std::vector<OpenLink> open_links_of_site(const View& view, std::uint32_t site,
                                         IpAddress address,
                                         const VpnTables& vpn_tables) {
  return Learned{view, site, address, vpn_tables}.open;
}

}  // namespace netproof::reference
