// Networks in which packets have more ways than anybody can follow.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "netproof/engine/engine.hpp"
#include "netproof/net/ip_prefix.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

using testing::Network;

constexpr int kVpcs = 40;
constexpr int kTables = 3;

/// VPCs with open tables on a transit gateway whose tables may hold anything.
Network open_everywhere() {
  Network n;
  n.transit("t");
  for (int v = 0; v < kVpcs; ++v) {
    const std::string i = std::to_string(v);
    n.vpc("v" + i, {"10." + i + ".0.0/16"}, "rtb" + i);
    n.table("rtb" + i, "v" + i, {{"0.0.0.0/0", "tgw:t"}}).routes.open = true;
    n.subnet("s" + i, "v" + i, {"10." + i + ".0.0/24"}, "z1");
    n.attach_vpc("at" + i, "t", "v" + i);
  }
  for (int t = 0; t < kTables; ++t) {
    testing::TransitLines lines;
    for (int v = t; v < kVpcs; v += kTables) {
      lines.associations.push_back("at" + std::to_string(v));
    }
    n.transit_table("rt" + std::to_string(t), "t", lines).routes.open = true;
  }
  return n;
}

TEST(Limits, PacketsWithTooManyWaysAreUnknown) {
  const Topology topology = open_everywhere().build();
  const Engine engine{topology};
  for (const Level level : {Level::kPacket, Level::kConnection}) {
    Question question;
    question.from = {{testing::place(topology, "subnet:s0"),
                      IpSet::of(IpPrefix::parse("10.0.0.0/28").value())}};
    question.to = {{testing::place(topology, "subnet:s7"),
                    IpSet::of(IpPrefix::parse("10.7.0.0/28").value())}};
    question.level = level;
    const Answer answer = engine.ask(question);
    EXPECT_TRUE(answer.accounting.balances());
    ASSERT_EQ(answer.limits.size(), 1U);
    ASSERT_EQ(answer.passages.size(), 1U);
    const Passage& passage = answer.passages.front();
    EXPECT_TRUE(passage.some_always.empty());
    EXPECT_TRUE(passage.all_always.empty());
    EXPECT_EQ(passage.some_possibly.dst_addresses(),
              question.to.front().addresses);
    EXPECT_EQ(passage.some_possibly, passage.all_possibly);
    // What they hang on is named.
    EXPECT_FALSE(passage.facts.empty());
  }
}

}  // namespace
}  // namespace netproof
