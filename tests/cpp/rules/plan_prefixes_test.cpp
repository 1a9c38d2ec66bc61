#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

// covers S9
TEST(PlanPrefixes, HostBitsAreAFindingWithBothReadings) {
  Network net;
  net.vpc("a", {"10.0.1.0/16"});
  net.vpc("b", {"10.1.0.0/16"});
  const auto found = findings(net.build(), "prefix-has-no-host-bits");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].subjects.front(), "vpc:a");
  EXPECT_EQ(found[0].fix, "write 10.0.0.0/16 or 10.0.1.0/24");
}

// covers S9
TEST(PlanPrefixes, HostBitsInASnapshotAreAWarning) {
  Network net;
  net.vpc("a", {"10.0.1.0/16"});
  const Topology topology = net.build();
  for (const Finding& one : check_plan({topology, {}, true})) {
    EXPECT_EQ(one.level, Severity::kWarning) << one.id;
  }
}

// covers S8
TEST(PlanPrefixes, AVpcIsSixteenToTwentyEight) {
  Network net;
  net.vpc("wide", {"10.0.0.0/8"});
  net.vpc("narrow", {"11.0.0.0/29"});
  net.vpc("good", {"12.0.0.0/16", "12.1.0.0/28", "2600:1::/56"});
  const auto found = findings(net.build(), "vpc-size-is-allowed");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].subjects.front(), "vpc:wide");
  EXPECT_EQ(found[1].subjects.front(), "vpc:narrow");
}

// covers S8
TEST(PlanPrefixes, ASubnetIsSixteenToTwentyEight) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.subnet("narrow", "a", {"10.0.0.0/29"});
  net.subnet("good", "a", {"10.0.1.0/28"});
  const auto found = findings(net.build(), "subnet-size-is-allowed");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].subjects.front(), "subnet:narrow");
}

// covers S22, S40, S100
TEST(PlanPrefixes, LinkLocalIsNotRouted) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.transit("main");
  net.table("rtb", "a",
            {{"169.254.169.253/32", "tgw:main"}, {"0.0.0.0/0", "tgw:main"}});
  net.site("hq", {"192.168.0.0/16"});
  net.direct_connect("dx");
  net.virtual_interface("vif", "hq", "dxgw:dx",
                        {"192.168.0.0/16", "169.254.0.0/16"});
  const auto found = findings(net.build(), "routed-prefix-is-routable");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].subjects.front(), "rtb:rtb");
  EXPECT_EQ(found[1].subjects.front(), "vif:vif");
}

}  // namespace
}  // namespace netproof
