#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;

Network network() {
  Network net;
  net.vpc("app", {"10.1.0.0/16"}).labels = {{"environment", "prod"}};
  net.subnet("front", "app", {"10.1.1.0/24"});
  return net;
}

Diagnostics problems(const Selector& selector) {
  const Topology topology = network().build();
  const Engine engine(topology);
  const Locations locations(topology, engine.members());
  return locations.select(selector, {}, false).problems;
}

TEST(ScopeNames, AnUnknownNameIsAProblemWithTheNearestOne) {
  Selector selector;
  selector.vpcs = {"ap"};
  const Diagnostics found = problems(selector);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "unknown-vpc");
  EXPECT_EQ(found[0].help, "did you mean 'app'?");
}

TEST(ScopeNames, AnEmptyZoneIsAProblemThatNamesTheValue) {
  Selector selector;
  selector.name = "z";
  selector.labels["environment"] = {"prd"};
  const Diagnostics found = problems(selector);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "zone-selects-something");
  EXPECT_EQ(found[0].help, "no 'environment' is 'prd'; did you mean 'prod'?");
}

TEST(ScopeNames, AnUnknownLabelIsSaidSo) {
  Selector selector;
  selector.labels["enviroment"] = {"prod"};
  const Diagnostics found = problems(selector);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].help,
            "nothing has a label 'enviroment'; did you mean "
            "'environment'?");
}

TEST(ScopeNames, TextsAreZoneThenNameThenPrefix) {
  const Zones zones = {{"internet", testing::selector("vpc:app")}};
  EXPECT_EQ(parse_selector("internet", zones)->zones.size(), 1U);
  EXPECT_TRUE(parse_selector("internet", {})->internet);
  EXPECT_TRUE(parse_selector("everyone", {})->everyone);
  EXPECT_EQ(parse_selector("segment:lan", {})->segments.size(), 1U);
  EXPECT_EQ(parse_selector("2001:db8::/32", {})->cidrs.size(), 1U);
  EXPECT_FALSE(parse_selector("10.0.0.1/8", {}));
  EXPECT_FALSE(parse_selector("planet:mars", {}));
  EXPECT_FALSE(parse_selector("vpc:", {}));
}

TEST(ScopeNames, APlaceIsNamedWithOrWithoutItsKind) {
  const Topology topology = network().build();
  const Engine engine(topology);
  const Locations locations(topology, engine.members());
  EXPECT_EQ(places_named(locations, "subnet:front").size(), 1U);
  EXPECT_EQ(places_named(locations, "front").size(), 1U);
  EXPECT_EQ(places_named(locations, "internet").size(), 1U);
  EXPECT_TRUE(places_named(locations, "nobody").empty());
}

TEST(ScopeNames, NearIsOneOrTwoLettersAway) {
  EXPECT_EQ(nearest("prdo", {"prod", "dev"}), "prod");
  EXPECT_EQ(nearest("finance", {"prod", "dev"}), "");
}

}  // namespace
}  // namespace netproof
