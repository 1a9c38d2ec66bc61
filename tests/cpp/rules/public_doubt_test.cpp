#include <gtest/gtest.h>

#include "netproof/rules/compare.hpp"
#include "netproof/rules/matrix.hpp"
#include "netproof/rules/reach.hpp"
#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::rule;
using testing::selector;
using testing::verdict;

// A VPC on the internet whose subnet lists one private interface.
Network on_the_internet(bool may_hold_more) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.internet_gateway("edge", "a");
  net.table("out", "a", {{"0.0.0.0/0", "igw:edge"}});
  net.subnet("web", "a", {"10.1.1.0/24"}, "az1", "out").interfaces_open =
      may_hold_more;
  net.interface("private", "web", {"10.1.1.10"});
  net.vpc("b", {"10.2.0.0/16"});
  return net;
}

TEST(PublicDoubt, UnlistedInterfacesMayBePublicWhereThereMayBeMore) {
  for (const bool more : {false, true}) {
    const Topology topology = on_the_internet(more).build();
    const Verdict expected = more ? Verdict::kUnknown : Verdict::kProved;
    EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "internet", "vpc:a")),
              expected);
    EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "vpc:a", "internet")),
              expected);
    // No packet of theirs meets the internet.
    EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "vpc:b", "vpc:a")),
              Verdict::kProved);
    EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "vpc:a", "vpc:b")),
              Verdict::kProved);
  }
}

TEST(PublicDoubt, NobodyIsPublicWhereNothingLeadsToTheInternet) {
  Network net = on_the_internet(true);
  net.get<Vpc>("a").public_access = {PublicAccess::kBlocked, false, {}};
  EXPECT_EQ(verdict(net.build(), rule(Verb::kDeny, "internet", "vpc:a")),
            Verdict::kProved);
}

TEST(PublicDoubt, AnOpenVpcIsDoubtedToo) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"}).subnets_open = true;
  net.internet_gateway("edge", "a");
  EXPECT_EQ(verdict(net.build(), rule(Verb::kDeny, "internet", "vpc:a")),
            Verdict::kUnknown);
}

// A gap tells that some interface has an address that nobody knows.
TEST(PublicDoubt, WhomTheInternetCallsIsUnknownWhileAnAddressIs) {
  TopologyParts parts = on_the_internet(false).build().parts();
  EXPECT_EQ(verdict(Topology{parts}, rule(Verb::kDeny, "internet", "vpc:a")),
            Verdict::kProved);
  parts.gaps.push_back({"public-addresses-are-known", {}, "", "", ""});
  const Topology topology{parts};
  for (const auto& [from, to] :
       {std::pair{"internet", "vpc:a"}, {"vpc:a", "internet"}}) {
    EXPECT_EQ(verdict(topology, rule(Verb::kDeny, from, to)),
              Verdict::kUnknown);
  }
  for (const auto& [from, to] :
       {std::pair{"internet", "vpc:a"}, {"vpc:a", "internet"}}) {
    const RuleSpec open = rule(Verb::kRequire, from, to, "tcp/443");
    EXPECT_EQ(verdict(topology, open), Verdict::kUnknown);
  }
  RuleSpec isolate = rule(Verb::kIsolate, "vpc:b", "vpc:b");
  isolate.zone = selector("vpc:b");
  isolate.from_everyone = true;
  EXPECT_EQ(verdict(topology, isolate), Verdict::kUnknown);
  EXPECT_EQ(verdict(topology, rule(Verb::kDeny, "vpc:a", "vpc:b")),
            Verdict::kProved);
}

std::vector<std::string> reach_unknown(const Topology& topology,
                                       std::string_view from,
                                       std::string_view to) {
  ReachRequest request;
  request.from = selector(from);
  request.to = selector(to);
  return reach_between(topology, Engine(topology), request).value().unknown;
}

const std::vector<std::string> kDoubt = {
    "subnet:web may hold an interface with a public address"};

TEST(PublicDoubt, WhatGetsThroughIsNotAllKnown) {
  for (const bool more : {false, true}) {
    const Topology topology = on_the_internet(more).build();
    const auto expected = more ? kDoubt : std::vector<std::string>{};
    EXPECT_EQ(reach_unknown(topology, "internet", "vpc:a"), expected);
    EXPECT_EQ(reach_unknown(topology, "vpc:a", "internet"), expected);
    EXPECT_TRUE(reach_unknown(topology, "vpc:a", "vpc:b").empty());
    EXPECT_TRUE(reach_unknown(topology, "vpc:b", "vpc:a").empty());
  }
}

TEST(PublicDoubt, NoCellSaysNoneOfThem) {
  for (const bool more : {false, true}) {
    const Topology topology = on_the_internet(more).build();
    const Matrix made =
        build_matrix(topology, Engine(topology), MatrixRequest{}).value();
    ASSERT_EQ(made.zones,
              (std::vector<std::string>{"vpc:a", "vpc:b", "internet"}));
    const Cell doubted = more ? Cell::kUnknown : Cell::kNone;
    EXPECT_EQ(made.cells[0][2], doubted);
    EXPECT_EQ(made.cells[2][0], doubted);
    EXPECT_EQ(made.cells[0][1], Cell::kNone);
    EXPECT_EQ(made.cells[1][0], Cell::kNone);
    EXPECT_EQ(made.cells[1][2], Cell::kNone);
    EXPECT_EQ(made.unknown, more ? kDoubt : std::vector<std::string>{});
  }
}

TEST(PublicDoubt, NetworksThatDifferMayDifferForThem) {
  Network net = on_the_internet(true);
  const Topology before = net.build();
  net.get<RouteTable>("out").routes = {};
  const Topology after = net.build();
  const auto unknown = [](const Topology& old, const Topology& now) {
    return compare_reach(old, Engine(old), now, Engine(now), Level::kPacket)
        .unknown;
  };
  EXPECT_EQ(unknown(before, after), kDoubt);
  EXPECT_TRUE(unknown(before, before).empty());
  const Topology closed = on_the_internet(false).build();
  EXPECT_TRUE(unknown(closed, closed).empty());
}

}  // namespace
}  // namespace netproof
