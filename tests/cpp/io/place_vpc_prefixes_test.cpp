#include "io/place_vpc_prefixes.hpp"

#include "reading.hpp"

namespace netproof {
namespace {

const std::string kVpcs = R"(
vpcs:
  - {name: app1, cidrs: [10.1.0.0/16, 10.1.1.0/16], labels: {function: app, environment: prod}}
  - {name: db1, cidr: 10.2.0.0/16, labels: {function: db, environment: prod}}
  - {name: app2, cidr: 10.3.0.0/16, labels: {function: app, environment: dev}}
  - {name: db2, cidrs: [10.4.0.0/16, unknown], labels: {function: db, environment: dev}}
  - {name: bare, cidr: 10.5.0.0/16}
)";

std::string text_of(const Peer& peer) {
  const auto* prefix = std::get_if<WrittenPrefix>(&peer);
  return prefix == nullptr ? "not a prefix" : to_string(prefix->prefix);
}

OpenList<Peer> sources(const std::string& list, const std::string& vpc) {
  const auto parts = parts_of(
      kVpcs + "security_groups: [{name: g, vpc: " + vpc +
      ", ingress: [{service: tcp/1, sources: [sg:x]}, {service: tcp/2, "
      "sources: [" +
      list + "]}], egress: []}]\n");
  return parts.security_groups.at(0).ingress.items.at(1).peers;
}

Names texts(const OpenList<Peer>& peers) {
  Names result;
  for (const Peer& peer : peers.items) result.push_back(text_of(peer));
  return result;
}

TEST(VpcPrefixes, APeerStandsForTheCidrsOfTheVpcsThatMatch) {
  const auto peers = sources(
      "192.0.2.0/24, {vpcs: {select: {function: app}}}, 198.51.100.0/24",
      "db1");
  EXPECT_EQ(texts(peers), (Names{"192.0.2.0/24", "10.1.0.0/16", "10.3.0.0/16",
                                 "198.51.100.0/24"}));
  EXPECT_FALSE(peers.open);
  const auto& prefix = std::get<WrittenPrefix>(peers.items.at(1));
  EXPECT_EQ(span_of(prefix.where), "net.yaml:8:125-158");
  EXPECT_FALSE(prefix.host_bits);
}

TEST(VpcPrefixes, SameRestrictsToTheLabelsOfTheOwnVpc) {
  const std::string app =
      "{vpcs: {select: {function: app}}, same: [environment]}";
  EXPECT_EQ(texts(sources(app, "db1")), Names{"10.1.0.0/16"});
  EXPECT_EQ(texts(sources(app, "db2")), Names{"10.3.0.0/16"});
  EXPECT_TRUE(texts(sources(app, "bare")).empty());
  EXPECT_FALSE(sources(app, "bare").open);
  EXPECT_TRUE(sources(app, "nowhere").open);
}

TEST(VpcPrefixes, OpenCidrsOpenTheList) {
  const auto peers = sources("{vpcs: {select: {function: db}}}", "app1");
  EXPECT_EQ(texts(peers), (Names{"10.2.0.0/16", "10.4.0.0/16"}));
  EXPECT_TRUE(peers.open);
}

TEST(VpcPrefixes, EachDeclaredGroupHasThoseOfItsOwnVpc) {
  const auto parts = parts_of(kVpcs + R"(
security_groups:
  - name: db
    vpcs: {select: {function: db}}
    ingress: [{service: tcp/5432, sources: [{vpcs: {select: {function: app}}, same: environment}]}]
    egress: [{service: any, destinations: [{vpcs: {select: {environment: prod}, minus: {function: db}}}]}]
)");
  ASSERT_EQ(parts.security_groups.size(), 2U);
  const auto in = [&](std::size_t i) {
    return texts(parts.security_groups[i].ingress.items.at(0).peers);
  };
  EXPECT_EQ(in(0), Names{"10.1.0.0/16"});
  EXPECT_EQ(in(1), Names{"10.3.0.0/16"});
  EXPECT_EQ(texts(parts.security_groups[1].egress.items.at(0).peers),
            Names{"10.1.0.0/16"});
}

template <class Table>
Names destinations(const Table& table) {
  Names result;
  for (const auto& route : table.routes.items) {
    result.push_back(to_string(route.destination->prefix));
  }
  return result;
}

TEST(VpcPrefixes, ARouteIsOneForEachCidrButThoseOfItsOwnVpc) {
  const auto parts = parts_of(kVpcs + R"(
route_tables:
  - name: r
    vpcs: {select: {function: app}}
    routes:
      - {destination: 192.0.2.0/24, target: blackhole}
      - {destination: [198.51.100.0/24, {vpcs: {select: {environment: prod}}}], target: "tgw:t"}
      - {destination: {vpcs: {select: {function: app}}, same: [environment]}, target: "tgw:t"}
)");
  ASSERT_EQ(parts.route_tables.size(), 2U);
  EXPECT_EQ(destinations(parts.route_tables[0]),
            (Names{"192.0.2.0/24", "198.51.100.0/24", "10.2.0.0/16"}));
  EXPECT_EQ(
      destinations(parts.route_tables[1]),
      (Names{"192.0.2.0/24", "198.51.100.0/24", "10.1.0.0/16", "10.2.0.0/16"}));
  const Route& route = parts.route_tables[1].routes.items.at(2);
  EXPECT_EQ(route.targets.at(0).kind, TargetKind::kTransitGateway);
  EXPECT_EQ(route.where, route.destination->where);
  EXPECT_EQ(route.where.line, 14);
}

TEST(VpcPrefixes, ATransitRouteToo) {
  const auto parts = parts_of(kVpcs + R"(
transit_gateway_route_tables:
  - name: r
    transit_gateway: t
    routes: [{destination: {vpcs: {select: {environment: dev}}}, blackhole: true}]
)");
  EXPECT_EQ(destinations(parts.transit_route_tables.at(0)),
            (Names{"10.3.0.0/16", "10.4.0.0/16"}));
  EXPECT_TRUE(parts.transit_route_tables[0].routes.open);
  EXPECT_TRUE(parts.transit_route_tables[0].routes.items.at(1).blackhole);
}

std::string group(const std::string& element) {
  return kVpcs +
         "security_groups: [{name: g, vpc: db1, ingress: [{service: any, "
         "sources: [" +
         element + "]}]}]\n";
}

TEST(VpcPrefixes, IsRefusedWithPlaceAndWayOut) {
  const std::vector<Refusal> rows{
      {"empty-selector", group("{vpcs: {select: {function: ap}}}"), 8, 81,
       "nothing matched", "did you mean 'app'?"},
      {"empty-selector",
       group("{vpcs: {select: {function: ap}}, same: [environment]}"), 8, 81,
       "nothing matched", "did you mean 'app'?"},
      {"unknown-label",
       group("{vpcs: {select: {function: app}}, same: [enviroment]}"), 8, 114,
       "enviroment", "did you mean 'environment'?"},
      {"missing-key", group("{same: [environment]}"), 8, 74, "", "has 'vpcs'"},
      {"unknown-key", group("{vpcs: {select: {}}, sane: [a]}"), 8, 95, "sane",
       "did you mean 'same'?"},
      {"no-vpc-around",
       kVpcs + "transit_gateway_route_tables: [{name: r, transit_gateway: t, "
               "routes: [{destination: {vpcs: {select: {}}, same: [a]}, "
               "blackhole: true}]}]\n",
       8, 112, "same", "into 'select'"},
  };
  for (const Refusal& row : rows) expect_refusal(row, errors_of(row.text));
}

TEST(VpcPrefixes, ABrokenVpcOpensWhatMayHoldIt) {
  const std::string broken =
      "vpcs: [{name: v, cidr: 10.0.0.0/8, labels: {a: b}}, {name: w, cidr: "
      "11.0.0.0/8, colour: red}]\n"
      "security_groups: [{name: g, vpc: v, ingress: [{service: any, sources: "
      "[{vpcs: {select: {a: b}}}]}]}]\n";
  const auto parts = parts_of(broken, true);
  EXPECT_TRUE(parts.security_groups.at(0).ingress.items.at(0).peers.open);
}

TEST(VpcPrefixes, ABrokenElementOpensItsListOnly) {
  const auto parts = parts_of(
      group("10.0.0.0/8, {vpcs: {select: {function: app}, mins: {}}}"), true);
  const auto& peers = parts.security_groups.at(0).ingress.items.at(0).peers;
  EXPECT_TRUE(peers.open);
  EXPECT_EQ(texts(peers), Names{"10.0.0.0/8"});
}

}  // namespace
}  // namespace netproof
