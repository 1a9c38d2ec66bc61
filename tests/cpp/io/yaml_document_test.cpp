#include "io/yaml_document.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

Node parsed(const std::string& text) {
  const SourceText source{"a.yaml", text};
  Problems problems;
  const auto root = parse_yaml(source, problems);
  EXPECT_EQ(lines_of(problems.diagnostics()), "");
  return root.value_or(Node{});
}

TEST(YamlDocument, ScalarsStayText) {
  const Node root = parsed("a: 022\nb: yes\nc: 'it''s'\nd: \"x\\ty\"\ne: ~\n");
  EXPECT_EQ(root.find("a")->text, "022");
  EXPECT_EQ(root.find("b")->text, "yes");
  EXPECT_EQ(root.find("c")->text, "it's");
  EXPECT_EQ(root.find("d")->text, "x\ty");
  EXPECT_TRUE(root.find("c")->quoted);
  EXPECT_FALSE(root.find("a")->quoted);
  EXPECT_EQ(root.find("e")->kind, NodeKind::kNull);
  EXPECT_EQ(root.find("f"), nullptr);
}

TEST(YamlDocument, PlacesCountCodePointsAndEndBehind) {
  const Node root = parsed("製造: [プ, '10.0.0.0/8' ]  # x\nb:\n  - c: d\n");
  EXPECT_EQ(span_of(root.keys.at(0).where), "a.yaml:1:1-3");
  const Node& list = root.items.at(0);
  EXPECT_EQ(span_of(list.where), "a.yaml:1:5-23");
  EXPECT_EQ(span_of(list.items.at(0).where), "a.yaml:1:6-7");
  EXPECT_EQ(span_of(list.items.at(1).where), "a.yaml:1:9-21");
  const Node& map = root.items.at(1).items.at(0);
  EXPECT_EQ(span_of(map.where), "a.yaml:3:5-9");
  EXPECT_EQ(span_of(root.where), "a.yaml:1:1-9");
  EXPECT_EQ(root.where.end_line, 3);
}

TEST(YamlDocument, AByteOrderMarkAndCarriageReturnsAreNothing) {
  const Node root = parsed(
      "\xef\xbb\xbf"
      "a: b\r\nc: d\r\n");
  EXPECT_EQ(span_of(root.items.at(1).where), "a.yaml:2:4-5");
  EXPECT_EQ(root.items[1].text, "d");
}

TEST(YamlDocument, BlockTextsKeepTheirLines) {
  const Node root = parsed("a: |\n  x\n  y\nb: c\n");
  EXPECT_EQ(root.items.at(0).text, "x\ny\n");
  EXPECT_TRUE(root.items[0].quoted);
  EXPECT_EQ(root.items[0].where.line, 1);
}

TEST(YamlDocument, ARefusedKeyBreaksItsMappingOnly) {
  const SourceText source{"a.yaml", "a: {b: 1, b: 2}\nc: {d: 1}\n"};
  Problems problems;
  const auto root = parse_yaml(source, problems);
  ASSERT_TRUE(root);
  EXPECT_TRUE(root->items.at(0).broken);
  EXPECT_EQ(root->items[0].items.size(), 1U);
  EXPECT_FALSE(root->items.at(1).broken);
  EXPECT_EQ(problems.diagnostics().size(), 1U);
  EXPECT_EQ(problems.failures(), 0);
}

}  // namespace
}  // namespace netproof::io
