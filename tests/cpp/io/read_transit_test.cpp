#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadTransit, GatewaysTablesAndLines) {
  const auto parts = parts_of(R"(
transit_gateways:
  - name: main
    vpn_ecmp: false
    security_group_referencing: unknown
    default_route_table_association: t
    route_tables:
      - name: t
        associations: [a, a, none]
        propagations: unknown
        routes:
          - {destination: [10.0.0.0/8, 10.1.0.0/16], attachment: [a, b]}
          - {destination: 10.2.0.0/16, attachment: unknown}
          - {destination: 10.3.0.0/16, blackhole: true, comment: isolated}
          - {prefix_list: p, attachment: a}
transit_gateway_attachments:
  - {name: a, transit_gateway: main, vpc: v, subnets: [s, unknown], appliance_mode: true, ipv6: unknown, available: false, created: 2025-04-01}
)");
  const TransitGateway& gateway = parts.transit_gateways.at(0);
  EXPECT_FALSE(gateway.vpn_ecmp);
  EXPECT_TRUE(gateway.group_referencing.unknown);
  EXPECT_EQ(gateway.default_association->id, (Id<TransitRouteTable>{0}));
  EXPECT_FALSE(gateway.default_propagation);
  const TransitRouteTable& table = parts.transit_route_tables.at(0);
  EXPECT_EQ(table.gateway.id, (Id<TransitGateway>{0}));
  // Twice the same, and one that does not exist: for the checks to say.
  EXPECT_EQ(names_of(table.associations.items), (Names{"a", "a", "none"}));
  EXPECT_FALSE(table.associations.items[2]);
  EXPECT_TRUE(table.propagations.open);
  const auto& routes = table.routes.items;
  ASSERT_EQ(routes.size(), 5U);
  EXPECT_EQ(routes[1].destination->text, "10.1.0.0/16");
  EXPECT_EQ(names_of(routes[1].targets), (Names{"a", "b"}));
  EXPECT_TRUE(routes[2].target_unknown);
  EXPECT_TRUE(routes[3].blackhole);
  EXPECT_EQ(routes[3].comment, "isolated");
  EXPECT_EQ(span_of(routes[3].where), "net.yaml:14:27-38");
  EXPECT_EQ(routes[4].prefix_list->name, "p");
  const TransitAttachment& attachment = parts.transit_attachments.at(0);
  EXPECT_TRUE(attachment.subnets->open);
  EXPECT_TRUE(attachment.appliance_mode.is(true));
  EXPECT_TRUE(attachment.ipv6.unknown);
  EXPECT_TRUE(attachment.group_referencing.is(true));
  EXPECT_TRUE(attachment.available.is(false));
  EXPECT_EQ(attachment.created, "2025-04-01");
}

TEST(ReadTransit, AttachmentsOfEveryKind) {
  const auto parts = parts_of(R"(
vpcs: [{name: v, cidr: 10.0.0.0/8, transit_gateway_attachments: [{name: a, transit_gateway: t}]}]
transit_gateway_attachments:
  - {name: b, transit_gateway: t, direct_connect_gateway: d}
  - {name: c, transit_gateway: t, vpn_connection: x}
  - {name: d, transit_gateway: t, peer: e}
  - {name: e, transit_gateway: u, peer: d}
)");
  ASSERT_EQ(parts.transit_attachments.size(), 5U);
  const auto& all = parts.transit_attachments;
  EXPECT_EQ(all[0].kind, AttachmentKind::kVpc);
  EXPECT_EQ(all[0].vpc->id, (Id<Vpc>{0}));
  EXPECT_EQ(all[1].kind, AttachmentKind::kDirectConnect);
  EXPECT_EQ(all[2].kind, AttachmentKind::kVpn);
  EXPECT_EQ(all[3].kind, AttachmentKind::kPeering);
  EXPECT_EQ(all[3].peer->id, (Id<TransitAttachment>{4}));
}

TEST(ReadTransit, AnAttachmentAttachesOneThing) {
  const std::string none =
      "transit_gateway_attachments: [{name: a, transit_gateway: t}]";
  expect_refusal({"one-of-keys", none, 1, 38, "none", "peer"}, errors_of(none));
  const std::string two =
      "transit_gateway_attachments: [{name: a, transit_gateway: t, vpc: v, "
      "peer: b}]";
  expect_refusal({"one-of-keys", two, 1, 38, "several", "peer"},
                 errors_of(two));
}

}  // namespace
}  // namespace netproof
