#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

// covers S52
TEST(PlanOverlaps, ABlockIsOneFindingHoweverManyItOverlaps) {
  Network net;
  for (const std::string name : {"a", "b", "c", "d"}) {
    net.vpc(name, {"10.0.0.0/16"});
  }
  net.vpc("alone", {"10.1.0.0/16"});
  const auto found = findings(net.build(), "prefixes-do-not-overlap");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[2].message,
            "vpc:d (10.0.0.0/16) overlaps vpc:a (10.0.0.0/16) and 2 more");
  EXPECT_EQ(found[2].related.size(), 3U);
  EXPECT_EQ(found[2].level, Severity::kError);
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
