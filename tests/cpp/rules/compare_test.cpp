#include "netproof/rules/compare.hpp"

#include <gtest/gtest.h>

#include "netproof/engine/difference.hpp"
#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::two_vpcs;

LevelChange compared(const Topology& before, const Topology& after,
                     Level level = Level::kPacket) {
  return compare_reach(before, Engine(before), after, Engine(after), level);
}

LevelChange first(const Topology& before, const Topology& after) {
  return first_difference(before, Engine(before), after, Engine(after));
}

PacketSet between(std::string_view from, std::string_view to,
                  std::string_view what = "any") {
  const auto block = [](std::string_view text) {
    return IpPrefix::parse(text).value();
  };
  return PacketSet::box(assignable({block(from)}), assignable({block(to)}),
                        testing::service(what));
}

Network behind_groups(const testing::Texts& peers) {
  Network net = two_vpcs();
  net.group("web", "b", {{"tcp/443", peers}}, {{"any", {"0.0.0.0/0"}}});
  net.get<Subnet>("sub-b").security_groups = OpenList<Ref<SecurityGroup>>{
      {{"web", Id<SecurityGroup>{0}, {}}}, false, {}};
  return net;
}

TEST(Compare, ANetworkDoesNotDifferFromItself) {
  const Topology topology = two_vpcs().build();
  EXPECT_TRUE(
      what_may_differ(Engine(topology), Engine(topology)).questions.empty());
  EXPECT_TRUE(compared(topology, topology).same());
  EXPECT_TRUE(compared(topology, topology, Level::kConnection).same());
}

TEST(Compare, OneOpenedLineIsExactlyThatSet) {
  const LevelChange found =
      compared(behind_groups({"10.1.0.0/25"}).build(),
               behind_groups({"10.1.0.0/25", "10.1.0.128/25"}).build());
  ASSERT_EQ(found.changes.size(), 1U);
  const ReachChange& change = found.changes[0];
  EXPECT_EQ(change.from, "subnet:sub-a");
  EXPECT_EQ(change.to, "subnet:sub-b");
  const PacketSet upper = PacketSet::all().restrict_src(
      IpSet::of(IpPrefix::parse("10.1.0.128/25").value()));
  EXPECT_EQ(change.opened,
            between("10.1.0.0/24", "10.2.0.0/24", "tcp/443") & upper);
  EXPECT_TRUE(change.closed.empty());
  EXPECT_TRUE(change.altered.empty());
  EXPECT_TRUE(change.unknown.empty());
  EXPECT_TRUE(found.unknown.empty());
}

TEST(Compare, WhatIsTakenAwayIsClosed) {
  Network less = two_vpcs();
  less.get<TransitRouteTable>("rt").propagations.items.pop_back();
  const LevelChange found = compared(two_vpcs().build(), less.build());
  ASSERT_EQ(found.changes.size(), 1U);
  EXPECT_EQ(found.changes[0].closed, between("10.1.0.0/24", "10.2.0.0/24"));
  EXPECT_TRUE(found.changes[0].opened.empty());
}

TEST(Compare, AConnectionNeedsItsReply) {
  Network less = two_vpcs();
  less.get<TransitRouteTable>("rt").propagations.items.pop_back();
  const LevelChange found =
      compared(two_vpcs().build(), less.build(), Level::kConnection);
  ASSERT_EQ(found.changes.size(), 2U);
  EXPECT_EQ(found.changes[0].from, "subnet:sub-b");
  EXPECT_EQ(found.changes[1].from, "subnet:sub-a");
}

TEST(Compare, AnIdleTableChangesNothing) {
  Network more = two_vpcs();
  more.transit_table("idle", "main", {{}, {"att-a"}, {{"0.0.0.0/0", "att-b"}}});
  EXPECT_TRUE(first(two_vpcs().build(), more.build()).same());
}

TEST(Compare, ABlackholeWhereNothingWasRoutedChangesNothing) {
  Network more = two_vpcs();
  TransitRoute route;
  route.destination = WrittenPrefix{IpPrefix::parse("10.9.0.0/16").value(),
                                    IpPrefix::parse("10.9.0.0/16").value(),
                                    false,
                                    "10.9.0.0/16",
                                    {}};
  route.blackhole = true;
  more.get<TransitRouteTable>("rt").routes.items.push_back(route);
  const Topology before = two_vpcs().build();
  const Topology after = more.build();
  EXPECT_TRUE(first(before, after).same());
  EXPECT_TRUE(what_may_differ(Engine(before), Engine(after)).questions.empty());
}

TEST(Compare, LessCertainIsAltered) {
  Network open = two_vpcs();
  open.get<TransitAttachment>("att-b").available.unknown = true;
  const LevelChange found = compared(two_vpcs().build(), open.build());
  ASSERT_EQ(found.changes.size(), 2U);
  for (const ReachChange& change : found.changes) {
    EXPECT_TRUE(change.opened.empty());
    EXPECT_TRUE(change.closed.empty());
    EXPECT_FALSE(change.altered.empty());
    EXPECT_FALSE(change.unknown.empty());
  }
}

TEST(Compare, ALocationOfOneNetworkOnlyIsNewOrGone) {
  Network more = two_vpcs();
  more.subnet("sub-new", "b", {"10.2.1.0/24"});
  const LevelChange opened = compared(two_vpcs().build(), more.build());
  const LevelChange closed = compared(more.build(), two_vpcs().build());
  ASSERT_FALSE(opened.changes.empty());
  ASSERT_EQ(opened.changes.size(), closed.changes.size());
  for (std::size_t i = 0; i < opened.changes.size(); ++i) {
    const ReachChange& change = opened.changes[i];
    EXPECT_TRUE(change.from == "subnet:sub-new" ||
                change.to == "subnet:sub-new");
    EXPECT_EQ(change.opened, closed.changes[i].closed);
    EXPECT_TRUE(change.closed.empty());
  }
}

TEST(Compare, WhatMayOwnMoreLeavesTheAnswerOpen) {
  const auto with_site = [](bool route) {
    Network net = two_vpcs();
    net.site("hq", {"192.168.0.0/16", "unknown"});
    net.vpn("line", "hq", {"192.168.0.0/16"});
    net.attach_vpn("att-vpn", "main", "line");
    if (route) {
      net.get<TransitRouteTable>("rt").routes.items.push_back({});
      TransitRoute& added =
          net.get<TransitRouteTable>("rt").routes.items.back();
      added.destination = WrittenPrefix{IpPrefix::parse("10.9.0.0/16").value(),
                                        IpPrefix::parse("10.9.0.0/16").value(),
                                        false,
                                        "10.9.0.0/16",
                                        {}};
      added.targets.push_back({"att-vpn", Id<TransitAttachment>{2}, {}});
    }
    return net.build();
  };
  const LevelChange found = compared(with_site(false), with_site(true));
  EXPECT_TRUE(found.changes.empty());
  ASSERT_EQ(found.unknown.size(), 1U);
  EXPECT_EQ(found.unknown[0], "site:hq may own other addresses");
}

TEST(Compare, RulesThatFailNowAndRulesThatAreFixed) {
  Network less = two_vpcs();
  less.get<TransitRouteTable>("rt").propagations.items.pop_back();
  RuleSet rules;
  rules.rules = {testing::rule(Verb::kDeny, "vpc:a", "vpc:b"),
                 testing::rule(Verb::kRequire, "vpc:b", "vpc:a", "tcp/443")};
  rules.rules[0].id = "a-is-kept-out";
  rules.rules[1].id = "b-calls-a";
  const Judge open = testing::judge_of(two_vpcs().build());
  const Judge closed = testing::judge_of(less.build());
  const auto found = compare_rules(open, closed, rules, "");
  ASSERT_TRUE(found);
  ASSERT_EQ(found.value().now_fixed.size(), 1U);
  EXPECT_EQ(found.value().now_fixed[0].id, "a-is-kept-out");
  ASSERT_EQ(found.value().now_failing.size(), 1U);
  EXPECT_EQ(found.value().now_failing[0].id, "b-calls-a");
  EXPECT_TRUE(found.value().otherwise.empty());
  EXPECT_TRUE(compare_rules(open, open, rules, "").value().same());
}

TEST(Compare, ARuleThatMakesSenseInOneNetworkOnly) {
  Network more = two_vpcs();
  more.vpc("c", {"10.3.0.0/16"});
  RuleSet rules;
  rules.rules = {testing::rule(Verb::kDeny, "vpc:a", "vpc:c")};
  const Judge old = testing::judge_of(two_vpcs().build());
  const auto found =
      compare_rules(old, testing::judge_of(more.build()), rules, "");
  ASSERT_TRUE(found);
  ASSERT_EQ(found.value().otherwise.size(), 1U);
  EXPECT_FALSE(found.value().otherwise[0].before);
  EXPECT_FALSE(compare_rules(old, old, rules, ""));
}

}  // namespace
}  // namespace netproof
