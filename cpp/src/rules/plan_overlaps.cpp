#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "netproof/rules/overlaps.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

// A block that overlaps thousands of others is one finding; it shows these.
constexpr std::size_t kRelatedShown = 20;

struct Group {
  OverlapEnd late;  ///< the block that was written later
  std::vector<OverlapEnd> early;
  bool shares = false;
};

std::vector<Group> by_later_block(const std::vector<Overlap>& overlaps,
                                  bool subnets) {
  using Key = std::tuple<OverlapKind, std::uint32_t, IpPrefix, Location>;
  std::map<Key, Group> groups;
  for (const Overlap& overlap : overlaps) {
    const OverlapEnd& late = overlap.b;
    if ((late.kind == OverlapKind::kSubnet) != subnets) continue;
    Group& group = groups[{late.kind, late.index, late.cidr, late.source}];
    group.late = late;
    group.shares = group.shares || overlap.shares_routing_domain;
    group.early.push_back(overlap.a);
  }
  std::vector<Group> result;
  for (auto& entry : groups) result.push_back(std::move(entry.second));
  return result;
}

std::string text_of(const Group& group) {
  const OverlapEnd& first = group.early.front();
  std::string text = fmt::format("{} ({}) overlaps {} ({})", group.late.name,
                                 to_string(group.late.cidr), first.name,
                                 to_string(first.cidr));
  if (group.early.size() > 1) {
    text += fmt::format(" and {} more", group.early.size() - 1);
  }
  return text;
}

void report(std::string_view id, Group group, std::vector<Finding>& found) {
  Finding finding =
      make_finding(id, text_of(group), group.late.source, group.late.name);
  const std::size_t shown = std::min(kRelatedShown, group.early.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const OverlapEnd& other = group.early[i];
    finding.subjects.push_back(other.name);
    finding.related.push_back(
        {fmt::format("{} has {}", other.name, to_string(other.cidr)),
         other.source});
  }
  if (!group.shares) {
    finding.level = Severity::kWarning;
    finding.message += "; no table knows both yet";
  }
  found.push_back(std::move(finding));
}

}  // namespace

void check_prefix_overlaps(const PlanContext& context,
                           std::vector<Finding>& found) {
  const auto overlaps = find_overlaps(context.topology, context.domains);
  for (Group& group : by_later_block(overlaps, false)) {
    report("prefixes-do-not-overlap", std::move(group), found);
  }
}

void check_subnet_overlaps(const PlanContext& context,
                           std::vector<Finding>& found) {
  const auto overlaps = find_overlaps(context.topology, context.domains);
  for (Group& group : by_later_block(overlaps, true)) {
    report("subnets-do-not-overlap", std::move(group), found);
  }
}

}  // namespace netproof
