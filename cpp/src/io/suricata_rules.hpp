#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/firewall_rule.hpp"

namespace netproof::io {

/// What a text of Suricata rules holds, one a line.
struct SuricataRules {
  std::vector<RuleText> rules;
  std::vector<std::string> unreadable;  ///< lines that are no rule
};

/// Splits rules into their parts; what the options mean is decided later. Lines
/// that begin with `#` are comments, unless a backslash joins them to the line
/// before.
SuricataRules parse_suricata_rules(std::string_view text,
                                   const std::string& group,
                                   const Location& where);

}  // namespace netproof::io
