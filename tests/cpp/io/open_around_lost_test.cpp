// What keeping going leaves out, and what is open because of it.
#include "reading.hpp"

namespace netproof {
namespace {

TopologyParts kept(const std::string& text, std::size_t errors = 1) {
  auto parts = parts_of(text, true);
  EXPECT_EQ(parts.left_out.size(), errors) << lines_of(parts.left_out);
  return parts;
}

TEST(KeepGoing, ABrokenLineOpensItsList) {
  const auto parts = kept(
      "route_tables: [{name: r, vpc: v, routes: [{destination: 10.0.0.0/33, "
      "target: local}, {destination: 10.0.0.0/8, target: local}]}]\n"
      "vpcs: [{name: v, cidrs: [10.0.0.0/8, 10.1.300.0/24]}]\n"
      "security_groups: [{name: g, vpc: v, ingress: [{service: tcp, sources: "
      "bad}]}]\n",
      3);
  EXPECT_TRUE(parts.route_tables.at(0).routes.open);
  EXPECT_EQ(parts.route_tables[0].routes.items.size(), 1U);
  EXPECT_TRUE(parts.vpcs.at(0).cidrs.open);
  EXPECT_EQ(parts.vpcs[0].cidrs.items.size(), 1U);
  ASSERT_EQ(parts.security_groups.at(0).ingress.items.size(), 1U);
  EXPECT_TRUE(parts.security_groups[0].ingress.items[0].peers.open);
}

TEST(KeepGoing, ABrokenValueIsUnknown) {
  const auto parts = kept(
      "transit_gateway_attachments: [{name: a, transit_gateway: t, vpc: v, "
      "ipv6: yes}]\n");
  EXPECT_TRUE(parts.transit_attachments.at(0).ipv6.unknown);
}

TEST(KeepGoing, ABrokenVpcLeavesItsReferencesWithoutId) {
  const auto parts = kept(
      "vpcs:\n  - {name: v, cidrs: [], colour: red, subnets: [{name: s, cidr: "
      "10.0.0.0/24}]}\n");
  EXPECT_TRUE(parts.vpcs.empty());
  ASSERT_EQ(parts.subnets.size(), 1U);
  EXPECT_FALSE(parts.subnets[0].vpc);
}

TEST(KeepGoing, ABrokenSubnetOrInterfaceOpensItsOwner) {
  const auto parts = kept(
      "vpcs: [{name: v, cidr: 10.0.0.0/8, subnets: [{name: s, cidr: "
      "10.0.0.0/24, x: y}, {name: t, cidr: 10.0.1.0/24}]}]\n"
      "interfaces: [{name: i, subnet: t, address: 10.0.1.300}]\n",
      2);
  EXPECT_TRUE(parts.vpcs.at(0).subnets_open);
  ASSERT_EQ(parts.subnets.size(), 1U);
  EXPECT_TRUE(parts.subnets[0].interfaces_open);
}

TEST(KeepGoing, ABrokenTransitTableMaySayAnything) {
  const auto parts = kept(
      "transit_gateway_route_tables: [{name: r, transit_gateway: t, routs: "
      "[]}]\ntransit_gateways: [t]\n");
  ASSERT_EQ(parts.transit_route_tables.size(), 1U);
  const TransitRouteTable& table = parts.transit_route_tables[0];
  EXPECT_TRUE(table.associations.open && table.propagations.open &&
              table.routes.open);
  EXPECT_TRUE(table.gateway);
}

TEST(KeepGoing, ABrokenAttachmentOpensTheTables) {
  const auto parts = kept(
      "transit_gateway_route_tables: [{name: r, transit_gateway: t, "
      "associations: [{select: {a: b}}]}]\n"
      "transit_gateway_attachments: [{name: a, transit_gateway: t, vpc: v, "
      "labels: {a: b}, sbnets: []}]\n");
  EXPECT_TRUE(parts.transit_route_tables.at(0).associations.open);
}

TEST(KeepGoing, ABrokenLinkMakesItsEndsUnknown) {
  const auto parts = kept(
      "sites: [{name: s, prefixes: []}]\n"
      "direct_connect_gateways: [d]\n"
      "virtual_interfaces:\n"
      "  - {name: a, site: s, direct_connect_gateway: d, advertised: [], upp: "
      "true}\n"
      "  - {name: b, site: s, direct_connect_gateway: d, advertised: []}\n");
  ASSERT_EQ(parts.virtual_interfaces.size(), 1U);
  EXPECT_FALSE(parts.virtual_interfaces[0].site);
  EXPECT_FALSE(*parts.virtual_interfaces[0].gateway);
}

TEST(KeepGoing, ABrokenSegmentOpensItsRouterAndAHostItsSegment) {
  const auto parts = kept(
      "routers: [r]\n"
      "segments: [{name: a, prefixes: [], router: r, vlan: 7}, {name: b, "
      "prefixes: [10.0.0.0/24]}]\n"
      "hosts: [{name: h, segment: b, address: x}]\n",
      2);
  EXPECT_TRUE(parts.routers.at(0).routes.open);
  EXPECT_TRUE(parts.segments.at(0).prefixes.open);
}

TEST(KeepGoing, ANameGivenTwiceStandsForNothing) {
  const auto parts = kept(
      "vpcs: [{name: v, cidr: 10.0.0.0/8}, {name: v, cidr: 10.0.0.0/9}]\n"
      "subnets: [{name: s, vpc: v, cidr: 10.0.0.0/24}]\n");
  EXPECT_FALSE(parts.subnets.at(0).vpc);
}

TEST(KeepGoing, AKeyWithoutMeaningAtTheTopEndsTheRun) {
  EXPECT_FALSE(read_topology_text("vpsc: []\n", "net.yaml", {true, ""}));
}

}  // namespace
}  // namespace netproof
