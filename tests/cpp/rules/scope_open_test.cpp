// Places that may be in a zone although nothing that is known of them is.
#include <gtest/gtest.h>

#include "records.hpp"
#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::entry;
using testing::judged;
using testing::Network;
using testing::rule;
using testing::selector;
using testing::Texts;
using testing::two_vpcs;
using testing::verdict;

const Texts kOpenSite = {"the addresses of site:hq are not all known"};

/// Two VPCs without a route between them, and a site that may own anything.
Network apart() {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.vpc("b", {"10.2.0.0/16"});
  net.site("hq", {"192.168.0.0/16", "unknown"});
  return net;
}

Selector labelled(const std::string& label, const std::string& value) {
  Selector chosen;
  chosen.name = label;
  chosen.labels[label] = {value};
  return chosen;
}

ZoneScope zone_in(const Topology& topology, const Selector& selector,
                  bool listed_only = false) {
  const Engine engine(topology);
  return Locations(topology, engine.members())
      .select(selector, {}, listed_only);
}

TEST(ScopeOpen, ADenialOfAPrefixThatAnOpenSiteMayOwnIsUnknown) {
  const Topology topology = apart().build();
  for (const auto& [from, to] :
       {std::pair{"vpc:a", "10.2.0.0/16"}, {"10.2.0.0/16", "vpc:a"}}) {
    const RuleOutcome outcome = judged(topology, rule(Verb::kDeny, from, to));
    EXPECT_EQ(outcome.result.verdict, Verdict::kUnknown);
    EXPECT_EQ(outcome.result.unknown, kOpenSite);
  }
  EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "vpc:a", "vpc:b")),
            Verdict::kProved);
}

TEST(ScopeOpen, APrefixThatOnlyAnOpenSiteMayOwnIsNoEmptyZone) {
  EXPECT_EQ(verdict(apart().build(), rule(Verb::kDeny, "vpc:a", "10.9.0.0/16")),
            Verdict::kUnknown);
}

TEST(ScopeOpen, EveryVerbThatProvesAnAbsenceCountsWithIt) {
  const Topology topology = apart().build();
  RuleSpec isolate = rule(Verb::kIsolate, "vpc:a", "vpc:b");
  isolate.zone = selector("10.2.0.0/16");
  isolate.from_everyone = true;
  EXPECT_EQ(verdict(topology, isolate), Verdict::kUnknown);
  RuleSpec only = rule(Verb::kOnly, "vpc:a", "10.2.0.0/16");
  EXPECT_EQ(verdict(topology, only), Verdict::kUnknown);
  RuleSpec through = rule(Verb::kThrough, "vpc:a", "10.2.0.0/16");
  through.via = {selector("site:hq")};
  EXPECT_EQ(verdict(topology, through), Verdict::kUnknown);
}

TEST(ScopeOpen, ARequirementOfAPrefixIsUnknownToo) {
  Network net = two_vpcs();
  net.subnet("sub-b2", "b", {"10.2.1.0/24"}).cidrs.open = true;
  RuleSpec spec = rule(Verb::kRequire, "vpc:a", "10.2.0.0/24", "tcp/443");
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  spec.to = selector("10.2.0.0/20");
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kUnknown);
}

TEST(ScopeOpen, UnknownBlocksOfASubnetAreInItsVpcBesideTheKnownOnes) {
  Network net = two_vpcs();
  net.get<Subnet>("sub-b").cidrs.open = true;
  const Topology topology = net.build();
  EXPECT_FALSE(zone_in(topology, selector("10.2.9.0/24")).unknown.empty());
  EXPECT_TRUE(zone_in(topology, selector("10.1.0.0/16")).unknown.empty());
  EXPECT_TRUE(zone_in(topology, selector("10.2.0.0/24")).unknown.empty());
}

TEST(ScopeOpen, TakingKnownAddressesAwayLeavesTheUnknownOnes) {
  Selector rest = selector("site:hq");
  rest.minus = {selector("192.168.0.0/16")};
  EXPECT_EQ(zone_in(apart().build(), rest).unknown, kOpenSite);
  rest.minus = {selector("site:hq")};
  EXPECT_TRUE(zone_in(apart().build(), rest).unknown.empty());
  Selector inside = selector("10.0.0.0/8");
  inside.minus = {selector("10.0.0.0/8")};
  EXPECT_TRUE(zone_in(apart().build(), inside).unknown.empty());
}

TEST(ScopeOpen, WhatIsOutsideAPrefixHoldsTheRestOfAnOpenSite) {
  const Topology topology = apart().build();
  const Engine engine(topology);
  const Locations locations(topology, engine.members());
  const ZoneScope zone =
      locations.select(selector("192.168.0.0/16"), {}, false);
  EXPECT_TRUE(zone.unknown.empty());
  EXPECT_EQ(locations.outside(zone, false).unknown, kOpenSite);
  const ZoneScope site = locations.select(selector("site:hq"), {}, false);
  EXPECT_TRUE(locations.outside(site, false).unknown.empty());
}

TEST(ScopeOpen, AnAddressOfARecordMayBeOfAnOpenSiteToo) {
  const Topology topology =
      testing::with_record(apart(), "orders", {"10.2.0.9"});
  EXPECT_EQ(zone_in(topology, selector("name:orders")).unknown, kOpenSite);
}

TEST(ScopeOpen, AnUnlistedSubnetMayHaveTheLabel) {
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  net.subnet("db", "a", {"10.1.9.0/24"}).labels = {{"tier", "db"}};
  RuleSpec spec = rule(Verb::kDeny, "vpc:b", "vpc:a");
  spec.to = labelled("tier", "db");
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  net.get<Vpc>("a").subnets_open = true;
  const RuleOutcome outcome = judged(net.build(), spec);
  EXPECT_EQ(outcome.result.verdict, Verdict::kUnknown);
  EXPECT_EQ(outcome.result.unknown,
            Texts{"vpc:a may hold another subnet with labels of its own"});
  net.get<Vpc>("a").labels = {{"tier", "app"}};
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  spec.to = labelled("environment", "prod");
  net.vpc("c", {"10.3.0.0/16"}).labels = {{"environment", "prod"}};
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
}

TEST(ScopeOpen, AnUnlistedInterfaceMayHaveTheLabel) {
  Network net = two_vpcs();
  net.interface("web", "sub-a", {"10.1.0.10"}).labels = {{"role", "web"}};
  EXPECT_TRUE(zone_in(net.build(), labelled("role", "web")).unknown.empty());
  net.get<Subnet>("sub-a").interfaces_open = true;
  EXPECT_EQ(zone_in(net.build(), labelled("role", "web")).unknown,
            Texts{"subnet:sub-a may hold another interface with labels of its "
                  "own"});
}

TEST(ScopeOpen, AmongListedEndpointsOnlyAnotherOneMayBeListed) {
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  net.interface("web", "sub-a", {"10.1.0.10"});
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b");
  spec.interfaces_only = true;
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  net.get<Subnet>("sub-a").interfaces_open = true;
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kUnknown);
}

TEST(ScopeOpen, AVpcOfUnknownPrefixesMayHoldLocations) {
  Network net = apart();
  net.get<Site>("hq").prefixes.open = false;
  Selector rest = selector("everyone");
  rest.minus = {selector("vpc:b")};
  RuleSpec spec = rule(Verb::kDeny, "vpc:a", "vpc:b");
  spec.from = rest;
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  net.vpc("c", {"unknown"});
  const RuleOutcome outcome = judged(net.build(), spec);
  EXPECT_EQ(outcome.result.verdict, Verdict::kUnknown);
  EXPECT_EQ(outcome.result.unknown,
            Texts{"the addresses of vpc:c are not all known"});
  EXPECT_EQ(verdict(net.build(), rule(Verb::kDeny, "vpc:c", "vpc:b")),
            Verdict::kUnknown);
  spec.from->minus.push_back(selector("vpc:c"));
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  EXPECT_TRUE(zone_in(net.build(), selector("internet")).unknown.empty());
}

// covers S27
TEST(ScopeOpen, APublicAddressIsOfTheInterfaceBehindIt) {
  Network net = apart();
  net.subnet("front", "a", {"10.1.0.0/24"});
  net.interface("web", "front", {"10.1.0.10"}, {}, {"203.0.113.10"});
  const ZoneScope zone = zone_in(net.build(), selector("203.0.113.10/32"));
  ASSERT_EQ(zone.scopes.size(), 1U);
  EXPECT_EQ(to_string(zone.scopes[0].addresses), "10.1.0.10/32");
}

// A location of the other part may name one of the exception as its source.
TEST(ScopeOpen, AnExceptionForAPartOfAPlaceThatSpoofsCoversNothing) {
  Network net = two_vpcs();
  net.site("hq", {"192.168.0.0/16"});
  net.vpn("line", "hq", {"192.168.0.0/16"});
  net.attach_vpn("att-line", "main", "line");
  net.get<TransitRouteTable>("rt").associations.items.push_back(
      {"att-line", {}, {}});
  RuleSpec spec = rule(Verb::kDeny, "site:hq", "vpc:b");
  spec.except = {entry("192.168.0.0/17", "", "any"),
                 entry("192.168.128.0/17", "", "any")};
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  net.get<Site>("hq").spoofs = true;
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kViolated);
}

}  // namespace
}  // namespace netproof
