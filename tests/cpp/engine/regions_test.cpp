#include "engine/regions.hpp"

#include <gtest/gtest.h>

#include "support/network.hpp"

namespace netproof::engine {
namespace {

IpPrefix prefix(std::string_view text) { return IpPrefix::parse(text).value(); }

Fib fib(std::initializer_list<std::pair<std::string_view, NextHop>> lines) {
  std::vector<Candidate> candidates;
  for (const auto& [text, hop] : lines) {
    Candidate candidate;
    candidate.prefix = prefix(text);
    candidate.hop = hop;
    candidates.push_back(candidate);
  }
  return Fib::build(std::move(candidates));
}

constexpr NextHop kOne{HopKind::kAttachment, 1};
constexpr NextHop kTwo{HopKind::kAttachment, 2};
constexpr NextHop kNowhere{HopKind::kBlackhole, 0};

TEST(Regions, TablesDifferWhereTheyDecideDifferently) {
  const Fib before = fib({{"10.0.0.0/8", kOne}});
  EXPECT_TRUE(destinations_that_differ(before, before).empty());
  EXPECT_EQ(destinations_that_differ(
                before, fib({{"10.0.0.0/8", kOne}, {"10.1.0.0/16", kTwo}})),
            IpSet::of(prefix("10.1.0.0/16")));
  EXPECT_EQ(destinations_that_differ(before, fib({{"10.0.0.0/9", kOne}})),
            IpSet::of(prefix("10.128.0.0/9")));
  EXPECT_EQ(destinations_that_differ(
                before, fib({{"::/0", kOne}, {"10.0.0.0/8", kOne}})),
            IpSet::all(Family::kV6));
}

TEST(Regions, ABlackholeIsNoOtherDecisionThanNoRoute) {
  EXPECT_TRUE(destinations_that_differ(fib({}), fib({{"10.0.0.0/8", kNowhere}}))
                  .empty());
}

// Two VPCs on one transit table; `b` has a NAT gateway if it translates.
testing::Network pair_of_vpcs(bool translates) {
  testing::Network net;
  for (const std::string name : {"a", "b"}) {
    const std::string block = name == "a" ? "10.1.0.0/16" : "10.2.0.0/16";
    net.vpc(name, {block}, "rtb-" + name);
    net.table("rtb-" + name, name, {{"10.0.0.0/8", "tgw:main"}});
    net.subnet("sub-" + name, name, {block});
    net.attach_vpc("att-" + name, "main", name);
  }
  if (translates) net.nat_gateway("nat", "sub-b", "10.2.0.9");
  net.transit("main");
  net.transit_table("rt", "main", {{"att-a", "att-b"}, {"att-a", "att-b"}, {}});
  return net;
}

std::vector<Region> regions(const testing::Network& before,
                            const testing::Network& after) {
  const Compiled old(before.build());
  const Compiled now(after.build());
  return regions_that_differ(old, now);
}

TEST(Regions, ALineLessConcernsItsSendersAndItsDestinations) {
  testing::Network after = pair_of_vpcs(false);
  after.get<TransitRouteTable>("rt").propagations.items.pop_back();
  const std::vector<Region> found = regions(pair_of_vpcs(false), after);
  const IpSet b = IpSet::of(prefix("10.2.0.0/16"));
  const IpSet both = b | IpSet::of(prefix("10.1.0.0/16"));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].from, both);
  EXPECT_EQ(found[0].to, b);
  EXPECT_EQ(found[1].from, b);
  EXPECT_EQ(found[1].to, both);
}

TEST(Regions, WhatIsTranslatedMayComeFromAnywhere) {
  testing::Network after = pair_of_vpcs(true);
  after.get<TransitRouteTable>("rt").propagations.items.pop_back();
  const std::vector<Region> found = regions(pair_of_vpcs(true), after);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].from, IpSet::all());
  EXPECT_EQ(found[0].to, IpSet::all());
}

TEST(Regions, EqualNetworksHaveNone) {
  EXPECT_TRUE(regions(pair_of_vpcs(true), pair_of_vpcs(true)).empty());
}

}  // namespace
}  // namespace netproof::engine
