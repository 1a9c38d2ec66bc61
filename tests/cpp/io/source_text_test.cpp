#include "io/source_text.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

TEST(SourceText, ColumnsCountCodePoints) {
  const SourceText source{"f", "aé製😀b\nc"};
  EXPECT_EQ(span_of(source.at(0, 1)), "f:1:1-2");
  EXPECT_EQ(span_of(source.at(10, 11)), "f:1:5-6");
  EXPECT_EQ(span_of(source.at(12, 13)), "f:2:1-2");
  EXPECT_EQ(span_of(source.at(99, 99)), "f:2:2-2");
}

TEST(SourceText, ALongLineIsCountedFromNearby) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "製";
  const SourceText source{"f", text};
  for (const std::size_t i : {0U, 84U, 85U, 86U, 255U, 256U, 999U, 1000U}) {
    EXPECT_EQ(source.at(3 * i, 3 * i).column, static_cast<int>(i) + 1);
  }
}

TEST(SourceText, WhatIsNotUtf8HasAPlace) {
  const auto column = [](const std::string& text) {
    const auto problem = SourceText{"f", text}.encoding_problem();
    return problem ? problem->where.column : 0;
  };
  EXPECT_EQ(column("aé製😀\xf4\x8f\xbf\xbf"), 0);
  EXPECT_EQ(column("é\xff"), 2);
  EXPECT_EQ(column("\xc0\xaf"), 1);          // overlong
  EXPECT_EQ(column("a\xed\xa0\x80"), 2);     // a surrogate
  EXPECT_EQ(column("\xf4\x90\x80\x80"), 1);  // beyond U+10FFFF
  EXPECT_EQ(column("ab\xe8\xa3"), 3);        // cut off
  EXPECT_EQ(column(std::string("a\0", 2)), 2);
}

TEST(SourceText, PlacesOfSeveralTextsAreThoseOfTheirOwn) {
  const SourceText whole{{{"a", "x\ny"}, {"b", ""}, {"c", "1\n22\n"}}};
  EXPECT_EQ(whole.start_of(0), 0U);
  EXPECT_EQ(whole.start_of(1), 4U);
  EXPECT_EQ(whole.start_of(2), 5U);
  EXPECT_EQ(span_of(whole.at(2, 3)), "a:2:1-2");
  EXPECT_EQ(span_of(whole.at(4, 4)), "b:1:1-1");
  EXPECT_EQ(span_of(whole.at(7, 9)), "c:2:1-3");
}

}  // namespace
}  // namespace netproof::io
