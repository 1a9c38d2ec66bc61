#include "netproof/rules/scope.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::selector;
using Names = std::vector<std::string>;

Selector by_label(const std::string& label, const Names& values) {
  Selector chosen;
  chosen.name = "zone";
  chosen.labels[label] = values;
  return chosen;
}

/// vpc a (prod) with subnets a1 and a2 (tier db) and an interface in a1; vpc b
/// (dev); a site.
Network network() {
  Network net;
  net.vpc("a", {"10.1.0.0/16"}).labels = {{"environment", "prod"}};
  net.subnet("a1", "a", {"10.1.1.0/24"});
  net.subnet("a2", "a", {"10.1.2.0/24"}).labels = {{"tier", "db"}};
  net.interface("web", "a1", {"10.1.1.10"});
  net.vpc("b", {"10.2.0.0/16"}).labels = {{"environment", "dev"}};
  net.site("hq", {"192.168.0.0/16"});
  return net;
}

class ScopeTest : public ::testing::Test {
 protected:
  explicit ScopeTest(const Network& net = network())
      : topology_{net.build()},
        engine_{topology_},
        locations_{topology_, engine_.members()} {}

  Names places(const Selector& chosen, bool listed_only = false,
               const Zones& zones = {}) const {
    Names names;
    for (const Scope& scope :
         locations_.select(chosen, zones, listed_only).scopes) {
      names.push_back(to_string(topology_, scope.place));
    }
    return names;
  }

  Topology topology_;
  Engine engine_;
  Locations locations_;
};

TEST_F(ScopeTest, LabelsAreInherited) {
  EXPECT_EQ(places(by_label("environment", {"prod"})),
            (Names{"interface:web", "subnet:a1", "subnet:a2"}));
  EXPECT_EQ(places(by_label("tier", {"db"})), (Names{"subnet:a2"}));
}

TEST_F(ScopeTest, ValuesAreOredAndKeysAnded) {
  EXPECT_EQ(places(by_label("environment", {"prod", "dev"})).size(), 4U);
  Selector both = by_label("environment", {"prod"});
  both.subnets = {"a1"};
  EXPECT_EQ(places(both), (Names{"interface:web", "subnet:a1"}));
  both.sites = {"hq"};
  EXPECT_TRUE(places(both).empty());
}

TEST_F(ScopeTest, AMemberIsTheOutermostObjectMatched) {
  EXPECT_EQ(
      locations_.select(by_label("environment", {"prod"}), {}, false).members,
      (Names{"vpc:a"}));
  Selector subnets;
  subnets.subnets = {"a1", "a2"};
  EXPECT_EQ(locations_.select(subnets, {}, false).members,
            (Names{"subnet:a1", "subnet:a2"}));
}

TEST_F(ScopeTest, ListedOnlyLeavesOutImpliedPlacesBesideListedOnes) {
  EXPECT_EQ(places(by_label("environment", {"prod"}), true),
            (Names{"interface:web", "subnet:a2"}));
}

TEST_F(ScopeTest, APrefixMeansItsAddressesAtWhoeverOwnsThem) {
  const ZoneScope zone = locations_.select(selector("10.1.1.0/28"), {}, false);
  ASSERT_EQ(zone.scopes.size(), 2U);
  EXPECT_EQ(to_string(zone.scopes[0].addresses), "10.1.1.10/32");
  EXPECT_TRUE(zone.scopes[1].addresses.lies_inside(
      IpSet::of(testing::prefix("10.1.1.0/28"))));
  EXPECT_EQ(zone.members, (Names{"vpc:a"}));
}

TEST_F(ScopeTest, MinusTakesAway) {
  Selector rest = selector("everyone");
  rest.minus = {selector("internet"), by_label("environment", {"prod"})};
  EXPECT_EQ(places(rest), (Names{"subnet:b", "site:hq"}));
}

TEST_F(ScopeTest, ZonesAreUnited) {
  const Zones zones = {{"prod", by_label("environment", {"prod"})},
                       {"hq", selector("site:hq")}};
  Selector both;
  both.zones = {"prod", "hq"};
  const ZoneScope zone = locations_.select(both, zones, false);
  EXPECT_EQ(zone.members, (Names{"vpc:a", "site:hq"}));
}

TEST_F(ScopeTest, AListUnitesZonesAndWhateverATextMeans) {
  Zones zones;
  zones["db"] = by_label("tier", {"db"});
  Selector list;
  list.name = "list";
  list.zones = {"db", "site:hq", "10.2.0.0/24", "internet"};
  EXPECT_EQ(places(list, false, zones),
            (Names{"subnet:a2", "subnet:b", "site:hq", "internet"}));
  list.zones = {"everyone"};
  EXPECT_EQ(places(list, false, zones).size(), 6U);
  list.zones = {"db", "site:nowhere"};
  EXPECT_FALSE(locations_.select(list, zones, false).problems.empty());
}

TEST_F(ScopeTest, OutsideIsEverythingElse) {
  const ZoneScope prod =
      locations_.select(by_label("environment", {"prod"}), {}, false);
  EXPECT_EQ(locations_.outside(prod, false).members,
            (Names{"vpc:b", "site:hq", "internet"}));
}

TEST_F(ScopeTest, EveryPlaceOfAZoneIncludesThoseWithoutAddresses) {
  EXPECT_EQ(locations_.places_of(selector("vpc:a"), {}).size(), 3U);
  EXPECT_TRUE(locations_.places_partly_in(selector("vpc:a"), {}).empty());
}

TEST_F(ScopeTest, APlaceIsPartlyInAPrefixThatLeavesSomeOfItOut) {
  Names names;
  for (const Place place :
       locations_.places_partly_in(selector("10.1.1.0/28"), {})) {
    names.push_back(to_string(topology_, place));
  }
  EXPECT_EQ(names, (Names{"subnet:a1"}));
}

}  // namespace
}  // namespace netproof
