// Plans and states here are written by hand from S125-S127.
#include "io/terraform_document.hpp"

#include <fmt/format.h>

#include <optional>

#include "reading.hpp"

namespace netproof::io {
namespace {

class Document : public testing::Test {
 protected:
  bool read(const std::string& text) {
    file_.emplace(SourceText{"plan.json", text}, 0);
    return read_terraform_document(*file_, document_, problems_);
  }
  bool read_plan(const std::string& changes, const std::string& more = "") {
    return read(fmt::format(
        R"({{"format_version": "1.2", "planned_values": {{"root_module": {{}}}},
"resource_changes": [{}]{}}})",
        changes, more));
  }
  std::string errors() { return lines_of(problems_.take()); }
  const TerraformResource& only() {
    EXPECT_EQ(document_.resources.size(), 1U);
    return document_.resources.at(0);
  }

  std::optional<AwsFile> file_;
  TerraformDocument document_;
  Problems problems_;
};

std::string change(const std::string& address, const std::string& what) {
  return fmt::format(R"({{"address": "{}", "change": {{{}}}}})", address, what);
}

// covers S125
TEST_F(Document, AStateIsComplete) {
  ASSERT_TRUE(read(R"({"format_version": "1.0", "values": {"root_module": {
    "resources": [{"address": "aws_vpc.a", "values": {"id": "vpc-1"}}],
    "child_modules": [{"resources": [
      {"address": "module.m.aws_vpc.b", "values": {"id": "vpc-2"}}]}]}}})"));
  ASSERT_EQ(document_.resources.size(), 2U);
  EXPECT_EQ(document_.resources[1].address, "module.m.aws_vpc.b");
  EXPECT_TRUE(document_.resources[1].existed);
  EXPECT_TRUE(document_.complete);
}

// covers S125
TEST_F(Document, WhatIsNotKnownStandsInAfterUnknown) {
  ASSERT_TRUE(read_plan(change("aws_vpc.a",
                               R"("actions": ["create"], "before": null,
  "after": {"cidr_block": "10.0.0.0/16", "tags": {"a": "x"}, "list": [1, 2],
            "blocks": [{"p": 1}], "none": null},
  "after_unknown": {"id": true, "cidr_block": false, "tags": {"b": true},
            "list": [false, true], "blocks": [{"q": true}], "none": {},
            "deep": [{"x": true}]})")));
  const AwsValue& values = only().values;
  EXPECT_TRUE(is_unknown(*values.find("id")));
  EXPECT_EQ(known_text(values, "cidr_block"), "10.0.0.0/16");
  EXPECT_EQ(known_text(*values.find("tags"), "a"), "x");
  EXPECT_EQ(values.find("tags")->find("b")->text, "aws_vpc.a.tags.b");
  EXPECT_FALSE(is_unknown(values.find("list")->members[0].value));
  EXPECT_EQ(values.find("list")->members[1].value.text, "aws_vpc.a.list[1]");
  EXPECT_TRUE(is_unknown(*values.find("blocks")->members[0].value.find("q")));
  EXPECT_FALSE(is_unknown(*values.find("none")));
  EXPECT_TRUE(is_unknown(*values.find("deep")));
  EXPECT_FALSE(only().existed);
}

TEST_F(Document, AListOutOfStepIsUnknownAsAWhole) {
  ASSERT_TRUE(read_plan(change("aws_vpc.a",
                               R"("actions": ["update"], "before": {},
  "after": {"list": [1], "same": [1]},
  "after_unknown": {"list": [false, true], "same": [false, false]})")));
  EXPECT_TRUE(is_unknown(*only().values.find("list")));
  EXPECT_FALSE(is_unknown(*only().values.find("same")));
}

// covers S127
TEST_F(Document, TheEndIsEverythingExceptPureDeletes) {
  struct Row {
    const char* actions;
    bool there;
    bool existed;
  };
  for (const Row& row :
       {Row{R"("no-op")", true, true}, Row{R"("read")", true, true},
        Row{R"("update")", true, true}, Row{R"("forget")", true, true},
        Row{R"("delete", "create")", true, false},
        Row{R"("create", "delete")", true, false},
        Row{R"("delete")", false, false}}) {
    SCOPED_TRACE(row.actions);
    document_ = {};
    ASSERT_TRUE(read_plan(change(
        "aws_vpc.a", fmt::format(R"("actions": [{}], "before": {{"id": "x"}},
                                    "after": {{"id": "y"}})",
                                 row.actions))));
    EXPECT_EQ(document_.resources.size(), row.there ? 1U : 0U);
    EXPECT_EQ(document_.deleted.size(), row.there ? 0U : 1U);
    if (!row.there) continue;
    EXPECT_EQ(only().existed, row.existed);
  }
}

TEST_F(Document, WhatTheChangesDoNotNameStaysAsItWas) {
  ASSERT_TRUE(read_plan(
      change("aws_vpc.a", R"("actions": ["no-op"], "before": {"id": "new"},
                             "after": {"id": "new"})"),
      R"(, "prior_state": {"values": {"root_module": {"resources": [
           {"address": "aws_vpc.a", "values": {"id": "old"}},
           {"address": "data.aws_prefix_list.s3", "values": {}}]}}})"));
  ASSERT_EQ(document_.resources.size(), 2U);
  EXPECT_EQ(known_text(document_.resources[0].values, "id"), "new");
  EXPECT_TRUE(document_.resources[1].parts.data);
}

TEST_F(Document, ADeposedObjectGoesAway) {
  ASSERT_TRUE(
      read_plan(change("aws_vpc.a",
                       R"("actions": ["no-op"], "after": {}, "before": {})") +
                R"(, {"address": "aws_vpc.a", "deposed": "0a1b",
            "change": {"actions": ["delete"], "before": {}}})"));
  EXPECT_EQ(only().address, "aws_vpc.a");
}

TEST_F(Document, APartOfAPlanIsNotComplete) {
  ASSERT_TRUE(read_plan("", R"(, "complete": false)"));
  EXPECT_FALSE(document_.complete);
  document_ = {};
  ASSERT_TRUE(read_plan("", R"(, "deferred_changes": [{}])"));
  EXPECT_FALSE(document_.complete);
}

// Each is an error at a place, and nothing is passed over.
TEST_F(Document, WhatIsNoPlanIsRefused) {
  struct Row {
    const char* code;
    const char* text;
  };
  const std::string vpc = R"({"address": "aws_vpc.a", "values": {}})";
  const Row rows[] = {
      {"terraform-format", R"({})"},
      {"terraform-format", R"({"format_version": "1.0"})"},
      {"terraform-format", R"({"format_version": "1.0", "values": null})"},
      {"terraform-format", R"({"version": 4, "terraform_version": "1.11.4",
                               "resources": []})"},
      {"terraform-version", R"({"format_version": "2.0", "values": {}})"},
      {"terraform-version", R"({"format_version": "10.0", "values": {}})"},
      {"terraform-version", R"({"format_version": {}, "values": {}})"},
      {"terraform-errored", R"({"format_version": "1.2", "errored": true,
                                "planned_values": {}})"},
      {"value-type", R"({"format_version": "1.2", "values": 7})"},
      {"value-type",
       R"({"format_version": "1.2", "values": {"root_module": []}})"},
      {"value-type", R"({"format_version": "1.2",
                         "values": {"root_module": {"resources": {}}}})"},
      {"value-type", R"({"format_version": "1.2",
                         "values": {"root_module": {"resources": [7]}}})"},
      {"value-type", R"({"format_version": "1.2",
                         "values": {"root_module": {"child_modules": [[]]}}})"},
      {"value-type", R"({"format_version": "1.2", "planned_values": 7})"},
      {"value-type", R"({"format_version": "1.2", "planned_values": {},
                         "resource_changes": {}})"},
      {"value-type", R"({"format_version": "1.2", "planned_values": {},
                         "prior_state": []})"},
      {"json", R"({"format_version": "1.2")"},
  };
  for (const Row& row : rows) {
    document_ = {};
    EXPECT_FALSE(read(row.text)) << row.text;
    const std::string said = errors();
    EXPECT_NE(said.find(row.code), std::string::npos) << row.text << said;
  }
}

TEST_F(Document, AResourceThatSaysNoChangeIsRefused) {
  struct Row {
    const char* code;
    const char* changes;
  };
  const Row rows[] = {
      {"terraform-address", R"({"address": "x", "change": {}})"},
      {"terraform-address", R"({"change": {}})"},
      {"terraform-address",
       R"({"address": "aws_vpc.a", "type": "aws_subnet", "change": {}})"},
      {"terraform-change", R"({"address": "aws_vpc.a"})"},
      {"value-type", R"({"address": "aws_vpc.a", "change": []})"},
      {"terraform-change", R"({"address": "aws_vpc.a",
         "change": {"actions": ["explode"], "after": {}}})"},
      {"value-type", R"({"address": "aws_vpc.a",
         "change": {"actions": "create", "after": {}}})"},
      {"terraform-change",
       R"({"address": "aws_vpc.a", "change": {"after": {}}})"},
      {"terraform-change", R"({"address": "aws_vpc.a",
         "change": {"actions": ["create"], "after": null}})"},
      {"terraform-change", R"({"address": "aws_vpc.a",
         "change": {"actions": ["update"], "before": {}, "after": 3}})"},
      {"terraform-change", R"({"address": "aws_vpc.a", "change":
         {"actions": ["create"], "after": {}, "after_unknown": true}})"},
      {"terraform-address", R"({"address": "aws_vpc.a",
         "change": {"actions": ["create"], "after": {}}},
         {"address": "aws_vpc.a",
         "change": {"actions": ["create"], "after": {}}})"},
  };
  for (const Row& row : rows) {
    document_ = {};
    EXPECT_FALSE(read_plan(row.changes)) << row.changes;
    const std::string said = errors();
    EXPECT_NE(said.find(row.code), std::string::npos) << row.changes << said;
  }
}

TEST_F(Document, APlannedResourceHasAChange) {
  EXPECT_FALSE(read(R"({"format_version": "1.2", "planned_values":
    {"root_module": {"resources": [{"address": "aws_vpc.a", "values": {}}]}}})"));
  EXPECT_NE(errors().find("terraform-change"), std::string::npos);
}

TEST_F(Document, AStateThatNamesAResourceTwiceIsRefused) {
  EXPECT_FALSE(read(R"({"format_version": "1.2", "values": {"root_module":
    {"resources": [{"address": "aws_vpc.a", "values": {}},
                   {"address": "aws_vpc.a", "values": {}}]}}})"));
  EXPECT_NE(errors().find("'aws_vpc.a'"), std::string::npos);
}

TEST_F(Document, DeepNestingIsRefused) {
  const std::string open(5000, '[');
  EXPECT_FALSE(read(R"({"format_version": "1.2", "values": )" + open));
  EXPECT_NE(errors().find("nesting-depth"), std::string::npos);
}

}  // namespace
}  // namespace netproof::io
