#include "io/cloudformation_stack.hpp"

#include "folder.hpp"
#include "reading.hpp"

namespace netproof::io {
namespace {

std::optional<CloudFormationStack> stack_of(
    const std::string& text, Problems& problems,
    const std::string& file = "a.yaml") {
  return read_cloudformation_stack(SourceText{file, text}, problems);
}

std::string errors_in(const std::string& text) {
  Problems problems;
  EXPECT_FALSE(stack_of(text, problems));
  return lines_of(problems.take());
}

TEST(CloudFormationStack, TagsStandForFunctions) {
  EXPECT_EQ(cloudformation_function("!Ref"), "Ref");
  EXPECT_EQ(cloudformation_function("!Condition"), "Condition");
  EXPECT_EQ(cloudformation_function("!GetAZs"), "Fn::GetAZs");
  EXPECT_EQ(cloudformation_function("!Include"), "");
  EXPECT_EQ(cloudformation_function("tag:yaml.org,2002:str"), "");
}

TEST(CloudFormationStack, JsonAndYamlAreOneOutline) {
  Problems problems;
  const auto yaml = stack_of(
      "Resources: {V: {Type: 'AWS::EC2::VPC'}}\n"
      "Outputs: {A: {Value: !Ref V}}\n",
      problems, "folder/net.work.yaml");
  const auto json = stack_of(
      R"({"Resources": {"V": {"Type": "AWS::EC2::VPC"}},
          "Outputs": {"A": {"Value": {"Ref": "V"}}}})",
      problems, "net.template");
  ASSERT_TRUE(yaml && json);
  EXPECT_EQ(yaml->name, "net");
  for (const auto* one : {&*yaml, &*json}) {
    const Node* output = one->find("Outputs", "A");
    ASSERT_NE(output, nullptr);
    EXPECT_EQ(output->find("Value")->find("Ref")->text, "V");
    EXPECT_EQ(one->find("Outputs", "B"), nullptr);
    EXPECT_EQ(one->find("Parameters", "A"), nullptr);
  }
}

TEST(CloudFormationStack, EveryErrorOfTheOutlineIsTold) {
  const std::string told = errors_in(
      "Resource: {}\nParameters: []\n"
      "Resources: {A: {}, B: 1, C: {Type: AWS::EC2::VPC, Properties: []}}\n");
  for (const char* what :
       {"a.yaml:1:1", "did you mean 'Resources'", "a.yaml:2:13", "a.yaml:3:13",
        "has a Type", "a.yaml:3:23", "Properties are a mapping"}) {
    EXPECT_NE(told.find(what), std::string::npos) << what << "\n" << told;
  }
  EXPECT_NE(errors_in("Outputs: {}\n").find("section Resources"),
            std::string::npos);
  EXPECT_NE(errors_in("[]\n").find("mapping of sections"), std::string::npos);
}

TEST(CloudFormationStack, ValuesAreGivenToParametersAlone) {
  Problems problems;
  auto stack = stack_of(
      "Parameters: {Stage: {Type: String}, Ids: {Type: List<String>}}\n"
      "Resources: {}\n",
      problems);
  ASSERT_TRUE(stack);
  read_cloudformation_parameters(
      {"p.json", R"({"Stage": "prod", "Ids": ["a", "b"], "AWS::Region": "x"})"},
      *stack, problems);
  EXPECT_EQ(stack->given.at("Stage"), "prod");
  EXPECT_EQ(stack->given.at("Ids"), "a,b");
  EXPECT_EQ(stack->given.at("AWS::Region"), "x");
  EXPECT_EQ(problems.failures(), 0);
  read_cloudformation_parameters(
      {"p.json", R"([{"ParameterKey": "Stag", "ParameterValue": "a"}, {}])"},
      *stack, problems);
  const std::string told = lines_of(problems.take());
  EXPECT_NE(told.find("the template has Stage, Ids"), std::string::npos)
      << told;
  EXPECT_NE(told.find("by ParameterKey and"), std::string::npos) << told;
}

using CloudFormationFiles = netproof::Folder;

TEST_F(CloudFormationFiles, AreFoundByWhatTheyHold) {
  write("a.yaml", "AWSTemplateFormatVersion: 2010-09-09\n");
  write("b.json", R"({"Resources": {"A": {"Type": "AWS::EC2::VPC"}}})");
  write("c.yaml", "vpcs: []\n");
  write("d.txt", "AWSTemplateFormatVersion: 2010-09-09\n");
  write("deep/er/e.yml", "AWSTemplateFormatVersion: 2010-09-09\n");
  const auto files = cloudformation_files(path_).files;
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].filename(), "a.yaml");
  EXPECT_EQ(files[1].filename(), "b.json");
  EXPECT_EQ(files[2].filename(), "e.yml");
  EXPECT_TRUE(is_cloudformation(path_));
  EXPECT_TRUE(is_cloudformation(path_ / "a.yaml"));
  // What lies below may be of any kind.
  EXPECT_FALSE(is_cloudformation(path_ / "deep"));
  EXPECT_FALSE(is_cloudformation(path_ / "c.yaml"));
  EXPECT_FALSE(is_cloudformation(path_ / "none"));
}

}  // namespace
}  // namespace netproof::io
