#include <gtest/gtest.h>

#include <algorithm>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::two_vpcs;

TEST(PlanReferences, WhatExistsIsFine) {
  EXPECT_TRUE(findings(two_vpcs().build(), "reference-exists").empty());
}

TEST(PlanReferences, ADanglingNameIsAFindingWithTheNearestOne) {
  Network net = two_vpcs();
  net.transit_table("more", "main", {{"att-c"}, {"nobody"}, {}});
  const auto found = findings(net.build(), "reference-exists");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fix, "did you mean 'att-a'?");
  EXPECT_EQ(found[1].message,
            "tgw-rtb:more learns from the transit gateway attachment 'nobody', "
            "which does not exist");
}

// covers S42
TEST(PlanReferences, AMessageSaysWhatTheNameIsFor) {
  Network net = two_vpcs();
  net.transit_table("more", "main",
                    {{"att-c"}, {}, {{"10.9.0.0/16", "att-d"}}});
  net.table("rtb", "a", {{"10.9.0.0/16", "tgw:mian"}});
  const auto found = findings(net.build(), "reference-exists");
  ASSERT_EQ(found.size(), 3U);
  std::vector<std::string> messages;
  for (const Finding& one : found) messages.push_back(one.message);
  std::ranges::sort(messages);
  EXPECT_EQ(messages[0],
            "rtb:rtb sends 10.9.0.0/16 to the transit gateway 'mian', which "
            "does not exist");
  EXPECT_EQ(messages[1],
            "tgw-rtb:more is associated with the transit gateway attachment "
            "'att-c', which does not exist");
  EXPECT_EQ(messages[2],
            "tgw-rtb:more sends 10.9.0.0/16 to the transit gateway attachment "
            "'att-d', which does not exist");
  EXPECT_TRUE(std::ranges::any_of(found, [](const Finding& one) {
    return one.fix == "did you mean 'main'?";
  }));
}

TEST(PlanReferences, EveryKindOfReferenceIsFollowed) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"}, "no-table");
  net.subnet("s", "no-vpc", {"10.0.0.0/24"}, "", "no-table", "no-acl");
  net.interface("i", "no-subnet", {"10.0.0.4"}, testing::Texts{"no-group"});
  net.table("t", "no-vpc", {{"10.1.0.0/16", "tgw:none"}}, {"no-vgw"});
  net.peering("p", "no-vpc", "a");
  net.segment("seg", {"192.168.0.0/24"}, "no-router");
  net.host("h", "no-segment", {"192.168.0.4"});
  net.attach_vpc("att", "no-tgw", "no-vpc");
  EXPECT_EQ(findings(net.build(), "reference-exists").size(), 14U);
}

}  // namespace
}  // namespace netproof
