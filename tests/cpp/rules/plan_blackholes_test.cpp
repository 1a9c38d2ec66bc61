#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Line;
using testing::Network;

Network one_vpc(const std::string& cidr, const std::vector<Line>& routes) {
  Network net;
  net.vpc("x", {cidr});
  net.transit("main");
  net.attach_vpc("att-x", "main", "x");
  net.transit_table("rt", "main", {{"att-x"}, {"att-x"}, routes});
  return net;
}

// covers S45, S47
TEST(PlanBlackholes, APropagatedPrefixPiercesAWiderBlackhole) {
  Network net = one_vpc("10.20.4.0/24", {{"10.20.0.0/20", "blackhole"}});
  const auto found = findings(net.build(), "blackhole-is-not-pierced");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:rt: the blackhole 10.20.0.0/20 does not stop "
            "10.20.4.0/24 (vpc:x)");
}

// covers S45
TEST(PlanBlackholes, ABlackholeOfTheSameLengthClosesTheHole) {
  Network net = one_vpc("10.20.4.0/24", {{"10.20.0.0/20", "blackhole"},
                                         {"10.20.4.0/24", "blackhole"}});
  EXPECT_TRUE(findings(net.build(), "blackhole-is-not-pierced").empty());
}

// covers S45
TEST(PlanBlackholes, AStaticHoleIsAWarning) {
  Network net = one_vpc("10.9.0.0/16", {{"10.20.0.0/20", "blackhole"},
                                        {"10.20.4.0/24", "att-x"}});
  const auto found = findings(net.build(), "blackhole-is-not-pierced");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
}

// covers S45: the other side of the length
TEST(PlanBlackholes, AWiderPropagatedPrefixPiercesNothing) {
  Network net = one_vpc("10.20.0.0/16", {{"10.20.0.0/20", "blackhole"}});
  EXPECT_TRUE(findings(net.build(), "blackhole-is-not-pierced").empty());
}

// covers S46
TEST(PlanBlackholes, ABlackholeInsideAMemberDropsAPart) {
  Network net = one_vpc("10.20.0.0/16", {{"10.20.9.0/24", "blackhole"}});
  const auto found = findings(net.build(), "blackhole-spares-its-members");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:rt: the blackhole 10.20.9.0/24 drops a part of its own "
            "member vpc:x (10.20.0.0/16)");
}

// covers S46
TEST(PlanBlackholes, ABlackholeBesideTheMembersIsFine) {
  Network net = one_vpc("10.20.0.0/16", {{"10.21.0.0/16", "blackhole"}});
  EXPECT_TRUE(findings(net.build(), "blackhole-spares-its-members").empty());
}

TEST(PlanBlackholes, ABlackholeInsideAnotherIsCovered) {
  Network net = one_vpc("10.20.0.0/16", {{"10.0.0.0/12", "blackhole"},
                                         {"10.1.0.0/16", "blackhole"},
                                         {"11.0.0.0/16", "blackhole"}});
  const auto found = findings(net.build(), "blackhole-is-not-covered");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:rt: the blackhole 10.1.0.0/16 lies inside the blackhole "
            "10.0.0.0/12");
}

// covers S43: the route in between would take the addresses over
TEST(PlanBlackholes, ARouteInBetweenMakesABlackholeNecessary) {
  Network net = one_vpc("10.20.0.0/16", {{"10.0.0.0/12", "blackhole"},
                                         {"10.1.0.0/16", "att-x"},
                                         {"10.1.9.0/24", "blackhole"}});
  EXPECT_TRUE(findings(net.build(), "blackhole-is-not-covered").empty());
}

// covers S46: without it the propagated prefix of its length would come up
TEST(PlanBlackholes, ABlackholeThatHidesAPropagatedPrefixIsNecessary) {
  Network net = one_vpc("10.20.0.0/16", {{"10.16.0.0/12", "blackhole"},
                                         {"10.20.0.0/16", "blackhole"}});
  EXPECT_TRUE(findings(net.build(), "blackhole-is-not-covered").empty());
}

}  // namespace
}  // namespace netproof
