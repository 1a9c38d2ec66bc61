#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::entry;
using testing::Network;
using testing::two_vpcs;
using testing::verdict;

RuleSpec only(std::string_view into, std::vector<AllowEntry> allow) {
  RuleSpec spec;
  spec.id = "only";
  spec.verb = Verb::kOnly;
  spec.to = testing::selector(into);
  spec.allow = std::move(allow);
  return spec;
}

TEST(Only, WhatIsAllowedMayArrive) {
  EXPECT_EQ(verdict(two_vpcs().build(), only("vpc:b", {entry("vpc:a", "")})),
            Verdict::kProved);
}

TEST(Only, WhatIsNotAllowedMayNot) {
  const RuleOutcome outcome = testing::judged(
      two_vpcs().build(), only("vpc:b", {entry("vpc:a", "", "tcp/443")}));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
  EXPECT_NE(outcome.result.witnesses[0].trace.trace.flow.dport, 443);
}

TEST(Only, RepliesToWhatTheZoneMaySayAreCovered) {
  Network net = two_vpcs();
  net.acl("answers", "b", {{100, "allow", "any", "10.1.0.0/16"}},
          {{100, "allow", "any", "0.0.0.0/0"}});
  RuleSpec spec = only("vpc:b", {entry("vpc:b", "vpc:a", "tcp")});
  spec.service = testing::service("tcp");
  // Whatever comes is the reply of something that may be said.
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
}

TEST(Only, FromDefaultsToEverythingOutside) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.subnet("one", "a", {"10.1.1.0/24"});
  net.subnet("two", "a", {"10.1.2.0/24"});
  RuleSpec spec = only("vpc:a", {});
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  spec.from = testing::selector("everyone");
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kViolated);
}

}  // namespace
}  // namespace netproof
