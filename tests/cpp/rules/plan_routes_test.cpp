#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::two_vpcs;

// covers S54
TEST(PlanRoutes, ARouteHasOneTarget) {
  Network net = two_vpcs();
  EXPECT_TRUE(findings(net.build(), "route-has-one-target").empty());
  net.transit_table("rt2", "main", {{}, {}, {{"10.9.0.0/16", "att-a|att-b"}}});
  const auto found = findings(net.build(), "route-has-one-target");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].related.size(), 2U);
}

// covers S54, S9: 10.0.10.0/20 is 10.0.0.0/20 once its host bits are masked
TEST(PlanRoutes, APrefixHasOneStaticRoute) {
  Network net = two_vpcs();
  EXPECT_TRUE(findings(net.build(), "prefix-has-one-static-route").empty());
  net.transit_table(
      "rt2", "main",
      {{}, {}, {{"10.0.0.0/20", "blackhole"}, {"10.0.10.0/20", "blackhole"}}});
  EXPECT_EQ(findings(net.build(), "prefix-has-one-static-route").size(), 1U);
  net.table("rtb", "a",
            {{"10.3.0.0/16", "tgw:main"}, {"10.3.0.0/16", "local"}});
  EXPECT_EQ(findings(net.build(), "prefix-has-one-static-route").size(), 2U);
}

// covers S43, S94
TEST(PlanRoutes, AStaticRouteHidesNoPropagatedPrefix) {
  Network net = two_vpcs();
  net.transit_table("same", "main",
                    {{}, {"att-b"}, {{"10.2.0.0/16", "att-b"}}});
  EXPECT_TRUE(findings(net.build(), "static-route-hides-nothing").empty());
  net.transit_table("other", "main",
                    {{}, {"att-b"}, {{"10.2.0.0/16", "att-a"}}});
  const auto found = findings(net.build(), "static-route-hides-nothing");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].subjects.front(), "tgw-rtb:other");
}

// covers S43, S94: what a link propagates does not take over
TEST(PlanRoutes, AStaticRouteThatHidesALinkDoesNotFailOver) {
  Network net = two_vpcs();
  net.site("hq", {"192.168.0.0/16"});
  net.direct_connect("dx");
  net.associate("dx", "tgw:main", {"10.0.0.0/8"});
  for (const std::string name : {"one", "two"}) {
    net.virtual_interface(name, "hq", "dxgw:dx", {"192.168.0.0/16"});
  }
  net.vpn("backup", "hq", {"192.168.0.0/16"});
  net.attach_direct_connect("att-dx", "main", "dx");
  net.attach_vpn("att-vpn", "main", "backup");
  net.transit_table("links", "main",
                    {{}, {"att-dx"}, {{"192.168.0.0/16", "att-vpn"}}});
  const auto found = findings(net.build(), "static-route-hides-nothing");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:links: the static route 192.168.0.0/16 -> att-vpn hides "
            "what vif:one, vif:two propagate; it stays when its target is down "
            "and does not fail over to vif:one");
  EXPECT_EQ(found[0].related.size(), 2U);
}

}  // namespace
}  // namespace netproof
