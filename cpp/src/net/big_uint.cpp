#include "netproof/net/big_uint.hpp"

#include <algorithm>

#include "netproof/base/contract.hpp"
#include "netproof/net/hashing.hpp"

namespace netproof {

namespace {

constexpr const char* kFits = "a big integer stays below 2^512";

std::uint64_t low_half(Uint128 value) {
  return static_cast<std::uint64_t>(value);
}

}  // namespace

BigUint BigUint::power_of_two(int exponent) {
  expects(0 <= exponent && exponent < 512, kFits);
  const auto position = static_cast<unsigned>(exponent);
  BigUint result;
  result.limbs_[position / 64U] = std::uint64_t{1} << (position % 64U);
  return result;
}

BigUint& BigUint::operator+=(const BigUint& other) {
  Uint128 carry = 0;
  for (std::size_t i = 0; i < kLimbs; ++i) {
    carry += Uint128{limbs_[i]} + other.limbs_[i];
    limbs_[i] = low_half(carry);
    carry >>= 64U;
  }
  expects(carry == 0, kFits);
  return *this;
}

BigUint& BigUint::operator-=(const BigUint& other) {
  expects(other <= *this, "a big integer does not fall below zero");
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < kLimbs; ++i) {
    const Uint128 taken = Uint128{other.limbs_[i]} + borrow;
    borrow = limbs_[i] < taken ? 1 : 0;
    limbs_[i] = low_half(limbs_[i] - taken);
  }
  return *this;
}

BigUint operator*(const BigUint& a, const BigUint& b) {
  BigUint result;
  for (std::size_t i = 0; i < BigUint::kLimbs; ++i) {
    if (a.limbs_[i] == 0) continue;
    // At most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1: the sum cannot wrap.
    Uint128 carry = 0;
    for (std::size_t j = 0; j < BigUint::kLimbs; ++j) {
      carry += Uint128{a.limbs_[i]} * b.limbs_[j];
      if (i + j >= BigUint::kLimbs) {
        expects(carry == 0, kFits);
        continue;
      }
      carry += result.limbs_[i + j];
      result.limbs_[i + j] = low_half(carry);
      carry >>= 64U;
    }
    expects(carry == 0, kFits);
  }
  return result;
}

std::strong_ordering operator<=>(const BigUint& a, const BigUint& b) noexcept {
  return std::lexicographical_compare_three_way(
      a.limbs_.rbegin(), a.limbs_.rend(), b.limbs_.rbegin(), b.limbs_.rend());
}

std::string to_string(const BigUint& value) {
  // The largest power of ten in 64 bits takes nineteen digits in one division.
  constexpr std::uint64_t kChunk = 10'000'000'000'000'000'000U;
  BigUint rest = value;
  std::string reversed;
  while (!rest.is_zero()) {
    Uint128 remainder = 0;
    for (std::size_t i = BigUint::kLimbs; i-- > 0;) {
      remainder = (remainder << 64U) | rest.limbs_[i];
      rest.limbs_[i] = low_half(remainder / kChunk);
      remainder %= kChunk;
    }
    auto chunk = low_half(remainder);
    for (int digit = 0; digit < 19; ++digit) {
      reversed += static_cast<char>('0' + chunk % 10);
      chunk /= 10;
    }
  }
  while (!reversed.empty() && reversed.back() == '0') reversed.pop_back();
  if (reversed.empty()) return "0";
  return {reversed.rbegin(), reversed.rend()};
}

}  // namespace netproof

std::size_t std::hash<netproof::BigUint>::operator()(
    const netproof::BigUint& value) const noexcept {
  std::uint64_t mixed = 0;
  for (const std::uint64_t limb : value.limbs_) {
    mixed = netproof::hash_mix(mixed, limb);
  }
  return mixed;
}
