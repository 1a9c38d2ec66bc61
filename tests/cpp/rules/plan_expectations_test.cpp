#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;

std::vector<Finding> claim(const std::string& what, std::int64_t count) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.vpc("b", {"10.1.0.0/16"}).account = "one";
  TopologyParts parts = net.build().parts();
  Account account;
  account.name = "two";
  parts.accounts.push_back(account);
  parts.expectations.push_back({what, count, {}});
  return testing::findings(Topology(std::move(parts)), "claim-holds");
}

TEST(PlanExpectations, ACountThatHoldsIsFine) {
  EXPECT_TRUE(claim("vpcs", 2).empty());
  EXPECT_TRUE(claim("subnets", 0).empty());
}

TEST(PlanExpectations, AccountsCountByName) {
  EXPECT_TRUE(claim("accounts", 2).empty());
}

TEST(PlanExpectations, AnotherCountIsAFinding) {
  const auto found = claim("vpcs", 120);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message, "the design claims 120 vpcs and lists 2");
}

TEST(PlanExpectations, WhatCannotBeCountedIsAFinding) {
  const auto found = claim("subnet", 1);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fix, "did you mean 'subnets'?");
}

}  // namespace
}  // namespace netproof
