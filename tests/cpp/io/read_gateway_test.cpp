#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadGateway, EveryKindOfGateway) {
  const auto parts = parts_of(R"(
vpcs:
  - name: v
    cidr: 10.0.0.0/16
    internet_gateways: [i]
    egress_only_gateways: [e]
    vpn_gateways: [g]
    endpoints:
      - {name: s3, kind: gateway}
      - {name: kms, kind: interface, interfaces: [eni, none]}
      - {name: fw, kind: inspection, subnet: s, passes: false}
    subnets:
      - name: s
        cidr: 10.0.0.0/24
        nat_gateways:
          - {name: n, private_address: 10.0.0.5, public_address: 52.0.0.1}
          - {name: p, private_address: 10.0.0.6, private: true}
interfaces: [{name: eni, subnet: s, address: 10.0.0.7}]
internet_gateways: [loose]
peerings: [{name: x, vpcs: [v, w], active: unknown}]
)");
  ASSERT_EQ(parts.internet_gateways.size(), 2U);
  EXPECT_EQ(parts.internet_gateways[0].vpc->id, (Id<Vpc>{0}));
  EXPECT_FALSE(parts.internet_gateways[1].vpc);
  EXPECT_EQ(parts.egress_only_gateways.at(0).vpc.id, (Id<Vpc>{0}));
  EXPECT_EQ(parts.vpn_gateways.at(0).vpc->id, (Id<Vpc>{0}));
  ASSERT_EQ(parts.nat_gateways.size(), 2U);
  EXPECT_EQ(parts.nat_gateways[0].subnet.id, (Id<Subnet>{0}));
  EXPECT_EQ(to_string(*parts.nat_gateways[0].public_address), "52.0.0.1");
  EXPECT_TRUE(parts.nat_gateways[1].is_private);
  ASSERT_EQ(parts.endpoints.size(), 3U);
  EXPECT_EQ(parts.endpoints[0].kind, EndpointKind::kGateway);
  EXPECT_EQ(parts.endpoints[1].interfaces.at(0).id, (Id<Interface>{0}));
  EXPECT_FALSE(parts.endpoints[1].interfaces.at(1));
  EXPECT_EQ(parts.endpoints[2].subnet->id, (Id<Subnet>{0}));
  EXPECT_EQ(parts.endpoints[2].passes, false);
  EXPECT_FALSE(parts.endpoints[1].passes);
  EXPECT_TRUE(parts.peerings.at(0).active.unknown);
  EXPECT_TRUE(parts.peerings[0].requester);
  EXPECT_FALSE(parts.peerings[0].accepter);
}

TEST(ReadGateway, APublicNatGatewayHasItsAddress) {
  expect_refusal({"missing-key",
                  "nat_gateways: [{name: n, subnet: s, private_address: "
                  "10.0.0.5}]",
                  1, 16, "", "has 'public_address'"},
                 errors_of("nat_gateways: [{name: n, subnet: s, "
                           "private_address: 10.0.0.5}]"));
}

TEST(ReadGateway, AClaimedAddressOfAGatewayEndpointIsKept) {
  const auto parts = parts_of(
      "endpoints: [{name: a, vpc: v, kind: gateway, addresses: [10.0.30.200], "
      "interfaces: [i]}, {name: b, vpc: v, kind: gateway, address: "
      "10.0.30.201}]");
  EXPECT_EQ(to_string(parts.endpoints.at(0).addresses.at(0)), "10.0.30.200");
  EXPECT_EQ(names_of(parts.endpoints[0].interfaces), Names{"i"});
  EXPECT_EQ(parts.endpoints.at(1).addresses.size(), 1U);
  expect_refusal({"endpoint-addresses", "", 1, 59, "addresses",
                  "list them in 'interfaces'"},
                 errors_of("endpoints: [{name: a, vpc: v, kind: interface, "
                           "addresses: [10.0.30.200]}]"));
}

}  // namespace
}  // namespace netproof
