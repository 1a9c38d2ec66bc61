#include "io/json_document.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

TEST(JsonDocument, HasTheTreeOfTheSameYaml) {
  const SourceText source{
      "a.json",
      "{\"製\": [\"a\\\"b\", 12, true, null],\n  \"x\" : {\"y\":-1.5e3}}"};
  Problems problems;
  const auto root = parse_json(source, problems);
  ASSERT_TRUE(root) << lines_of(problems.diagnostics());
  const Node& list = root->items.at(0);
  ASSERT_EQ(list.items.size(), 4U);
  EXPECT_EQ(list.items[0].text, "a\"b");
  EXPECT_TRUE(list.items[0].quoted);
  EXPECT_EQ(list.items[1].text, "12");
  EXPECT_FALSE(list.items[1].quoted);
  EXPECT_EQ(list.items[2].text, "true");
  EXPECT_EQ(list.items[3].kind, NodeKind::kNull);
  EXPECT_EQ(root->items.at(1).items.at(0).text, "-1.5e3");
  EXPECT_EQ(span_of(list.where), "a.json:1:7-31");
  EXPECT_EQ(span_of(list.items[0].where), "a.json:1:8-14");
  EXPECT_EQ(span_of(list.items[3].where), "a.json:1:26-30");
  EXPECT_EQ(span_of(root->items[1].where), "a.json:2:9-21");
}

TEST(JsonDocument, WhatIsNoJsonHasAPlace) {
  const SourceText source{"a.json", "{\"a\": [1,\n 2"};
  Problems problems;
  EXPECT_FALSE(parse_json(source, problems));
  ASSERT_EQ(problems.diagnostics().size(), 1U);
  EXPECT_EQ(problems.diagnostics()[0].code, "json-syntax");
  EXPECT_EQ(problems.diagnostics()[0].where.line, 2);
}

}  // namespace
}  // namespace netproof::io
