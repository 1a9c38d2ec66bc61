#include "rules/breach.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::prefix;

PacketSet between(std::string_view src, std::string_view dst) {
  return PacketSet::box(IpSet::of(prefix(src)), IpSet::of(prefix(dst)),
                        TransportSet::protocol(kTcp));
}

TEST(Apart, NothingGoesFromAnAddressToItself) {
  const PacketSet some = apart(between("10.0.0.0/24", "10.0.0.0/24"));
  ASSERT_FALSE(some.empty());
  EXPECT_TRUE(some.lies_inside(between("10.0.0.0/24", "10.0.0.0/24")));
  for (int host = 0; host < 256; ++host) {
    const std::string self = "10.0.0." + std::to_string(host) + "/32";
    EXPECT_TRUE(some.disjoint_from(between(self, self)));
  }
}

TEST(Apart, IsEmptyForTheDiagonal) {
  std::vector<PacketSet> diagonal;
  for (int host = 0; host < 16; ++host) {
    const std::string self = "10.0.0." + std::to_string(3 * host) + "/32";
    diagonal.push_back(between(self, self));
  }
  EXPECT_TRUE(apart(PacketSet::union_of(diagonal)).empty());
  EXPECT_TRUE(apart({}).empty());
  diagonal.push_back(between("10.0.0.3/32", "10.0.0.6/32"));
  EXPECT_FALSE(apart(PacketSet::union_of(diagonal)).empty());
}

TEST(BetweenOthers, AnInterfaceIsNotJudgedAgainstItself) {
  const IpSet own = IpSet::of(prefix("10.0.0.0/30"));
  const PacketSet set = between("10.0.0.0/30", "10.0.0.0/24");
  const Place interface { PlaceKind::kInterface, 0 };
  EXPECT_EQ(between_others(set, own, interface),
            set - between("10.0.0.0/30", "10.0.0.0/30"));
  const Place subnet{PlaceKind::kSubnet, 0};
  EXPECT_EQ(between_others(set, own, subnet), set);
}

TEST(CheckAnswer, ASumThatDoesNotComeOutIsADefect) {
  Answer answer;
  answer.accounting.sent = BigUint{2};
  answer.accounting.delivered = BigUint{1};
  Judgement j;
  check_answer(answer, {}, j);
  EXPECT_EQ(j.defects.size(), 1U);
}

TEST(CheckAnswer, ABudgetThatWasHitIsNotKnown) {
  Answer answer;
  answer.limits = {"too many ways"};
  Judgement j;
  check_answer(answer, {}, j);
  EXPECT_EQ(j.unknown,
            std::vector<std::string>{"a budget was hit: too many ways"});
}

}  // namespace
}  // namespace netproof
