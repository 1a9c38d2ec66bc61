#include <fmt/format.h>

#include "rules/breach.hpp"
#include "rules/words.hpp"

namespace netproof {

// Nothing sent from `from` arrives at `to`.
Judgement judge_deny(const Case& c) {
  Judgement j;
  const ZoneScope from = zone_of(c, *c.rule.from, j);
  const ZoneScope to = zone_of(c, *c.rule.to, j);
  j.from = from.name;
  j.to = to.name;
  const std::vector<Cover> covers = covers_of(c, c.rule.except, from, to, j);
  if (!j.problems.empty()) return j;
  note_common(c, from, to, j);
  note_unknown(from, j);
  note_unknown(to, j);

  const Ban ban{&from, &to, &covers, false, {}};
  if (!has_pairs(ban)) {
    j.verdict = Verdict::kVacuous;
    j.detail = "no location of one zone and another one of the other";
    return j;
  }
  note_public_addresses(c, from, to, j);
  note_limits(c, from, j);
  j.detail = fmt::format("nothing from '{}' ({}) arrives at '{}' ({})",
                         from.name, counted(from.scopes.size(), "place"),
                         to.name, counted(to.scopes.size(), "place"));
  conclude(c, ban, breaches_of(c, ban, j), j);
  return j;
}

}  // namespace netproof
