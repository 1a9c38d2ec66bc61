#include "lza_landing.hpp"

namespace netproof {
namespace {

class LzaTransit : public Landing {
 protected:
  static std::string gateway(const std::string& tables,
                             const std::string& rest =
                                 "defaultRouteTableAssociation: disable, "
                                 "defaultRouteTablePropagation: disable",
                             const std::string& name = "G") {
    return "  - {name: " + name + ", account: A, region: eu-west-1, asn: 1, " +
           rest + ", routeTables: [" + tables + "]}\n";
  }
  static std::string vpc(const std::string& attachment,
                         const std::string& account = "A",
                         const std::string& region = "eu-west-1") {
    return "vpcs:\n  - {name: V, account: " + account + ", region: " + region +
           ", cidrs: [10.0.0.0/16], subnets: [{name: S, ipv4CidrBlock: "
           "10.0.0.0/24}], transitGatewayAttachments: [{name: X, "
           "transitGateway: {name: G, account: A}, subnets: [S]" +
           attachment + "}]}\n";
  }
  TransitRoute route(const std::string& line) {
    const TopologyParts read =
        parts("transitGateways:\n" +
              gateway("{name: T, routes: [" + line + "]}") + vpc(""));
    const auto& routes = named(read.transit_route_tables, "G/T").routes;
    if (routes.items.empty()) {
      EXPECT_TRUE(routes.open) << line;
      return {};
    }
    return routes.items.front();
  }
  static bool is_unknown(const TransitRoute& route) {
    return !route.blackhole && route.targets.empty() && route.target_unknown;
  }
};

TEST_F(LzaTransit, AttachmentsJoinTablesByName) {
  const TopologyParts read =
      parts("transitGateways:\n" +
            gateway("{name: T, routes: []}, {name: U, routes: []}") +
            vpc(", routeTableAssociations: [T], routeTablePropagations: [T, "
                "U], options: {applianceModeSupport: enable}"));
  const TransitAttachment& one = named(read.transit_attachments, "V/X");
  EXPECT_EQ(one.gateway.name, "G");
  EXPECT_EQ(names_of(one.subnets->items), Names({"V/S"}));
  EXPECT_TRUE(one.appliance_mode.is(true));
  EXPECT_TRUE(one.available.is(true));
  const auto& table = named(read.transit_route_tables, "G/T");
  EXPECT_EQ(names_of(table.associations.items), Names({"V/X"}));
  const auto& other = named(read.transit_route_tables, "G/U");
  EXPECT_EQ(names_of(other.propagations.items), Names({"V/X"}));
  EXPECT_TRUE(other.associations.items.empty());
  EXPECT_EQ(gaps_of(read), "");
}

TEST_F(LzaTransit, RoutesAreStaticOrBlackholes) {
  const TransitRoute hole =
      route("{destinationCidrBlock: 10.1.0.0/16, blackhole: true}");
  EXPECT_TRUE(hole.blackhole);
  EXPECT_EQ(hole.destination->text, "10.1.0.0/16");
  const TransitRoute line = route(
      "{destinationCidrBlock: 10.1.0.0/16, attachment: {vpcName: V, account: "
      "A}}");
  EXPECT_EQ(names_of(line.targets), Names({"V/X"}));
  EXPECT_EQ(
      route("{destinationPrefixList: L, blackhole: true}").prefix_list->name,
      "L");
}

TEST_F(LzaTransit, ARouteThatIsNotKnownIsUnknown) {
  const std::string to = "destinationCidrBlock: 10.1.0.0/16";
  EXPECT_TRUE(is_unknown(route("{" + to + "}")));
  EXPECT_TRUE(is_unknown(route("{" + to + ", blackhole: \"{{ X }}\"}")));
  EXPECT_TRUE(is_unknown(route("{" + to +
                               ", attachment: {vpcName: W, "
                               "account: A}}")));
  EXPECT_TRUE(is_unknown(route("{" + to + ", attachment: {connect: C}}")));
  EXPECT_TRUE(is_unknown(route("{" + to + ", blackhole: true, weight: 1}")));
  EXPECT_TRUE(is_unknown(route("{" + to +
                               ", blackhole: true, attachment: "
                               "{vpcName: V, account: A}}")));
  route("{blackhole: true}");
  route("{" + to + ", destinationPrefixList: L, blackhole: true}");
  route("{destinationCidrBlock: \"{{ X }}\", blackhole: true}");
}

// covers S51, S170: the default table has no name; who names another
// association has one of the two.
TEST_F(LzaTransit, DefaultTablesAreJoinedByAll) {
  const TopologyParts read =
      parts("transitGateways:\n" +
            gateway("{name: T, routes: []}", "vpnEcmpSupport: disable") +
            vpc(", routeTableAssociations: [T]"));
  const TransitGateway& one = named(read.transit_gateways, "G");
  EXPECT_EQ(one.default_association->name, "G/default");
  EXPECT_EQ(one.default_propagation->name, "G/default");
  EXPECT_FALSE(one.vpn_ecmp);
  EXPECT_TRUE(named(read.transit_route_tables, "G/T").associations.open);
  EXPECT_NE(gaps_of(read).find("one association"), std::string::npos);
}

// covers S170: what may keep an attachment from forwarding.
TEST_F(LzaTransit, AnAttachmentMayNotComeAbout) {
  const auto doubt = [&](const std::string& rest, const std::string& account,
                         const std::string& region) {
    const TopologyParts read = parts("transitGateways:\n" + gateway("", rest) +
                                     vpc("", account, region));
    return named(read.transit_attachments, "V/X").available.unknown;
  };
  const std::string shared =
      "autoAcceptSharingAttachments: enable, shareTargets: {accounts: [B]}";
  EXPECT_FALSE(doubt(shared, "B", "eu-west-1"));
  EXPECT_FALSE(doubt("dnsSupport: enable", "A", "eu-west-1"));
  EXPECT_TRUE(doubt(shared, "B", "us-east-1"));
  EXPECT_TRUE(doubt("shareTargets: {accounts: [B]}", "B", "eu-west-1"));
  EXPECT_TRUE(doubt("autoAcceptSharingAttachments: enable", "B", "eu-west-1"));
}

TEST_F(LzaTransit, PeeringsHaveTwoEnds) {
  const std::string both = "transitGateways:\n" + gateway("{name: T}") +
                           gateway("{name: U}", "dnsSupport: enable", "H");
  const std::string peering =
      "transitGatewayPeering:\n"
      "  - name: P\n"
      "    requester: {transitGatewayName: G, account: A, region: eu-west-1, "
      "routeTableAssociations: T}\n"
      "    accepter: {transitGatewayName: H, account: A, region: eu-west-1, "
      "routeTableAssociations: \"{{ X }}\"";
  const TopologyParts read = parts(both + peering + "}\n");
  EXPECT_EQ(named(read.transit_attachments, "P/G").peer->name, "P/H");
  EXPECT_EQ(named(read.transit_attachments, "P/H").gateway.name, "H");
  EXPECT_FALSE(named(read.transit_attachments, "P/G").available.unknown);
  EXPECT_EQ(
      names_of(named(read.transit_route_tables, "G/T").associations.items),
      Names({"P/G"}));
  EXPECT_TRUE(named(read.transit_route_tables, "H/U").associations.open);
  const TopologyParts waits = parts(both + peering + ", autoAccept: false}\n");
  EXPECT_TRUE(named(waits.transit_attachments, "P/G").available.unknown);
  EXPECT_NE(refused(both + "transitGatewayPeering: [{name: P}]\n")
                .find("a requester and an accepter"),
            std::string::npos);
}

// covers S51, S170: who has associated it before is one of two.
TEST_F(LzaTransit, APeeringMayHaveJoinedTheDefaultTable) {
  const auto read = [&](const std::string& defaults, const char* account) {
    return parts(
        "transitGateways:\n" + gateway("{name: T}") +
        gateway("{name: U}", defaults, "H") +
        "transitGatewayPeering:\n"
        "  - name: P\n"
        "    requester: {transitGatewayName: G, account: A, region: eu-west-1, "
        "routeTableAssociations: T}\n"
        "    accepter: {transitGatewayName: H, account: " +
        account +
        ", region: eu-west-1, "
        "routeTableAssociations: U}\n");
  };
  const TopologyParts joins = read("dnsSupport: enable", "A");
  EXPECT_TRUE(named(joins.transit_route_tables, "H/U").associations.open);
  EXPECT_FALSE(named(joins.transit_route_tables, "G/T").associations.open);
  const std::string alone =
      "defaultRouteTableAssociation: disable, "
      "defaultRouteTablePropagation: disable";
  const TopologyParts apart = read(alone, "A");
  EXPECT_FALSE(named(apart.transit_route_tables, "H/U").associations.open);
  EXPECT_FALSE(named(apart.transit_attachments, "P/H").available.unknown);
  const TopologyParts elsewhere = read(alone, "B");
  EXPECT_TRUE(named(elsewhere.transit_attachments, "P/G").available.unknown);
}

TEST_F(LzaTransit, WhatIsNotReadOpensTheTables) {
  for (const std::string& more :
       {std::string("transitGatewayConnects: [{name: C, region: eu-west-1, "
                    "transitGateway: {name: G, account: A}}]\n"),
        std::string("newTopKey: 1\n")}) {
    const TopologyParts read =
        parts("transitGateways:\n" + gateway("{name: T, routes: []}") + more);
    EXPECT_TRUE(named(read.transit_route_tables, "G/T").routes.open) << more;
    EXPECT_EQ(names_of(read.sites), Names({"not-in-the-configuration"}));
  }
}

}  // namespace
}  // namespace netproof
