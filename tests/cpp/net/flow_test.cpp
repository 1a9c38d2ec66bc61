#include "netproof/net/flow.hpp"

#include <gtest/gtest.h>

#include "support/arbitrary.hpp"

namespace netproof {
namespace {

constexpr IpAddress kA = IpAddress::v4(0x0a000001);
constexpr IpAddress kB = IpAddress::v4(0x0a000002);

TEST(Flow, ReadsAsAnArrow) {
  EXPECT_EQ(to_string(Flow{kA, kB, kTcp, 49152, 443}),
            "10.0.0.1:49152 -> 10.0.0.2:443/tcp");
  EXPECT_EQ(to_string(Flow{IpAddress::v6(1), IpAddress::v6(2), kUdp, 1, 53}),
            "[::1]:1 -> [::2]:53/udp");
  EXPECT_EQ(to_string(Flow{kA, kB, kIcmp, 8, 0}),
            "10.0.0.1 -> 10.0.0.2 icmp 8/0");
  EXPECT_EQ(to_string(Flow{kA, kB, 47, 0, 0}), "10.0.0.1 -> 10.0.0.2 proto/47");
}

// Covers S3.
TEST(Flow, AReplySwapsAddressesAndPorts) {
  for (const std::uint8_t protocol : {kTcp, kUdp, kSctp}) {
    EXPECT_EQ(reply_of({kA, kB, protocol, 1024, 443}),
              (Flow{kB, kA, protocol, 443, 1024}));
  }
  EXPECT_EQ(reply_of({kA, kB, 47, 0, 0}), (Flow{kB, kA, 47, 0, 0}));
}

TEST(Flow, OnlyEchoRequestsHaveIcmpReplies) {
  EXPECT_EQ(reply_of({kA, kB, kIcmp, 8, 0}), (Flow{kB, kA, kIcmp, 0, 0}));
  EXPECT_EQ(reply_of({kA, kB, kIcmpv6, 128, 0}),
            (Flow{kB, kA, kIcmpv6, 129, 0}));
  EXPECT_EQ(reply_of({kA, kB, kIcmp, 0, 0}), std::nullopt);
  EXPECT_EQ(reply_of({kA, kB, kIcmp, 8, 1}), std::nullopt);
  EXPECT_EQ(reply_of({kA, kB, kIcmp, 128, 0}), std::nullopt);
  EXPECT_EQ(reply_of({kA, kB, kIcmpv6, 8, 0}), std::nullopt);
}

TEST(Flow, KnowsWhatExists) {
  EXPECT_TRUE(well_formed({kA, kB, kTcp, 65535, 0}));
  EXPECT_TRUE(well_formed({kA, kB, kIcmp, 255, 255}));
  EXPECT_FALSE(well_formed({kA, kB, kIcmp, 256, 0}));
  EXPECT_FALSE(well_formed({kA, kB, 47, 0, 1}));
  EXPECT_FALSE(well_formed({kA, IpAddress::v6(2), kTcp, 1, 1}));
}

TEST(Flow, ReplyOfAReplyIsTheFlowForPortsAndOthers) {
  arbitrary::Random random{16};
  for (int i = 0; i < 2000; ++i) {
    const Flow flow = arbitrary::flow(random);
    ASSERT_TRUE(well_formed(flow)) << to_string(flow);
    if (is_icmp(flow.protocol)) continue;
    ASSERT_EQ(reply_of(*reply_of(flow)), flow);
  }
}

}  // namespace
}  // namespace netproof
