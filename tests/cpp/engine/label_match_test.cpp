#include "engine/label_match.hpp"

#include <gtest/gtest.h>

namespace netproof::engine {
namespace {

using Operator = LabelCondition::Operator;

Match one(Operator op, const Labels& labels, bool complete = true) {
  std::vector<std::string> values;
  if (op == Operator::kIn || op == Operator::kNotIn) values = {"a", "b"};
  return match({{"app", op, values}}, labels, complete);
}

// covers S110
TEST(LabelMatch, EachOperatorMeansWhatItSays) {
  const Labels a{{"app", "a"}};
  const Labels c{{"app", "c"}};
  EXPECT_EQ(one(Operator::kIn, a), Match::kYes);
  EXPECT_EQ(one(Operator::kIn, c), Match::kNo);
  EXPECT_EQ(one(Operator::kIn, {}), Match::kNo);
  EXPECT_EQ(one(Operator::kNotIn, a), Match::kNo);
  EXPECT_EQ(one(Operator::kNotIn, c), Match::kYes);
  EXPECT_EQ(one(Operator::kNotIn, {}), Match::kYes);
  EXPECT_EQ(one(Operator::kExists, c), Match::kYes);
  EXPECT_EQ(one(Operator::kExists, {}), Match::kNo);
  EXPECT_EQ(one(Operator::kDoesNotExist, c), Match::kNo);
  EXPECT_EQ(one(Operator::kDoesNotExist, {}), Match::kYes);
}

TEST(LabelMatch, ALabelThatNobodyKnowsLeavesItOpen) {
  EXPECT_EQ(one(Operator::kIn, {}, false), Match::kPerhaps);
  EXPECT_EQ(one(Operator::kDoesNotExist, {}, false), Match::kPerhaps);
  EXPECT_EQ(one(Operator::kIn, {{"app", "c"}}, false), Match::kNo);
}

TEST(LabelMatch, AllConditionsHaveToHold) {
  const LabelSelector both{{"app", Operator::kExists, {}},
                           {"tier", Operator::kExists, {}}};
  EXPECT_EQ(match(both, {{"app", "a"}}, true), Match::kNo);
  EXPECT_EQ(match(both, {{"app", "a"}, {"tier", "x"}}, true), Match::kYes);
  EXPECT_EQ(match({}, {}, true), Match::kYes);
}

TEST(LabelMatch, ANamespaceIsKnownByItsName) {
  Cluster cluster;
  const LabelSelector name{
      {"kubernetes.io/metadata.name", Operator::kIn, {"shop"}}};
  EXPECT_EQ(match_namespace(name, cluster, "shop"), Match::kYes);
  EXPECT_EQ(match_namespace(name, cluster, "pay"), Match::kNo);
}

}  // namespace
}  // namespace netproof::engine
