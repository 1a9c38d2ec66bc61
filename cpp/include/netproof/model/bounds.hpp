#pragma once

namespace netproof {

/// What four quantifiers say of one packet and one claim ("it arrives in the
/// zone", "the connection comes about"): over the worlds of what is not known
/// and, in each world, over the choices of load sharing (contract 3.3).
///
/// INVARIANT: all_always implies the three others; some_possibly follows from
/// each of them.
struct Bounds {
  bool some_always = false;    ///< in every world by some choice
  bool some_possibly = false;  ///< in some world by some choice
  bool all_always = false;     ///< in every world by every choice
  bool all_possibly = false;   ///< in some world by every choice
  /// Too many ways: what is not certain here may be so, what is possible not.
  bool given_up = false;

  friend bool operator==(const Bounds&, const Bounds&) = default;
};

}  // namespace netproof
