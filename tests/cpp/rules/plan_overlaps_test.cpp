#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

// covers S52
TEST(PlanOverlaps, EqualBlocksAreOneFindingHoweverManyOwnersTheyHave) {
  Network net;
  for (const std::string name : {"a", "b", "c", "d", "e"}) {
    net.vpc(name, {"10.0.0.0/16"});
  }
  net.vpc("x", {"10.2.0.0/16"});
  net.vpc("y", {"10.2.0.0/16"});
  net.vpc("alone", {"10.1.0.0/16"});
  const auto found = findings(net.build(), "prefixes-do-not-overlap");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].message,
            "5 VPCs share 10.0.0.0/16: vpc:a, vpc:b, vpc:c and 2 more");
  EXPECT_EQ(found[0].related.size(), 4U);
  EXPECT_EQ(found[0].subjects.front(), "vpc:b");
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[1].message, "vpc:x and vpc:y both have 10.2.0.0/16");
}

// covers S52
TEST(PlanOverlaps, OneWideBlockIsOneFindingHoweverManyLieInside) {
  Network net;
  net.site("hq", {"10.0.0.0/8"});
  for (const std::string name : {"1", "2", "3", "4"}) {
    net.vpc(name, {"10." + name + ".0.0/16"});
  }
  const auto found = findings(net.build(), "prefixes-do-not-overlap");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "site:hq (10.0.0.0/8) contains vpc:1 (10.1.0.0/16), "
            "vpc:2 (10.2.0.0/16), vpc:3 (10.3.0.0/16) and 1 more");
  EXPECT_EQ(found[0].subjects.front(), "site:hq");
}

TEST(PlanOverlaps, OfOnePairTheLaterBlockIsTheOneToChange) {
  Network net;
  net.vpc("wide", {"10.0.0.0/16"});
  net.vpc("narrow", {"10.0.3.0/24"});
  const auto found = findings(net.build(), "prefixes-do-not-overlap");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].subjects.front(), "vpc:narrow");
}

// Thousands of equal blocks: the finding stays short, and the pairs unbuilt.
TEST(PlanOverlaps, ManyEqualBlocksShowTheFirstFew) {
  Network net;
  for (int i = 0; i < 3000; ++i) {
    net.vpc("v" + std::to_string(i), {"10.0.0.0/16"});
  }
  const auto found = findings(net.build(), "prefixes-do-not-overlap");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].related.size(), 20U);
}

// covers S52
TEST(PlanOverlaps, WithoutACommonTableItIsAWarning) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.vpc("b", {"10.0.0.0/16"});
  const Topology topology = net.build();
  const std::vector<std::uint32_t> apart = {0, 1};
  for (const Finding& one : check_plan({topology, apart, false})) {
    EXPECT_EQ(one.level, Severity::kWarning) << one.id;
  }
}

// covers S8
TEST(PlanOverlaps, SubnetsOfOneVpcDoNotOverlap) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.subnet("one", "a", {"10.0.0.0/24"});
  net.subnet("two", "a", {"10.0.1.0/24"});
  EXPECT_TRUE(findings(net.build(), "subnets-do-not-overlap").empty());
  net.subnet("three", "a", {"10.0.0.128/25"});
  const auto found = findings(net.build(), "subnets-do-not-overlap");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].subjects.front(), "subnet:three");
}

}  // namespace
}  // namespace netproof
