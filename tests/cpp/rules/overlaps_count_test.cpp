#include <gtest/gtest.h>

#include <random>

#include "netproof/rules/overlaps.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

using testing::prefix;

std::uint64_t count_plainly(const std::vector<OwnedPrefix>& prefixes) {
  std::uint64_t pairs = 0;
  for (std::size_t i = 0; i < prefixes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (prefixes[i].owner == prefixes[j].owner) continue;
      if (prefixes[i].prefix.overlaps(prefixes[j].prefix)) ++pairs;
    }
  }
  return pairs;
}

// Few addresses and many lengths, so that much overlaps; both families.
OwnedPrefix random_prefix(std::mt19937& random) {
  const auto below = [&](std::uint32_t bound) {
    return static_cast<std::uint32_t>(random()) % bound;
  };
  const std::uint32_t owner = below(20);
  if (below(4) == 0) {
    const IpAddress address = IpAddress::v6(Uint128{below(8)} << 120U);
    return {IpPrefix::enclosing(address, static_cast<int>(below(129))), owner};
  }
  const IpAddress address = IpAddress::v4(below(64) << 26U | below(4));
  return {IpPrefix::enclosing(address, static_cast<int>(below(33))), owner};
}

TEST(CountOverlaps, AgreesWithEveryPair) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<OwnedPrefix> prefixes;
    const std::size_t size = random() % 60;
    for (std::size_t i = 0; i < size; ++i) {
      prefixes.push_back(random_prefix(random));
    }
    ASSERT_EQ(count_overlaps(prefixes), count_plainly(prefixes))
        << "round " << round;
  }
}

TEST(CountOverlaps, AgreesWithTheSweep) {
  std::mt19937 random(2);
  for (int round = 0; round < 100; ++round) {
    std::vector<OwnedPrefix> prefixes;
    for (int i = 0; i < 50; ++i) prefixes.push_back(random_prefix(random));
    std::uint64_t pairs = 0;
    sweep_overlaps(prefixes, [&](std::size_t wider, std::size_t inner) {
      EXPECT_TRUE(prefixes[wider].prefix.contains(prefixes[inner].prefix));
      ++pairs;
    });
    ASSERT_EQ(count_overlaps(prefixes), pairs) << "round " << round;
  }
}

TEST(CountOverlaps, TheEndsOfTheAddressSpaceCount) {
  const std::vector<OwnedPrefix> prefixes = {{prefix("0.0.0.0/0"), 0},
                                             {prefix("255.255.255.255/32"), 1},
                                             {prefix("0.0.0.0/32"), 2},
                                             {prefix("::/0"), 3}};
  EXPECT_EQ(count_overlaps(prefixes), 2U);
}

TEST(CountOverlaps, OwnersMayHaveAnyNumber) {
  const std::vector<OwnedPrefix> prefixes = {
      {prefix("10.0.0.0/8"), 4'000'000'000U},
      {prefix("10.1.0.0/16"), 17},
      {prefix("10.1.0.0/16"), 4'000'000'000U}};
  EXPECT_EQ(count_overlaps(prefixes), 2U);
}

TEST(CountOverlaps, NothingOverlapsInNothing) {
  EXPECT_EQ(count_overlaps({}), 0U);
}

}  // namespace
}  // namespace netproof
