// DNS records and endpoints in selectors.
#include <gtest/gtest.h>

#include "records.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::selector;
using testing::Texts;
using testing::with_record;

Network network() {
  Network net;
  net.vpc("a", {"10.1.0.0/16"}, "main");
  net.subnet("a1", "a", {"10.1.1.0/24"});
  net.subnet("a2", "a", {"10.1.2.0/24"});
  net.interface("web", "a1", {"10.1.1.10"});
  net.interface("eni", "a1", {"10.1.1.20"});
  net.gateway_endpoint("s3", "a");
  net.interface_endpoint("kms", "a", {"eni"});
  net.inspection_endpoint("wall", "a1", true);
  net.prefix_list("storage", {"52.219.0.0/20"});
  net.table("main", "a", {{"pl:storage", "endpoint:s3"}});
  return net;
}

ZoneScope zone_in(const Topology& topology, const Selector& selector,
                  const Zones& zones = {}, bool listed_only = false) {
  const Engine engine(topology);
  return Locations(topology, engine.members())
      .select(selector, zones, listed_only);
}

Texts members(const ZoneScope& zone, const Topology& topology) {
  Texts texts;
  for (const Scope& scope : zone.scopes) {
    texts.push_back(to_string(topology, scope.place) + " " +
                    to_string(scope.addresses));
  }
  return texts;
}

TEST(ScopeRecords, ARecordMeansItsAddressesAtWhoeverOwnsThem) {
  const Topology topology =
      with_record(network(), "orders", {"10.1.1.10", "10.1.2.9"});
  const ZoneScope zone = zone_in(topology, selector("name:orders"));
  EXPECT_EQ(members(zone, topology),
            (Texts{"interface:web 10.1.1.10/32", "subnet:a2 10.1.2.9/32"}));
  EXPECT_TRUE(zone.unowned.empty());
  EXPECT_TRUE(zone.problems.empty());
}

TEST(ScopeRecords, AnAddressOfNobodyIsNoEmptyZone) {
  const Topology topology = with_record(network(), "orders", {"10.9.9.9"});
  const ZoneScope zone = zone_in(topology, selector("name:orders"));
  EXPECT_TRUE(zone.empty());
  EXPECT_EQ(to_string(zone.unowned), "10.9.9.9/32");
  EXPECT_TRUE(zone.problems.empty());
  EXPECT_TRUE(zone.unknown.empty());
}

TEST(ScopeRecords, NobodyHasAnAddressBesideListedOnesIfOnlyThoseCount) {
  const Topology topology = with_record(network(), "orders", {"10.1.1.99"});
  EXPECT_EQ(zone_in(topology, selector("name:orders")).scopes.size(), 1U);
  const ZoneScope listed = zone_in(topology, selector("name:orders"), {}, true);
  EXPECT_TRUE(listed.empty());
  EXPECT_EQ(to_string(listed.unowned), "10.1.1.99/32");
}

TEST(ScopeRecords, ZonesAndMinusKeepTrackOfNobodysAddresses) {
  const Topology topology =
      with_record(network(), "orders", {"10.9.9.9", "10.9.9.10", "10.1.1.10"});
  const Zones zones = {{"orders", selector("name:orders")}};
  Selector rest;
  rest.zones = {"orders"};
  EXPECT_EQ(to_string(zone_in(topology, rest, zones).unowned),
            "10.9.9.9/32, 10.9.9.10/32");
  rest.minus = {selector("10.9.9.9/32"), selector("interface:web")};
  const ZoneScope zone = zone_in(topology, rest, zones);
  EXPECT_EQ(to_string(zone.unowned), "10.9.9.10/32");
  EXPECT_TRUE(zone.empty());
  Selector in_vpc = selector("name:orders");
  in_vpc.vpcs = {"a"};
  EXPECT_TRUE(zone_in(topology, in_vpc).unowned.empty());
}

TEST(ScopeRecords, WhoHasUnknownAddressesMayHaveThese) {
  Network net = network();
  net.site("hq", {"172.16.0.0/16", "unknown"});
  const Topology topology = with_record(net, "orders", {"10.9.9.9"});
  const ZoneScope zone = zone_in(topology, selector("name:orders"));
  EXPECT_EQ(zone.unknown, Texts{"the addresses of site:hq are not all known"});
}

TEST(ScopeRecords, AnEndpointIsWhatRoutesSendToItOrItsInterfaces) {
  const Topology topology = network().build();
  EXPECT_EQ(members(zone_in(topology, selector("endpoint:s3")), topology),
            Texts{"endpoint:s3 52.219.0.0/20"});
  EXPECT_EQ(members(zone_in(topology, selector("endpoint:kms")), topology),
            Texts{"interface:eni 10.1.1.20/32"});
  const ZoneScope none = zone_in(topology, selector("endpoint:wall"));
  ASSERT_EQ(none.problems.size(), 1U);
  EXPECT_NE(none.problems[0].help.find("an inspection endpoint none"),
            std::string::npos);
}

TEST(ScopeRecords, APrefixListThatMayHoldMoreLeavesItsEndpointOpen) {
  Network net = network();
  net.get<PrefixList>("storage").entries.open = true;
  EXPECT_EQ(zone_in(net.build(), selector("endpoint:s3")).unknown,
            Texts{"the addresses of endpoint:s3 are not all known"});
  EXPECT_TRUE(
      zone_in(network().build(), selector("endpoint:s3")).unknown.empty());
}

TEST(ScopeRecords, AnUnknownNameIsAProblemWithTheNearestOne) {
  const Topology topology = with_record(network(), "orders", {"10.9.9.9"});
  const ZoneScope record = zone_in(topology, selector("name:order"));
  ASSERT_EQ(record.problems.size(), 1U);
  EXPECT_EQ(record.problems[0].code, "unknown-name");
  EXPECT_EQ(record.problems[0].help, "did you mean 'orders'?");
  const ZoneScope endpoint = zone_in(topology, selector("endpoint:s4"));
  ASSERT_EQ(endpoint.problems.size(), 1U);
  EXPECT_EQ(endpoint.problems[0].code, "unknown-endpoint");
}

}  // namespace
}  // namespace netproof
