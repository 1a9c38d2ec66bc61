// Templates here are written by hand.
#include "io/cloudformation_reader.hpp"

#include <algorithm>

#include "folder.hpp"
#include "reading.hpp"

namespace netproof {
namespace {

class CloudFormationReader : public Folder {
 protected:
  TopologyParts parts() const {
    const auto read = read_topology(path_.string());
    if (read) return read.value().parts();
    ADD_FAILURE() << lines_of(read.error());
    return {};
  }
  /// Those of a template with these resources.
  TopologyParts of(const std::string& resources) const {
    write("net.yaml",
          "AWSTemplateFormatVersion: 2010-09-09\nResources:\n" + resources);
    return parts();
  }
};

template <class Kind>
const Kind& named(const std::vector<Kind>& objects, const std::string& name) {
  const auto at = std::ranges::find(objects, name, &Kind::name);
  if (at != objects.end()) return *at;
  ADD_FAILURE() << "no " << name;
  static const Kind none{};
  return none;
}

constexpr const char* kVpc =
    "  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: "
    "10.0.0.0/24, AvailabilityZone: a}}\n";

// covers S131, S14, S70, S76
TEST_F(CloudFormationReader, AVpcComesWithWhatAwsMakes) {
  const TopologyParts p = of(kVpc);
  const Vpc& vpc = named(p.vpcs, "V");
  EXPECT_EQ(span_of(vpc.where), "net.yaml:3:3-4");
  ASSERT_TRUE(vpc.main_table);
  EXPECT_EQ(vpc.main_table->name, "V/main-route-table");
  EXPECT_TRUE(named(p.route_tables, "V/main-route-table").routes.items.empty());
  EXPECT_EQ(named(p.security_groups, "V/DefaultSecurityGroup").vpc.name, "V");
  EXPECT_EQ(named(p.network_acls, "V/DefaultNetworkAcl").vpc.name, "V");
  EXPECT_FALSE(vpc.subnets_open);
  EXPECT_TRUE(p.gaps.empty()) << lines_of(p.gaps);
}

// covers S131, S51
TEST_F(CloudFormationReader, AttachmentsJoinTheDefaultTable) {
  const std::string attachment =
      "  A: {Type: AWS::EC2::TransitGatewayAttachment, Properties: "
      "{TransitGatewayId: !Ref T, VpcId: !Ref V, SubnetIds: [!Ref S]}}\n";
  const std::string gateway = "  T: {Type: AWS::EC2::TransitGateway";
  TopologyParts p = of(kVpc + attachment + gateway + "}\n");
  ASSERT_EQ(p.transit_route_tables.size(), 1U);
  EXPECT_EQ(p.transit_route_tables[0].associations.items.size(), 1U);
  EXPECT_EQ(p.transit_route_tables[0].propagations.items.size(), 1U);
  p = of(kVpc + attachment + gateway +
         ", Properties: {DefaultRouteTablePropagation: disable}}\n");
  ASSERT_EQ(p.transit_route_tables.size(), 1U);
  EXPECT_EQ(p.transit_route_tables[0].associations.items.size(), 1U);
  EXPECT_TRUE(p.transit_route_tables[0].propagations.items.empty());
}

// covers S131
TEST_F(CloudFormationReader, NamesOfSeveralStacksAreToldApart) {
  const std::string head = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n";
  write("a.yaml", head + kVpc);
  write("b.yaml", head + kVpc);
  const TopologyParts p = parts();
  EXPECT_EQ(span_of(named(p.vpcs, "a.V").where), "a.yaml:3:3-4");
  EXPECT_EQ(span_of(named(p.vpcs, "b.V").where), "b.yaml:3:3-4");
  write("b.json", R"({"Resources": {"X": {"Type": "AWS::EC2::VPC"}}})");
  ASSERT_EQ(errors().size(), 1U);
  EXPECT_EQ(errors()[0].code, "cloudformation-stack");
}

TEST_F(CloudFormationReader, WhatIsTakenForGrantedIsListed) {
  write("net.yaml",
        "Parameters: {P: {Type: String, Default: x}, Q: {Type: String}}\n"
        "Resources: {A: {Type: AWS::IAM::Role}}\n");
  std::string values;
  for (const Assumption& one : parts().assumptions) values += one.value + ";";
  EXPECT_EQ(values, "absent;net;x;");
  write("net.parameters.json", R"({"P": "y", "AWS::StackName": "z"})");
  values.clear();
  for (const Assumption& one : parts().assumptions) values += one.value + ";";
  EXPECT_EQ(values, "absent;");
}

// covers S131
TEST_F(CloudFormationReader, MacrosMakeAllUnknown) {
  const std::string resources = std::string("Resources:\n") + kVpc;
  write("net.yaml", "Transform: AWS::Serverless-2016-10-31\n" + resources);
  EXPECT_TRUE(parts().gaps.empty());
  write("net.yaml", "Transform: [Own]\n" + resources);
  EXPECT_FALSE(parts().gaps.empty());
  EXPECT_TRUE(parts().vpcs[0].subnets_open);
  write("net.yaml", resources + "  Fn::ForEach::X: [a, [b], {}]\n");
  EXPECT_FALSE(parts().gaps.empty());
}

}  // namespace
}  // namespace netproof
