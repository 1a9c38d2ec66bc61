#pragma once

#include <string>
#include <string_view>

#include "netproof/base/diagnostic.hpp"
#include "netproof/base/result.hpp"
#include "netproof/model/rule_spec.hpp"

namespace netproof {

/// Reads a rule file, YAML or JSON. Every error is reported, by place.
///
/// A `from`, `to`, `via`, `zone` or `into` that names a zone is a Selector with
/// that one name in `zones`; the zones themselves are in RuleSet::zones,
/// without circles and each of them known.
Result<RuleSet, Diagnostics> read_rules(const std::string& path);

/// The same from a text; JSON if `file_name` ends in ".json".
Result<RuleSet, Diagnostics> read_rules_text(std::string_view text,
                                             const std::string& file_name);

}  // namespace netproof
