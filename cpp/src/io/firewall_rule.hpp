#pragma once

#include <string>
#include <utility>
#include <vector>

#include "io/firewall_ports.hpp"
#include "io/firewall_side.hpp"
#include "netproof/model/network_firewall.hpp"

namespace netproof::io {

/// A stateful rule, part by part as texts: `[10.0.0.0/8,!$SPARE]`, `any`.
struct RuleText {
  std::string name;
  std::string action;
  std::string protocol;
  std::string source = "any";
  std::string source_port = "any";
  std::string direction = "->";  ///< or `<>`, FORWARD, ANY
  std::string destination = "any";
  std::string destination_port = "any";
  std::vector<std::pair<std::string, std::string>> options;
  Location where;
};

/// The lines that a rule stands for: two if it matches both directions.
void add_rule(const RuleText& rule, const RuleVariables& variables,
              std::vector<FirewallLine>& lines);

/// The lines of a list of domain names: ALLOWLIST, DENYLIST, ...
void add_domain_list(const std::string& type, const std::string& name,
                     const RuleVariables& variables, const Location& where,
                     std::vector<FirewallLine>& lines);

}  // namespace netproof::io
