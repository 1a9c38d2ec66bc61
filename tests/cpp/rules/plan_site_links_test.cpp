#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

/// A site with Direct Connect, which it prefers, and a VPN with BGP to one
/// transit gateway, whose VPC is 10.1.0.0/24.
Network two_links() {
  Network net;
  net.vpc("app", {"10.1.0.0/24"}, "rtb");
  net.table("rtb", "app", {});
  net.transit("main");
  net.attach_vpc("att-app", "main", "app");
  net.site("hq", {"192.168.0.0/16"});
  net.direct_connect("dx");
  net.associate("dx", "tgw:main", {"10.0.0.0/8"});
  net.virtual_interface("first", "hq", "dxgw:dx", {"192.168.0.0/16"})
      .site_preference = 2;
  net.vpn("backup", "hq", {"192.168.0.0/16"}).site_preference = 1;
  net.attach_direct_connect("att-dx", "main", "dx");
  net.attach_vpn("att-vpn", "main", "backup");
  net.transit_table("rt", "main", {{"att-dx", "att-vpn"}, {"att-app"}, {}});
  return net;
}

std::vector<Finding> outweighed(const Network& net) {
  return findings(net.build(), "preferred-link-is-used");
}

// covers S94
TEST(PlanSiteLinks, ALongerPrefixOfTheBackupWins) {
  const auto found = outweighed(two_links());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "site:hq prefers vif:first, and learns 10.1.0.0/24 over vpn:backup "
            "but only 10.0.0.0/8 over it: the longer prefix wins");
  ASSERT_EQ(found[0].related.size(), 1U);
  EXPECT_EQ(found[0].related[0].message, "vif:first");
}

// covers S94
TEST(PlanSiteLinks, EqualPrefixesLeaveThePreferenceToDecide) {
  Network net = two_links();
  net.get<DirectConnectGateway>("dx")
      .associations[0]
      .allowed_prefixes.items[0]
      .prefix = testing::prefix("10.1.0.0/24");
  EXPECT_TRUE(outweighed(net).empty());
}

// covers S97: what the site routes into the tunnel, not what AWS teaches
TEST(PlanSiteLinks, WrittenRoutesOfTheSiteCount) {
  Network net = two_links();
  auto& vpn = net.get<VpnConnection>("backup");
  vpn.site_routes = net.get<VirtualInterface>("first").advertised;
  vpn.site_routes->items[0].prefix = testing::prefix("10.0.0.0/8");
  EXPECT_TRUE(outweighed(net).empty());
  vpn.site_routes->items[0].prefix = testing::prefix("10.0.0.0/9");
  EXPECT_EQ(outweighed(net).size(), 1U);
}

TEST(PlanSiteLinks, WithoutAPreferenceNothingIsOutweighed) {
  Network net = two_links();
  net.get<VpnConnection>("backup").site_preference.reset();
  EXPECT_TRUE(outweighed(net).empty());
}

TEST(PlanSiteLinks, AnOpenListMayHoldTheLongerPrefix) {
  Network net = two_links();
  net.get<DirectConnectGateway>("dx").associations[0].allowed_prefixes.open =
      true;
  EXPECT_TRUE(outweighed(net).empty());
}

TEST(PlanSiteLinks, TheLongerPrefixMayStandAtThePreferredLink) {
  Network net = two_links();
  net.get<VirtualInterface>("first").site_preference = 0;
  EXPECT_TRUE(outweighed(net).empty());
}

}  // namespace
}  // namespace netproof
