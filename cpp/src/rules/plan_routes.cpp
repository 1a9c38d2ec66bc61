#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "rules/plan_checks.hpp"
#include "rules/transit_view.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

template <class Line>
std::string destination_of(const Line& line) {
  if (line.destination) return to_string(line.destination->prefix);
  return line.prefix_list ? line.prefix_list->name : "?";
}

bool drops(const TransitRoute& line) { return line.blackhole; }

bool drops(const Route& line) {
  return line.blackhole ||
         (line.targets.size() == 1 &&
          line.targets.front().kind == TargetKind::kBlackhole);
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

// Host bits are masked before comparing: AWS does so too (S9). A route and a
// blackhole of one prefix are a finding of their own.
template <class Table>
void check_twice(const Table& table, const std::string& name,
                 std::vector<Finding>& found) {
  std::map<std::pair<IpPrefix, bool>, const WrittenPrefix*> seen;
  for (const auto& line : table.routes.items) {
    if (!line.destination) continue;
    const WrittenPrefix& written = *line.destination;
    const auto [at, fresh] =
        seen.try_emplace({written.prefix, drops(line)}, &written);
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

bool leads_to(const TransitRoute& route, std::uint32_t attachment) {
  return std::ranges::any_of(route.targets, [&](const auto& target) {
    return target && target.id->value == attachment;
  });
}

bool is_link(const TopologyParts& parts, const Learned& one) {
  return parts.transit_attachments[one.attachment].kind != AttachmentKind::kVpc;
}

void report_hidden(const TopologyParts& parts, const std::string& table,
                   const StaticLine& line,
                   const std::vector<const Learned*>& hidden,
                   std::vector<Finding>& found) {
  std::vector<std::string> owners;
  const Learned* link = nullptr;
  for (const Learned* one : hidden) {
    owners.push_back(one->owner);
    if (link == nullptr && is_link(parts, *one)) link = one;
  }
  std::string text = fmt::format(
      "{}: the static route {} -> {} hides what {} propagate{}", table,
      to_string(line.prefix),
      line.route->targets.empty() ? "?" : line.route->targets[0].name,
      some_of(owners), owners.size() == 1 ? "s" : "");
  if (link != nullptr) {
    text += fmt::format(
        "; it stays when its target is down and does not fail "
        "over to {}",
        link->owner);
  }
  Finding finding = make_finding("static-route-hides-nothing", std::move(text),
                                 line.route->where, table);
  for (const Learned* one : hidden) {
    finding.subjects.push_back(one->owner);
    finding.related.push_back({"the hidden prefix", one->where});
  }
  found.push_back(std::move(finding));
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

// S43, S94. One finding a route, however many links propagate the prefix.
void check_hidden_propagations(const PlanContext& context,
                               std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    const std::string name = "tgw-rtb:" + parts.transit_route_tables[t].name;
    const std::vector<Learned> learned = learned_by(parts, t);
    for (const StaticLine& line : static_lines(parts, t)) {
      if (line.route->blackhole) continue;
      std::vector<const Learned*> hidden;
      for (auto at = std::ranges::lower_bound(learned, line.prefix, {},
                                              &Learned::prefix);
           at != learned.end() && at->prefix == line.prefix; ++at) {
        if (!leads_to(*line.route, at->attachment)) hidden.push_back(&*at);
      }
      if (!hidden.empty()) report_hidden(parts, name, line, hidden, found);
    }
  }
}

}  // namespace netproof
