#include "rules/waivers.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::judge_of;
using testing::Network;
using testing::rule;
using testing::two_vpcs;

RuleSet with_waiver(const RuleSpec& spec, const std::string& subject,
                    const std::string& expires) {
  RuleSet rules;
  rules.rules = {spec};
  rules.waivers = {
      {spec.id, subject, "migration", "net-team", expires, {"r", 9, 1, 9, 2}}};
  return rules;
}

RuleSpec deny_all() { return rule(Verb::kDeny, "vpc:a", "everyone"); }

RuleOutcome judged(const Network& net, const RuleSet& rules,
                   bool no_ignore = false) {
  return judge_of(net.build())
      .judge(rules.rules[0], rules, "2027-01-15", no_ignore);
}

TEST(Waivers, AWaivedViolationStaysVisible) {
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b");
  const RuleOutcome outcome =
      judged(two_vpcs(), with_waiver(spec, "vpc:b", "2027-03-31"));
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
  EXPECT_TRUE(outcome.result.waived);
  EXPECT_NE(outcome.result.detail.find("migration, net-team"),
            std::string::npos);
  EXPECT_TRUE(outcome.findings.empty());
}

TEST(Waivers, TheRuleIsJudgedAgainWithoutTheSubject) {
  Network net = two_vpcs();
  net.vpc("c", {"10.3.0.0/16"});
  net.subnet("sub-c", "c", {"10.3.0.0/24"});
  net.attach_vpc("att-c", "main", "c");
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b");
  spec.to->vpcs = {"b", "c"};
  const RuleOutcome outcome = judged(net, with_waiver(spec, "vpc:b", ""));
  EXPECT_TRUE(outcome.result.waived);
}

TEST(Waivers, TheDayOfExpiryIsTheLast) {
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b");
  EXPECT_TRUE(judged(two_vpcs(), with_waiver(spec, "vpc:b", "2027-01-15"))
                  .result.waived);
  const RuleSet late = with_waiver(spec, "vpc:b", "2027-01-14");
  EXPECT_FALSE(judged(two_vpcs(), late).result.waived);
  const auto found = check_waivers(late, "2027-01-15");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "exception-has-not-expired");
  EXPECT_EQ(found[0].level, Severity::kError);
}

TEST(Waivers, AnUnusedExceptionIsAWarning) {
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  const RuleOutcome outcome = judged(
      net,
      with_waiver(rule(Verb::kDeny, "vpc:a", "vpc:b"), "vpc:b", "2027-03-31"));
  EXPECT_EQ(outcome.result.verdict, Verdict::kProved);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].id, "exception-is-used");
  EXPECT_EQ(outcome.findings[0].level, Severity::kWarning);
}

TEST(Waivers, AnExceptionOfNoRuleIsAWarning) {
  RuleSet rules = with_waiver(deny_all(), "vpc:b", "");
  rules.waivers[0].rule = "other";
  const auto found = check_waivers(rules, "2027-01-15");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "exception-is-used");
}

TEST(Waivers, AMandatoryRuleHasNone) {
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b");
  spec.mandatory = true;
  const RuleSet rules = with_waiver(spec, "vpc:b", "2027-03-31");
  EXPECT_FALSE(judged(two_vpcs(), rules).result.waived);
  const auto found = check_waivers(rules, "2027-01-15");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "mandatory-rule-has-no-exception");
}

TEST(Waivers, NoIgnoreCountsNone) {
  const RuleSet rules =
      with_waiver(rule(Verb::kDeny, "vpc:a", "vpc:b"), "vpc:b", "");
  EXPECT_FALSE(judged(two_vpcs(), rules, true).result.waived);
}

TEST(Waivers, AnOverlapIsWaivedByEitherEnd) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.vpc("b", {"10.0.0.0/16"});
  RuleSpec spec;
  spec.id = "plan";
  spec.verb = Verb::kNoOverlap;
  spec.overlap_of = {"vpcs"};
  spec.overlap_anywhere = true;
  EXPECT_TRUE(judged(net, with_waiver(spec, "vpc:b", "")).result.waived);
  EXPECT_FALSE(judged(net, with_waiver(spec, "vpc:c", "")).result.waived);
}

}  // namespace
}  // namespace netproof
