#include "rules/judging.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace netproof {

namespace {

// Removes the scopes that `taken` covers, address by address, and the members
// that have nothing left.
ZoneScope without(const ZoneScope& zone, const std::vector<Scope>& taken) {
  ZoneScope rest;
  rest.name = zone.name;
  rest.unknown = zone.unknown;
  rest.unowned = zone.unowned;
  rest.possible = zone.possible;
  rest.problems = zone.problems;
  constexpr auto kUnused = static_cast<std::uint32_t>(-1);
  std::vector<std::uint32_t> numbers(zone.members.size(), kUnused);
  for (std::size_t i = 0; i < zone.scopes.size(); ++i) {
    Scope scope = zone.scopes[i];
    for (const Scope& gone : taken) {
      if (gone.place == scope.place) scope.addresses -= gone.addresses;
    }
    if (scope.addresses.empty()) continue;
    std::uint32_t& number = numbers[zone.owner[i]];
    if (number == kUnused) {
      number = static_cast<std::uint32_t>(rest.members.size());
      rest.members.push_back(zone.members[zone.owner[i]]);
    }
    rest.scopes.push_back(std::move(scope));
    rest.owner.push_back(number);
  }
  return rest;
}

bool only_empty(const Diagnostics& problems) {
  return std::ranges::all_of(problems, [](const Diagnostic& problem) {
    return problem.code == "zone-selects-something" ||
           problem.code.starts_with("unknown-");
  });
}

void sort_unique(std::vector<std::string>& lines) {
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
}

bool in_vpc(const Case& c, Place place) {
  return place.kind == PlaceKind::kSubnet ||
         carrier_of(c.topology().parts(), place);
}

}  // namespace

bool listed_only(const Case& c) {
  return c.rule.verb == Verb::kRequire || c.rule.interfaces_only;
}

ZoneScope zone_of(const Case& c, const Selector& selector, Judgement& j) {
  ZoneScope zone = c.locations.select(selector, c.rules.zones, listed_only(c));
  if (!zone.problems.empty()) {
    const bool forgiven = only_empty(zone.problems);
    if (forgiven && !c.topology()->left_out.empty()) {
      j.unknown.push_back(fmt::format(
          "zone {} may name objects that were left out", zone.name));
    } else if (!forgiven || !c.rule.allow_empty) {
      j.problems.insert(j.problems.end(), zone.problems.begin(),
                        zone.problems.end());
    }
    zone.problems.clear();
  }
  return c.waived.empty() ? zone : without(zone, c.waived);
}

ZoneScope outside_of(const Case& c, const ZoneScope& zone) {
  ZoneScope rest = c.locations.outside(zone, listed_only(c));
  return c.waived.empty() ? rest : without(rest, c.waived);
}

void note_common(const Case& c, const ZoneScope& from, const ZoneScope& to,
                 Judgement& j) {
  std::size_t common = 0;
  std::string first;
  for (const Scope& scope : from.scopes) {
    const auto at = to.find(scope.place);
    if (!at || (scope.addresses & to.scopes[*at].addresses).empty()) continue;
    if (common++ == 0) first = to_string(c.topology(), scope.place);
  }
  if (common == 0) return;
  Finding finding;
  finding.id = "zones-do-not-overlap";
  finding.level = Severity::kNote;
  finding.message = fmt::format(
      "{} location{} (first {}) in both '{}' and '{}' of rule '{}' {} judged "
      "against the others, not against {}",
      common, common == 1 ? "" : "s", first, from.name, to.name, c.rule.id,
      common == 1 ? "is" : "are", common == 1 ? "itself" : "themselves");
  finding.source = c.rule.where;
  finding.subjects = {first};
  finding.fix = "add `minus` to one of the zones if that is not meant";
  j.findings.push_back(std::move(finding));
}

void note_unknown(const ZoneScope& zone, Judgement& j) {
  j.unknown.insert(j.unknown.end(), zone.unknown.begin(), zone.unknown.end());
}

void settle(Judgement& j) {
  sort_unique(j.unknown);
  sort_unique(j.limits);
  if (j.unknown.empty()) return;
  if (j.verdict == Verdict::kProved || j.verdict == Verdict::kVacuous) {
    j.verdict = Verdict::kUnknown;
    if (j.detail.empty()) j.detail = "what is not known may decide it";
  }
}

void note_limits(const Case& c, const ZoneScope& from, Judgement& j) {
  bool vpc = false;
  bool honest = false;
  for (const Scope& scope : from.scopes) {
    vpc = vpc || in_vpc(c, scope.place);
    const std::size_t i = scope.place.index;
    honest = honest ||
             (scope.place.kind == PlaceKind::kSite &&
              !c.topology()->sites.at(i).spoofs) ||
             (scope.place.kind == PlaceKind::kSegment &&
              !c.topology()->segments.at(i).spoofs);
  }
  bool pod = false;
  bool nodes = true;  // of which it is known what they send
  for (const Scope& scope : from.scopes) {
    if (scope.place.kind != PlaceKind::kPod) continue;
    pod = true;
    nodes = nodes && carrier_of(c.topology().parts(), scope.place);
  }
  if (pod) {
    j.limits.push_back("pods taken to send from their own addresses only");
  }
  if (!nodes) {
    j.limits.push_back("what nodes send to their pods is not judged (S112)");
  }
  if (vpc) {
    j.limits.push_back(
        "nothing filters Amazon DNS, DHCP, instance and task metadata, Windows "
        "activation, Time Sync and the reserved addresses of a VPC router "
        "(S41)");
  }
  if (honest) j.limits.push_back("sources of sites taken as honest");
}

}  // namespace netproof
