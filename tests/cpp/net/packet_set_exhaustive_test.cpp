// PacketSet against its plain twin: every pair of subsets of eight cells, and
// seeded subsets of all 260 cells for what has more arguments. The cells lie at
// both ends of every field and touch each other (see oracle_packet_set.hpp).
//
// covers S1

#include <gtest/gtest.h>

#include <random>

#include "support/arbitrary.hpp"
#include "support/oracle_fixture.hpp"

namespace netproof {
namespace {

using oracle::Cell;
using oracle::PacketSetOracle;
using oracle::Universe;
using Bits = Universe::Bits;

// Both ends of dst, touching src, protocols 5, 6 and 7, and the other family.
std::vector<std::size_t> eight_cells(const Universe& universe) {
  const Uint128 top4 = highest_address(Family::kV4);
  std::vector<std::size_t> chosen;
  const auto& cells = universe.cells();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& c = cells[i];
    const bool v4 = c.src.family == Family::kV4;
    const auto protocol = c.transport.protocol;
    const bool corner = c.transport.sport_first == 0;
    const bool to_top = c.dst.first == top4;
    const bool wanted =
        (v4 && to_top && c.src.first <= 1 && protocol == 5) ||
        (v4 && to_top && c.src.first == 0 && protocol == 7) ||
        (v4 && to_top && c.src.first == 0 && protocol == kTcp && corner) ||
        (v4 && c.dst.first == 1 && c.src.first == 0 && protocol == 5) ||
        (!v4 && c.dst.first == 0 && c.src.first == 0 && protocol == 255);
    if (wanted) chosen.push_back(i);
  }
  return chosen;
}

TEST_F(PacketSetOracle, BinaryOperatorsAgreeOnEveryPairOfSubsets) {
  const auto chosen = eight_cells(universe);
  ASSERT_EQ(chosen.size(), 8U);
  std::vector<Bits> bits(256);
  std::vector<PacketSet> sets;
  for (unsigned i = 0; i < 256; ++i) {
    for (unsigned j = 0; j < 8; ++j) bits[i][chosen[j]] = (i >> j & 1U) != 0;
    sets.push_back(universe.set_of(bits[i]));
    expect_is(sets.back(), bits[i]);
  }
  for (unsigned i = 0; i < 256; ++i) {
    for (unsigned j = 0; j < 256; ++j) {
      ASSERT_TRUE((sets[i] | sets[j]) == sets[i | j]) << i << " | " << j;
      ASSERT_TRUE((sets[i] & sets[j]) == sets[i & j]) << i << " & " << j;
      ASSERT_TRUE((sets[i] - sets[j]) == sets[i & ~j]) << i << " - " << j;
      ASSERT_EQ(sets[i] == sets[j], i == j) << i << " == " << j;
      ASSERT_EQ(sets[i].lies_inside(sets[j]), (i & ~j) == 0)
          << i << " inside " << j;
      ASSERT_EQ(sets[i].disjoint_from(sets[j]), (i & j) == 0)
          << i << " disjoint " << j;
    }
  }
}

TEST_F(PacketSetOracle, BinaryOperatorsAgreeOnSeededSubsets) {
  arbitrary::Random random{1};
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 1, round " << round);
    const Bits a = random_bits(random, round);
    const Bits b = random_bits(random, round / 2);
    const PacketSet set_a = universe.set_of(a);
    const PacketSet set_b = universe.set_of(b);
    expect_is(set_a | set_b, a | b);
    expect_is(set_a & set_b, a & b);
    expect_is(set_a - set_b, a & ~b);
    ASSERT_EQ(universe.bits_of(set_a.complement()), ~a);
    ASSERT_TRUE(set_a.complement().check_invariants());
    ASSERT_EQ(set_a.complement().size() + set_a.size(),
              PacketSet::all().size());
    ASSERT_EQ(set_a.lies_inside(set_b), (a & ~b).none());
    ASSERT_EQ(set_a.disjoint_from(set_b), (a & b).none());
    ASSERT_EQ(set_a.empty(), a.none());
  }
}

TEST_F(PacketSetOracle, FirstMatchIsTheFirstLineThatMatches) {
  arbitrary::Random random{5};
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 5, round " << round);
    std::vector<FilterLine> lines;
    Bits permitted;
    Bits decided;
    const std::uint32_t count = arbitrary::below(random, 9);
    for (std::uint32_t i = 0; i < count; ++i) {
      const Bits match =
          random_bits(random, round) & random_bits(random, round + 1);
      const bool permit = arbitrary::below(random, 2) == 0;
      lines.push_back({universe.set_of(match), permit});
      if (permit) permitted |= match & ~decided;
      decided |= match;
    }
    expect_is(PacketSet::first_match(lines), permitted);
  }
}

}  // namespace
}  // namespace netproof
