#include "netproof/rules/judge.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::judged;
using testing::rule;
using testing::two_vpcs;

TEST(Judge, AResultRepeatsItsRule) {
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b", "tcp/443");
  spec.severity = Severity::kWarning;
  spec.because = "prod is prod";
  spec.where = {"rules.yaml", 3, 5, 3, 20};
  const RuleResult result = judged(two_vpcs().build(), spec).result;
  EXPECT_EQ(result.id, "rule");
  EXPECT_EQ(result.from, "vpc:a");
  EXPECT_EQ(result.to, "vpc:b");
  EXPECT_EQ(result.severity, Severity::kWarning);
  EXPECT_EQ(result.because, "prod is prod");
  EXPECT_EQ(result.source, spec.where);
  EXPECT_FALSE(result.interfaces_only);
}

TEST(Judge, AssumptionsAreListed) {
  TopologyParts parts = two_vpcs().build().parts();
  parts.assumptions.push_back({"peers", "vpc:a", "none", "asked", "net", {}});
  const RuleResult result =
      judged(Topology(std::move(parts)), rule(Verb::kDeny, "vpc:a", "vpc:b"))
          .result;
  EXPECT_EQ(result.assumptions, std::vector<std::string>{"peers"});
}

TEST(Judge, WhatWasLeftOutLeavesNoProof) {
  testing::Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  TopologyParts parts = net.build().parts();
  parts.left_out.push_back({"prefix", {}, "a prefix is good", "bad", ""});
  const RuleResult result =
      judged(Topology(std::move(parts)), rule(Verb::kDeny, "vpc:a", "vpc:b"))
          .result;
  EXPECT_EQ(result.verdict, Verdict::kUnknown);
  EXPECT_EQ(result.unknown.size(), 1U);
}

}  // namespace
}  // namespace netproof
