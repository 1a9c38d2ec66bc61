#pragma once

#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/base/result.hpp"
#include "netproof/model/rule_spec.hpp"

namespace netproof {

/// Several rule files, to be judged together, in their order. The error names
/// what they cannot both say: a rule id, a zone, or the client ports.
Result<RuleSet, Diagnostics> merge_rules(std::vector<RuleSet> sets);

}  // namespace netproof
