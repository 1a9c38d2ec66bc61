#include "netproof/engine/difference.hpp"

#include <gtest/gtest.h>

#include "support/network.hpp"

namespace netproof {
namespace {

testing::Network office() {
  testing::Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.subnet("front", "a", {"10.1.0.0/24"});
  net.subnet("back", "a", {"10.1.1.0/24"});
  return net;
}

MayDiffer between(const testing::Network& before,
                  const testing::Network& after) {
  return what_may_differ(Engine(before.build()), Engine(after.build()));
}

TEST(Difference, OneNetworkHasNoQuestions) {
  const MayDiffer found = between(office(), office());
  EXPECT_TRUE(found.questions.empty());
  EXPECT_TRUE(found.unknown.empty());
}

TEST(Difference, AGroupIsAskedAboutWhereItIsCarried) {
  const auto carrying = [](const testing::Texts& peers) {
    testing::Network net = office();
    net.group("web", "a", {{"tcp/443", peers}}, {{"any", {"0.0.0.0/0"}}});
    net.get<Subnet>("back").security_groups = OpenList<Ref<SecurityGroup>>{
        {{"web", Id<SecurityGroup>{0}, {}}}, false, {}};
    return net;
  };
  const MayDiffer found =
      between(carrying({"10.1.0.0/25"}), carrying({"10.1.0.0/24"}));
  ASSERT_EQ(found.questions.size(), 2U);
  const Question& there = found.questions[0].before;
  ASSERT_EQ(there.to.size(), 1U);
  EXPECT_EQ(there.to[0].place, (Place{PlaceKind::kSubnet, 1}));
  ASSERT_EQ(there.from.size(), 1U);
  EXPECT_TRUE(there.from[0].addresses.disjoint_from(
      IpSet::of(IpPrefix::parse("10.1.0.0/25").value())));
  EXPECT_FALSE(there.account);
}

TEST(Difference, AnotherShapeIsAskedAboutEverywhere) {
  testing::Network after = office();
  after.subnet("new", "a", {"10.1.2.0/24"});
  const MayDiffer found = between(office(), after);
  ASSERT_EQ(found.questions.size(), 1U);
  EXPECT_EQ(found.questions[0].before.to.size() + 1,
            found.questions[0].after.to.size());
}

}  // namespace
}  // namespace netproof
