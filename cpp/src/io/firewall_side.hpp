#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/model/network_firewall.hpp"

namespace netproof::io {

/// The variables that rules of a group may name, without the dollar sign, and
/// the prefix lists that they may name behind an at sign (S85).
struct RuleVariables {
  std::map<std::string, std::vector<std::string>> addresses;
  std::map<std::string, std::vector<std::string>> ports;
  std::map<std::string, std::string> prefix_lists;
  bool lists_by_name = false;  ///< `@NAME` may be a prefix list itself
};

/// One side of a rule. What nobody can read opens it.
FirewallSide read_side(std::string_view text, const RuleVariables& variables,
                       const Location& where);

}  // namespace netproof::io
