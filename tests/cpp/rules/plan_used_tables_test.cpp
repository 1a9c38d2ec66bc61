#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::two_vpcs;

// covers S42
TEST(PlanUsedTables, ATransitTableHasAnAssociation) {
  Network net = two_vpcs();
  EXPECT_TRUE(findings(net.build(), "route-table-is-used").empty());
  net.transit_table("api", "main",
                    {{}, {"att-a", "att-b"}, {{"10.9.0.0/16", "blackhole"}}});
  const auto found = findings(net.build(), "route-table-is-used");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:api has no association: no packet is looked up in it "
            "(1 route, 2 propagations)");
  net.get<TransitRouteTable>("api").associations.open = true;
  EXPECT_TRUE(findings(net.build(), "route-table-is-used").empty());
}

// covers S51: attachments without an association join the default table
TEST(PlanUsedTables, TheDefaultTableIsUsed) {
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").associations.items.clear();
  EXPECT_EQ(findings(net.build(), "route-table-is-used").size(), 1U);
  net.get<TransitGateway>("main").default_association =
      Ref<TransitRouteTable>{"rt", {}, {}};
  EXPECT_TRUE(findings(net.build(), "route-table-is-used").empty());
}

// covers S14, S23
TEST(PlanUsedTables, AVpcTableIsOfASubnetOrAGatewayOrTheMainOne) {
  Network net = two_vpcs();
  net.internet_gateway("igw", "a");
  net.edge_table("edge", "a", "igw:igw", {});
  net.table("app", "a", {});
  net.subnet("app", "a", {"10.1.7.0/24"}, "", "app");
  EXPECT_TRUE(findings(net.build(), "route-table-is-used").empty());
  net.table("idle", "a", {{"10.0.0.0/8", "tgw:main"}});
  const auto found = findings(net.build(), "route-table-is-used");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "rtb:idle is the table of no subnet of vpc:a and not its main "
            "table: no packet is looked up in it (1 route)");
  net.get<Vpc>("a").subnets_open = true;
  EXPECT_TRUE(findings(net.build(), "route-table-is-used").empty());
}

}  // namespace
}  // namespace netproof
