#pragma once

#include <array>
#include <vector>

#include "netproof/net/ip_set.hpp"

namespace netproof {

/// Collects sets for one union.
/// COST: n log n in the intervals of all; `|=` one by one takes n^2.
class IpSetUnion {
 public:
  void add(const IpSet& set);
  /// The union; nothing is left.
  IpSet take();

 private:
  std::array<std::vector<IpSet::Interval>, 2> intervals_;  ///< by family
};

}  // namespace netproof
