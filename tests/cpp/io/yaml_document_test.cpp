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

std::string key_of_tag(std::string_view tag) {
  return tag == "!Ref" || tag == "!Join" ? std::string(tag.substr(1)) : "";
}

TEST(YamlDocument, ShortTagsAreReadAsTheirLongForms) {
  const SourceText source{"a.yaml",
                          "a: !Ref  b\nc: !Join [!Ref 'd', e ]\n"
                          "f: !Join\n  g: h\ni: !Ref\nj: k\n"};
  Problems problems;
  const auto root = parse_yaml(source, problems, Aliases::kRefuse, key_of_tag);
  ASSERT_TRUE(root);
  EXPECT_EQ(lines_of(problems.diagnostics()), "");
  const Node* ref = root->find("a")->find("Ref");
  EXPECT_EQ(ref->text, "b");
  EXPECT_FALSE(ref->quoted);
  EXPECT_EQ(span_of(ref->where), "a.yaml:1:10-11");
  EXPECT_EQ(span_of(root->find("a")->where), "a.yaml:1:4-11");
  const Node* list = root->find("c")->find("Join");
  ASSERT_TRUE(list->is_list());
  EXPECT_EQ(span_of(list->where), "a.yaml:2:10-24");
  EXPECT_TRUE(list->items.at(0).find("Ref")->quoted);
  EXPECT_EQ(list->items.at(1).text, "e");
  EXPECT_EQ(root->find("f")->find("Join")->find("g")->text, "h");
  EXPECT_EQ(root->find("i")->find("Ref")->text, "");
  EXPECT_EQ(root->find("j")->text, "k");
  EXPECT_FALSE(root->broken);
}

TEST(YamlDocument, OtherTagsStayFailures) {
  for (const char* text : {"a: !Other b\n", "a: !!str b\n"}) {
    const SourceText source{"a.yaml", text};
    Problems problems;
    parse_yaml(source, problems, Aliases::kRefuse, key_of_tag);
    ASSERT_EQ(problems.diagnostics().size(), 1U) << text;
    EXPECT_EQ(problems.diagnostics()[0].code, "yaml-tag");
  }
}

}  // namespace
}  // namespace netproof::io
