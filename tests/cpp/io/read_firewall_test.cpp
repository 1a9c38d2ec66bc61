#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadFirewall, ZonesAndRules) {
  const auto parts = parts_of(R"(
segments: [{name: office, prefixes: [192.168.0.0/24]}]
firewalls:
  - name: f
    zones:
      - {name: in, segments: [office, none]}
      - {name: out, neighbours: [internet, "site:hq"]}
    rules:
      - {from: in, to: [out], destinations: 10.0.0.0/8, service: tcp/443, action: allow}
      - {name: rest, service: any, action: unknown}
    intra_zone: deny
)");
  const ZoneFirewall& firewall = parts.firewalls.at(0);
  ASSERT_EQ(firewall.zones.size(), 2U);
  EXPECT_TRUE(firewall.zones[0].segments.at(0));
  EXPECT_FALSE(firewall.zones[0].segments.at(1));
  EXPECT_EQ(firewall.zones[1].neighbours, (Names{"internet", "site:hq"}));
  ASSERT_EQ(firewall.rules.items.size(), 2U);
  EXPECT_EQ(firewall.rules.items[0].name, "f #1");
  EXPECT_EQ(firewall.rules.items[0].from_zones, Names{"in"});
  EXPECT_EQ(firewall.rules.items[0].destinations.items.size(), 1U);
  EXPECT_TRUE(firewall.rules.items[0].allow.is(true));
  EXPECT_EQ(firewall.rules.items[1].name, "rest");
  EXPECT_TRUE(firewall.rules.items[1].allow.unknown);
  EXPECT_TRUE(firewall.default_allow.is(false));
  EXPECT_TRUE(firewall.intra_zone_allow.is(false));
}

// covers S117
TEST(ReadFirewall, WithoutAWordTheInsideOfAZoneIsUnknown) {
  const auto parts = parts_of("firewalls: [{name: f, zones: []}]");
  EXPECT_TRUE(parts.firewalls.at(0).intra_zone_allow.unknown);
}

TEST(ReadFirewall, AnEmptyListIsNotAnyAddress) {
  const std::string text =
      "firewalls: [{name: f, zones: [], rules: [{sources: [], service: any, "
      "action: deny}]}]";
  expect_refusal({"empty-list", text, 1, 52, "[]", "match anything"},
                 errors_of(text));
}

TEST(ReadFirewall, ZonesHaveNamesOfTheirOwn) {
  const std::string text =
      "firewalls: [{name: f, zones: [{name: a}, {name: a}]}]";
  expect_refusal({"duplicate-name", text, 1, 42, "a", "one zone"},
                 errors_of(text));
}

}  // namespace
}  // namespace netproof
