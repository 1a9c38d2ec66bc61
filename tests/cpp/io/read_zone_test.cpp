#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadZone, KeysOfAMapping) {
  const RuleSet rules = rules_of(R"(
zones:
  all:
    select: {environment: [prod, stage], pci: true}
    accounts: a
    vpcs: [b]
    subnets: c
    interfaces: d
    hosts: e
    pods: f
    sites: g
    segments: h
    cidrs: [10.0.0.0/8, "2001:db8::/32"]
    zones: [one, everyone]
    minus: [one, "vpc:x", {select: {a: b}}]
  one: internet
)");
  ASSERT_EQ(rules.zones.size(), 2U);
  const Selector& zone = rules.zones.at("all");
  EXPECT_EQ(zone.name, "all");
  EXPECT_EQ(span_of(zone.where), "rules.yaml:3:3-6");
  EXPECT_EQ(zone.labels.at("environment"), (Names{"prod", "stage"}));
  EXPECT_EQ(zone.labels.at("pci"), Names{"true"});
  EXPECT_EQ(zone.accounts, Names{"a"});
  EXPECT_EQ(zone.vpcs, Names{"b"});
  EXPECT_EQ(zone.subnets, Names{"c"});
  EXPECT_EQ(zone.interfaces, Names{"d"});
  EXPECT_EQ(zone.hosts, Names{"e"});
  EXPECT_EQ(zone.pods, Names{"f"});
  EXPECT_EQ(zone.sites, Names{"g"});
  EXPECT_EQ(zone.segments, Names{"h"});
  EXPECT_EQ(zone.cidrs.size(), 2U);
  EXPECT_EQ(zone.zones, (Names{"one", "everyone"}));
  ASSERT_EQ(zone.minus.size(), 3U);
  EXPECT_EQ(zone.minus[0].zones, Names{"one"});
  EXPECT_EQ(zone.minus[1].vpcs, Names{"x"});
  EXPECT_EQ(zone.minus[2].labels.at("a"), Names{"b"});
  EXPECT_TRUE(rules.zones.at("one").internet);
}

TEST(ReadZone, AZoneGoesBeforeAKindAndAPrefix) {
  const RuleSet rules = rules_of(
      "zones: {'vpc:x': {vpcs: y}}\n"
      "rules: [{id: r, deny: {from: 'vpc:x', to: {sites: s}}}, {id: s, deny: "
      "{from: ['vpc:x'], to: 'fd00::/8'}}]\n");
  EXPECT_EQ(rules.rules.at(0).from->zones, Names{"vpc:x"});
  EXPECT_EQ(rules.rules[0].to->sites, Names{"s"});
  EXPECT_EQ(rules.rules.at(1).from->zones, Names{"vpc:x"});
  EXPECT_EQ(to_string(rules.rules[1].to->cidrs.at(0)), "fd00::/8");
}

}  // namespace
}  // namespace netproof
