#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Line;
using testing::Network;
using testing::two_vpcs;

constexpr auto kId = "static-route-leads-to-the-owner";

// Spokes a and b; what `lines` say goes out of their table.
Network spokes(const std::vector<Line>& lines) {
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  net.transit_table("lines", "main", {{}, {}, lines});
  return net;
}

// covers S60
TEST(PlanRouteOwners, ARouteToAnotherVpcIsAnError) {
  Network net = spokes({{"10.1.0.0/16", "att-a"}, {"10.2.0.0/16", "att-b"}});
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.get<RouteTable>("rtb-a").routes.items.clear();
  net.transit_table("wrong", "main", {{}, {}, {{"10.2.3.0/24", "att-a"}}});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:wrong sends 10.2.3.0/24 to tgw-attachment:att-a, but it "
            "belongs to vpc:b; vpc:a has 10.1.0.0/16 and leads it nowhere");
  EXPECT_EQ(found[0].related.size(), 1U);
}

// covers S60, S31: an egress or inspection VPC leads on
TEST(PlanRouteOwners, AVpcWhoseTablesLeadOnIsNoMistake) {
  Network net = spokes({{"0.0.0.0/0", "att-a"}});
  net.get<RouteTable>("rtb-a").routes.items.clear();
  EXPECT_EQ(findings(net.build(), kId).size(), 1U);
  net.internet_gateway("igw", "a");
  net.nat_gateway("nat", "sub-a", "10.1.0.9", "198.51.100.1");
  net.table("out", "a", {{"0.0.0.0/0", "nat:nat"}});
  net.get<Vpc>("a").main_table = Ref<RouteTable>{"out", {}, {}};
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

// covers S60: back to the gateway and into the same table is a loop
TEST(PlanRouteOwners, AVpcDoesNotLeadOnIntoTheTableThatSentThePacket) {
  Network net = two_vpcs();
  TransitRouteTable& table = net.get<TransitRouteTable>("rt");
  table.propagations.items.clear();
  table.associations.items.clear();
  net.transit_table("same", "main",
                    {{"att-a", "att-b"}, {}, {{"10.2.0.0/16", "att-a"}}});
  EXPECT_EQ(findings(net.build(), kId).size(), 1U);
  net = two_vpcs();
  net.transit_table("other", "main", {{}, {}, {{"10.2.0.0/16", "att-a"}}});
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

// covers S43: the longer route decides
TEST(PlanRouteOwners, ALongerRouteTakesItsPartOut) {
  Network net = spokes({{"10.0.0.0/14", "att-a"}, {"10.2.0.0/16", "att-b"}});
  net.get<RouteTable>("rtb-a").routes.items.clear();
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kNote);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:lines sends 10.0.0.0/14 to tgw-attachment:att-a, but "
            "vpc:a has 10.1.0.0/16; nobody owns the rest");
}

TEST(PlanRouteOwners, WhatNobodyOwnsIsAWarning) {
  Network net = spokes({{"10.99.0.0/16", "att-a"}});
  net.get<RouteTable>("rtb-a").routes.items.clear();
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:lines sends 10.99.0.0/16 to tgw-attachment:att-a, but "
            "nobody owns it; vpc:a has 10.1.0.0/16");
}

// covers S120: whether a site forwards is not known
TEST(PlanRouteOwners, ASiteThatMayForwardIsAWarning) {
  Network net = spokes({{"10.2.0.0/16", "att-vpn"}});
  net.site("hq", {"192.168.0.0/16"});
  net.vpn("vpn", "hq", {"192.168.0.0/16"});
  net.attach_vpn("att-vpn", "main", "vpn");
  auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  net.get<Site>("hq").transit = {false, false, {}};
  found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  net.get<Site>("hq").prefixes.open = true;
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

}  // namespace
}  // namespace netproof
