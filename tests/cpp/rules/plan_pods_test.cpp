#include <gtest/gtest.h>

#include "support/cluster_network.hpp"
#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::ClusterNetwork;
using testing::findings;
using testing::policy_port;
using testing::policy_rule;

constexpr auto kId = "egress-reaches-dns";

ClusterNetwork limited_to(const std::vector<PolicyPort>& ports) {
  ClusterNetwork net;
  net.pod("shop/app", "10.1.0.1", {{"app", "app"}});
  net.pod("shop/db", "10.1.0.2", {{"app", "db"}});
  net.pod("pay/db", "10.1.0.3", {{"app", "db"}});
  net.policy("shop/out", {}).egress =
      testing::rules_of({policy_rule({}, ports)});
  return net;
}

// covers S115
TEST(PlanPods, LimitedEgressWithoutDnsIsFound) {
  const auto found =
      findings(limited_to({policy_port(kTcp, 443)}).build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kNote);
  EXPECT_EQ(
      found[0].message,
      "pod:shop/app and 1 more may not ask for names: no rule of shop/out "
      "allows UDP port 53");
}

TEST(PlanPods, AnyRuleForDnsIsEnough) {
  EXPECT_TRUE(
      findings(limited_to({policy_port(kUdp, 53)}).build(), kId).empty());
  EXPECT_TRUE(
      findings(limited_to({policy_port(kUdp, 1, 99)}).build(), kId).empty());
  EXPECT_TRUE(findings(limited_to({}).build(), kId).empty());
  ClusterNetwork net = limited_to({policy_port(kTcp, 443)});
  NetworkPolicy& more =
      net.policy("shop/dns", testing::labelled({{"app", "db"}}));
  more.egress = testing::rules_of({policy_rule({}, {policy_port(kUdp, 53)})});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].subjects, std::vector<std::string>{"pod:shop/app"});
}

TEST(PlanPods, IngressPoliciesLimitNothing) {
  ClusterNetwork net;
  net.pod("shop/app", "10.1.0.1");
  net.policy("shop/in", {}).ingress = testing::rules_of({});
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

}  // namespace
}  // namespace netproof
