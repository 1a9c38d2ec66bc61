#include "netproof/net/ip_set.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "netproof/base/contract.hpp"
#include "support/arbitrary.hpp"

namespace netproof {
namespace {

IpPrefix prefix(const char* text) { return IpPrefix::parse(text).value(); }
IpAddress address(const char* text) { return IpAddress::parse(text).value(); }

TEST(IpSet, WritesTheFewestPrefixes) {
  const std::vector<IpPrefix> halves{
      prefix("10.0.1.0/24"), prefix("10.0.0.0/24"), prefix("2001:db8::/32")};
  EXPECT_EQ(to_string(IpSet::from_prefixes(halves)),
            "10.0.0.0/23, 2001:db8::/32");
  EXPECT_EQ(to_string(IpSet::range(address("10.0.0.1"), address("10.0.0.6"))),
            "10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/31, 10.0.0.6/32");
  EXPECT_EQ(to_string(IpSet{}), "none");
  EXPECT_EQ(to_string(IpSet::all()), "any");
  EXPECT_EQ(to_string(IpSet::all(Family::kV4)), "0.0.0.0/0");
}

TEST(IpSet, SaysHowManyPrefixesItLeavesOut) {
  const IpSet set = IpSet::range(address("10.0.0.1"), address("10.0.0.6"));
  EXPECT_EQ(to_string(set, 2), "10.0.0.1/32, 10.0.0.2/31 and 2 more");
  EXPECT_EQ(to_string(set, 4), to_string(set));
}

TEST(IpSet, EndsOfBothFamiliesAreMembersOfAll) {
  EXPECT_TRUE(IpSet::all().contains(IpAddress::v4(0xffffffff)));
  EXPECT_TRUE(IpSet::all().contains(IpAddress::v6(~Uint128{0})));
  EXPECT_EQ(IpSet::all().complement(), IpSet{});
  EXPECT_EQ(IpSet{}.complement(), IpSet::all());
  EXPECT_EQ(IpSet::all(Family::kV4).complement(), IpSet::all(Family::kV6));
}

TEST(IpSet, CountsExactly) {
  EXPECT_EQ(to_string(IpSet{}.size()), "0");
  EXPECT_EQ(IpSet::all().size(),
            BigUint::power_of_two(32) + BigUint::power_of_two(128));
  EXPECT_EQ(to_string(IpSet::of(prefix("10.0.0.0/8")).size()), "16777216");
}

TEST(IpSet, FirstIsTheLowestOfIpv4ThenIpv6) {
  EXPECT_EQ(IpSet{}.first(), std::nullopt);
  EXPECT_EQ((IpSet::of(address("::5")) | IpSet::of(address("::4"))).first(),
            address("::4"));
  EXPECT_EQ((IpSet::of(address("::5")) | IpSet::of(address("9.9.9.9"))).first(),
            address("9.9.9.9"));
}

TEST(IpSet, RefusesARangeThatIsNone) {
  EXPECT_THROW(IpSet::range(address("10.0.0.2"), address("10.0.0.1")),
               ContractViolation);
  EXPECT_THROW(IpSet::range(address("10.0.0.2"), address("::3")),
               ContractViolation);
  EXPECT_THROW(
      IpSet::from_intervals(Family::kV4, {{0, Uint128{0xffffffffU} + 1}}),
      ContractViolation);
}

TEST(IpSet, KeepsFamiliesApart) {
  const IpSet set = IpSet::of(address("0.0.0.1")) | IpSet::of(address("::2"));
  EXPECT_FALSE(set.contains(address("::1")));
  EXPECT_EQ(set.only(Family::kV6), IpSet::of(address("::2")));
  EXPECT_TRUE(set.has(Family::kV4));
  EXPECT_FALSE(set.only(Family::kV6).has(Family::kV4));
  EXPECT_FALSE(
      IpSet::of(address("0.0.0.1")).lies_inside(IpSet::of(address("::1"))));
}

TEST(IpSet, AlgebraAgreesWithMembership) {
  arbitrary::Random random{13};
  for (int i = 0; i < 2000; ++i) {
    SCOPED_TRACE(testing::Message() << "seed 13, round " << i);
    const IpSet a = arbitrary::ip_set(random);
    const IpSet b = arbitrary::ip_set(random);
    for (int j = 0; j < 8; ++j) {
      const IpAddress x = arbitrary::address(random, arbitrary::family(random));
      ASSERT_EQ((a | b).contains(x), a.contains(x) || b.contains(x));
      ASSERT_EQ((a & b).contains(x), a.contains(x) && b.contains(x));
      ASSERT_EQ((a - b).contains(x), a.contains(x) && !b.contains(x));
      ASSERT_EQ(a.complement().contains(x), !a.contains(x));
    }
    ASSERT_EQ((a | b).size() + (a & b).size(), a.size() + b.size());
    ASSERT_EQ(a.lies_inside(b), (a - b).empty());
    ASSERT_EQ(a.disjoint_from(b), (a & b).empty());
    ASSERT_EQ((a | b) - b, a - b);
    ASSERT_EQ(std::hash<IpSet>{}((a | b) - b), std::hash<IpSet>{}(a - b));
  }
}

TEST(IpSet, PrefixesCoverExactlyAndCannotBeJoined) {
  arbitrary::Random random{14};
  for (int i = 0; i < 2000; ++i) {
    const IpSet set = arbitrary::ip_set(random) - arbitrary::ip_set(random);
    const auto blocks = set.prefixes();
    ASSERT_EQ(IpSet::from_prefixes(blocks), set);
    BigUint total;
    for (std::size_t j = 0; j < blocks.size(); ++j) {
      ASSERT_TRUE(set.contains(blocks[j]));
      total += IpSet::of(blocks[j]).size();
      if (blocks[j].length() == 0) continue;
      // The set does not hold the block that is one bit wider.
      ASSERT_FALSE(set.contains(
          IpPrefix::enclosing(blocks[j].first(), blocks[j].length() - 1)));
    }
    ASSERT_EQ(total, set.size()) << "the prefixes are disjoint";
  }
}

// Few intervals are looked up among many, at their ends too.
TEST(IpSet, OneIntervalMeetsManyWhereItIsNotDisjointFromThem) {
  std::vector<IpPrefix> blocks;
  for (std::uint32_t i = 0; i < 64; ++i) {
    blocks.push_back(IpPrefix::enclosing(IpAddress::v4(i * 8 + 4), 30));
  }
  const IpSet many = IpSet::from_prefixes(blocks);
  for (std::uint32_t first = 0; first < 520; ++first) {
    for (std::uint32_t length = 1; length < 9; ++length) {
      const IpSet one =
          IpSet::range(IpAddress::v4(first), IpAddress::v4(first + length - 1));
      std::vector<IpPrefix> members;
      for (std::uint32_t i = first; i < first + length; ++i) {
        if (many.contains(IpAddress::v4(i))) {
          members.push_back(IpPrefix::host(IpAddress::v4(i)));
        }
      }
      const IpSet both = IpSet::from_prefixes(members);
      ASSERT_EQ(one & many, both) << first;
      ASSERT_EQ(many & one, both) << first;
      ASSERT_EQ(one.disjoint_from(many), both.empty()) << first;
      ASSERT_EQ(many.disjoint_from(one), both.empty()) << first;
    }
  }
}

}  // namespace
}  // namespace netproof
