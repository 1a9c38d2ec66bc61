#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadSite, SitesAndLinks) {
  const auto parts = parts_of(R"(
sites:
  - {name: hq, prefixes: [172.16.0.0/12], transit: false, internet: true, spoofs: true}
  - {name: branch, prefixes: unknown}
direct_connect_gateways:
  - name: dx
    associations:
      - {transit_gateway: main, allowed_prefixes: [10.0.0.0/8]}
      - {vpn_gateway: g, allowed_prefixes: unknown}
virtual_interfaces:
  - {name: a, site: hq, direct_connect_gateway: dx, advertised: [172.16.0.0/12], local_preference: 7300, site_preference: 10, site_link: true}
  - {name: b, site: none, vpn_gateway: g, advertised: unknown, up: unknown}
vpn_connections:
  - {name: x, site: hq, vpn_gateway: g, bgp: false, advertised: [], site_routes: [10.0.0.0/8], as_path_length: 3}
  - {name: y, site: branch, advertised: [10.9.0.0/16], up: false}
vpn_gateways: [g]
)");
  ASSERT_EQ(parts.sites.size(), 2U);
  EXPECT_TRUE(parts.sites[0].transit.is(false));
  EXPECT_TRUE(parts.sites[0].internet && parts.sites[0].spoofs);
  EXPECT_TRUE(parts.sites[1].prefixes.open);
  EXPECT_TRUE(parts.sites[1].transit.unknown);  // S120
  const auto& associations = parts.direct_connect_gateways.at(0).associations;
  ASSERT_EQ(associations.size(), 2U);
  EXPECT_EQ(associations[0].transit_gateway->name, "main");
  EXPECT_EQ(associations[1].vpn_gateway->id, (Id<VpnGateway>{0}));
  EXPECT_TRUE(associations[1].allowed_prefixes.open);
  ASSERT_EQ(parts.virtual_interfaces.size(), 2U);
  const VirtualInterface& link = parts.virtual_interfaces[0];
  EXPECT_EQ(link.gateway->id, (Id<DirectConnectGateway>{0}));
  EXPECT_EQ(link.local_preference, 7300);
  EXPECT_EQ(link.site_preference, 10);
  EXPECT_TRUE(link.site_link && link.up.is(true));
  EXPECT_FALSE(parts.virtual_interfaces[1].site);
  EXPECT_TRUE(parts.virtual_interfaces[1].up.unknown);
  ASSERT_EQ(parts.vpn_connections.size(), 2U);
  EXPECT_FALSE(parts.vpn_connections[0].bgp);
  EXPECT_EQ(parts.vpn_connections[0].as_path_length, 3);
  EXPECT_EQ(parts.vpn_connections[0].site_routes->items.size(), 1U);
  EXPECT_FALSE(parts.vpn_connections[1].site_routes);
  EXPECT_TRUE(parts.vpn_connections[1].up.is(false));
}

TEST(ReadSite, ALinkEndsAtOneGateway) {
  const std::string text =
      "virtual_interfaces: [{name: a, site: s, advertised: []}]";
  expect_refusal(
      {"missing-key", text, 1, 22, "", "has 'direct_connect_gateway'"},
      errors_of(text));
}

}  // namespace
}  // namespace netproof
