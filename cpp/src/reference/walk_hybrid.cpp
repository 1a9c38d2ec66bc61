#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {
namespace {

/// One of each name, in order.
std::vector<const SiteLink*> different(
    const std::vector<const SiteLink*>& links) {
  std::vector<const SiteLink*> result;
  for (const SiteLink* link : links) {
    const bool known = std::ranges::any_of(
        result, [&](const SiteLink* one) { return one->name == link->name; });
    if (!known) result.push_back(link);
  }
  return result;
}

}  // namespace

/// Asks of each open list in turn whether it holds the destination.
Tree Walk::ask_open(Packet packet, const std::vector<Fact>& facts,
                    const std::function<Tree(Packet, std::size_t)>& yes,
                    const Next& none, std::size_t first) {
  if (first == facts.size()) return none(std::move(packet));
  return yes_no(
      std::move(packet), Answer3::kUnknown, facts[first],
      [&](Packet p) { return yes(std::move(p), first); },
      [&](Packet p) {
        return ask_open(std::move(p), facts, yes, none, first + 1);
      });
}

/// Out by a Direct Connect attachment: the best virtual interfaces share
/// (S152).
Tree Walk::into_direct_connect(Packet packet, std::uint32_t gateway) {
  const auto& one = view_.parts().direct_connect_gateways[gateway];
  const std::string at = "dxgw:" + one.name;
  const auto opens = open_direct_connect_links(view_, gateway, packet.flow.dst);
  std::vector<Fact> facts;
  for (const OpenLink& open : opens) facts.push_back(open.fact);
  const auto take = [&](Packet p, const SiteLink& link) {
    hop(p, at, "routed", link.prefix + " -> " + link.name, link.where);
    return into_site(std::move(p), link.site, true);
  };
  const auto known = [&](Packet p) {
    auto links = direct_connect_links(view_, gateway, p.flow.dst);
    return climb<SiteLink>(
        std::move(p), at, std::move(links),
        [&](Packet q, const std::vector<const SiteLink*>& rung) {
          if (rung.empty()) {
            return drop(std::move(q), DropCode::kNoRoute, at, "", one.where);
          }
          const auto links_here = different(rung);
          return share(std::move(q), links_here.size(),
                       [&](Packet r, std::size_t which) {
                         return take(std::move(r), *links_here[which]);
                       });
        });
  };
  return ask_open(
      std::move(packet), facts,
      [&](Packet p, std::size_t which) {
        return take(std::move(p), opens[which].link);
      },
      known);
}

/// Out by a VPN gateway: it uses one of what it knows (S151).
Tree Walk::vpn_gateway_to_site(Packet packet, std::uint32_t gateway,
                               std::optional<std::uint32_t> not_site) {
  packet.subnet.reset();
  const VpnGateway& one = view_.parts().vpn_gateways[gateway];
  const std::string at = "vgw:" + one.name;
  auto opens = open_site_links(view_, gateway, packet.flow.dst);
  std::erase_if(opens, [&](const OpenLink& open) {
    return not_site && open.link.site == *not_site;
  });
  std::vector<Fact> facts;
  for (const OpenLink& open : opens) facts.push_back(open.fact);
  const auto take = [&](Packet p, const SiteLink& link) {
    hop(p, at, "routed", link.prefix + " -> " + link.name, link.where);
    return into_site(std::move(p), link.site, true);
  };
  const auto known = [&](Packet p) {
    auto links = site_links(view_, gateway, p.flow.dst);
    std::erase_if(links, [&](const Candidate<SiteLink>& link) {
      return not_site && link.what.site == *not_site;
    });
    return climb<SiteLink>(
        std::move(p), at, std::move(links),
        [&](Packet q, const std::vector<const SiteLink*>& rung) {
          if (rung.empty()) {
            return drop(std::move(q), DropCode::kNoRoute, at, "", one.where);
          }
          return one_link(std::move(q), at, different(rung), take);
        });
  };
  return ask_open(
      std::move(packet), facts,
      [&](Packet p, std::size_t which) {
        return take(std::move(p), opens[which].link);
      },
      known);
}

/// One of several equal links: nobody knows which.
Tree Walk::one_link(Packet packet, const std::string& at,
                    const std::vector<const SiteLink*>& links,
                    const std::function<Tree(Packet, const SiteLink&)>& take) {
  std::vector<std::string> names;
  for (const SiteLink* link : links) names.push_back(link->name);
  const Fact fact{at + " link for " + to_string(packet.flow.dst),
                  "which link " + at + " takes"};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  return take(std::move(p), *links[which]);
                });
}

/// In by a VPN gateway: into its VPC, or on to another site (S98).
Tree Walk::from_link_to_vpn_gateway(Packet packet, std::uint32_t gateway,
                                    std::uint32_t site) {
  packet.subnet.reset();
  const auto& vpc = view_.parts().vpn_gateways[gateway].vpc;
  if (vpc && vpc->id && view_.has_cidr(*vpc->id, packet.flow.dst)) {
    return through_edge(std::move(packet), *vpc->id, TargetKind::kVpnGateway,
                        gateway);
  }
  return vpn_gateway_to_site(std::move(packet), gateway, site);
}

/// From a site over a virtual interface to a Direct Connect gateway (S153).
Tree Walk::from_virtual_interface(Packet packet,
                                  std::uint32_t virtual_interface) {
  const auto& vif = view_.parts().virtual_interfaces[virtual_interface];
  const std::string at = "dxgw:" + vif.gateway->name;
  const auto opens =
      open_direct_connect_targets(view_, virtual_interface, packet.flow.dst);
  std::vector<Fact> facts;
  for (const OpenTarget& open : opens) facts.push_back(open.fact);
  const std::uint32_t gateway = vif.gateway->id->value;
  const std::uint32_t site = vif.site.id->value;
  const auto known = [&](Packet p) {
    auto targets = direct_connect_targets(view_, virtual_interface, p.flow.dst);
    return climb<DirectConnectTarget>(
        std::move(p), at, std::move(targets),
        [&](Packet q, const std::vector<const DirectConnectTarget*>& rung) {
          if (rung.empty()) {
            return drop(std::move(q), DropCode::kNoRoute, at);
          }
          std::vector<std::string> names;
          for (const auto* target : rung) names.push_back(target->name);
          const Fact fact{at + " target for " + to_string(q.flow.dst),
                          "which association of " + at + " takes the packet"};
          return choose(std::move(q), fact, names,
                        [&](Packet r, std::size_t which) {
                          return direct_connect_leads(std::move(r), gateway,
                                                      site, *rung[which]);
                        });
        });
  };
  return ask_open(
      std::move(packet), facts,
      [&](Packet p, std::size_t which) {
        return direct_connect_leads(std::move(p), gateway, site,
                                    opens[which].target);
      },
      known);
}

Tree Walk::direct_connect_leads(Packet packet, std::uint32_t gateway,
                                std::uint32_t site,
                                const DirectConnectTarget& target) {
  const TopologyParts& parts = view_.parts();
  const std::string at = "dxgw:" + parts.direct_connect_gateways[gateway].name;
  hop(packet, at, "routed", target.prefix + " -> " + target.name, target.where);
  if (target.vpn_gateway) {
    return from_link_to_vpn_gateway(std::move(packet), *target.vpn_gateway,
                                    site);
  }
  if (target.virtual_interface) {
    const auto& vif = parts.virtual_interfaces[*target.virtual_interface];
    return into_site(std::move(packet), vif.site.id->value, true);
  }
  std::vector<std::uint32_t> attachments;
  std::vector<std::string> names;
  for (std::uint32_t a = 0; a < parts.transit_attachments.size(); ++a) {
    const TransitAttachment& one = parts.transit_attachments[a];
    if (one.kind != AttachmentKind::kDirectConnect || !one.direct_connect ||
        one.direct_connect->id != Id<DirectConnectGateway>{gateway} ||
        one.gateway.id != Id<TransitGateway>{*target.transit_gateway}) {
      continue;
    }
    attachments.push_back(a);
    names.push_back("attachment:" + one.name);
  }
  if (attachments.empty()) {
    return drop(std::move(packet), DropCode::kTgwNoAssociation, at,
                target.prefix, target.where);
  }
  const Fact fact{at + " attachment at " + target.name,
                  at + " has several attachments at " + target.name};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  const std::uint32_t a = attachments[which];
                  return available(std::move(p), a, [&](Packet q) {
                    return from_attachment(std::move(q), a);
                  });
                });
}

}  // namespace netproof::reference
