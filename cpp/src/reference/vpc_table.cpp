#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {

std::string Walk::name_of(VpcTable table) const {
  if (table.written != nullptr) return "rtb:" + table.written->name;
  return "rtb:" + view_.parts().vpcs[table.vpc.index()].name + "/main";
}

/// "tgw:main", "local", "blackhole": what stands behind the arrow.
std::string Walk::describe(const VpcStep& step) const {
  const TopologyParts& parts = view_.parts();
  if (step.kind == VpcStep::Kind::kLocal) return "local";
  if (step.kind == VpcStep::Kind::kBlackhole) return "blackhole";
  if (step.kind == VpcStep::Kind::kNoRoute) return "nothing";
  if (step.attachment) {
    return "attachment:" + parts.transit_attachments[*step.attachment].name;
  }
  switch (step.target) {
    case TargetKind::kInternetGateway:
      return "igw:" + parts.internet_gateways[step.index].name;
    case TargetKind::kEgressOnlyGateway:
      return "eigw:" + parts.egress_only_gateways[step.index].name;
    case TargetKind::kNatGateway:
      return "nat:" + parts.nat_gateways[step.index].name;
    case TargetKind::kTransitGateway:
      return "tgw:" + parts.transit_gateways[step.index].name;
    case TargetKind::kPeering:
      return "peering:" + parts.peerings[step.index].name;
    case TargetKind::kInterface:
      return "interface:" + parts.interfaces[step.index].name;
    case TargetKind::kEndpoint:
      return "endpoint:" + parts.endpoints[step.index].name;
    case TargetKind::kVpnGateway:
      return "vgw:" + parts.vpn_gateways[step.index].name;
    default:
      return "unknown";
  }
}

/// The table of a subnet (S14), or each that it may be (S141).
Tree Walk::with_table(Packet packet, std::size_t subnet,
                      const std::function<Tree(Packet, VpcTable)>& next) {
  const SubnetView& one = view_.subnets()[subnet];
  const std::string at = view_.subnet_name(subnet);
  if (one.open) return any_table(std::move(packet), one.vpc, at, next);
  if (one.written == nullptr || !one.written->route_table) {
    return main_table(std::move(packet), one.vpc, at, next);
  }
  const Open<Ref<RouteTable>>& ref = *one.written->route_table;
  if (ref.unknown || !ref.value) {
    return any_table(std::move(packet), one.vpc, at, next);
  }
  const auto& tables = view_.parts().route_tables;
  return next(std::move(packet),
              VpcTable{one.vpc, &tables[ref.value.id->index()]});
}

Tree Walk::main_table(Packet packet, Id<Vpc> vpc, const std::string& at,
                      const std::function<Tree(Packet, VpcTable)>& next) {
  const auto& main = view_.parts().vpcs[vpc.index()].main_table;
  if (!main) return next(std::move(packet), VpcTable{vpc, nullptr});
  if (!*main) return any_table(std::move(packet), vpc, at, next);
  const auto& tables = view_.parts().route_tables;
  return next(std::move(packet), VpcTable{vpc, &tables[main->id->index()]});
}

Tree Walk::any_table(Packet packet, Id<Vpc> vpc, const std::string& at,
                     const std::function<Tree(Packet, VpcTable)>& next) {
  std::vector<VpcTable> tables;
  for (const RouteTable& one : view_.parts().route_tables) {
    if (one.vpc.id == vpc) tables.push_back(VpcTable{vpc, &one});
  }
  if (!view_.parts().vpcs[vpc.index()].main_table) {
    tables.push_back(VpcTable{vpc, nullptr});
  }
  if (tables.empty()) tables.push_back(VpcTable{vpc, nullptr});
  std::vector<std::string> names;
  for (const VpcTable& one : tables) names.push_back(name_of(one));
  const Fact fact{at + " table", "the route table of " + at};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  return next(std::move(p), tables[which]);
                });
}

/// What the table says of the destination (S141): first what may be longer
/// than anything written, then the lines.
Tree Walk::decide(Packet packet, VpcTable table, const NextVpc& next) {
  const std::string at = name_of(table);
  if (auto loop = visit(packet, at, true)) return *loop;
  const auto routed = [&](Packet p, const VpcStep& step) {
    const bool forwards = step.kind == VpcStep::Kind::kLocal ||
                          step.kind == VpcStep::Kind::kTarget;
    if (forwards) {
      hop(p, at, "routed", step.prefix + " -> " + describe(step), step.where);
    }
    return next(std::move(p), step);
  };
  if (table.written == nullptr) {
    return decide_known(std::move(packet), table, routed);
  }
  return decide_open_routes(std::move(packet), table, routed);
}

Tree Walk::decide_open_routes(Packet packet, VpcTable table,
                              const NextVpc& next) {
  const auto known = [&](Packet p) {
    return decide_open_lists(std::move(p), table, 0, next);
  };
  if (!table.written->routes.open) return known(std::move(packet));
  const bool inside = view_.has_cidr(table.vpc, packet.flow.dst);
  std::vector<VpcStep> steps =
      gateways(table, packet.flow.dst.family(), inside);
  if (!inside) {
    VpcStep none;
    none.table = name_of(table);
    steps.push_back(none);
  }
  std::vector<std::string> names = {"as written"};
  for (const VpcStep& one : steps) names.push_back(describe(one));
  const std::string at = name_of(table);
  const Fact fact{at + " routes " + to_string(packet.flow.dst),
                  at + " may hold another route"};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  if (which == 0) return known(std::move(p));
                  return next(std::move(p), steps[which - 1]);
                });
}

/// Prefix lists that are open or dangle may hold the destination.
Tree Walk::decide_open_lists(Packet packet, VpcTable table, std::size_t line,
                             const NextVpc& next) {
  const auto& lines = table.written->routes.items;
  for (; line < lines.size(); ++line) {
    const auto& list = lines[line].prefix_list;
    if (!list) continue;
    if (!*list || view_.parts().prefix_lists[list->id->index()].entries.open) {
      break;
    }
  }
  if (line == lines.size()) {
    return decide_open_gateways(std::move(packet), table, 0, next);
  }
  const Route& route = lines[line];
  const std::string list = "pl:" + route.prefix_list->name;
  const bool inside = view_.has_cidr(table.vpc, packet.flow.dst);
  std::vector<VpcStep> steps;
  for (const VpcStep& one :
       steps_of(table, route, packet.flow.dst.family(), list)) {
    const std::vector<VpcStep> boxes =
        gateways(table, packet.flow.dst.family(), true);
    const bool allowed =
        one.kind == VpcStep::Kind::kTarget &&
        std::ranges::any_of(boxes, [&](const VpcStep& box) {
          return box.target == one.target && box.index == one.index;
        });
    if (!inside || allowed) steps.push_back(one);
  }
  std::vector<std::string> names = {"not in it"};
  for (const VpcStep& one : steps) names.push_back(describe(one));
  const std::string at = name_of(table);
  const Fact fact{at + " " + list + " #" + std::to_string(line) + " " +
                      to_string(packet.flow.dst),
                  list + " in " + at + " may hold another prefix"};
  return choose(
      std::move(packet), fact, names, [&](Packet p, std::size_t which) {
        if (which == 0) {
          return decide_open_lists(std::move(p), table, line + 1, next);
        }
        return next(std::move(p), steps[which - 1]);
      });
}

/// VPN gateways whose sites may advertise more than is written.
Tree Walk::decide_open_gateways(Packet packet, VpcTable table,
                                std::size_t gateway, const NextVpc& next) {
  const auto& propagating = table.written->propagating;
  if (gateway == propagating.size() ||
      view_.has_cidr(table.vpc, packet.flow.dst)) {
    return decide_known(std::move(packet), table, next);
  }
  const auto go_on = [&, gateway](Packet p) {
    return decide_open_gateways(std::move(p), table, gateway + 1, next);
  };
  const Ref<VpnGateway>& ref = propagating[gateway];
  if (!ref || !belongs(table.vpc, TargetKind::kVpnGateway, ref.id->value)) {
    return go_on(std::move(packet));
  }
  VpcStep step;
  step.kind = VpcStep::Kind::kTarget;
  step.target = TargetKind::kVpnGateway;
  step.index = ref.id->value;
  step.table = name_of(table);
  step.prefix = "unknown";
  const auto taken = [&](Packet p) { return next(std::move(p), step); };
  Next chain = go_on;
  auto opens = open_site_links(view_, ref.id->value, packet.flow.dst);
  std::ranges::reverse(opens);
  for (const OpenLink& open : opens) {
    // A fact of this table, not of the gateway's own (S137).
    Fact fact = open.fact;
    fact.key = name_of(table) + ": " + fact.key;
    chain = [=, this](Packet p) {
      return yes_no(std::move(p), Answer3::kUnknown, fact, taken, chain);
    };
  }
  return chain(std::move(packet));
}

/// The lines and what the VPN gateways know: longest, then kind.
Tree Walk::decide_known(Packet packet, VpcTable table, const NextVpc& next) {
  std::vector<Candidate<VpcStep>> lines = candidates(packet, table);
  return climb<VpcStep>(std::move(packet), name_of(table), std::move(lines),
                        [&](Packet p, const std::vector<const VpcStep*>& rung) {
                          std::vector<VpcStep> steps;
                          for (const VpcStep* one : rung) steps.push_back(*one);
                          if (steps.empty()) {
                            VpcStep none;
                            none.table = name_of(table);
                            steps.push_back(none);
                          }
                          return pick(std::move(p), table, steps.front().prefix,
                                      steps, next);
                        });
}

/// Several equal lines or targets: nobody knows which (S54, S19).
Tree Walk::pick(Packet packet, VpcTable table, const std::string& what,
                const std::vector<VpcStep>& steps, const NextVpc& next) {
  std::vector<VpcStep> different;
  std::vector<std::string> names;
  for (const VpcStep& one : steps) {
    const std::string name = describe(one);
    if (std::ranges::find(names, name) != names.end()) continue;
    names.push_back(name);
    different.push_back(one);
  }
  const std::string at = name_of(table);
  const Fact fact{at + " " + what + " " + to_string(packet.flow.dst),
                  at + " leaves open where " + what + " leads"};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  return next(std::move(p), different[which]);
                });
}

}  // namespace netproof::reference
