#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::entry;
using testing::judged;
using testing::Network;
using testing::rule;
using testing::two_vpcs;
using testing::verdict;

TEST(Deny, WhatArrivesIsAViolationWithAWitness) {
  const Topology topology = two_vpcs().build();
  const RuleOutcome outcome =
      judged(topology, rule(Verb::kDeny, "vpc:a", "vpc:b"));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
  ASSERT_EQ(outcome.result.witnesses.size(), 1U);
  const Witness& witness = outcome.result.witnesses[0];
  EXPECT_EQ(to_string(witness.trace.trace.flow),
            "10.1.0.4:49152 -> 10.2.0.4:443/tcp");
  EXPECT_EQ(witness.trace.at, "subnet:sub-a");
  EXPECT_EQ(witness.trace.trace.forward.fate, Fate::kDelivered);
}

// covers S42: no propagation, no way
TEST(Deny, WhereNothingArrivesItIsProved) {
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.pop_back();
  const RuleOutcome outcome =
      judged(net.build(), rule(Verb::kDeny, "vpc:a", "vpc:b"));
  EXPECT_EQ(outcome.result.verdict, Verdict::kProved);
  EXPECT_TRUE(outcome.result.witnesses.empty());
  // covers S41
  EXPECT_EQ(outcome.result.limits.size(), 1U);
}

TEST(Deny, OneWayIsAViolationOfPacketsAndNotOfConnections) {
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.erase(
      net.get<TransitRouteTable>("rt").propagations.items.begin());
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b");
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kViolated);
  spec.level = Level::kConnection;
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
}

TEST(Deny, ExceptCoversItsFlowsAndTheirReplies) {
  const Topology topology = two_vpcs().build();
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b", "tcp/443");
  spec.except = {entry("", "", "tcp/443")};
  EXPECT_EQ(verdict(topology, spec), Verdict::kProved);
  spec.except = {entry("", "", "tcp/80")};
  // Replies of the exception leave port 80 and may go to port 443.
  const RuleOutcome outcome = judged(topology, spec);
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
}

TEST(Deny, RepliesOfAnExceptionAreCovered) {
  const Topology topology = two_vpcs().build();
  RuleSpec spec = rule(Verb::kDeny, "vpc:b", "vpc:a", "tcp");
  spec.except = {entry("vpc:a", "vpc:b", "tcp/443")};
  const RuleOutcome outcome = judged(topology, spec);
  ASSERT_EQ(outcome.result.verdict, Verdict::kViolated);
  // The witness speaks from another port than the one that answers.
  EXPECT_NE(outcome.result.witnesses[0].trace.trace.flow.sport, 443);
}

TEST(Deny, AnUnknownRouteIsUnknownAndNamed) {
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.pop_back();
  net.get<TransitRouteTable>("rt").routes.open = true;
  const RuleOutcome outcome =
      judged(net.build(), rule(Verb::kDeny, "vpc:a", "vpc:b"));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kUnknown);
  EXPECT_FALSE(outcome.result.unknown.empty());
}

TEST(Deny, AnAddressToItselfIsNotInScope) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.subnet("s", "a", {"10.1.0.0/24"});
  net.interface("one", "s", {"10.1.0.10"});
  EXPECT_EQ(
      verdict(net.build(), rule(Verb::kDeny, "interface:one", "interface:one")),
      Verdict::kVacuous);
}

// covers S7
TEST(Deny, TwoHostsOfOneSubnetAreInScope) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.subnet("s", "a", {"10.1.0.0/24"});
  const RuleOutcome outcome =
      judged(net.build(), rule(Verb::kDeny, "subnet:s", "subnet:s"));
  EXPECT_TRUE(outcome.defects.empty());
  ASSERT_EQ(outcome.result.verdict, Verdict::kViolated);
  const Flow& flow = outcome.result.witnesses[0].trace.trace.flow;
  EXPECT_NE(flow.src, flow.dst);
}

TEST(Deny, CommonLocationsAreANote) {
  const RuleOutcome outcome =
      judged(two_vpcs().build(), rule(Verb::kDeny, "vpc:a", "everyone"));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].id, "zones-do-not-overlap");
  EXPECT_EQ(outcome.findings[0].level, Severity::kNote);
}

TEST(Deny, AnEmptyZoneIsAProblemUnlessItIsAllowed) {
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b");
  spec.to->vpcs.clear();
  spec.to->labels["environment"] = {"none"};
  EXPECT_EQ(judged(two_vpcs().build(), spec).problems.size(), 1U);
  spec.allow_empty = true;
  EXPECT_EQ(verdict(two_vpcs().build(), spec), Verdict::kVacuous);
}

TEST(Deny, SitesAreTakenAsHonest) {
  Network net = two_vpcs();
  net.site("hq", {"192.168.0.0/16"});
  const RuleOutcome outcome =
      judged(net.build(), rule(Verb::kDeny, "site:hq", "vpc:a"));
  EXPECT_EQ(outcome.result.verdict, Verdict::kProved);
  EXPECT_EQ(outcome.result.limits,
            std::vector<std::string>{"sources of sites taken as honest"});
}

}  // namespace
}  // namespace netproof
