#include "netproof/report/report.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

RuleResult with(Verdict verdict, Severity severity = Severity::kError) {
  RuleResult rule;
  rule.id = "r";
  rule.verdict = verdict;
  rule.severity = severity;
  return rule;
}

int code_of(std::vector<RuleResult> rules) {
  Report report;
  report.rules = std::move(rules);
  return exit_code(report);
}

TEST(ExitCode, IsTheFirstThatApplies) {
  const RuleResult proved = with(Verdict::kProved);
  const RuleResult vacuous = with(Verdict::kVacuous);
  const RuleResult unknown = with(Verdict::kUnknown);
  const RuleResult violated = with(Verdict::kViolated);
  EXPECT_EQ(code_of({proved}), 0);
  EXPECT_EQ(code_of({proved, vacuous}), 3);
  EXPECT_EQ(code_of({vacuous, unknown}), 4);
  EXPECT_EQ(code_of({vacuous, unknown, violated}), 1);
}

TEST(ExitCode, WaivedAndMilderRulesDoNotFail) {
  RuleResult waived = with(Verdict::kViolated);
  waived.waived = true;
  EXPECT_EQ(code_of({waived}), 0);
  EXPECT_EQ(code_of({with(Verdict::kViolated, Severity::kWarning)}), 0);
  EXPECT_EQ(code_of({with(Verdict::kUnknown, Severity::kNote)}), 0);
  Report report;
  report.rules = {with(Verdict::kViolated, Severity::kWarning)};
  EXPECT_EQ(exit_code(report, {Severity::kWarning, false}), 1);
}

TEST(ExitCode, AnAllowedEmptyRuleIsFine) {
  RuleResult rule = with(Verdict::kVacuous);
  rule.allow_empty = true;
  EXPECT_EQ(code_of({rule}), 0);
}

TEST(ExitCode, FindingsFailFromTheirLevel) {
  Report report;
  report.rules = {with(Verdict::kProved)};
  Finding finding;
  finding.level = Severity::kWarning;
  report.findings = {finding};
  EXPECT_EQ(exit_code(report), 0);
  report.findings[0].level = Severity::kError;
  EXPECT_EQ(exit_code(report), 1);
}

TEST(ExitCode, NothingAskedIsThreeUnlessThePlanOnlyIsMeant) {
  EXPECT_EQ(code_of({}), 3);
  Report report;
  EXPECT_EQ(exit_code(report, {Severity::kError, true}), 0);
  report.anything_loaded = false;
  EXPECT_EQ(exit_code(report, {Severity::kError, true}), 3);
}

TEST(ExitCode, ADefectComesFirst) {
  Report report;
  report.rules = {with(Verdict::kViolated)};
  report.defects = {"engine and evaluator disagree"};
  EXPECT_EQ(exit_code(report), 70);
}

TEST(Summary, CountsEveryVerdict) {
  Report report;
  report.rules = {with(Verdict::kProved), with(Verdict::kViolated),
                  with(Verdict::kVacuous), with(Verdict::kUnknown),
                  with(Verdict::kUnknown)};
  report.findings.resize(3);
  EXPECT_EQ(report.summary(), (Summary{1, 1, 1, 2, 3}));
}

}  // namespace
}  // namespace netproof
