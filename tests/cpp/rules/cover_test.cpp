#include "rules/cover.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::service;

TEST(RepliesOf, PortsAreSwapped) {
  EXPECT_EQ(replies_of(service("tcp/443")),
            TransportSet::ports(kTcp, 443, 443, 0, 65535));
  EXPECT_EQ(replies_of(service("proto/47")), service("proto/47"));
}

TEST(RepliesOf, OnlyEchoIsAnswered) {
  EXPECT_EQ(replies_of(service("icmp")), service("icmp/0/0"));
  EXPECT_EQ(replies_of(service("icmpv6/128")), service("icmpv6/129/0"));
  EXPECT_TRUE(replies_of(service("icmp/3")).empty());
}

// The definition: the reply of a flow of the service is in the replies.
TEST(RepliesOf, AgreesWithReplyOf) {
  const TransportSet asked = service("tcp/443") | service("icmp");
  const TransportSet replies = replies_of(asked);
  for (const Flow& flow : {testing::tcp("10.0.0.1", "10.0.0.2", 443),
                           testing::ping("10.0.0.1", "10.0.0.2")}) {
    const Flow reply = reply_of(flow).value();
    EXPECT_TRUE(replies.contains(reply.protocol, reply.sport, reply.dport));
  }
}

}  // namespace
}  // namespace netproof
