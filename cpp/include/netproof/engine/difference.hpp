#pragma once

#include <string>
#include <vector>

#include "netproof/engine/engine.hpp"

namespace netproof {

/// The same question to two networks, each with its own locations.
struct QuestionPair {
  Question before;
  Question after;
};

/// What two networks may answer differently.
struct MayDiffer {
  std::vector<QuestionPair> questions;
  /// Places that may own more than is known, sorted: what is sent there is in
  /// no question. Empty if nothing differs.
  std::vector<std::string> unknown;
};

/// Questions that cover whatever two networks may answer differently, at both
/// levels: a packet between places of no pair has the same bounds in both. No
/// questions: the networks deliver the same. Narrow where tables, associations
/// and filters differ; everything to everything where anything else does.
///
/// COST: linear in what was written and in the runs of all tables. The
/// questions do not ask for the accounting; the level is for the caller to set.
MayDiffer what_may_differ(const Engine& before, const Engine& after);

/// Everything that is sent, to everything: the widest such pair.
QuestionPair everything_to_everything(const Engine& before,
                                      const Engine& after);

}  // namespace netproof
