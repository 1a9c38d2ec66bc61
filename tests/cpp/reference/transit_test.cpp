#include <gtest/gtest.h>

#include "reference/ask.hpp"
#include "support/vector_networks.hpp"

namespace netproof::testing {
namespace {

const Flow kToB = tcp("10.1.0.5", "10.2.0.9", 443);
const std::string kFrom = "subnet:client";

Network pair(const std::vector<Line>& lines = {}) {
  return spokes({{"B", "10.2.0.0/16"}}, lines, {"att-B"});
}

// covers S42, S143
TEST(TransitWalk, WithoutAssociationNothingPasses) {
  Network n = pair();
  n.get<TransitRouteTable>("RT").associations.items.clear();
  EXPECT_EQ(fate(n, kFrom, kToB),
            "TGW_NO_ASSOCIATION at attachment:att-client");
  n.get<TransitGateway>("main").default_association =
      Ref<TransitRouteTable>{"RT", {}, {}};
  EXPECT_EQ(connection(n, kFrom, kToB), "established");
  n.get<TransitGateway>("main").default_association.reset();
  n.get<TransitRouteTable>("RT").associations.open = true;
  EXPECT_EQ(fate(n, kFrom, kToB), "unknown");
}

// covers S143
TEST(TransitWalk, TwoAssociationsLeaveOpenWhichDecides) {
  Network n = pair();
  n.transit_table("other", "main", {{"att-client"}, {}, {}});
  EXPECT_EQ(fate(n, kFrom, kToB), "unknown");
}

// covers S51, S143
TEST(TransitWalk, TheDefaultPropagationIsForAll) {
  Network n = pair();
  n.get<TransitRouteTable>("RT").propagations.items.clear();
  EXPECT_EQ(fate(n, kFrom, kToB), "NO_ROUTE at tgw-rtb:RT");
  n.get<TransitGateway>("main").default_propagation =
      Ref<TransitRouteTable>{"RT", {}, {}};
  EXPECT_EQ(connection(n, kFrom, kToB), "established");
}

// covers S20, S48, S56, S142
TEST(TransitWalk, AnAttachmentThatIsNotAvailable) {
  Network n = pair();
  Open<bool>& available = n.get<TransitAttachment>("att-B").available;
  available.value = false;
  EXPECT_EQ(fate(n, kFrom, kToB), "NO_ROUTE at tgw-rtb:RT");
  available.unknown = true;
  EXPECT_EQ(fate(n, kFrom, kToB), "unknown");
  Network fixed = pair({{"10.2.0.0/16", "att-B"}});
  fixed.get<TransitAttachment>("att-B").available.value = false;
  EXPECT_EQ(fate(fixed, kFrom, kToB), "BLACKHOLE_ROUTE at tgw-rtb:RT");
  Network left = pair();
  left.get<TransitAttachment>("att-client").available.value = false;
  EXPECT_EQ(fate(left, kFrom, kToB),
            "STATE_NOT_ACTIVE at attachment:att-client");
}

// covers S52, S142
TEST(TransitWalk, EqualPrefixesOfTwoVpcsWithoutTimes) {
  Network n = spokes({{"B", "10.2.0.0/16"}, {"C", "10.2.0.0/16"}}, {},
                     {"att-B", "att-C"});
  const Topology t = n.build();
  const Bounds bounds = Evaluator{t}.judge(
      place(t, kFrom), kToB, [&](Place p) { return p == place(t, "subnet:C"); },
      Level::kPacket, true);
  EXPECT_EQ(bounds, (Bounds{false, true, false, true}));
}

// covers S52, S142
TEST(TransitWalk, OverlappingPrefixesOfTwoVpcsAreDoubtful) {
  Network n = spokes({{"B", "10.2.0.0/16"}, {"C", "10.2.0.0/24"}}, {},
                     {"att-B", "att-C"});
  EXPECT_EQ(fate(n, kFrom, kToB), "unknown");
  n.get<TransitAttachment>("att-C").created = "2024-01-01";
  n.get<TransitAttachment>("att-B").created = "2025-01-01";
  EXPECT_EQ(fate(n, kFrom, kToB), "delivered at subnet:C");
}

// covers S142
TEST(TransitWalk, WhatAnOpenTableMayHoldIsUnknown) {
  Network n = pair();
  n.get<TransitRouteTable>("RT").routes.open = true;
  EXPECT_EQ(fate(n, kFrom, kToB), "unknown");
  Network dangling = pair({{"10.2.0.0/24", "att-none"}});
  EXPECT_EQ(fate(dangling, kFrom, kToB), "unknown");
  Network several = spokes({{"B", "10.2.0.0/16"}, {"C", "10.3.0.0/16"}},
                           {{"10.2.0.0/24", "att-B|att-C"}}, {});
  EXPECT_EQ(fate(several, kFrom, kToB), "unknown");
}

// covers S50, S62
TEST(TransitWalk, IpV6NeedsBothAttachments) {
  Network n;
  n.transit("main");
  for (const std::string name : {"client", "B"}) {
    const std::string cidr =
        name == "B" ? "2001:db8:2::/56" : "2001:db8:1::/56";
    n.vpc(name, {cidr}, "rtb-" + name);
    n.table("rtb-" + name, name, {{"::/0", "tgw:main"}});
    n.attach_vpc("att-" + name, "main", name);
  }
  const Texts all = {"att-client", "att-B"};
  n.transit_table("RT", "main", {all, all, {}});
  const Flow flow = tcp("2001:db8:1::5", "2001:db8:2::5", 443);
  EXPECT_EQ(fate(n, kFrom, flow),
            "FAMILY_NOT_CARRIED at attachment:att-client");
  n.get<TransitAttachment>("att-client").ipv6.value = true;
  EXPECT_EQ(fate(n, kFrom, flow), "NO_ROUTE at tgw-rtb:RT");
  n.get<TransitAttachment>("att-B").ipv6.value = true;
  EXPECT_EQ(connection(n, kFrom, flow), "established");
}

// covers S57, S144
TEST(TransitWalk, AnUnknownZoneMayHaveNoEntry) {
  Network n = zones("az1", "az1");
  EXPECT_EQ(connection(n, kFrom, kToB), "established");
  n.get<Subnet>("client").zone.unknown = true;
  EXPECT_EQ(fate(n, kFrom, kToB), "unknown");
}

// covers S59, S137, S145
TEST(TransitWalk, InApplianceModeTheReplyComesToTheSameZone) {
  const auto inspection = [](bool appliance_mode) {
    Network n;
    n.transit("main");
    for (const std::string name : {"client", "B"}) {
      n.vpc(name, {name == "B" ? "10.2.0.0/16" : "10.1.0.0/16"}, "rtb-" + name);
      n.table("rtb-" + name, name, {{"0.0.0.0/0", "tgw:main"}});
    }
    n.subnet("client", "client", {"10.1.0.0/24"}, "az1");
    n.subnet("B", "B", {"10.2.0.0/24"}, "az2");
    n.attach_vpc("att-client", "main", "client");
    n.attach_vpc("att-B", "main", "B");
    n.vpc("fw", {"10.100.0.0/16"});
    for (const std::string zone : {"1", "2"}) {
      n.subnet("entry" + zone, "fw", {"10.100." + zone + ".0/24"}, "az" + zone,
               "rtb-entry" + zone);
      n.subnet("fw" + zone, "fw", {"10.100.1" + zone + ".0/24"}, "az" + zone,
               "rtb-fw");
      n.table("rtb-entry" + zone, "fw", {{"0.0.0.0/0", "endpoint:e" + zone}});
      n.inspection_endpoint("e" + zone, "fw" + zone, true);
    }
    n.table("rtb-fw", "fw", {{"0.0.0.0/0", "tgw:main"}});
    n.attach_vpc("att-fw", "main", "fw", Texts{"entry1", "entry2"})
        .appliance_mode.value = appliance_mode;
    n.transit_table("spokes", "main",
                    {{"att-client", "att-B"}, {}, {{"0.0.0.0/0", "att-fw"}}});
    n.transit_table("fw", "main", {{"att-fw"}, {"att-client", "att-B"}, {}});
    return n;
  };
  EXPECT_EQ(connection(inspection(true), kFrom, kToB), "established");
  EXPECT_EQ(connection(inspection(false), kFrom, kToB), "unknown");
}

// covers S61
TEST(TransitWalk, TheEntrySubnetsListsAreAskedOnTheWay) {
  Network n = zones("az1", "az1");
  n.get<Subnet>("entry-A").acl.emplace();
  n.get<Subnet>("entry-A").acl->value.name = "T";
  n.acl("T", "A", {{100, "allow", "any", "10.9.0.0/16"}},
        {{100, "allow", "any", "0.0.0.0/0"}});
  EXPECT_EQ(fate(n, kFrom, kToB), "NACL_DENY at acl:T");
}

// covers S61
TEST(TransitWalk, ATargetInTheEntrySubnetItselfHasNoList) {
  Network n = zones("az1", "az1");
  n.get<Subnet>("entry-B").acl.emplace();
  n.get<Subnet>("entry-B").acl->value.name = "T";
  n.acl("T", "V", {}, {});
  EXPECT_EQ(fate(n, kFrom, tcp("10.1.0.5", "10.2.9.9", 443)),
            "delivered at subnet:entry-B");
  EXPECT_EQ(fate(n, kFrom, tcp("10.1.0.5", "10.2.0.9", 443)),
            "NACL_DENY at acl:T");
}

// covers S65
TEST(TransitWalk, APeeringOfGatewaysIsLookedUpAgain) {
  Network n = pair({{"10.7.0.0/16", "left"}});
  n.transit("far");
  n.vpc("F", {"10.7.0.0/16"}, "rtb-F");
  n.table("rtb-F", "F", {{"0.0.0.0/0", "tgw:far"}});
  n.attach_vpc("att-F", "far", "F");
  n.attach_peer("left", "main", "right");
  n.attach_peer("right", "far", "left");
  n.transit_table("FT", "far", {{"att-F"}, {}, {{"10.1.0.0/16", "right"}}});
  const Flow flow = tcp("10.1.0.5", "10.7.0.5", 443);
  EXPECT_EQ(fate(n, kFrom, flow), "TGW_NO_ASSOCIATION at attachment:right");
  n.transit_table("FP", "far", {{"right"}, {"att-F"}, {}});
  EXPECT_EQ(connection(n, kFrom, flow),
            "return TGW_NO_ASSOCIATION at attachment:left");
}

// covers S63, S156
TEST(TransitWalk, GroupReferencesNeedEverySwitch) {
  Network n = referencing_pair();
  const Flow flow = tcp("10.1.0.5", "10.2.0.5", 443);
  Open<bool>& on = n.get<TransitGateway>("main").group_referencing;
  on.value = true;
  EXPECT_EQ(connection(n, "interface:client", flow), "established");
  on.unknown = true;
  EXPECT_EQ(fate(n, "interface:client", flow), "unknown");
  on.unknown = false;
  n.get<TransitAttachment>("att-B").group_referencing.value = false;
  EXPECT_EQ(fate(n, "interface:client", flow), "SG_DENY at interface:server");
}

// covers S55, S142
TEST(TransitWalk, EqualVpnRoutesShareLoad) {
  Network n = hybrid({}, {}, {"10.99.0.0/16"});
  n.vpn("vpn2", "dx-site", {"10.99.0.0/16"});
  n.attach_vpn("att-vpn2", "main", "vpn2");
  n.get<TransitRouteTable>("RT").propagations.items.push_back(
      Ref<TransitAttachment>{"att-vpn2", {}, {}});
  const Flow flow = tcp("10.1.0.5", "10.99.0.1", 443);
  const Topology t = n.build();
  const Trace trace = Evaluator{t}.trace(place(t, kFrom), flow);
  EXPECT_EQ(trace.forward.fate, Fate::kDelivered);
  EXPECT_EQ(trace.forward.paths.size(), 2U);
  EXPECT_FALSE(trace.to);
  // Without ECMP nobody knows which of the two takes it.
  n.get<TransitGateway>("main").vpn_ecmp = false;
  const Topology one = n.build();
  const Bounds bounds = Evaluator{one}.judge(
      place(one, kFrom), flow,
      [&](Place p) { return p == place(one, "site:dx-site"); }, Level::kPacket,
      true);
  EXPECT_EQ(bounds, (Bounds{false, true, false, true}));
  const Bounds shared = Evaluator{t}.judge(
      place(t, kFrom), flow,
      [&](Place p) { return p == place(t, "site:dx-site"); }, Level::kPacket,
      true);
  EXPECT_EQ(shared, (Bounds{true, true, false, false}));
}

}  // namespace
}  // namespace netproof::testing
