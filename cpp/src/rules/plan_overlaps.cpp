#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "netproof/rules/overlaps.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

// A block that overlaps thousands of others is one finding; it shows these.
constexpr std::size_t kRelatedShown = 20;

auto order_of(const OverlapEnd& end) {
  return std::tie(end.source, end.kind, end.index, end.cidr);
}

/// What overlaps one block and was written before it.
struct Group {
  OverlapEnd late;
  std::vector<OverlapEnd> early;  ///< the first of them, as written
  std::size_t count = 0;          ///< of all of them
  bool shares = false;

  void add(const OverlapEnd& end) {
    ++count;
    const auto at =
        std::ranges::upper_bound(early, order_of(end), {}, order_of);
    if (at == early.end() && early.size() == kRelatedShown) return;
    early.insert(at, end);
    if (early.size() > kRelatedShown) early.pop_back();
  }
};

std::vector<Group> by_later_block(const PlanContext& context, bool subnets) {
  using Key = std::tuple<OverlapKind, std::uint32_t, IpPrefix, Location>;
  std::map<Key, Group> groups;
  for_each_overlap(
      context.topology, context.domains,
      [&](const OverlapEnd& early, const OverlapEnd& late, bool shares) {
        if ((late.kind == OverlapKind::kSubnet) != subnets) return;
        Group& group = groups[{late.kind, late.index, late.cidr, late.source}];
        if (group.count == 0) group.late = late;
        group.shares = group.shares || shares;
        group.add(early);
      });
  std::vector<Group> result;
  for (auto& entry : groups) result.push_back(std::move(entry.second));
  return result;
}

std::string text_of(const Group& group) {
  const OverlapEnd& first = group.early.front();
  std::string text = fmt::format("{} ({}) overlaps {} ({})", group.late.name,
                                 to_string(group.late.cidr), first.name,
                                 to_string(first.cidr));
  if (group.count > 1) text += fmt::format(" and {} more", group.count - 1);
  return text;
}

void report(std::string_view id, const Group& group,
            std::vector<Finding>& found) {
  Finding finding =
      make_finding(id, text_of(group), group.late.source, group.late.name);
  for (const OverlapEnd& other : group.early) {
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
  for (const Group& group : by_later_block(context, false)) {
    report("prefixes-do-not-overlap", group, found);
  }
}

void check_subnet_overlaps(const PlanContext& context,
                           std::vector<Finding>& found) {
  for (const Group& group : by_later_block(context, true)) {
    report("subnets-do-not-overlap", group, found);
  }
}

}  // namespace netproof
