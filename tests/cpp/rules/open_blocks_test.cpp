#include "rules/open_blocks.hpp"

#include <gtest/gtest.h>

#include "netproof/rules/compare.hpp"
#include "netproof/rules/matrix.hpp"
#include "netproof/rules/reach.hpp"
#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::rule;
using testing::verdict;

// Two peered VPCs; where `a` is open, only its subnets are known.
Network peered(bool open) {
  Network net;
  if (open) {
    net.vpc("a", {}).cidrs.open = true;
  } else {
    net.vpc("a", {"10.1.0.0/16"});
  }
  net.vpc("b", {"10.2.0.0/16"});
  net.peering("ab", "a", "b");
  net.table("ta", "a", {{"10.2.0.0/16", "peering:ab"}});
  net.table("tb", "b", {{"10.1.0.0/16", "peering:ab"}});
  net.subnet("a1", "a", {"10.1.0.0/24"}, "az1", "ta");
  net.subnet("a2", "a", {"10.1.1.0/24"}, "az1", "ta");
  net.subnet("b1", "b", {"10.2.0.0/24"}, "az1", "tb");
  return net;
}

// covers S141: a subnet lies in a block of its VPC, whatever that is.
TEST(OpenBlocks, SubnetsAreLocalToTheirVpc) {
  const Topology topology = peered(true).build();
  for (const auto& [from, to] : {std::pair{"subnet:a1", "subnet:a2"},
                                 {"subnet:b1", "subnet:a2"},
                                 {"subnet:a1", "subnet:b1"}}) {
    EXPECT_EQ(verdict(topology, rule(Verb::kDeny, from, to)),
              Verdict::kViolated)
        << from << " to " << to;
  }
  EXPECT_EQ(verdict(topology,
                    rule(Verb::kRequire, "subnet:a1", "subnet:a2", "tcp/443")),
            Verdict::kProved);
}

TEST(OpenBlocks, WhatIsElsewhereMayBeLocalToo) {
  for (const bool open : {true, false}) {
    const Topology topology = peered(open).build();
    const Verdict expected = open ? Verdict::kUnknown : Verdict::kProved;
    EXPECT_EQ(verdict(topology, rule(Verb::kRequire, "subnet:a1", "subnet:b1",
                                     "tcp/443")),
              expected);
    EXPECT_EQ(verdict(topology, rule(Verb::kRequire, "subnet:b1", "subnet:a1",
                                     "tcp/443")),
              expected);
  }
}

// What the other questions say: all of them doubt what crosses, none what
// stays.
TEST(OpenBlocks, ReachAndMatrixDoubtWhatCrosses) {
  for (const bool open : {true, false}) {
    const Topology topology = peered(open).build();
    const Engine engine(topology);
    const auto unknown = [&](const char* from, const char* to) {
      ReachRequest request;
      request.from = *parse_selector(from, {});
      request.to = *parse_selector(to, {});
      return !reach_between(topology, engine, request).value().unknown.empty();
    };
    EXPECT_EQ(unknown("subnet:a1", "subnet:b1"), open);
    EXPECT_EQ(unknown("subnet:b1", "subnet:a1"), open);
    EXPECT_FALSE(unknown("subnet:a1", "subnet:a2"));
    const Matrix matrix = build_matrix(topology, engine, {}).value();
    EXPECT_EQ(matrix.cells[0][1], open ? Cell::kUnknown : Cell::kAll);
    EXPECT_EQ(matrix.cells[0][2], Cell::kNone);
  }
}

TEST(OpenBlocks, AChangeMayMeetThem) {
  for (const bool open : {true, false}) {
    const Topology before = peered(open).build();
    Network net = peered(open);
    net.table("tc", "b", {});
    net.get<Subnet>("b1").route_table->value.name = "tc";
    const Topology after = net.build();
    const LevelChange change = compare_reach(before, Engine(before), after,
                                             Engine(after), Level::kConnection);
    EXPECT_FALSE(change.changes.empty());
    EXPECT_EQ(change.unknown.empty(), !open);
  }
}

// Packets of others may come through a VPC that a transit gateway leads to.
TEST(OpenBlocks, AVpcBetweenIsDoubtedToo) {
  for (const bool attached : {true, false}) {
    Network net = peered(false);
    net.vpc("middle", {}).cidrs.open = true;
    if (attached) {
      net.transit("hub");
      net.attach_vpc("att", "hub", "middle");
    }
    const Topology topology = net.build();
    const auto doubts = open_block_doubts(topology, {PlaceKind::kSubnet, 0},
                                          {PlaceKind::kSubnet, 2});
    EXPECT_EQ(doubts.empty(), !attached);
    EXPECT_TRUE(open_block_doubts(topology, {PlaceKind::kSubnet, 0},
                                  {PlaceKind::kSubnet, 1})
                    .empty());
  }
}

}  // namespace
}  // namespace netproof
