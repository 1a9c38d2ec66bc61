#include "rules/drop_codes.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

TEST(DropCodes, OneRowForEachCodeInOrder) {
  ASSERT_EQ(drop_code_texts().size(), static_cast<std::size_t>(kDropCodes));
  int code = 0;
  for (const DropCodeText& text : drop_code_texts()) {
    EXPECT_EQ(static_cast<int>(text.code), code++);
    EXPECT_FALSE(text.meaning.empty());
    EXPECT_FALSE(text.remedy.empty());
  }
}

}  // namespace
}  // namespace netproof
