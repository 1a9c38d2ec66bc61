#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/plan_checks.hpp"
#include "rules/transit_view.hpp"

namespace netproof {

namespace {

/// A link of a site that says how much the site prefers it, and what the site
/// learns over it. `open`: it may learn more.
struct SiteLink {
  std::string name;
  std::string site;
  Location where;
  int preference = 0;
  std::vector<IpPrefix> learned = {};
  bool open = false;
};

void learn(const OpenList<WrittenPrefix>& prefixes, SiteLink& link) {
  link.open = link.open || prefixes.open;
  for (const WrittenPrefix& one : prefixes.items) {
    link.learned.push_back(one.prefix);
  }
}

// S90, S91: a filter of VPC blocks, or originated as it stands.
void learn_from_direct_connect(const TopologyParts& parts,
                               const VirtualInterface& vif, SiteLink& link) {
  if (!vif.gateway || !*vif.gateway) {
    link.open = true;
    return;
  }
  const auto& gateway = parts.direct_connect_gateways[vif.gateway->id->index()];
  for (const DirectConnectAssociation& one : gateway.associations) {
    if (one.transit_gateway) {
      learn(one.allowed_prefixes, link);
    } else {
      link.open = true;
    }
  }
}

// S97: what the table of its attachment holds, unless it is written down.
void learn_from_vpn(const TopologyParts& parts, const VpnConnection& vpn,
                    SiteLink& link) {
  if (vpn.site_routes) {
    learn(*vpn.site_routes, link);
    return;
  }
  link.open = !vpn.bgp || vpn.vpn_gateway.has_value();
  for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    const auto members = associated_with(parts, t);
    const bool here = std::ranges::any_of(members, [&](std::uint32_t a) {
      const auto& attached = parts.transit_attachments[a].vpn;
      return attached && attached->name == vpn.name;
    });
    if (!here) continue;
    for (const StaticLine& line : static_lines(parts, t)) {
      if (!line.route->blackhole) link.learned.push_back(line.prefix);
    }
    for (const Learned& one : learned_by(parts, t)) {
      link.learned.push_back(one.prefix);
    }
  }
}

std::vector<SiteLink> links_of(const TopologyParts& parts) {
  std::vector<SiteLink> links;
  for (const VirtualInterface& one : parts.virtual_interfaces) {
    if (!one.site_preference) continue;
    links.push_back(
        {"vif:" + one.name, one.site.name, one.where, *one.site_preference});
    learn_from_direct_connect(parts, one, links.back());
  }
  for (const VpnConnection& one : parts.vpn_connections) {
    if (!one.site_preference) continue;
    links.push_back(
        {"vpn:" + one.name, one.site.name, one.where, *one.site_preference});
    learn_from_vpn(parts, one, links.back());
  }
  return links;
}

/// The longest prefix of `link` around `prefix`, if that is shorter than it.
std::optional<IpPrefix> shorter(const SiteLink& link, IpPrefix prefix) {
  std::optional<IpPrefix> best;
  for (const IpPrefix one : link.learned) {
    if (!one.contains(prefix)) continue;
    if (one == prefix) return std::nullopt;
    if (!best || best->length() < one.length()) best = one;
  }
  return best;
}

void compare(const SiteLink& one, const SiteLink& preferred,
             std::vector<Finding>& found) {
  std::vector<std::pair<IpPrefix, IpPrefix>> outweighed;
  for (const IpPrefix prefix : one.learned) {
    const auto other = shorter(preferred, prefix);
    if (other) outweighed.emplace_back(prefix, *other);
  }
  if (outweighed.empty()) return;
  const auto& [longer, other] = outweighed.front();
  Finding finding = make_finding(
      "preferred-link-is-used",
      fmt::format("site:{} prefers {}, and learns {} over {} but only {} over "
                  "it: the longer prefix wins{}",
                  one.site, preferred.name, to_string(longer), one.name,
                  to_string(other),
                  outweighed.size() == 1
                      ? ""
                      : fmt::format(" ({} more)", outweighed.size() - 1)),
      one.where, one.name);
  finding.subjects.push_back(preferred.name);
  finding.related.push_back({preferred.name, preferred.where});
  found.push_back(std::move(finding));
}

}  // namespace

// Each link against the most preferred one that it outweighs.
void check_site_links(const PlanContext& context, std::vector<Finding>& found) {
  std::vector<SiteLink> links = links_of(context.parts());
  std::ranges::stable_sort(links, std::ranges::greater{},
                           &SiteLink::preference);
  for (std::size_t i = 0; i < links.size(); ++i) {
    const std::size_t before = found.size();
    for (std::size_t j = 0; j < i && found.size() == before; ++j) {
      const bool comparable = links[j].site == links[i].site &&
                              links[j].preference > links[i].preference &&
                              !links[j].open;
      if (comparable) compare(links[i], links[j], found);
    }
  }
}

}  // namespace netproof
