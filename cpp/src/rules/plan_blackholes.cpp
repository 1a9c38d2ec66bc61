#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rules/plan_checks.hpp"
#include "rules/plan_entries.hpp"
#include "rules/transit_view.hpp"

namespace netproof {

namespace {

constexpr std::size_t kRelatedShown = 20;

/// A hole in a blackhole: a longer prefix of the same table that forwards.
struct Hole {
  IpPrefix prefix;
  std::string owner;
  Location where;
  bool propagated = false;
};

// The entries of `sorted` inside `outer` are one run: prefixes are sorted by
// first address, wider before narrower.
template <class T>
std::pair<std::size_t, std::size_t> run_inside(const std::vector<T>& sorted,
                                               IpPrefix outer) {
  const auto begin = std::ranges::lower_bound(sorted, outer, {}, &T::prefix);
  auto end = begin;
  while (end != sorted.end() && outer.contains(end->prefix)) ++end;
  return {static_cast<std::size_t>(begin - sorted.begin()),
          static_cast<std::size_t>(end - sorted.begin())};
}

// A longer blackhole closes again what a hole would open.
bool closed_again(const std::vector<StaticLine>& lines, IpPrefix hole) {
  return std::ranges::any_of(lines, [&](const StaticLine& line) {
    return line.route->blackhole && line.prefix == hole;
  });
}

std::vector<Hole> holes_in(const std::vector<StaticLine>& lines,
                           const std::vector<Learned>& learned,
                           IpPrefix blackhole) {
  std::vector<Hole> holes;
  const auto [a, b] = run_inside(lines, blackhole);
  for (std::size_t i = a; i < b; ++i) {
    if (lines[i].prefix == blackhole || lines[i].route->blackhole) continue;
    holes.push_back(
        {lines[i].prefix, "a static route", lines[i].route->where, false});
  }
  const auto [c, d] = run_inside(learned, blackhole);
  for (std::size_t i = c; i < d; ++i) {
    if (learned[i].prefix == blackhole ||
        closed_again(lines, learned[i].prefix)) {
      continue;
    }
    holes.push_back(
        {learned[i].prefix, learned[i].owner, learned[i].where, true});
  }
  return holes;
}

void report_holes(const std::string& table, const StaticLine& line,
                  const std::vector<Hole>& holes, std::vector<Finding>& found) {
  const bool propagated = std::ranges::any_of(holes, &Hole::propagated);
  const auto first = std::ranges::find(holes, propagated, &Hole::propagated);
  std::string text = fmt::format("{}: the blackhole {} does not stop {} ({})",
                                 table, to_string(line.prefix),
                                 to_string(first->prefix), first->owner);
  if (holes.size() > 1) text += fmt::format(" and {} more", holes.size() - 1);
  Finding finding = make_finding("blackhole-is-not-pierced", std::move(text),
                                 line.route->where, table);
  if (!propagated) finding.level = Severity::kWarning;
  for (std::size_t i = 0; i < std::min(kRelatedShown, holes.size()); ++i) {
    finding.related.push_back(
        {fmt::format("{} has {}", holes[i].owner, to_string(holes[i].prefix)),
         holes[i].where});
    if (holes[i].propagated) finding.subjects.push_back(holes[i].owner);
  }
  found.push_back(std::move(finding));
}

using Visit = std::function<void(const std::string& table, std::uint32_t id,
                                 const std::vector<StaticLine>& lines)>;

void for_each_table(const TopologyParts& parts, const Visit& visit) {
  for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    const auto lines = static_lines(parts, t);
    const bool any = std::ranges::any_of(
        lines, [](const StaticLine& line) { return line.route->blackhole; });
    if (!any) continue;
    visit("tgw-rtb:" + parts.transit_route_tables[t].name, t, lines);
  }
}

/// The blocks of the VPCs whose packets a table decides. What only propagates
/// into it is often blackholed on purpose.
std::vector<Learned> members_of(const TopologyParts& parts,
                                std::uint32_t table) {
  std::vector<Learned> members;
  for (const std::uint32_t id : associated_with(parts, table)) {
    const TransitAttachment& attachment = parts.transit_attachments[id];
    if (!attachment.vpc || !attachment.vpc->id) continue;
    const Vpc& vpc = parts.vpcs.at(attachment.vpc->id->index());
    for (const WrittenPrefix& cidr : vpc.cidrs.items) {
      members.push_back({cidr.prefix, id, "vpc:" + vpc.name, cidr.where});
    }
  }
  return members;
}

void report_swallowed(const std::string& table, const StaticLine& line,
                      const std::vector<Learned>& swallowed,
                      std::vector<Finding>& found) {
  if (swallowed.empty()) return;
  const Learned& first = swallowed.front();
  std::string text = fmt::format(
      "{}: the blackhole {} drops {} of its own member {} ({})", table,
      to_string(line.prefix), line.prefix == first.prefix ? "all" : "a part",
      first.owner, to_string(first.prefix));
  if (swallowed.size() > 1) {
    text += fmt::format(" and of {} more", swallowed.size() - 1);
  }
  Finding finding = make_finding("blackhole-spares-its-members",
                                 std::move(text), line.route->where, table);
  for (std::size_t i = 0; i < std::min(kRelatedShown, swallowed.size()); ++i) {
    finding.subjects.push_back(swallowed[i].owner);
    finding.related.push_back({fmt::format("{} has {}", swallowed[i].owner,
                                           to_string(swallowed[i].prefix)),
                               swallowed[i].where});
  }
  found.push_back(std::move(finding));
}

}  // namespace

// S45-S47: length is decided before kind, so a blackhole does not stop what is
// more specific.
void check_pierced_blackholes(const PlanContext& context,
                              std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  for_each_table(parts, [&](const std::string& table, std::uint32_t id,
                            const std::vector<StaticLine>& lines) {
    const std::vector<Learned> learned = learned_by(parts, id);
    for (const StaticLine& line : lines) {
      if (!line.route->blackhole) continue;
      const std::vector<Hole> holes = holes_in(lines, learned, line.prefix);
      if (!holes.empty()) report_holes(table, line, holes, found);
    }
  });
}

// S46: equal to a member's block it drops all of it, inside it drops a part. A
// wider one drops nothing that is propagated.
void check_swallowed_members(const PlanContext& context,
                             std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  for_each_table(parts, [&](const std::string& table, std::uint32_t id,
                            const std::vector<StaticLine>& lines) {
    const std::vector<Learned> members = members_of(parts, id);
    for (const StaticLine& line : lines) {
      if (!line.route->blackhole) continue;
      std::vector<Learned> swallowed;
      for (const Learned& member : members) {
        if (member.prefix.contains(line.prefix)) swallowed.push_back(member);
      }
      report_swallowed(table, line, swallowed, found);
    }
  });
}

// In an open table something may lie in between. Equal ones are two static
// routes of one prefix, another kind of finding.
void check_covered_blackholes(const PlanContext& context,
                              std::vector<Finding>& found) {
  for (const PlanTable& table : plan_tables(context.parts())) {
    if (table.open) continue;
    const auto groups =
        groups_of(table.entries, [](const PlanEntry&) { return true; });
    for (const EntryGroup& group : groups) {
      if (group.wider == EntryGroup::kNone) continue;
      const PlanEntry* inner = group.winner();
      const PlanEntry* outer = groups[group.wider].winner();
      if (inner == nullptr || outer == nullptr) continue;
      if (!inner->blackhole() || !outer->blackhole()) continue;
      // Without it a propagated prefix of its length would come up.
      if (group.entries.back().target != inner->target) continue;
      Finding finding = make_finding(
          "blackhole-is-not-covered",
          fmt::format("{}: the blackhole {} lies inside the blackhole {}",
                      table.name, to_string(inner->prefix),
                      to_string(outer->prefix)),
          inner->where, table.name);
      finding.related.push_back({"the wider one", outer->where});
      found.push_back(std::move(finding));
    }
  }
}

}  // namespace netproof
