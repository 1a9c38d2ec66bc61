// What a packet takes along from one VPC into another: the groups that refer to
// its sender, and its zone.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "both.hpp"

namespace netproof {
namespace {

using testing::judge;
using testing::Line;
using testing::Network;
using testing::tcp;
using testing::Texts;

bool always(const Bounds& bounds) {
  return bounds.some_always && bounds.all_always;
}

/// `left` and `right`, each with an interface; the group of `right/web` lets
/// in what has the group `friends` of `left`, which `left/app` has.
Network two_vpcs(const std::string& to_left, const std::string& to_right) {
  Network n;
  n.vpc("left", {"10.0.0.0/16"}, "from-left");
  n.vpc("right", {"10.1.0.0/16"}, "from-right");
  n.table("from-left", "left", {{"10.1.0.0/16", to_right}});
  n.table("from-right", "right", {{"10.0.0.0/16", to_left}});
  n.subnet("l", "left", {"10.0.1.0/24"}, "z1");
  n.subnet("r", "right", {"10.1.1.0/24"}, "z1");
  n.open_group("friends", "left");
  n.open_group("strangers", "left");
  n.group("door", "right", {{"any", {"sg:friends"}}}, {{"any", {"0.0.0.0/0"}}});
  n.interface("app", "l", {"10.0.1.5"}, Texts{"friends"});
  n.interface("other", "l", {"10.0.1.6"}, Texts{"strangers"});
  n.interface("web", "r", {"10.1.1.5"}, Texts{"door"});
  return n;
}

const Flow kByFriend = tcp("10.0.1.5", "10.1.1.5", 443);
const Flow kByStranger = tcp("10.0.1.6", "10.1.1.5", 443);

// covers S72, S156
TEST(Crossings, AReferenceCrossesAPeering) {
  Network n = two_vpcs("peering:p", "peering:p");
  n.peering("p", "left", "right");
  EXPECT_TRUE(always(judge(n, "interface:app", kByFriend, Level::kPacket)));
  EXPECT_FALSE(
      judge(n, "interface:other", kByStranger, Level::kPacket).some_possibly);
}

/// The two VPCs on one transit gateway that carries references.
Network two_attached(const std::vector<Line>& routes = {}) {
  Network n = two_vpcs("tgw:t", "tgw:t");
  n.transit("t").group_referencing.value = true;
  n.attach_vpc("at-left", "t", "left");
  n.attach_vpc("at-right", "t", "right");
  const Texts both = {"at-left", "at-right"};
  n.transit_table("tr", "t", {both, both, routes});
  return n;
}

// covers S63, S156
TEST(Crossings, AReferenceCrossesATransitGatewayThatCarriesIt) {
  Network n = two_attached();
  EXPECT_TRUE(always(judge(n, "interface:app", kByFriend, Level::kPacket)));
  n.get<TransitGateway>("t").group_referencing.value = false;
  EXPECT_FALSE(
      judge(n, "interface:app", kByFriend, Level::kPacket).some_possibly);
}

// Nobody but its own VPC refers to the group, and yet the packet has crossed.
//
// covers S63, S156
TEST(Crossings, AReferenceComesBackToItsOwnVpc) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.subnet("out", "v", {"10.0.1.0/24"}, "", "around");
  n.subnet("in", "v", {"10.0.2.0/24"});
  n.table("around", "v", {{"10.0.0.0/16", "tgw:t"}});
  n.group("own", "v", {{"any", {"sg:own"}}}, {{"any", {"0.0.0.0/0"}}});
  n.interface("app", "out", {"10.0.1.5"}, Texts{"own"});
  n.interface("web", "in", {"10.0.2.5"}, Texts{"own"});
  n.transit("t").group_referencing.value = true;
  n.attach_vpc("at", "t", "v");
  n.transit_table("tr", "t", {{"at"}, {"at"}, {}});
  const Flow flow = tcp("10.0.1.5", "10.0.2.5", 443);
  EXPECT_TRUE(always(judge(n, "interface:app", flow, Level::kPacket)));
  n.get<TransitGateway>("t").group_referencing.value = false;
  EXPECT_FALSE(judge(n, "interface:app", flow, Level::kPacket).some_possibly);
}

/// The attachment subnet of `right` sends what comes in to `box`, whose group
/// has one line, from `peer`. Behind it everybody gets in.
Network two_attached_with_box(const std::string& peer) {
  Network n = two_attached();
  n.table("by-box", "right", {{"10.1.1.0/24", "interface:box"}});
  n.subnet("entry", "right", {"10.1.7.0/24"}, "z1", "by-box");
  n.subnet("boxes", "right", {"10.1.8.0/24"}, "z1");
  n.group("guard", "right", {{"any", {peer}}}, {{"any", {"0.0.0.0/0"}}});
  Interface& box = n.interface("box", "boxes", {"10.1.8.5"}, Texts{"guard"});
  box.source_check.value = false;
  box.forwards = true;
  n.get<Interface>("web").security_groups.reset();
  n.get<Vpc>("right").default_group = Ref<SecurityGroup>{"all", {}, {}};
  n.open_group("all", "right");
  n.get<TransitAttachment>("at-right").subnets =
      OpenList<Ref<Subnet>>{{Ref<Subnet>{"entry", {}, {}}}, false, {}};
  return n;
}

// The middlebox is the first that the packet comes to: as at a destination, its
// group sees where it came from. Behind it nobody does.
//
// covers S63, S73, S150, S156
TEST(Crossings, AReferenceIsGoodForAMiddleboxBehindATransitGateway) {
  Network n = two_attached_with_box("sg:friends");
  EXPECT_TRUE(always(judge(n, "interface:app", kByFriend, Level::kPacket)));
  EXPECT_FALSE(
      judge(n, "interface:other", kByStranger, Level::kPacket).some_possibly);
  n.get<Interface>("web").security_groups =
      OpenList<Ref<SecurityGroup>>{{{"door", {}, {}}}, false, {}};
  EXPECT_FALSE(
      judge(n, "interface:app", kByFriend, Level::kPacket).some_possibly);
}

// covers S63, S156
TEST(Crossings, AMiddleboxMissesAReferenceThatTheGatewayDoesNotCarry) {
  Network n = two_attached_with_box("sg:friends");
  n.get<TransitGateway>("t").group_referencing.value = false;
  EXPECT_FALSE(
      judge(n, "interface:app", kByFriend, Level::kPacket).some_possibly);
  n.get<TransitGateway>("t").group_referencing.unknown = true;
  const Bounds said = judge(n, "interface:app", kByFriend, Level::kPacket);
  EXPECT_TRUE(said.some_possibly);
  EXPECT_FALSE(said.some_always);
}

// An address of the middlebox's own VPC that somebody elsewhere makes up is
// not what its groups refer to.
//
// covers S156, S159
TEST(Crossings, AMiddleboxIsNotTakenInByABorrowedSource) {
  Network n = two_attached_with_box("sg:all");
  n.subnet("r9", "right", {"10.1.9.0/24"}, "z1");
  n.interface("inside", "r9", {"10.1.9.5"}, Texts{"all"});
  n.get<Interface>("app").source_check.value = false;
  const Flow flow = tcp("10.1.9.5", "10.1.1.5", 443);
  EXPECT_FALSE(judge(n, "interface:app", flow, Level::kPacket).some_possibly);
}

// A group may stand in other VPCs than its own (S75).
//
// covers S63, S75, S156
TEST(Crossings, AGroupRefersToItsOwnCarriersFromAnotherVpc) {
  Network n = two_attached();
  n.group("shared", "left", {{"any", {"sg:friends"}}}, {});
  n.get<SecurityGroup>("door").ingress.items.clear();
  n.get<Interface>("web").security_groups =
      OpenList<Ref<SecurityGroup>>{{{"shared", {}, {}}}, false, {}};
  EXPECT_TRUE(always(judge(n, "interface:app", kByFriend, Level::kPacket)));
}

// A packet that the gateway has returned to its own VPC has crossed too.
//
// covers S63, S156
TEST(Crossings, AMiddleboxOfItsOwnVpcBehindATransitGateway) {
  for (const bool carried : {true, false}) {
    Network n;
    n.vpc("v", {"10.0.0.0/16"});
    n.table("around", "v", {{"10.0.0.0/16", "tgw:t"}});
    n.table("by-box", "v", {{"10.0.2.0/24", "interface:box"}});
    n.subnet("out", "v", {"10.0.1.0/24"}, "", "around");
    n.subnet("in", "v", {"10.0.2.0/24"});
    n.subnet("entry", "v", {"10.0.7.0/24"}, "", "by-box");
    n.subnet("boxes", "v", {"10.0.8.0/24"});
    n.open_group("all", "v");
    n.group("own", "v", {{"any", {"sg:own"}}}, {{"any", {"0.0.0.0/0"}}});
    n.interface("app", "out", {"10.0.1.5"}, Texts{"own"});
    n.interface("web", "in", {"10.0.2.5"}, Texts{"all"});
    Interface& box = n.interface("box", "boxes", {"10.0.8.5"}, Texts{"own"});
    box.source_check.value = false;
    box.forwards = true;
    n.transit("t").group_referencing.value = carried;
    n.attach_vpc("at", "t", "v", Texts{"entry"});
    n.transit_table("tr", "t", {{"at"}, {"at"}, {}});
    const Flow flow = tcp("10.0.1.5", "10.0.2.5", 443);
    const Bounds said = judge(n, "interface:app", flow, Level::kPacket);
    EXPECT_EQ(always(said), carried);
    EXPECT_EQ(said.some_possibly, carried);
  }
}

// The group that AWS makes lets in its own carriers, by whatever way.
//
// covers S63, S70, S156
TEST(Crossings, TheDefaultGroupComesBackToItsOwnVpc) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.table("around", "v", {{"10.0.0.0/16", "tgw:t"}});
  n.subnet("out", "v", {"10.0.1.0/24"}, "", "around");
  n.subnet("in", "v", {"10.0.2.0/24"});
  n.interface("app", "out", {"10.0.1.5"});
  n.interface("web", "in", {"10.0.2.5"});
  n.transit("t").group_referencing.value = true;
  n.attach_vpc("at", "t", "v");
  n.transit_table("tr", "t", {{"at"}, {"at"}, {}});
  const Flow flow = tcp("10.0.1.5", "10.0.2.5", 443);
  EXPECT_TRUE(always(judge(n, "interface:app", flow, Level::kPacket)));
  n.get<TransitGateway>("t").group_referencing.value = false;
  EXPECT_FALSE(judge(n, "interface:app", flow, Level::kPacket).some_possibly);
}

// covers S43, S53
TEST(Crossings, AStaticRouteWinsOverAPrefixListOfTheSameLength) {
  for (const bool open : {true, false}) {
    Network n = two_attached({{"10.1.0.0/16", open ? "at-right" : "blackhole"},
                              {"pl:list", open ? "blackhole" : "at-right"}});
    n.prefix_list("list", {"10.1.0.0/16"});
    const Bounds said = judge(n, "interface:app", kByFriend, Level::kPacket);
    EXPECT_EQ(always(said), open);
    EXPECT_EQ(said.some_possibly, open);
  }
}

// The entry of the other zone lets nothing in.
//
// covers S58, S65, S145
TEST(Crossings, AZoneIsKeptBetweenPeeredTransitGateways) {
  Network n = two_vpcs("tgw:u", "tgw:t");
  // References do not cross a peering of gateways.
  n.get<SecurityGroup>("door").ingress =
      n.get<SecurityGroup>("friends").ingress;
  n.acl("wall", "right", {}, {});
  n.subnet("r1", "right", {"10.1.8.0/24"}, "z1");
  n.subnet("r2", "right", {"10.1.9.0/24"}, "z2", "", "wall");
  n.transit("t");
  n.transit("u");
  n.attach_vpc("at-left", "t", "left");
  n.attach_vpc("at-right", "u", "right", Texts{"r1", "r2"});
  n.attach_peer("tu", "t", "ut");
  n.attach_peer("ut", "u", "tu");
  n.transit_table("tr", "t", {{"at-left"}, {}, {{"10.1.0.0/16", "tu"}}});
  n.transit_table("ur", "u", {{"ut"}, {"at-right"}, {}});
  EXPECT_TRUE(always(judge(n, "interface:app", kByFriend, Level::kPacket)));
  n.get<Subnet>("l").zone.value = "z2";
  EXPECT_FALSE(
      judge(n, "interface:app", kByFriend, Level::kPacket).some_possibly);
}

// From the site a packet has no zone, and any of three subnets takes it; from
// `around` it comes back with one, and one of two does. Which of the three says
// nothing of which of the two.
//
// covers S58, S137, S145
TEST(Crossings, EntriesForAZoneAreAnotherFactThanEntriesForNone) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.table("again", "v", {{"10.0.2.0/24", "tgw:t"}});
  n.subnet("plain", "v", {"10.0.1.0/24"}, "z1");
  n.subnet("there", "v", {"10.0.2.0/24"}, "z2");
  n.subnet("around", "v", {"10.0.3.0/24"}, "z1", "again");
  n.site("dc", {"10.9.0.0/16"});
  n.vpn("line", "dc", {"10.9.0.0/16"});
  n.transit("t");
  n.attach_vpc("at", "t", "v", Texts{"plain", "there", "around"});
  n.attach_vpn("by", "t", "line");
  const Texts both = {"at", "by"};
  n.transit_table("of-site", "t", {{"by"}, both, {}});
  n.transit_table("of-vpc", "t", {{"at"}, both, {}});
  const Flow flow = tcp("10.9.0.5", "10.0.2.5", 443);
  const Bounds said = judge(n, "site:dc", flow, Level::kPacket);
  EXPECT_TRUE(said.all_possibly);
  EXPECT_FALSE(said.some_always);
  n.get<Subnet>("around").route_table.reset();
  EXPECT_TRUE(always(judge(n, "site:dc", flow, Level::kPacket)));
}

// What the VPN may bring into one table says nothing of the other: with it in
// the first alone the packet gets to the site and from there to its end.
//
// covers S137, S142
TEST(Crossings, WhatMayStandInTwoTransitTablesIsTwoFacts) {
  Network n = two_vpcs("tgw:t", "tgw:t");
  n.get<SecurityGroup>("door").ingress =
      n.get<SecurityGroup>("friends").ingress;
  n.site("dc", {"10.9.0.0/16"}).transit = Open<bool>{true, false, {}};
  n.vpn("line", "dc", {}).advertised.open = true;
  n.transit("t");
  n.attach_vpc("at-left", "t", "left");
  n.attach_vpc("at-right", "t", "right");
  n.attach_vpn("by", "t", "line");
  n.transit_table("of-left", "t", {{"at-left"}, {"by"}, {}});
  n.transit_table("of-site", "t", {{"by"}, {"by", "at-right"}, {}});
  const Bounds said = judge(n, "interface:app", kByFriend, Level::kPacket);
  EXPECT_TRUE(said.some_possibly);
  EXPECT_FALSE(said.some_always);
}

}  // namespace
}  // namespace netproof
