#include "io/csv_document.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

std::vector<std::string> texts(const std::vector<Node>& cells) {
  std::vector<std::string> result;
  for (const Node& cell : cells) result.push_back(cell.text);
  return result;
}

TEST(CsvDocument, CellsQuotesAndLinesWithoutCells) {
  const SourceText source{"a.csv",
                          "# story\r\n\r\na, b ,c\r\n\"x, \"\"y\"\"\" ,,z"};
  Problems problems;
  const auto table = parse_csv(source, problems);
  ASSERT_TRUE(table);
  EXPECT_EQ(texts(table->columns), (Names{"a", "b", "c"}));
  ASSERT_EQ(table->rows.size(), 1U);
  EXPECT_EQ(texts(table->rows[0]), (Names{"x, \"y\"", "", "z"}));
  EXPECT_EQ(span_of(table->columns[1].where), "a.csv:3:4-5");
  EXPECT_EQ(span_of(table->rows[0][2].where), "a.csv:4:14-15");
}

TEST(CsvDocument, WordsHaveTheirPlaces) {
  const SourceText source{"a.csv", "cidr\n\" 製  b\"\n"};
  Problems problems;
  const auto table = parse_csv(source, problems);
  ASSERT_TRUE(table);
  const auto words = words_of(table->rows.at(0).at(0));
  EXPECT_EQ(texts(words), (Names{"製", "b"}));
  EXPECT_EQ(span_of(words[0].where), "a.csv:2:3-4");
  EXPECT_EQ(span_of(words[1].where), "a.csv:2:6-7");
}

}  // namespace
}  // namespace netproof::io
