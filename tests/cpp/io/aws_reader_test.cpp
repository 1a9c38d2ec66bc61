// Snapshots here are written by hand in the shapes of the AWS command line.
#include "io/aws_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "reading.hpp"

namespace netproof {
namespace {

namespace fs = std::filesystem;

class AwsReader : public testing::Test {
 protected:
  AwsReader() : path_{fs::path(testing::TempDir()) / unique_name()} {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~AwsReader() override { fs::remove_all(path_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream{path_ / name, std::ios::binary} << text;
  }
  TopologyParts parts(const ReadOptions& options = {}) const {
    const auto read = read_topology(path_.string(), options);
    if (read) return read.value().parts();
    ADD_FAILURE() << lines_of(read.error());
    return {};
  }
  std::string errors() const {
    const auto read = read_topology(path_.string());
    return read ? std::string{} : lines_of(read.error());
  }

  fs::path path_;

 private:
  static std::string unique_name() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    return std::string("netproof-aws-") + test->name();
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

std::vector<std::string> prefixes_of(const OpenList<WrittenPrefix>& list) {
  std::vector<std::string> texts;
  for (const WrittenPrefix& one : list.items) {
    texts.push_back(to_string(one.prefix));
  }
  return texts;
}

// covers S10, S13, S32
TEST_F(AwsReader, BlocksCountWhileTheyAreAssociated) {
  write("111122223333/eu-west-1/a.json", R"({"Vpcs": [{"VpcId": "vpc-1",
    "OwnerId": "111122223333", "CidrBlock": "10.0.0.0/16",
    "CidrBlockAssociationSet": [
     {"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}},
     {"CidrBlock": "10.9.0.0/16", "CidrBlockState": {"State": "failed"}}],
    "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8::/56",
     "Ipv6CidrBlockState": {"State": "associated"}}],
    "BlockPublicAccessStates": {"InternetGatewayBlockMode": "block-ingress"},
    "Tags": [{"Key": "Environment", "Value": "prod"}]}],
   "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1",
    "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a",
    "AvailabilityZoneId": "euw1-az2"}]})");
  const TopologyParts p = parts();
  EXPECT_TRUE(p.snapshot);
  const Vpc& vpc = named(p.vpcs, "vpc-1");
  EXPECT_EQ(prefixes_of(vpc.cidrs), (Names{"10.0.0.0/16", "2001:db8::/56"}));
  EXPECT_FALSE(vpc.cidrs.open);
  EXPECT_TRUE(vpc.public_access.value == PublicAccess::kIngressBlocked);
  EXPECT_EQ(vpc.labels.at("Environment"), "prod");
  EXPECT_EQ(vpc.account, "111122223333");
  EXPECT_EQ(vpc.region, "eu-west-1");
  EXPECT_EQ(vpc.where.line, 1);
  EXPECT_TRUE(vpc.where.file.ends_with("eu-west-1/a.json"));
  const Subnet& subnet = named(p.subnets, "subnet-1");
  EXPECT_EQ(subnet.zone.value, "euw1-az2");
  EXPECT_FALSE(subnet.zone.unknown);
  // Calls are missing, so tables and ACLs are unknown.
  EXPECT_TRUE(subnet.acl->unknown);
  EXPECT_TRUE(subnet.interfaces_open);
  EXPECT_TRUE(named(p.route_tables, "vpc-1/not-in-the-snapshot").routes.open);
  EXPECT_EQ(vpc.main_table->name, "vpc-1/not-in-the-snapshot");
}

// A hostile file: such a block has more addresses than memory.
TEST_F(AwsReader, AWideBlockOfAnInterfaceIsNotListed) {
  write("a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
   "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1",
    "CidrBlock": "10.0.1.0/24", "AvailabilityZoneId": "euw1-az2"}],
   "NetworkInterfaces": [
    {"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "VpcId": "vpc-1",
     "PrivateIpAddress": "10.0.1.5",
     "Ipv4Prefixes": [{"Ipv4Prefix": "0.0.0.0/0"}]},
    {"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-1", "VpcId": "vpc-1",
     "PrivateIpAddress": "10.0.1.6",
     "Ipv4Prefixes": [{"Ipv4Prefix": "10.0.1.16/28"}]}]})");
  const TopologyParts p = parts();
  EXPECT_EQ(named(p.interfaces, "eni-1").addresses.size(), 1U);
  EXPECT_EQ(named(p.interfaces, "eni-2").addresses.size(), 17U);
  EXPECT_TRUE(named(p.subnets, "subnet-1").interfaces_open);
}

// A hostile file: two gateways of one name, each associated with the other.
TEST_F(AwsReader, GatewaysThatLeadToThemselvesAreReadOnce) {
  write("a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
   "VpnGateways": [{"VpnGatewayId": "vgw-1", "State": "available",
    "VpcAttachments": [{"VpcId": "vpc-1", "State": "attached"}]}],
   "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [
    {"DestinationCidrBlock": "192.168.0.0/16", "GatewayId": "vgw-1",
     "State": "active", "Origin": "EnableVgwRoutePropagation"}]}],
   "directConnectGatewayAssociations": [{"associationId": "a-1",
    "directConnectGatewayId": "vgw-1",
    "associationState": "associated", "associatedGateway": {"id": "vgw-1",
     "type": "virtualPrivateGateway"}}]})");
  const TopologyParts p = parts();
  EXPECT_EQ(p.direct_connect_gateways.size(), 1U);
  EXPECT_EQ(p.vpn_gateways.front().name, "vgw-1");
}

TEST_F(AwsReader, AnUnknownStateOpensTheBlocks) {
  write("a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlockAssociationSet": [
    {"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "resting"}}]}]})");
  const TopologyParts p = parts();
  EXPECT_TRUE(named(p.vpcs, "vpc-1").cidrs.open);
  EXPECT_TRUE(named(p.vpcs, "vpc-1").cidrs.items.empty());
  EXPECT_NE(lines_of(p.gaps).find("snapshot-is-understood"), std::string::npos);
}

// covers S14, S17-S20, S23
TEST_F(AwsReader, RoutesLeadToWhatIsDescribed) {
  write("a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
   "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1",
     "CidrBlock": "10.0.1.0/24"}],
   "InternetGateways": [{"InternetGatewayId": "igw-1",
     "Attachments": [{"State": "available", "VpcId": "vpc-1"}]}],
   "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1",
     "Associations": [{"Main": true},
       {"SubnetId": "subnet-1", "AssociationState": {"State": "associated"}}],
     "Routes": [
      {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local",
       "Origin": "CreateRouteTable", "State": "active"},
      {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1",
       "Origin": "CreateRoute", "State": "active"},
      {"DestinationCidrBlock": "10.7.0.0/16", "State": "blackhole",
       "VpcPeeringConnectionId": "pcx-1", "Origin": "CreateRoute"},
      {"DestinationCidrBlock": "10.8.0.0/16", "State": "filtered",
       "GatewayId": "igw-1", "Origin": "CreateRoute"},
      {"DestinationCidrBlock": "10.9.0.0/16", "State": "active",
       "NatGatewayId": "nat-gone", "Origin": "CreateRoute"}]},
    {"RouteTableId": "rtb-2", "VpcId": "vpc-1",
     "Associations": [{"GatewayId": "igw-1"}], "Routes": []}]})");
  const TopologyParts p = parts();
  const RouteTable& table = named(p.route_tables, "rtb-1");
  ASSERT_EQ(table.routes.items.size(), 4U);
  EXPECT_FALSE(table.routes.open);
  const auto kind = [&](std::size_t i) {
    return table.routes.items[i].targets.at(0).kind;
  };
  EXPECT_TRUE(kind(0) == TargetKind::kInternetGateway);
  EXPECT_TRUE(table.routes.items[0].targets[0].index);
  EXPECT_TRUE(kind(1) == TargetKind::kBlackhole);
  EXPECT_TRUE(kind(2) == TargetKind::kUnknown);
  EXPECT_TRUE(kind(3) == TargetKind::kUnknown);
  EXPECT_EQ(named(p.vpcs, "vpc-1").main_table->name, "rtb-1");
  EXPECT_EQ(named(p.subnets, "subnet-1").route_table->value.name, "rtb-1");
  EXPECT_EQ(named(p.route_tables, "rtb-2").gateway->name, "igw-1");
  // An unknown route may lead to what nobody described.
  EXPECT_EQ(named(p.vpn_gateways, "vpc-1/not-in-the-snapshot").vpc->name,
            "vpc-1");
}

// covers S71, S76, S77
TEST_F(AwsReader, FiltersKeepServicesAndOrder) {
  write("a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
   "SecurityGroups": [{"GroupId": "sg-1", "GroupName": "default",
     "VpcId": "vpc-1", "IpPermissionsEgress": [],
     "IpPermissions": [
      {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 90,
       "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
      {"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1,
       "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
      {"IpProtocol": "47", "UserIdGroupPairs": [{"GroupId": "sg-1"}]},
      {"IpProtocol": "odd"}]}],
   "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1",
     "IsDefault": true, "Entries": [
      {"RuleNumber": 32767, "Egress": false, "Protocol": "-1",
       "RuleAction": "deny", "CidrBlock": "0.0.0.0/0"},
      {"RuleNumber": 7, "Egress": false, "Protocol": "6", "RuleAction": "allow",
       "CidrBlock": "0.0.0.0/0", "PortRange": {"From": 22, "To": 22}},
      {"RuleNumber": 8, "Egress": true, "Protocol": "58", "RuleAction": "deny",
       "CidrBlock": "0.0.0.0/0", "IcmpTypeCode": {"Type": 1, "Code": 1}},
      {"RuleNumber": 9, "Egress": true, "Protocol": "6", "RuleAction": "maybe",
       "CidrBlock": "0.0.0.0/0"}]}]})");
  const TopologyParts p = parts();
  const SecurityGroup& group = named(p.security_groups, "sg-1");
  ASSERT_EQ(group.ingress.items.size(), 4U);
  EXPECT_EQ(group.ingress.items[0].name, "sg-1 ingress #1");
  EXPECT_EQ(to_string(group.ingress.items[0].service.value), "tcp/80-90");
  EXPECT_EQ(to_string(group.ingress.items[1].service.value), "icmp/8");
  EXPECT_EQ(to_string(group.ingress.items[2].service.value), "proto/47");
  EXPECT_TRUE(group.ingress.items[3].service.unknown);
  EXPECT_FALSE(group.ingress.open);
  EXPECT_TRUE(group.egress.items.empty());
  EXPECT_EQ(named(p.vpcs, "vpc-1").default_group->name, "sg-1");
  const NetworkAcl& acl = named(p.network_acls, "acl-1");
  ASSERT_EQ(acl.inbound.items.size(), 1U);
  EXPECT_EQ(acl.inbound.items[0].number, 7);
  EXPECT_EQ(to_string(acl.inbound.items[0].service.value), "tcp/22");
  ASSERT_EQ(acl.outbound.items.size(), 2U);
  EXPECT_EQ(to_string(acl.outbound.items[0].service.value), "icmpv6");
  EXPECT_TRUE(acl.outbound.items[1].allow.unknown);
  EXPECT_FALSE(acl.outbound.open);
}

// covers S75
TEST_F(AwsReader, AGroupOfTwoVpcsStandsInBoth) {
  write("a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"},
    {"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}],
   "Subnets": [{"SubnetId": "subnet-2", "VpcId": "vpc-2",
     "CidrBlock": "10.2.1.0/24"}],
   "SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [
     {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-1"}]}]}],
   "SecurityGroupVpcAssociations": [{"GroupId": "sg-1", "VpcId": "vpc-2",
     "State": "associated"}],
   "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "VpcId": "vpc-2",
     "SubnetId": "subnet-2", "PrivateIpAddress": "10.2.1.9",
     "Groups": [{"GroupId": "sg-1"}]}]})");
  const TopologyParts p = parts();
  EXPECT_EQ(named(p.security_groups, "sg-1/vpc-2").vpc.name, "vpc-2");
  EXPECT_EQ(names_of(named(p.interfaces, "eni-1").security_groups->items),
            Names{"sg-1/vpc-2"});
  for (const SecurityGroup& group : p.security_groups) {
    EXPECT_EQ(group.ingress.items.at(0).peers.items.size(), 2U);
  }
}

// covers S27
TEST_F(AwsReader, PublicAddressesGoInStepWithPrivateOnes) {
  write("a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
   "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1",
     "CidrBlock": "10.0.1.0/24"}],
   "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "VpcId": "vpc-1",
     "SubnetId": "subnet-1", "SourceDestCheck": false,
     "Attachment": {"InstanceId": "i-1"},
     "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.1.5"},
      {"PrivateIpAddress": "10.0.1.6", "Association": {"PublicIp": "8.8.4.4"}}],
     "Ipv4Prefixes": [{"Ipv4Prefix": "10.0.1.16/28"}],
     "Ipv6Addresses": [{"Ipv6Address": "2001:db8::5"}],
     "TagSet": [{"Key": "role", "Value": "web"}]},
    {"NetworkInterfaceId": "eni-nat", "VpcId": "vpc-1",
     "SubnetId": "subnet-1", "InterfaceType": "nat_gateway"}]})");
  const TopologyParts p = parts();
  ASSERT_EQ(p.interfaces.size(), 1U);
  const Interface& interface = p.interfaces[0];
  ASSERT_EQ(interface.addresses.size(), 19U);
  EXPECT_EQ(to_string(interface.addresses[0]), "10.0.1.6");
  EXPECT_EQ(to_string(interface.addresses[1]), "10.0.1.5");
  EXPECT_EQ(to_string(interface.addresses[17]), "10.0.1.31");
  EXPECT_EQ(to_string(interface.addresses[18]), "2001:db8::5");
  ASSERT_EQ(interface.public_addresses.size(), 1U);
  EXPECT_TRUE(interface.source_check.is(false));
  EXPECT_EQ(interface.labels.at("role"), "web");
  EXPECT_EQ(interface.labels.at("instance"), "i-1");
}

TEST_F(AwsReader, WrongTypesAreReportedTogether) {
  write("a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": 10}],
"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1",
 "CidrBlock": "10.0.300.0/24", "Tags": {"a": 1}}]})");
  const std::string said = errors();
  EXPECT_NE(said.find("a.json:1:43: value-type"), std::string::npos) << said;
  EXPECT_NE(said.find("a.json:3:15: prefix"), std::string::npos) << said;
  EXPECT_NE(said.find("a.json:3:40: value-type"), std::string::npos) << said;
}

TEST_F(AwsReader, BadBytesAndRootsAreErrors) {
  write("a.json", "{\"Vpcs\": [\"\xff\"]}");
  write("b.json", "[]");
  write("c/d.json", "{\"Vpcs\": [");
  const std::string said = errors();
  EXPECT_NE(said.find("a.json:1:12: file-encoding"), std::string::npos) << said;
  EXPECT_NE(said.find("b.json:1:1: aws-root"), std::string::npos) << said;
  EXPECT_NE(said.find("c/d.json:1:11: json-syntax"), std::string::npos) << said;
}

TEST_F(AwsReader, AFolderIsASnapshotByItsFiles) {
  EXPECT_FALSE(io::is_aws_snapshot(path_));
  write("x/a.json", R"({"Vpcs": []})");
  write("np.json", R"({"collector_version": "1", "vpcs": []})");
  write("own.json", R"({"vpcs": []})");
  write("plan.json", R"({"format_version": "1.2"})");
  EXPECT_TRUE(io::is_aws_snapshot(path_));
  EXPECT_TRUE(io::is_aws_snapshot(path_ / "x/a.json"));
  EXPECT_TRUE(io::is_aws_snapshot(path_ / "np.json"));
  EXPECT_FALSE(io::is_aws_snapshot(path_ / "own.json"));
  EXPECT_FALSE(io::is_aws_snapshot(path_ / "plan.json"));
  fs::remove_all(path_ / "x");
  fs::remove(path_ / "plan.json");
  fs::remove(path_ / "own.json");
  EXPECT_EQ(parts().vpcs.size(), 0U);
}

}  // namespace
}  // namespace netproof
