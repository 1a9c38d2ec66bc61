#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "support/arbitrary.hpp"
#include "support/oracle_packet_set.hpp"

namespace netproof::oracle {

/// Tests that hold a PacketSet against its plain twin.
class PacketSetOracle : public testing::Test {
 protected:
  using Bits = Universe::Bits;

  // Dense, sparse, and products, in turn: products share and merge most.
  Bits random_bits(arbitrary::Random& random, int round) const {
    const std::uint32_t density = 1 + arbitrary::below(random, 7);
    if (round % 2 == 0) {
      return universe.where(
          [&](const Cell&) { return arbitrary::below(random, 8) < density; });
    }
    const std::uint32_t mask = static_cast<std::uint32_t>(random());
    return universe.where([&](const Cell& cell) {
      const auto bit = [&](Uint128 value) {
        return (mask >> static_cast<unsigned>(value % 31)) & 1U;
      };
      return bit(cell.src.first * 7 + 3) && bit(cell.dst.last * 5 + 1) &&
             bit(cell.transport.protocol + cell.transport.sport_first);
    });
  }

  void expect_is(const PacketSet& set, const Bits& bits) const {
    ASSERT_TRUE(set.check_invariants());
    const auto found = universe.bits_of(set);
    ASSERT_TRUE(found.has_value()) << "a cell is cut: " << to_string(set);
    ASSERT_EQ(*found, bits);
    ASSERT_EQ(to_string(set.size()), to_string(universe.size(bits)));
    const PacketSet built = universe.set_of(bits);
    ASSERT_EQ(set, built);
    ASSERT_EQ(std::hash<PacketSet>{}(set), std::hash<PacketSet>{}(built));
  }

  Universe universe;
};

}  // namespace netproof::oracle
