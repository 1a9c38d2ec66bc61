#include "rules/transit_view.hpp"

#include <algorithm>
#include <set>

namespace netproof {

namespace {

template <class Kind>
bool is(const std::optional<Ref<Kind>>& ref, std::uint32_t id) {
  return ref && ref->id && ref->id->value == id;
}

// What a virtual interface or VPN advertises is the site's.
void learn(const OpenList<WrittenPrefix>& prefixes, std::uint32_t attachment,
           const std::string& owner, std::vector<Learned>& learned) {
  for (const WrittenPrefix& written : prefixes.items) {
    learned.push_back({written.prefix, attachment, owner, written.where});
  }
}

void learn_from(const TopologyParts& parts, std::uint32_t id,
                std::vector<Learned>& learned) {
  const TransitAttachment& attachment = parts.transit_attachments[id];
  if (attachment.vpc && attachment.vpc->id) {
    const Vpc& vpc = parts.vpcs.at(attachment.vpc->id->index());
    learn(vpc.cidrs, id, "vpc:" + vpc.name, learned);
  }
  if (attachment.vpn && attachment.vpn->id) {
    const VpnConnection& vpn =
        parts.vpn_connections.at(attachment.vpn->id->index());
    // Static VPNs propagate nothing (S97).
    if (vpn.bgp) learn(vpn.advertised, id, "vpn:" + vpn.name, learned);
  }
  if (attachment.direct_connect && attachment.direct_connect->id) {
    const std::uint32_t gateway = attachment.direct_connect->id->value;
    for (const VirtualInterface& link : parts.virtual_interfaces) {
      if (!is(link.gateway, gateway)) continue;
      learn(link.advertised, id, "vif:" + link.name, learned);
    }
  }
}

std::set<std::uint32_t> members(const OpenList<Ref<TransitAttachment>>& list) {
  std::set<std::uint32_t> ids;
  for (const auto& ref : list.items) {
    if (ref) ids.insert(ref.id->value);
  }
  return ids;
}

void add_all_of(const TopologyParts& parts, const Ref<TransitGateway>& gateway,
                std::set<std::uint32_t>& ids) {
  for (std::uint32_t i = 0; i < parts.transit_attachments.size(); ++i) {
    if (parts.transit_attachments[i].gateway.id == gateway.id) ids.insert(i);
  }
}

}  // namespace

std::vector<std::uint32_t> propagating_into(const TopologyParts& parts,
                                            std::uint32_t table) {
  const TransitRouteTable& written = parts.transit_route_tables.at(table);
  std::set<std::uint32_t> ids = members(written.propagations);
  if (written.gateway) {
    const TransitGateway& gateway =
        parts.transit_gateways.at(written.gateway.id->index());
    if (is(gateway.default_propagation, table)) {
      add_all_of(parts, written.gateway, ids);
    }
  }
  return {ids.begin(), ids.end()};
}

std::vector<Learned> learned_by(const TopologyParts& parts,
                                std::uint32_t table) {
  std::vector<Learned> learned;
  for (const std::uint32_t id : propagating_into(parts, table)) {
    learn_from(parts, id, learned);
  }
  std::ranges::stable_sort(learned, {}, &Learned::prefix);
  return learned;
}

std::vector<std::uint32_t> associated_with(const TopologyParts& parts,
                                           std::uint32_t table) {
  const TransitRouteTable& written = parts.transit_route_tables.at(table);
  std::set<std::uint32_t> ids = members(written.associations);
  if (written.gateway) {
    const TransitGateway& gateway =
        parts.transit_gateways.at(written.gateway.id->index());
    if (is(gateway.default_association, table)) {
      std::set<std::uint32_t> all;
      add_all_of(parts, written.gateway, all);
      for (const TransitRouteTable& other : parts.transit_route_tables) {
        for (const std::uint32_t id : members(other.associations)) {
          all.erase(id);
        }
      }
      ids.merge(all);
    }
  }
  return {ids.begin(), ids.end()};
}

std::vector<StaticLine> static_lines(const TopologyParts& parts,
                                     std::uint32_t table) {
  std::vector<StaticLine> lines;
  for (const TransitRoute& route :
       parts.transit_route_tables.at(table).routes.items) {
    if (route.destination) {
      lines.push_back({route.destination->prefix, &route, false});
    } else if (route.prefix_list && route.prefix_list->id) {
      const PrefixList& list =
          parts.prefix_lists.at(route.prefix_list->id->index());
      for (const WrittenPrefix& entry : list.entries.items) {
        lines.push_back({entry.prefix, &route, true});
      }
    }
  }
  std::ranges::stable_sort(lines, {}, &StaticLine::prefix);
  return lines;
}

}  // namespace netproof
