#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rules/breach.hpp"

namespace netproof {

namespace {

// One of `via` is enough: what enters any of them is dropped.
std::vector<Place> places_via(const Case& c, Judgement& j) {
  std::vector<Place> places;
  for (const Selector& selector : c.rule.via) {
    zone_of(c, selector, j);
    for (const Place place : c.locations.places_of(selector, c.rules.zones)) {
      places.push_back(place);
    }
  }
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

std::string names_of(const std::vector<Selector>& via) {
  std::string text;
  for (const Selector& selector : via) {
    if (!text.empty()) text += ", ";
    text += selector.name;
  }
  return text;
}

bool anything_arrives(const Case& c, Ban ban, Judgement& j) {
  ban.blocked.clear();
  return !breaches_of(c, ban, j).empty();
}

}  // namespace

// Nothing arrives once every packet that enters `via` is dropped; vacuous if
// nothing arrives even with them.
Judgement judge_through(const Case& c) {
  Judgement j;
  const ZoneScope from = zone_of(c, *c.rule.from, j);
  const ZoneScope to = zone_of(c, *c.rule.to, j);
  j.from = from.name;
  j.to = to.name;
  const std::vector<Cover> covers = covers_of(c, c.rule.except, from, to, j);
  const Ban ban{&from, &to, &covers, false, places_via(c, j)};
  if (!j.problems.empty()) return j;
  note_common(c, from, to, j);
  note_unknown(from, j);
  note_unknown(to, j);
  if (!has_pairs(ban) || !anything_arrives(c, ban, j)) {
    j.verdict = Verdict::kVacuous;
    j.detail = fmt::format("nothing arrives at '{}' from '{}' at all", to.name,
                           from.name);
    return j;
  }
  note_limits(c, from, j);
  j.detail =
      fmt::format("whatever arrives at '{}' from '{}' has passed one of: {}",
                  to.name, from.name, names_of(c.rule.via));
  conclude(c, ban, breaches_of(c, ban, j), j);
  return j;
}

}  // namespace netproof
