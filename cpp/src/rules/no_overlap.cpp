#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "netproof/rules/overlaps.hpp"
#include "rules/judging.hpp"

namespace netproof {

namespace {

bool asked(const RuleSpec& rule, OverlapKind kind) {
  const auto names = [&](std::string_view name) {
    return std::ranges::find(rule.overlap_of, name) != rule.overlap_of.end();
  };
  switch (kind) {
    case OverlapKind::kVpc:
      return names("vpcs");
    case OverlapKind::kSite:
      return names("sites");
    case OverlapKind::kSegment:
      return names("segments");
    case OverlapKind::kSubnet:
      return names("subnets");
  }
  return false;
}

template <class T>
void count_owners(const std::vector<T>& objects,
                  OpenList<WrittenPrefix> T::*prefixes, std::string_view kind,
                  std::size_t& owners, Judgement& j) {
  for (const T& object : objects) {
    if (!(object.*prefixes).items.empty()) ++owners;
    if (!(object.*prefixes).open) continue;
    j.unknown.push_back(fmt::format("the prefixes of {}:{} are not all known",
                                    kind, object.name));
  }
}

std::size_t owners_asked(const Case& c, Judgement& j) {
  std::size_t owners = 0;
  const TopologyParts& parts = c.topology().parts();
  if (asked(c.rule, OverlapKind::kVpc)) {
    count_owners(parts.vpcs, &Vpc::cidrs, "vpc", owners, j);
  }
  if (asked(c.rule, OverlapKind::kSite)) {
    count_owners(parts.sites, &Site::prefixes, "site", owners, j);
  }
  if (asked(c.rule, OverlapKind::kSegment)) {
    count_owners(parts.segments, &Segment::prefixes, "segment", owners, j);
  }
  if (asked(c.rule, OverlapKind::kSubnet)) {
    count_owners(parts.subnets, &Subnet::cidrs, "subnet", owners, j);
  }
  return owners;
}

// An exception takes out the object that it names.
bool waived(const Case& c, const OverlapEnd& end) {
  return std::ranges::find(c.subjects, end.name) != c.subjects.end();
}

std::string describe(const std::vector<Overlap>& found) {
  constexpr std::size_t kShown = 3;
  std::string text =
      fmt::format("{} pair{} overlap{}", found.size(),
                  found.size() == 1 ? "" : "s", found.size() == 1 ? "s" : "");
  for (std::size_t i = 0; i < std::min(kShown, found.size()); ++i) {
    text += fmt::format("{} {} {} and {} {}", i == 0 ? ":" : ";",
                        found[i].a.name, to_string(found[i].a.cidr),
                        found[i].b.name, to_string(found[i].b.cidr));
  }
  if (found.size() > kShown) {
    text += fmt::format("; and {} more", found.size() - kShown);
  }
  return text;
}

}  // namespace

// No two listed prefixes of different owners intersect.
Judgement judge_no_overlap(const Case& c) {
  Judgement j;
  const std::size_t owners = owners_asked(c, j);
  if (owners < 2) {
    j.verdict = Verdict::kVacuous;
    j.detail = "there are no two prefixes of different owners";
    return j;
  }
  const std::vector<std::uint32_t> domains = c.engine.routing_domains();
  std::vector<Overlap> found = find_overlaps(c.topology(), domains);
  std::erase_if(found, [&](const Overlap& overlap) {
    const bool meant = c.rule.overlap_anywhere || overlap.shares_routing_domain;
    return !meant || !asked(c.rule, overlap.a.kind) ||
           !asked(c.rule, overlap.b.kind) || waived(c, overlap.a) ||
           waived(c, overlap.b);
  });
  j.detail = fmt::format("the prefixes of {} owners are disjoint", owners);
  if (found.empty()) return j;
  j.verdict = Verdict::kViolated;
  j.detail = describe(found);
  for (const Overlap& overlap : found) {
    j.overlapping.push_back(overlap.a.name);
    j.overlapping.push_back(overlap.b.name);
  }
  return j;
}

}  // namespace netproof
