#include "netproof/check.hpp"

#include <gtest/gtest.h>

#include "support/cluster_network.hpp"
#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::rule;
using testing::two_vpcs;

RuleSet two_rules() {
  RuleSet rules;
  rules.rules = {rule(Verb::kDeny, "vpc:a", "internet"),
                 rule(Verb::kRequire, "vpc:a", "vpc:b", "tcp/443")};
  rules.rules[0].id = "no-internet";
  rules.rules[1].id = "a-reaches-b";
  return rules;
}

TEST(Check, JudgesEveryRuleInItsOrder) {
  const auto report = check(two_vpcs().build(), two_rules());
  ASSERT_TRUE(report);
  ASSERT_EQ(report.value().rules.size(), 2U);
  EXPECT_EQ(report.value().rules[0].id, "no-internet");
  EXPECT_EQ(report.value().rules[0].verdict, Verdict::kProved);
  EXPECT_EQ(report.value().rules[1].verdict, Verdict::kProved);
  EXPECT_TRUE(report.value().defects.empty());
  EXPECT_EQ(exit_code(report.value()), 0);
}

TEST(Check, ThreadsDoNotChangeAByte) {
  RuleSet rules = two_rules();
  for (int i = 0; i < 10; ++i) {
    rules.rules.push_back(rule(Verb::kDeny, "vpc:a", "vpc:b", "tcp/80"));
  }
  CheckOptions four;
  four.jobs = 4;
  EXPECT_EQ(to_json(check(two_vpcs().build(), rules).value()),
            to_json(check(two_vpcs().build(), rules, four).value()));
}

TEST(Check, WhatWasNotBegunIsUnknown) {
  CheckOptions options;
  options.stop = [] { return true; };
  const auto report = check(two_vpcs().build(), two_rules(), options);
  ASSERT_TRUE(report);
  EXPECT_EQ(report.value().summary().unknown, 2);
  EXPECT_EQ(exit_code(report.value()), 4);
}

TEST(Check, ProblemsOfAllRulesAreTheError) {
  RuleSet rules = two_rules();
  rules.rules[0].from->vpcs = {"z"};
  rules.rules[1].to->vpcs = {"y"};
  const auto report = check(two_vpcs().build(), rules);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().size(), 2U);
}

TEST(Check, ThePlanAloneAsksNoRule) {
  CheckOptions options;
  options.plan_only = true;
  const auto report = check(two_vpcs().build(), two_rules(), options);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report.value().rules.empty());
  EXPECT_EQ(exit_code(report.value(), {Severity::kError, true}), 0);
}

TEST(Network, TracesFromAPlaceOrByTheSource) {
  const Network network(two_vpcs().build());
  const Flow flow = testing::tcp("10.1.0.4", "10.2.0.4", 443);
  const auto by_source = network.trace({flow, "", true});
  ASSERT_TRUE(by_source);
  EXPECT_EQ(by_source.value().at, "subnet:sub-a");
  EXPECT_EQ(by_source.value().to, "subnet:sub-b");
  EXPECT_EQ(exit_code(by_source.value()), 0);
  EXPECT_EQ(network.trace({flow, "sub-a", true}).value().to, "subnet:sub-b");
  EXPECT_EQ(network.trace({flow, "vpc:a", true}).value().at, "subnet:sub-a");
  EXPECT_FALSE(network.trace({flow, "nowhere", true}));
}

// Where interfaces may be there that nobody listed, one may be public (S27).
TEST(Network, AnUnlistedInterfaceMayBePublic) {
  for (const bool more : {false, true}) {
    testing::Network net;
    net.vpc("a", {"10.1.0.0/16"});
    net.internet_gateway("edge", "a");
    net.table("out", "a", {{"0.0.0.0/0", "igw:edge"}});
    net.subnet("web", "a", {"10.1.1.0/24"}, "az1", "out").interfaces_open =
        more;
    const Network network(net.build());
    const Flow flow = testing::tcp("10.1.1.10", "192.0.2.1", 443);
    const auto named = network.trace({flow, "", true});
    ASSERT_TRUE(named);
    const Direction& forward = named.value().trace.forward;
    ASSERT_TRUE(forward.drop);
    EXPECT_EQ(forward.drop->code, DropCode::kNoPublicIp);
    EXPECT_EQ(forward.fate, more ? Fate::kUnknown : Fate::kDropped);
    EXPECT_EQ(forward.unknown.empty(), !more);
    EXPECT_EQ(exit_code(named.value()), more ? 4 : 0);
  }
}

// An address of the internet may be that of an interface that nobody listed.
TEST(Network, ACallFromTheInternetMayMeetAnUnlistedInterface) {
  for (const bool more : {false, true}) {
    testing::Network net;
    net.vpc("a", {"10.1.0.0/16"});
    net.internet_gateway("edge", "a");
    net.table("out", "a", {{"0.0.0.0/0", "igw:edge"}});
    net.subnet("web", "a", {"10.1.1.0/24"}, "az1", "out").interfaces_open =
        more;
    const Network network(net.build());
    const auto named = network.trace(
        {testing::tcp("192.0.2.1", "198.51.100.7", 443), "internet", true});
    ASSERT_TRUE(named);
    EXPECT_EQ(named.value().trace.forward.fate,
              more ? Fate::kUnknown : Fate::kDelivered);
    EXPECT_EQ(exit_code(named.value()), more ? 4 : 0);
  }
}

// covers S141: what leaves a VPC of unknown blocks may be local there.
TEST(Network, ATraceOutOfUnknownBlocksIsUnknown) {
  for (const bool open : {false, true}) {
    testing::Network net = two_vpcs();
    net.get<Vpc>("a").cidrs.open = open;
    const Network network(net.build());
    const auto named =
        network.trace({testing::tcp("10.1.0.4", "10.2.0.4", 443), "", true});
    ASSERT_TRUE(named);
    EXPECT_EQ(named.value().trace.forward.fate,
              open ? Fate::kUnknown : Fate::kDelivered);
    EXPECT_EQ(exit_code(named.value()), open ? 4 : 0);
  }
}

TEST(Check, AClusterIsSomethingToJudge) {
  testing::ClusterNetwork cluster;
  cluster.pod("shop/web", "10.1.0.1");
  const auto report = check(cluster.build(), RuleSet{});
  ASSERT_TRUE(report);
  EXPECT_TRUE(report.value().anything_loaded);
}

TEST(Network, ReachTakesTextsAsRulesDo) {
  const Network network(two_vpcs().build());
  const auto answer =
      network.reach("vpc:a", "10.2.0.0/24", {.service = "tcp/443"});
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer.value().certain.empty());
  EXPECT_EQ(exit_code(answer.value()), 0);
  EXPECT_FALSE(network.reach("vpc:a", "planet:mars"));
  EXPECT_FALSE(network.reach("vpc:a", "vpc:b", {.service = "tcp/99999"}));
}

TEST(Network, MatrixAndOverlapsAnswer) {
  const Network network(two_vpcs().build());
  EXPECT_EQ(network.matrix().value().zones.size(), 3U);
  EXPECT_TRUE(network.overlaps().empty());
}

TEST(Check, DiffHasLevelsRulesAndAnExitCode) {
  testing::Network less = two_vpcs();
  less.get<TransitRouteTable>("rt").propagations.items.pop_back();
  const Network before(two_vpcs().build());
  const Network after(less.build());
  const auto diff = before.diff(after, two_rules());
  ASSERT_TRUE(diff);
  ASSERT_EQ(diff.value().levels.size(), 2U);
  EXPECT_EQ(diff.value().levels[0].changes.size(), 1U);
  EXPECT_EQ(diff.value().levels[1].changes.size(), 2U);
  ASSERT_EQ(diff.value().now_failing.size(), 1U);
  EXPECT_EQ(diff.value().now_failing[0].id, "a-reaches-b");
  EXPECT_EQ(exit_code(diff.value()), 0);
  EXPECT_FALSE(before.equivalent(after));
  EXPECT_TRUE(before.equivalent(Network(two_vpcs().build())));
}

TEST(Check, DiffOfWhatIsNotKnownIsFour) {
  testing::Network open = two_vpcs();
  open.get<TransitAttachment>("att-b").available.unknown = true;
  const auto diff = Network(two_vpcs().build()).diff(Network(open.build()), {});
  ASSERT_TRUE(diff);
  EXPECT_EQ(exit_code(diff.value()), 4);
}

}  // namespace
}  // namespace netproof
