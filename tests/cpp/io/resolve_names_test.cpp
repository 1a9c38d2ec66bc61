#include "reading.hpp"

namespace netproof {
namespace {

TEST(ResolveNames, TargetsOfEveryKind) {
  const auto parts = parts_of(R"(
transit_gateways: [t]
internet_gateways: [i]
vpn_gateways: [g]
egress_only_gateways: [{name: e, vpc: v}]
nat_gateways: [{name: n, subnet: s, private_address: 10.0.0.5, private: true}]
peerings: [{name: p, vpcs: [v, v]}]
interfaces: [{name: x, subnet: s, address: 10.0.0.6}]
endpoints: [{name: y, vpc: v, kind: gateway}]
route_tables:
  - name: r
    vpc: v
    routes:
      - destination: 0.0.0.0/0
        target: ["tgw:t", "igw:i", "eigw:e", "nat:n", "peering:p", "interface:x", "endpoint:y", "vgw:g", "tgw:i"]
)");
  const auto& targets = parts.route_tables.at(0).routes.items.at(0).targets;
  ASSERT_EQ(targets.size(), 9U);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(targets[i].index, 0U) << targets[i].name;
  }
  EXPECT_FALSE(targets[8].index) << "a name of another kind";
}

TEST(ResolveNames, AReferenceMayStandBeforeItsObject) {
  const auto parts = parts_of(
      "subnets: [{name: s, vpc: b, cidr: 10.0.0.0/24}]\n"
      "vpcs: [{name: a, cidr: 10.0.0.0/8}, {name: b, cidr: 10.0.0.0/8}]\n");
  EXPECT_EQ(parts.subnets.at(0).vpc.id, (Id<Vpc>{1}));
}

}  // namespace
}  // namespace netproof
