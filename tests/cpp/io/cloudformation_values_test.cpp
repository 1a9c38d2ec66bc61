#include "io/cloudformation_values.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

/// "text", "[a, b]", "?why", "{k: v}" and "-" for nothing.
std::string shown(const AwsValue& value) {
  switch (value.kind) {
    case AwsValue::Kind::kNull:
      return "-";
    case AwsValue::Kind::kUnknown:
      return "?" + std::string(value.text);
    case AwsValue::Kind::kText:
    case AwsValue::Kind::kWord:
      return std::string(value.text);
    case AwsValue::Kind::kList:
    case AwsValue::Kind::kMap:
      break;
  }
  const bool map = value.kind == AwsValue::Kind::kMap;
  std::string text;
  for (const AwsValue::Member& one : value.members) {
    text += text.empty() ? "" : ", ";
    if (map) text += std::string(one.key) + ": ";
    text += shown(one.value);
  }
  return (map ? "{" : "[") + text + (map ? "}" : "]");
}

constexpr const char* kHead = R"(
Parameters:
  Open: {Type: String}
  Stage: {Type: String, Default: prod}
  Blocks: {Type: CommaDelimitedList, Default: "10.0.0.0/16, 10.1.0.0/16"}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /a}
Mappings:
  Sizes: {prod: {bits: 8}, test: {bits: 6}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Not [!Condition IsProd]
  IsOpen: !Equals [!Ref Open, x]
  Never: !And [!Condition IsOpen, !Condition IsTest]
  Always: !Or [!Condition IsOpen, !Condition IsProd]
  MayBe: !Or [!Condition IsOpen, !Condition IsTest]
  Same: !Equals [!Ref "AWS::Region", !Sub "${AWS::Region}"]
  Here: !Equals [!Ref "AWS::Region", eu-west-1]
Resources:
  Vpc: {Type: "AWS::EC2::VPC", Properties: {CidrBlock: 10.7.0.0/16}}
  Ip: {Type: "AWS::EC2::EIP"}
  Role: {Type: "AWS::IAM::Role"}
  Gone: {Type: "AWS::EC2::VPC", Condition: IsTest}
  MayBe: {Type: "AWS::EC2::VPC", Condition: IsOpen}
Outputs:
  A: {Value: !Ref Vpc, Export: {Name: !Sub "${AWS::StackName}-vpc"}}
  B: {Value: x, Export: {Name: off}, Condition: IsTest}
  C: {Value: x, Export: {Name: perhaps}, Condition: IsOpen}
Metadata:
)";

/// Reads the value that is written as the metadata of a template.
class Read {
 public:
  explicit Read(const std::string& value)
      : source_{"net.yaml", std::string(kHead) + "  Value: " + value + "\n"},
        file_{source_, 0} {
    auto stack = read_cloudformation_stack(source_, problems_);
    EXPECT_TRUE(stack) << lines_of(problems_.diagnostics());
    if (!stack) return;
    stacks_.push_back(std::move(*stack));
    CloudFormationValues values{stacks_, ValueMaker{file_}, problems_};
    const Node& node = stacks_[0].root.find("Metadata")->items.front();
    value_ = shown(values.read(0, node));
    errors_ = lines_of(problems_.take());
  }

  const std::string& value() const { return value_; }
  const std::string& errors() const { return errors_; }

 private:
  SourceText source_;
  AwsFile file_;
  Problems problems_;
  std::vector<CloudFormationStack> stacks_;
  std::string value_;
  std::string errors_;
};

std::string value_of(const std::string& written) {
  const Read read{written};
  EXPECT_EQ(read.errors(), "") << written;
  return read.value();
}

// covers S131
TEST(CloudFormationValues, ReferencesLeadToParametersAndResources) {
  EXPECT_EQ(value_of("!Ref Stage"), "prod");
  EXPECT_EQ(value_of("!Ref Blocks"), "[10.0.0.0/16, 10.1.0.0/16]");
  EXPECT_EQ(value_of("!Ref Open"), "?parameter Open");
  EXPECT_EQ(value_of("!Ref Stored"), "?parameter Stored");
  EXPECT_EQ(value_of("!Ref Vpc"), "Vpc");
  EXPECT_EQ(value_of("!Ref Ip"), "?Ip");
  EXPECT_EQ(value_of("!Ref Role"), "?Role");
  EXPECT_EQ(value_of("!Ref Gone"), "?Gone, which is not made");
  EXPECT_EQ(value_of("!Ref MayBe"), "?MayBe, which may not be made");
  EXPECT_EQ(value_of("!Ref AWS::StackName"), "net");
  EXPECT_EQ(value_of("!Ref AWS::Region"), "${AWS::Region}");
  EXPECT_EQ(value_of("[a, !Ref AWS::NoValue, b]"), "[a, b]");
  EXPECT_EQ(value_of("{a: !Ref AWS::NoValue, b: c}"), "{b: c}");
}

// covers S131
TEST(CloudFormationValues, AttributesAreNamesOrProperties) {
  EXPECT_EQ(value_of("!GetAtt Vpc.CidrBlock"), "10.7.0.0/16");
  EXPECT_EQ(value_of("!GetAtt [Vpc, VpcId]"), "Vpc");
  EXPECT_EQ(value_of("{Fn::GetAtt: [Vpc, DefaultSecurityGroup]}"),
            "Vpc/DefaultSecurityGroup");
  EXPECT_EQ(value_of("!GetAtt Ip.AllocationId"), "Ip");
  EXPECT_EQ(value_of("!GetAtt Ip.PublicIp"), "?Ip.PublicIp");
  EXPECT_EQ(value_of("!GetAtt Role.Id"), "?Role.Id");
  EXPECT_EQ(value_of("!GetAtt Gone.VpcId"), "?Gone, which may not be made");
}

TEST(CloudFormationValues, TextsArePutTogetherAndTakenApart) {
  EXPECT_EQ(value_of("!Sub \"${Stage}-${Vpc.CidrBlock}-${Vpc}\""),
            "prod-10.7.0.0/16-Vpc");
  EXPECT_EQ(value_of("!Sub [\"${a}${b}\", {a: !Ref Stage, b: 1}]"), "prod1");
  EXPECT_EQ(value_of("!Sub \"x${Open}\""), "?parameter Open");
  EXPECT_EQ(value_of("!Sub \"${AWS::Region}a\""), "${AWS::Region}a");
  EXPECT_EQ(value_of("!Join [\".\", [a, !Ref Stage]]"), "a.prod");
  EXPECT_EQ(value_of("!Join [\",\", !Ref Blocks]"), "10.0.0.0/16,10.1.0.0/16");
  EXPECT_EQ(value_of("!Join [\",\", [a, !Ref Open]]"), "?parameter Open");
  EXPECT_EQ(value_of("!Split [\"/\", !GetAtt Vpc.CidrBlock]"),
            "[10.7.0.0, 16]");
  EXPECT_EQ(value_of("!Split [\"-\", !Ref AWS::Region]"), "?Fn::Split");
  EXPECT_EQ(value_of("!Base64 a"), "?Fn::Base64");
  EXPECT_EQ(value_of("{Fn::Transform: {Name: x}, a: b}"), "?Fn::Transform");
}

TEST(CloudFormationValues, ListsAreChosenFrom) {
  EXPECT_EQ(value_of("!Select [1, !Ref Blocks]"), "10.1.0.0/16");
  EXPECT_EQ(value_of("!Select [!Ref Open, [a, b]]"), "?parameter Open");
  EXPECT_EQ(value_of("!Select [0, [a, !Ref Open]]"), "a");
  EXPECT_EQ(value_of("!Select [1, !GetAZs \"\"]"), "${zone 1}");
  EXPECT_EQ(value_of("!Select [1, {Fn::GetAZs: !Ref AWS::Region}]"),
            "${zone 1}");
  EXPECT_EQ(value_of("!Select [2, !Cidr [!GetAtt Vpc.CidrBlock, 4, !FindInMap "
                     "[Sizes, !Ref Stage, bits]]]"),
            "10.7.2.0/24");
  EXPECT_EQ(value_of("!FindInMap [Sizes, none, bits]"),
            "?Fn::FindInMap Sizes.none");
  EXPECT_EQ(value_of("!FindInMap [Sizes, !Ref Open, bits]"), "?parameter Open");
}

// covers S131
TEST(CloudFormationValues, ConditionsHaveThreeAnswers) {
  EXPECT_EQ(value_of("!If [IsProd, a, b]"), "a");
  EXPECT_EQ(value_of("!If [IsTest, a, b]"), "b");
  EXPECT_EQ(value_of("!If [Never, a, b]"), "b");
  EXPECT_EQ(value_of("!If [Always, a, b]"), "a");
  EXPECT_EQ(value_of("!If [Same, a, b]"), "a");
  EXPECT_EQ(value_of("!If [IsOpen, a, b]"), "?condition IsOpen");
  EXPECT_EQ(value_of("!If [MayBe, a, b]"), "?condition MayBe");
  EXPECT_EQ(value_of("!If [Here, a, b]"), "?condition Here");
  EXPECT_EQ(value_of("!If [IsOpen, a, a]"), "a");
  EXPECT_EQ(value_of("[x, !If [IsTest, a, !Ref AWS::NoValue]]"), "[x]");
}

// covers S131
TEST(CloudFormationValues, ImportsAreWhatOthersExport) {
  EXPECT_EQ(value_of("!ImportValue net-vpc"), "Vpc");
  EXPECT_EQ(value_of("{Fn::ImportValue: !Sub \"${AWS::StackName}-vpc\"}"),
            "Vpc");
  EXPECT_EQ(value_of("!ImportValue off"), "?Fn::ImportValue off");
  EXPECT_EQ(value_of("!ImportValue perhaps"), "?Fn::ImportValue perhaps");
  EXPECT_EQ(value_of("!ImportValue none"), "?Fn::ImportValue none");
}

TEST(CloudFormationValues, MistakesHaveAPlaceAndAWayOut) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"!Ref Vpcs", "did you mean 'Vpc'"},
      {"!GetAtt Vps.VpcId", "did you mean 'Vpc'"},
      {"!GetAtt Vpc", "as !GetAtt Vpc.CidrBlock"},
      {"!Select [7, [a]]", "the list has 1"},
      {"!Cidr [10.0.0.0/24, 3, 8]", "host bits of each"},
      {"!If [IsPro, a, b]", "did you mean 'IsProd'"},
      {"!Join [a]", "at least 2"},
  };
  for (const auto& [written, told] : rows) {
    const Read read{written};
    EXPECT_EQ(read.value().substr(0, 1), "?") << written;
    EXPECT_NE(read.errors().find("net.yaml:29:"), std::string::npos)
        << read.errors();
    EXPECT_NE(read.errors().find(told), std::string::npos) << read.errors();
  }
}

TEST(CloudFormationValues, BlocksFollowEachOther) {
  EXPECT_EQ(cidr_blocks("10.0.0.0/23", "2", "8"),
            (std::vector<std::string>{"10.0.0.0/24", "10.0.1.0/24"}));
  EXPECT_EQ(cidr_blocks("2001:db8::/56", "2", "64"),
            (std::vector<std::string>{"2001:db8::/64", "2001:db8:0:1::/64"}));
  EXPECT_EQ(
      cidr_blocks("255.255.255.0/24", "2", "7"),
      (std::vector<std::string>{"255.255.255.0/25", "255.255.255.128/25"}));
  EXPECT_EQ(cidr_blocks("10.0.0.0/23", "3", "8"), std::nullopt);
  EXPECT_EQ(cidr_blocks("10.0.0.0/23", "1", "10"), std::nullopt);
  EXPECT_EQ(cidr_blocks("10.0.0.0/23", "1", "99"), std::nullopt);
  EXPECT_EQ(cidr_blocks("x", "1", "8"), std::nullopt);
}

}  // namespace
}  // namespace netproof::io
