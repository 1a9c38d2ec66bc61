#include "netproof/report/replay.hpp"

#include <gtest/gtest.h>

#include "support/network.hpp"

namespace netproof {
namespace {

ReplayReport one_of(std::vector<ReplayGroup> ReplayReport::*list) {
  ReplayReport report;
  report.records = 3;
  report.requests = 1;
  ReplayGroup group;
  group.cause = "a-cause";
  group.count = 2;
  group.example = {"a.log", 7,    "eni-1",
                   true,    true, testing::ping("10.0.0.1", "10.0.0.2")};
  (report.*list).push_back(group);
  return report;
}

TEST(ReplayReport, TheExitCodeIsTheWorstOfWhatWasJudged) {
  EXPECT_EQ(exit_code(ReplayReport{}), 3);
  EXPECT_EQ(exit_code(one_of(&ReplayReport::not_judged)), 0);
  EXPECT_EQ(exit_code(one_of(&ReplayReport::unknown)), 4);
  ReplayReport both = one_of(&ReplayReport::unknown);
  both.disagreements = both.unknown;
  EXPECT_EQ(exit_code(both), 1);
}

TEST(ReplayReport, IcmpIsShownWithoutATypeThatNobodyLogged) {
  const ReplayReport report = one_of(&ReplayReport::disagreements);
  const std::string text = to_text(report);
  EXPECT_NE(text.find("a.log:7  eni-1 ingress  ACCEPT  10.0.0.1 -> 10.0.0.2 "
                      "icmp\n"),
            std::string::npos)
      << text;
  EXPECT_NE(to_json(report, -1).find(R"("sport":null,"dport":null)"),
            std::string::npos);
}

}  // namespace
}  // namespace netproof
