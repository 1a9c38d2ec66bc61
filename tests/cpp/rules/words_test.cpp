#include "rules/words.hpp"

#include <gtest/gtest.h>

#include "support/network.hpp"

namespace netproof {
namespace {

using testing::ip;
using testing::prefix;

TEST(Words, RunsAreShortWhereTheyCanBe) {
  const IpSet set = IpSet::of(prefix("10.1.0.0/16")) |
                    IpSet::range(ip("10.3.0.4"), ip("10.3.0.254")) |
                    IpSet::of(prefix("2001:db8::/64"));
  EXPECT_EQ(describe_addresses(set, 3),
            "10.1.0.0/16, 10.3.0.4-10.3.0.254, 2001:db8::/64");
  EXPECT_EQ(describe_addresses(set, 1), "10.1.0.0/16 and 2 more");
  EXPECT_EQ(describe_addresses(IpSet::all(), 1), "any");
}

TEST(Words, PacketsAreTheLargestBoxes) {
  const PacketSet set =
      PacketSet::of(testing::tcp("10.0.0.1", "10.0.0.2", 80)) |
      PacketSet::box(IpSet::of(prefix("10.1.0.0/16")),
                     IpSet::of(prefix("10.2.0.0/16")),
                     TransportSet::to_ports(kTcp, 443, 443));
  EXPECT_EQ(describe_packets(set, 1),
            "tcp/443 from 10.1.0.0/16 to 10.2.0.0/16; and more");
  EXPECT_EQ(describe_packets({}, 1), "nothing");
}

TEST(Words, NamesAndCounts) {
  EXPECT_EQ(some_of({"a", "b", "c", "d", "e"}), "a, b, c and 2 more");
  EXPECT_EQ(some_of({"a"}), "a");
  EXPECT_EQ(counted(1, "place"), "1 place");
  EXPECT_EQ(counted(2, "place"), "2 places");
}

}  // namespace
}  // namespace netproof
