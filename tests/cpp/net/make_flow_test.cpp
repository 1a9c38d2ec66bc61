#include "netproof/net/make_flow.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

std::string made(const WrittenFlow& written) {
  const auto flow = make_flow(written);
  return flow ? to_string(flow.value()) : flow.error().what;
}

TEST(MakeFlow, WhatIsLeftOutHasADefault) {
  EXPECT_EQ(made({.src = "10.0.0.1",
                  .dst = "10.0.0.2",
                  .protocol = "udp",
                  .dport = 53}),
            "10.0.0.1:49152 -> 10.0.0.2:53/udp");
  EXPECT_EQ(made({"10.0.0.1", "10.0.0.2", "icmp"}),
            "10.0.0.1 -> 10.0.0.2 icmp 8/0");
  EXPECT_EQ(made({"::1", "::2", "58"}), "::1 -> ::2 icmpv6 128/0");
  EXPECT_EQ(made({"10.0.0.1", "10.0.0.2", "47"}),
            "10.0.0.1 -> 10.0.0.2 proto/47");
}

TEST(MakeFlow, AHeaderThatDoesNotExistIsRefused) {
  const std::string two =
      "sport and dport go with tcp, udp and sctp, type and code with icmp and "
      "icmpv6";
  const std::vector<std::pair<WrittenFlow, std::string>> cases = {
      {{"10.0.0", "10.0.0.2", "icmp"}, ""},
      {{"10.0.0.1", "10.0.0.256", "icmp"}, ""},
      {{"10.0.0.1", "10.0.0.2", "carrier-pigeon"},
       "a protocol is a name such as tcp or a number 0 to 255"},
      {{"10.0.0.1", "10.0.0.2", "256"},
       "a protocol is a name such as tcp or a number 0 to 255"},
      {{"10.0.0.1", "10.0.0.2", "tcp"},
       "a flow of tcp, udp or sctp has a dport"},
      {{"10.0.0.1", "10.0.0.2", "tcp", 1, 65536},
       "a port of tcp is 0 to 65535"},
      {{"10.0.0.1", "10.0.0.2", "tcp", -1, 1}, "a port of tcp is 0 to 65535"},
      {{"10.0.0.1", "10.0.0.2", "icmp", {}, {}, 256},
       "a type or code of icmp is 0 to 255"},
      {{"10.0.0.1", "10.0.0.2", "icmp", 1}, two},
      {{"10.0.0.1", "10.0.0.2", "tcp", 1, 1, 8}, two},
      {{"10.0.0.1", "10.0.0.2", "47", {}, {}, {}, 0}, two},
      {{"10.0.0.1", "::1", "icmp"}, "both ends of a flow are of one family"},
  };
  for (const auto& [written, what] : cases) {
    const auto flow = make_flow(written);
    ASSERT_FALSE(flow) << what;
    if (!what.empty()) {
      EXPECT_EQ(flow.error().what, what);
    }
  }
}

}  // namespace
}  // namespace netproof
