#include "lza_landing.hpp"

namespace netproof {
namespace {

class LzaServices : public Landing {
 protected:
  static std::string vpc(const std::string& rest) {
    return "vpcs:\n"
           "  - name: V\n"
           "    account: A\n"
           "    region: eu-west-1\n"
           "    cidrs: [10.0.0.0/16]\n"
           "    subnets:\n"
           "      - {name: S, availabilityZone: a, ipv4CidrBlock: "
           "10.0.1.0/24}\n"
           "      - {name: T, availabilityZone: b, ipamAllocation: {}}\n" +
           rest;
  }
};

// covers S166: addresses that AWS picks are assumed, and listed.
TEST_F(LzaServices, NatGatewaysHaveAssumedAddresses) {
  const TopologyParts read =
      parts(vpc("    natGateways:\n"
                "      - {name: N, subnet: S}\n"
                "      - {name: M, subnet: S, private: true}\n"
                "      - {name: O, subnet: T}\n"
                "      - {name: Q, subnet: X}\n"));
  EXPECT_EQ(names_of(read.nat_gateways), Names({"V/N", "V/M"}));
  const NatGateway& one = named(read.nat_gateways, "V/N");
  EXPECT_EQ(to_string(one.private_address), "10.0.1.254");
  EXPECT_EQ(to_string(*one.public_address), "203.0.113.1");
  const NatGateway& inside = named(read.nat_gateways, "V/M");
  EXPECT_EQ(to_string(inside.private_address), "10.0.1.253");
  EXPECT_TRUE(inside.is_private);
  ASSERT_EQ(read.assumptions.size(), 2U);
  EXPECT_EQ(read.assumptions[0].subject, "nat:V/N");
  EXPECT_NE(gaps_of(read).find("'O'"), std::string::npos);
  EXPECT_NE(gaps_of(read).find("'Q'"), std::string::npos);
}

TEST_F(LzaServices, ASmallSubnetIsFullSomeTime) {
  std::string many;
  for (int i = 0; i < 12; ++i) {
    many += "      - {name: N" + std::to_string(i) + ", subnet: S}\n";
  }
  const TopologyParts read = parts(vpc("    natGateways:\n" + many));
  EXPECT_EQ(read.nat_gateways.size(), 8U);
}

// covers S167: a firewall has an endpoint in each zone, that may pass anything.
TEST_F(LzaServices, FirewallsAndBalancersInspect) {
  const TopologyParts read = parts(
      "centralNetworkServices:\n"
      "  delegatedAdminAccount: A\n"
      "  networkFirewall:\n"
      "    firewalls: [{name: F, vpc: V, subnets: [S, T], firewallPolicy: P}]\n"
      "  gatewayLoadBalancers:\n"
      "    - {name: B, vpc: V, subnets: [S], endpoints: [{name: E, account: A, "
      "vpc: V, subnet: S}, {name: E2, account: B, vpc: V, subnet: S}]}\n" +
      vpc("    routeTables:\n"
          "      - name: R\n"
          "        routes:\n"
          "          - {name: a, destination: 10.1.0.0/16, type: "
          "networkFirewall, target: F, targetAvailabilityZone: b}\n"
          "          - {name: b, destination: 10.2.0.0/16, type: "
          "gatewayLoadBalancerEndpoint, target: E}\n"));
  EXPECT_EQ(names_of(read.endpoints), Names({"V/F@a", "V/F@b", "V/E"}));
  EXPECT_TRUE(named(read.network_firewalls, "V/F").policy.unknown);
  const Endpoint& one = named(read.endpoints, "V/F@b");
  EXPECT_EQ(one.kind, EndpointKind::kInspection);
  EXPECT_EQ(one.subnet->name, "V/T");
  EXPECT_FALSE(one.passes);
  const auto& routes = named(read.route_tables, "V/R").routes.items;
  EXPECT_EQ(routes.at(0).targets.at(0).name, "V/F@b");
  EXPECT_EQ(routes.at(1).targets.at(0).name, "V/E");
}

TEST_F(LzaServices, GatewayEndpointsStandInTheirVpc) {
  const TopologyParts read =
      parts(vpc("    gatewayEndpoints: {defaultPolicy: D, endpoints: "
                "[{service: s3}, {service: dynamodb}]}\n"));
  EXPECT_EQ(names_of(read.endpoints), Names({"V/s3", "V/dynamodb"}));
  EXPECT_EQ(read.endpoints[0].kind, EndpointKind::kGateway);
}

TEST_F(LzaServices, AServiceThatIsNotKnownDoubtsTheVpcs) {
  const TopologyParts read = parts(
      "centralNetworkServices: {delegatedAdminAccount: A, cloudWan: "
      "{}}\n" +
      vpc("    routeTables: [{name: R, routes: []}]\n"));
  EXPECT_TRUE(named(read.route_tables, "V/R").routes.open);
}

}  // namespace
}  // namespace netproof
