#pragma once

#include <cstddef>
#include <cstdint>

#include "netproof/net/uint128.hpp"

namespace netproof {

/// Stirs `value` into `seed`: every bit of either reaches every bit of the
/// result (the finisher of splitmix64). The same on every machine. Equal hashes
/// never stand for equality here: whoever hashes also compares.
constexpr std::uint64_t hash_mix(std::uint64_t seed,
                                 std::uint64_t value) noexcept {
  std::uint64_t x = seed * 0x9e3779b97f4a7c15U + value + 0x632be59bd9b4e019U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

constexpr std::uint64_t hash_mix(std::uint64_t seed, Uint128 value) noexcept {
  return hash_mix(hash_mix(seed, static_cast<std::uint64_t>(value)),
                  static_cast<std::uint64_t>(value >> 64U));
}

}  // namespace netproof
