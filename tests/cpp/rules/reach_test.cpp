#include "netproof/rules/reach.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::two_vpcs;

ReachAnswer reach(const Topology& topology, std::string_view from,
                  std::string_view to) {
  ReachRequest request;
  request.from = testing::selector(from);
  request.to = testing::selector(to);
  request.service = testing::service("tcp/443");
  request.why = true;
  const auto answer = reach_between(topology, Engine(topology), request);
  expects(static_cast<bool>(answer), "both ends exist");
  return answer.value();
}

TEST(Reach, TheExactSetGetsThrough) {
  const ReachAnswer answer = reach(two_vpcs().build(), "vpc:a", "vpc:b");
  ASSERT_EQ(answer.passages.size(), 1U);
  EXPECT_EQ(answer.passages[0].to, "subnet:sub-b");
  EXPECT_TRUE(
      answer.certain.contains(testing::tcp("10.1.0.4", "10.2.0.4", 443)));
  // covers S11: reserved addresses are nobody's
  EXPECT_FALSE(
      answer.certain.contains(testing::tcp("10.1.0.4", "10.2.0.3", 443)));
  EXPECT_EQ(answer.certain, answer.possible);
  EXPECT_TRUE(answer.defects.empty());
}

TEST(Reach, WhatDiesIsShownByDrop) {
  testing::Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  const ReachAnswer answer = reach(net.build(), "vpc:a", "vpc:b");
  EXPECT_TRUE(answer.certain.empty());
  ASSERT_EQ(answer.dropped.size(), 1U);
  EXPECT_EQ(answer.dropped[0].code, "NO_ROUTE");
  EXPECT_EQ(answer.dropped[0].at, "tgw-rtb:rt");
}

TEST(Reach, WhatDoesNotExistIsAProblem) {
  const Topology topology = two_vpcs().build();
  ReachRequest request;
  request.from = testing::selector("vpc:z");
  request.to = testing::selector("vpc:b");
  const auto answer = reach_between(topology, Engine(topology), request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error()[0].code, "unknown-vpc");
}

}  // namespace
}  // namespace netproof
