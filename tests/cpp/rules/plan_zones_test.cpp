#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

constexpr auto kId = "zone-with-subnets-is-attached";

// Entry in az1; a workload subnet in `zone` whose main table leads to the
// gateway.
Network with_subnet_in(const std::string& zone) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"}, "rtb");
  net.table("rtb", "a", {{"10.0.0.0/8", "tgw:main"}});
  net.subnet("entry", "a", {"10.1.0.0/24"}, "az1");
  net.subnet("app", "a", {"10.1.1.0/24"}, zone);
  net.transit("main");
  net.attach_vpc("att", "main", "a", {{"entry"}});
  return net;
}

// covers S57
TEST(PlanZones, AZoneWithSubnetsIsAttached) {
  EXPECT_TRUE(findings(with_subnet_in("az1").build(), kId).empty());
  const auto found = findings(with_subnet_in("az2").build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "tgw-attachment:att has no subnet in az2: what subnet:app sends to "
            "tgw:main is dropped");
  EXPECT_EQ(found[0].related.size(), 1U);
}

// covers S57, S13: without zone ids nothing is known
TEST(PlanZones, AZoneThatIsNotWrittenIsNoMistake) {
  EXPECT_TRUE(findings(with_subnet_in("").build(), kId).empty());
  Network net = with_subnet_in("az2");
  net.get<Subnet>("entry").zone.unknown = true;
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net = with_subnet_in("az2");
  net.get<TransitAttachment>("att").subnets->open = true;
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

// covers S57
TEST(PlanZones, ASubnetThatDoesNotUseTheGatewayNeedsNoEntry) {
  Network net = with_subnet_in("az2");
  net.table("local", "a", {});
  net.get<Vpc>("a").main_table = Ref<RouteTable>{"local", {}, {}};
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

}  // namespace
}  // namespace netproof
