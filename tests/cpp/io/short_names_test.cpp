#include "io/short_names.hpp"

#include "reading.hpp"

namespace netproof {
namespace {

const std::string kDeclared = R"(
vpcs:
  - name: v
    cidr: 10.1.0.0/16
    labels: {in: declared}
    main_route_table: r
    default_security_group: g
    subnets:
      - {name: s, cidr: 10.1.0.0/24, route_table: r, network_acl: a, security_groups: [g], interfaces: [{name: i, address: 10.1.0.10, security_groups: [g, other]}]}
    route_tables:
      - {name: own, routes: [{destination: 10.9.0.0/16, target: ["endpoint:e", "interface:e"]}]}
    security_groups:
      - {name: own, ingress: [{service: any, sources: ["sg:g"]}], egress: [{service: any, destinations: ["sg:g"]}]}
      - g
  - {name: w, cidr: 10.2.0.0/16, security_groups: [g], subnets: [{name: t, cidr: 10.2.0.0/24, route_table: unknown, network_acl: a}]}
security_groups: [{name: g, vpcs: {select: {in: declared}}}]
route_tables: [{name: r, vpcs: {select: {in: declared}}}]
network_acls: [{name: a, vpcs: {select: {in: declared}}}]
endpoints: [{name: e, kind: gateway, vpcs: {select: {in: declared}}}]
)";

TEST(ShortNames, MeanTheObjectOfTheirOwnVpc) {
  const auto parts = parts_of(kDeclared);
  const Vpc& vpc = parts.vpcs.at(0);
  EXPECT_EQ(vpc.main_table->name, "r@v");
  EXPECT_TRUE(vpc.main_table->id);
  EXPECT_EQ(vpc.default_group->name, "g@v");
  EXPECT_EQ(names_of(vpc.security_groups->items), Names{"g@v"});
  const Subnet& subnet = parts.subnets.at(0);
  EXPECT_EQ(subnet.route_table->value.name, "r@v");
  EXPECT_EQ(subnet.acl->value.name, "a@v");
  EXPECT_EQ(names_of(subnet.security_groups->items), Names{"g@v"});
  EXPECT_EQ(names_of(parts.interfaces.at(0).security_groups->items),
            (Names{"g@v", "other"}));
  const auto& targets = parts.route_tables.at(0).routes.items.at(0).targets;
  EXPECT_EQ(targets.at(0).name, "e@v");
  EXPECT_EQ(targets.at(0).index, 0U);
  EXPECT_EQ(targets.at(1).name, "e");
  const SecurityGroup& own = parts.security_groups.at(0);
  const auto peer = [](const SecurityGroupRule& rule) {
    return std::get<Ref<SecurityGroup>>(rule.peers.items.at(0));
  };
  EXPECT_EQ(peer(own.ingress.items.at(0)).name, "g@v");
  EXPECT_EQ(peer(own.egress.items.at(0)).id, (Id<SecurityGroup>{1}));
}

TEST(ShortNames, MeanNothingWhereTheVpcHasNoSuchObject) {
  const auto parts = parts_of(kDeclared);
  const auto& groups = parts.vpcs.at(1).security_groups->items;
  EXPECT_EQ(groups.at(0).name, "g");
  EXPECT_FALSE(groups.at(0).id);
  EXPECT_TRUE(parts.subnets.at(1).route_table->unknown);
  EXPECT_FALSE(parts.subnets.at(1).acl->value.id);
}

TEST(ShortNames, GiveWayToAnObjectOfThatName) {
  const std::string text =
      "vpcs: [{name: v, cidr: 10.0.0.0/8, main_route_table: r}]\n"
      "route_tables: [{name: r, vpcs: {select: {}}}, {name: r, vpc: v}]\n";
  const auto parts = parts_of(text);
  ASSERT_EQ(parts.route_tables.size(), 2U);
  EXPECT_EQ(parts.vpcs.at(0).main_table->name, "r");
  EXPECT_EQ(parts.route_tables.at(0).name, "r");
  EXPECT_EQ(parts.vpcs.at(0).main_table->id, (Id<RouteTable>{0}));
}

}  // namespace
}  // namespace netproof
