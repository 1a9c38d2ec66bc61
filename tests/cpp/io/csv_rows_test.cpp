#include "io/csv_rows.hpp"

#include <gtest/gtest.h>

namespace netproof::io {
namespace {

Node cell(std::string text) {
  Node node;
  node.kind = NodeKind::kScalar;
  node.text = std::move(text);
  return node;
}

TEST(CsvRows, ACellIsReadByItsColumn) {
  const CsvForm form{{"vpc", "cidr"}, {}};
  const CsvTable table{
      {cell("vpc"), cell("cidr"), cell("env"), cell("comment"), cell("x-a")},
      {{cell("v"), cell(""), cell("prod"), cell("b"), cell("c")}}};
  const CsvRow row{table, table.rows.front(), form};
  EXPECT_EQ(row.find("vpc")->text, "v");
  EXPECT_EQ(row.find("cidr"), nullptr);
  EXPECT_EQ(row.find("zone"), nullptr);
  EXPECT_EQ(row.labels(), (Labels{{"env", "prod"}}));
  EXPECT_TRUE(has_column(table, "cidr"));
  EXPECT_FALSE(has_column(table, "zone"));
}

TEST(CsvRows, EveryWrongColumnIsReported) {
  const CsvForm form{{"vpc", "cidr"}, {"vpc", "cidr"}};
  const CsvTable table{{cell("cidrs"), cell(""), cell("env"), cell("env")}, {}};
  Problems problems;
  check_columns(problems, table, form);
  // A typo, a column without a name, a name twice, and two that are missing.
  EXPECT_EQ(problems.diagnostics().size(), 5U);
}

}  // namespace
}  // namespace netproof::io
