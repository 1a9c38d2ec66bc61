#include <fmt/format.h>

#include "io/draft.hpp"
#include "io/filter_line.hpp"
#include "io/target.hpp"

namespace netproof::io {
namespace {

void read_zone(Problems& problems, const Node& node,
               std::vector<ZoneFirewall::Zone>& zones) {
  Fields fields{problems, node, "firewall zone"};
  if (!node.is_map()) return;
  ZoneFirewall::Zone zone;
  zone.where = node.where;
  zone.name = fields.need_text("name");
  fields.prose("description");
  zone.segments = fields.refs<Segment>("segments");
  if (const Node* neighbours = fields.find("neighbours")) {
    zone.neighbours = read_list<
        std::string>(problems, *neighbours, [&](const Node& item, auto& out) {
      if (read_kind_name(problems, item, {"router", "site"}, {"internet"})) {
        out.push_back(item.text);
      }
    });
  }
  fields.finish();
  for (const ZoneFirewall::Zone& other : zones) {
    if (other.name == zone.name && !zone.name.empty()) {
      problems.add({"duplicate-name", node.where,
                    "a name stands for one zone of a firewall", zone.name,
                    fmt::format("first at {}", to_string(other.where))});
    }
  }
  zones.push_back(std::move(zone));
}

std::vector<std::string> read_zone_names(Fields& fields, const char* key) {
  const Node* node = fields.find(key);
  if (node == nullptr) return {};
  refuse_empty(fields.problems(), *node);
  return read_list<std::string>(
      fields.problems(), *node, [&](const Node& item, auto& out) {
        if (const auto name = read_text(fields.problems(), item)) {
          out.push_back(*name);
        }
      });
}

void read_firewall_rule(Problems& problems, const Node& node,
                        const ZoneFirewall& firewall,
                        std::vector<FirewallRule>& rules) {
  const int before = problems.failures();
  Fields fields{problems, node, "firewall rule"};
  if (!node.is_map()) return;
  FirewallRule rule;
  rule.where = node.where;
  rule.name = fields.text("name");
  if (rule.name.empty()) {
    rule.name = fmt::format("{} #{}", firewall.name, rules.size() + 1);
  }
  rule.from_zones = read_zone_names(fields, "from");
  rule.to_zones = read_zone_names(fields, "to");
  for (const char* key : {"sources", "destinations"}) {
    if (const Node* list = fields.find(key)) {
      refuse_empty(problems, *list);
      (key[0] == 's' ? rule.sources : rule.destinations) =
          fields.prefixes(list);
    }
  }
  rule.service = read_open_service(fields);
  rule.allow = read_action(fields);
  fields.prose("description");
  refuse_schedule(fields);
  fields.finish();
  if (problems.failures() == before) rules.push_back(std::move(rule));
}

}  // namespace

void read_firewall(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, ZoneFirewall& firewall) {
    if (const Node* zones = fields.need("zones")) {
      firewall.zones = read_list<ZoneFirewall::Zone>(
          draft.problems, *zones, [&](const Node& item, auto& out) {
            read_zone(draft.problems, item, out);
          });
    }
    if (const Node* rules = fields.find("rules")) {
      firewall.rules = read_open_list<FirewallRule>(
          draft.problems, *rules, [&](const Node& item, auto& out) {
            read_firewall_rule(draft.problems, item, firewall, out);
          });
    }
    if (fields.find("default") != nullptr) {
      firewall.default_allow = read_action(fields, "default");
    }
    if (fields.find("intra_zone") != nullptr) {
      firewall.intra_zone_allow = read_action(fields, "intra_zone");
    }
  };
  record_lost(draft, "firewalls",
              read_object(draft, node, {"firewalls", "firewall"},
                          draft.parts.firewalls, body));
}

}  // namespace netproof::io
