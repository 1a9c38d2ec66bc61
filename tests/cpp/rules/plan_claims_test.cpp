#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;

WrittenPrefix written(const std::string& text) {
  const IpPrefix prefix = testing::prefix(text);
  return {prefix, prefix, false, text, {"claims.yaml", 9, 1, 9, 9}};
}

Claim claim() {
  Claim made;
  made.says = "as planned";
  made.where = {"claims.yaml", 8, 1, 8, 9};
  return made;
}

std::vector<Finding> judged(Network& net, const Claim& one) {
  TopologyParts parts = net.build().parts();
  Claim made = one;
  for (std::uint32_t s = 0; s < parts.subnets.size(); ++s) {
    if (parts.subnets[s].name == made.subnet.name) {
      made.subnet.id = Id<Subnet>{s};
    }
  }
  parts.claims.push_back(made);
  return testing::findings(Topology{std::move(parts)}, "claim-holds");
}

/// dev is 10.0.0.0/24 and 10.0.15.0/24, prod 10.0.16.0/24.
Network plan() {
  Network net;
  net.vpc("dev-1", {"10.0.0.0/24"}).labels = {{"environment", "dev"}};
  net.vpc("dev-2", {"10.0.15.0/24"}).labels = {{"environment", "dev"}};
  net.vpc("prod", {"10.0.16.0/24"}).labels = {{"environment", "prod"}};
  return net;
}

std::vector<Finding> covered(Network net, const std::string& prefix,
                             const std::string& environment, bool only) {
  Claim one = claim();
  one.prefixes = {written(prefix)};
  one.select = {{"environment", {environment}}};
  one.only = only;
  return judged(net, one);
}

TEST(PlanClaims, PrefixesThatCoverTheVpcsAreFine) {
  EXPECT_TRUE(covered(plan(), "10.0.0.0/20", "dev", true).empty());
  EXPECT_TRUE(covered(plan(), "10.0.0.0/8", "dev", false).empty());
}

TEST(PlanClaims, WhatIsNotCoveredIsNamedWithItsPlace) {
  Network net = plan();
  const auto found = covered(net, "10.0.0.0/24", "dev", true);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].source.line, 8);
  EXPECT_EQ(found[0].message,
            "the design claims 'as planned', but 10.0.0.0/24 does not hold "
            "vpc:dev-2 (10.0.15.0/24)");
  ASSERT_EQ(found[0].related.size(), 1U);
  EXPECT_EQ(found[0].related[0].source,
            net.build()->vpcs[1].cidrs.items[0].where);
}

TEST(PlanClaims, OnlyKeepsOthersOut) {
  const auto found = covered(plan(), "10.0.0.0/19", "dev", true);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "the design claims 'as planned', but 10.0.0.0/19 holds addresses "
            "of vpc:prod (10.0.16.0/24) as well");
}

TEST(PlanClaims, AClaimAboutNobodyDoesNotHold) {
  const auto found = covered(plan(), "10.0.0.0/20", "test", false);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "the design claims 'as planned', but no VPC has environment: test");
}

TEST(PlanClaims, AnOpenListOrAnotherFamilySpeaksAgainstNothing) {
  Network net = plan();
  net.vpc("dev-3", {"unknown"}).labels = {{"environment", "dev"}};
  net.vpc("dev-4", {"2600:1::/56"}).labels = {{"environment", "dev"}};
  EXPECT_TRUE(covered(net, "10.0.0.0/20", "dev", true).empty());
}

std::vector<Finding> usable(const std::string& cidr, std::int64_t count) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.subnet("s", "a", {cidr});
  Claim one = claim();
  one.subnet.name = "s";
  one.count = count;
  return judged(net, one);
}

// covers S11
TEST(PlanClaims, AwsKeepsFiveAddressesOfASubnet) {
  EXPECT_TRUE(usable("10.0.0.0/28", 11).empty());
  EXPECT_TRUE(usable("unknown", 11).empty());
  const auto found = usable("10.0.0.0/28", 14);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "the design claims 'as planned', but subnet:s (10.0.0.0/28) has 11 "
            "usable addresses, not 14: AWS keeps the first four and the last");
  EXPECT_EQ(found[0].related.size(), 1U);
}

std::vector<Finding> counted_dev(std::int64_t count) {
  Network net = plan();
  Claim one = claim();
  one.of = "vpcs";
  one.select = {{"environment", {"dev"}}};
  one.count = count;
  return judged(net, one);
}

TEST(PlanClaims, ObjectsCountByLabel) {
  EXPECT_TRUE(counted_dev(2).empty());
  const auto found = counted_dev(3);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "the design claims 3 vpcs (environment: dev) ('as planned') and "
            "lists 2");
  EXPECT_EQ(found[0].related.size(), 2U);
}

}  // namespace
}  // namespace netproof
