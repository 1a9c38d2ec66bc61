#include "netproof/model/merge_rules.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

namespace netproof {

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  for (T& item : from) to.push_back(std::move(item));
}

std::string ports_of(const RuleSet& set) {
  return fmt::format("{}-{}", set.client_port_first, set.client_port_last);
}

// A zone means one thing to every rule, so it is defined once, and a report
// names rules by their ids.
void complain_of_names(const RuleSet& known, const RuleSet& added,
                       Diagnostics& problems) {
  std::set<std::string> ids;
  for (const RuleSpec& rule : known.rules) ids.insert(rule.id);
  for (const RuleSpec& rule : added.rules) {
    if (!ids.contains(rule.id)) continue;
    problems.push_back({"duplicate-rule", rule.where,
                        "a rule id stands in one of the rule files", rule.id,
                        ""});
  }
  for (const auto& [name, zone] : added.zones) {
    if (!known.zones.contains(name)) continue;
    problems.push_back({"duplicate-zone", zone.where,
                        "a zone is defined in one of the rule files", name,
                        ""});
  }
}

// What differs would change the meaning of the other file's rules.
void complain_of_ports(const RuleSet& known, const RuleSet& added,
                       Diagnostics& problems) {
  if (known.rules.empty() || added.rules.empty()) return;
  if (ports_of(known) == ports_of(added)) return;
  problems.push_back(
      {"different-client-ports", added.rules.front().where,
       fmt::format("rule files that are judged together agree on client_ports "
                   "(here {})",
                   ports_of(known)),
       ports_of(added), ""});
}

}  // namespace

Result<RuleSet, Diagnostics> merge_rules(std::vector<RuleSet> sets) {
  RuleSet merged;
  Diagnostics problems;
  for (RuleSet& set : sets) {
    complain_of_names(merged, set, problems);
    complain_of_ports(merged, set, problems);
    if (merged.rules.empty()) {
      merged.client_port_first = set.client_port_first;
      merged.client_port_last = set.client_port_last;
    }
    append(merged.rules, std::move(set.rules));
    append(merged.waivers, std::move(set.waivers));
    merged.zones.merge(set.zones);
  }
  if (!problems.empty()) return Unexpected{std::move(problems)};
  return merged;
}

}  // namespace netproof
