#include "lza_landing.hpp"

namespace netproof {
namespace {

class LzaRoutes : public Landing {
 protected:
  // The only route of table V/T, or none.
  std::vector<Route> routes(const std::string& lines,
                            const std::string& rest = "") {
    read_ = parts(
        "transitGateways:\n"
        "  - {name: G, account: A, region: eu-west-1, asn: 1, routeTables: "
        "[]}\n"
        "vpcPeering:\n"
        "  - {name: P, vpcs: [V, W]}\n"
        "vpcs:\n"
        "  - {name: W, account: A, region: eu-west-1, cidrs: [10.1.0.0/16]}\n"
        "  - name: V\n"
        "    account: A\n"
        "    region: eu-west-1\n"
        "    cidrs: [10.0.0.0/16]\n"
        "    subnets:\n"
        "      - {name: S, availabilityZone: a, ipv4CidrBlock: 10.0.1.0/24}\n"
        "    natGateways: [{name: N, subnet: S}]\n"
        "    gatewayEndpoints: {defaultPolicy: D, endpoints: [{service: s3}]}\n"
        "    routeTables:\n"
        "      - name: T\n"
        "        routes: [" +
        lines + "]\n" + rest);
    return named(read_.route_tables, "V/T").routes.items;
  }
  std::string target(const std::string& line) {
    const auto found =
        routes("{name: r, destination: 10.9.0.0/16, " + line + "}");
    if (found.size() != 1 || found.front().targets.size() != 1) return "none";
    const RouteTarget& to = found.front().targets.front();
    return to.kind == TargetKind::kUnknown ? "unknown" : to.name;
  }

  TopologyParts read_;
};

// covers S167: each type leads to what is called that way.
TEST_F(LzaRoutes, TypesLeadWhereTheySay) {
  EXPECT_EQ(target("type: transitGateway, target: G"), "G");
  EXPECT_EQ(target("type: internetGateway, target: IGW"), "V/igw");
  EXPECT_EQ(target("type: egressOnlyIgw"), "V/eigw");
  EXPECT_EQ(target("type: virtualPrivateGateway"), "V/vgw");
  EXPECT_EQ(target("type: natGateway, target: N"), "V/N");
  EXPECT_EQ(target("type: vpcPeering, target: P"), "P");
  EXPECT_EQ(target("type: gatewayEndpoint, target: s3"), "V/s3");
  EXPECT_EQ(target("type: local"), "none");
}

TEST_F(LzaRoutes, WhatIsNotDescribedIsUnknown) {
  EXPECT_EQ(target("type: networkInterface, target: eni-1"), "unknown");
  EXPECT_EQ(target("type: localGateway, target: L"), "unknown");
  EXPECT_EQ(target("type: teleport, target: L"), "unknown");
  EXPECT_EQ(target("target: L"), "unknown");
  EXPECT_EQ(target("type: transitGateway, target: \"${X}\""), "unknown");
  EXPECT_EQ(target("type: natGateway, target: other"), "unknown");
  EXPECT_EQ(target("type: vpcPeering, target: Q"), "unknown");
  EXPECT_EQ(target("type: networkFirewall, target: F"), "unknown");
  EXPECT_EQ(target("type: gatewayLoadBalancerEndpoint, target: F"), "unknown");
  EXPECT_EQ(target("type: transitGateway, target: G, weight: 2"), "unknown");
}

TEST_F(LzaRoutes, ADestinationMayNameASubnet) {
  const auto found = routes(
      "{name: a, destination: S, type: transitGateway, target: G}, "
      "{name: b, ipv6Destination: '2001:db8::/32', destination: 10.2.0.0/16, "
      "type: transitGateway, target: G}");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.at(0).destination->text, "10.0.1.0/24");
  EXPECT_EQ(found.at(1).destination->text, "10.2.0.0/16");
  EXPECT_EQ(found.at(2).destination->text, "2001:db8::/32");
  EXPECT_EQ(found.at(0).where.line, 19);
}

TEST_F(LzaRoutes, AnUnknownDestinationOpensTheTable) {
  for (const char* line :
       {"{name: a, destination: \"{{ X }}\", type: transitGateway, target: G}",
        "{name: a, type: transitGateway, target: G}"}) {
    EXPECT_TRUE(routes(line).empty());
    EXPECT_TRUE(named(read_.route_tables, "V/T").routes.open);
  }
}

TEST_F(LzaRoutes, ThePrefixesOfAServiceAreUnknown) {
  const auto found = routes("{name: a, type: gatewayEndpoint, target: s3}");
  EXPECT_EQ(found.at(0).prefix_list->name, "eu-west-1/s3");
  EXPECT_TRUE(named(read_.prefix_lists, "eu-west-1/s3").entries.open);
  EXPECT_NE(gaps_of(read_).find("'s3'"), std::string::npos);
}

TEST_F(LzaRoutes, TablesOfGatewaysAreThose) {
  routes("",
         "      - {name: I, gatewayAssociation: internetGateway}\n"
         "      - {name: J, gatewayAssociation: other}\n");
  EXPECT_EQ(named(read_.route_tables, "V/I").gateway->name, "V/igw");
  EXPECT_FALSE(named(read_.route_tables, "V/J").gateway);
  EXPECT_NE(gaps_of(read_).find("'other'"), std::string::npos);
}

TEST_F(LzaRoutes, PeeringsJoinTheirVpcs) {
  routes("");
  const Peering& one = named(read_.peerings, "P");
  EXPECT_EQ(one.requester.name, "V");
  EXPECT_EQ(one.accepter.name, "W");
  EXPECT_FALSE(one.active.unknown);
  EXPECT_NE(refused("vpcPeering: [{name: P, vpcs: [A, B, C]}]\n")
                .find("a peering has two VPCs"),
            std::string::npos);
}

// A template stands for several VPCs: which of them are peered is not said.
TEST_F(LzaRoutes, PeeringsOfATemplateMayBe) {
  const TopologyParts read = parts(
      "vpcPeering: [{name: P, vpcs: [V, T]}]\n"
      "vpcs:\n"
      "  - name: V\n"
      "    account: A\n"
      "    region: eu-west-1\n"
      "    routeTables:\n"
      "      - name: R\n"
      "        routes: [{name: r, destination: 10.0.0.0/8, type: vpcPeering, "
      "target: P}]\n"
      "vpcTemplates:\n"
      "  - {name: T, region: eu-west-1, deploymentTargets: {accounts: [A, "
      "B]}}\n");
  EXPECT_EQ(names_of(read.peerings), Names({"P/V/T@A", "P/V/T@B"}));
  EXPECT_TRUE(read.peerings.at(0).active.unknown);
  const Route& route = named(read.route_tables, "V/R").routes.items.at(0);
  EXPECT_EQ(route.targets.at(0).kind, TargetKind::kUnknown);
}

}  // namespace
}  // namespace netproof
