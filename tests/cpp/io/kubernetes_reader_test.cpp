#include "io/kubernetes_reader.hpp"

#include <gtest/gtest.h>

#include "io/folder.hpp"
#include "io/reading.hpp"

namespace netproof {
namespace {

const char* const kPod = R"(apiVersion: v1
kind: Pod
metadata: {name: app, namespace: shop, labels: {app: app}}
spec:
  containers: [{name: c, ports: [{name: web, containerPort: 80}]}]
status: {podIP: 10.1.0.1, phase: Running}
)";

const char* const kComplete = R"(apiVersion: netproof/v1
kind: Cluster
metadata: {name: prod}
spec: {plugin: cilium, portRanges: true, rewritesFirst: true, complete: true}
)";

class KubernetesReader : public Folder {
 protected:
  TopologyParts parts(const ReadOptions& options = {}) const {
    const auto found = read("", options);
    if (found) return found.value().parts();
    ADD_FAILURE() << lines_of(found.error());
    return {};
  }
  /// The one policy whose `spec` is this.
  NetworkPolicy policy(const std::string& spec) const {
    write("policy.yaml", policy_text(spec));
    const TopologyParts found = parts();
    if (found.clusters.empty()) return {};
    return found.clusters[0].policies.items.at(0);
  }
  std::string refused(const std::string& spec) const {
    write("policy.yaml", policy_text(spec));
    const Diagnostics found = errors();
    return found.empty() ? "" : found.front().code;
  }
  static std::string policy_text(const std::string& spec) {
    return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
           "metadata: {name: p, namespace: shop}\nspec: " +
           spec + "\n";
  }
};

bool isolates(const std::optional<OpenList<PolicyRule>>& rules) {
  return rules.has_value();
}

// covers S107
TEST_F(KubernetesReader, TypesThatAreLeftOutFollowTheRules) {
  NetworkPolicy one = policy("{podSelector: {}}");
  EXPECT_TRUE(isolates(one.ingress));
  EXPECT_FALSE(isolates(one.egress));
  one = policy("{podSelector: {}, egress: []}");
  EXPECT_FALSE(isolates(one.egress));
  one = policy("{podSelector: {}, egress: [{}]}");
  EXPECT_TRUE(isolates(one.ingress));
  EXPECT_TRUE(isolates(one.egress));
  one = policy("{podSelector: {}, policyTypes: [Egress], ingress: [{}]}");
  EXPECT_FALSE(isolates(one.ingress));
  EXPECT_TRUE(isolates(one.egress));
}

// covers S109, S110, S111, S112
TEST_F(KubernetesReader, EveryPartOfAPolicyIsRead) {
  const NetworkPolicy one = policy(R"({
    podSelector: {matchLabels: {a: b}, matchExpressions: [
      {key: c, operator: NotIn, values: [d, e]},
      {key: f, operator: DoesNotExist}]},
    ingress: [{from: [
      {podSelector: {}, namespaceSelector: {matchLabels: {x: y}}},
      {ipBlock: {cidr: 172.17.0.0/16, except: [172.17.1.0/24]}}],
      ports: [{port: web}, {protocol: SCTP, port: 1, endPort: 9}, {}]}, {}]})");
  ASSERT_EQ(one.pods.size(), 3U);
  EXPECT_EQ(one.pods[1].condition, LabelCondition::Operator::kNotIn);
  EXPECT_EQ(one.pods[1].values, (Names{"d", "e"}));
  EXPECT_EQ(one.pods[2].condition, LabelCondition::Operator::kDoesNotExist);
  ASSERT_EQ(one.ingress->items.size(), 2U);
  const PolicyRule& rule = one.ingress->items[0];
  EXPECT_TRUE(rule.peers.items.at(0).pods->empty());
  EXPECT_EQ(rule.peers.items[0].namespaces->at(0).key, "x");
  EXPECT_EQ(rule.peers.items.at(1).block->except[0].text, "172.17.1.0/24");
  EXPECT_EQ(rule.ports.items.at(0).name, "web");
  EXPECT_EQ(rule.ports.items.at(1).protocol, kSctp);
  EXPECT_EQ(rule.ports.items[1].end_port, 9);
  EXPECT_FALSE(rule.ports.items.at(2).port);
  EXPECT_TRUE(one.ingress->items[1].peers.items.empty());
}

TEST_F(KubernetesReader, APolicyThatSaysNothingIsRefused) {
  EXPECT_EQ(refused("{ingress: [{from: [{}]}]}"), "policy-peer");
  EXPECT_EQ(refused("{ingress: [{from: [{ipBlock: {cidr: 1.2.3}}]}]}"),
            "prefix");
  EXPECT_EQ(refused("{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, "
                    "except: [11.0.0.0/8]}}]}]}"),
            "except-inside");
  EXPECT_EQ(refused("{ingress: [{ports: [{port: 9, endPort: 8}]}]}"),
            "end-port");
  EXPECT_EQ(refused("{ingress: [{ports: [{port: web, endPort: 8}]}]}"),
            "end-port");
  EXPECT_EQ(refused("{ingress: [{to: []}]}"), "unknown-key");
  EXPECT_EQ(refused("{ingress: {from: []}}"), "value-type");
  EXPECT_EQ(refused("{podSelector: {matchExpressions: [{key: a, operator: "
                    "Like, values: [b]}]}}"),
            "choice");
  EXPECT_EQ(refused("{podSelector: {matchExpressions: [{key: a, operator: "
                    "In}]}}"),
            "label-condition");
  EXPECT_EQ(refused("{policyTypes: [Sideways]}"), "choice");
  EXPECT_EQ(refused("&a {podSelector: *a}"), "yaml-anchor");
}

TEST_F(KubernetesReader, WhatIsLeftOutLeavesThePoliciesOpen) {
  write("pod.yaml", kPod);
  write("netproof.yaml", kComplete);
  write("policy.yaml", policy_text("{ingress: [{to: []}]}"));
  const TopologyParts found = parts({true, ""});
  EXPECT_TRUE(found.clusters.at(0).policies.open);
  EXPECT_EQ(found.left_out.size(), 1U);
}

TEST_F(KubernetesReader, RunningPodsHaveTheirAddresses) {
  write("all.yaml", std::string(kPod) + "---\n" + R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: app, namespace: shop}
spec: {template: {metadata: {labels: {app: app}}, spec: {containers: []}}}
---
apiVersion: v1
kind: Pod
metadata: {name: done}
spec: {containers: []}
status: {podIP: 10.1.0.1, phase: Succeeded}
)");
  const TopologyParts found = parts();
  ASSERT_EQ(names_of(found.pods), Names{"shop/app"});
  EXPECT_EQ(to_string(found.pods[0].addresses.at(0)), "10.1.0.1");
  EXPECT_EQ(found.pods[0].ports.at(0).name, "web");
  EXPECT_FALSE(found.pods[0].made_up);
}

TEST_F(KubernetesReader, TheUserMaySayThatThisIsAll) {
  write("pod.yaml", kPod);
  write("netproof.yaml", kComplete);
  const TopologyParts found = parts();
  const Cluster& cluster = found.clusters.at(0);
  EXPECT_EQ(cluster.name, "prod");
  EXPECT_EQ(cluster.plugin, "cilium");
  EXPECT_TRUE(cluster.port_ranges.is(true));
  EXPECT_TRUE(cluster.rewrites_first.is(true));
  EXPECT_FALSE(cluster.policies.open);
  EXPECT_TRUE(found.pods.at(0).served.is(Served::kNone));
  EXPECT_TRUE(found.gaps.empty());
  EXPECT_EQ(found.assumptions.at(0).id, "complete");
}

TEST_F(KubernetesReader, TemplatesStandForPods) {
  write("netproof.yaml", kComplete);
  write("all.yaml", R"(apiVersion: batch/v1
kind: CronJob
metadata: {name: night}
spec: {jobTemplate: {spec: {template: {metadata: {labels: {a: b}},
  spec: {hostNetwork: true, containers: [{name: c}]}}}}}
---
# nothing
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: day}
spec: {template: {spec: {containers: [{ports: [{containerPort: 1,
  hostPort: 1}]}]}}}
)");
  const TopologyParts found = parts();
  ASSERT_EQ(names_of(found.pods), (Names{"default/night", "default/day"}));
  EXPECT_TRUE(found.pods[0].made_up);
  EXPECT_TRUE(found.pods[0].host_network);
  EXPECT_EQ(found.pods[0].labels.at("a"), "b");
  EXPECT_TRUE(found.pods[1].served.is(Served::kOutside));
  EXPECT_NE(found.pods[0].addresses, found.pods[1].addresses);
  EXPECT_EQ(found.assumptions.size(), 4U);
}

// covers S113
TEST_F(KubernetesReader, ServicesReachThePodsThatTheySelect) {
  write("netproof.yaml", kComplete);
  const auto served = [&](const std::string& spec) {
    write("all.yaml", std::string(kPod) +
                          "---\napiVersion: v1\nkind: Service\nmetadata: "
                          "{name: s, namespace: shop}\nspec: " +
                          spec + "\n");
    return parts().pods.at(0).served;
  };
  EXPECT_TRUE(served("{selector: {app: app}}").is(Served::kInside));
  EXPECT_TRUE(served("{selector: {app: no}}").is(Served::kNone));
  EXPECT_TRUE(
      served("{selector: {app: app}, clusterIP: None}").is(Served::kNone));
  EXPECT_TRUE(
      served("{selector: {app: app}, type: NodePort}").is(Served::kOutside));
  EXPECT_TRUE(served("{selector: {app: app}, externalIPs: [1.2.3.4]}")
                  .is(Served::kOutside));
  EXPECT_TRUE(served("{}").unknown);
}

TEST_F(KubernetesReader, AnIngressMayLeadToEveryServedPod) {
  write("netproof.yaml", kComplete);
  write("all.yaml", std::string(kPod) + R"(---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: shop}
spec: {selector: {app: app}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: in, namespace: shop}
)");
  EXPECT_TRUE(parts().pods.at(0).served.unknown);
}

TEST_F(KubernetesReader, ListsOfAnswersAreTakenApart) {
  write("all.json", R"({"apiVersion": "v1", "kind": "List", "items": [
    {"apiVersion": "v1", "kind": "Namespace",
     "metadata": {"name": "shop", "labels": {"team": "a", "empty": ""}}},
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"},
     "status": {"podIP": "10.1.0.9", "podIPs": [{"ip": "10.1.0.9"},
                                                {"ip": "fd00::9"}]}}]})");
  const TopologyParts found = parts();
  EXPECT_EQ(found.clusters.at(0).namespaces.at(0).labels.at("team"), "a");
  EXPECT_EQ(found.pods.at(0).addresses.size(), 2U);
  const auto file = read("all.json");
  ASSERT_TRUE(file);
  EXPECT_EQ(file.value()->clusters.at(0).name, "all");
}

TEST_F(KubernetesReader, HostileInputIsAnError) {
  const auto code = [&](const std::string& text) {
    write("all.yaml", text);
    const Diagnostics found = errors();
    return found.empty() ? "" : found.front().code;
  };
  EXPECT_EQ(code("apiVersion: v1\nkind: List\n"), "kubernetes-object");
  EXPECT_EQ(code("apiVersion: v1\nkind: PodList\nitems: {}\n"),
            "kubernetes-object");
  EXPECT_EQ(code("apiVersion: v1\nkind: PodList\nitems: []\n"
                 "metadata: {continue: abc}\n"),
            "kubernetes-object");
  EXPECT_EQ(code("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
                 "spec: {hostNetwork: yes}\n"),
            "boolean");
  EXPECT_EQ(code("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, "
                 "labels: {kubernetes.io/metadata.name: b}}\n"),
            "label-condition");
  EXPECT_EQ(code("apiVersion: kustomize.config.k8s.io/v1beta1\n"
                 "kind: Kustomization\nnamespace: shop\n"),
            "kubernetes-object");
  EXPECT_EQ(code("apiVersion: netproof/v1\nkind: Cluster\n"
                 "metadata: {name: a}\nspec: {plugin: flannel}\n"),
            "policy-plugin");
  EXPECT_EQ(code("apiVersion: v1\nkind: Pod\n"), "kubernetes-object");
  EXPECT_EQ(code("apiVersion: v1\nkind: Pod\nmetadata: {name: [a]}\n"),
            "kubernetes-object");
  EXPECT_EQ(code("apiVersion: v1\nkind: List\nitems: [1, [], {}]\n"),
            "kubernetes-object");
  EXPECT_EQ(code("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
                 "status: {podIP: 10.0.0}\n"),
            "address");
  EXPECT_EQ(code("apiVersion: netproof/v1\nkind: Cluster\n"
                 "metadata: {name: a}\nspec: {pluggin: x}\n"),
            "unknown-key");
}

TEST_F(KubernetesReader, PlacesAreThoseOfTheFile) {
  write("all.yaml",
        std::string(kPod) + "---\n" + policy_text("{ingress: [{to: []}]}"));
  const Diagnostics found = errors();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].where.line, 11);
}

TEST_F(KubernetesReader, OnlyObjectsAreTakenForSome) {
  write("values.yaml", "comment: no apiVersion here\n");
  EXPECT_FALSE(io::is_kubernetes(path_));
  write("all.yaml", kPod);
  EXPECT_TRUE(io::is_kubernetes(path_));
  EXPECT_TRUE(io::is_kubernetes(path_ / "all.yaml"));
}

// covers S174
TEST_F(KubernetesReader, PodsSayOnWhichNodeTheyRun) {
  write("pods.yaml", R"(apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop},
   spec: {nodeName: n2}, status: {podIP: 10.0.1.10, hostIP: 10.0.1.4}}
- {apiVersion: v1, kind: Pod, metadata: {name: b, namespace: shop},
   spec: {nodeName: n1}, status: {podIP: 10.0.1.11}}
- {apiVersion: v1, kind: Pod, metadata: {name: c, namespace: shop}}
)");
  const TopologyParts found = parts();
  const std::vector<ClusterNode>& nodes = found.clusters.at(0).nodes;
  EXPECT_EQ(names_of(nodes), (Names{"n1", "n2"}));
  EXPECT_TRUE(nodes.at(0).addresses.empty());
  EXPECT_EQ(to_string(nodes.at(1).addresses.at(0)), "10.0.1.4");
  EXPECT_EQ(found.pods.at(0).node.id->value, 1U);
  EXPECT_FALSE(found.pods.at(2).node);
}

}  // namespace
}  // namespace netproof
