#include <fmt/format.h>

#include "rules/breach.hpp"
#include "rules/words.hpp"

namespace netproof {

// Whatever arrives in `into` is covered by `allow`. Without `from` everything
// outside `into` is meant.
Judgement judge_only(const Case& c) {
  Judgement j;
  const ZoneScope into = zone_of(c, *c.rule.to, j);
  const ZoneScope from =
      c.rule.from ? zone_of(c, *c.rule.from, j) : outside_of(c, into);
  j.from = from.name;
  j.to = into.name;
  std::vector<Cover> covers = covers_of(c, c.rule.allow, from, into, j);
  for (Cover& cover : covers_of(c, c.rule.except, from, into, j)) {
    covers.push_back(std::move(cover));
  }
  if (!j.problems.empty()) return j;
  note_unknown(from, j);
  note_unknown(into, j);

  const Ban ban{&from, &into, &covers, false, {}};
  if (!has_pairs(ban)) {
    j.verdict = Verdict::kVacuous;
    j.detail = "there is nothing that could send to it";
    return j;
  }
  note_public_addresses(c, from, into, j);
  note_limits(c, from, j);
  j.detail = fmt::format("'{}' ({}) gets from '{}' ({}) what is allowed",
                         into.name, counted(into.scopes.size(), "place"),
                         from.name, counted(from.scopes.size(), "place"));
  conclude(c, ban, breaches_of(c, ban, j), j);
  return j;
}

}  // namespace netproof
