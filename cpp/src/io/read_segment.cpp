#include "io/draft.hpp"
#include "io/target.hpp"

namespace netproof::io {
namespace {

// One line for each target: equal lines are how this model holds a choice.
void add_targets(Fields& fields, const Node& node, const RouterRoute& pattern,
                 std::vector<RouterRoute>& routes) {
  const auto lines = read_list<RouterRoute>(
      fields.problems(), node, [&](const Node& item, auto& out) {
        RouterRoute route = pattern;
        if (item.is_unknown()) {
          route.unknown = true;
          out.push_back(std::move(route));
          return;
        }
        const auto target =
            read_kind_name(fields.problems(), item, {"router", "site"},
                           {"internet", "blackhole"});
        if (!target) return;
        route.internet = target->kind == "internet";
        route.blackhole = target->kind == "blackhole";
        if (target->kind == "router") {
          route.router = Ref<Router>{target->name, std::nullopt, item.where};
        } else if (target->kind == "site") {
          route.site = Ref<Site>{target->name, std::nullopt, item.where};
        }
        out.push_back(std::move(route));
      });
  routes.insert(routes.end(), lines.begin(), lines.end());
}

void read_router_route(Problems& problems, const Node& node,
                       std::vector<RouterRoute>& routes) {
  const int before = problems.failures();
  Fields fields{problems, node, "router route"};
  if (!node.is_map()) return;
  const Node* destination = fields.need("destination");
  const Node* target = fields.need("target");
  fields.prose("comment");
  refuse_schedule(fields);
  fields.finish();
  if (destination == nullptr || target == nullptr) return;
  std::vector<RouterRoute> lines;
  for (const auto& prefix : read_destinations(problems, *destination)) {
    RouterRoute pattern;
    pattern.destination = prefix;
    pattern.where = prefix.where;
    add_targets(fields, *target, pattern, lines);
  }
  if (problems.failures() != before) return;
  routes.insert(routes.end(), lines.begin(), lines.end());
}

}  // namespace

void read_segment(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, Segment& segment) {
    segment.prefixes = fields.prefixes(fields.need("prefixes"));
    segment.router = fields.ref<Router>("router");
    segment.port_isolation =
        fields.open_flag("port_isolation", segment.port_isolation);
    segment.spoofs = fields.flag("spoofs", false);
    each_object(draft, fields.find("hosts"), nullptr,
                [&](const Node& n) { read_host(draft, n, ref_to(segment)); });
  };
  const auto lost = read_object(draft, node, {"segments", "segment"},
                                draft.parts.segments, body);
  if (lost) {
    record_lost(draft, "segments", lost,
                lost->router ? lost->router->name : "");
  }
}

void read_host(Draft& draft, const Node& node,
               const std::optional<Ref<Segment>>& owner) {
  const auto body = [&](Fields& fields, Host& host) {
    host.segment = owner_or(fields, owner, "segment");
    host.addresses =
        fields.addresses(fields.need_either("addresses", "address"));
  };
  const auto lost =
      read_object(draft, node, {"hosts", "host"}, draft.parts.hosts, body);
  if (lost) record_lost(draft, "hosts", lost, lost->segment.name);
}

void read_router(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, Router& router) {
    if (const Node* routes = fields.find("routes")) {
      router.routes = read_open_list<RouterRoute>(
          draft.problems, *routes, [&](const Node& item, auto& out) {
            read_router_route(draft.problems, item, out);
          });
    }
    router.firewall = fields.ref<ZoneFirewall>("firewall");
  };
  record_lost(draft, "routers",
              read_object(draft, node, {"routers", "router"},
                          draft.parts.routers, body));
}

}  // namespace netproof::io
