#include "net/diagram.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "net/diagram_algebra.hpp"
#include "net/diagram_relations.hpp"
#include "net/diagram_rewrite.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::diagram {
namespace {

using Ports = IntervalSet<std::uint16_t>;

Ref<DportNode> ports(std::uint16_t dport, std::uint16_t sport) {
  return make_node<DportNode>({{dport, dport, make_leaf({sport, sport})}});
}

template <class Node>
Ref<Node> with_hash(const Node& node, std::uint64_t hash) {
  auto forged = std::make_shared<Node>(node);
  forged->hash = hash;
  return forged;
}

TEST(Diagram, TheEmptySetIsNoNode) {
  EXPECT_EQ(make_leaf({}), nullptr);
  EXPECT_EQ(make_node<DportNode>({}), nullptr);
  const std::vector<Ports::Interval> keys{{1, 2}};
  EXPECT_EQ(make_fan<DportNode>(keys, Ref<SportNode>{}), nullptr);
}

TEST(Diagram, EveryTransportCountsTheUniverse) {
  EXPECT_EQ(point_count(*every_transport()),
            3 * (1ULL << 32U) + 2 * 65536 + 251);
  // icmp and tcp, udp, icmpv6, sctp cut the protocols into eleven runs.
  EXPECT_EQ(every_transport()->branches.size(), 11U);
}

// A collision would forge a proof: equal hashes are not yet equal sets.
TEST(Diagram, EqualHashesAreCompared) {
  const auto a = with_hash(*ports(1, 1), 7);
  const auto b = with_hash(*ports(2, 1), 7);
  const auto c = with_hash(*ports(1, 1), 7);
  EXPECT_FALSE(Equality{}.same(a.get(), b.get()));
  EXPECT_TRUE(Equality{}.same(a.get(), c.get()));
  const auto leaf = with_hash(*make_leaf({1, 1}), 7);
  const auto other = with_hash(*make_leaf({2, 2}), 7);
  EXPECT_FALSE(Equality{}.same(leaf.get(), other.get()));

  Algebra algebra;
  EXPECT_EQ(algebra.intern(a), a);
  EXPECT_EQ(algebra.intern(b), b);
  EXPECT_EQ(algebra.intern(c), a);
}

TEST(Diagram, TouchingBranchesWithEqualChildrenAreJoined) {
  Equality equality;
  std::vector<DportNode::Branch> branches;
  const auto add = [&](std::uint16_t first, std::uint16_t last, Ports sports) {
    append(branches, first, last, make_leaf(std::move(sports)), equality);
  };
  add(0, 1, {5, 5});
  add(2, 3, {5, 5});
  add(4, 4, {6, 6});
  add(6, 6, {6, 6});
  add(7, 7, {});
  ASSERT_EQ(branches.size(), 3U);
  EXPECT_EQ(branches[0].last, 3);
}

TEST(Diagram, ALeapFindsTheFirstBranchThatReaches) {
  std::vector<DportNode::Branch> branches;
  for (std::uint16_t i = 0; i < 100; ++i) {
    const auto at = static_cast<std::uint16_t>(10 * i);
    branches.push_back(
        {at, static_cast<std::uint16_t>(at + 4), make_leaf({i, i})});
  }
  const auto node = make_node<DportNode>(branches);
  for (std::size_t start = 0; start <= 100; start += 7) {
    for (std::uint16_t key = 0; key < 1010; ++key) {
      const auto from = node->branches.begin() + static_cast<long>(start);
      auto expected = from;
      while (expected != node->branches.end() && expected->last < key) {
        ++expected;
      }
      ASSERT_EQ(leap(from, node->branches.end(), key), expected)
          << start << ", " << key;
    }
  }
}

TEST(Diagram, AnOperandThatIsTheResultIsHandedBack) {
  const auto small = ports(443, 1);
  const auto large = every_point(kTcp);
  Algebra algebra;
  EXPECT_EQ(algebra.combine(Operation::kUnion, small, large), large);
  EXPECT_EQ(algebra.combine(Operation::kIntersection, small, large), small);
  EXPECT_EQ(algebra.combine(Operation::kDifference, small, large), nullptr);
  EXPECT_EQ(algebra.combine(Operation::kDifference, small, ports(442, 1)),
            small);
}

TEST(Diagram, EqualResultsBecomeOneNode) {
  Algebra algebra;
  const auto a = algebra.combine(Operation::kUnion, ports(1, 1), ports(2, 2));
  const auto b = algebra.combine(Operation::kUnion, ports(2, 2), ports(1, 1));
  EXPECT_EQ(a, b);
}

TEST(Diagram, KeysOfOneChildAreGrouped) {
  const auto leaf = make_leaf({1, 1});
  const auto other = make_leaf({2, 2});
  const auto node =
      make_node<DportNode>({{1, 1, leaf}, {3, 3, other}, {5, 6, leaf}});
  const auto groups = keys_by_child(*node);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].first, leaf);
  ASSERT_EQ(groups[0].second.size(), 2U);
  EXPECT_EQ(groups[0].second[1], (Ports::Interval{5, 6}));
}

TEST(Diagram, RelationsStopAtTheFirstAnswer) {
  const auto wide = every_point(kTcp);
  const auto narrow = ports(65535, 65535);
  EXPECT_TRUE(Relations{}.inside(narrow.get(), wide.get()));
  EXPECT_FALSE(Relations{}.inside(wide.get(), narrow.get()));
  EXPECT_FALSE(Relations{}.disjoint(narrow.get(), wide.get()));
  EXPECT_TRUE(Relations{}.disjoint(narrow.get(), ports(65535, 0).get()));
}

}  // namespace
}  // namespace netproof::diagram
