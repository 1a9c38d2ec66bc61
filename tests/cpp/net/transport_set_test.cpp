#include "netproof/net/transport_set.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "netproof/base/contract.hpp"
#include "support/arbitrary.hpp"

namespace netproof {
namespace {

constexpr std::uint64_t kEveryPoint = 3 * (1ULL << 32U) + 2 * 65536 + 251;

TEST(TransportSet, TheUniverseIsCountedExactly) {
  EXPECT_EQ(TransportSet::all().size(), kEveryPoint);
  EXPECT_EQ(TransportSet{}.size(), 0U);
  EXPECT_EQ(TransportSet::protocol(kTcp).size(), 1ULL << 32U);
  EXPECT_EQ(TransportSet::protocol(kIcmpv6).size(), 65536U);
  EXPECT_EQ(TransportSet::protocol(47).size(), 1U);
}

TEST(TransportSet, AllIsTheUnionOfEveryProtocol) {
  std::vector<TransportSet> sets;
  for (unsigned number = 0; number < 256; ++number) {
    sets.push_back(TransportSet::protocol(static_cast<std::uint8_t>(number)));
  }
  EXPECT_EQ(TransportSet::union_of(sets), TransportSet::all());
  EXPECT_EQ(TransportSet::all().complement(), TransportSet::none());
  EXPECT_EQ(TransportSet::none().complement(), TransportSet::all());
  EXPECT_EQ(TransportSet::all().protocols().size(), 256U);
}

TEST(TransportSet, OtherProtocolsHaveOnePoint) {
  EXPECT_TRUE(TransportSet::all().contains(47, 0, 0));
  EXPECT_FALSE(TransportSet::all().contains(47, 0, 1));
  EXPECT_FALSE(TransportSet::all().contains(kIcmp, 256, 0));
  EXPECT_TRUE(TransportSet::all().contains(kIcmp, 255, 255));
  EXPECT_TRUE(TransportSet::all().contains(kTcp, 65535, 65535));
}

TEST(TransportSet, RefusesPortsWhereThereAreNone) {
  EXPECT_THROW(TransportSet::ports(kIcmp, 0, 1, 0, 1), ContractViolation);
  EXPECT_THROW(TransportSet::icmp(kTcp, 0, 1, 0, 1), ContractViolation);
  EXPECT_THROW(TransportSet::ports(kTcp, 1, 0, 0, 1), ContractViolation);
  EXPECT_THROW(TransportSet::ports(kTcp, 0, 1, 1, 0), ContractViolation);
}

TEST(TransportSet, ReadsAsAListOfServices) {
  EXPECT_EQ(to_string(TransportSet::none()), "none");
  EXPECT_EQ(to_string(TransportSet::all()), "any");
  EXPECT_EQ(to_string(TransportSet::all() -
                      TransportSet::ports(kTcp, 0, 65535, 22, 22) -
                      TransportSet::protocol(kUdp)),
            "any but tcp/22, udp");
  EXPECT_EQ(to_string(TransportSet::ports(kTcp, 1024, 65535, 22, 22)),
            "tcp/22 from 1024-65535");
  EXPECT_EQ(to_string(TransportSet::icmp(kIcmp, 8, 8, 0, 0) |
                      TransportSet::to_ports(kUdp, 53, 53)),
            "icmp/8/0, udp/53");
  EXPECT_EQ(to_string(TransportSet::protocol(kTcp) -
                      TransportSet::to_ports(kTcp, 22, 22)),
            "tcp/0-21, tcp/23-65535");
}

TEST(TransportSet, RangesCoverDisjointly) {
  arbitrary::Random random{17};
  for (int i = 0; i < 300; ++i) {
    const TransportSet set =
        (arbitrary::transport_set(random) | arbitrary::transport_set(random)) -
        arbitrary::transport_set(random);
    std::uint64_t total = 0;
    for (const TransportRange& r : set.ranges()) {
      total += (std::uint64_t{r.sport_last} - r.sport_first + 1) *
               (std::uint64_t{r.dport_last} - r.dport_first + 1);
      ASSERT_TRUE(set.contains(r.protocol, r.sport_first, r.dport_last));
      ASSERT_TRUE(set.contains(r.protocol, r.sport_last, r.dport_first));
    }
    ASSERT_EQ(total, set.size());
  }
}

TEST(TransportSet, AlgebraAgreesWithMembership) {
  arbitrary::Random random{18};
  for (int i = 0; i < 1000; ++i) {
    SCOPED_TRACE(testing::Message() << "seed 18, round " << i);
    const TransportSet a = arbitrary::transport_set(random);
    const TransportSet b =
        arbitrary::transport_set(random) | arbitrary::transport_set(random);
    for (int j = 0; j < 8; ++j) {
      const Flow f = arbitrary::flow(random);
      const auto in = [&f](const TransportSet& set) {
        return set.contains(f.protocol, f.sport, f.dport);
      };
      ASSERT_EQ(in(a | b), in(a) || in(b));
      ASSERT_EQ(in(a & b), in(a) && in(b));
      ASSERT_EQ(in(a - b), in(a) && !in(b));
      ASSERT_EQ(in(a.complement()), !in(a));
    }
    ASSERT_EQ((a | b).size() + (a & b).size(), a.size() + b.size());
    ASSERT_EQ((a | b) - b, a - b);
    ASSERT_EQ(std::hash<TransportSet>{}((a | b) - b),
              std::hash<TransportSet>{}(a - b));
    ASSERT_EQ(a.lies_inside(b), (a - b).empty());
    ASSERT_EQ(a.disjoint_from(b), (a & b).empty());
  }
}

}  // namespace
}  // namespace netproof
