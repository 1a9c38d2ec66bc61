#include "engine/graph.hpp"

#include <gtest/gtest.h>

#include "netproof/engine/engine.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

/// Two VPCs whose packets meet in an inspection VPC, and one on its own.
testing::Network inspected() {
  testing::Network n;
  n.vpc("a", {"10.1.0.0/16"});
  n.vpc("b", {"10.2.0.0/16"});
  n.vpc("alone", {"10.3.0.0/16"});
  n.transit("hub");
  n.attach_vpc("xa", "hub", "a");
  n.attach_vpc("xb", "hub", "b");
  n.transit_table("spokes", "hub", {{"xa", "xb"}, {"xa", "xb"}, {}});
  return n;
}

TEST(ContextGraph, DomainsAreWhatTablesConnect) {
  const Engine engine{inspected().build()};
  const std::vector<std::uint32_t> domains = engine.routing_domains();
  ASSERT_EQ(domains.size(), 3U);
  EXPECT_EQ(domains[0], domains[1]);
  EXPECT_NE(domains[0], domains[2]);
}

// covers S5, S155
TEST(ContextGraph, ATableThatLeadsBackToItselfIsOnACycle) {
  testing::Network n = inspected();
  engine::Compiled straight{n.build()};
  const engine::Cycles none = engine::ContextGraph{straight}.cycles();
  EXPECT_FALSE(none.contains(engine::HopKind::kTransit, 0));

  // The VPC sends on what the transit gateway hands it.
  n.table("back", "b", {{"0.0.0.0/0", "tgw:hub"}});
  n.get<Vpc>("b").main_table = Ref<RouteTable>{"back", {}, {}};
  n.get<TransitRouteTable>("spokes").routes.items.push_back([] {
    TransitRoute route;
    const IpPrefix all = IpPrefix::all(Family::kV4);
    route.destination = WrittenPrefix{all, all, false, "0.0.0.0/0", {}};
    route.targets.push_back({"xb", Id<TransitAttachment>{1}, {}});
    return route;
  }());
  engine::Compiled looping{n.build()};
  const engine::Cycles some = engine::ContextGraph{looping}.cycles();
  EXPECT_TRUE(some.contains(engine::HopKind::kTransit, 0));
}

TEST(ContextGraph, DotNamesEveryTableAndSurvivesHostileNames) {
  testing::Network n = inspected();
  n.vpc("evil\"]; x", {"10.9.0.0/16"});
  const std::string dot = Engine{n.build()}.to_dot();
  EXPECT_NE(dot.find("tgw-rtb:spokes"), std::string::npos);
  EXPECT_NE(dot.find("evil\\\""), std::string::npos);
  EXPECT_EQ(dot.find("evil\"]"), std::string::npos);
}

}  // namespace
}  // namespace netproof
