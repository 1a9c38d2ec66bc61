#include "io/cloudformation_zones.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

using Texts = std::vector<std::string>;

/// The zones of subnets that are written so; "?" for unknown.
Texts settled(const Texts& written, bool one_account = true) {
  AwsFile file{SourceText{"f", ""}, 0};
  const ValueMaker maker{file};
  std::vector<CloudFormationResource> subnets;
  for (const std::string& zone : written) {
    CloudFormationResource one;
    one.type = "AWS::EC2::Subnet";
    one.properties = ValueMaker::map({});
    put(one.properties, "AvailabilityZone", maker.text(zone, {}));
    subnets.push_back(std::move(one));
  }
  settle_zones(subnets, maker, one_account);
  Texts zones;
  for (const CloudFormationResource& one : subnets) {
    const AwsValue& zone = *one.properties.find("AvailabilityZone");
    zones.push_back(is_unknown(zone) ? "?" : std::string(zone.text));
  }
  return zones;
}

// covers S57
TEST(CloudFormationZones, CompareWithTheirLikeAlone) {
  EXPECT_EQ(settled({"eu-west-1a", "eu-west-1b"}),
            (Texts{"eu-west-1a", "eu-west-1b"}));
  EXPECT_EQ(settled({"${AWS::Region}a", "${AWS::Region}b"}), (Texts{"a", "b"}));
  EXPECT_EQ(settled({"${zone 0}", "${zone 1}", "${zone 0}"}),
            (Texts{"0", "1", "0"}));
  EXPECT_EQ(settled({"${zone 0}", "eu-west-1a"}), (Texts{"?", "eu-west-1a"}));
  EXPECT_EQ(settled({"${zone 0}", "${AWS::Region}a"}), (Texts{"?", "a"}));
  EXPECT_EQ(settled({"${AWS::StackId}", "${zone 2}"}), (Texts{"?", "2"}));
  EXPECT_EQ(settled({"${AWS::Region}${AWS::AccountId}"}), (Texts{"?"}));
  EXPECT_EQ(settled({"eu-west-1a"}, false), (Texts{"?"}));
}

TEST(CloudFormationZones, WhatIsOnlyNamedIsUnknownElsewhere) {
  AwsFile file{SourceText{"f", ""}, 0};
  const ValueMaker maker{file};
  AwsValue map = ValueMaker::map({});
  put(map, "ServiceName", maker.text("com.${AWS::Region}.s3", {}));
  put(map, "CidrBlock", maker.text("${AWS::AccountId}", {}));
  push(map, "List", maker.text("a", {}));
  push(map, "List", maker.text("${a}", {}));
  settle_symbols(map, maker);
  EXPECT_FALSE(is_unknown(*map.find("ServiceName")));
  EXPECT_TRUE(is_unknown(*map.find("CidrBlock")));
  EXPECT_FALSE(is_unknown(map.find("List")->members[0].value));
  EXPECT_TRUE(is_unknown(map.find("List")->members[1].value));
}

}  // namespace
}  // namespace netproof::io
