// Many flows at a time: the answers are those to one flow, in order, however
// many threads there are.

#include <gtest/gtest.h>

#include <string>

#include "netproof/check.hpp"
#include "netproof/io/read_topology.hpp"
#include "support/source_dir.hpp"

namespace netproof {
namespace {

Network two_vpcs() {
  return Network{
      read_topology(testing::source_dir() + "/topologies/two-vpcs").value()};
}

std::string line_to(int host) {
  return R"({"src": "10.10.1.100", "dst": "10.20.1.)" + std::to_string(host) +
         R"(", "protocol": "tcp", "dport": 9091})" + "\n";
}

TEST(TraceLines, EveryLineHasTheAnswerOfItsFlow) {
  const Network network = two_vpcs();
  std::string lines;
  std::string expected;
  for (int host = 0; host < 256; ++host) {
    for (int times = 0; times < 3; ++times) {
      lines += line_to(host);
      Flow flow{
          .src = IpAddress::parse("10.10.1.100").value(),
          .dst = IpAddress::parse("10.20.1." + std::to_string(host)).value(),
          .sport = 49152,
          .dport = 9091};
      expected += to_json(network.trace({flow, ""}).value(), -1);
    }
  }
  for (const int jobs : {1, 2, 7}) {
    TraceLinesOptions options;
    options.jobs = jobs;
    const TracedLines traced = network.trace_lines(lines, options);
    EXPECT_EQ(traced.output, expected) << jobs;
    EXPECT_EQ(traced.lines, 768);
    EXPECT_EQ(traced.exit_code, 0);
  }
}

TEST(TraceLines, ABadLineIsNumberedAndBlankOnesCount) {
  const TracedLines traced = two_vpcs().trace_lines(
      "\n \r\nnonsense\n" + line_to(101), {.first_line = 8});
  EXPECT_EQ(traced.lines, 4);
  EXPECT_EQ(traced.exit_code, 2);
  EXPECT_TRUE(traced.output.starts_with(
      R"({"schema":"netproof/trace/1","line":10,"error":{"code":)"))
      << traced.output;
}

TEST(TraceLines, APlaceThatIsNoneIsABadLine) {
  const TracedLines traced = two_vpcs().trace_lines(
      R"({"src": "10.10.1.100", "dst": "10.20.1.1", "protocol": "icmp",
          "at": "host:nobody"})"
      "\n",
      {.json = false});
  EXPECT_EQ(traced.exit_code, 2);
}

TEST(TraceLines, TheLastLineNeedsNoEnd) {
  std::string line = line_to(101);
  const Network network = two_vpcs();
  const std::string ended = network.trace_lines(line).output;
  line.pop_back();
  EXPECT_EQ(network.trace_lines(line).output, ended);
  EXPECT_EQ(network.trace_lines("").output, "");
}

}  // namespace
}  // namespace netproof
