#include "io/aws_json.hpp"

#include <gtest/gtest.h>

#include "reading.hpp"

namespace netproof::io {
namespace {

// Writes down what is handed out, in order.
class Notes : public AwsSink {
 public:
  void list(std::string_view key) override {
    lines.push_back("list " + std::string(key));
  }
  void element(std::string_view key, AwsValue value) override {
    lines.push_back("element " + std::string(key));
    elements.push_back(std::move(value));
  }
  void member(std::string_view key, AwsValue value) override {
    lines.push_back("member " + std::string(key) + "=" +
                    std::string(value.text));
  }

  std::vector<std::string> lines;
  std::vector<AwsValue> elements;
};

struct Parsed {
  explicit Parsed(std::string text)
      : source{"a.json", std::move(text)},
        whole{stream_json(source, unescaped, problems, notes)} {}

  SourceText source;
  std::deque<std::string> unescaped;
  Problems problems;
  Notes notes;
  bool whole;
};

TEST(AwsJson, HandsOutElementsAndWhatStandsBesideThem) {
  const Parsed parsed{
      R"({"Vpcs": [{"VpcId": "v", "N": 3, "Tags": []}, {}], "NextToken": "t",
          "Empty": [], "One": {"a": [1]}})"};
  ASSERT_TRUE(parsed.whole);
  EXPECT_EQ(parsed.notes.lines,
            (std::vector<std::string>{"list Vpcs", "element Vpcs",
                                      "element Vpcs", "member NextToken=t",
                                      "list Empty", "member One="}));
  const AwsValue& vpc = parsed.notes.elements.at(0);
  EXPECT_EQ(vpc.find("VpcId")->text, "v");
  EXPECT_EQ(vpc.find("N")->text, "3");
  EXPECT_TRUE(vpc.find("Tags")->empty());
  EXPECT_EQ(vpc.find("Missing"), nullptr);
  EXPECT_EQ(to_string(parsed.source.at(vpc.begin, vpc.end)), "a.json:1:11");
}

TEST(AwsJson, TextsAreUnescaped) {
  const Parsed parsed{R"({"L": [{"a\u0062": "x\"y", "n": null}]})"};
  ASSERT_TRUE(parsed.whole);
  const AwsValue& one = parsed.notes.elements.at(0);
  EXPECT_EQ(one.find("ab")->text, "x\"y");
  EXPECT_TRUE(one.find("n")->empty());
}

struct BadText {
  const char* text;
  const char* line;
};

TEST(AwsJson, RefusesByPlace) {
  std::string deep = R"({"L": [)";
  for (int i = 0; i < 70; ++i) deep += '[';
  const BadText rows[] = {
      {R"({"Vpcs": [{"VpcId": )", "a.json:1:21: json-syntax"},
      {"[]", "a.json:1:1: aws-root"},
      {"3", "a.json:1:1: aws-root"},
      {R"({"L": [{"a": 1, "a": 2}]})", "a.json:1:22: duplicate-key"},
      {R"({"L": [], "L": []})", "a.json:1:16: duplicate-key"},
      {R"({"n": 1, "n": 2})", "a.json:1:15: duplicate-key"},
      {deep.c_str(), "a.json:1:70: nesting-depth"},
  };
  for (const BadText& row : rows) {
    SCOPED_TRACE(row.text);
    Parsed parsed{row.text};
    const Diagnostics errors = parsed.problems.take();
    ASSERT_EQ(errors.size(), 1U) << lines_of(errors);
    EXPECT_EQ(to_string(errors[0]).substr(0, std::string(row.line).size()),
              row.line);
  }
}

TEST(AwsJson, ContentComparesWithoutOrderTagsAndNothings) {
  const Parsed parsed{R"({"L": [
    {"a": 1, "b": {"c": [1, 2]}, "Tags": [{"Key": "x"}]},
    {"b": {"c": [1, 2]}, "a": 1, "n": null, "e": ""},
    {"a": 1, "b": {"c": [2, 1]}},
    {"a": 1, "b": {"c": [1, 2]}, "d": 0}]})"};
  const auto& all = parsed.notes.elements;
  ASSERT_EQ(all.size(), 4U);
  EXPECT_TRUE(same_content(all[0], all[1]));
  EXPECT_TRUE(same_content(all[1], all[0]));
  EXPECT_FALSE(same_content(all[0], all[2]));
  EXPECT_FALSE(same_content(all[0], all[3]));
  EXPECT_FALSE(same_content(all[3], all[0]));
}

}  // namespace
}  // namespace netproof::io
