#include "netproof/net/protocol.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

TEST(Protocol, EveryNumberReadsBackFromItsName) {
  for (unsigned number = 0; number < 256; ++number) {
    const auto protocol = static_cast<std::uint8_t>(number);
    EXPECT_EQ(protocol_number(protocol_name(protocol)), protocol);
    EXPECT_EQ(protocol_number(std::to_string(number)), protocol);
  }
}

TEST(Protocol, NamesTheFiveThatHaveAStructure) {
  EXPECT_EQ(protocol_name(6), "tcp");
  EXPECT_EQ(protocol_name(17), "udp");
  EXPECT_EQ(protocol_name(132), "sctp");
  EXPECT_EQ(protocol_name(1), "icmp");
  EXPECT_EQ(protocol_name(58), "icmpv6");
  EXPECT_EQ(protocol_name(47), "proto/47");
}

TEST(Protocol, ReadsNamesInEitherCase) {
  EXPECT_EQ(protocol_number("TCP"), kTcp);
  EXPECT_EQ(protocol_number("gre"), 47);
  EXPECT_EQ(protocol_number("Proto/50"), 50);
}

TEST(Protocol, RefusesOtherTexts) {
  for (const char* text : {"", "tcpp", "256", "-1", "06", "proto/", "proto/256",
                           "proto/tcp", "1 ", "any"}) {
    EXPECT_EQ(protocol_number(text), std::nullopt) << text;
  }
}

TEST(Protocol, PortsAndTypesHaveTheirEnds) {
  EXPECT_EQ(highest_port(kTcp), 65535);
  EXPECT_EQ(highest_port(kIcmpv6), 255);
  EXPECT_EQ(highest_port(47), 0);
  EXPECT_TRUE(has_ports(kSctp));
  EXPECT_FALSE(has_ports(kIcmp));
}

}  // namespace
}  // namespace netproof
