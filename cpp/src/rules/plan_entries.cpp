#include "rules/plan_entries.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "rules/transit_view.hpp"

namespace netproof {

namespace {

std::string_view word_of(TargetKind kind) {
  switch (kind) {
    case TargetKind::kUnknown:
      return "";
    case TargetKind::kLocal:
      return "local";
    case TargetKind::kInternetGateway:
      return "igw:";
    case TargetKind::kEgressOnlyGateway:
      return "eigw:";
    case TargetKind::kNatGateway:
      return "nat:";
    case TargetKind::kTransitGateway:
      return "tgw:";
    case TargetKind::kPeering:
      return "peering:";
    case TargetKind::kInterface:
      return "interface:";
    case TargetKind::kEndpoint:
      return "endpoint:";
    case TargetKind::kVpnGateway:
      return "vgw:";
    case TargetKind::kBlackhole:
      return "blackhole";
  }
  return "";
}

std::string target_of(const Route& route) {
  if (route.blackhole) return "blackhole";
  if (route.targets.size() != 1) return "";
  const RouteTarget& target = route.targets.front();
  return std::string(word_of(target.kind)) + target.name;
}

std::string target_of(const TransitRoute& route) {
  if (route.blackhole) return "blackhole";
  if (route.target_unknown || route.targets.size() != 1) return "";
  return "tgw-attachment:" + route.targets.front().name;
}

void sort_entries(std::vector<PlanEntry>& entries) {
  std::ranges::stable_sort(entries, {}, [](const PlanEntry& entry) {
    return std::tie(entry.prefix, entry.origin);
  });
}

// What a VPN gateway propagates is not looked into: the table is open.
PlanTable table_of(const TopologyParts& parts, const RouteTable& table) {
  PlanTable made{"rtb:" + table.name, {}, table.routes.open};
  made.open = made.open || !table.propagating.empty() || !table.vpc;
  if (table.vpc) {
    const Vpc& vpc = parts.vpcs.at(table.vpc.id->index());
    made.open = made.open || vpc.cidrs.open;
    for (const WrittenPrefix& cidr : vpc.cidrs.items) {
      made.entries.push_back(
          {cidr.prefix, EntryOrigin::kLocal, "local", cidr.where});
    }
  }
  for (const Route& route : table.routes.items) {
    if (route.destination) {
      made.entries.push_back({route.destination->prefix, EntryOrigin::kStatic,
                              target_of(route), route.where});
    } else if (route.prefix_list && route.prefix_list->id) {
      const PrefixList& list =
          parts.prefix_lists.at(route.prefix_list->id->index());
      made.open = made.open || list.entries.open;
      for (const WrittenPrefix& entry : list.entries.items) {
        made.entries.push_back({entry.prefix, EntryOrigin::kListed,
                                target_of(route), route.where});
      }
    } else {
      made.open = true;
    }
  }
  sort_entries(made.entries);
  return made;
}

bool propagates_more(const TopologyParts& parts,
                     const TransitAttachment& attachment) {
  if (attachment.vpc) {
    if (!attachment.vpc->id) return true;
    return parts.vpcs.at(attachment.vpc->id->index()).cidrs.open;
  }
  if (attachment.vpn) {
    if (!attachment.vpn->id) return true;
    return parts.vpn_connections.at(attachment.vpn->id->index())
        .advertised.open;
  }
  if (!attachment.direct_connect) return false;
  if (!attachment.direct_connect->id) return true;
  return std::ranges::any_of(
      parts.virtual_interfaces, [&](const VirtualInterface& link) {
        return link.gateway && link.gateway->id == attachment.direct_connect->id
                   ? link.advertised.open
                   : link.gateway && !link.gateway->id;
      });
}

bool lists_more(const TopologyParts& parts, const TransitRoute& route) {
  if (route.destination) return false;
  if (!route.prefix_list || !route.prefix_list->id) return true;
  return parts.prefix_lists.at(route.prefix_list->id->index()).entries.open;
}

}  // namespace

bool may_hold_more(const TopologyParts& parts, std::uint32_t transit_table) {
  const TransitRouteTable& table = parts.transit_route_tables.at(transit_table);
  if (!parts.left_out.empty() || table.routes.open || table.propagations.open ||
      !table.gateway) {
    return true;
  }
  const auto& by_default =
      parts.transit_gateways.at(table.gateway.id->index()).default_propagation;
  if (by_default && !by_default->id) return true;
  return std::ranges::any_of(
             table.routes.items,
             [&](const auto& route) { return lists_more(parts, route); }) ||
         std::ranges::any_of(propagating_into(parts, transit_table),
                             [&](std::uint32_t id) {
                               return propagates_more(
                                   parts, parts.transit_attachments[id]);
                             }) ||
         std::ranges::any_of(table.propagations.items,
                             [](const auto& ref) { return !ref; });
}

PlanTable transit_table_of(const TopologyParts& parts, std::uint32_t id) {
  PlanTable made{"tgw-rtb:" + parts.transit_route_tables[id].name,
                 {},
                 may_hold_more(parts, id)};
  for (const StaticLine& line : static_lines(parts, id)) {
    made.entries.push_back(
        {line.prefix, line.listed ? EntryOrigin::kListed : EntryOrigin::kStatic,
         target_of(*line.route), line.route->where});
  }
  for (const Learned& one : learned_by(parts, id)) {
    const TransitAttachment& from = parts.transit_attachments[one.attachment];
    made.entries.push_back({one.prefix,
                            from.kind == AttachmentKind::kVpc
                                ? EntryOrigin::kPropagated
                                : EntryOrigin::kReceived,
                            "tgw-attachment:" + from.name, one.where});
  }
  sort_entries(made.entries);
  return made;
}

std::vector<PlanTable> plan_tables(const TopologyParts& parts) {
  std::vector<PlanTable> tables;
  for (const RouteTable& table : parts.route_tables) {
    tables.push_back(table_of(parts, table));
  }
  for (std::uint32_t id = 0; id < parts.transit_route_tables.size(); ++id) {
    tables.push_back(transit_table_of(parts, id));
  }
  for (PlanTable& table : tables) {
    table.open = table.open || !parts.left_out.empty();
  }
  return tables;
}

const PlanEntry* EntryGroup::winner() const {
  const PlanEntry& first = entries.front();
  for (const PlanEntry& other : entries) {
    if (other.origin == first.origin && other.target != first.target) {
      return nullptr;
    }
  }
  return &first;
}

// Prefixes are disjoint or nested, so the wider ones of the next are a stack.
std::vector<EntryGroup> groups_of(
    const std::vector<PlanEntry>& entries,
    const std::function<bool(const PlanEntry&)>& counts) {
  std::vector<EntryGroup> groups;
  std::vector<std::vector<IpPrefix>> longer;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t end = i;
    while (end < entries.size() && entries[end].prefix == entries[i].prefix) {
      ++end;
    }
    EntryGroup group;
    group.entries = std::span(entries).subspan(i, end - i);
    while (!open.empty() &&
           !groups[open.back()].prefix().contains(group.prefix())) {
      open.pop_back();
    }
    if (!open.empty()) group.wider = open.back();
    open.push_back(groups.size());
    groups.push_back(std::move(group));
    longer.emplace_back();
    i = end;
  }
  // From the last to the first: the longer ones of a group stand behind it.
  for (std::size_t i = groups.size(); i-- > 0;) {
    const IpSet inside = IpSet::from_prefixes(longer[i]);
    groups[i].decides = IpSet::of(groups[i].prefix()) - inside;
    if (groups[i].wider == EntryGroup::kNone) continue;
    std::vector<IpPrefix>& above = longer[groups[i].wider];
    if (std::ranges::any_of(groups[i].entries, counts)) {
      above.push_back(groups[i].prefix());
    } else {
      above.insert(above.end(), longer[i].begin(), longer[i].end());
    }
  }
  return groups;
}

}  // namespace netproof
