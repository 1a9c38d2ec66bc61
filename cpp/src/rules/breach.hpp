#pragma once

#include <vector>

#include "rules/cover.hpp"
#include "rules/judging.hpp"

namespace netproof {

/// A question whose every answer is a breach unless a cover allows it.
struct Ban {
  const ZoneScope* from = nullptr;
  const ZoneScope* to = nullptr;
  const std::vector<Cover>* covers = nullptr;
  /// `from` and `to` are one zone: only what passes between two members counts.
  bool between_members = false;
  std::vector<Place> blocked;
};

/// What passes although it must not. Contradictions and budgets that were hit
/// go to the judgement.
std::vector<Breach> breaches_of(const Case& c, const Ban& ban, Judgement& j);

/// True if some pair of a place of `from` and another of `to` is judged at
/// all: if not, nothing is in scope.
bool has_pairs(const Ban& ban);

/// The verdict over breaches: violated if one is certain, unknown if one is
/// possible. Adds facts, the detail and a witness. `what` names what happens:
/// "arrives".
void conclude(const Case& c, const Ban& scope, std::vector<Breach> breaches,
              Judgement& j);

/// The packets of `set` between `place` and itself are judged between its
/// addresses if it is a subnet or segment, else not at all: the set without
/// what is not judged.
PacketSet between_others(const PacketSet& set, const IpSet& own, Place place);

/// A part of `set` in which no packet goes from an address to that same
/// address; empty only if there is none.
PacketSet apart(const PacketSet& set);

/// Engine and accounting: a budget makes the verdict unknown, a sum that does
/// not come out is a defect.
void check_answer(const Answer& answer, const RuleSpec& rule, Judgement& j);

/// True for places that stand for many endpoints, each of them in scope
/// against the others (S7).
bool holds_many(Place place);

}  // namespace netproof
