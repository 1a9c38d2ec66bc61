#pragma once

#include <string>
#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/engine/engine.hpp"
#include "netproof/model/rule_spec.hpp"
#include "netproof/reference/evaluator.hpp"
#include "netproof/rules/finding.hpp"
#include "netproof/rules/scope.hpp"
#include "netproof/rules/verdict.hpp"

namespace netproof {

/// What a rule is judged against.
struct Case {
  const Engine& engine;
  const Evaluator& evaluator;
  const Locations& locations;
  const RuleSet& rules;
  const RuleSpec& rule;
  /// Locations that exceptions take out, at either end.
  std::vector<Scope> waived;
  std::vector<std::string> subjects;  ///< what the exceptions name

  const Topology& topology() const noexcept { return locations.topology(); }
};

/// Packets between places: delivered although the rule forbids it, or not
/// delivered although it demands it. `certain` fails in every world, `possible`
/// in some (and holds `certain`). Several `to`: worlds lead the same packets to
/// different ones of them.
struct Breach {
  std::vector<Scope> from;
  std::vector<Place> to;
  PacketSet certain;
  PacketSet possible;
  std::vector<std::string> facts;
};

/// What a verb says.
struct Judgement {
  Verdict verdict = Verdict::kProved;
  std::string from;
  std::string to;
  std::string detail;
  std::vector<std::string> unknown;
  std::vector<std::string> limits;
  std::vector<std::string> defects;
  std::vector<Witness> witnesses;
  std::vector<Breach> breaches;
  std::vector<std::string> overlapping;  ///< the ends of overlaps, by name
  std::vector<Finding> findings;
  Diagnostics problems;
};

// One verb each; see contract 3.2.
Judgement judge_deny(const Case& c);
Judgement judge_require(const Case& c);
Judgement judge_isolate(const Case& c);
Judgement judge_through(const Case& c);
Judgement judge_only(const Case& c);
Judgement judge_no_overlap(const Case& c);
/// deny and require whose `to` is a bucket (S106).
Judgement judge_bucket(const Case& c);

/// The zone of a rule without what exceptions take out. Its problems go to the
/// judgement unless they are an emptiness that the rule allows.
ZoneScope zone_of(const Case& c, const Selector& selector, Judgement& j);
/// Everything outside `zone`, without what exceptions take out.
ZoneScope outside_of(const Case& c, const ZoneScope& zone);
/// True if the question is about listed endpoints only.
bool listed_only(const Case& c);
/// A finding if the two zones share locations: they are not judged against
/// themselves.
void note_common(const Case& c, const ZoneScope& from, const ZoneScope& to,
                 Judgement& j);
/// Adds why a zone may hold more than is listed.
void note_unknown(const ZoneScope& zone, Judgement& j);
/// Sorts, drops repetitions, and turns a proof into `unknown` if there are
/// reasons to.
void settle(Judgement& j);
/// Adds which subnets may have public addresses that are not known, where it
/// matters: to be called before it is said that nothing passes.
void note_public_addresses(const Case& c, const ZoneScope& from,
                           const ZoneScope& to, Judgement& j);
/// Limits of a proof that nothing passes between these (S41; honest sites).
void note_limits(const Case& c, const ZoneScope& from, Judgement& j);

}  // namespace netproof
