#include <gtest/gtest.h>

#include "netproof/report/write.hpp"

namespace netproof {
namespace {

Finding host_bits(int line) {
  Finding finding;
  finding.id = "prefix-has-no-host-bits";
  finding.message = "host bits in line " + std::to_string(line);
  finding.source = {"plan.csv", line, 1, line, 5};
  return finding;
}

TEST(TextReport, TheVerdictComesFirstThenTheReasonThenThePlace) {
  Report report;
  RuleResult rule;
  rule.id = "prod-cannot-reach-dev";
  rule.verdict = Verdict::kViolated;
  rule.detail = "1 of 2 places of 'dev' is reached";
  rule.because = "auditors ask";
  rule.source = {"rules.yaml", 7, 3, 7, 9};
  report.rules = {rule};
  EXPECT_EQ(to_text(report),
            "violated[prod-cannot-reach-dev]: 1 of 2 places of 'dev' is "
            "reached\n"
            "   = because: auditors ask\n"
            " --> rules.yaml:7:3\n"
            "\n"
            "0 proved, 1 violated, 0 vacuous, 0 unknown; 0 findings (0 "
            "errors)\n");
}

TEST(TextReport, AProofIsOneLine) {
  Report report;
  RuleResult rule;
  rule.id = "r";
  rule.verdict = Verdict::kProved;
  rule.detail = "nothing arrives";
  report.rules = {rule};
  EXPECT_EQ(to_text(report).find("proved[r]: nothing arrives\n1 proved"), 0U);
}

TEST(TextReport, OfManyFindingsOfOneKindFiveAreShown) {
  Report report;
  for (int line = 1; line <= 12; ++line) {
    report.findings.push_back(host_bits(line));
  }
  const std::string text = to_text(report);
  EXPECT_NE(text.find("plan.csv:5:1"), std::string::npos);
  EXPECT_EQ(text.find("plan.csv:6:1"), std::string::npos);
  EXPECT_NE(text.find("and 7 more of prefix-has-no-host-bits"),
            std::string::npos);
  TextOptions options;
  options.verbose = true;
  EXPECT_NE(to_text(report, options).find("plan.csv:12:1"), std::string::npos);
}

TEST(TextReport, AWaivedViolationSaysSo) {
  Report report;
  RuleResult rule;
  rule.id = "r";
  rule.verdict = Verdict::kViolated;
  rule.waived = true;
  report.rules = {rule};
  const std::string text = to_text(report);
  EXPECT_EQ(text.find("violated, waived[r]"), 0U);
  EXPECT_NE(text.find("1 violated (1 waived)"), std::string::npos);
}

TEST(TextReport, AssumptionsAreListed) {
  Report report;
  report.assumptions.push_back(
      {"a-1", "tgw-rtb:prod", "no other routes", "silent", "net-team", {}});
  EXPECT_NE(to_text(report).find(
                "  a-1: tgw-rtb:prod is no other routes (silent), to be "
                "confirmed by net-team\n"),
            std::string::npos);
}

TEST(TextReport, ProblemsOfTheInputHaveHelp) {
  const Diagnostics problems = {{"unknown-vpc",
                                 {"rules.yaml", 2, 1, 2, 4},
                                 "a zone names vpcs of the network",
                                 "ap",
                                 "did you mean 'app'?"}};
  EXPECT_EQ(to_text(problems),
            "error[unknown-vpc]: a zone names vpcs of the network, not 'ap'\n"
            " --> rules.yaml:2:1\n"
            "   = help: did you mean 'app'?\n");
}

}  // namespace
}  // namespace netproof
