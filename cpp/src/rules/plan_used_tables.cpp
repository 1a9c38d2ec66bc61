#include <fmt/format.h>

#include <optional>
#include <set>

#include "rules/plan_checks.hpp"
#include "rules/transit_view.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

std::string contents_of(const TransitRouteTable& table) {
  std::string text = counted(table.routes.items.size(), "route");
  const std::size_t learns = table.propagations.items.size();
  if (learns > 0) text += ", " + counted(learns, "propagation");
  return text;
}

bool may_be_asked(const TopologyParts& parts, std::uint32_t id) {
  const TransitRouteTable& table = parts.transit_route_tables[id];
  if (table.associations.open || !table.associations.items.empty()) return true;
  if (!table.gateway) return true;
  const auto& by_default =
      parts.transit_gateways.at(table.gateway.id->index()).default_association;
  if (by_default && !by_default->id) return true;
  return !associated_with(parts, id).empty();
}

/// The tables that some subnet, main table or gateway asks, and the VPCs of
/// which that is not known.
struct Asked {
  std::set<std::uint32_t> tables;
  std::set<std::uint32_t> open_vpcs;

  void add(const Ref<RouteTable>& ref, std::optional<Id<Vpc>> vpc) {
    if (ref.id) {
      tables.insert(ref.id->value);
    } else if (vpc) {
      open_vpcs.insert(vpc->value);
    }
  }
};

Asked asked_in(const TopologyParts& parts) {
  Asked asked;
  for (std::uint32_t v = 0; v < parts.vpcs.size(); ++v) {
    const Vpc& vpc = parts.vpcs[v];
    if (vpc.subnets_open) asked.open_vpcs.insert(v);
    if (vpc.main_table) asked.add(*vpc.main_table, Id<Vpc>{v});
  }
  for (const Subnet& subnet : parts.subnets) {
    if (!subnet.route_table) continue;
    if (!subnet.route_table->unknown) {
      asked.add(subnet.route_table->value, subnet.vpc.id);
    } else if (subnet.vpc) {
      asked.open_vpcs.insert(subnet.vpc.id->value);
    }
  }
  return asked;
}

void check_transit_tables(const TopologyParts& parts,
                          std::vector<Finding>& found) {
  for (std::uint32_t id = 0; id < parts.transit_route_tables.size(); ++id) {
    if (may_be_asked(parts, id)) continue;
    const TransitRouteTable& table = parts.transit_route_tables[id];
    const std::string name = "tgw-rtb:" + table.name;
    found.push_back(make_finding(
        "route-table-is-used",
        fmt::format("{} has no association: no packet is looked up in it ({})",
                    name, contents_of(table)),
        table.where, name));
  }
}

void check_vpc_tables(const TopologyParts& parts, std::vector<Finding>& found) {
  const Asked asked = asked_in(parts);
  for (std::uint32_t id = 0; id < parts.route_tables.size(); ++id) {
    const RouteTable& table = parts.route_tables[id];
    if (table.gateway || !table.vpc || asked.tables.contains(id) ||
        asked.open_vpcs.contains(table.vpc.id->value)) {
      continue;
    }
    const std::string name = "rtb:" + table.name;
    found.push_back(make_finding(
        "route-table-is-used",
        fmt::format("{} is the table of no subnet of vpc:{} and not its main "
                    "table: no packet is looked up in it ({})",
                    name, parts.vpcs.at(table.vpc.id->index()).name,
                    counted(table.routes.items.size(), "route")),
        table.where, name));
  }
}

}  // namespace

// S14, S42. An object that was left out may be the one that uses a table.
void check_used_tables(const PlanContext& context,
                       std::vector<Finding>& found) {
  if (!context.parts().left_out.empty()) return;
  check_transit_tables(context.parts(), found);
  check_vpc_tables(context.parts(), found);
}

}  // namespace netproof
