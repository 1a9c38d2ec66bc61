#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadRouteTable, RoutesKeepTheirTargetsAndPlaces) {
  const auto parts = parts_of(R"(
internet_gateways: [edge]
vpn_gateways: [dc]
route_tables:
  - name: r
    vpc: v
    gateway: "igw:edge"
    propagating_vpn_gateways: dc
    routes:
      - {destination: 0.0.0.0/0, target: "igw:edge", name: out}
      - {destination: [10.1.0.0/16, 10.2.0.0/16], target: ["tgw:none", local]}
      - {prefix_list: p, target: unknown}
      - {destination: 10.3.0.0/16, target: blackhole}
      - {destination: 10.4.0.0/16, target: "nat:x", blackhole: true}
)");
  ASSERT_EQ(parts.route_tables.size(), 1U);
  const RouteTable& table = parts.route_tables[0];
  EXPECT_FALSE(table.vpc);
  EXPECT_EQ(table.gateway->kind, TargetKind::kInternetGateway);
  EXPECT_EQ(table.gateway->index, 0U);
  EXPECT_EQ(table.propagating.at(0).id, (Id<VpnGateway>{0}));
  const auto& routes = table.routes.items;
  ASSERT_EQ(routes.size(), 6U);
  EXPECT_EQ(routes[0].comment, "out");
  EXPECT_EQ(routes[0].targets[0].index, 0U);
  EXPECT_EQ(span_of(routes[0].where), "net.yaml:10:23-32");
  // A target that does not exist, and two of them, load (S54).
  ASSERT_EQ(routes[2].targets.size(), 2U);
  EXPECT_EQ(routes[2].targets[0].name, "none");
  EXPECT_FALSE(routes[2].targets[0].index);
  EXPECT_EQ(routes[2].targets[1].kind, TargetKind::kLocal);
  EXPECT_EQ(span_of(routes[2].where), "net.yaml:11:37-48");
  EXPECT_EQ(routes[3].prefix_list->name, "p");
  EXPECT_EQ(routes[3].targets[0].kind, TargetKind::kUnknown);
  EXPECT_EQ(routes[4].targets[0].kind, TargetKind::kBlackhole);
  EXPECT_TRUE(routes[5].blackhole);
}

TEST(ReadRouteTable, UnknownOpensTheList) {
  const auto parts = parts_of(R"(
route_tables:
  - {name: a, vpc: v, routes: unknown}
  - {name: b, vpc: v, routes: [{destination: unknown, target: local}]}
  - {name: c, vpc: v, routes: [{destination: 10.0.0.0/8, target: local}, unknown]}
  - {name: d, vpc: v, propagating_vpn_gateways: unknown}
  - {name: e, vpc: v, routes: []}
)");
  ASSERT_EQ(parts.route_tables.size(), 5U);
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(parts.route_tables[static_cast<std::size_t>(i)].routes.open);
  }
  EXPECT_TRUE(parts.route_tables[1].routes.items.empty());
  EXPECT_EQ(parts.route_tables[2].routes.items.size(), 1U);
  EXPECT_FALSE(parts.route_tables[4].routes.open);
}

}  // namespace
}  // namespace netproof
