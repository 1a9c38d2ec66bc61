#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

/// Two virtual interfaces of one Direct Connect gateway, for one prefix.
Network two_links() {
  Network net;
  net.site("hq", {"10.50.0.0/16"});
  net.direct_connect("dx");
  net.virtual_interface("one", "hq", "dxgw:dx", {"10.50.0.0/16"}).med = 100;
  net.virtual_interface("two", "hq", "dxgw:dx", {"10.50.0.0/16"}).med = 200;
  return net;
}

std::vector<Finding> meds(const Network& net) {
  return findings(net.build(), "med-has-effect");
}

// covers S93
TEST(PlanBgp, AMedThatDiffersDecides) {
  EXPECT_TRUE(meds(two_links()).empty());
  Network net = two_links();
  net.get<VirtualInterface>("two").med.reset();  // counts as 0
  EXPECT_TRUE(meds(net).empty());
}

// covers S93
TEST(PlanBgp, AnEqualMedDecidesNothing) {
  Network net = two_links();
  net.get<VirtualInterface>("two").med = 100;
  const auto found = meds(net);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message,
            "vif:one: the MED 100 never decides; vif:two has 100 too");
  ASSERT_EQ(found[0].related.size(), 1U);
  EXPECT_EQ(found[0].related[0].message, "vif:two");
}

// covers S93
TEST(PlanBgp, LocalPreferenceAndAsPathDecideBefore) {
  Network net = two_links();
  net.get<VirtualInterface>("two").as_path_length = 3;
  ASSERT_EQ(meds(net).size(), 2U);
  EXPECT_EQ(meds(net)[0].message,
            "vif:one: the MED 100 never decides; the AS path decides before: 1 "
            "long (vif:two has 3)");
  net.get<VirtualInterface>("two").local_preference = 7100;
  EXPECT_EQ(meds(net)[0].message,
            "vif:one: the MED 100 never decides; the local preference decides "
            "before: 7200 (vif:two has 7100)");
}

// covers S93: among those that are left when the best one fails
TEST(PlanBgp, AMedThatDecidesLaterHasEffect) {
  Network net = two_links();
  net.virtual_interface("best", "hq", "dxgw:dx", {"10.50.0.0/16"})
      .local_preference = 7300;
  EXPECT_TRUE(meds(net).empty());
}

// covers S93
TEST(PlanBgp, ThePrefixLengthDecidesBefore) {
  Network net = two_links();
  net.get<VirtualInterface>("two").advertised.items[0].prefix =
      testing::prefix("10.50.0.0/17");
  const auto found = meds(net);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].message,
            "vif:one: the MED 100 never decides; no other link advertises one "
            "of its prefixes to the same place");
}

TEST(PlanBgp, AnOpenListMayHoldTheSamePrefix) {
  Network net = two_links();
  net.get<VirtualInterface>("two").advertised = {{}, true, {}};
  EXPECT_TRUE(meds(net).empty());
}

// covers S43
TEST(PlanBgp, VpnsOfATransitGatewayMeetInATable) {
  for (const bool shared : {true, false}) {
    Network net;
    net.transit("main");
    net.site("hq", {"10.50.0.0/16"});
    net.vpn("one", "hq", {"10.50.0.0/16"}).med = 50;
    net.vpn("two", "hq", {"10.50.0.0/16"});
    net.attach_vpn("att-one", "main", "one");
    net.attach_vpn("att-two", "main", "two");
    net.transit_table("a", "main", {{}, {"att-one"}, {}});
    net.transit_table(
        "b", "main",
        {{},
         shared ? testing::Texts{"att-one", "att-two"} : testing::Texts{},
         {}});
    EXPECT_EQ(meds(net).size(), shared ? 0U : 1U);
  }
}

// covers S97
TEST(PlanBgp, AStaticVpnHasNoMed) {
  Network net;
  net.site("hq", {"10.50.0.0/16"});
  VpnConnection& vpn = net.vpn("v", "hq", {"10.50.0.0/16"});
  vpn.bgp = false;
  EXPECT_TRUE(meds(net).empty());
  vpn.med = 10;
  ASSERT_EQ(meds(net).size(), 1U);
  EXPECT_EQ(meds(net)[0].message,
            "vpn:v: the MED 10 never decides; a static VPN has no BGP");
}

// covers S93
TEST(PlanBgp, AwsReadsItsOwnCommunitiesOnly) {
  Network net = two_links();
  EXPECT_TRUE(findings(net.build(), "community-has-effect").empty());
  net.get<VirtualInterface>("one").communities = {"65000:100", "65000:200"};
  const auto found = findings(net.build(), "community-has-effect");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message,
            "vif:one: AWS takes no notice of the communities 65000:100, "
            "65000:200");
}

}  // namespace
}  // namespace netproof
