#include "rules/require_unowned.hpp"

#include <gtest/gtest.h>

#include "records.hpp"

namespace netproof {
namespace {

using testing::judged;
using testing::Network;
using testing::rule;
using testing::two_vpcs;
using testing::verdict;
using testing::with_record;

RuleSpec find_orders() {
  return rule(Verb::kRequire, "vpc:a", "name:orders", "tcp/443");
}

// covers S101
TEST(RequireUnowned, IsViolatedWithAPacketThatShowsIt) {
  const Topology topology = with_record(two_vpcs(), "orders", {"10.9.9.9"});
  const RuleOutcome outcome = judged(topology, find_orders());
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_TRUE(outcome.problems.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
  EXPECT_NE(outcome.result.detail.find("nobody owns 10.9.9.9"),
            std::string::npos)
      << outcome.result.detail;
  ASSERT_EQ(outcome.result.witnesses.size(), 1U);
  const Trace& trace = outcome.result.witnesses[0].trace.trace;
  EXPECT_EQ(to_string(trace.flow.dst), "10.9.9.9");
  EXPECT_EQ(trace.forward.fate, Fate::kDropped);
}

TEST(RequireUnowned, ADropIsProvedForDeny) {
  const Topology topology = with_record(two_vpcs(), "orders", {"10.9.9.9"});
  EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "vpc:a", "name:orders")),
            Verdict::kProved);
  EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "name:orders", "vpc:a")),
            Verdict::kVacuous);
}

TEST(RequireUnowned, WhatOthersOwnIsJudgedBesideIt) {
  const Topology one = with_record(two_vpcs(), "orders", {"10.2.0.10"});
  EXPECT_EQ(verdict(one, find_orders()), Verdict::kProved);
  const Topology both =
      with_record(two_vpcs(), "orders", {"10.2.0.10", "10.9.9.9"});
  EXPECT_EQ(verdict(both, find_orders()), Verdict::kViolated);
  EXPECT_EQ(verdict(both, rule(Verb::kDeny, "vpc:a", "name:orders")),
            Verdict::kViolated);
}

TEST(RequireUnowned, AnotherFamilyDemandsNothing) {
  const Topology topology = with_record(two_vpcs(), "orders", {"fd00::1"});
  EXPECT_EQ(verdict(topology, find_orders()), Verdict::kVacuous);
}

TEST(RequireUnowned, AnOwnerThatNobodyKnowsLeavesADenialOpen) {
  Network net = two_vpcs();
  net.site("hq", {"unknown"});
  const Topology topology = with_record(net, "orders", {"10.9.9.9"});
  EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "vpc:a", "name:orders")),
            Verdict::kUnknown);
}

TEST(RequireUnowned, AnExceptionForTheSourceTakesItOut) {
  const Topology topology = with_record(two_vpcs(), "orders", {"10.9.9.9"});
  RuleSet rules;
  rules.waivers.push_back(
      {"rule", "vpc:a", "ticket", "team", "2027-12-31", {}});
  const RuleOutcome outcome = judged(topology, find_orders(), rules);
  EXPECT_TRUE(outcome.result.waived);
  EXPECT_FALSE(judged(topology, find_orders()).result.waived);
}

}  // namespace
}  // namespace netproof
