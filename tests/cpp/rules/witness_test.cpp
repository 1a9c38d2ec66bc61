#include "rules/witness.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::judged;
using testing::Network;
using testing::rule;
using testing::two_vpcs;

Flow witness_of(const Topology& topology, const RuleSpec& spec) {
  const RuleOutcome outcome = judged(topology, spec);
  expects(outcome.defects.empty(), "engine and evaluator agree");
  return outcome.result.witnesses.at(0).trace.trace.flow;
}

TEST(Witness, AListedEndpointIsPreferred) {
  Network net = two_vpcs();
  net.interface("web", "sub-a", {"10.1.0.200"});
  net.open_group("open", "b");
  net.interface("db", "sub-b", {"10.2.0.200"}, testing::Texts{"open"});
  const Flow flow =
      witness_of(net.build(), rule(Verb::kDeny, "vpc:a", "vpc:b"));
  EXPECT_EQ(to_string(flow), "10.1.0.200:49152 -> 10.2.0.200:443/tcp");
}

TEST(Witness, APortThatPeopleKnowIsPreferred) {
  const Topology topology = two_vpcs().build();
  EXPECT_EQ(
      witness_of(topology, rule(Verb::kDeny, "vpc:a", "vpc:b", "tcp/20-30"))
          .dport,
      22);
  EXPECT_EQ(
      witness_of(topology, rule(Verb::kDeny, "vpc:a", "vpc:b", "udp/1000-2000"))
          .dport,
      1000);
}

TEST(Witness, ContradictionsAreDefectsAndAreNotShown) {
  const Topology with_way = two_vpcs().build();
  Network net = two_vpcs();
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  const Topology without_way = net.build();
  // An engine and an evaluator that look at different networks.
  const Judge judge(with_way, Engine(with_way), Evaluator(without_way));
  RuleSet rules;
  rules.rules = {rule(Verb::kDeny, "vpc:a", "vpc:b")};
  const RuleOutcome outcome =
      judge.judge(rules.rules[0], rules, "2027-01-01", false);
  EXPECT_EQ(outcome.defects.size(), 1U);
  EXPECT_TRUE(outcome.result.witnesses.empty());
}

}  // namespace
}  // namespace netproof
