#include "io/declared_value.hpp"

#include <gtest/gtest.h>

namespace netproof::io {
namespace {

class DeclaredValue : public testing::Test {
 protected:
  DeclaredValue() {
    at_.kind = AwsValue::Kind::kText;
    at_.begin = 4;
    at_.end = 9;
  }

  AwsFile file_{SourceText{"plan.json", "{}"}, 0};
  ValueMaker maker_{file_};
  AwsValue at_;
};

TEST_F(DeclaredValue, StandsWhereItIsMadeOf) {
  for (const AwsValue& made :
       {maker_.text("x", at_), ValueMaker::flag(true, at_),
        ValueMaker::map(at_), ValueMaker::list(at_),
        maker_.unknown("x", at_)}) {
    EXPECT_EQ(made.begin, 4U);
    EXPECT_EQ(made.end, 9U);
  }
}

TEST_F(DeclaredValue, KeepsItsText) {
  AwsValue made;
  {
    const std::string gone(40, 'x');
    made = maker_.text(gone, at_);
  }
  EXPECT_EQ(made.text, std::string(40, 'x'));
  EXPECT_EQ(ValueMaker::flag(false, at_).text, "false");
}

TEST_F(DeclaredValue, WhatNobodyKnowsHasNoText) {
  AwsValue map = ValueMaker::map(at_);
  put(map, "known", maker_.text("a", at_));
  put(map, "hidden", maker_.unknown("aws_vpc.a.id", at_));
  put(map, "flag", ValueMaker::flag(true, at_));
  EXPECT_EQ(known_text(map, "known"), "a");
  EXPECT_EQ(known_text(map, "hidden"), "");
  EXPECT_EQ(known_text(map, "flag"), "");
  EXPECT_EQ(known_text(map, "missing"), "");
  EXPECT_TRUE(is_unknown(*map.find("hidden")));
  EXPECT_FALSE(is_unknown(*map.find("known")));
}

TEST_F(DeclaredValue, NothingIsPutForNothing) {
  AwsValue map = ValueMaker::map(at_);
  put(map, "x", AwsValue{});
  EXPECT_TRUE(map.empty());
}

TEST_F(DeclaredValue, ListsAreMadeAsNeeded) {
  AwsValue map = ValueMaker::map(at_);
  push(map, "x", maker_.text("a", at_));
  push(map, "x", maker_.text("b", at_));
  ASSERT_EQ(map.members.size(), 1U);
  ASSERT_EQ(map.find("x")->members.size(), 2U);
  EXPECT_EQ(map.find("x")->members[1].value.text, "b");
}

TEST_F(DeclaredValue, AListThatNobodyKnowsStaysUnknown) {
  AwsValue map = ValueMaker::map(at_);
  put(map, "x", maker_.unknown("aws_route_table.a.route", at_));
  push(map, "x", maker_.text("a", at_));
  EXPECT_TRUE(is_unknown(*map.find("x")));
}

TEST_F(DeclaredValue, AValueTakesThePlaceOfAnother) {
  AwsValue map = ValueMaker::map(at_);
  put(map, "x", maker_.text("a", at_));
  replace(map, "x", maker_.text("b", at_));
  ASSERT_EQ(map.members.size(), 1U);
  EXPECT_EQ(known_text(map, "x"), "b");
}

}  // namespace
}  // namespace netproof::io
