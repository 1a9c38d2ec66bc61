// Restrictions, pre-images and quantifiers of a PacketSet.

#include <gtest/gtest.h>

#include <cstdint>

#include "netproof/base/contract.hpp"
#include "netproof/net/packet_set.hpp"
#include "support/arbitrary.hpp"
#include "support/brief_sets.hpp"
#include "support/oracle_fixture.hpp"

namespace netproof {
namespace {

using arbitrary::corner;
using arbitrary::Random;
using arbitrary::union_of;
using brief::box;
using brief::ips;
using oracle::AddressCell;
using oracle::Cell;
using oracle::PacketSetOracle;

TEST(PacketSetRewrite, RepliesPreimageSwapsEnds) {
  EXPECT_EQ(PacketSet::box(ips("10.0.0.0/8"), ips("10.1.0.0/16"),
                           TransportSet::ports(kTcp, 443, 443, 1024, 65535))
                .replies_preimage(),
            PacketSet::box(ips("10.1.0.0/16"), ips("10.0.0.0/8"),
                           TransportSet::ports(kTcp, 1024, 65535, 443, 443)));
  EXPECT_EQ(box("10.0.0.0/8", "10.1.0.0/16", "icmp").replies_preimage(),
            box("10.1.0.0/16", "10.0.0.0/8", "icmp/8/0"));
  EXPECT_EQ(box("10.0.0.0/8", "10.1.0.0/16", "proto/47").replies_preimage(),
            box("10.1.0.0/16", "10.0.0.0/8", "proto/47"));
}

// Covers S79: an ACL that opens only part of the client ports.
TEST(PacketSetRewrite, QuantifiesOverClientPorts) {
  const auto part =
      PacketSet::box(ips("10.0.0.0/8"), ips("10.1.0.0/16"),
                     TransportSet::ports(kTcp, 32768, 65535, 443, 443));
  const auto whole = box("10.0.0.0/8", "10.1.0.0/16", "tcp/443");
  EXPECT_EQ(part.exists_sport(1024, 65535), whole);
  EXPECT_TRUE(part.forall_sport(1024, 65535).empty());
  EXPECT_EQ(part.forall_sport(49152, 65535), whole);
  EXPECT_TRUE(part.exists_sport(1024, 32767).empty());
  EXPECT_THROW(part.exists_sport(2, 1), ContractViolation);
  EXPECT_THROW(part.forall_dport(2, 1), ContractViolation);
}

TEST(PacketSetRewrite, RestrictionsAreIntersectionsWithBoxes) {
  Random random{23};
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 23, round " << round);
    const PacketSet a = union_of(arbitrary::boxes(random, 10));
    const IpSet chosen = arbitrary::ip_set(random);
    const TransportSet transport = arbitrary::transport_set(random);
    const auto any = TransportSet::all();
    ASSERT_EQ(a.restrict_src(chosen),
              a & PacketSet::box(chosen, IpSet::all(), any));
    ASSERT_EQ(a.restrict_dst(chosen),
              a & PacketSet::box(IpSet::all(), chosen, any));
    ASSERT_EQ(a.restrict_transport(transport),
              a & PacketSet::box(IpSet::all(), IpSet::all(), transport));
    ASSERT_TRUE(a.restrict_src(chosen).check_invariants());
    ASSERT_TRUE(a.restrict_dst(chosen).check_invariants());
    ASSERT_TRUE(a.restrict_src(chosen).src_addresses().lies_inside(chosen));
    ASSERT_TRUE(a.lies_inside(PacketSet::box(
        a.src_addresses(), a.dst_addresses(), a.transport_set())));
  }
}

TEST(PacketSetRewrite, PreimagesAreDefinedFlowByFlow) {
  Random random{25};
  for (int round = 0; round < 30; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 25, round " << round);
    const auto boxes = arbitrary::boxes(random, 10);
    const PacketSet a = union_of(boxes);
    const IpSet from = arbitrary::ip_set(random);
    const IpAddress to = corner(random, boxes[0]).dst;
    const PacketSet replies = a.replies_preimage();
    const PacketSet by_src = a.preimage_src(from, to);
    const PacketSet by_dst = a.preimage_dst(from, to);
    ASSERT_TRUE(replies.check_invariants());
    ASSERT_TRUE(by_src.check_invariants() && by_dst.check_invariants());
    for (int i = 0; i < 200; ++i) {
      Flow flow = corner(random, boxes[random() % boxes.size()]);
      if (i % 2 == 0) flow = reply_of(flow).value_or(flow);
      if (!well_formed(flow)) continue;
      const auto reply = reply_of(flow);
      ASSERT_EQ(replies.contains(flow), reply && a.contains(*reply));
      Flow changed = flow;
      changed.src = to;
      ASSERT_EQ(by_src.contains(flow),
                from.contains(flow.src) && a.contains(changed));
      changed = flow;
      changed.dst = to;
      ASSERT_EQ(by_dst.contains(flow),
                from.contains(flow.dst) && a.contains(changed));
    }
  }
}

TEST(PacketSetRewrite, QuantifiersAreDual) {
  Random random{26};
  const TransportSet ports =
      TransportSet::protocol(kTcp) | TransportSet::protocol(kUdp);
  const auto outside = [&](const PacketSet& set) {
    return set.complement().restrict_transport(ports);
  };
  for (int round = 0; round < 30; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 26, round " << round);
    const PacketSet a = union_of(arbitrary::boxes(random, 10));
    const PacketSet ported = a.restrict_transport(ports);
    const auto [lo, hi] = arbitrary::port_range(random);
    // Some port is in the set if and only if not every port is outside.
    ASSERT_EQ(ported.exists_sport(lo, hi),
              outside(outside(ported).forall_sport(lo, hi)));
    ASSERT_EQ(ported.exists_dport(lo, hi),
              outside(outside(ported).forall_dport(lo, hi)));
    ASSERT_TRUE(a.forall_sport(lo, hi).lies_inside(a.exists_sport(lo, hi)));
    ASSERT_EQ(a.exists_sport(lo, lo), a.forall_sport(lo, lo));
    ASSERT_EQ(a.exists_dport(hi, hi), a.forall_dport(hi, hi));
    ASSERT_TRUE(a.exists_dport(lo, hi).check_invariants());
    ASSERT_TRUE(a.forall_dport(lo, hi).check_invariants());
  }
}

IpSet addresses_of(const AddressCell& cell) {
  return IpSet::range(IpAddress::make(cell.family, cell.first),
                      IpAddress::make(cell.family, cell.last));
}

TEST_F(PacketSetOracle, RestrictionsAgree) {
  Random random{2};
  const auto cells = oracle::address_cells();
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 2, round " << round);
    const Bits a = random_bits(random, round);
    const PacketSet set = universe.set_of(a);
    const IpSet chosen =
        addresses_of(cells[random() % cells.size()]).complement();
    expect_is(set.restrict_src(chosen), a & universe.where([&](const Cell& c) {
      return chosen.contains(c.lowest().src);
    }));
    expect_is(set.restrict_dst(chosen), a & universe.where([&](const Cell& c) {
      return chosen.contains(c.lowest().dst);
    }));
    expect_is(set.restrict_transport(TransportSet::protocol(kTcp)),
              a & universe.where([](const Cell& c) {
                return c.transport.protocol == kTcp;
              }));
    expect_is(set.only(Family::kV6), a & universe.where([](const Cell& c) {
      return c.src.family == Family::kV6;
    }));
  }
}

TEST_F(PacketSetOracle, PreimagesAgree) {
  Random random{3};
  const auto cells = oracle::address_cells();
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(testing::Message() << "seed 3, round " << round);
    const Bits a = random_bits(random, round);
    const PacketSet set = universe.set_of(a);
    expect_is(set.replies_preimage(), universe.replies_preimage(a));

    const IpSet from =
        addresses_of(cells[random() % cells.size()]).complement();
    const AddressCell& to_cell = cells[random() % cells.size()];
    const IpAddress low = IpAddress::make(to_cell.family, to_cell.first);
    const IpAddress high = IpAddress::make(to_cell.family, to_cell.last);
    for (const IpAddress to : {low, high}) {
      expect_is(set.preimage_src(from, to), universe.where([&](const Cell& c) {
        Flow flow = c.lowest();
        const bool matches = from.contains(flow.src);
        flow.src = low;
        return matches && universe.has(a, flow);
      }));
      expect_is(set.preimage_dst(from, to), universe.where([&](const Cell& c) {
        Flow flow = c.lowest();
        const bool matches = from.contains(flow.dst);
        flow.dst = low;
        return matches && universe.has(a, flow);
      }));
    }
  }
}

TEST_F(PacketSetOracle, QuantifiersOverPortsAgree) {
  struct Range {
    std::uint16_t lo;
    std::uint16_t hi;
  };
  constexpr Range kRanges[] = {{0, 0},     {1, 65534}, {65535, 65535},
                               {0, 65534}, {1, 65535}, {0, 65535}};
  Random random{4};
  for (int round = 0; round < 40; ++round) {
    const Bits a = random_bits(random, round);
    const PacketSet set = universe.set_of(a);
    for (const auto [lo, hi] : kRanges) {
      SCOPED_TRACE(testing::Message()
                   << "seed 4, round " << round << ", " << lo << "-" << hi);
      expect_is(set.exists_sport(lo, hi),
                universe.over_sport(a, lo, hi, false));
      expect_is(set.forall_sport(lo, hi), universe.over_sport(a, lo, hi, true));
      expect_is(set.exists_dport(lo, hi),
                universe.over_dport(a, lo, hi, false));
      expect_is(set.forall_dport(lo, hi), universe.over_dport(a, lo, hi, true));
    }
  }
}

}  // namespace
}  // namespace netproof
