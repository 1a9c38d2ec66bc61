// What a cluster may hold, or do, besides what its objects say.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "io/folder.hpp"
#include "io/reading.hpp"

namespace netproof {
namespace {

class KubernetesDoubts : public Folder {
 protected:
  /// Objects of which a netproof Cluster says that these are `complete`.
  TopologyParts parts(const std::string& objects,
                      const std::string& complete = "true") const {
    write("all.yaml", objects + "---\n" + cluster("prod", complete));
    const auto found = read();
    if (found) return found.value().parts();
    ADD_FAILURE() << lines_of(found.error());
    return {};
  }
  std::string code(const std::string& objects) const {
    write("all.yaml", objects);
    const Diagnostics found = errors();
    return found.empty() ? "" : found.front().code;
  }
  static std::string cluster(const std::string& name,
                             const std::string& complete) {
    return "apiVersion: netproof/v1\nkind: Cluster\nmetadata: {name: " + name +
           "}\nspec: {plugin: calico, complete: " + complete + "}\n";
  }
  static std::string object(const std::string& version, const std::string& kind,
                            const std::string& spec = "{}") {
    return "apiVersion: " + version + "\nkind: " + kind +
           "\nmetadata: {name: x, namespace: shop}\nspec: " + spec + "\n";
  }
  static std::string workload(const std::string& version,
                              const std::string& kind) {
    return object(version, kind,
                  "{template: {metadata: {labels: {app: a}}, "
                  "spec: {containers: [{name: c}]}}}");
  }
  static std::string running(const std::string& name,
                             const std::string& labels) {
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name +
           ", namespace: shop, labels: " + labels +
           "}\nstatus: {podIP: 10.1.0.1}\n";
  }
};

// covers S181
TEST_F(KubernetesDoubts, WhatIsNotSaidToBeCompleteIsOpen) {
  const std::string pod = running("a", "{app: a}");
  const TopologyParts none = parts(pod, "false");
  EXPECT_TRUE(none.clusters.at(0).policies.open);
  EXPECT_TRUE(none.pods.at(0).served.unknown);
  EXPECT_EQ(none.gaps.size(), 3U);
  const TopologyParts some = parts(pod, "[policies, services]");
  EXPECT_TRUE(some.clusters.at(0).policies.open);
  EXPECT_FALSE(some.pods.at(0).served.unknown);
  EXPECT_EQ(some.gaps.size(), 1U);
  EXPECT_TRUE(parts(workload("apps/v1", "Deployment"), "false")
                  .clusters.at(0)
                  .policies.open);
}

// covers S180
TEST_F(KubernetesDoubts, ControllersAddLabelsOfTheirOwn) {
  const auto open = [&](const std::string& pods, const std::string& key) {
    const std::string selector =
        "{matchExpressions: [{key: " + key + ", operator: DoesNotExist}]}";
    const auto with = [&](const std::string& spec) {
      return parts(pods + "---\n" +
                   object("networking.k8s.io/v1", "NetworkPolicy", spec))
          .clusters.at(0)
          .policies.open;
    };
    const bool selects = with("{podSelector: " + selector + "}");
    EXPECT_EQ(selects, with("{podSelector: {}, egress: [{to: [{podSelector: " +
                            selector + "}]}]}"));
    return selects;
  };
  const std::string deployment = workload("apps/v1", "Deployment");
  EXPECT_TRUE(open(deployment, "pod-template-hash"));
  EXPECT_FALSE(open(deployment, "tier"));
  EXPECT_FALSE(open(running("a", "{}"), "pod-template-hash"));
  EXPECT_FALSE(open(workload("apps/v1", "ReplicaSet"), "pod-template-hash"));
  EXPECT_TRUE(open(workload("apps/v1", "StatefulSet"),
                   "statefulset.kubernetes.io/pod-name"));
  EXPECT_TRUE(
      open(workload("apps/v1", "DaemonSet"), "controller-revision-hash"));
  EXPECT_TRUE(
      open(workload("batch/v1", "Job"), "batch.kubernetes.io/job-name"));
  EXPECT_TRUE(open(workload("v1", "ReplicationController"),
                   "topology.kubernetes.io/zone"));
  EXPECT_TRUE(
      open(workload("apps.openshift.io/v1", "DeploymentConfig"), "tier"));
}

// covers S113, S180
TEST_F(KubernetesDoubts, AServiceMaySelectByThem) {
  const TopologyParts found =
      parts(workload("apps/v1", "StatefulSet") + "---\n" +
            object("v1", "Service",
                   "{selector: {apps.kubernetes.io/pod-index: '0'}}"));
  EXPECT_TRUE(found.pods.at(0).served.unknown);
}

// covers S114
TEST_F(KubernetesDoubts, OtherObjectsDecideToo) {
  const auto open = [&](const std::string& version, const std::string& kind) {
    const TopologyParts found = parts(object(version, kind));
    const bool named =
        found.gaps.size() == 1 && found.gaps[0].fragment == kind + " x";
    EXPECT_EQ(found.clusters.at(0).policies.open, named) << kind;
    return named;
  };
  for (const auto& [version, kind] :
       {std::pair{"policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy"},
        {"policy.networking.k8s.io/v1alpha1", "BaselineAdminNetworkPolicy"},
        {"cilium.io/v2", "CiliumClusterwideNetworkPolicy"},
        {"crd.projectcalico.org/v1", "NetworkPolicy"},
        {"projectcalico.org/v3", "Tier"},
        {"k8s.ovn.org/v1", "EgressFirewall"},
        {"k8s.ovn.org/v1", "UserDefinedNetwork"},
        {"crd.antrea.io/v1beta1", "ClusterNetworkPolicy"},
        {"vpcresources.k8s.aws/v1beta1", "SecurityGroupPolicy"},
        {"policy.linkerd.io/v1beta3", "Server"},
        {"security.istio.io/v1", "PeerAuthentication"},
        {"example.com/v1", "EdgeFirewall"}}) {
    EXPECT_TRUE(open(version, kind)) << kind;
  }
  EXPECT_FALSE(open("projectcalico.org/v3", "IPPool"));
  EXPECT_FALSE(open("networking.istio.io/v1", "VirtualService"));
  EXPECT_FALSE(open("v1", "ConfigMap"));
  const TopologyParts list = parts(
      "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicyList\n"
      "items: [{metadata: {name: a}}]\n");
  EXPECT_TRUE(list.clusters.at(0).policies.open);
}

TEST_F(KubernetesDoubts, WhatMakesOrChangesObjectsLeavesManifestsOpen) {
  const std::string web = workload("apps/v1", "Deployment") + "---\n";
  const TopologyParts chart =
      parts(web + object("helm.toolkit.fluxcd.io/v2", "HelmRelease"));
  EXPECT_TRUE(chart.clusters.at(0).policies.open);
  EXPECT_TRUE(chart.pods.at(0).served.unknown);
  const TopologyParts kafka =
      parts(web + object("kafka.strimzi.io/v1beta2", "Kafka"));
  EXPECT_TRUE(kafka.clusters.at(0).policies.open);
  EXPECT_FALSE(kafka.pods.at(0).served.unknown);
  // What they have made runs, and is listed.
  const TopologyParts now = parts(running("a", "{}") + "---\n" +
                                  object("kafka.strimzi.io/v1beta2", "Kafka"));
  EXPECT_FALSE(now.clusters.at(0).policies.open);
  const auto hook = [&](const char* group) {
    return parts(web +
                 "apiVersion: admissionregistration.k8s.io/v1\n"
                 "kind: MutatingWebhookConfiguration\n"
                 "metadata: {name: h}\n"
                 "webhooks: [{rules: [{apiGroups: [" +
                 std::string{group} + "]}]}]\n")
        .clusters.at(0)
        .policies.open;
  };
  EXPECT_TRUE(hook("''"));
  EXPECT_TRUE(hook("'*'"));
  EXPECT_FALSE(hook("cert-manager.io"));
}

TEST_F(KubernetesDoubts, OtherInterfacesAreUnderNoPolicy) {
  const auto open = [&](const std::string& text) {
    return parts(text).clusters.at(0).policies.open;
  };
  const std::string more =
      "metadata: {name: x, annotations: {k8s.v1.cni.cncf.io/networks: fast}}";
  EXPECT_TRUE(open("apiVersion: v1\nkind: Pod\n" + more + "\n"));
  EXPECT_TRUE(
      open("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: y}\n"
           "spec: {jobTemplate: {spec: {template: {" +
           more + ", spec: {containers: []}}}}}\n"));
}

TEST_F(KubernetesDoubts, NamesOfPortsOfInitContainersAreNotSure) {
  const auto open = [&](const char* name) {
    return parts(
               "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: "
               "{initContainers: [{ports: [{name: web, containerPort: 1}]}]}"
               "\n---\n" +
               object("networking.k8s.io/v1", "NetworkPolicy",
                      "{podSelector: {}, ingress: [{ports: [{port: " +
                          std::string{name} + "}]}]}"))
        .clusters.at(0)
        .policies.open;
  };
  EXPECT_TRUE(open("web"));
  EXPECT_FALSE(open("dns"));
}

TEST_F(KubernetesDoubts, TemplatesWithoutARunningPodAreOne) {
  const std::string web = workload("apps/v1", "Deployment") + "---\n";
  const auto pods = [&](const std::string& objects) {
    return names_of(parts(objects).pods);
  };
  EXPECT_EQ(pods(web + running("a", "{app: a, tier: b}")), Names{"shop/a"});
  EXPECT_EQ(pods(web + running("a", "{app: b}")), (Names{"shop/a", "shop/x"}));
  const std::string set =
      "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: x-1, namespace: "
      "shop, ownerReferences: [{kind: Deployment, name: x}]}\nspec: {template: "
      "{spec: {containers: []}}}\n";
  EXPECT_EQ(pods(set), Names{"shop/x-1"});
  EXPECT_EQ(pods(web + set), Names{"shop/x"});
}

TEST_F(KubernetesDoubts, ObjectsAreGivenOnceOrAlike) {
  const std::string pod = running("a", "{app: a}");
  EXPECT_EQ(parts(pod + "---\n" + pod).pods.size(), 1U);
  EXPECT_EQ(code(pod + "---\n" + running("a", "{app: b}")), "duplicate-name");
  EXPECT_EQ(code(cluster("prod", "true") + "---\n" + cluster("dev", "true")),
            "duplicate-name");
  write("other.yaml", cluster("prod", "false"));
  write("all.yaml", cluster("prod", "true"));
  const Diagnostics found = errors();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].where.file, "other.yaml");
  EXPECT_NE(to_string(found[0]).find("all.yaml:1:1"), std::string::npos);
}

TEST_F(KubernetesDoubts, NamesMayBeLeftToTheCluster) {
  const std::string made =
      "--- {apiVersion: v1, kind: Pod, metadata: {generateName: b-}}\n";
  EXPECT_EQ(names_of(parts(made + made).pods),
            (Names{"default/b-(1)", "default/b-(2)"}));
}

TEST_F(KubernetesDoubts, FoldersThatAreNotReadAreAnError) {
  namespace fs = std::filesystem;
  write("in/deep/all.yaml", running("a", "{}"));
  write("out/more.yaml", running("b", "{}"));
  fs::create_directory_symlink(path_ / "in/deep", path_ / "in/again");
  ASSERT_TRUE(read("in"));
  fs::create_directory_symlink(path_ / "out", path_ / "in/out");
  ASSERT_EQ(errors("in").size(), 1U);
  EXPECT_EQ(errors("in")[0].code, "folder-not-read");
}

}  // namespace
}  // namespace netproof
