#include "io/rule_words.hpp"

#include <gtest/gtest.h>

namespace netproof::io {
namespace {

using Words = std::vector<std::string_view>;

TEST(RuleWords, ElementsAreSplitWhereNoInnerListIsOpen) {
  EXPECT_EQ(elements("[a, [b,c] ,!d]"), (Words{"a", "[b,c]", "!d"}));
  EXPECT_EQ(elements(" a,b "), (Words{"a,b"}));
  EXPECT_EQ(elements("[]"), (Words{""}));
}

TEST(RuleWords, SpaceAroundAndCaseDoNotCount) {
  EXPECT_EQ(trimmed(" \ta b\r"), "a b");
  EXPECT_EQ(trimmed(" \r "), "");
  EXPECT_EQ(lower("ReJect"), "reject");
}

}  // namespace
}  // namespace netproof::io
