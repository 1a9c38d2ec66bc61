#include <gtest/gtest.h>

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
            "tgw-rtb:more names the transit gateway attachment 'nobody', which "
            "does not exist");
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
