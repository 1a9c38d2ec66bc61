#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadSegment, SegmentsHostsAndRouters) {
  const auto parts = parts_of(R"(
segments:
  - name: office
    prefixes: [192.168.0.0/24]
    router: core
    port_isolation: unknown
    hosts: [{name: pc, address: 192.168.0.9}]
  - {name: alone, prefixes: unknown, spoofs: true}
hosts: [{name: srv, segment: none, addresses: [10.0.0.1, "fd00::1"]}]
routers:
  - name: core
    firewall: none
    routes:
      - {destination: 0.0.0.0/0, target: internet}
      - {destination: [10.0.0.0/8, 10.1.0.0/16], target: ["site:hq", "router:core"]}
      - {destination: 10.2.0.0/16, target: blackhole}
      - {destination: 10.3.0.0/16, target: unknown}
  - {name: far, routes: unknown}
)");
  ASSERT_EQ(parts.segments.size(), 2U);
  EXPECT_EQ(parts.segments[0].router->id, (Id<Router>{0}));
  EXPECT_TRUE(parts.segments[0].port_isolation.unknown);
  EXPECT_FALSE(parts.segments[1].router);
  EXPECT_TRUE(parts.segments[1].spoofs && parts.segments[1].prefixes.open);
  ASSERT_EQ(parts.hosts.size(), 2U);
  EXPECT_EQ(parts.hosts[0].segment.id, (Id<Segment>{0}));
  EXPECT_FALSE(parts.hosts[1].segment);
  EXPECT_EQ(parts.hosts[1].addresses.size(), 2U);
  const auto& routes = parts.routers.at(0).routes.items;
  ASSERT_EQ(routes.size(), 7U);
  EXPECT_TRUE(routes[0].internet);
  EXPECT_EQ(routes[1].site->name, "hq");
  EXPECT_EQ(routes[2].router->id, (Id<Router>{0}));
  EXPECT_EQ(routes[3].destination.text, "10.1.0.0/16");
  EXPECT_TRUE(routes[5].blackhole);
  EXPECT_TRUE(routes[6].unknown);
  EXPECT_FALSE(*parts.routers[0].firewall);
  EXPECT_TRUE(parts.routers[1].routes.open);
}

}  // namespace
}  // namespace netproof
