#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rules/plan_checks.hpp"
#include "rules/plan_entries.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

constexpr std::size_t kRelatedShown = 20;

// What a link propagates goes with the link, and the wider route then counts:
// that is how a backup is written.
bool stays(const PlanEntry& entry) {
  return entry.origin != EntryOrigin::kReceived;
}

std::string text_of(const PlanEntry& entry) {
  if (entry.blackhole()) {
    return fmt::format("the blackhole {}", to_string(entry.prefix));
  }
  return fmt::format("the route {} -> {}", to_string(entry.prefix),
                     entry.target.empty() ? "?" : entry.target);
}

std::string prefixes_of(const std::vector<const PlanEntry*>& entries) {
  std::vector<std::string> names;
  for (const PlanEntry* entry : entries) {
    names.push_back(to_string(entry->prefix));
  }
  return some_of(names);
}

void relate(Finding& finding, const std::vector<const PlanEntry*>& entries) {
  for (const PlanEntry* entry : entries) {
    if (finding.related.size() == kRelatedShown) return;
    finding.related.push_back({text_of(*entry), entry->where});
  }
}

void report_unused(const PlanTable& table,
                   const std::vector<EntryGroup>& groups, std::size_t at,
                   std::vector<Finding>& found) {
  const PlanEntry& entry = groups[at].entries.front();
  std::vector<const PlanEntry*> longer;
  for (std::size_t i = at + 1; i < groups.size(); ++i) {
    if (!entry.prefix.contains(groups[i].prefix())) break;
    if (groups[i].wider == at) longer.push_back(&groups[i].entries.front());
  }
  Finding finding =
      make_finding("route-decides-some-address",
                   fmt::format("{}: {} is never used: {} cover all of it",
                               table.name, text_of(entry), prefixes_of(longer)),
                   entry.where, table.name);
  relate(finding, longer);
  found.push_back(std::move(finding));
}

/// Is the route the same as the next wider one, with nothing in between?
const PlanEntry* covered_by(const std::vector<EntryGroup>& groups,
                            const EntryGroup& group) {
  if (group.wider == EntryGroup::kNone) return nullptr;
  const PlanEntry* own = group.winner();
  const PlanEntry* wider = groups[group.wider].winner();
  if (own == nullptr || wider == nullptr) return nullptr;
  if (own->origin != EntryOrigin::kStatic || own->blackhole()) return nullptr;
  if (own->target.empty() || own->target != wider->target) return nullptr;
  // Without the route another one of the same prefix would come up.
  const bool alone = std::ranges::all_of(
      group.entries,
      [&](const PlanEntry& e) { return e.target == own->target; });
  return alone && stays(*wider) ? wider : nullptr;
}

void report_redundant(const PlanTable& table, const PlanEntry& wider,
                      const std::vector<const PlanEntry*>& inside,
                      std::vector<Finding>& found) {
  Finding finding = make_finding(
      "route-is-not-redundant",
      fmt::format("{}: {} to {} lie{} inside {} to the same target: {}",
                  table.name, counted(inside.size(), "route"), wider.target,
                  inside.size() == 1 ? "s" : "", to_string(wider.prefix),
                  prefixes_of(inside)),
      inside.front()->where, table.name);
  finding.related.push_back({"the wider route", wider.where});
  relate(finding, {inside.begin() + 1, inside.end()});
  found.push_back(std::move(finding));
}

}  // namespace

// More entries could only cover more: an open table does not matter.
void check_used_routes(const PlanContext& context,
                       std::vector<Finding>& found) {
  for (const PlanTable& table : plan_tables(context.parts())) {
    const auto groups = groups_of(table.entries, stays);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (!groups[i].decides.empty()) continue;
      if (groups[i].entries.front().written()) {
        report_unused(table, groups, i, found);
      }
    }
  }
}

// In an open table something may lie in between.
void check_redundant_routes(const PlanContext& context,
                            std::vector<Finding>& found) {
  for (const PlanTable& table : plan_tables(context.parts())) {
    if (table.open) continue;
    const auto groups = groups_of(table.entries, stays);
    std::map<const PlanEntry*, std::vector<const PlanEntry*>> inside;
    for (const EntryGroup& group : groups) {
      const PlanEntry* wider = covered_by(groups, group);
      if (wider != nullptr) inside[wider].push_back(group.winner());
    }
    for (const auto& [wider, routes] : inside) {
      report_redundant(table, *wider, routes, found);
    }
  }
}

void check_contradictions(const PlanContext& context,
                          std::vector<Finding>& found) {
  for (const PlanTable& table : plan_tables(context.parts())) {
    const auto groups = groups_of(table.entries, stays);
    for (const EntryGroup& group : groups) {
      const PlanEntry* active = nullptr;
      const PlanEntry* blackhole = nullptr;
      for (const PlanEntry& entry : group.entries) {
        if (entry.origin != EntryOrigin::kStatic) continue;
        const PlanEntry*& kind = entry.blackhole() ? blackhole : active;
        if (kind == nullptr) kind = &entry;
      }
      if (active == nullptr || blackhole == nullptr) continue;
      Finding finding = make_finding(
          "prefix-is-routed-or-dropped",
          fmt::format("{} sends {} to {} and drops it in a blackhole",
                      table.name, to_string(group.prefix()),
                      active->target.empty() ? "a target" : active->target),
          blackhole->where, table.name);
      finding.related.push_back({"the route", active->where});
      found.push_back(std::move(finding));
    }
  }
}

}  // namespace netproof
