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

TEST(ReadSite, LinksHaveMedAndCommunities) {
  const auto parts = parts_of(R"(
virtual_interfaces:
  - {name: a, site: s, vpn_gateway: g, advertised: [], med: 100, communities: ["65000:100", "7224:9100"]}
  - {name: b, site: s, vpn_gateway: g, advertised: []}
vpn_connections: [{name: c, site: s, vpn_gateway: g, advertised: [], med: 0}]
)");
  EXPECT_EQ(parts.virtual_interfaces.at(0).med, 100);
  EXPECT_EQ(parts.virtual_interfaces[0].communities,
            (Names{"65000:100", "7224:9100"}));
  EXPECT_FALSE(parts.virtual_interfaces.at(1).med);
  EXPECT_EQ(parts.vpn_connections.at(0).med, 0);
}

TEST(ReadSite, CommunitiesAreTwoNumbersAndNoPreference) {
  const auto link = [](const std::string& more) {
    return "virtual_interfaces: [{name: a, site: s, vpn_gateway: g, "
           "advertised: [], " +
           more + "}]";
  };
  const std::vector<Refusal> rows{
      {"community-is-preference", link("communities: [\"7224:7300\"]"), 1, 87,
       "7224:7300", "write local_preference: 7300"},
      {"community", link("communities: no-export"), 1, 86, "no-export",
       "65000:100"},
      {"community", link("communities: 65536:1"), 1, 86, "65536:1", "65535"},
      {"community", link("communities: \"1:2:3\""), 1, 86, "1:2:3", "65535"},
      {"community", link("communities: \"-1:2\""), 1, 86, "-1:2", "65535"},
      {"number", link("med: -1"), 1, 78, "-1", "from 0"},
      {"unknown-not-allowed", link("med: unknown"), 1, 78, "unknown",
       "is known"},
  };
  for (const Refusal& row : rows) expect_refusal(row, errors_of(row.text));
}

}  // namespace
}  // namespace netproof
