#pragma once

#include <string>
#include <vector>

#include "netproof/base/location.hpp"

namespace netproof {

/// One thing wrong with the input: a stable kebab-case code, the place, a rule
/// about good input, the offending fragment, and where there is one a way out.
struct Diagnostic {
  std::string code;
  Location where;
  std::string what;
  std::string fragment;
  std::string help;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// All of what is wrong, in the order of the places.
using Diagnostics = std::vector<Diagnostic>;

/// "net.yaml:14:11: prefix-length: a prefix length is 0 to 32, not '33'".
std::string to_string(const Diagnostic& diagnostic);

}  // namespace netproof
