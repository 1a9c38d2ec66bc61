#include <gtest/gtest.h>

#include "reference/ask.hpp"

namespace netproof::testing {
namespace {

/// Segments `office` and `plant` on one router with a zone firewall that lets
/// the office reach https of the plant.
Network campus() {
  Network n;
  n.router("core", {}, "fw");
  n.segment("office", {"192.168.1.0/24"}, "core");
  n.segment("plant", {"192.168.2.0/24"}, "core");
  n.firewall("fw", {{"staff", {"office"}, {}}, {"ot", {"plant"}, {}}},
             {{"web", {"staff"}, {"ot"}, {}, {}, "tcp/443", "allow"}});
  return n;
}

const std::string kFrom = "segment:office";
const Flow kHttps = tcp("192.168.1.5", "192.168.2.5", 443);

// covers S116, S118
TEST(SegmentWalk, TheZoneFirewallJudgesBetweenZones) {
  const Network n = campus();
  EXPECT_EQ(connection(n, kFrom, kHttps), "established");
  EXPECT_EQ(fate(n, kFrom, tcp("192.168.1.5", "192.168.2.5", 22)),
            "FIREWALL_DENY at firewall:fw");
  EXPECT_EQ(fate(n, "segment:plant", tcp("192.168.2.5", "192.168.1.5", 443)),
            "FIREWALL_DENY at firewall:fw");
  EXPECT_EQ(fate(n, kFrom, tcp("192.168.1.5", "192.168.3.5", 22)),
            "NO_ROUTE at router:core");
}

// covers S117
TEST(SegmentWalk, WithinAZoneNothingIsPresumed) {
  Network n = campus();
  n.segment("annex", {"192.168.4.0/24"}, "core");
  n.get<ZoneFirewall>("fw").zones[0].segments.push_back(
      Ref<Segment>{"annex", {}, {}});
  const Flow flow = tcp("192.168.1.5", "192.168.4.5", 80);
  EXPECT_EQ(fate(n, kFrom, flow), "unknown");
  n.get<ZoneFirewall>("fw").intra_zone_allow = Open<bool>{true, false, {}};
  EXPECT_EQ(fate(n, kFrom, flow), "delivered at segment:annex");
}

// covers S119, S154
TEST(SegmentWalk, OneSegmentIsLayerTwo) {
  Network n = campus();
  const Flow flow = tcp("192.168.1.5", "192.168.1.6", 80);
  EXPECT_EQ(fate(n, kFrom, flow), "delivered at segment:office");
  n.get<Segment>("office").port_isolation.value = true;
  EXPECT_EQ(fate(n, kFrom, flow), "FIREWALL_DENY at segment:office");
  n.get<Segment>("office").router.reset();
  EXPECT_EQ(fate(n, kFrom, kHttps), "NO_ROUTE at segment:office");
}

// covers S154
TEST(SegmentWalk, ListedHostsAreAllThereIs) {
  Network n = campus();
  n.host("plc", "plant", {"192.168.2.5"});
  EXPECT_EQ(fate(n, kFrom, kHttps), "delivered at host:plc");
  const Flow other = tcp("192.168.1.5", "192.168.2.6", 443);
  EXPECT_EQ(fate(n, kFrom, other), "NO_SUCH_ADDRESS at segment:plant");
  EXPECT_EQ(fate(n, kFrom, other, false), "delivered at segment:plant");
}

// covers S118, S158
TEST(SegmentWalk, AnotherFirewallOnTheWayBackHasNoState) {
  Network n;
  n.router("a", {{"192.168.2.0/24", "router:b"}});
  n.router("b", {{"192.168.1.0/24", "router:c"}});
  n.router("c", {{"192.168.1.0/24", "router:a"}}, "fw");
  n.firewall("fw", {}, {}).default_allow.value = true;
  n.segment("office", {"192.168.1.0/24"}, "a");
  n.segment("plant", {"192.168.2.0/24"}, "b");
  EXPECT_EQ(connection(n, kFrom, kHttps), "return NO_STATE at firewall:fw");
}

// covers S154
TEST(SegmentWalk, RoutersLeadToSitesAndTheInternet) {
  Network n;
  n.router("r", {{"0.0.0.0/0", "internet"},
                 {"10.50.0.0/16", "site:hq"},
                 {"10.60.0.0/16", "unknown"}});
  n.segment("office", {"192.168.1.0/24"}, "r");
  n.site("hq", {"10.50.0.0/16"});
  EXPECT_EQ(connection(n, kFrom, tcp("192.168.1.5", "10.50.0.5", 80)),
            "established");
  EXPECT_EQ(fate(n, kFrom, tcp("192.168.1.5", "1.1.1.1", 80)),
            "delivered at internet");
  EXPECT_EQ(fate(n, kFrom, tcp("192.168.1.5", "10.9.0.5", 80)),
            "UNROUTABLE at internet");
  EXPECT_EQ(fate(n, kFrom, tcp("192.168.1.5", "10.60.0.5", 80)),
            "NOT_ADVERTISED at site:hq");
}

}  // namespace
}  // namespace netproof::testing
