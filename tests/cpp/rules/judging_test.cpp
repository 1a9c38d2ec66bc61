#include "rules/judging.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

TEST(Settle, AReasonTurnsAProofIntoUnknown) {
  Judgement j;
  j.unknown = {"b", "a", "b"};
  settle(j);
  EXPECT_EQ(j.verdict, Verdict::kUnknown);
  EXPECT_EQ(j.unknown, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(j.detail.empty());
}

TEST(Settle, AViolationStays) {
  Judgement j;
  j.verdict = Verdict::kViolated;
  j.unknown = {"a"};
  settle(j);
  EXPECT_EQ(j.verdict, Verdict::kViolated);
}

TEST(Settle, WithoutAReasonAProofStays) {
  Judgement j;
  settle(j);
  EXPECT_EQ(j.verdict, Verdict::kProved);
}

}  // namespace
}  // namespace netproof
