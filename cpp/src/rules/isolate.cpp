#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "rules/breach.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

std::string what_holds(const Case& c, const ZoneScope& zone) {
  std::string against;
  if (c.rule.from_everyone) against = "anything outside";
  if (c.rule.from_members) {
    against += against.empty() ? "each other" : " and each other";
  }
  return fmt::format("nothing passes between {} of '{}' and {}",
                     counted(zone.members.size(), "member"), zone.name,
                     against);
}

}  // namespace

// `everyone`: nothing passes, in either direction, between a member and
// anything outside the zone; `members`: nothing between two members.
Judgement judge_isolate(const Case& c) {
  Judgement j;
  const ZoneScope zone = zone_of(c, *c.rule.zone, j);
  const ZoneScope rest = outside_of(c, zone);
  j.from = zone.name;
  j.to = c.rule.from_everyone ? "everyone" : "members";
  const std::vector<Cover> covers = covers_of(c, c.rule.except, zone, zone, j);
  if (!j.problems.empty()) return j;
  note_unknown(zone, j);

  std::vector<Ban> bans;
  if (c.rule.from_everyone) {
    note_unknown(rest, j);
    bans.push_back({&zone, &rest, &covers, false, {}});
    bans.push_back({&rest, &zone, &covers, false, {}});
  }
  if (c.rule.from_members) bans.push_back({&zone, &zone, &covers, true, {}});
  std::erase_if(bans, [](const Ban& ban) { return !has_pairs(ban); });
  if (bans.empty()) {
    j.verdict = Verdict::kVacuous;
    j.detail = zone.empty() ? "the zone is empty"
                            : "there is nothing to be isolated from";
    return j;
  }
  note_limits(c, zone, j);
  if (c.rule.from_everyone) {
    note_limits(c, rest, j);
    note_public_addresses(c, zone, rest, j);
    note_public_addresses(c, rest, zone, j);
  }
  if (c.rule.from_members) note_public_addresses(c, zone, zone, j);
  std::string detail = what_holds(c, zone);
  for (const Ban& ban : bans) conclude(c, ban, breaches_of(c, ban, j), j);
  if (j.verdict == Verdict::kProved) j.detail = std::move(detail);
  return j;
}

}  // namespace netproof
