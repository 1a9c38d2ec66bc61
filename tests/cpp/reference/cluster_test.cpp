#include <gtest/gtest.h>

#include "reference/ask.hpp"
#include "support/cluster_network.hpp"

namespace netproof::testing {
namespace {

std::string fate_in(const ClusterNetwork& n, const std::string& at,
                    const Flow& flow) {
  const Topology topology = n.build();
  const Trace trace =
      Evaluator{topology}.trace(place(topology, at), flow, true);
  if (trace.forward.fate == Fate::kDelivered && trace.to) {
    return "delivered at " + to_string(topology, *trace.to);
  }
  if (trace.forward.fate == Fate::kDropped) return text_of(*trace.forward.drop);
  return std::string{to_string(trace.forward.fate)};
}

ConnectionFate connection_in(const ClusterNetwork& n, const std::string& at,
                             const Flow& flow) {
  const Topology topology = n.build();
  return Evaluator{topology}.trace(place(topology, at), flow, true).connection;
}

/// app and db in one namespace, web in another.
ClusterNetwork shop() {
  ClusterNetwork n;
  n.space("shop", {{"team", "a"}});
  n.space("front", {{"team", "b"}});
  n.pod("shop/app", "10.1.0.1", {{"app", "app"}});
  n.pod("shop/db", "10.1.0.2", {{"app", "db"}});
  n.pod("front/web", "10.1.0.3", {{"app", "app"}});
  return n;
}

const std::string kApp = "pod:shop/app";
const std::string kDb = "pod:shop/db";

// covers V33, S107, S108
TEST(ClusterWalk, OneIngressPolicyOfADatabase) {
  ClusterNetwork n = shop();
  n.policy("shop/db", labelled({{"app", "db"}})).ingress =
      rules_of({policy_rule({peer_pods(labelled({{"app", "app"}}))},
                            {policy_port(kTcp, 6379)})});
  EXPECT_EQ(fate_in(n, kApp, tcp("10.1.0.1", "10.1.0.2", 6379)),
            "delivered at pod:shop/db");
  EXPECT_EQ(connection_in(n, kApp, tcp("10.1.0.1", "10.1.0.2", 6379)),
            ConnectionFate::kEstablished);
  EXPECT_EQ(fate_in(n, kApp, tcp("10.1.0.1", "10.1.0.2", 22)),
            "POLICY_DENY at pod:shop/db");
  EXPECT_EQ(fate_in(n, kDb, tcp("10.1.0.2", "10.1.0.1", 22)),
            "delivered at pod:shop/app");
  // The label is meant within the namespace of the policy.
  EXPECT_EQ(fate_in(n, "pod:front/web", tcp("10.1.0.3", "10.1.0.2", 6379)),
            "POLICY_DENY at pod:shop/db");
}

// covers V34, S107, S109
TEST(ClusterWalk, APolicyWithoutEgressTypeLeavesEgressOpen) {
  ClusterNetwork n = shop();
  n.policy("shop/db", labelled({{"app", "db"}})).ingress = rules_of({});
  EXPECT_EQ(fate_in(n, kDb, tcp("10.1.0.2", "10.1.0.1", 80)),
            "delivered at pod:shop/app");
  EXPECT_EQ(fate_in(n, kApp, tcp("10.1.0.1", "10.1.0.2", 80)),
            "POLICY_DENY at pod:shop/db");
}

// covers S108
TEST(ClusterWalk, BothEndsHaveToAllowAndRepliesPass) {
  ClusterNetwork n = shop();
  n.policy("shop/app", labelled({{"app", "app"}})).egress =
      rules_of({policy_rule({}, {policy_port(kTcp, 80)})});
  n.policy("shop/both", {}).ingress =
      rules_of({policy_rule({}, {policy_port(kTcp, 443)})});
  EXPECT_EQ(fate_in(n, kApp, tcp("10.1.0.1", "10.1.0.2", 443)),
            "POLICY_DENY at pod:shop/app");
  EXPECT_EQ(fate_in(n, kApp, tcp("10.1.0.1", "10.1.0.2", 80)),
            "POLICY_DENY at pod:shop/db");
  EXPECT_EQ(connection_in(n, "pod:front/web", tcp("10.1.0.3", "10.1.0.1", 443)),
            ConnectionFate::kEstablished);
}

// covers S112
TEST(ClusterWalk, APodReachesItself) {
  ClusterNetwork n = shop();
  NetworkPolicy& policy = n.policy("shop/none", {});
  policy.ingress = rules_of({});
  policy.egress = rules_of({});
  EXPECT_EQ(fate_in(n, kDb, tcp("10.1.0.2", "10.1.0.2", 80)),
            "delivered at pod:shop/db");
  EXPECT_EQ(fate_in(n, kDb, ping("10.1.0.2", "10.1.0.1")), "unknown");
}

// covers S113, S172
TEST(ClusterWalk, WhatLiesOutsideIsUnknown) {
  ClusterNetwork n = shop();
  EXPECT_EQ(fate_in(n, kApp, tcp("10.1.0.1", "8.8.8.8", 443)), "unknown");
  n.policy("shop/none", {}).egress = rules_of({});
  EXPECT_EQ(fate_in(n, kApp, tcp("10.1.0.1", "8.8.8.8", 443)),
            "POLICY_DENY at pod:shop/app");
  EXPECT_EQ(fate_in(n, "internet", tcp("8.8.8.8", "10.1.0.1", 443)),
            "UNROUTABLE at internet");
}

// covers S114, S173
TEST(ClusterWalk, WithoutAPluginADenialIsUnknown) {
  ClusterNetwork n = shop();
  n.policy("shop/db", labelled({{"app", "db"}})).ingress = rules_of({});
  n.cluster().plugin.clear();
  EXPECT_EQ(fate_in(n, kApp, tcp("10.1.0.1", "10.1.0.2", 80)), "unknown");
}

TEST(ClusterWalk, APodSendsFromItsOwnAddresses) {
  EXPECT_EQ(fate_in(shop(), kApp, tcp("10.1.0.9", "10.1.0.2", 80)),
            "SOURCE_CHECK at pod:shop/app");
}

}  // namespace
}  // namespace netproof::testing
