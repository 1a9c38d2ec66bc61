#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::Texts;
using testing::two_vpcs;

constexpr auto kId = "group-reference-meets-no-middlebox";

/// The application reaches the database by way of an endpoint.
Network guarded() {
  Network net;
  net.vpc("v", {"10.1.0.0/16"});
  net.table("app", "v", {{"10.1.2.0/24", "endpoint:fw"}});
  net.subnet("app", "v", {"10.1.1.0/24"}, "", "app");
  net.subnet("db", "v", {"10.1.2.0/24"});
  net.subnet("fw", "v", {"10.1.9.0/24"});
  net.inspection_endpoint("fw", "fw", true);
  net.group("app", "v", {}, {});
  net.group("db", "v", {{"tcp/5432", {"sg:app"}}}, {});
  net.interface("app", "app", {"10.1.1.10"}, Texts{"app"});
  net.interface("db", "db", {"10.1.2.10"}, Texts{"db"});
  return net;
}

// covers S73
TEST(PlanBrokenReferences, AnEndpointOnEveryWayIsReported) {
  Network net = guarded();
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "sg:db names sg:app as source, which matches nothing: what "
            "subnet:app sends to subnet:db goes through endpoint:fw");
}

// covers S73
TEST(PlanBrokenReferences, AWayPastTheEndpointIsEnough) {
  Network near = guarded();
  near.interface("near", "db", {"10.1.2.20"}, Texts{"app"});
  EXPECT_TRUE(findings(near.build(), kId).empty());
  Network local = guarded();
  local.get<Subnet>("app").route_table.reset();
  EXPECT_TRUE(findings(local.build(), kId).empty());
  Network by_address = guarded();
  by_address.get<SecurityGroup>("db").ingress.items.clear();
  EXPECT_TRUE(findings(by_address.build(), kId).empty());
}

// covers S73: what is not known is no mistake
TEST(PlanBrokenReferences, WhatNobodyKnowsIsNotReported) {
  Network table = guarded();
  table.get<RouteTable>("app").routes.open = true;
  EXPECT_TRUE(findings(table.build(), kId).empty());
  Network groups = guarded();
  groups.get<Interface>("db").security_groups->open = true;
  EXPECT_TRUE(findings(groups.build(), kId).empty());
  Network more = guarded();
  more.get<Subnet>("db").interfaces_open = true;
  EXPECT_TRUE(findings(more.build(), kId).empty());
}

// covers S73: an egress line, and an interface that forwards
TEST(PlanBrokenReferences, SoAreInterfacesAndEgressLines) {
  Network net = guarded();
  net.interface("box", "fw", {"10.1.9.10"});
  net.get<RouteTable>("app").routes.items.clear();
  EXPECT_TRUE(findings(net.build(), kId).empty());
  Network by_box = guarded();
  by_box.interface("box", "fw", {"10.1.9.10"});
  by_box.table("other", "v", {{"10.1.2.0/24", "interface:box"}});
  by_box.get<Subnet>("app").route_table->value = {"other", {}, {}};
  by_box.group("out", "v", {}, {{"tcp/5432", {"sg:db"}}});
  by_box.interface("out", "app", {"10.1.1.11"}, Texts{"out"});
  const auto found = findings(by_box.build(), kId);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NE(found[1].message.find("as destination"), std::string::npos);
  EXPECT_NE(found[1].message.find("interface:box"), std::string::npos);
}

// covers S63, S73
TEST(PlanBrokenReferences, AVpcBetweenTwoOthersBreaksThemToo) {
  Network net = two_vpcs();
  net.get<TransitGateway>("main").group_referencing = {true, false, {}};
  net.group("app", "a", {}, {});
  net.group("db", "b", {{"tcp/5432", {"sg:app"}}}, {});
  net.interface("app", "sub-a", {"10.1.0.10"}, Texts{"app"});
  net.interface("db", "sub-b", {"10.2.0.10"}, Texts{"db"});
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.vpc("inspection", {"10.9.0.0/16"});
  net.attach_vpc("att-i", "main", "inspection");
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  net.transit_table("through", "main", {{}, {}, {{"0.0.0.0/0", "att-i"}}});
  auto& associations = net.get<TransitRouteTable>("rt").associations.items;
  net.get<TransitRouteTable>("through").associations.items = associations;
  associations.clear();
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].message.find("goes through vpc:inspection"),
            std::string::npos);
}

}  // namespace
}  // namespace netproof
