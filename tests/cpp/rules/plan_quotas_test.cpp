#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::Texts;
using testing::two_vpcs;

constexpr auto kId = "quota-is-kept";

// covers S69: at the limit, and one above
TEST(PlanQuotas, ATransitGatewayHasTwentyTables) {
  Network net;
  net.transit("main");
  for (int i = 0; i < 20; ++i) {
    net.transit_table("t" + std::to_string(i), "main", {});
  }
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.transit_table("last", "main", {});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message, "tgw:main has 21 route tables; AWS takes 20");
}

// covers S69, S53: entries of prefix lists count, of equal prefixes one
TEST(PlanQuotas, TheRoutesOfAllTablesCount) {
  Network net = two_vpcs();
  Texts entries;
  for (int i = 0; i < 200; ++i) {
    for (int k = 0; k < 25; ++k) {
      entries.push_back("20." + std::to_string(i) + "." + std::to_string(k) +
                        ".0/24");
    }
  }
  net.prefix_list("all", entries);
  net.transit_table("one", "main", {{}, {}, {{"pl:all", "att-a"}}});
  net.transit_table("two", "main", {{}, {}, {{"pl:all", "att-a"}}});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "tgw:main has 10002 routes in all its tables; AWS takes 10000");
}

// covers S91
TEST(PlanQuotas, TwoHundredPrefixesAreAllowed) {
  Network net;
  net.transit("main");
  net.direct_connect("dx");
  Texts allowed;
  for (int i = 0; i < 201; ++i) {
    allowed.push_back("10." + std::to_string(i) + ".0.0/16");
  }
  net.associate("dx", "tgw:main", allowed);
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "dxgw:dx for tgw:main has 201 allowed prefixes; AWS takes 200");
}

// covers S56
TEST(PlanQuotas, AVpcIsAttachedOnceWithOneSubnetAZone) {
  Network net = two_vpcs();
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.subnet("one", "a", {"10.1.7.0/24"}, "az1");
  net.subnet("two", "a", {"10.1.8.0/24"}, "az1");
  net.attach_vpc("again", "main", "a", {{"one", "two"}});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].message,
            "vpc:a has 2 attachments to one transit gateway; AWS takes 1");
  EXPECT_EQ(found[1].message,
            "tgw-attachment:again in az1 has 2 subnets; AWS takes 1");
}

// covers S69: both ends of a peering are one
TEST(PlanQuotas, TwoTransitGatewaysHaveOnePeering) {
  Network net;
  net.transit("east");
  net.transit("west");
  net.attach_peer("e1", "east", "w1");
  net.attach_peer("w1", "west", "e1");
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.attach_peer("e2", "east", "w2");
  net.attach_peer("w2", "west", "e2");
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "tgw:east with tgw:west has 2 peerings; AWS takes 1");
}

}  // namespace
}  // namespace netproof
