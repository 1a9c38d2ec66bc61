#include "rules/plan_carried.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "rules/transit_view.hpp"

namespace netproof {

namespace {

std::vector<IpPrefix> prefixes_of(const OpenList<WrittenPrefix>& list) {
  std::vector<IpPrefix> prefixes;
  for (const WrittenPrefix& one : list.items) prefixes.push_back(one.prefix);
  return prefixes;
}

/// The tables that decide over what enters a VPC by an attachment.
struct EntryTables {
  std::set<std::uint32_t> ids;
  bool open = false;

  void add_main(const Vpc& vpc) {
    if (!vpc.main_table) return;
    add(*vpc.main_table);
  }
  void add(const Ref<RouteTable>& ref) {
    if (ref.id) {
      ids.insert(ref.id->value);
    } else {
      open = true;
    }
  }
  void add(const Subnet& subnet, const Vpc& vpc) {
    if (!subnet.route_table) return add_main(vpc);
    if (subnet.route_table->unknown) {
      open = true;
    } else {
      add(subnet.route_table->value);
    }
  }
};

using ByVpc = std::multimap<std::uint32_t, std::uint32_t>;

EntryTables entry_tables(const TopologyParts& parts, const ByVpc& subnets,
                         const TransitAttachment& attachment, Id<Vpc> id) {
  const Vpc& vpc = parts.vpcs.at(id.index());
  EntryTables tables;
  if (attachment.subnets) {
    tables.open = attachment.subnets->open;
    for (const auto& ref : attachment.subnets->items) {
      if (ref.id) {
        tables.add(parts.subnets.at(ref.id->index()), vpc);
      } else {
        tables.open = true;
      }
    }
    return tables;
  }
  tables.open = vpc.subnets_open;
  tables.add_main(vpc);
  const auto [begin, end] = subnets.equal_range(id.value);
  for (auto at = begin; at != end; ++at) {
    tables.add(parts.subnets[at->second], vpc);
  }
  return tables;
}

bool leads_away(const Route& route, std::optional<std::uint32_t> not_to) {
  if (route.blackhole) return false;
  if (route.targets.empty()) return true;
  return std::ranges::any_of(route.targets, [&](const RouteTarget& target) {
    if (target.kind == TargetKind::kLocal ||
        target.kind == TargetKind::kBlackhole) {
      return false;
    }
    return target.kind != TargetKind::kTransitGateway || !target.index ||
           target.index != not_to;
  });
}

void add_routes(const TopologyParts& parts, const RouteTable& table,
                std::optional<std::uint32_t> not_to, Carried& carried) {
  carried.open =
      carried.open || table.routes.open || !table.propagating.empty();
  std::vector<IpPrefix> away;
  for (const Route& route : table.routes.items) {
    if (!leads_away(route, not_to)) continue;
    if (route.destination) {
      away.push_back(route.destination->prefix);
    } else if (route.prefix_list && route.prefix_list->id) {
      const auto& entries =
          parts.prefix_lists.at(route.prefix_list->id->index()).entries;
      carried.open = carried.open || entries.open;
      const auto listed = prefixes_of(entries);
      away.insert(away.end(), listed.begin(), listed.end());
    } else {
      carried.open = true;
    }
  }
  carried.leads_on |= IpSet::from_prefixes(away);
}

void carry_to_vpc(const TopologyParts& parts, const ByVpc& subnets,
                  const TransitAttachment& attachment, bool back,
                  Carried& carried) {
  if (!attachment.vpc->id) {
    carried.open = true;
    return;
  }
  const Vpc& vpc = parts.vpcs.at(attachment.vpc->id->index());
  carried.open = vpc.cidrs.open;
  carried.owns = IpSet::from_prefixes(prefixes_of(vpc.cidrs));
  const EntryTables tables =
      entry_tables(parts, subnets, attachment, *attachment.vpc->id);
  carried.open = carried.open || tables.open;
  std::optional<std::uint32_t> not_to;
  if (attachment.gateway && !back) not_to = attachment.gateway.id->value;
  for (const std::uint32_t table : tables.ids) {
    add_routes(parts, parts.route_tables.at(table), not_to, carried);
  }
}

void carry_to_site(const TopologyParts& parts, const Ref<Site>& ref,
                   const OpenList<WrittenPrefix>& advertised,
                   Carried& carried) {
  carried.open = carried.open || advertised.open;
  carried.owns |= IpSet::from_prefixes(prefixes_of(advertised));
  if (!ref.id) {
    carried.open = true;
    return;
  }
  const Site& site = parts.sites.at(ref.id->index());
  carried.open = carried.open || site.prefixes.open || site.internet;
  carried.owns |= IpSet::from_prefixes(prefixes_of(site.prefixes));
  carried.may_lead_on = carried.may_lead_on || site.transit.may_be(true);
}

void carry_to_direct_connect(const TopologyParts& parts,
                             const Ref<DirectConnectGateway>& gateway,
                             Carried& carried) {
  carried.open = !gateway;
  for (const VirtualInterface& link : parts.virtual_interfaces) {
    if (!link.gateway || link.gateway->id != gateway.id) continue;
    carry_to_site(parts, link.site, link.advertised, carried);
  }
}

Carried work_out(const TopologyParts& parts, const ByVpc& subnets,
                 std::uint32_t attachment, bool back) {
  const TransitAttachment& written = parts.transit_attachments.at(attachment);
  Carried carried;
  if (written.vpc) {
    carry_to_vpc(parts, subnets, written, back, carried);
  } else if (written.vpn && written.vpn->id) {
    const VpnConnection& vpn =
        parts.vpn_connections.at(written.vpn->id->index());
    carry_to_site(parts, vpn.site, vpn.advertised, carried);
  } else if (written.direct_connect) {
    carry_to_direct_connect(parts, *written.direct_connect, carried);
  } else {
    carried.open = true;
  }
  carried.open = carried.open || !parts.left_out.empty();
  return carried;
}

}  // namespace

Carriers::Carriers(const TopologyParts& parts) : parts_{parts} {
  for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    open_associations_ =
        open_associations_ || parts.transit_route_tables[t].associations.open;
    for (const std::uint32_t id : associated_with(parts, t)) {
      tables_.emplace(id, t);
    }
  }
  for (std::uint32_t i = 0; i < parts.subnets.size(); ++i) {
    const auto& vpc = parts.subnets[i].vpc;
    if (vpc) subnets_.emplace(vpc.id->value, i);
  }
}

// Without any association nothing that comes back goes on.
bool Carriers::asks_another(std::uint32_t attachment,
                            std::uint32_t table) const {
  if (open_associations_) return true;
  const auto [begin, end] = tables_.equal_range(attachment);
  return std::any_of(begin, end,
                     [&](const auto& entry) { return entry.second != table; });
}

const Carried& Carriers::of(std::uint32_t attachment,
                            std::uint32_t transit_table) {
  const bool back = asks_another(attachment, transit_table);
  const auto [at, fresh] = known_.try_emplace({attachment, back});
  if (fresh) at->second = work_out(parts_, subnets_, attachment, back);
  return at->second;
}

std::string carrier_of(const TopologyParts& parts, std::uint32_t attachment) {
  const TransitAttachment& written = parts.transit_attachments.at(attachment);
  if (written.vpc) return "vpc:" + written.vpc->name;
  if (written.vpn) return "vpn:" + written.vpn->name;
  if (written.direct_connect) return "dxgw:" + written.direct_connect->name;
  return "tgw-attachment:" + written.name;
}

}  // namespace netproof
