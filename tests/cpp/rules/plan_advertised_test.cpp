#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::Texts;
using testing::two_vpcs;

constexpr auto kId = "advertised-prefix-is-deliverable";

Network offering(const Texts& allowed, const Texts& propagating) {
  Network net = two_vpcs();
  net.site("hq", {"192.168.0.0/16"});
  net.direct_connect("dx");
  net.associate("dx", "tgw:main", allowed);
  net.virtual_interface("line", "hq", "dxgw:dx", {"192.168.0.0/16"});
  net.attach_direct_connect("att-dx", "main", "dx");
  net.transit_table("links", "main", {{"att-dx"}, propagating, {}});
  return net;
}

// covers S91, S92
TEST(PlanAdvertised, WhatNoTableDeliversIsAnError) {
  EXPECT_TRUE(
      findings(offering({"10.1.0.0/16"}, {"att-a"}).build(), kId).empty());
  const auto found =
      findings(offering({"10.2.0.0/16"}, {"att-a"}).build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "dxgw:dx advertises 10.2.0.0/16, of which tgw-rtb:links delivers "
            "nothing");
}

// covers S92, V24
TEST(PlanAdvertised, APartIsANoteThatNamesTheLargestPieces) {
  const auto found =
      findings(offering({"10.0.0.0/14"}, {"att-a", "att-b"}).build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kNote);
  EXPECT_EQ(found[0].message,
            "dxgw:dx advertises 10.0.0.0/14; tgw-rtb:links delivers "
            "10.1.0.0/16, 10.2.0.0/16 of it, and drops 10.0.0.0/16, "
            "10.3.0.0/16");
}

// covers S92: what goes back to the link is not delivered
TEST(PlanAdvertised, WhatGoesBackToTheLinkIsNotDelivered) {
  EXPECT_EQ(
      findings(offering({"192.168.0.0/24"}, {"att-dx"}).build(), kId).size(),
      1U);
}

// covers S92, S45
TEST(PlanAdvertised, ABlackholeDeliversNothing) {
  Network net = offering({"10.1.0.0/16"}, {"att-a"});
  net.get<TransitRouteTable>("links").routes.items.push_back(
      {WrittenPrefix{testing::prefix("10.1.0.0/16"), {}, false, "", {}},
       {},
       {},
       false,
       true,
       "",
       {}});
  EXPECT_EQ(findings(net.build(), kId).size(), 1U);
}

// covers S42
TEST(PlanAdvertised, WithoutATableNothingIsDelivered) {
  Network net = offering({"10.1.0.0/16"}, {"att-a"});
  net.get<TransitRouteTable>("links").associations.items.clear();
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "dxgw:dx advertises 10.1.0.0/16, but its attachment at tgw:main "
            "has no table");
  net.get<TransitRouteTable>("links").associations.open = true;
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

// covers S90, V23
TEST(PlanAdvertised, AFilterForAVpnGatewayHoldsABlockOfItsVpc) {
  Network net = two_vpcs();
  net.vpn_gateway("vgw", "a");
  net.direct_connect("dx");
  net.associate("dx", "vgw:vgw", {"10.0.0.0/15"});
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.direct_connect("narrow");
  net.associate("narrow", "vgw:vgw", {"10.1.0.0/24"});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "dxgw:narrow allows 10.1.0.0/24 for vgw:vgw, which holds no block "
            "of vpc:a: nothing is advertised");
}

}  // namespace
}  // namespace netproof
