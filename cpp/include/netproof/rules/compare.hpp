#pragma once

#include <optional>
#include <string>
#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/base/result.hpp"
#include "netproof/engine/engine.hpp"
#include "netproof/rules/judge.hpp"
#include "netproof/rules/verdict.hpp"

namespace netproof {

/// How the packets between two locations fare differently in two networks.
/// Locations are matched by kind:name, whatever they own in either network;
/// several in `to`: facts or load sharing lead the same packets to different
/// ones of them.
///
/// The three sets are disjoint, and together hold every packet for which any of
/// the four bounds differs (see Bounds).
struct ReachChange {
  std::string from;
  std::string to;
  PacketSet opened;   ///< may arrive now and could not before
  PacketSet closed;   ///< could arrive before and cannot now
  PacketSet altered;  ///< may arrive in both, but not as surely
  /// Facts that decide about it; empty if both networks are sure.
  std::vector<std::string> unknown;

  friend bool operator==(const ReachChange&, const ReachChange&) = default;
};

/// The changes at one level, by destination, then source.
struct LevelChange {
  Level level = Level::kPacket;
  std::vector<ReachChange> changes;
  /// Why there may be more: places that may own other addresses, and budgets
  /// that were hit. Sorted; empty if nothing at all may differ.
  std::vector<std::string> unknown;

  /// True if all four bounds of every pair are known to be equal.
  bool same() const { return changes.empty() && unknown.empty(); }
};

/// A rule whose verdict is another one. Empty: the rule makes no sense there,
/// because it names what does not exist.
struct VerdictChange {
  std::string id;
  std::optional<Verdict> before;
  std::optional<Verdict> after;
};

struct Comparison {
  std::vector<LevelChange> levels;
  std::vector<VerdictChange> now_failing;  ///< violated now, and only now
  std::vector<VerdictChange> now_fixed;    ///< violated before, and not now
  std::vector<VerdictChange> otherwise;    ///< any other change of a verdict
  std::vector<std::string> defects;

  /// True if nothing at all differs.
  bool same() const;
};

/// Every pair of locations between which two networks deliver differently: no
/// change means that all four bounds of every pair are equal.
/// COST: that of the questions that may differ (see what_may_differ).
LevelChange compare_reach(const Topology& before, const Engine& old,
                          const Topology& after, const Engine& now,
                          Level level);

/// The level at which two networks differ, with the changes there: packet level
/// if they do there, else connection level. same() is then equivalence.
LevelChange first_difference(const Topology& before, const Engine& old,
                             const Topology& after, const Engine& now);

/// Judges every rule in both networks. The error: a rule that makes sense in
/// neither.
Result<Comparison, Diagnostics> compare_rules(const Judge& before,
                                              const Judge& after,
                                              const RuleSet& rules,
                                              const std::string& today);

}  // namespace netproof
