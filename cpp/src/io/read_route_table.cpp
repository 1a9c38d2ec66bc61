#include <algorithm>
#include <array>

#include "io/for_each_vpc.hpp"
#include "io/target.hpp"

namespace netproof::io {
namespace {

struct TargetWord {
  const char* word;
  TargetKind kind;
};

constexpr std::array<TargetWord, 8> kKinds{{
    {"tgw", TargetKind::kTransitGateway},
    {"igw", TargetKind::kInternetGateway},
    {"eigw", TargetKind::kEgressOnlyGateway},
    {"nat", TargetKind::kNatGateway},
    {"peering", TargetKind::kPeering},
    {"interface", TargetKind::kInterface},
    {"endpoint", TargetKind::kEndpoint},
    {"vgw", TargetKind::kVpnGateway},
}};

TargetKind kind_of(const std::string& word) {
  if (word == "local") return TargetKind::kLocal;
  if (word == "blackhole") return TargetKind::kBlackhole;
  const auto* at = std::ranges::find_if(
      kKinds, [&](const TargetWord& each) { return word == each.word; });
  return at == kKinds.end() ? TargetKind::kUnknown : at->kind;
}

std::vector<std::string> kind_words() {
  std::vector<std::string> words;
  for (const TargetWord& each : kKinds) words.emplace_back(each.word);
  return words;
}

void read_targets(Fields& fields, Route& route) {
  const Node* node =
      route.blackhole ? fields.find("target") : fields.need("target");
  if (node == nullptr) return;
  route.targets = read_list<RouteTarget>(
      fields.problems(), *node, [&](const Node& item, auto& out) {
        if (item.is_unknown()) {
          out.push_back(
              {TargetKind::kUnknown, "unknown", std::nullopt, item.where});
          return;
        }
        const auto target = read_target(fields.problems(), item, kind_words());
        if (target) out.push_back(*target);
      });
}

void read_route(Problems& problems, const Node& node,
                std::vector<Route>& routes,
                std::vector<PendingRoutes<Route>>& pending) {
  const int before = problems.failures();
  Fields fields{problems, node, "route"};
  if (!node.is_map()) return;
  Route route;
  route.where = node.where;
  route.blackhole = fields.flag("blackhole", false);
  const std::string name = fields.prose("name");
  route.comment = fields.prose("comment");
  if (route.comment.empty()) route.comment = name;
  read_targets(fields, route);
  const Node* destination = fields.find_either("destination", "prefix_list");
  std::vector<Destination> destinations;
  if (destination == nullptr) {
    fields.need("destination");
  } else if (node.find("destination") == nullptr) {
    route.prefix_list = fields.ref<PrefixList>("prefix_list");
    route.where = destination->where;
  } else {
    destinations = read_vpc_destinations(problems, *destination, true);
  }
  refuse_schedule(fields);
  fields.finish();
  if (problems.failures() != before) return;
  if (route.prefix_list) routes.push_back(route);
  add_routes(route, destinations, routes, pending);
}

}  // namespace

std::optional<RouteTarget> read_target(Problems& problems, const Node& node,
                                       const std::vector<std::string>& kinds) {
  const auto named =
      read_kind_name(problems, node, kinds, {"local", "blackhole"});
  if (!named) return std::nullopt;
  return RouteTarget{kind_of(named->kind), named->name, std::nullopt,
                     node.where};
}

void refuse_schedule(Fields& fields) {
  const Node* active = fields.find("active");
  if (active == nullptr) return;
  fields.problems().add({"not-supported-yet", active->where,
                         "a line is always active", "active",
                         "schedules are not supported yet"});
}

void read_route_table(Draft& draft, const Node& node, const VpcOwner& owner) {
  static const InVpc words{"route_tables",
                           "route table",
                           "main",
                           "name the table in 'main_route_table' of its VPC",
                           {"gateway", "propagating_vpn_gateways"}};
  const auto body = [&](Fields& fields, RouteTable& table, auto& pending) {
    if (const Node* routes = fields.find("routes")) {
      table.routes = read_open_list<Route>(
          draft.problems, *routes, [&](const Node& item, auto& out) {
            read_route(draft.problems, item, out, pending);
          });
    }
    if (const auto gateways =
            fields.open_refs<VpnGateway>("propagating_vpn_gateways")) {
      table.propagating = gateways->items;
      // What an unknown gateway may propagate is a route like any other.
      table.routes.open = table.routes.open || gateways->open;
    }
    if (const Node* gateway = fields.find("gateway")) {
      table.gateway = read_target(draft.problems, *gateway, {"igw", "vgw"});
    }
  };
  const auto lost =
      read_in_vpc(draft, node, owner, words,
                  VpcTable{draft.parts.route_tables, draft.route_tables}, body);
  if (lost && lost->gateway) {
    record_lost(draft, "route_tables", lost, lost->gateway->name);
  }
}

}  // namespace netproof::io
