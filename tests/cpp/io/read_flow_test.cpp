#include "netproof/io/read_flow.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

std::string why_not(std::string_view line) {
  const auto read = read_flow(line);
  return read ? "" : read.error().what;
}

TEST(ReadFlow, WhatALineLeavesOutHasDefaults) {
  const auto tcp =
      read_flow(
          R"({"src": "10.0.0.1", "dst": "10.0.0.2", "protocol": "tcp",
              "dport": 443, "sport": null, "at": null})")
          .value();
  EXPECT_EQ(to_string(tcp.flow), "10.0.0.1:49152 -> 10.0.0.2:443/tcp");
  EXPECT_EQ(tcp.at, "");
  const auto echo = read_flow(R"( {"src": "::1", "dst": "::2", "protocol": 58,
                                   "at": "host:a"} )")
                        .value();
  EXPECT_EQ(to_string(echo.flow), "::1 -> ::2 icmpv6 128/0");
  EXPECT_EQ(echo.at, "host:a");
  const auto gre =
      read_flow(
          R"({"src": "::1", "dst": "::2", "protocol": 47, "dport": null})")
          .value();
  EXPECT_EQ(gre.flow.protocol, 47);
}

TEST(ReadFlow, WhatIsNoFlowIsRefusedByTheFirstThingThatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[]", "a line is one JSON object"},
      {"", "a line is one JSON object"},
      {"7", "a line is one JSON object"},
      {"null", "a line is one JSON object"},
      {"\xff", "a line is one JSON object"},
      {"{} {}", "a line is one JSON object"},
      {R"({"src": "10.0.0.1")", "a line is one JSON object"},
      {std::string(100000, '['), "a line is one JSON object"},
      {R"({"src": "10.0.0.1"})", "a flow has src, dst and protocol; no dst"},
      {R"({"src": "10.0.0.1", "dst": "10.0.0.2"})",
       "a flow has src, dst and protocol; no protocol"},
      {R"({"src": "10.0.0.1", "src": "10.0.0.1"})",
       "a key stands once in an object"},
      {R"({"source": "10.0.0.1"})",
       "a key of a flow is one of src, dst, at, protocol, sport, dport, type, "
       "code"},
      {R"({"dport": "443"})", "dport is a whole number"},
      {R"({"dport": true})", "dport is a whole number"},
      {R"({"dport": 443.0})", "dport is a whole number"},
      {R"({"dport": {"a": 1}})", "dport is a whole number"},
      {R"({"dport": 1000000000000000000000})", "dport is 0 to 65535"},
      {R"({"dport": 18446744073709551615})", "dport is 0 to 65535"},
      {R"({"sport": -1})", "sport is 0 to 65535"},
      {R"({"protocol": []})", "protocol is a text or a whole number"},
      {R"({"src": 1})", "src is a text"},
      {R"({"at": 1})", "at is a text"},
      {R"({"src": "10.0.0.1", "dst": "::1", "protocol": "tcp", "dport": 1})",
       "both ends of a flow are of one family"},
      {R"({"src": "10.0.0.1", "dst": "10.0.0.2", "protocol": "tcp"})",
       "a flow of tcp, udp or sctp has a dport"},
  };
  for (const auto& [line, what] : cases) EXPECT_EQ(why_not(line), what) << line;
}

TEST(ReadFlow, AMessageShowsTheBeginningOfALongLine) {
  const auto read = read_flow(std::string(1000, 'x'));
  EXPECT_LT(read.error().fragment.size(), 300U);
}

}  // namespace
}  // namespace netproof
