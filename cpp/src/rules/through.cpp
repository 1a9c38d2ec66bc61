#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "rules/breach.hpp"

namespace netproof {

namespace {

using Places = std::vector<Place>;

void sort_unique(Places& places) {
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
}

/// Where a packet has surely been in `via` once it enters, and where it may
/// have passed beside it, because only some addresses of the place are in it.
struct Via {
  Places whole;
  Places part;

  Places all() const {
    Places both = whole;
    both.insert(both.end(), part.begin(), part.end());
    sort_unique(both);
    return both;
  }
};

// One of `via` is enough: what enters any of them is dropped.
Via places_via(const Case& c, Judgement& j) {
  Places all;
  Via via;
  for (const Selector& selector : c.rule.via) {
    zone_of(c, selector, j);
    Places in = c.locations.places_of(selector, c.rules.zones);
    Places part = c.locations.places_partly_in(selector, c.rules.zones);
    std::ranges::set_difference(in, part, std::back_inserter(via.whole));
    std::ranges::move(part, std::back_inserter(all));
  }
  sort_unique(via.whole);
  sort_unique(all);
  std::ranges::set_difference(all, via.whole, std::back_inserter(via.part));
  return via;
}

std::string names_of(const std::vector<Selector>& via) {
  std::string text;
  for (const Selector& selector : via) {
    if (!text.empty()) text += ", ";
    text += selector.name;
  }
  return text;
}

// What arrives beside all of `via` is a breach; what arrives only if a place of
// which a part is in it counts as beside it may have passed that part.
void conclude_around(const Case& c, Ban ban, const Via& via, Judgement& j) {
  std::vector<Breach> breaches = breaches_of(c, ban, j);
  if (!via.part.empty() && !breaches.empty()) {
    j.unknown.push_back(fmt::format("only a part of {} is in: {}",
                                    to_string(c.topology(), via.part.front()),
                                    names_of(c.rule.via)));
    ban.blocked = via.all();
    breaches = breaches_of(c, ban, j);
  }
  conclude(c, ban, std::move(breaches), j);
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
  const Via via = places_via(c, j);
  const Ban ban{&from, &to, &covers, false, via.whole};
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
  note_public_addresses(c, from, to, j);
  note_limits(c, from, j);
  j.detail =
      fmt::format("whatever arrives at '{}' from '{}' has passed one of: {}",
                  to.name, from.name, names_of(c.rule.via));
  conclude_around(c, ban, via, j);
  return j;
}

}  // namespace netproof
