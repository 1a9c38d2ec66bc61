#include <optional>
#include <utility>

#include "engine/walk.hpp"

namespace netproof::engine {
namespace {

template <class Kind>
bool points_at(const std::optional<Ref<Kind>>& ref, Index object) {
  return ref && ref->id && ref->id->value == object;
}

}  // namespace

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
}  // namespace netproof::engine
