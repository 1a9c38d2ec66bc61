#include "engine/cluster_filters.hpp"

#include <gtest/gtest.h>

#include "support/cluster_network.hpp"

namespace netproof::engine {
namespace {

using testing::ClusterNetwork;
using testing::labelled;
using testing::peer_block;
using testing::peer_both;
using testing::peer_pods;
using testing::peer_spaces;
using testing::policy_port;
using testing::policy_rule;
using testing::rules_of;

/// What is said of one packet.
enum class Say { kDenied, kPerhaps, kAllowed };

// app and other in shop, db in pay; db is isolated by the rules of a test.
class ClusterFilters : public ::testing::Test {
 protected:
  ClusterFilters() {
    net_.space("shop", {{"team", "a"}});
    net_.space("pay", {{"team", "b"}});
    net_.pod("shop/app", "10.1.0.1", {{"app", "app"}});
    net_.pod("shop/other", "10.1.0.2", {{"app", "other"}});
    net_.pod("pay/db", "10.1.0.3", {{"app", "db"}})
        .ports.push_back({"sql", kTcp, 5432});
    net_.pod("pay/job", "10.1.0.4", {{"app", "job"}});
  }

  void ingress(const std::vector<PolicyRule>& rules) {
    NetworkPolicy& policy = net_.policy("pay/db", labelled({{"app", "db"}}));
    policy.ingress = rules_of(rules);
  }

  Say to_db(const std::string& from, std::uint16_t port = 443,
            std::uint8_t protocol = kTcp) {
    Flow flow = testing::tcp(from, "10.1.0.3", port);
    flow.protocol = protocol;
    if (!has_ports(protocol)) flow.sport = 0;
    return say(2, true, flow);
  }

  Say say(Index pod, bool in, const Flow& flow) {
    const Network network{net_.build()};
    const engine::ClusterFilters filters{network};
    const Bound& bound = filters.of(pod, in);
    EXPECT_TRUE(bound.lower.lies_inside(bound.upper));
    if (bound.lower.contains(flow)) return Say::kAllowed;
    return bound.upper.contains(flow) ? Say::kPerhaps : Say::kDenied;
  }

  ClusterNetwork net_;
};

const char* const kApp = "10.1.0.1";
const char* const kOther = "10.1.0.2";
const char* const kJob = "10.1.0.4";

// covers S107
TEST_F(ClusterFilters, APodThatNoPolicySelectsIsOpen) {
  EXPECT_EQ(to_db(kApp), Say::kAllowed);
  net_.policy("shop/db", labelled({{"app", "db"}})).ingress = rules_of({});
  EXPECT_EQ(to_db(kApp), Say::kAllowed);  // of another namespace
  ingress({});
  EXPECT_EQ(to_db(kApp), Say::kDenied);
  EXPECT_EQ(say(2, false, testing::tcp("10.1.0.3", kApp, 80)), Say::kAllowed);
}

TEST_F(ClusterFilters, AnEmptySelectorIsTheWholeNamespace) {
  net_.policy("pay/all", {}).ingress = rules_of({});
  EXPECT_EQ(to_db(kApp), Say::kDenied);
  EXPECT_EQ(say(0, true, testing::tcp(kOther, kApp, 80)), Say::kAllowed);
}

// covers S108, S109
TEST_F(ClusterFilters, RulesAndPoliciesAddUp) {
  ingress({policy_rule({peer_spaces(labelled({{"team", "a"}}))},
                       {policy_port(kTcp, 22), policy_port(kUdp, 53)})});
  ingress({policy_rule({peer_pods({})}, {})});
  EXPECT_EQ(to_db(kApp, 22), Say::kAllowed);
  EXPECT_EQ(to_db(kApp, 53, kUdp), Say::kAllowed);
  EXPECT_EQ(to_db(kApp, 53), Say::kDenied);
  EXPECT_EQ(to_db(kJob, 53), Say::kAllowed);
}

TEST_F(ClusterFilters, ARuleWithoutPeersAndPortsIsEverything) {
  ingress({policy_rule({}, {})});
  EXPECT_EQ(to_db(kApp), Say::kAllowed);
  EXPECT_EQ(to_db("8.8.8.8", 1, kSctp), Say::kAllowed);
  EXPECT_EQ(to_db(kApp, 0, 47), Say::kPerhaps);
}

// covers S110
TEST_F(ClusterFilters, SelectorsInOneElementAreBothMeant) {
  const LabelSelector team = labelled({{"team", "a"}});
  const LabelSelector app = labelled({{"app", "app"}});
  ingress({policy_rule({peer_both(team, app)})});
  EXPECT_EQ(to_db(kApp), Say::kAllowed);
  EXPECT_EQ(to_db(kOther), Say::kDenied);
  EXPECT_EQ(to_db(kJob), Say::kDenied);
}

TEST_F(ClusterFilters, SelectorsInTwoElementsAreAlternatives) {
  const LabelSelector team = labelled({{"team", "a"}});
  ingress({policy_rule(
      {peer_spaces(team), peer_pods(labelled({{"app", "job"}}))})});
  EXPECT_EQ(to_db(kApp), Say::kAllowed);
  EXPECT_EQ(to_db(kOther), Say::kAllowed);
  EXPECT_EQ(to_db(kJob), Say::kAllowed);
}

TEST_F(ClusterFilters, ANamespaceHasItsNameAsLabel) {
  ingress({policy_rule(
      {peer_spaces(labelled({{"kubernetes.io/metadata.name", "shop"}}))})});
  EXPECT_EQ(to_db(kApp), Say::kAllowed);
  EXPECT_EQ(to_db(kJob), Say::kDenied);
}

TEST_F(ClusterFilters, LabelsOfAnUnlistedNamespaceAreUnknown) {
  net_.cluster().namespaces.erase(net_.cluster().namespaces.begin());
  ingress({policy_rule({peer_spaces(labelled({{"team", "a"}}))})});
  EXPECT_EQ(to_db(kApp), Say::kPerhaps);
  EXPECT_EQ(to_db(kJob), Say::kDenied);
}

// covers S110, S111
TEST_F(ClusterFilters, ExceptionsConcernTheirOwnBlock) {
  NetworkPolicy& policy = net_.policy("shop/out", {});
  policy.egress =
      rules_of({policy_rule({peer_block("172.17.0.0/16", {"172.17.1.0/24"})}),
                policy_rule({peer_block("172.17.1.0/25")})});
  const auto out = [&](const char* to) {
    return say(0, false, testing::tcp(kApp, to, 80));
  };
  EXPECT_EQ(out("172.17.0.5"), Say::kAllowed);
  EXPECT_EQ(out("172.17.1.5"), Say::kAllowed);
  EXPECT_EQ(out("172.17.1.200"), Say::kDenied);
  EXPECT_EQ(out("172.18.0.1"), Say::kDenied);
}

// covers S113
TEST_F(ClusterFilters, WhatIsRewrittenFirstDecidesWhatBlocksSee) {
  NetworkPolicy& policy = net_.policy("shop/out", {});
  policy.egress = rules_of({policy_rule({peer_block("172.17.0.0/16")})});
  net_.cluster().rewrites_first.unknown = true;
  const auto out = [&](const char* to) {
    return say(0, false, testing::tcp(kApp, to, 80));
  };
  EXPECT_EQ(out("172.17.0.5"), Say::kPerhaps);
  EXPECT_EQ(out("9.9.9.9"), Say::kPerhaps);
  EXPECT_EQ(out("10.1.0.3"), Say::kDenied);
  policy.egress = rules_of({});
  EXPECT_EQ(out("9.9.9.9"), Say::kDenied);
}

TEST_F(ClusterFilters, ABlockMayOrMayNotSeePods) {
  ingress({policy_rule({peer_block("10.1.0.0/31")})});
  EXPECT_EQ(to_db(kApp), Say::kPerhaps);
  EXPECT_EQ(to_db(kOther), Say::kDenied);
}

// covers S112
TEST_F(ClusterFilters, PortsAreRangesNamesAndAllOfAProtocol) {
  ingress({policy_rule({}, {policy_port(kTcp, 80, 90), policy_port(kTcp, "sql"),
                            policy_port(kSctp, std::nullopt)})});
  EXPECT_EQ(to_db(kApp, 80), Say::kAllowed);
  EXPECT_EQ(to_db(kApp, 90), Say::kAllowed);
  EXPECT_EQ(to_db(kApp, 91), Say::kDenied);
  EXPECT_EQ(to_db(kApp, 5432), Say::kAllowed);
  EXPECT_EQ(to_db(kApp, 5432, kUdp), Say::kDenied);
  EXPECT_EQ(to_db(kApp, 7, kSctp), Say::kAllowed);
  net_.cluster().port_ranges.unknown = true;
  EXPECT_EQ(to_db(kApp, 80), Say::kAllowed);
  EXPECT_EQ(to_db(kApp, 90), Say::kPerhaps);
  net_.cluster().port_ranges = {false, false, {}};
  EXPECT_EQ(to_db(kApp, 90), Say::kDenied);
}

TEST_F(ClusterFilters, ANamedPortIsThatOfTheReceiver) {
  NetworkPolicy& policy = net_.policy("shop/out", {});
  policy.egress = rules_of({policy_rule({}, {policy_port(kTcp, "sql")})});
  const auto out = [&](const char* to, std::uint16_t port) {
    return say(0, false, testing::tcp(kApp, to, port));
  };
  EXPECT_EQ(out("10.1.0.3", 5432), Say::kAllowed);
  EXPECT_EQ(out("10.1.0.4", 5432), Say::kDenied);
  EXPECT_EQ(out("10.1.0.3", 443), Say::kDenied);
}

TEST_F(ClusterFilters, WhatIsUndefinedIsUnknown) {
  ingress({});
  EXPECT_EQ(to_db(kApp, 0, 47), Say::kPerhaps);
  net_.pod("shop/agent", "10.0.0.9").host_network = true;
  EXPECT_EQ(to_db("10.0.0.9"), Say::kPerhaps);
  EXPECT_EQ(to_db("8.8.8.8"), Say::kPerhaps);
}

// covers S110
TEST_F(ClusterFilters, TheNameOfANamespaceIsSure) {
  const std::string name = "kubernetes.io/metadata.name";
  net_.cluster().namespaces[0].labels[name] = "pay";
  ingress({policy_rule({peer_spaces(labelled({{name, "shop"}}))})});
  EXPECT_EQ(to_db(kApp), Say::kAllowed);
}

// covers S114
TEST_F(ClusterFilters, WithoutAPluginPoliciesProveNothing) {
  ingress({policy_rule({peer_spaces(labelled({{"team", "a"}}))})});
  net_.cluster().plugin.clear();
  EXPECT_EQ(to_db(kApp), Say::kAllowed);
  EXPECT_EQ(to_db(kJob), Say::kPerhaps);
}

TEST_F(ClusterFilters, PoliciesThatNobodyKnowsMayDoAnything) {
  net_.cluster().policies.open = true;
  EXPECT_EQ(to_db(kApp), Say::kPerhaps);
  ingress({policy_rule({})});
  EXPECT_EQ(to_db(kApp), Say::kPerhaps);
}

}  // namespace
}  // namespace netproof::engine
