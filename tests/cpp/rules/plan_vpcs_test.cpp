#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::Texts;

std::size_t refused(const Texts& cidrs) {
  Network net;
  net.vpc("a", cidrs);
  return findings(net.build(), "secondary-cidr-is-allowed").size();
}

// covers S10: every row of the table
TEST(PlanVpcs, SecondaryBlocksFollowTheTableOfAws) {
  EXPECT_EQ(refused({"10.5.0.0/16", "172.16.0.0/16"}), 1U);
  EXPECT_EQ(refused({"10.5.0.0/16", "192.168.0.0/16"}), 1U);
  EXPECT_EQ(refused({"10.5.0.0/16", "198.19.0.0/16"}), 1U);
  EXPECT_EQ(refused({"10.5.0.0/16", "10.0.0.0/16"}), 0U);
  EXPECT_EQ(refused({"10.1.0.0/16", "10.0.0.0/16"}), 1U);
  EXPECT_EQ(refused({"172.16.0.0/16", "10.0.0.0/16"}), 1U);
  EXPECT_EQ(refused({"172.16.0.0/16", "172.31.0.0/16"}), 1U);
  EXPECT_EQ(refused({"172.16.0.0/16", "172.17.0.0/16"}), 0U);
  EXPECT_EQ(refused({"192.168.0.0/24", "172.16.0.0/16"}), 1U);
  EXPECT_EQ(refused({"192.168.0.0/24", "192.168.1.0/24"}), 0U);
  EXPECT_EQ(refused({"198.19.0.0/24", "10.0.0.0/16"}), 1U);
  EXPECT_EQ(refused({"100.64.0.0/16", "10.0.0.0/16"}), 1U);
  EXPECT_EQ(refused({"10.0.0.0/16", "100.64.0.0/16"}), 0U);
}

// covers S10
TEST(PlanVpcs, BlocksOfOneVpcDoNotOverlap) {
  EXPECT_EQ(refused({"10.5.0.0/16", "10.5.128.0/17"}), 1U);
}

// covers S10
TEST(PlanVpcs, ASecondaryBlockHoldsNoRoute) {
  for (const bool good : {false, true}) {
    Network net;
    net.vpc("a", {"10.2.0.0/16", good ? "10.3.1.0/24" : "10.3.0.0/16"});
    net.transit("main");
    net.table("rtb", "a", {{"10.3.0.0/24", "tgw:main"}});
    EXPECT_EQ(findings(net.build(), "secondary-cidr-is-allowed").size(),
              good ? 0U : 1U);
  }
}

// covers S8
TEST(PlanVpcs, ASubnetLiesInItsVpc) {
  Network net;
  net.vpc("a", {"10.0.0.0/16", "10.2.0.0/16"});
  net.subnet("in", "a", {"10.2.1.0/24"});
  net.subnet("out", "a", {"10.1.0.0/24"});
  const auto found = findings(net.build(), "subnet-lies-in-its-vpc");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].subjects.front(), "subnet:out");
  EXPECT_EQ(found[0].related.size(), 2U);
}

// covers S33
TEST(PlanVpcs, PeeredVpcsDoNotOverlap) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.vpc("b", {"10.1.128.0/17"});
  net.vpc("c", {"10.2.0.0/16"});
  net.peering("bad", "a", "b");
  net.peering("good", "a", "c");
  const auto found = findings(net.build(), "peered-vpcs-do-not-overlap");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].subjects.front(), "peering:bad");
}

}  // namespace
}  // namespace netproof
