#include "io/alias_recorder.hpp"

#include "io/yaml_document.hpp"
#include "reading.hpp"

namespace netproof::io {
namespace {

std::optional<Node> followed(const std::string& text, Problems& problems) {
  const SourceText source{"a.yaml", text};
  return parse_yaml(source, problems, Aliases::kFollow);
}

Node parsed(const std::string& text) {
  Problems problems;
  const auto root = followed(text, problems);
  EXPECT_EQ(lines_of(problems.diagnostics()), "");
  return root.value_or(Node{});
}

std::string refused(const std::string& text) {
  Problems problems;
  EXPECT_FALSE(followed(text, problems)) << text;
  return lines_of(problems.diagnostics());
}

TEST(AliasRecorder, AScalarStandsWhereItIsUsed) {
  const Node root =
      parsed("home: &HOME eu-west-1\nregion: *HOME\nl: [*HOME]\n");
  EXPECT_EQ(root.find("home")->text, "eu-west-1");
  EXPECT_EQ(span_of(root.find("home")->where), "a.yaml:1:13-22");
  EXPECT_EQ(root.find("region")->text, "eu-west-1");
  EXPECT_EQ(span_of(root.find("region")->where), "a.yaml:2:9-14");
  EXPECT_EQ(root.find("l")->items.at(0).text, "eu-west-1");
  EXPECT_EQ(span_of(root.find("l")->items.at(0).where), "a.yaml:3:5-10");
}

TEST(AliasRecorder, AMappingIsRepeatedWhole) {
  const Node root =
      parsed("a: &A {k: [x, y], q: '1'}\nb: *A\nc: &C [*A, z]\nd: *C\n");
  EXPECT_EQ(root.find("b")->find("k")->items.at(1).text, "y");
  EXPECT_TRUE(root.find("b")->find("q")->quoted);
  EXPECT_EQ(root.find("b")->where.line, 1);
  const Node& d = *root.find("d");
  ASSERT_EQ(d.items.size(), 2U);
  EXPECT_EQ(d.items.at(0).find("k")->items.at(0).text, "x");
  EXPECT_EQ(d.items.at(1).text, "z");
}

TEST(AliasRecorder, NothingIsRepeatedToo) {
  const Node root = parsed("a: &A ~\nb: *A\nc: &C\nd: *C\n");
  EXPECT_EQ(root.find("b")->kind, NodeKind::kNull);
  EXPECT_EQ(root.find("d")->kind, NodeKind::kNull);
}

TEST(AliasRecorder, AValueDoesNotHoldItself) {
  EXPECT_NE(refused("a: &A [1, *A]\n").find("outside the value"),
            std::string::npos);
}

// Nine lines that stand for 10^9 values.
TEST(AliasRecorder, WhatIsRepeatedIsBounded) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    const std::string name = "a" + std::to_string(i);
    text += name + ": &" + name + " [" + below;
    for (int k = 1; k < 10; ++k) text += ", " + below;
    text += "]\n";
  }
  EXPECT_NE(refused(text).find("200,000"), std::string::npos);
}

TEST(AliasRecorder, WhatIsRepeatedNestsAsDeepAsTheRest) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 70; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" +
            std::to_string(i - 1) + "]\n";
  }
  EXPECT_NE(refused(text).find("nest at most 64"), std::string::npos);
}

TEST(AliasRecorder, ElsewhereAnchorsStayRefused) {
  const SourceText source{"a.yaml", "a: &A x\nb: *A\n"};
  Problems problems;
  EXPECT_FALSE(parse_yaml(source, problems));
  EXPECT_EQ(problems.diagnostics().size(), 2U);
}

}  // namespace
}  // namespace netproof::io
