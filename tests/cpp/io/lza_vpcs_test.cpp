#include "lza_landing.hpp"

namespace netproof {
namespace {

class LzaVpcs : public Landing {
 protected:
  static std::string vpc(const std::string& rest,
                         const std::string& account = "A") {
    return "vpcs:\n  - {name: V, account: " + account +
           ", region: eu-west-1, " + rest + "}\n";
  }
};

TEST_F(LzaVpcs, AVpcHasWhatItSays) {
  const TopologyParts read =
      parts(vpc("cidrs: [10.0.0.0/16], tags: [{key: tier, value: web}], "
                "internetGateway: true, egressOnlyIgw: true, "
                "virtualPrivateGateway: {asn: 65000}, "
                "ipv6Cidrs: [{cidrBlock: '2001:db8::/56'}]"));
  const Vpc& one = named(read.vpcs, "V");
  EXPECT_EQ(prefixes_of(one.cidrs), Names({"10.0.0.0/16", "2001:db8::/56"}));
  EXPECT_FALSE(one.cidrs.open);
  EXPECT_EQ(one.account, "A");
  EXPECT_EQ(one.labels.at("tier"), "web");
  EXPECT_EQ(one.labels.at("vpc-name"), "V");
  EXPECT_EQ(one.where.line, 4);
  EXPECT_EQ(names_of(read.internet_gateways), Names({"V/igw"}));
  EXPECT_EQ(names_of(read.egress_only_gateways), Names({"V/eigw"}));
  EXPECT_EQ(names_of(read.vpn_gateways), Names({"V/vgw"}));
  EXPECT_TRUE(read.snapshot);
  EXPECT_EQ(gaps_of(read), "");
}

TEST_F(LzaVpcs, WhatAPoolGivesIsUnknown) {
  const TopologyParts read =
      parts(vpc("cidrs: [10.0.0.0/16], ipamAllocations: [{ipamPoolName: p, "
                "netmaskLength: 24}], ipv6Cidrs: [{amazonProvided: true}], "
                "subnets: [{name: S, availabilityZone: a, ipamAllocation: "
                "{ipamPoolName: p, netmaskLength: 28}}]"));
  EXPECT_TRUE(named(read.vpcs, "V").cidrs.open);
  EXPECT_TRUE(named(read.subnets, "V/S").cidrs.open);
}

// covers S164: letters are of one account, numbers are everywhere the same.
TEST_F(LzaVpcs, ZonesByLetterBelongToTheAccount) {
  const auto zone = [&](const std::string& zones) {
    const TopologyParts read = parts(vpc("subnets: [" + zones + "]"));
    const Open<std::string>& found = read.subnets.at(0).zone;
    return found.unknown ? "unknown" : found.value;
  };
  EXPECT_EQ(zone("{name: S, availabilityZone: a}"), "eu-west-1a@A");
  EXPECT_EQ(zone("{name: S, availabilityZone: 2}"), "eu-west-1-az2");
  EXPECT_EQ(zone("{name: S}"), "unknown");
  EXPECT_EQ(zone("{name: S, availabilityZone: a}, "
                 "{name: T, availabilityZone: 1}"),
            "unknown");
}

// covers S165: what stands in a subnet is not listed.
TEST_F(LzaVpcs, SubnetsMayHoldInterfaces) {
  const TopologyParts read = parts(
      vpc("cidrs: [10.0.0.0/16], routeTables: [{name: T, routes: []}], "
          "subnets: [{name: S, ipv4CidrBlock: 10.0.0.0/24, routeTable: T}, "
          "{name: M, ipv4CidrBlock: 10.0.1.0/24}]"));
  const Subnet& one = named(read.subnets, "V/S");
  EXPECT_TRUE(one.interfaces_open);
  EXPECT_EQ(one.route_table->value.name, "V/T");
  EXPECT_FALSE(named(read.subnets, "V/M").route_table);
}

TEST_F(LzaVpcs, AKeyOfASubnetThatIsNotKnownOpensIt) {
  const TopologyParts read = parts(
      vpc("subnets: [{name: S, ipv4CidrBlock: 10.0.0.0/24, routeTable: T, "
          "routing: special}]"));
  EXPECT_TRUE(named(read.subnets, "V/S").route_table->unknown);
  EXPECT_TRUE(named(read.subnets, "V/S").acl->unknown);
  EXPECT_NE(gaps_of(read).find("'routing'"), std::string::npos);
}

TEST_F(LzaVpcs, AKeyOfAVpcThatIsNotKnownOpensItsTables) {
  const TopologyParts read =
      parts(vpc("cidrs: [10.0.0.0/16], wormhole: true, "
                "routeTables: [{name: T, routes: []}]"));
  EXPECT_TRUE(named(read.route_tables, "V/T").routes.open);
  EXPECT_EQ(names_of(read.sites), Names({"not-in-the-configuration"}));
}

// Whatever raises the doubt, and wherever it stands.
TEST_F(LzaVpcs, ADoubtIsInEveryTableOfTheVpc) {
  const std::string tables =
      "cidrs: [10.0.0.0/16], routeTables: [{name: T, routes: []}";
  for (const std::string& more :
       {std::string(", {name: U, gatewayAssociation: newGateway, routes: []}]"),
        std::string("], internetGateway: \"{{ X }}\""),
        std::string("], egressOnlyIgw: \"{{ X }}\"")}) {
    const TopologyParts read = parts(vpc(tables + more));
    EXPECT_TRUE(named(read.route_tables, "V/T").routes.open) << more;
  }
  const std::string vpn =
      "customerGateways: [{name: C, account: A, region: eu-west-1, asn: 1, "
      "ipAddress: 198.51.100.1, vpnConnections: [{name: N, vpc: V";
  const std::string homes = vpc(tables + "], virtualPrivateGateway: {asn: 1}");
  EXPECT_TRUE(named(parts(homes + vpn + ", novel: 1}]}]\n").route_tables, "V/T")
                  .routes.open);
  EXPECT_FALSE(
      named(parts(homes + vpn + "}]}]\n").route_tables, "V/T").routes.open);
}

// covers S169: who named another subnet may have meant this one.
TEST_F(LzaVpcs, AnAclOfASubnetThatIsNotKnownMayBeThatOfAny) {
  for (const char* subnet : {"X", "\"{{ X }}\""}) {
    const TopologyParts read =
        parts(vpc("subnets: [{name: S, ipv4CidrBlock: 10.0.0.0/24}, {name: R, "
                  "ipv4CidrBlock: 10.0.1.0/24}], networkAcls: [{name: N, "
                  "subnetAssociations: [S]}, {name: M, subnetAssociations: [" +
                  std::string(subnet) + "]}]"));
    EXPECT_TRUE(named(read.subnets, "V/S").acl->unknown) << subnet;
    ASSERT_TRUE(named(read.subnets, "V/R").acl) << subnet;
    EXPECT_TRUE(named(read.subnets, "V/R").acl->unknown) << subnet;
    EXPECT_NE(gaps_of(read).find("subnets of its VPC"), std::string::npos);
  }
}

TEST_F(LzaVpcs, AnOutpostIsAWayThatIsNotKnown) {
  const TopologyParts read =
      parts(vpc("cidrs: [10.0.0.0/16], outposts: [{name: O, arn: a, "
                "availabilityZone: a}]"));
  EXPECT_EQ(names_of(read.sites), Names({"not-in-the-configuration"}));
  EXPECT_NE(gaps_of(read).find("'outposts'"), std::string::npos);
}

TEST_F(LzaVpcs, ATagOfUnknownValueMakesEverythingUnknown) {
  const TopologyParts read = parts(
      vpc("cidrs: [10.0.0.0/16], tags: [{key: tier, value: \"{{ X }}\"}]"));
  ASSERT_EQ(read.left_out.size(), 1U);
  EXPECT_EQ(read.left_out.front().fragment, "{{ X }}");
}

TEST_F(LzaVpcs, WhatRulesSelectByIsKnown) {
  for (const char* rest :
       {"tags: [{key: \"${ACCEL_LOOKUP::X}\", value: web}]",
        "subnets: [{name: \"{{ X }}\", ipv4CidrBlock: 10.0.0.0/24}]",
        "routeTables: [{name: \"{{ X }}\", routes: []}]"}) {
    EXPECT_EQ(parts(vpc(rest)).left_out.size(), 1U) << rest;
  }
  EXPECT_EQ(parts(vpc("cidrs: []", "\"{{ X }}\"")).left_out.size(), 1U);
}

TEST_F(LzaVpcs, ErrorsAreAllReported) {
  const std::string said = refused(
      "vpcs:\n"
      "  - {account: A, region: eu-west-1}\n"
      "  - {name: W, account: A, region: eu-west-1, cidrs: 10.0.0.0/16}\n"
      "  - {name: X, account: A, region: eu-west-1, subnets: {}}\n"
      "  - [V]\n"
      "  - {name: Y, account: A, region: eu-west-1, cidrs: [10.1.300.0/24]}\n"
      "  - {name: Y, account: A, region: eu-west-1}\n"
      "vpcTemplates:\n"
      "  - {name: Z, region: eu-west-1}\n");
  for (const char* place :
       {":4:5", ":5:53", ":6:55", ":7:5", ":8:54", ":9:", ":11:5"}) {
    EXPECT_NE(said.find(place), std::string::npos) << place << "\n" << said;
  }
}

}  // namespace
}  // namespace netproof
