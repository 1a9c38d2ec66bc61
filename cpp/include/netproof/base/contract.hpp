#pragma once

#include <stdexcept>

namespace netproof {

/// The program is wrong: a condition that a caller owes was not met. Never
/// thrown for bad input; the command line ends with exit code 70.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws ContractViolation with `what` unless `condition` holds. Always on.
constexpr void expects(bool condition, const char* what) {
  if (!condition) throw ContractViolation(what);
}

}  // namespace netproof
