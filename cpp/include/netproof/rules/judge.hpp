#pragma once

#include <memory>
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

/// What came of one rule.
struct RuleOutcome {
  RuleResult result;
  std::vector<Finding> findings;
  /// What is wrong with the rule when it is held against this network; then
  /// the result means nothing.
  Diagnostics problems;
  /// Where engine and evaluator contradict each other.
  std::vector<std::string> defects;
};

/// Judges rules by asking the engine, replays every witness with the
/// single-packet evaluator. Immutable: any number of threads may ask.
class Judge {
 public:
  Judge(Topology topology, Engine engine, Evaluator evaluator);

  /// `today` (ISO) decides which exceptions of `rules` still hold; empty: all.
  /// `no_ignore`: none does.
  RuleOutcome judge(const RuleSpec& rule, const RuleSet& rules,
                    const std::string& today, bool no_ignore) const;

  const Engine& engine() const noexcept { return engine_; }
  const Evaluator& evaluator() const noexcept { return evaluator_; }
  const Locations& locations() const noexcept { return *locations_; }

 private:
  Topology topology_;
  Engine engine_;
  Evaluator evaluator_;
  std::shared_ptr<const Locations> locations_;
};

/// Exceptions that name no rule, that no longer hold, or that a mandatory rule
/// does not allow.
std::vector<Finding> check_waivers(const RuleSet& rules,
                                   const std::string& today);

}  // namespace netproof
