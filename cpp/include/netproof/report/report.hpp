#pragma once

#include <string>
#include <vector>

#include "netproof/model/topology.hpp"
#include "netproof/rules/finding.hpp"
#include "netproof/rules/verdict.hpp"

namespace netproof {

struct Summary {
  int proved = 0;
  int violated = 0;  ///< the waived ones included
  int vacuous = 0;
  int unknown = 0;
  int findings = 0;

  friend bool operator==(const Summary&, const Summary&) = default;
};

/// What `check` found: a value that owns everything it says.
struct [[nodiscard]] Report {
  std::vector<RuleResult> rules;  ///< in the order of the rule file
  std::vector<Finding> findings;  ///< by place, then id
  std::vector<Assumption> assumptions;
  /// Contradictions inside netproof itself: exit code 70, nothing else counts.
  std::vector<std::string> defects;
  bool anything_loaded = true;

  Summary summary() const;
};

struct ExitOptions {
  Severity fail_level = Severity::kError;
  bool plan_only = false;
};

/// 70, 1, 4, 3 or 0 as in contract section 4; 2 is for what gives no report.
int exit_code(const Report& report, const ExitOptions& options = {});

}  // namespace netproof
