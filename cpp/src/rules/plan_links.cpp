#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "rules/plan_checks.hpp"
#include "rules/transit_view.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

/// What one link receives from its site, and whether something looks at it.
struct Received {
  std::string name;  ///< "vif:a", "vpn:b"
  std::string site;
  const OpenList<WrittenPrefix>* prefixes = nullptr;
  std::vector<std::uint32_t> attachments;
  std::vector<std::uint32_t> vpn_gateways;
  bool propagates = true;  ///< a static VPN does not (S97)
  bool open = false;       ///< nobody knows where it ends
};

/// Where the prefixes of a link may be used.
class Uses {
 public:
  explicit Uses(const TopologyParts& parts) {
    for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
      const TransitRouteTable& table = parts.transit_route_tables[t];
      open_ = open_ || table.propagations.open || table.routes.open;
      for (const std::uint32_t id : propagating_into(parts, t)) {
        propagating_.insert(id);
      }
      for (const StaticLine& line : static_lines(parts, t)) {
        open_ = open_ || line.route->target_unknown;
        for (const auto& target : line.route->targets) {
          if (target) static_[target.id->value].push_back(line.prefix);
        }
      }
    }
    for (const RouteTable& table : parts.route_tables) {
      open_ = open_ || table.routes.open;
      for (const auto& ref : table.propagating) {
        if (ref) vgw_propagating_.insert(ref.id->value);
      }
      for (const Route& route : table.routes.items) add(route);
    }
  }

  bool open() const { return open_; }

  bool uses(const Received& link, IpPrefix prefix) const {
    for (const std::uint32_t id : link.attachments) {
      if (link.propagates && propagating_.contains(id)) return true;
      if (overlaps(static_, id, prefix)) return true;
    }
    for (const std::uint32_t id : link.vpn_gateways) {
      if (vgw_propagating_.contains(id)) return true;
      if (overlaps(vgw_static_, id, prefix)) return true;
    }
    return false;
  }

 private:
  using Routes = std::map<std::uint32_t, std::vector<IpPrefix>>;

  void add(const Route& route) {
    for (const RouteTarget& target : route.targets) {
      if (target.kind != TargetKind::kVpnGateway || !target.index) continue;
      if (route.destination) {
        vgw_static_[*target.index].push_back(route.destination->prefix);
      } else {
        open_ = true;
      }
    }
  }
  static bool overlaps(const Routes& routes, std::uint32_t id,
                       IpPrefix prefix) {
    const auto at = routes.find(id);
    return at != routes.end() &&
           std::ranges::any_of(at->second, [&](IpPrefix route) {
             return route.overlaps(prefix);
           });
  }

  bool open_ = false;
  std::set<std::uint32_t> propagating_;
  std::set<std::uint32_t> vgw_propagating_;
  Routes static_;
  Routes vgw_static_;
};

void end_at(const TopologyParts& parts,
            const Ref<DirectConnectGateway>& gateway, Received& link) {
  link.open = link.open || !gateway;
  for (std::uint32_t i = 0; i < parts.transit_attachments.size(); ++i) {
    const auto& to = parts.transit_attachments[i].direct_connect;
    if (to && to->id == gateway.id) link.attachments.push_back(i);
  }
  if (!gateway) return;
  for (const DirectConnectAssociation& one :
       parts.direct_connect_gateways.at(gateway.id->index()).associations) {
    if (!one.vpn_gateway) continue;
    link.open = link.open || !*one.vpn_gateway;
    if (*one.vpn_gateway) {
      link.vpn_gateways.push_back(one.vpn_gateway->id->value);
    }
  }
}

void end_at(const std::optional<Ref<VpnGateway>>& gateway, Received& link) {
  if (!gateway) return;
  link.open = link.open || !*gateway;
  if (*gateway) link.vpn_gateways.push_back(gateway->id->value);
}

std::vector<Received> links_of(const TopologyParts& parts) {
  std::vector<Received> links;
  for (const VirtualInterface& vif : parts.virtual_interfaces) {
    Received link{"vif:" + vif.name, vif.site.name, &vif.advertised, {}, {}};
    if (vif.gateway) end_at(parts, *vif.gateway, link);
    end_at(vif.vpn_gateway, link);
    links.push_back(std::move(link));
  }
  for (std::uint32_t v = 0; v < parts.vpn_connections.size(); ++v) {
    const VpnConnection& vpn = parts.vpn_connections[v];
    Received link{"vpn:" + vpn.name, vpn.site.name, &vpn.advertised, {}, {}};
    link.propagates = vpn.bgp;
    end_at(vpn.vpn_gateway, link);
    for (std::uint32_t i = 0; i < parts.transit_attachments.size(); ++i) {
      const auto& to = parts.transit_attachments[i].vpn;
      if (to && to->id && to->id->value == v) link.attachments.push_back(i);
    }
    links.push_back(std::move(link));
  }
  return links;
}

void report_unused(const Received& link,
                   const std::vector<const WrittenPrefix*>& unused,
                   std::vector<Finding>& found) {
  std::vector<std::string> texts;
  for (const WrittenPrefix* one : unused) {
    texts.push_back(to_string(one->prefix));
  }
  Finding finding = make_finding(
      "received-prefix-is-used",
      fmt::format("{} receives {} from site:{}, which no table has a route to "
                  "over it",
                  link.name, some_of(texts), link.site),
      unused.front()->where, link.name);
  for (std::size_t i = 1; i < unused.size(); ++i) {
    finding.related.push_back({texts[i], unused[i]->where});
  }
  found.push_back(std::move(finding));
}

/// A prefix allowed for one transit gateway.
struct Allowed {
  IpPrefix prefix;
  const Ref<TransitGateway>* gateway = nullptr;
  Location where;
};

// S91. Sorted, each is compared with the wider ones that contain it.
void check_allowed(const DirectConnectGateway& gateway,
                   std::vector<Finding>& found) {
  std::vector<Allowed> all;
  for (const DirectConnectAssociation& one : gateway.associations) {
    if (!one.transit_gateway) continue;
    for (const WrittenPrefix& written : one.allowed_prefixes.items) {
      all.push_back({written.prefix, &*one.transit_gateway, written.where});
    }
  }
  std::ranges::stable_sort(all, {}, &Allowed::prefix);
  std::vector<const Allowed*> open;
  for (const Allowed& next : all) {
    while (!open.empty() && !open.back()->prefix.contains(next.prefix)) {
      open.pop_back();
    }
    for (const Allowed* wider : open) {
      if (wider->gateway->name == next.gateway->name) continue;
      const std::string name = "dxgw:" + gateway.name;
      Finding finding = make_finding(
          "allowed-prefixes-do-not-overlap",
          fmt::format("{} allows {} for tgw:{} and {} for tgw:{}", name,
                      to_string(next.prefix), next.gateway->name,
                      to_string(wider->prefix), wider->gateway->name),
          next.where, name);
      finding.related.push_back({"the other one", wider->where});
      found.push_back(std::move(finding));
      break;
    }
    open.push_back(&next);
  }
}

void check_kinds(const DirectConnectGateway& gateway,
                 std::vector<Finding>& found) {
  const DirectConnectAssociation* transit = nullptr;
  const DirectConnectAssociation* vpn = nullptr;
  for (const DirectConnectAssociation& one : gateway.associations) {
    if (one.transit_gateway && transit == nullptr) transit = &one;
    if (one.vpn_gateway && vpn == nullptr) vpn = &one;
  }
  if (transit == nullptr || vpn == nullptr) return;
  const std::string name = "dxgw:" + gateway.name;
  Finding finding = make_finding(
      "direct-connect-gateway-has-one-kind",
      fmt::format("{} is associated with tgw:{} and with vgw:{}; AWS takes one "
                  "kind",
                  name, transit->transit_gateway->name, vpn->vpn_gateway->name),
      vpn->where, name);
  finding.related.push_back({"the other kind", transit->where});
  found.push_back(std::move(finding));
}

void check_vpn_gateways(const TopologyParts& parts,
                        const DirectConnectGateway& gateway,
                        std::vector<Finding>& found) {
  for (const DirectConnectAssociation& one : gateway.associations) {
    if (!one.vpn_gateway || !*one.vpn_gateway) continue;
    const VpnGateway& other =
        parts.vpn_gateways.at(one.vpn_gateway->id->index());
    if (other.vpc) continue;
    const std::string name = "dxgw:" + gateway.name;
    Finding finding = make_finding(
        "associated-vpn-gateway-has-a-vpc",
        fmt::format("{} is associated with vgw:{}, which is attached to no VPC",
                    name, other.name),
        one.where, name);
    finding.subjects.push_back("vgw:" + other.name);
    finding.related.push_back({"the VPN gateway", other.where});
    found.push_back(std::move(finding));
  }
}

}  // namespace

void check_associated_gateways(const PlanContext& context,
                               std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  if (!parts.left_out.empty()) return;
  for (const auto& gateway : parts.direct_connect_gateways) {
    check_vpn_gateways(parts, gateway, found);
  }
}

void check_received_prefixes(const PlanContext& context,
                             std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  if (!parts.left_out.empty()) return;
  const Uses uses(parts);
  if (uses.open()) return;
  for (const Received& link : links_of(parts)) {
    if (link.open) continue;
    std::vector<const WrittenPrefix*> unused;
    for (const WrittenPrefix& one : link.prefixes->items) {
      if (!uses.uses(link, one.prefix)) unused.push_back(&one);
    }
    if (!unused.empty()) report_unused(link, unused, found);
  }
}

void check_association_kinds(const PlanContext& context,
                             std::vector<Finding>& found) {
  for (const auto& gateway : context.parts().direct_connect_gateways) {
    check_kinds(gateway, found);
  }
}

void check_allowed_prefixes(const PlanContext& context,
                            std::vector<Finding>& found) {
  for (const auto& gateway : context.parts().direct_connect_gateways) {
    check_allowed(gateway, found);
  }
}

}  // namespace netproof
