#include <gtest/gtest.h>

#include "reference/ask.hpp"

namespace netproof::testing {
namespace {

/// A VPC 10.0.0.0/16 with subnets `a` (10.0.1.0/24), `b` (10.0.2.0/24) and
/// `fw` (10.0.9.0/24); `a` uses the table `rtb`.
Network one_vpc(const std::vector<Line>& lines) {
  Network n;
  n.vpc("v", {"10.0.0.0/16", "2001:db8:1::/56"});
  n.subnet("a", "v", {"10.0.1.0/24", "2001:db8:1::/64"}, "az1", "rtb");
  n.subnet("b", "v", {"10.0.2.0/24", "2001:db8:1:1::/64"}, "az1");
  n.subnet("fw", "v", {"10.0.9.0/24"}, "az1");
  n.table("rtb", "v", lines);
  return n;
}

const Flow kToB = tcp("10.0.1.5", "10.0.2.5", 443);
const Flow kOut = tcp("10.0.1.5", "1.1.1.1", 443);

// covers S7
TEST(VpcWalk, OneSubnetIsLayerTwoWithoutAcl) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.subnet("a", "v", {"10.0.1.0/24"}, "", "", "closed");
  n.acl("closed", "v", {}, {});
  EXPECT_EQ(fate(n, "subnet:a", tcp("10.0.1.5", "10.0.1.9", 1)),
            "delivered at subnet:a");
}

// covers S11, S140
TEST(VpcWalk, ReservedAddressesAndGapsDoNotExist) {
  const Network n = one_vpc({});
  EXPECT_EQ(fate(n, "subnet:a", tcp("10.0.1.5", "10.0.2.3", 1)),
            "NO_SUCH_ADDRESS at subnet:b");
  EXPECT_EQ(fate(n, "subnet:a", tcp("10.0.1.5", "10.0.2.255", 1)),
            "NO_SUCH_ADDRESS at subnet:b");
  EXPECT_EQ(fate(n, "subnet:a", tcp("10.0.1.5", "10.0.3.5", 1)),
            "NO_SUCH_ADDRESS at vpc:v");
}

// covers S12, S140
TEST(VpcWalk, ListedEndpointsOnlyLeaveNoOtherAddress) {
  Network n = one_vpc({});
  n.open_group("open", "v");
  n.interface("web", "b", {"10.0.2.5"}, Texts{"open"});
  EXPECT_EQ(fate(n, "subnet:a", kToB), "delivered at interface:web");
  const Flow other = tcp("10.0.1.5", "10.0.2.6", 443);
  EXPECT_EQ(fate(n, "subnet:a", other), "NO_SUCH_ADDRESS at subnet:b");
  EXPECT_EQ(fate(n, "subnet:a", other, false), "delivered at subnet:b");
}

// covers S14
TEST(VpcWalk, SubnetsWithoutTableUseTheMainTable) {
  Network n = one_vpc({});
  n.table("main", "v", {{"0.0.0.0/0", "blackhole"}});
  EXPECT_EQ(fate(n, "subnet:b", tcp("10.0.2.5", "1.1.1.1", 1)),
            "NO_ROUTE at rtb:v/main");
  n.get<Vpc>("v").main_table = Ref<RouteTable>{"main", {}, {}};
  EXPECT_EQ(fate(n, "subnet:b", tcp("10.0.2.5", "1.1.1.1", 1)),
            "BLACKHOLE_ROUTE at rtb:main");
}

// covers S15, S16
TEST(VpcWalk, LocalGivesWayToWhatIsWrittenForIt) {
  EXPECT_EQ(fate(one_vpc({}), "subnet:a", kToB), "delivered at subnet:b");
  Network n = one_vpc({{"10.0.2.0/24", "endpoint:nfw"}});
  n.inspection_endpoint("nfw", "fw", false);
  EXPECT_EQ(fate(n, "subnet:a", kToB), "FIREWALL_DENY at endpoint:nfw");
  EXPECT_EQ(fate(n, "subnet:a", tcp("10.0.1.5", "10.0.9.5", 1)),
            "delivered at subnet:fw");
}

// covers S19
TEST(VpcWalk, EqualPrefixListEntriesLeaveOpenWhichWins) {
  Network n = one_vpc({{"pl:x", "blackhole"}, {"pl:y", "igw:igw"}});
  n.prefix_list("x", {"1.0.0.0/8"});
  n.prefix_list("y", {"1.0.0.0/8"});
  n.internet_gateway("igw", "v");
  n.open_group("open", "v");
  n.interface("web", "a", {"10.0.1.5"}, Texts{"open"}, {"198.51.100.1"});
  EXPECT_EQ(fate(n, "interface:web", kOut), "unknown");
}

// covers S20, S21
TEST(VpcWalk, ABlackholeDoesNotFallBack) {
  EXPECT_EQ(fate(one_vpc({{"1.0.0.0/8", "blackhole"}, {"0.0.0.0/0", "igw:g"}}),
                 "subnet:a", kOut),
            "BLACKHOLE_ROUTE at rtb:rtb");
  Network n = one_vpc({{"0.0.0.0/0", "igw:g"}});
  n.internet_gateway("g", "");
  EXPECT_EQ(fate(n, "subnet:a", kOut), "BLACKHOLE_ROUTE at rtb:rtb");
  EXPECT_EQ(fate(one_vpc({}), "subnet:a", kOut), "NO_ROUTE at rtb:rtb");
}

// covers S22
TEST(VpcWalk, LinkLocalIsNotForwarded) {
  EXPECT_EQ(fate(one_vpc({{"0.0.0.0/0", "blackhole"}}), "subnet:a",
                 tcp("10.0.1.5", "169.254.1.1", 80)),
            "UNROUTABLE at subnet:a");
}

Network appliance(bool source_check, std::optional<bool> forwards) {
  Network n = one_vpc({{"10.0.2.0/24", "interface:fw"}});
  n.open_group("open", "v");
  Interface& fw = n.interface("fw", "fw", {"10.0.9.9"}, Texts{"open"});
  fw.source_check.value = source_check;
  fw.forwards = forwards;
  return n;
}

// covers S24, S39, S136, S150
TEST(VpcWalk, AnInterfaceForwardsOnlyWithoutSourceCheck) {
  EXPECT_EQ(fate(appliance(true, true), "subnet:a", kToB),
            "SOURCE_CHECK at interface:fw");
  EXPECT_EQ(fate(appliance(false, true), "subnet:a", kToB),
            "delivered at subnet:b");
  EXPECT_EQ(fate(appliance(false, false), "subnet:a", kToB),
            "FIREWALL_DENY at interface:fw");
  EXPECT_EQ(fate(appliance(false, {}), "subnet:a", kToB), "unknown");
}

// covers S4, S86, S158
TEST(VpcWalk, AReplyPastAnApplianceNeedsItsState) {
  EXPECT_EQ(connection(appliance(false, true), "subnet:a", kToB),
            "established");
  Network n = appliance(false, true);
  n.table("back", "v", {{"10.0.1.0/24", "interface:fw"}});
  n.get<RouteTable>("rtb").routes.items.clear();
  n.get<Subnet>("b").route_table.emplace();
  n.get<Subnet>("b").route_table->value.name = "back";
  EXPECT_EQ(connection(n, "subnet:a", kToB), "return NO_STATE at interface:fw");
}

// covers S136, S159
TEST(VpcWalk, AnInterfaceSendsItsOwnAddressesOnly) {
  Network n = one_vpc({});
  n.open_group("open", "v");
  Interface& web = n.interface("web", "a", {"10.0.1.5"}, Texts{"open"});
  const Flow forged = tcp("10.9.9.9", "10.0.2.5", 443);
  EXPECT_EQ(fate(n, "interface:web", forged), "SOURCE_CHECK at interface:web");
  web.source_check.unknown = true;
  EXPECT_EQ(fate(n, "interface:web", forged), "unknown");
  web.source_check = Open<bool>{false, false, {}};
  EXPECT_EQ(fate(n, "interface:web", forged), "delivered at subnet:b");
}

// covers S33, S34, S35, S146
TEST(VpcWalk, PeeringsNeedRoutesOnBothSidesAndNoOverlap) {
  Network n = one_vpc({{"10.2.0.0/16", "peering:p"}});
  n.vpc("w", {"10.2.0.0/16"});
  Peering& p = n.peering("p", "v", "w");
  const Flow flow = tcp("10.0.1.5", "10.2.0.5", 443);
  EXPECT_EQ(connection(n, "subnet:a", flow), "return NO_ROUTE at rtb:w/main");
  p.active.value = false;
  EXPECT_EQ(fate(n, "subnet:a", flow), "STATE_NOT_ACTIVE at peering:p");
  p.active = Open<bool>{true, true, {}};
  EXPECT_EQ(fate(n, "subnet:a", flow), "unknown");
  n.get<Vpc>("w").cidrs = n.vpc("x", {"10.2.0.0/16", "10.0.0.0/24"}).cidrs;
  EXPECT_EQ(fate(n, "subnet:a", flow), "STATE_NOT_ACTIVE at peering:p");
}

// covers S36
TEST(VpcWalk, GatewayEndpointsServeTheirVpc) {
  Network n = one_vpc({{"pl:s3", "endpoint:s3"}});
  n.prefix_list("s3", {"1.1.0.0/16"});
  n.gateway_endpoint("s3", "v");
  EXPECT_EQ(fate(n, "subnet:a", kOut), "delivered at endpoint:s3");
  EXPECT_EQ(connection(n, "subnet:a", kOut), "established");
}

// covers S37, S159
TEST(VpcWalk, InterfaceEndpointsOnlyAnswer) {
  Network n = one_vpc({});
  n.open_group("open", "v");
  n.interface("kms", "b", {"10.0.2.5"}, Texts{"open"});
  n.interface_endpoint("kms", "v", {"kms"});
  EXPECT_EQ(connection(n, "subnet:a", kToB), "established");
  EXPECT_EQ(fate(n, "interface:kms", tcp("10.0.2.5", "10.0.1.5", 1)),
            "NO_STATE at interface:kms");
}

// covers S5, S155
TEST(VpcWalk, ATableMetTwiceIsALoop) {
  Network n = appliance(false, true);
  n.get<Subnet>("fw").route_table.emplace();
  n.get<Subnet>("fw").route_table->value.name = "rtb";
  EXPECT_EQ(fate(n, "subnet:a", kToB), "LOOP at rtb:rtb");
}

// covers S141
TEST(VpcWalk, AnOpenTableMayForwardOrDrop) {
  Network n = one_vpc({{"0.0.0.0/0", "blackhole"}});
  n.vpc("w", {"10.2.0.0/16"});
  n.peering("p", "v", "w");
  n.get<RouteTable>("rtb").routes.open = true;
  const Flow flow = tcp("10.0.1.5", "10.2.0.5", 443);
  EXPECT_EQ(fate(n, "subnet:a", flow), "unknown");
  // Inside the VPC nothing but local is possible here.
  EXPECT_EQ(fate(n, "subnet:a", kToB), "delivered at subnet:b");
  EXPECT_EQ(fate(n, "subnet:a", kOut), "BLACKHOLE_ROUTE at rtb:rtb");
}

}  // namespace
}  // namespace netproof::testing
