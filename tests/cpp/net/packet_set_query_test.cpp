// Size, samples and projections of a PacketSet.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "netproof/net/packet_set.hpp"
#include "support/arbitrary.hpp"
#include "support/brief_sets.hpp"
#include "support/oracle_fixture.hpp"

namespace netproof {
namespace {

using brief::box;
using brief::ip;
using brief::service;
using oracle::Cell;
using oracle::PacketSetOracle;
using oracle::Universe;

TEST(PacketSetQuery, TheUniverseIsCountedExactly) {
  const BigUint points{3 * (Uint128{1} << 32U) + 2 * 65536 + 251};
  EXPECT_EQ(PacketSet::all(Family::kV4).size(),
            BigUint::power_of_two(64) * points);
  EXPECT_EQ(PacketSet::all(Family::kV6).size(),
            BigUint::power_of_two(256) * points);
  EXPECT_TRUE(PacketSet::none().size().is_zero());
}

TEST(PacketSetQuery, SamplesByPreference) {
  const PacketSet set = box("10.0.0.8/29", "10.1.0.0/16", "any");
  const IpAddress src = ip("10.0.0.8");
  const IpAddress dst = ip("10.1.0.0");
  constexpr std::array<std::uint16_t, 2> kPorts{443, 80};
  const auto of = [&](const PacketSet& asked) {
    return asked.sample_preferring(kPorts, 49152);
  };
  EXPECT_EQ(of(set), (Flow{src, dst, kTcp, 49152, 443}));
  EXPECT_EQ(of(set - box("0.0.0.0/0", "0.0.0.0/0", "tcp/443")),
            (Flow{src, dst, kTcp, 49152, 80}));
  EXPECT_EQ(of(set.restrict_transport(service("tcp/9000-9001"))),
            (Flow{src, dst, kTcp, 49152, 9000}));
  EXPECT_EQ(of(set.restrict_transport(TransportSet::ports(kTcp, 5, 9, 1, 2))),
            (Flow{src, dst, kTcp, 5, 1}));
  EXPECT_EQ(of(set.restrict_transport(service("icmp/8/0"))),
            (Flow{src, dst, kIcmp, 8, 0}));
  EXPECT_EQ(of(PacketSet{}), std::nullopt);
}

TEST(PacketSetQuery, PreferencesForPortsDoNotConcernIcmp) {
  const PacketSet set = box("10.0.0.8/29", "10.1.0.0/16", "icmp");
  constexpr std::array<std::uint16_t, 1> kPorts{80};
  EXPECT_EQ(set.sample_preferring(kPorts, 8),
            (Flow{ip("10.0.0.8"), ip("10.1.0.0"), kIcmp, 0, 0}));
}

// The order in which sample() looks: dst before src, dport before sport.
auto order(const Cell& cell) {
  const Flow f = cell.lowest();
  return std::tuple{f.dst, f.src, f.protocol, f.dport, f.sport};
}

TEST_F(PacketSetOracle, TheSampleIsTheLowestFlow) {
  arbitrary::Random random{30};
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 30, round " << round);
    const Bits a = random_bits(random, round) & random_bits(random, round);
    const Cell* lowest = nullptr;
    for (std::size_t i = 0; i < Universe::kCells; ++i) {
      const Cell& cell = universe.cells()[i];
      if (a[i] && (!lowest || order(cell) < order(*lowest))) lowest = &cell;
    }
    const auto sample = universe.set_of(a).sample();
    ASSERT_EQ(sample.has_value(), lowest != nullptr);
    ASSERT_TRUE(!lowest || *sample == lowest->lowest());
  }
}

TEST_F(PacketSetOracle, ProjectionsAgree) {
  arbitrary::Random random{29};
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 29, round " << round);
    const Bits a = random_bits(random, round);
    IpSet srcs;
    IpSet dsts;
    TransportSet transports;
    for (std::size_t i = 0; i < Universe::kCells; ++i) {
      if (!a[i]) continue;
      const Box cell = Universe::box_of(universe.cells()[i]);
      srcs |= cell.src;
      dsts |= cell.dst;
      transports |= cell.transport;
    }
    const PacketSet set = universe.set_of(a);
    ASSERT_EQ(set.src_addresses(), srcs);
    ASSERT_EQ(set.dst_addresses(), dsts);
    ASSERT_EQ(set.transport_set(), transports);
  }
}

TEST(PacketSetQuery, BranchCountGrowsWithWhatIsDistinct) {
  const PacketSet one = box("10.0.0.0/8", "10.1.0.0/16", "tcp/443");
  EXPECT_EQ(PacketSet{}.branch_count(), 0U);
  EXPECT_EQ(one.branch_count(), 5U);
  const PacketSet two =
      PacketSet::union_of({one, box("10.0.0.0/8", "10.3.0.0/16", "tcp/443")});
  EXPECT_EQ(two.branch_count(), 6U) << "what is below is shared";
}

}  // namespace
}  // namespace netproof
