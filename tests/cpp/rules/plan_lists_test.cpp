#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::two_vpcs;

constexpr auto kId = "list-has-no-redundant-entry";

TEST(PlanLists, AnEntryInsideAnotherIsRedundant) {
  Network net;
  net.prefix_list("fine", {"10.0.0.0/16", "10.1.0.0/16"});
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.prefix_list("all", {"10.7.0.0/16", "10.0.0.0/8", "10.0.0.0/8"});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message,
            "prefix-list:all: the entries have 10.0.0.0/8 twice, 10.7.0.0/16 "
            "inside 10.0.0.0/8");
}

TEST(PlanLists, PeersOfOneLineAreCompared) {
  Network net = two_vpcs();
  net.group("app", "a",
            {{"tcp/443", {"10.0.0.0/8"}}, {"tcp/80", {"10.1.0.0/16"}}}, {});
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.group("db", "a", {{"tcp/443", {"10.0.0.0/8", "10.1.0.0/16"}}}, {});
  EXPECT_EQ(findings(net.build(), kId).size(), 1U);
}

// covers S94: the longer prefix of one link wins over the wider of the other
TEST(PlanLists, AnotherLinkMakesALongerPrefixNecessary) {
  Network net;
  net.site("hq", {"192.168.0.0/16"});
  net.direct_connect("dx");
  net.virtual_interface("one", "hq", "dxgw:dx",
                        {"192.168.0.0/16", "192.168.7.0/24"});
  EXPECT_EQ(findings(net.build(), kId).size(), 1U);
  net.virtual_interface("two", "hq", "dxgw:dx", {"192.168.0.0/16"});
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

// covers S53
TEST(PlanLists, ARouteInBetweenMakesAnEntryNecessary) {
  Network net = two_vpcs();
  net.prefix_list("all", {"10.0.0.0/8", "10.7.1.0/24"});
  EXPECT_EQ(findings(net.build(), kId).size(), 1U);
  net.transit_table("lists", "main",
                    {{}, {}, {{"pl:all", "att-a"}, {"10.7.0.0/16", "att-b"}}});
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

}  // namespace
}  // namespace netproof
