#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "netproof/net/uint128.hpp"

namespace netproof {

/// An exact non-negative integer below 2^512: the sizes of sets. The whole
/// universe of flows needs 290 bits. A result that does not fit is a contract
/// violation, never a wrap-around.
class BigUint {
 public:
  constexpr BigUint() noexcept = default;
  constexpr BigUint(Uint128 value) noexcept  // NOLINT: an integer is a BigUint
      : limbs_{static_cast<std::uint64_t>(value),
               static_cast<std::uint64_t>(value >> 64U)} {}

  /// 2 to the power of `exponent`. REQUIRES: 0 <= exponent < 512.
  static BigUint power_of_two(int exponent);

  BigUint& operator+=(const BigUint& other);
  /// REQUIRES: other <= *this.
  BigUint& operator-=(const BigUint& other);
  friend BigUint operator+(BigUint a, const BigUint& b) { return a += b; }
  friend BigUint operator-(BigUint a, const BigUint& b) { return a -= b; }
  friend BigUint operator*(const BigUint& a, const BigUint& b);

  bool is_zero() const noexcept { return *this == BigUint{}; }

  friend bool operator==(const BigUint&, const BigUint&) = default;
  friend std::strong_ordering operator<=>(const BigUint& a,
                                          const BigUint& b) noexcept;

  /// Decimal, without separators.
  friend std::string to_string(const BigUint& value);
  friend struct std::hash<BigUint>;

 private:
  static constexpr std::size_t kLimbs = 8;

  // Least significant first.
  std::array<std::uint64_t, kLimbs> limbs_{};
};

std::string to_string(const BigUint& value);

}  // namespace netproof

template <>
struct std::hash<netproof::BigUint> {
  std::size_t operator()(const netproof::BigUint& value) const noexcept;
};
