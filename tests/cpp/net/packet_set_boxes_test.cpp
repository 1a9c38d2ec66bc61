// Boxes and text of a PacketSet.

#include <gtest/gtest.h>

#include "netproof/net/packet_set.hpp"
#include "support/arbitrary.hpp"
#include "support/brief_sets.hpp"
#include "support/oracle_fixture.hpp"

namespace netproof {
namespace {

using brief::box;
using oracle::PacketSetOracle;
using oracle::Universe;

TEST(PacketSetBoxes, ReadsAsAFewBoxes) {
  EXPECT_EQ(to_string(PacketSet::none()), "none");
  EXPECT_EQ(to_string(PacketSet::all()), "any");
  EXPECT_EQ(to_string(box("10.0.0.0/8", "10.1.0.0/16", "tcp/443")),
            "tcp/443 from 10.0.0.0/8 to 10.1.0.0/16");
  EXPECT_EQ(to_string(PacketSet::all(Family::kV4)),
            "any from 0.0.0.0/0 to 0.0.0.0/0");
}

TEST(PacketSetBoxes, SaysHowManyFlowsItLeavesOut) {
  const PacketSet set = box("10.0.0.0/8", "10.1.0.0/16", "tcp/443") |
                        box("10.2.0.4/32", "10.3.0.4/32", "proto/47");
  EXPECT_EQ(to_string(set, 1),
            "tcp/443 from 10.0.0.0/8 to 10.1.0.0/16; and 1 more flows");
  EXPECT_EQ(to_string(set, 0), to_string(set.size()) + " more flows");
  EXPECT_FALSE(set.boxes(1).complete);
  EXPECT_TRUE(set.boxes(2).complete);
}

TEST(PacketSetBoxes, TheEmptySetNeedsNone) {
  EXPECT_TRUE(PacketSet{}.boxes(0).complete);
  EXPECT_TRUE(PacketSet{}.boxes(5).boxes.empty());
  EXPECT_FALSE(PacketSet::all().boxes(0).complete);
  EXPECT_EQ(PacketSet::all().boxes(1).boxes.size(), 1U);
}

// An L: the wide arm and the tall arm share a corner. The first box is one
// whole arm, not what is left beside the corner.
TEST(PacketSetBoxes, AreAsWideAsTheSetLetsThem) {
  const PacketSet wide = box("10.0.0.0/8", "10.1.0.0/16", "tcp/443");
  const PacketSet tall = box("10.9.0.0/16", "10.0.0.0/15", "tcp/443");
  const BoxCover cover = (wide | tall).boxes(5);
  ASSERT_EQ(cover.boxes.size(), 2U);
  EXPECT_EQ(PacketSet::box(cover.boxes[0]), wide);
  EXPECT_EQ(PacketSet::box(cover.boxes[1]), tall - wide);
}

TEST(PacketSetBoxes, AreDisjointPartsLargestFirst) {
  arbitrary::Random random{27};
  for (int round = 0; round < 10; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 27, round " << round);
    const PacketSet a = arbitrary::union_of(arbitrary::boxes(random, 6));
    const BoxCover cover = a.boxes(8);
    PacketSet sum;
    BigUint before = a.size();
    for (const Box& box : cover.boxes) {
      const PacketSet part = PacketSet::box(box);
      ASSERT_TRUE(part.lies_inside(a));
      ASSERT_TRUE(part.disjoint_from(sum));
      ASSERT_LE(part.size(), before);
      before = part.size();
      sum |= part;
    }
    ASSERT_EQ(cover.complete, sum == a);
    ASSERT_FALSE(to_string(a, 3).empty());
  }
}

TEST_F(PacketSetOracle, BoxesCoverTheSetDisjointly) {
  arbitrary::Random random{6};
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 6, round " << round);
    const PacketSet set = universe.set_of(random_bits(random, round));
    const BoxCover cover = set.boxes(Universe::kCells);
    ASSERT_TRUE(cover.complete);
    PacketSet sum;
    BigUint total;
    for (const Box& box : cover.boxes) {
      sum |= PacketSet::box(box);
      total += PacketSet::box(box).size();
    }
    ASSERT_EQ(sum, set);
    ASSERT_EQ(total, set.size()) << "the boxes are disjoint";
  }
}

}  // namespace
}  // namespace netproof
