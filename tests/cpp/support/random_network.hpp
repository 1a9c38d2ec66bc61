#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "netproof/model/topology.hpp"
#include "support/arbitrary.hpp"

namespace netproof::testing {

/// Seeded throws, the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_{seed} {}

  /// 0 to bound - 1. REQUIRES: bound > 0.
  std::uint32_t below(std::size_t bound) {
    return arbitrary::below(random_, static_cast<std::uint32_t>(bound));
  }
  bool percent(std::uint32_t chance) { return below(100) < chance; }
  bool per_mille(std::uint32_t chance) { return below(1000) < chance; }

  /// REQUIRES: not empty.
  template <class T>
  const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

 private:
  arbitrary::Random random_;
};

/// A small network in which everything is close together: few addresses, so
/// that prefixes overlap, blackholes get pierced and edges meet.
struct RandomNetwork {
  Topology topology;
  /// What it holds, in words ("peering", "unknown acl"): for the table of what
  /// a run has exercised.
  std::set<std::string> features;
};

/// The same network for the same seed. About two in five know everything; the
/// others leave a few facts open.
RandomNetwork random_network(std::uint32_t seed);

}  // namespace netproof::testing
