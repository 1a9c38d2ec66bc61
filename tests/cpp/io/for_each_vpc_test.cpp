#include "io/for_each_vpc.hpp"

#include <algorithm>

#include "reading.hpp"

namespace netproof {
namespace {

const std::string kVpcs = R"(
accounts:
  - {name: plants, id: "111122223333", ou: line, labels: {department: manufacturing, environment: prod}}
vpcs:
  - {name: p1, account: plants, cidr: 10.1.0.0/16, labels: {function: app}}
  - {name: p2, account: "111122223333", cidr: 10.2.0.0/16, labels: {environment: dev}}
  - {name: shop, cidr: 10.3.0.0/16, region: tokyo, labels: {department: sales}}
)";

template <class Kind>
Names object_names(const std::vector<Kind>& objects) {
  Names names;
  for (const Kind& object : objects) names.push_back(object.name);
  std::ranges::sort(names);
  return names;
}

Names groups_for(const std::string& selection) {
  const auto parts = parts_of(
      kVpcs + "security_groups: [{name: g, vpcs: " + selection + "}]\n");
  return object_names(parts.security_groups);
}

TEST(ForEachVpc, ASelectionMatchesInheritedLabels) {
  EXPECT_EQ(groups_for("{select: {department: manufacturing}}"),
            (Names{"g@p1", "g@p2"}));
  EXPECT_EQ(groups_for("{select: {environment: prod}}"), Names{"g@p1"});
  EXPECT_EQ(groups_for("{select: {account: plants, function: app}}"),
            Names{"g@p1"});
  EXPECT_EQ(groups_for("{select: {ou: line}}"), (Names{"g@p1", "g@p2"}));
  EXPECT_EQ(groups_for("{select: {region: tokyo}}"), Names{"g@shop"});
  EXPECT_EQ(groups_for("{select: {department: [sales, manufacturing]}, minus: "
                       "{environment: dev}}"),
            (Names{"g@p1", "g@shop"}));
  EXPECT_EQ(groups_for("{select: {}}"), (Names{"g@p1", "g@p2", "g@shop"}));
}

TEST(ForEachVpc, EachObjectIsInItsVpcAndStandsWhereItIsDeclared) {
  const auto parts = parts_of(kVpcs + R"(
network_acls:
  - {name: a, vpcs: {select: {environment: prod}}, inbound: [{rule: 1, action: allow, service: any, cidr: 0.0.0.0/0}]}
endpoints:
  - {name: s3, kind: gateway, vpcs: {select: {department: sales}}}
security_groups:
  - name: g
    vpcs: {select: {environment: prod}}
    ingress: [{service: tcp/1, sources: [10.0.0.0/8]}, {name: mine, service: tcp/2, sources: ["sg:g"]}]
)");
  ASSERT_EQ(parts.network_acls.size(), 1U);
  EXPECT_EQ(parts.network_acls[0].name, "a@p1");
  EXPECT_EQ(parts.network_acls[0].vpc.id, (Id<Vpc>{0}));
  EXPECT_EQ(span_of(parts.network_acls[0].where), "net.yaml:10:12-13");
  EXPECT_EQ(parts.network_acls[0].inbound.items.size(), 1U);
  ASSERT_EQ(parts.endpoints.size(), 1U);
  EXPECT_EQ(parts.endpoints[0].name, "s3@shop");
  const SecurityGroup& group = parts.security_groups.at(0);
  EXPECT_EQ(group.ingress.items.at(0).name, "sg:g@p1 ingress #1");
  EXPECT_EQ(group.ingress.items.at(1).name, "mine");
  EXPECT_EQ(group.egress.items.at(0).name, "sg:g@p1 egress default");
}

TEST(ForEachVpc, AMainTableIsThatOfItsVpcs) {
  const auto parts = parts_of(kVpcs + R"(
route_tables:
  - {name: main, main: true, vpcs: {select: {department: manufacturing}}, routes: [{destination: 0.0.0.0/0, target: blackhole}]}
  - {name: spare, main: false, vpcs: {select: {department: sales}}}
)");
  EXPECT_EQ(parts.vpcs.at(0).main_table->name, "main@p1");
  EXPECT_EQ(parts.vpcs.at(0).main_table->id, (Id<RouteTable>{0}));
  EXPECT_EQ(parts.vpcs.at(1).main_table->id, (Id<RouteTable>{1}));
  EXPECT_FALSE(parts.vpcs.at(2).main_table);
}

TEST(ForEachVpc, ACarriedGroupIsCarriedByUnlistedAddressesAndInterfaces) {
  const auto parts = parts_of(R"(
vpcs:
  - name: v
    cidr: 10.1.0.0/16
    labels: {a: b}
    security_groups: [{name: own}, own]
    subnets:
      - name: s
        cidr: 10.1.0.0/24
        interfaces:
          - {name: i, address: 10.1.0.10}
          - {name: j, address: 10.1.0.11, security_groups: [own]}
  - {name: w, cidr: 10.2.0.0/16, subnets: [{name: t, cidr: 10.2.0.0/24, interfaces: [{name: k, address: 10.2.0.10}]}]}
security_groups:
  - {name: app, carried: true, vpcs: {select: {a: b}}}
  - {name: log, carried: true, vpcs: {select: {a: b}}}
)");
  EXPECT_EQ(names_of(parts.vpcs.at(0).security_groups->items),
            (Names{"own", "app@v", "log@v"}));
  EXPECT_FALSE(parts.vpcs.at(0).security_groups->open);
  EXPECT_FALSE(parts.vpcs.at(1).security_groups);
  EXPECT_EQ(names_of(parts.interfaces.at(0).security_groups->items),
            (Names{"app@v", "log@v"}));
  EXPECT_EQ(parts.interfaces.at(0).security_groups->items[0].id,
            (Id<SecurityGroup>{1}));
  EXPECT_EQ(names_of(parts.interfaces.at(1).security_groups->items),
            Names{"own"});
  EXPECT_FALSE(parts.interfaces.at(2).security_groups);
}

TEST(ForEachVpc, IsRefusedWithPlaceAndWayOut) {
  const std::vector<Refusal> rows{
      {"empty-selector",
       "security_groups: [{name: g, vpcs: {select: {departmnt: sales}}}]\n", 8,
       35, "nothing matched", "did you mean 'department'?"},
      {"empty-selector",
       "endpoints: [{name: g, kind: gateway, vpcs: {select: {department: "
       "[sale]}}}]\n",
       8, 44, "nothing matched", "did you mean 'sales'?"},
      {"missing-key", "network_acls: [{name: g, vpcs: {minus: {a: b}}}]\n", 8,
       32, "", "has 'select'"},
      {"unknown-key",
       "network_acls: [{name: g, vpcs: {select: {}, mins: {a: b}}}]\n", 8, 45,
       "mins", "did you mean 'minus'?"},
      {"one-of-keys",
       "network_acls: [{name: g, vpc: p1, vpcs: {select: {}}}]\n", 8, 31,
       "both", "either 'vpcs' or 'vpc'"},
      {"vpcs-only", "route_tables: [{name: r, vpc: p1, main: true}]\n", 8, 41,
       "main", "main_route_table"},
      {"vpcs-only", "security_groups: [{name: r, vpc: p1, carried: true}]\n", 8,
       47, "carried", "security_groups"},
      {"one-vpc-only",
       "route_tables: [{name: r, vpcs: {select: {}}, gateway: \"igw:i\"}]\n", 8,
       55, "gateway", "a route table with 'vpc'"},
      {"one-vpc-only",
       "endpoints: [{name: r, kind: interface, vpcs: {select: {}}, interfaces: "
       "[i]}]\n",
       8, 72, "interfaces", "with 'vpc'"},
      {"main-route-table",
       "route_tables:\n  - {name: r, main: true, vpcs: {select: {}}}\n  - "
       "{name: s, main: true, vpcs: {select: {}}}\n",
       10, 12, "p1", "first at net.yaml:9:12; 2 more"},
  };
  for (const Refusal& row : rows) {
    expect_refusal(row, errors_of(kVpcs + row.text));
  }
}

TEST(ForEachVpc, ANameThatIsWrittenTooIsADuplicate) {
  expect_refusal(
      {"duplicate-name", "", 10, 12, "g@p2", "first at net.yaml:9:12"},
      errors_of(
          kVpcs +
          "security_groups:\n  - {name: g@p2, vpc: shop}\n"
          "  - {name: g, vpcs: {select: {department: manufacturing}}}\n"));
  expect_refusal(
      {"duplicate-name", "", 10, 12, "g@p1", "2 more like this"},
      errors_of(kVpcs + "security_groups:\n  - {name: g, vpcs: {select: {}}}\n"
                        "  - {name: g, vpcs: {select: {}}}\n"));
}

TEST(ForEachVpc, AnAtInNamesIsTextLikeAnyOther) {
  const auto parts = parts_of(
      "vpcs: [{name: b@c, cidr: 10.0.0.0/8}]\n"
      "security_groups: [{name: a, vpcs: {select: {}}}]\n");
  EXPECT_EQ(parts.security_groups.at(0).name, "a@b@c");
  expect_refusal(
      {"duplicate-name", "", 2, 61, "a@b@c", "first at net.yaml:2:26"},
      errors_of("vpcs: [{name: b@c, cidr: 10.0.0.0/8, labels: {x: y}}, {name: "
                "c, cidr: 11.0.0.0/8}]\n"
                "security_groups: [{name: a, vpcs: {select: {x: y}}}, {name: "
                "a@b, vpcs: {select: {}, minus: {x: y}}}]\n"));
}

TEST(ForEachVpc, WhatABrokenDeclarationMakesIsUnknown) {
  const auto parts = parts_of(kVpcs + R"(
security_groups:
  - {name: g, carried: true, vpcs: {select: {department: sales}}, colour: red}
route_tables:
  - {name: r, main: true, vpcs: {select: 1}}
)",
                              true);
  EXPECT_EQ(parts.left_out.size(), 2U);
  EXPECT_TRUE(parts.security_groups.empty());
  EXPECT_FALSE(parts.vpcs.at(0).security_groups);
  EXPECT_TRUE(parts.vpcs.at(2).security_groups->open);
  for (const Vpc& vpc : parts.vpcs) {
    ASSERT_TRUE(vpc.main_table);
    EXPECT_FALSE(vpc.main_table->id) << vpc.name;
  }
}

TEST(ForEachVpc, AVpcWhoseAccountIsBrokenHasNobodyKnowsWhat) {
  const auto parts = parts_of(R"(
accounts: [{name: a, colour: red}]
vpcs: [{name: v, account: a, cidr: 10.0.0.0/8}, {name: w, cidr: 11.0.0.0/8}]
security_groups: [{name: g, carried: true, vpcs: {select: {}}}]
)",
                              true);
  EXPECT_EQ(object_names(parts.security_groups), Names{"g@w"});
  EXPECT_TRUE(parts.vpcs.at(0).security_groups->open);
  EXPECT_FALSE(parts.vpcs.at(1).security_groups->open);
}

}  // namespace
}  // namespace netproof
