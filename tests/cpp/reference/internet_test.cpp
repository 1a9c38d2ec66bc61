#include <gtest/gtest.h>

#include "reference/ask.hpp"

namespace netproof::testing {
namespace {

/// A VPC with a public subnet `pub`, whose interface `web` has a public
/// address, and a private one behind a NAT gateway.
Network edge() {
  Network n;
  n.vpc("v", {"10.0.0.0/16", "2001:db8:1::/56"});
  n.subnet("pub", "v", {"10.0.1.0/24", "2001:db8:1::/64"}, "", "public");
  n.subnet("priv", "v", {"10.0.2.0/24", "2001:db8:1:1::/64"}, "", "private");
  n.table("public", "v", {{"0.0.0.0/0", "igw:igw"}, {"::/0", "igw:igw"}});
  n.table("private", "v", {{"0.0.0.0/0", "nat:nat"}, {"::/0", "eigw:eigw"}});
  n.internet_gateway("igw", "v");
  n.egress_only_gateway("eigw", "v");
  n.nat_gateway("nat", "pub", "10.0.1.100", "198.51.100.9");
  n.open_group("open", "v");
  n.interface("web", "pub", {"10.0.1.5", "2001:db8:1::5"}, Texts{"open"},
              {"198.51.100.5"});
  n.interface("app", "priv", {"10.0.2.5", "2001:db8:1:1::5"}, Texts{"open"});
  return n;
}

const std::string kWeb = "interface:web";
const std::string kApp = "interface:app";

// covers S27, S147
TEST(InternetWalk, APublicAddressLetsOutAndIn) {
  const Network n = edge();
  EXPECT_EQ(connection(n, kWeb, tcp("10.0.1.5", "1.1.1.1", 443)),
            "established");
  const Flow in = tcp("1.1.1.1", "198.51.100.5", 443);
  EXPECT_EQ(fate(n, "internet", in), "delivered at interface:web");
  EXPECT_EQ(connection(n, "internet", in), "established");
  EXPECT_EQ(connection(n, "internet", tcp("2606::1", "2001:db8:1::5", 443)),
            "established");
}

// covers S29, S149
TEST(InternetWalk, ANatGatewayLetsOutOnly) {
  const Network n = edge();
  EXPECT_EQ(connection(n, kApp, tcp("10.0.2.5", "1.1.1.1", 443)),
            "established");
  EXPECT_EQ(fate(n, "internet", tcp("1.1.1.1", "198.51.100.9", 443)),
            "NAT_REFUSED at nat:nat");
  EXPECT_EQ(fate(n, kWeb, tcp("10.0.1.5", "10.0.1.100", 443)),
            "NAT_REFUSED at nat:nat");
  const Flow gre{ip("10.0.2.5"), ip("1.1.1.1"), 47, 0, 0};
  EXPECT_EQ(fate(n, kApp, gre), "NAT_REFUSED at nat:nat");
  EXPECT_EQ(connection(n, kApp, ping("10.0.2.5", "1.1.1.1")), "established");
}

// covers S29, S79, S149
TEST(InternetWalk, APartOfTheNatPortsIsMixed) {
  Network n = edge();
  n.get<Subnet>("pub").acl.emplace();
  n.get<Subnet>("pub").acl->value.name = "w";
  n.acl("w", "v",
        {{100, "allow", "tcp/443", "10.0.0.0/16"},
         {110, "allow", "tcp/32768-65535", "0.0.0.0/0"}},
        {{100, "allow", "any", "0.0.0.0/0"}});
  const Flow flow = tcp("10.0.2.5", "1.1.1.1", 443, 50000);
  EXPECT_EQ(fate(n, kApp, flow), "delivered at internet");
  EXPECT_EQ(connection(n, kApp, flow), "mixed");
}

// covers S29
TEST(InternetWalk, APrivateNatGatewayHasNoWayToTheInternet) {
  Network n = edge();
  n.get<NatGateway>("nat").is_private = true;
  EXPECT_EQ(fate(n, kApp, tcp("10.0.2.5", "1.1.1.1", 443)),
            "NO_PUBLIC_IP at igw:igw");
}

// covers S28
TEST(InternetWalk, EgressOnlyLetsOutWhatAnswers) {
  Network n = edge();
  EXPECT_EQ(connection(n, kApp, tcp("2001:db8:1:1::5", "2606::1", 443)),
            "established");
  n.get<InternetGateway>("igw").vpc.reset();
  EXPECT_EQ(connection(n, kApp, tcp("2001:db8:1:1::5", "2606::1", 443)),
            "established");
  EXPECT_EQ(fate(n, "internet", tcp("2606::1", "2001:db8:1:1::5", 443)),
            "UNROUTABLE at internet");
}

// covers S32
TEST(InternetWalk, BlockedPublicAccess) {
  Network n = edge();
  Open<PublicAccess>& access = n.get<Vpc>("v").public_access;
  const Flow out = tcp("10.0.1.5", "1.1.1.1", 443);
  const Flow nat = tcp("10.0.2.5", "1.1.1.1", 443);
  access.value = PublicAccess::kIngressBlocked;
  EXPECT_EQ(fate(n, kWeb, out), "PUBLIC_ACCESS_BLOCKED at vpc:v");
  EXPECT_EQ(connection(n, kApp, nat), "established");
  EXPECT_EQ(connection(n, kApp, tcp("2001:db8:1:1::5", "2606::1", 443)),
            "established");
  access.value = PublicAccess::kBlocked;
  EXPECT_EQ(fate(n, kApp, nat), "PUBLIC_ACCESS_BLOCKED at vpc:v");
  access.unknown = true;
  EXPECT_EQ(fate(n, kApp, nat), "unknown");
}

// covers S23
TEST(InternetWalk, AnEdgeTableSteersWhatComesIn) {
  Network n = edge();
  n.subnet("fw", "v", {"10.0.9.0/24"});
  n.inspection_endpoint("nfw", "fw", false);
  n.edge_table("edge", "v", "igw:igw", {{"10.0.1.0/24", "endpoint:nfw"}});
  EXPECT_EQ(fate(n, "internet", tcp("1.1.1.1", "198.51.100.5", 443)),
            "FIREWALL_DENY at endpoint:nfw");
}

// covers S148, S159
TEST(InternetWalk, TheInternetOwnsWhatNobodyElseDoes) {
  const Network n = edge();
  EXPECT_EQ(fate(n, "internet", tcp("10.0.1.5", "198.51.100.5", 443)),
            "SOURCE_CHECK at internet");
  EXPECT_EQ(fate(n, "internet", tcp("1.1.1.1", "10.0.1.5", 443)),
            "UNROUTABLE at internet");
  EXPECT_EQ(fate(n, kWeb, tcp("10.0.1.5", "172.16.0.1", 443)),
            "UNROUTABLE at igw:igw");
}

}  // namespace
}  // namespace netproof::testing
