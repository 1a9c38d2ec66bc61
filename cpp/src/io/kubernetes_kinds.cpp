#include "io/kubernetes_kinds.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>

#include "io/word_lists.hpp"

namespace netproof::io {
namespace {

using Word = std::string_view;

// Groups of the API that every cluster has; what is in them is understood, or
// has no bearing on packets.
constexpr std::array kBuiltIn = {Word{""},
                                 Word{"admissionregistration.k8s.io"},
                                 Word{"apiextensions.k8s.io"},
                                 Word{"apiregistration.k8s.io"},
                                 Word{"apps"},
                                 Word{"authentication.k8s.io"},
                                 Word{"authorization.k8s.io"},
                                 Word{"autoscaling"},
                                 Word{"batch"},
                                 Word{"certificates.k8s.io"},
                                 Word{"coordination.k8s.io"},
                                 Word{"discovery.k8s.io"},
                                 Word{"events.k8s.io"},
                                 Word{"extensions"},
                                 Word{"flowcontrol.apiserver.k8s.io"},
                                 Word{"internal.apiserver.k8s.io"},
                                 Word{"metrics.k8s.io"},
                                 Word{"networking.k8s.io"},
                                 Word{"node.k8s.io"},
                                 Word{"policy"},
                                 Word{"rbac.authorization.k8s.io"},
                                 Word{"resource.k8s.io"},
                                 Word{"scheduling.k8s.io"},
                                 Word{"storage.k8s.io"},
                                 Word{"storagemigration.k8s.io"}};

// Plugins and meshes: any object of theirs decides, but for those below. Also
// of groups that end like these.
constexpr std::array kDeciding = {Word{"antrea.io"},
                                  Word{"cilium.io"},
                                  Word{"consul.hashicorp.com"},
                                  Word{"istio.io"},
                                  Word{"k8s.cni.cncf.io"},
                                  Word{"k8s.ovn.org"},
                                  Word{"kubeovn.io"},
                                  Word{"kuma.io"},
                                  Word{"linkerd.io"},
                                  Word{"network.openshift.io"},
                                  Word{"networking.k8s.aws"},
                                  Word{"nsx.vmware.com"},
                                  Word{"openservicemesh.io"},
                                  Word{"policy.networking.k8s.io"},
                                  Word{"projectcalico.org"},
                                  Word{"vpcresources.k8s.aws"}};

// What plugins write down for themselves, and what only leads in.
constexpr std::array kRecords = {Word{"BGPConfiguration"},
                                 Word{"BGPFilter"},
                                 Word{"BGPPeer"},
                                 Word{"BlockAffinity"},
                                 Word{"CNINode"},
                                 Word{"CiliumBGPPeeringPolicy"},
                                 Word{"CiliumEndpoint"},
                                 Word{"CiliumEndpointSlice"},
                                 Word{"CiliumIdentity"},
                                 Word{"CiliumNode"},
                                 Word{"ClusterInformation"},
                                 Word{"Gateway"},
                                 Word{"IPAMBlock"},
                                 Word{"IPAMConfig"},
                                 Word{"IPAMHandle"},
                                 Word{"IPPool"},
                                 Word{"IPReservation"},
                                 Word{"PolicyEndpoint"},
                                 Word{"StagedGlobalNetworkPolicy"},
                                 Word{"StagedNetworkPolicy"},
                                 Word{"Telemetry"},
                                 Word{"VirtualService"}};

// Words in kinds of objects that decide, in whatever group.
constexpr std::array kDecidingWords = {
    Word{"NetworkPolic"},       Word{"Firewall"},
    Word{"AuthorizationPolic"}, Word{"PeerAuthentication"},
    Word{"SecurityGroup"},      Word{"ServiceIntentions"},
    Word{"TrafficPermission"},  Word{"NetworkAttachment"}};

// Groups, or kinds of a group, by which other objects are made or changed.
constexpr std::array kChanging = {Word{"argoproj.io/Application"},
                                  Word{"argoproj.io/ApplicationSet"},
                                  Word{"fleet.cattle.io"},
                                  Word{"helm.cattle.io"},
                                  Word{"helm.toolkit.fluxcd.io"},
                                  Word{"kustomize.toolkit.fluxcd.io"},
                                  Word{"kyverno.io"},
                                  Word{"mutations.gatekeeper.sh"},
                                  Word{"operators.coreos.com"},
                                  Word{"policies.kyverno.io"},
                                  Word{"pkg.crossplane.io"},
                                  Word{"apiextensions.crossplane.io"}};

// Extensions that make no pods but those of a template.
constexpr std::array kHarmless = {
    Word{"apps.openshift.io/DeploymentConfig"},
    Word{"argoproj.io/AnalysisTemplate"},
    Word{"argoproj.io/AppProject"},
    Word{"argoproj.io/Rollout"},
    Word{"autoscaling.k8s.io"},
    Word{"bitnami.com"},
    Word{"cert-manager.io"},
    Word{"constraints.gatekeeper.sh"},
    Word{"elbv2.k8s.aws"},
    Word{"external-secrets.io"},
    Word{"gateway.networking.k8s.io"},
    Word{"generators.external-secrets.io"},
    Word{"karpenter.k8s.aws"},
    Word{"karpenter.sh"},
    Word{"keda.sh/ScaledObject"},
    Word{"keda.sh/TriggerAuthentication"},
    Word{"monitoring.coreos.com/AlertmanagerConfig"},
    Word{"monitoring.coreos.com/PodMonitor"},
    Word{"monitoring.coreos.com/Probe"},
    Word{"monitoring.coreos.com/PrometheusRule"},
    Word{"monitoring.coreos.com/ScrapeConfig"},
    Word{"monitoring.coreos.com/ServiceMonitor"},
    Word{"multicluster.x-k8s.io"},
    Word{"netproof"},
    Word{"route.openshift.io"},
    Word{"secrets-store.csi.x-k8s.io"},
    Word{"snapshot.storage.k8s.io"},
    Word{"templates.gatekeeper.sh"},
    Word{"wgpolicyk8s.io"}};

/// The group of the object, or its group and kind.
bool is_of(std::span<const Word> groups, const KubernetesObject& object) {
  return among(groups, object.group) ||
         among(groups, object.group + "/" + object.kind);
}

bool is_of_plugin(const KubernetesObject& object) {
  return std::ranges::any_of(kDeciding, [&](Word group) {
    return object.group == group ||
           object.group.ends_with("." + std::string{group});
  });
}

bool is_called_deciding(const KubernetesObject& object) {
  return std::ranges::any_of(kDecidingWords, [&](Word word) {
    return object.kind.find(word) != std::string::npos;
  });
}

/// A webhook that is asked about objects of the cluster's own groups only by
/// name of others does nothing to pods.
bool changes_pods(const KubernetesObject& webhooks) {
  for (const Node& hook : list_inside(*webhooks.node, {"webhooks"})) {
    for (const Node& rule : list_inside(hook, {"rules"})) {
      const auto& groups = list_inside(rule, {"apiGroups"});
      const bool own = std::ranges::any_of(groups, [](const Node& one) {
        return one.text == "*" || among(kBuiltIn, one.text);
      });
      if (own || groups.empty()) return true;
    }
  }
  return false;
}

}  // namespace

Bearing bearing_of(const KubernetesObject& object) {
  if (object.kind == "MutatingWebhookConfiguration") {
    return changes_pods(object) ? Bearing::kChanges : Bearing::kNone;
  }
  if (object.kind.starts_with("MutatingAdmissionPolicy")) {
    return Bearing::kChanges;
  }
  if (object.group == "networking.k8s.io") return Bearing::kNone;
  if (is_of(kChanging, object)) return Bearing::kChanges;
  if (is_of_plugin(object)) {
    return among(kRecords, object.kind) ? Bearing::kNone : Bearing::kDecides;
  }
  if (is_called_deciding(object)) return Bearing::kDecides;
  if (among(kBuiltIn, object.group) || is_of(kHarmless, object)) {
    return Bearing::kNone;
  }
  return Bearing::kMakesPods;
}

bool leads_in(const KubernetesObject& object) {
  static constexpr std::array kKinds = {
      Word{"Gateway"}, Word{"Ingress"}, Word{"ServiceExport"},
      Word{"TargetGroupBinding"}, Word{"VirtualService"}};
  return among(kKinds, object.kind) || object.kind.ends_with("Route");
}

const Node* template_of(const KubernetesObject& object) {
  const Node* found = inside(*object.node, {"spec", "template"});
  if (found == nullptr) {
    found = inside(*object.node, {"spec", "jobTemplate", "spec", "template"});
  }
  const bool of_pods =
      found != nullptr && inside(*found, {"spec", "containers"}) != nullptr;
  return of_pods ? found : nullptr;
}

bool has_more_networks(const KubernetesObject& object) {
  const Node* pod = template_of(object);
  const Node* annotations =
      inside(pod == nullptr ? *object.node : *pod, {"metadata", "annotations"});
  if (annotations == nullptr) return false;
  return inside(*annotations, {"k8s.v1.cni.cncf.io/networks"}) != nullptr ||
         inside(*annotations, {"v1.multus-cni.io/default-network"}) != nullptr;
}

std::set<std::string> early_port_names(const KubernetesObjects& found) {
  std::set<std::string> names;
  for (const KubernetesObject& object : found.objects) {
    const Node* pod = template_of(object);
    const Node& node = pod == nullptr ? *object.node : *pod;
    for (const Node& one : list_inside(node, {"spec", "initContainers"})) {
      for (const Node& port : list_inside(one, {"ports"})) {
        names.insert(text_inside(port, {"name"}));
      }
    }
  }
  names.erase("");
  return names;
}

OpenList<std::string> added_labels(const KubernetesObject& object) {
  static const std::vector<std::string> kOfJobs = {
      "batch.kubernetes.io/controller-uid",
      "batch.kubernetes.io/job-completion-index",
      "batch.kubernetes.io/job-name", "controller-uid", "job-name"};
  static const std::map<std::string, std::vector<std::string>, std::less<>>
      kAdded = {{"CronJob", kOfJobs},
                {"DaemonSet",
                 {"controller-revision-hash", "pod-template-generation"}},
                {"Deployment", {"pod-template-hash"}},
                {"Job", kOfJobs},
                {"Pod", {}},
                {"ReplicaSet", {}},
                {"ReplicationController", {}},
                {"StatefulSet",
                 {"apps.kubernetes.io/pod-index", "controller-revision-hash",
                  "statefulset.kubernetes.io/pod-name"}}};
  OpenList<std::string> keys;
  const auto at = kAdded.find(object.kind);
  if (at == kAdded.end() || !among(kBuiltIn, object.group)) {
    keys.open = true;
    return keys;
  }
  keys.items = at->second;
  // Those of the node, of which nobody knows which it will be.
  keys.items.emplace_back("topology.kubernetes.io/region");
  keys.items.emplace_back("topology.kubernetes.io/zone");
  return keys;
}

OpenList<std::string> all_added_labels(const KubernetesObjects& found) {
  OpenList<std::string> all;
  for (const KubernetesObject& object : found.objects) {
    const bool pod = object.kind == "Pod" && object.group.empty();
    if (!pod && template_of(object) == nullptr) continue;
    const OpenList<std::string> one = added_labels(object);
    all.open = all.open || one.open;
    all.items.insert(all.items.end(), one.items.begin(), one.items.end());
  }
  return all;
}

}  // namespace netproof::io
