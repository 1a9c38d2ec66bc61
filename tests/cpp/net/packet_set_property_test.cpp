// Laws of the algebra on large random sets, and membership against the list of
// boxes that a set was made of. Every failure prints its seed and round.

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "netproof/net/packet_set.hpp"
#include "support/arbitrary.hpp"

namespace netproof {
namespace {

using arbitrary::corner;
using arbitrary::Random;
using arbitrary::union_of;

bool in_box(const Box& box, const Flow& flow) {
  return box.src.contains(flow.src) && box.dst.contains(flow.dst) &&
         box.transport.contains(flow.protocol, flow.sport, flow.dport);
}

bool in_any(const std::vector<Box>& boxes, const Flow& flow) {
  return std::ranges::any_of(boxes,
                             [&](const Box& box) { return in_box(box, flow); });
}

TEST(PacketSetProperty, MembershipIsThatOfTheBoxes) {
  Random random{21};
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 21, round " << round);
    const auto a = arbitrary::boxes(random, 12);
    const auto b = arbitrary::boxes(random, 12);
    const PacketSet x = union_of(a);
    const PacketSet y = union_of(b);
    const PacketSet sum = x | y;
    const PacketSet common = x & y;
    const PacketSet rest = x - y;
    const PacketSet outside = x.complement();
    ASSERT_TRUE(sum.check_invariants() && common.check_invariants());
    ASSERT_TRUE(rest.check_invariants() && outside.check_invariants());
    for (int i = 0; i < 200; ++i) {
      const auto& of = i % 2 == 0 ? a : b;
      const Flow flow = i % 5 == 0 ? arbitrary::flow(random)
                                   : corner(random, of[random() % of.size()]);
      const bool in_a = in_any(a, flow);
      const bool in_b = in_any(b, flow);
      ASSERT_EQ(x.contains(flow), in_a) << to_string(flow);
      ASSERT_EQ(sum.contains(flow), in_a || in_b) << to_string(flow);
      ASSERT_EQ(common.contains(flow), in_a && in_b) << to_string(flow);
      ASSERT_EQ(rest.contains(flow), in_a && !in_b) << to_string(flow);
      ASSERT_EQ(outside.contains(flow), !in_a) << to_string(flow);
    }
  }
}

TEST(PacketSetProperty, LawsOfSetsHoldAsEqualities) {
  Random random{22};
  for (int round = 0; round < 30; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 22, round " << round);
    const PacketSet a = union_of(arbitrary::boxes(random, 10));
    const PacketSet b = union_of(arbitrary::boxes(random, 10));
    const PacketSet c = union_of(arbitrary::boxes(random, 4));
    ASSERT_EQ((a | b) - b, a - b);
    ASSERT_EQ((a & b) | (a - b), a);
    ASSERT_EQ(a - (a - b), a & b);
    ASSERT_EQ((a | b).complement(), a.complement() & b.complement());
    ASSERT_EQ((a & b).complement(), a.complement() | b.complement());
    ASSERT_EQ(a.complement().complement(), a);
    ASSERT_EQ(a & (b | c), (a & b) | (a & c));
    ASSERT_EQ((a | b) | c, a | (b | c));
    ASSERT_EQ((a | b).size() + (a & b).size(), a.size() + b.size());
    ASSERT_EQ(a.size() + a.complement().size(), PacketSet::all().size());
    ASSERT_TRUE((a & b).lies_inside(a) && a.lies_inside(a | b));
    ASSERT_EQ(a.lies_inside(b), (a - b).empty());
    ASSERT_EQ(a.disjoint_from(b), (a & b).empty());
    ASSERT_TRUE((a - b).disjoint_from(b));
    ASSERT_EQ(std::hash<PacketSet>{}((a | b) - b),
              std::hash<PacketSet>{}(a - b));
  }
}

TEST(PacketSetProperty, FirstMatchIsWhatALoopOverTheLinesSays) {
  Random random{24};
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 24, round " << round);
    const auto boxes = arbitrary::boxes(random, 25);
    std::vector<FilterLine> lines;
    for (const Box& box : boxes) {
      lines.push_back({PacketSet::box(box), random() % 2 == 0});
    }
    const PacketSet permitted = PacketSet::first_match(lines);
    ASSERT_TRUE(permitted.check_invariants());
    for (int i = 0; i < 200; ++i) {
      const Flow flow = corner(random, boxes[random() % boxes.size()]);
      std::size_t line = 0;
      while (line < boxes.size() && !in_box(boxes[line], flow)) ++line;
      ASSERT_EQ(permitted.contains(flow),
                line < boxes.size() && lines[line].permit)
          << to_string(flow);
    }
  }
}

TEST(PacketSetProperty, AnOperandIsNeverChanged) {
  Random random{28};
  const auto boxes = arbitrary::boxes(random, 10);
  const PacketSet a = union_of(boxes);
  const PacketSet copy = a;
  PacketSet changed = a;
  changed -= PacketSet::box(boxes[0]);
  changed |= PacketSet::box(boxes[1]);
  changed &= PacketSet::box(boxes[2]);
  EXPECT_EQ(a, copy);
  EXPECT_EQ(a, union_of(boxes));
}

}  // namespace
}  // namespace netproof
