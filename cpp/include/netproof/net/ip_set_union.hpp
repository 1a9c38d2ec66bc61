#pragma once

#include <array>
#include <optional>
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

/// The union of many sets.
IpSet union_of(const std::vector<const IpSet*>& sets);

/// The same, or nothing if two of them have an address in common.
std::optional<IpSet> disjoint_union(const std::vector<const IpSet*>& sets);

}  // namespace netproof
