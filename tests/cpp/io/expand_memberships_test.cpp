#include "reading.hpp"

namespace netproof {
namespace {

const std::string kPlants = R"(
accounts:
  - {name: p1, labels: {department: manufacturing, environment: prod}}
  - {name: p2, labels: {department: manufacturing, environment: dev}}
vpcs:
  - {name: v1, account: p1, cidr: 10.1.0.0/16, region: tokyo}
  - {name: v2, account: p2, cidr: 10.2.0.0/16, labels: {environment: prod}}
  - {name: v3, cidr: 10.3.0.0/16, labels: {department: sales}}
transit_gateways: [main]
transit_gateway_attachments:
  - {name: a1, transit_gateway: main, vpc: v1}
  - {name: a2, transit_gateway: main, vpc: v2}
  - {name: a3, transit_gateway: main, vpc: v3}
  - {name: other, transit_gateway: dr, vpc: v1}
  - {name: dx, transit_gateway: main, direct_connect_gateway: d}
direct_connect_gateways: [{name: d, labels: {department: manufacturing}}]
)";

Names associations(const std::string& element) {
  const auto parts = parts_of(
      kPlants +
      "transit_gateway_route_tables: [{name: r, transit_gateway: main, "
      "associations: [" +
      element + "]}]\n");
  return names_of(parts.transit_route_tables.at(0).associations.items);
}

TEST(Memberships, SelectorsMatchInheritedLabels) {
  EXPECT_EQ(associations("{select: {department: manufacturing}}"),
            (Names{"a1", "a2", "dx"}));
  EXPECT_EQ(
      associations("{select: {department: manufacturing, environment: prod}}"),
      (Names{"a1", "a2"}));
  EXPECT_EQ(associations("{select: {department: [manufacturing, sales]}}"),
            (Names{"a1", "a2", "a3", "dx"}));
  EXPECT_EQ(associations("{select: {account: p1}}"), Names{"a1"});
  EXPECT_EQ(associations("{select: {region: tokyo}}"), Names{"a1"});
}

TEST(Memberships, MinusTakesAwayAndNamesAreNotRepeated) {
  EXPECT_EQ(associations("{select: {department: manufacturing}, minus: "
                         "{environment: prod}}"),
            Names{"dx"});
  EXPECT_EQ(associations("a2, {select: {department: manufacturing}}"),
            (Names{"a2", "a1", "dx"}));
}

TEST(Memberships, AnElementStandsWhereItsSelectorDoes) {
  const auto parts = parts_of(
      kPlants +
      "transit_gateway_route_tables:\n"
      "  - {name: r, transit_gateway: main, propagations: [{select: {account: "
      "p1}}]}\n");
  const auto& list = parts.transit_route_tables.at(0).propagations.items;
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(span_of(list[0].where), "net.yaml:18:53-76");
  EXPECT_EQ(list[0].id, (Id<TransitAttachment>{0}));
}

TEST(Memberships, AttachmentsMayNameTheirTables) {
  const auto parts = parts_of(R"(
transit_gateway_route_tables:
  - {name: r, transit_gateway: t}
  - {name: s, transit_gateway: t}
transit_gateway_attachments:
  - {name: a, transit_gateway: t, vpc: v, route_table_associations: r, route_table_propagations: [r, s]}
  - {name: b, transit_gateway: t, vpc: w, route_table_propagations: unknown}
)");
  const auto& tables = parts.transit_route_tables;
  EXPECT_EQ(names_of(tables.at(0).associations.items), Names{"a"});
  EXPECT_EQ(names_of(tables.at(1).propagations.items), Names{"a"});
  EXPECT_TRUE(tables[0].propagations.open);
  EXPECT_FALSE(tables[0].associations.open);
}

}  // namespace
}  // namespace netproof
