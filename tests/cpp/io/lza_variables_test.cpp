#include "io/lza_variables.hpp"

#include "io/yaml_document.hpp"
#include "reading.hpp"

namespace netproof::io {
namespace {

Node read(const std::string& text,
          const std::map<std::string, std::string>& values) {
  Problems problems;
  HiddenVariables variables;
  const SourceText hidden =
      variables.hide(SourceText{"a.yaml", text}, problems);
  auto root = parse_yaml(hidden, problems);
  EXPECT_EQ(lines_of(problems.diagnostics()), "") << text;
  if (!root) return {};
  variables.reveal(*root, values);
  return *root;
}

// covers S163: a variable stands anywhere in a text, in quotes or not.
TEST(HiddenVariables, AreReplacedWhereTheyStand) {
  const Node root = read(
      "a: {{Net}}\nb: \"x-{{ Net }}-{{  Other }}\"\n{{ Net }}: [ {{ No }} ]\n",
      {{"Net", "10.0.0.0/8"}, {"Other", "y"}});
  EXPECT_EQ(root.find("a")->text, "10.0.0.0/8");
  EXPECT_EQ(root.find("b")->text, "x-10.0.0.0/8-y");
  ASSERT_NE(root.find("10.0.0.0/8"), nullptr);
  EXPECT_EQ(root.find("10.0.0.0/8")->items.at(0).text, "{{ No }}");
}

TEST(HiddenVariables, LeavePlacesAsTheyAre) {
  const Node root = read("é: [{{ é }}, b]\n", {});
  const Node& list = root.items.at(0);
  EXPECT_EQ(span_of(list.items.at(0).where), "a.yaml:1:5-12");
  EXPECT_EQ(span_of(list.items.at(1).where), "a.yaml:1:14-15");
  EXPECT_EQ(list.items.at(0).text, "{{ é }}");
}

TEST(HiddenVariables, BracesOfYamlStayThose) {
  const Node root = read("a: {b: {c: d}}\ne: '{{ not\n  one }}'\n", {});
  EXPECT_EQ(root.find("a")->find("b")->find("c")->text, "d");
  EXPECT_EQ(root.find("e")->text, "{{ not one }}");
}

TEST(HiddenVariables, AreNotMistakenForOneAnother) {
  std::string text;
  std::map<std::string, std::string> values;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "v" + std::to_string(i);
    text += "k" + std::to_string(i) + ": {{" + name + "}}\n";
    values[name] = "is " + std::to_string(i);
  }
  const Node root = read(text, values);
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(root.items.at(static_cast<std::size_t>(i)).text,
              "is " + std::to_string(i));
  }
}

TEST(HiddenVariables, TheCharactersThatHideThemAreRefused) {
  Problems problems;
  HiddenVariables variables;
  variables.hide(SourceText{"a.yaml", "a: \xEE\x80\x85\n"}, problems);
  ASSERT_EQ(problems.diagnostics().size(), 1U);
  EXPECT_EQ(problems.diagnostics().front().where.column, 4);
}

}  // namespace
}  // namespace netproof::io
