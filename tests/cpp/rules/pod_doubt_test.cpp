#include "rules/pod_doubt.hpp"

#include <gtest/gtest.h>

#include "support/cluster_network.hpp"
#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::ClusterNetwork;
using testing::labelled;
using testing::rule;
using testing::verdict;

ClusterNetwork closed_database() {
  ClusterNetwork net;
  net.pod("shop/app", "10.1.0.1", {{"app", "app"}});
  net.pod("shop/db", "10.1.0.2", {{"app", "db"}});
  net.policy("shop/db", labelled({{"app", "db"}})).ingress =
      testing::rules_of({});
  return net;
}

Verdict denied(const ClusterNetwork& net, std::string_view from,
               std::string_view to) {
  // Other protocols are undefined (S112).
  return verdict(net.build(), rule(Verb::kDeny, from, to, "tcp"));
}

// covers S107, S172
TEST(PodDoubt, AnIsolatedPodIsProvedIsolated) {
  const ClusterNetwork net = closed_database();
  EXPECT_EQ(denied(net, "pod:shop/app", "pod:shop/db"), Verdict::kProved);
  EXPECT_EQ(denied(net, "pod:shop/db", "pod:shop/app"), Verdict::kViolated);
  EXPECT_EQ(denied(net, "internet", "pod:shop/db"), Verdict::kProved);
  EXPECT_EQ(denied(net, "pod:shop/app", "internet"), Verdict::kUnknown);
}

// covers S113
TEST(PodDoubt, AServiceIsAnotherWayToItsPods) {
  ClusterNetwork net;
  net.pod("shop/app", "10.1.0.1");
  net.pod("shop/db", "10.1.0.2").served.value = Served::kInside;
  net.policy("shop/all", {}).ingress = testing::rules_of({});
  EXPECT_EQ(denied(net, "pod:shop/app", "pod:shop/db"), Verdict::kProved);
  net.cluster().rewrites_first.unknown = true;
  EXPECT_EQ(denied(net, "pod:shop/app", "pod:shop/db"), Verdict::kUnknown);
  EXPECT_EQ(denied(net, "pod:shop/db", "pod:shop/app"), Verdict::kProved);
  EXPECT_EQ(denied(net, "internet", "pod:shop/db"), Verdict::kProved);
}

TEST(PodDoubt, ANodesAddressIsAWayFromOutside) {
  ClusterNetwork net;
  net.pod("shop/app", "10.1.0.1").served.value = Served::kOutside;
  net.policy("shop/all", {}).ingress = testing::rules_of({});
  EXPECT_EQ(denied(net, "internet", "pod:shop/app"), Verdict::kUnknown);
}

// covers S112, S113
TEST(PodDoubt, ANodesAddressIsAWayFromPodsToo) {
  ClusterNetwork net = closed_database();
  net.pod("shop/out", "10.1.0.3").served.value = Served::kOutside;
  net.policy("shop/all", {}).ingress = testing::rules_of({});
  EXPECT_EQ(denied(net, "pod:shop/app", "pod:shop/out"), Verdict::kUnknown);
  EXPECT_EQ(denied(net, "pod:shop/app", "pod:shop/db"), Verdict::kProved);
}

// covers S114
TEST(PodDoubt, WithoutAPluginNothingIsProvedIsolated) {
  ClusterNetwork net = closed_database();
  net.cluster().plugin.clear();
  EXPECT_EQ(denied(net, "pod:shop/app", "pod:shop/db"), Verdict::kUnknown);
  EXPECT_EQ(verdict(net.build(), rule(Verb::kRequire, "pod:shop/db",
                                      "pod:shop/app", "tcp/80")),
            Verdict::kProved);
}

TEST(PodDoubt, LabelsAndNamespacesSelectPods) {
  ClusterNetwork net = closed_database();
  net.space("shop", {{"team", "a"}});
  net.pod("pay/job", "10.1.0.3", {{"app", "app"}});
  const Topology topology = net.build();
  const Engine engine{topology};
  const Locations locations{topology, engine.members()};
  Selector selector;
  selector.labels = {{"app", {"app"}}, {"namespace", {"shop"}}};
  EXPECT_EQ(locations.select(selector, {}, true).scopes.size(), 1U);
  selector.labels = {{"team", {"a"}}};
  EXPECT_EQ(locations.select(selector, {}, true).scopes.size(), 2U);
  EXPECT_EQ(locations.select(selector, {}, true).members,
            std::vector<std::string>{"namespace:shop"});
}

}  // namespace
}  // namespace netproof
