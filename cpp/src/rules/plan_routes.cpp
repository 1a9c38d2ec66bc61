#include <fmt/format.h>

#include <map>
#include <utility>

#include "rules/plan_checks.hpp"
#include "rules/transit_view.hpp"

namespace netproof {

namespace {

template <class Line>
std::string destination_of(const Line& line) {
  if (line.destination) return to_string(line.destination->prefix);
  return line.prefix_list ? line.prefix_list->name : "?";
}

template <class Table>
void check_targets(const Table& table, const std::string& name,
                   std::vector<Finding>& found) {
  for (const auto& line : table.routes.items) {
    if (line.targets.size() < 2) continue;
    Finding finding = make_finding(
        "route-has-one-target",
        fmt::format("{} sends {} to {} targets; AWS takes one", name,
                    destination_of(line), line.targets.size()),
        line.where, name);
    for (const auto& target : line.targets) {
      finding.related.push_back({target.name, target.where});
    }
    found.push_back(std::move(finding));
  }
}

// Host bits are masked before comparing: AWS does so too (S9).
template <class Table>
void check_twice(const Table& table, const std::string& name,
                 std::vector<Finding>& found) {
  std::map<IpPrefix, const WrittenPrefix*> seen;
  for (const auto& line : table.routes.items) {
    if (!line.destination) continue;
    const WrittenPrefix& written = *line.destination;
    const auto [at, fresh] = seen.try_emplace(written.prefix, &written);
    if (fresh) continue;
    Finding finding = make_finding(
        "prefix-has-one-static-route",
        fmt::format("{} has two static routes to {} ('{}' and '{}')", name,
                    to_string(written.prefix), at->second->text, written.text),
        line.where, name);
    finding.related.push_back({"the first route", at->second->where});
    found.push_back(std::move(finding));
  }
}

}  // namespace

void check_route_targets(const PlanContext& context,
                         std::vector<Finding>& found) {
  for (const RouteTable& table : context.parts().route_tables) {
    check_targets(table, "rtb:" + table.name, found);
  }
  for (const TransitRouteTable& table : context.parts().transit_route_tables) {
    check_targets(table, "tgw-rtb:" + table.name, found);
  }
}

void check_static_routes(const PlanContext& context,
                         std::vector<Finding>& found) {
  for (const RouteTable& table : context.parts().route_tables) {
    check_twice(table, "rtb:" + table.name, found);
  }
  for (const TransitRouteTable& table : context.parts().transit_route_tables) {
    check_twice(table, "tgw-rtb:" + table.name, found);
  }
}

void check_hidden_propagations(const PlanContext& context,
                               std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    const std::string name = "tgw-rtb:" + parts.transit_route_tables[t].name;
    std::multimap<IpPrefix, Learned> learned;
    for (Learned& one : learned_by(parts, t)) {
      learned.emplace(one.prefix, std::move(one));
    }
    for (const StaticLine& line : static_lines(parts, t)) {
      if (line.route->blackhole) continue;
      const auto range = learned.equal_range(line.prefix);
      for (auto at = range.first; at != range.second; ++at) {
        const Learned& hidden = at->second;
        bool same = false;
        for (const auto& target : line.route->targets) {
          same = same || (target && target.id->value == hidden.attachment);
        }
        if (same) continue;
        Finding finding = make_finding(
            "static-route-hides-nothing",
            fmt::format("{}: the static route to {} hides what {} propagates",
                        name, to_string(line.prefix), hidden.owner),
            line.route->where, name);
        finding.subjects.push_back(hidden.owner);
        finding.related.push_back({"the hidden prefix", hidden.where});
        found.push_back(std::move(finding));
      }
    }
  }
}

}  // namespace netproof
