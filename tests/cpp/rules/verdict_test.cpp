#include "netproof/rules/verdict.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

TEST(Verdict, TheOrderIsTheOrderOfAlarm) {
  EXPECT_LT(Verdict::kProved, Verdict::kVacuous);
  EXPECT_LT(Verdict::kVacuous, Verdict::kUnknown);
  EXPECT_LT(Verdict::kUnknown, Verdict::kViolated);
}

TEST(Verdict, WordsAreThoseOfTheContract) {
  EXPECT_EQ(to_string(Verdict::kViolated), "violated");
  EXPECT_EQ(to_string(Verb::kNoOverlap), "no_overlap");
  EXPECT_EQ(to_string(Severity::kWarning), "warning");
  EXPECT_EQ(to_string(Level::kConnection), "connection");
}

}  // namespace
}  // namespace netproof
