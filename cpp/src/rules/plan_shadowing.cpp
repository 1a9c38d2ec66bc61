#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "rules/plan_acl_lines.hpp"
#include "rules/plan_checks.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

constexpr std::size_t kRelatedShown = 20;

/// One line of a first-match filter. What is not known to match covers nothing.
struct FilterText {
  std::string name;  ///< "inbound #100"
  std::string decision;
  PacketSet match;
  bool known = true;
  Location where;
};

/// Lines that are asked in this order.
struct Filter {
  std::string holder;
  std::vector<FilterText> lines;
};

std::string decision_of(const Open<bool>& allow) {
  if (allow.unknown) return "unknown";
  return allow.value ? "allow" : "deny";
}

FilterText text_of(const AclEntry& entry, bool inbound) {
  FilterText text;
  text.name =
      fmt::format("{} #{}", inbound ? "inbound" : "outbound", entry.number);
  text.decision = decision_of(entry.allow);
  text.where = entry.where;
  const auto match = match_of(entry, inbound);
  text.known = match.has_value();
  if (text.known) text.match = *match;
  return text;
}

Filter filter_of(const NetworkAcl& acl, bool inbound) {
  Filter filter{"acl:" + acl.name, {}};
  for (const AclEntry* one : entries_in_order(acl, inbound)) {
    filter.lines.push_back(text_of(*one, inbound));
  }
  return filter;
}

IpSet addresses_of(const OpenList<WrittenPrefix>& list) {
  if (list.items.empty()) return IpSet::all();
  std::vector<IpPrefix> prefixes;
  for (const WrittenPrefix& one : list.items) prefixes.push_back(one.prefix);
  return IpSet::from_prefixes(prefixes);
}

FilterText text_of(const FirewallRule& rule) {
  FilterText text;
  text.name = rule.name;
  text.decision = decision_of(rule.allow);
  text.where = rule.where;
  text.known =
      !rule.service.unknown && !rule.sources.open && !rule.destinations.open;
  if (!text.known) return text;
  text.match =
      PacketSet::box(addresses_of(rule.sources),
                     addresses_of(rule.destinations), rule.service.value);
  return text;
}

/// The earlier lines that together take all of line `at`: those that share a
/// packet with it, in their order.
std::vector<std::size_t> takers_of(const Filter& filter, std::size_t at) {
  std::vector<std::size_t> takers;
  PacketSet rest = filter.lines[at].match;
  for (std::size_t i = 0; i < at && !rest.empty(); ++i) {
    const FilterText& earlier = filter.lines[i];
    if (!earlier.known || earlier.match.disjoint_from(rest)) continue;
    takers.push_back(i);
    rest -= earlier.match;
  }
  return takers;
}

void report(const Filter& filter, std::size_t at,
            const std::vector<std::size_t>& takers,
            std::vector<Finding>& found) {
  const FilterText& line = filter.lines[at];
  std::vector<std::string> names;
  bool differs = false;
  for (const std::size_t i : takers) {
    names.push_back(
        fmt::format("{} ({})", filter.lines[i].name, filter.lines[i].decision));
    differs = differs || filter.lines[i].decision != line.decision;
  }
  Finding finding = make_finding(
      "filter-line-is-reached",
      fmt::format("{}: {} ({}) is never reached: {} take{} all of it{}",
                  filter.holder, line.name, line.decision, some_of(names),
                  names.size() == 1 ? "s" : "",
                  differs ? " and decide otherwise" : ""),
      line.where, filter.holder);
  if (differs && names.size() == 1) {
    finding.message.replace(finding.message.rfind("decide "), 7, "decides ");
  }
  for (const std::size_t i : takers) {
    if (finding.related.size() == kRelatedShown) break;
    finding.related.push_back({filter.lines[i].name, filter.lines[i].where});
  }
  found.push_back(std::move(finding));
}

// A line is never reached where the union of the earlier ones takes all of it.
void check_filter(const Filter& filter, std::vector<Finding>& found) {
  PacketSet taken;
  for (std::size_t i = 0; i < filter.lines.size(); ++i) {
    const FilterText& line = filter.lines[i];
    if (!line.known || line.match.empty()) continue;
    if (line.match.lies_inside(taken)) {
      report(filter, i, takers_of(filter, i), found);
    } else {
      taken |= line.match;
    }
  }
}

using ZonePair = std::pair<std::string, std::string>;

// The empty name stands for what belongs to no zone.
std::set<std::string> zones_of(const ZoneFirewall& firewall) {
  std::set<std::string> names{""};
  for (const auto& zone : firewall.zones) names.insert(zone.name);
  return names;
}

std::vector<ZonePair> pairs_of(const FirewallRule& rule,
                               const std::set<std::string>& zones) {
  std::vector<ZonePair> pairs;
  const auto chosen = [&](const std::vector<std::string>& names) {
    return names.empty() ? zones : std::set(names.begin(), names.end());
  };
  for (const std::string& from : chosen(rule.from_zones)) {
    for (const std::string& to : chosen(rule.to_zones)) {
      pairs.emplace_back(from, to);
    }
  }
  return pairs;
}

/// The lines of one pair of zones, with their places in the firewall's list.
struct PairFilter {
  Filter filter;
  PacketSet taken;
};

// A line is never reached where that is so for every pair of its zones; the
// lines of the first pair are shown.
void check_firewall(const ZoneFirewall& firewall, std::vector<Finding>& found) {
  const std::set<std::string> zones = zones_of(firewall);
  std::map<ZonePair, PairFilter> filters;
  for (const FirewallRule& rule : firewall.rules.items) {
    const FilterText text = text_of(rule);
    const std::vector<ZonePair> pairs = pairs_of(rule, zones);
    const bool taken =
        text.known && std::ranges::all_of(pairs, [&](const ZonePair& pair) {
          return text.match.lies_inside(filters[pair].taken);
        });
    for (const ZonePair& pair : pairs) {
      PairFilter& of_pair = filters[pair];
      of_pair.filter.holder = "firewall:" + firewall.name;
      of_pair.filter.lines.push_back(text);
      if (text.known) of_pair.taken |= text.match;
    }
    if (!taken) continue;
    const Filter& first = filters[pairs.front()].filter;
    const std::size_t at = first.lines.size() - 1;
    report(first, at, takers_of(first, at), found);
  }
}

}  // namespace

// S76, S118. An open list may hold more lines; they could only take more.
void check_reached_lines(const PlanContext& context,
                         std::vector<Finding>& found) {
  for (const NetworkAcl& acl : context.parts().network_acls) {
    check_filter(filter_of(acl, true), found);
    check_filter(filter_of(acl, false), found);
  }
  for (const ZoneFirewall& firewall : context.parts().firewalls) {
    check_firewall(firewall, found);
  }
}

}  // namespace netproof
