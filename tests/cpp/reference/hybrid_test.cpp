#include <gtest/gtest.h>

#include "reference/ask.hpp"
#include "support/vector_networks.hpp"

namespace netproof::testing {
namespace {

/// A VPC 10.0.0.0/16 with a VPN gateway and the site `hq` (10.50.0.0/16).
Network gateway() {
  Network n;
  n.vpc("v", {"10.0.0.0/16"}, "rtb");
  n.table("rtb", "v", {}, {"vgw"});
  n.vpn_gateway("vgw", "v");
  n.site("hq", {"10.50.0.0/16"});
  return n;
}

const Flow kOut = tcp("10.0.0.9", "10.50.0.9", 443);
const Flow kIn = tcp("10.50.0.9", "10.0.0.9", 443);

// covers S25, S151
TEST(VpnGatewayWalk, ForwardsToWhatItKnows) {
  Network n = gateway();
  n.vpn("vpn", "hq", {"10.50.0.0/16"}, "vgw");
  EXPECT_EQ(connection(n, "subnet:v", kOut), "established");
  EXPECT_EQ(connection(n, "site:hq", kIn), "established");
  n.table("all", "v", {{"0.0.0.0/0", "vgw:vgw"}});
  n.get<Vpc>("v").main_table->name = "all";
  EXPECT_EQ(fate(n, "subnet:v", tcp("10.0.0.9", "10.60.0.9", 443)),
            "NO_ROUTE at vgw:vgw");
}

// covers S25, S97, S151
TEST(VpnGatewayWalk, LinksThatAreDownAreAbsent) {
  Network n = gateway();
  Open<bool>& up = n.vpn("vpn", "hq", {"10.50.0.0/16"}, "vgw").up;
  up.value = false;
  EXPECT_EQ(fate(n, "subnet:v", kOut), "NO_ROUTE at rtb:rtb");
  EXPECT_EQ(fate(n, "site:hq", kIn), "NOT_ADVERTISED at site:hq");
  up.unknown = true;
  EXPECT_EQ(fate(n, "subnet:v", kOut), "unknown");
}

// covers S151
TEST(VpnGatewayWalk, AnOpenListMayHoldAnything) {
  Network n = gateway();
  n.vpn("vpn", "hq", {"unknown"}, "vgw");
  EXPECT_EQ(fate(n, "subnet:v", kOut), "unknown");
  EXPECT_EQ(fate(n, "subnet:v", tcp("10.0.0.9", "10.0.0.10", 1)),
            "delivered at subnet:v");
}

// covers S98
TEST(VpnGatewayWalk, SitesReachEachOtherThroughIt) {
  Network n = gateway();
  n.site("branch", {"10.60.0.0/16"});
  n.vpn("one", "hq", {"10.50.0.0/16"}, "vgw");
  n.vpn("two", "branch", {"10.60.0.0/16"}, "vgw");
  EXPECT_EQ(connection(n, "site:hq", tcp("10.50.0.9", "10.60.0.9", 443)),
            "established");
}

// covers S89, S90
TEST(DirectConnectWalk, AllowedPrefixesFilterForVpnGateways) {
  const auto behind = [](const char* allowed) {
    Network n = gateway();
    n.direct_connect("dx");
    n.associate("dx", "vgw:vgw", {allowed});
    n.virtual_interface("vif", "hq", "dxgw:dx", {"10.50.0.0/16"});
    return n;
  };
  EXPECT_EQ(connection(behind("10.0.0.0/15"), "site:hq", kIn), "established");
  EXPECT_EQ(fate(behind("10.0.0.0/24"), "site:hq", kIn),
            "NOT_ADVERTISED at site:hq");
  EXPECT_EQ(fate(behind("unknown"), "site:hq", kIn), "unknown");
}

// covers S91, S92
TEST(DirectConnectWalk, AdvertisedIsNotReachable) {
  const Network n = hairpin(false);
  EXPECT_EQ(connection(n, "site:hq", tcp("10.50.0.9", "10.1.0.5", 443)),
            "established");
  EXPECT_EQ(fate(n, "site:hq", tcp("10.50.0.9", "172.16.0.5", 443)),
            "NOT_ADVERTISED at site:hq");
}

// covers S91
TEST(DirectConnectWalk, AGatewayThatIsNotAttachedTakesNothing) {
  Network n = hairpin(false);
  n.transit("far");
  n.associate("dx", "tgw:far", {"172.16.0.0/12"});
  EXPECT_EQ(fate(n, "site:hq", tcp("10.50.0.9", "172.16.0.5", 443)),
            "TGW_NO_ASSOCIATION at dxgw:dx");
}

// covers S93, S152
TEST(DirectConnectWalk, LocalPreferenceComesBeforeAsPath) {
  Network n = hybrid({}, {"10.99.0.0/16"}, {});
  n.virtual_interface("vif2", "vpn-site", "dxgw:dx", {"10.99.0.0/16"});
  const Flow flow = tcp("10.1.0.5", "10.99.0.1", 443);
  EXPECT_EQ(fate(n, "subnet:client", flow), "delivered at site:vpn-site");
  n.get<VirtualInterface>("vif").local_preference = 7300;
  EXPECT_EQ(fate(n, "subnet:client", flow), "delivered at site:dx-site");
}

// covers S95, S120, S153
TEST(SiteWalk, TransitThroughASiteIsItsOwnChoice) {
  Network n = hairpin(false);
  const Flow flow = tcp("10.1.0.5", "10.2.0.5", 443);
  Open<bool>& transit = n.get<Site>("hq").transit;
  transit = Open<bool>{true, false, {}};
  EXPECT_EQ(connection(n, "subnet:client", flow), "established");
  transit.value = false;
  EXPECT_EQ(fate(n, "subnet:client", flow), "NO_SUCH_ADDRESS at site:hq");
}

// covers S96
TEST(SiteWalk, SiteLinkConnectsVirtualInterfaces) {
  Network n;
  n.direct_connect("dx");
  n.site("hq", {"10.50.0.0/16"});
  n.site("branch", {"10.60.0.0/16"});
  auto& one = n.virtual_interface("one", "hq", "dxgw:dx", {"10.50.0.0/16"});
  auto& two = n.virtual_interface("two", "branch", "dxgw:dx", {"10.60.0.0/16"});
  const Flow flow = tcp("10.50.0.9", "10.60.0.9", 443);
  one.site_link = true;
  EXPECT_EQ(fate(n, "site:hq", flow), "NOT_ADVERTISED at site:hq");
  two.site_link = true;
  EXPECT_EQ(connection(n, "site:hq", flow), "established");
}

// covers S94, S153
TEST(SiteWalk, TwoLinksAreTheSitesOwnChoice) {
  Network n = hybrid({}, {"10.9.0.0/16"}, {"10.9.0.0/16"});
  n.get<VpnConnection>("vpn").site.name = "dx-site";
  n.get<TransitRouteTable>("RT").associations.items.pop_back();
  const Flow flow = tcp("10.9.0.5", "10.1.0.5", 443);
  // The VPN attachment has no table, so it has learned nothing.
  EXPECT_EQ(fate(n, "site:dx-site", flow), "delivered at subnet:client");
  n.get<VpnConnection>("vpn").site_routes.emplace();
  n.get<VpnConnection>("vpn").site_routes->items =
      n.get<Vpc>("client").cidrs.items;
  EXPECT_EQ(fate(n, "site:dx-site", flow), "unknown");
  n.get<VpnConnection>("vpn").site_preference = 10;
  n.get<VirtualInterface>("vif").site_preference = 20;
  EXPECT_EQ(fate(n, "site:dx-site", flow), "delivered at subnet:client");
}

// covers S97, S153
TEST(SiteWalk, AVpnLearnsTheTableOfItsAttachment) {
  Network n = hybrid({{"10.7.0.0/16", "blackhole"}}, {}, {"10.99.0.0/16"});
  EXPECT_EQ(connection(n, "site:vpn-site", tcp("10.99.0.5", "10.1.0.5", 443)),
            "established");
  EXPECT_EQ(fate(n, "site:vpn-site", tcp("10.99.0.5", "10.7.0.5", 443)),
            "NOT_ADVERTISED at site:vpn-site");
  n.get<VpnConnection>("vpn").bgp = false;
  EXPECT_EQ(fate(n, "site:vpn-site", tcp("10.99.0.5", "10.1.0.5", 443)),
            "unknown");
}

}  // namespace
}  // namespace netproof::testing
