#include "netproof/net/big_uint.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "netproof/base/contract.hpp"
#include "support/arbitrary.hpp"

namespace netproof {
namespace {

// Doubles a decimal numeral by hand: the plain twin of to_string.
std::string doubled(const std::string& digits) {
  std::string result;
  int carry = 0;
  for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
    const int value = (*it - '0') * 2 + carry;
    result += static_cast<char>('0' + value % 10);
    carry = value / 10;
  }
  if (carry != 0) result += '1';
  return {result.rbegin(), result.rend()};
}

BigUint highest() {
  BigUint value = BigUint::power_of_two(511) - BigUint{1};
  return value + BigUint::power_of_two(511);
}

TEST(BigUint, WritesEveryPowerOfTwo) {
  std::string expected = "1";
  for (int exponent = 0; exponent < 512; ++exponent) {
    ASSERT_EQ(to_string(BigUint::power_of_two(exponent)), expected) << exponent;
    expected = doubled(expected);
  }
}

TEST(BigUint, WritesZeroAndRoundNumbers) {
  EXPECT_EQ(to_string(BigUint{}), "0");
  EXPECT_EQ(to_string(BigUint{10'000'000'000'000'000'000U}),
            "10000000000000000000");
  const BigUint chunk{10'000'000'000'000'000'000U};
  EXPECT_EQ(to_string(chunk * chunk), "1" + std::string(38, '0'));
}

TEST(BigUint, AgreesWithMachineIntegersWhileTheyFit) {
  arbitrary::Random random{7};
  for (int i = 0; i < 2000; ++i) {
    const Uint128 a = arbitrary::bits128(random) >> (random() % 128U);
    const Uint128 b = arbitrary::bits128(random) >> (random() % 128U);
    const auto low = [](Uint128 v) { return static_cast<std::uint64_t>(v); };
    ASSERT_EQ(BigUint{a} <=> BigUint{b}, a <=> b);
    ASSERT_EQ(BigUint{a / 2} + BigUint{b / 2}, BigUint{a / 2 + b / 2});
    ASSERT_EQ(BigUint{std::max(a, b)} - BigUint{std::min(a, b)},
              BigUint{std::max(a, b) - std::min(a, b)});
    ASSERT_EQ(BigUint{low(a)} * BigUint{low(b)},
              BigUint{Uint128{low(a)} * low(b)});
  }
}

TEST(BigUint, ObeysTheLawsOfArithmetic) {
  arbitrary::Random random{8};
  const auto wide = [&] {
    return BigUint{arbitrary::bits128(random)} * arbitrary::bits128(random);
  };
  for (int i = 0; i < 500; ++i) {
    const BigUint a = wide();
    const BigUint b = wide();
    const BigUint c{arbitrary::bits128(random)};
    ASSERT_EQ((a + b) * c, a * c + b * c);
    ASSERT_EQ(a * b, b * a) << "512 bits";
    ASSERT_EQ((a + b) - b, a);
  }
}

TEST(BigUint, CarriesThroughEveryLimb) {
  BigUint ones = highest();
  EXPECT_EQ(ones - BigUint::power_of_two(511),
            BigUint::power_of_two(511) - BigUint{1});
  EXPECT_EQ((BigUint::power_of_two(448) - BigUint{1}) + BigUint{1},
            BigUint::power_of_two(448));
}

TEST(BigUint, RefusesWhatDoesNotFit) {
  EXPECT_THROW(highest() + BigUint{1}, ContractViolation);
  EXPECT_THROW(highest() * BigUint{2}, ContractViolation);
  EXPECT_THROW(BigUint::power_of_two(256) * BigUint::power_of_two(256),
               ContractViolation);
  EXPECT_THROW(BigUint::power_of_two(512), ContractViolation);
  EXPECT_THROW(BigUint::power_of_two(-1), ContractViolation);
  EXPECT_THROW(BigUint{1} - BigUint{2}, ContractViolation);
}

TEST(BigUint, EqualValuesHashEqual) {
  const std::hash<BigUint> hash;
  EXPECT_EQ(hash(BigUint{5} + BigUint{6}), hash(BigUint{11}));
  EXPECT_NE(hash(BigUint{5}), hash(BigUint{6}));
}

}  // namespace
}  // namespace netproof
