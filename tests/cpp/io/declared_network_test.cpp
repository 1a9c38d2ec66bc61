#include "io/declared_network.hpp"

#include <algorithm>

#include "io/aws_build.hpp"
#include "io/resolve.hpp"
#include "reading.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Sort = DeclaredNetwork::Sort;

template <class Kind>
const Kind& named(const std::vector<Kind>& objects, const std::string& name) {
  const auto at = std::ranges::find(objects, name, &Kind::name);
  if (at != objects.end()) return *at;
  ADD_FAILURE() << "no " << name;
  static const Kind none{};
  return none;
}

class Declared : public testing::Test {
 protected:
  explicit Declared(const std::string& assume = {})
      : options_{false, "", assume},
        reading_{draft_, snapshot_, options_},
        network_{reading_,
                 snapshot_.files.emplace_back(SourceText{"plan.json", "{}"},
                                              snapshot_.scope_index({}))} {
    at_.kind = AwsValue::Kind::kMap;
    at_.end = 2;
  }

  AwsValue text(const std::string& value) const {
    return network_.maker().text(value, at_);
  }
  AwsValue nobody_knows(const std::string& what) const {
    return network_.maker().unknown(what, at_);
  }

  // A VPC "v" with its subnet "s", and what AWS makes with it.
  void add_vpc(Age age = Age::kNew) {
    AwsValue& vpc = network_.declare(F::kVpcs, "v", at_);
    AwsValue block = ValueMaker::map(at_);
    put(block, "CidrBlock", text("10.1.0.0/16"));
    push(vpc, "CidrBlockAssociationSet", std::move(block));
    network_.add_vpc({"v", "v.group", "v.acl", "v.table", age}, at_);
    AwsValue& subnet = network_.declare(F::kSubnets, "s", at_);
    put(subnet, "VpcId", text("v"));
    put(subnet, "CidrBlock", text("10.1.1.0/24"));
  }
  void add_gateway(Age age = Age::kNew) {
    network_.declare(F::kTransitGateways, "tgw", at_);
    network_.add_gateway({"tgw", "tgw.table", "tgw.table", age}, at_);
    AwsValue& any = network_.declare(F::kTransitAttachments, "att", at_);
    put(any, "TransitGatewayId", text("tgw"));
    put(any, "ResourceType", text("vpc"));
    put(any, "ResourceId", text("v"));
    AwsValue& attachment = network_.declare(F::kVpcAttachments, "att", at_);
    put(attachment, "TransitGatewayId", text("tgw"));
    put(attachment, "VpcId", text("v"));
    push(attachment, "SubnetIds", text("s"));
  }
  void add_internet_gateway() {
    AwsValue attached = ValueMaker::map(at_);
    put(attached, "VpcId", text("v"));
    push(network_.declare(F::kInternetGateways, "igw", at_), "Attachments",
         std::move(attached));
  }

  const TopologyParts& build() {
    network_.finish();
    build_network(reading_);
    draft_.parts.gaps = reading_.gaps.take();
    resolve_names(draft_);
    EXPECT_EQ(lines_of(draft_.problems.take()), "");
    return draft_.parts;
  }
  bool says(const std::string& code, const std::string& fragment) const {
    return std::ranges::any_of(draft_.parts.gaps, [&](const Diagnostic& gap) {
      return gap.code == code && gap.fragment == fragment;
    });
  }

  Draft draft_;
  AwsSnapshot snapshot_;
  ReadOptions options_;
  AwsReading reading_;
  DeclaredNetwork network_;
  AwsValue at_;
};

class Assuming : public Declared {
 protected:
  Assuming() : Declared("aws-defaults") {}
};

TEST_F(Declared, AResourceIsDeclaredOnce) {
  AwsValue& first = network_.declare(F::kVpcs, "v", at_);
  EXPECT_EQ(&network_.declare(F::kVpcs, "v", at_), &first);
  EXPECT_EQ(network_.find(F::kVpcs, "v"), &first);
  EXPECT_EQ(network_.find(F::kSubnets, "v"), nullptr);
  EXPECT_EQ(known_text(first, "VpcId"), "v");
}

// covers S14, S128
TEST_F(Declared, LinesAreAddedToWhatAwsMakes) {
  add_vpc();
  EXPECT_EQ(network_.find(F::kRouteTables, "v.table"), nullptr);
  network_.declare_defaults();
  AwsValue* table = network_.find(F::kRouteTables, "v.table");
  ASSERT_NE(table, nullptr);
  AwsValue route = ValueMaker::map(at_);
  put(route, "DestinationCidrBlock", text("0.0.0.0/0"));
  put(route, "GatewayId", text("igw"));
  push(*table, "Routes", std::move(route));
  add_internet_gateway();
  const TopologyParts& p = build();
  EXPECT_EQ(p.route_tables.size(), 1U);
  EXPECT_EQ(named(p.route_tables, "v.table").routes.items.size(), 1U);
}

// covers S14, S70, S76
TEST_F(Declared, AwsMakesTableGroupAndAclWithANewVpc) {
  add_vpc();
  const TopologyParts& p = build();
  EXPECT_EQ(lines_of(p.gaps), "");
  EXPECT_EQ(named(p.vpcs, "v").main_table->name, "v.table");
  const RouteTable& table = named(p.route_tables, "v.table");
  EXPECT_FALSE(table.routes.open);
  EXPECT_TRUE(table.routes.items.empty());
  const NetworkAcl& acl = named(p.network_acls, "v.acl");
  for (const auto* entries : {&acl.inbound, &acl.outbound}) {
    EXPECT_FALSE(entries->open);
    ASSERT_EQ(entries->items.size(), 2U);
    EXPECT_TRUE(entries->items[0].allow.is(true));
  }
  const SecurityGroup& group = named(p.security_groups, "v.group");
  EXPECT_EQ(group.ingress.items.size(), 1U);
  EXPECT_EQ(group.egress.items.size(), 1U);
  EXPECT_FALSE(group.ingress.open || group.egress.open);
  EXPECT_FALSE(named(p.subnets, "s").interfaces_open);
}

TEST_F(Declared, WhatSomebodyMayHaveChangedIsUnknown) {
  add_vpc(Age::kOld);
  const TopologyParts& p = build();
  EXPECT_TRUE(named(p.route_tables, "v.table").routes.open);
  EXPECT_TRUE(named(p.network_acls, "v.acl").inbound.open);
  EXPECT_TRUE(named(p.network_acls, "v.acl").outbound.open);
  const SecurityGroup& group = named(p.security_groups, "v.group");
  EXPECT_TRUE(group.ingress.open || group.ingress.items[0].service.unknown);
  EXPECT_TRUE(group.egress.open || group.egress.items[0].service.unknown);
  EXPECT_TRUE(says("value-is-known", "v: the routes of its main table"));
}

TEST_F(Assuming, WhatSomebodyMayHaveChangedIsAnAssumption) {
  add_vpc(Age::kOld);
  const TopologyParts& p = build();
  EXPECT_FALSE(named(p.route_tables, "v.table").routes.open);
  EXPECT_FALSE(named(p.network_acls, "v.acl").inbound.open);
  EXPECT_EQ(p.assumptions.size(), 3U);
}

TEST_F(Declared, WhatIsDeclaredTakesThePlaceOfADefault) {
  add_vpc(Age::kOld);
  AwsValue& acl = network_.declare(F::kNetworkAcls, "v.acl", at_);
  put(acl, "VpcId", text("v"));
  put(acl, "IsDefault", ValueMaker::flag(true, at_));
  AwsValue& group = network_.declare(F::kSecurityGroups, "v.group", at_);
  put(group, "VpcId", text("v"));
  put(group, "GroupName", text("default"));
  AwsValue& table = network_.declare(F::kRouteTables, "v.table", at_);
  put(table, "VpcId", text("v"));
  const TopologyParts& p = build();
  EXPECT_EQ(lines_of(p.gaps), "");
  EXPECT_TRUE(named(p.network_acls, "v.acl").inbound.items.empty());
  EXPECT_TRUE(named(p.security_groups, "v.group").ingress.items.empty());
  EXPECT_EQ(named(p.vpcs, "v").main_table->name, "v.table");
}

TEST_F(Declared, AnotherTableIsTheMainOne) {
  add_vpc();
  AwsValue& table = network_.declare(F::kRouteTables, "other", at_);
  put(table, "VpcId", text("v"));
  network_.set_main_table("v", text("other"));
  const TopologyParts& p = build();
  EXPECT_EQ(named(p.vpcs, "v").main_table->name, "other");
}

TEST_F(Declared, AMainTableThatNobodyKnowsRoutesAnything) {
  add_vpc();
  network_.set_main_table("v", nobody_knows("aws_main.x.route_table_id"));
  const TopologyParts& p = build();
  const std::string main = named(p.vpcs, "v").main_table->name;
  EXPECT_TRUE(named(p.route_tables, main).routes.open);
}

// covers S51
TEST_F(Declared, AttachmentsJoinTheDefaultTables) {
  add_vpc();
  add_gateway();
  network_.join_default("tgw", "att", {true, true}, at_);
  const TopologyParts& p = build();
  EXPECT_EQ(lines_of(p.gaps), "");
  const TransitRouteTable& table = named(p.transit_route_tables, "tgw.table");
  EXPECT_EQ(names_of(table.associations.items), Names{"att"});
  EXPECT_EQ(names_of(table.propagations.items), Names{"att"});
  EXPECT_FALSE(table.routes.open || table.associations.open ||
               table.propagations.open);
}

TEST_F(Declared, AttachmentsMayStayAway) {
  add_vpc();
  add_gateway();
  network_.join_default("tgw", "att", {true, false}, at_);
  network_.join_default("other", "att", {true, true}, at_);
  const TopologyParts& p = build();
  const TransitRouteTable& table = named(p.transit_route_tables, "tgw.table");
  EXPECT_EQ(table.associations.items.size(), 1U);
  EXPECT_TRUE(table.propagations.items.empty());
}

TEST_F(Declared, ADefaultTableThatExistedMayHoldAnything) {
  add_vpc();
  add_gateway(Age::kOld);
  const TopologyParts& p = build();
  const TransitRouteTable& table = named(p.transit_route_tables, "tgw.table");
  EXPECT_TRUE(table.routes.open);
  EXPECT_TRUE(table.associations.open);
  EXPECT_TRUE(table.propagations.open);
}

TEST_F(Declared, ATableThatNobodyDeclaresMayHoldAnything) {
  add_vpc();
  add_gateway();
  network_.associate(text("tgw-rtb-9"), text("att"), at_);
  const TopologyParts& p = build();
  EXPECT_TRUE(named(p.transit_route_tables, "tgw-rtb-9").routes.open);
}

TEST_F(Declared, AnAttachmentOfNobodyKnowsWhichTableOpensAll) {
  add_vpc();
  add_gateway();
  network_.propagate(nobody_knows("aws_x.table"), text("att"), at_);
  const TopologyParts& p = build();
  const TransitRouteTable& table = named(p.transit_route_tables, "tgw.table");
  EXPECT_TRUE(table.routes.open);
  EXPECT_TRUE(table.associations.open);
  EXPECT_TRUE(table.propagations.open);
}

// A subnet of nobody knows which VPC may be in each, with any label.
TEST_F(Declared, WhatHasNoHomeMayBeAnywhere) {
  add_vpc();
  AwsValue& lost = network_.declare(F::kSubnets, "lost", at_);
  put(lost, "VpcId", nobody_knows("aws_subnet.lost.vpc_id"));
  const TopologyParts& p = build();
  EXPECT_EQ(p.subnets.size(), 1U);
  EXPECT_TRUE(named(p.vpcs, "v").subnets_open);
  EXPECT_TRUE(named(p.subnets, "s").interfaces_open);
  EXPECT_TRUE(named(p.vpcs, "v").cidrs.open);
  EXPECT_TRUE(named(p.route_tables, "v.table").routes.open);
  EXPECT_TRUE(named(p.network_acls, "v.acl").inbound.open);
  EXPECT_TRUE(says("value-is-known", "aws_subnet.lost.vpc_id"));
}

TEST_F(Declared, ADoubtConcernsAllOfItsSort) {
  add_vpc();
  network_.doubt(Sort::kAcls, "aws_network_acl_rule.x", at_);
  const TopologyParts& p = build();
  EXPECT_TRUE(named(p.network_acls, "v.acl").inbound.open);
  EXPECT_FALSE(named(p.route_tables, "v.table").routes.open);
  EXPECT_FALSE(named(p.vpcs, "v").subnets_open);
  EXPECT_TRUE(says("value-is-known", "aws_network_acl_rule.x"));
}

TEST_F(Declared, AGroupOfWhichARuleIsUnknownMayLetAnythingPass) {
  add_vpc();
  network_.doubt(Sort::kGroups, "aws_rule.x", at_);
  const TopologyParts& p = build();
  const SecurityGroup& group = named(p.security_groups, "v.group");
  EXPECT_TRUE(group.ingress.open || group.ingress.items.back().service.unknown);
  EXPECT_TRUE(group.egress.open || group.egress.items.back().service.unknown);
}

// covers S129
TEST_F(Declared, AStrangerIsAWayThatNobodyKnows) {
  add_vpc();
  network_.add_stranger("aws_vpclattice_service.x", at_);
  const TopologyParts& p = build();
  EXPECT_TRUE(named(p.route_tables, "v.table").routes.open);
  EXPECT_TRUE(says("value-is-known", "aws_vpclattice_service.x"));
  EXPECT_FALSE(p.sites.empty());
}

TEST_F(Declared, UnlistedInterfacesMayBeInEverySubnet) {
  add_vpc();
  network_.add_unlisted_interfaces();
  EXPECT_TRUE(named(build().subnets, "s").interfaces_open);
}

// covers S27
TEST_F(Declared, APublicAddressThatNobodyKnowsHidesTheGateway) {
  add_vpc();
  add_internet_gateway();
  network_.doubt_public("v", "aws_eip.a.public_ip", at_);
  const TopologyParts& p = build();
  EXPECT_TRUE(p.internet_gateways.empty());
  EXPECT_TRUE(says("public-addresses-are-known", "aws_eip.a.public_ip"));
  EXPECT_FALSE(p.sites.empty());
}

TEST_F(Declared, PublicAddressesOfAnotherVpcHideNothing) {
  add_vpc();
  add_internet_gateway();
  network_.doubt_public("other", "aws_eip.a.public_ip", at_);
  const TopologyParts& p = build();
  EXPECT_EQ(p.internet_gateways.size(), 1U);
  EXPECT_EQ(lines_of(p.gaps), "");
}

TEST_F(Declared, ATagThatNobodyKnowsLeavesTheObjectOut) {
  add_vpc();
  put(*network_.find(F::kVpcs, "v"), "Tags", nobody_knows("aws_vpc.v.tags"));
  build();
  ASSERT_EQ(draft_.unlabelled.size(), 1U);
  EXPECT_EQ(draft_.unlabelled.front().fragment, "aws_vpc.v.tags");
}

TEST_F(Declared, AZoneThatNobodyKnowsIsUnknown) {
  add_vpc();
  put(*network_.find(F::kSubnets, "s"), "AvailabilityZone",
      nobody_knows("aws_subnet.s.availability_zone"));
  const TopologyParts& p = build();
  EXPECT_TRUE(named(p.subnets, "s").zone.unknown);
  EXPECT_FALSE(named(p.vpcs, "v").subnets_open);
}

}  // namespace
}  // namespace netproof::io
