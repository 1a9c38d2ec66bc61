#include "netproof/net/packet_set.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <optional>

#include "netproof/base/contract.hpp"
#include "support/brief_sets.hpp"

namespace netproof {
namespace {

using brief::box;
using brief::ip;

TEST(PacketSet, ABoxAcrossFamiliesIsEmpty) {
  EXPECT_TRUE(box("10.0.0.0/8", "::/0", "any").empty());
}

TEST(PacketSet, HoldsOneFlow) {
  const Flow flow{ip("10.0.0.1"), ip("10.0.0.2"), kTcp, 49152, 443};
  const PacketSet set = PacketSet::of(flow);
  EXPECT_TRUE(set.contains(flow));
  EXPECT_EQ(to_string(set.size()), "1");
  EXPECT_EQ(set.sample(), flow);
  Flow other = flow;
  other.sport = 49153;
  EXPECT_FALSE(set.contains(other));
}

TEST(PacketSet, RefusesAFlowThatDoesNotExist) {
  EXPECT_THROW(PacketSet::of({ip("10.0.0.1"), ip("::2"), kTcp, 1, 1}),
               ContractViolation);
  EXPECT_THROW(PacketSet::of({ip("10.0.0.1"), ip("10.0.0.2"), 47, 0, 1}),
               ContractViolation);
}

TEST(PacketSet, EqualSetsBuiltDifferentlyAreEqual) {
  const PacketSet whole = box("10.0.0.0/8", "10.1.0.0/16", "tcp/443");
  const PacketSet halves = box("10.0.0.0/9", "10.1.0.0/16", "tcp/443") |
                           box("10.128.0.0/9", "10.1.128.0/17", "tcp/443") |
                           box("10.128.0.0/9", "10.1.0.0/17", "tcp/443");
  EXPECT_EQ(whole, halves);
  EXPECT_EQ(std::hash<PacketSet>{}(whole), std::hash<PacketSet>{}(halves));
}

TEST(PacketSet, TheFirstMatchingLineDecides) {
  const std::array lines{
      FilterLine{box("10.0.0.0/24", "0.0.0.0/0", "any"), false},
      FilterLine{box("10.0.0.0/8", "0.0.0.0/0", "tcp/22"), true},
      FilterLine{box("0.0.0.0/0", "0.0.0.0/0", "any"), false}};
  EXPECT_EQ(PacketSet::first_match(lines),
            box("10.0.0.0/8", "0.0.0.0/0", "tcp/22") -
                box("10.0.0.0/24", "0.0.0.0/0", "any"));
  EXPECT_TRUE(PacketSet::first_match({}).empty());
}

TEST(PacketSet, CanBeCopiedAndOutlivesItsParts) {
  PacketSet kept;
  {
    const PacketSet a = box("10.0.0.0/8", "10.1.0.0/16", "tcp/443");
    kept = a | box("10.0.0.0/8", "10.2.0.0/16", "tcp/443");
  }
  EXPECT_TRUE(kept.check_invariants());
  EXPECT_EQ(to_string(kept.dst_addresses()), "10.1.0.0/16, 10.2.0.0/16");
}

}  // namespace
}  // namespace netproof
