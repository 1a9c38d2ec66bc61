#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Line;
using testing::Network;
using testing::two_vpcs;

Network with_lines(const std::vector<Line>& lines) {
  Network net = two_vpcs();
  net.transit_table("lines", "main", {{"att-a"}, {"att-b"}, lines});
  return net;
}

// covers S54, S9: host bits are masked before prefixes are compared
TEST(PlanRouteUse, APrefixIsRoutedOrDropped) {
  Network net =
      with_lines({{"10.7.0.0/16", "att-a"}, {"10.7.1.0/24", "blackhole"}});
  EXPECT_TRUE(findings(net.build(), "prefix-is-routed-or-dropped").empty());
  net = with_lines({{"10.7.0.0/16", "att-a"}, {"10.7.9.0/16", "blackhole"}});
  const auto found = findings(net.build(), "prefix-is-routed-or-dropped");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:lines sends 10.7.0.0/16 to tgw-attachment:att-a and drops "
            "it in a blackhole");
  EXPECT_EQ(found[0].related.size(), 1U);
  EXPECT_TRUE(findings(net.build(), "prefix-has-one-static-route").empty());
}

// covers S17, S43
TEST(PlanRouteUse, ARouteThatLongerOnesCoverIsNeverUsed) {
  Network net =
      with_lines({{"10.2.0.0/15", "blackhole"}, {"10.3.0.0/16", "att-a"}});
  const auto found = findings(net.build(), "route-decides-some-address");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:lines: the blackhole 10.2.0.0/15 is never used: "
            "10.2.0.0/16, 10.3.0.0/16 cover all of it");
  net = with_lines({{"10.2.0.0/14", "blackhole"}, {"10.3.0.0/16", "att-a"}});
  EXPECT_TRUE(findings(net.build(), "route-decides-some-address").empty());
}

// covers S94: the static route is what remains when Direct Connect is down
TEST(PlanRouteUse, AWiderBackupOfALinkIsUsed) {
  Network net = two_vpcs();
  net.site("hq", {"192.168.0.0/16"});
  net.direct_connect("dx");
  net.associate("dx", "tgw:main", {"10.0.0.0/8"});
  net.virtual_interface("one", "hq", "dxgw:dx",
                        {"192.168.0.0/17", "192.168.128.0/17"});
  net.vpn("backup", "hq", {});
  net.attach_direct_connect("att-dx", "main", "dx");
  net.attach_vpn("att-vpn", "main", "backup");
  net.transit_table("links", "main",
                    {{"att-dx"}, {"att-dx"}, {{"192.168.0.0/16", "att-vpn"}}});
  EXPECT_TRUE(findings(net.build(), "route-decides-some-address").empty());
}

// covers S17
TEST(PlanRouteUse, ALongerRouteToTheSameTargetIsRedundant) {
  Network net = two_vpcs();
  net.get<RouteTable>("rtb-a").routes.items.clear();
  net.table("far", "a",
            {{"10.0.0.0/8", "tgw:main"},
             {"10.2.0.0/16", "tgw:main"},
             {"10.3.0.0/16", "tgw:main"},
             {"10.4.0.0/16", "blackhole"},
             {"10.4.1.0/24", "tgw:main"}});
  const auto found = findings(net.build(), "route-is-not-redundant");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "rtb:far: 2 routes to tgw:main lie inside 10.0.0.0/8 to the same "
            "target: 10.2.0.0/16, 10.3.0.0/16");
  EXPECT_EQ(found[0].related.size(), 2U);
}

// covers S43: a propagated prefix in between takes part
TEST(PlanRouteUse, WhatLiesInBetweenMakesARouteNecessary) {
  Network net = with_lines({{"10.0.0.0/8", "att-a"}, {"10.2.7.0/24", "att-a"}});
  EXPECT_TRUE(findings(net.build(), "route-is-not-redundant").empty());
  net = with_lines({{"10.0.0.0/8", "att-a"}, {"10.3.7.0/24", "att-a"}});
  EXPECT_EQ(findings(net.build(), "route-is-not-redundant").size(), 1U);
  net.get<TransitRouteTable>("lines").propagations.open = true;
  EXPECT_TRUE(findings(net.build(), "route-is-not-redundant").empty());
}

}  // namespace
}  // namespace netproof
