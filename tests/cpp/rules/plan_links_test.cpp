#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::Texts;
using testing::two_vpcs;

// A site on Direct Connect; `propagating` says what tgw-rtb:links learns.
Network with_site(const Texts& propagating) {
  Network net = two_vpcs();
  net.site("hq", {"192.168.0.0/16", "172.16.0.0/12"});
  net.direct_connect("dx");
  net.associate("dx", "tgw:main", {"10.1.0.0/16"});
  net.virtual_interface("line", "hq", "dxgw:dx",
                        {"192.168.0.0/16", "172.16.0.0/12"});
  net.attach_direct_connect("att-dx", "main", "dx");
  net.transit_table("links", "main", {{"att-dx"}, propagating, {}});
  return net;
}

// covers S50
TEST(PlanLinks, AReceivedPrefixIsPropagatedOrRouted) {
  EXPECT_TRUE(findings(with_site({"att-dx"}).build(), "received-prefix-is-used")
                  .empty());
  Network net = with_site({});
  auto found = findings(net.build(), "received-prefix-is-used");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message,
            "vif:line receives 192.168.0.0/16, 172.16.0.0/12 from site:hq, "
            "which no table has a route to over it");
  net.transit_table("static", "main", {{}, {}, {{"192.168.0.0/24", "att-dx"}}});
  found = findings(net.build(), "received-prefix-is-used");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "vif:line receives 172.16.0.0/12 from site:hq, which no table has "
            "a route to over it");
  net.get<TransitRouteTable>("links").propagations.open = true;
  EXPECT_TRUE(findings(net.build(), "received-prefix-is-used").empty());
}

// covers S89
TEST(PlanLinks, AnAssociatedVpnGatewayIsAttached) {
  constexpr auto kId = "associated-vpn-gateway-has-a-vpc";
  Network net = two_vpcs();
  net.direct_connect("dx");
  net.vpn_gateway("used", "a");
  net.vpn_gateway("spare", "");
  net.associate("dx", "vgw:used", {"10.1.0.0/16"});
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.associate("dx", "vgw:spare", {"10.1.0.0/16"});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message,
            "dxgw:dx is associated with vgw:spare, which is attached to no "
            "VPC");
}

// covers S97
TEST(PlanLinks, AStaticVpnPropagatesNothing) {
  Network net = two_vpcs();
  net.site("hq", {"192.168.0.0/16"});
  net.vpn("vpn", "hq", {"192.168.0.0/16"});
  net.attach_vpn("att-vpn", "main", "vpn");
  net.transit_table("links", "main", {{}, {"att-vpn"}, {}});
  EXPECT_TRUE(findings(net.build(), "received-prefix-is-used").empty());
  net.get<VpnConnection>("vpn").bgp = false;
  EXPECT_EQ(findings(net.build(), "received-prefix-is-used").size(), 1U);
}

// covers S25
TEST(PlanLinks, AVpnGatewayPropagatesIntoVpcTables) {
  Network net = two_vpcs();
  net.site("hq", {"192.168.0.0/16"});
  net.vpn_gateway("vgw", "a");
  net.vpn("vpn", "hq", {"192.168.0.0/16"}, "vgw");
  EXPECT_EQ(findings(net.build(), "received-prefix-is-used").size(), 1U);
  net.table("learns", "a", {}, {"vgw"});
  EXPECT_TRUE(findings(net.build(), "received-prefix-is-used").empty());
}

// covers S89
TEST(PlanLinks, ADirectConnectGatewayHasOneKindOfAssociation) {
  Network net = with_site({"att-dx"});
  EXPECT_TRUE(
      findings(net.build(), "direct-connect-gateway-has-one-kind").empty());
  net.vpn_gateway("vgw", "a");
  net.associate("dx", "vgw:vgw", {"10.1.0.0/16"});
  const auto found =
      findings(net.build(), "direct-connect-gateway-has-one-kind");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "dxgw:dx is associated with tgw:main and with vgw:vgw; AWS takes "
            "one kind");
}

// covers S91
TEST(PlanLinks, AllowedPrefixesOfTwoTransitGatewaysDoNotOverlap) {
  Network net = with_site({"att-dx"});
  net.transit("second");
  net.associate("dx", "tgw:second", {"10.2.0.0/16"});
  EXPECT_TRUE(findings(net.build(), "allowed-prefixes-do-not-overlap").empty());
  net.transit("third");
  net.associate("dx", "tgw:third", {"10.0.0.0/15"});
  const auto found = findings(net.build(), "allowed-prefixes-do-not-overlap");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "dxgw:dx allows 10.1.0.0/16 for tgw:main and 10.0.0.0/15 for "
            "tgw:third");
}

}  // namespace
}  // namespace netproof
