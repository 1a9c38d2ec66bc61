#include "io/kubernetes_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "io/kubernetes_pods.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

/// What the user says of a cluster, as an object among the others.
constexpr const char* kOwnGroup = "netproof";

bool is_policy(const KubernetesObject& object) {
  return object.kind == "NetworkPolicy" && object.group == "networking.k8s.io";
}

/// Objects of plugins and meshes that allow or deny besides NetworkPolicies.
bool decides_too(const KubernetesObject& object) {
  if (is_policy(object)) return false;
  return object.kind.ends_with("NetworkPolicy") ||
         object.kind == "AuthorizationPolicy" ||
         object.kind == "PeerAuthentication";
}

/// Pods with interfaces beside the one that NetworkPolicies are about.
bool has_more_networks(const KubernetesObject& object) {
  constexpr const char* kKey = "k8s.v1.cni.cncf.io/networks";
  const Node& node = *object.node;
  return inside(node, {"metadata", "annotations", kKey}) != nullptr ||
         inside(node, {"spec", "template", "metadata", "annotations", kKey}) !=
             nullptr;
}

class ClusterReader {
 public:
  ClusterReader(Draft& draft, const KubernetesObjects& found)
      : draft_{draft}, found_{found}, running_{runs(found)} {}

  void read(const std::string& name) {
    cluster_.name = name;
    for (const KubernetesObject& object : found_.objects) {
      if (object.group == kOwnGroup) read_statement(object);
    }
    for (const KubernetesObject& object : found_.objects) read_object(object);
    const int before = problems().failures();
    const Ref<Cluster> self{cluster_.name, Id<Cluster>{0}, {}};
    draft_.parts.pods = kubernetes_pods(draft_, found_, self);
    const bool services = find_served(problems(), found_, draft_.parts.pods);
    // What a pod is decides about all others.
    if (problems().failures() != before) draft_.fatal = true;
    note_missing(services);
    note_made_up();
    draft_.parts.name = cluster_.name;
    draft_.parts.clusters.push_back(std::move(cluster_));
  }

 private:
  Problems& problems() { return draft_.problems; }

  void gap(const Location& where, const std::string& rule,
           const std::string& fragment) {
    draft_.parts.gaps.push_back(
        {"cluster-says-what-decides", where, rule, fragment, ""});
  }

  void read_statement(const KubernetesObject& object) {
    const int before = problems().failures();
    cluster_.name = object.name;
    cluster_.where = object.node->where;
    if (object.kind != "Cluster") {
      problems().add({"kubernetes-object", object.node->where,
                      "an object of netproof is a Cluster", object.kind, ""});
    }
    static const Node kNothing;
    const Node* spec = inside(*object.node, {"spec"});
    Fields fields{problems(), spec == nullptr ? kNothing : *spec, "cluster"};
    if (spec != nullptr && spec->is_map()) {
      cluster_.plugin = fields.text("plugin");
      cluster_.port_ranges =
          fields.open_flag("portRanges", cluster_.port_ranges);
      cluster_.rewrites_first =
          fields.open_flag("rewritesFirst", cluster_.rewrites_first);
      complete_ = fields.flag("complete", false);
      fields.finish();
    }
    if (problems().failures() != before) draft_.fatal = true;
  }

  void read_object(const KubernetesObject& object) {
    if (object.kind == "Namespace" && object.group.empty()) {
      add_namespace(object);
    } else if (is_policy(object)) {
      add_policy(object);
    } else if (has_more_networks(object)) {
      cluster_.policies.open = true;
      gap(object.node->where,
          "pods have one interface, to which NetworkPolicies apply",
          object.kind + " " + object.name);
    } else if (decides_too(object)) {
      cluster_.policies.open = true;
      gap(object.node->where,
          "objects other than NetworkPolicies decide what passes",
          object.kind + " " + object.name);
    }
  }

  void add_namespace(const KubernetesObject& object) {
    const int before = problems().failures();
    Namespace space;
    space.name = object.name;
    space.where = object.node->where;
    space.labels =
        labels_inside(problems(), *object.node, {"metadata", "labels"});
    check_once("namespace", object.name, space.where);
    if (problems().failures() != before) draft_.fatal = true;
    cluster_.namespaces.push_back(std::move(space));
  }

  void add_policy(const KubernetesObject& object) {
    NetworkPolicy policy;
    check_once("policy", object.full_name(), object.node->where);
    if (read_kubernetes_policy(draft_, object, policy)) {
      cluster_.policies.items.push_back(std::move(policy));
    } else {
      cluster_.policies.open = true;
    }
  }

  void check_once(const char* kind, const std::string& name,
                  const Location& where) {
    if (names_.emplace(kind, name).second) return;
    problems().add({"duplicate-name", where, "a name is given once", name, ""});
    draft_.fatal = true;
  }

  // An answer that nobody asked for looks like one without objects.
  void note_missing(bool services) {
    const bool policies = !cluster_.policies.items.empty();
    if (running_ && !complete_ && !policies && !cluster_.policies.open) {
      cluster_.policies.open = true;
      gap({}, "no NetworkPolicy is among the objects; there may be some", "");
    }
    if (running_ && !complete_ && !services) {
      for (Pod& pod : draft_.parts.pods) pod.served.unknown = true;
      gap({}, "no Service is among the objects; there may be some", "");
    }
    if (cluster_.plugin.empty()) {
      gap(cluster_.where,
          "nobody says which network plugin enforces the policies (S114)",
          cluster_.name);
    }
  }

  void note_made_up() {
    const auto count = std::ranges::count_if(draft_.parts.pods, &Pod::made_up);
    if (count == 0) return;
    draft_.parts.assumptions.push_back(
        {"made-up-addresses",
         fmt::format("cluster:{}", cluster_.name),
         fmt::format("{} pods have addresses from 198.18.0.0/15", count),
         "manifests do not say which addresses pods will have; blocks of "
         "addresses may match them or not",
         "",
         {}});
    draft_.parts.assumptions.push_back(
        {"one-pod-a-template",
         fmt::format("cluster:{}", cluster_.name),
         "the objects are all that the cluster holds, one pod for each "
         "template",
         "replicas of one template are alike to policies",
         "",
         {}});
  }

  Draft& draft_;
  const KubernetesObjects& found_;
  Cluster cluster_;
  bool running_ = false;
  bool complete_ = false;
  std::set<std::pair<std::string, std::string>> names_;
};

}  // namespace

void read_kubernetes(Draft& draft, const fs::path& path, const fs::path& root) {
  const KubernetesObjects found = read_objects(draft, path, root);
  if (found.objects.empty() && !draft.fatal) {
    draft.problems.add({"kubernetes-object",
                        {},
                        "a cluster is described by Kubernetes objects",
                        path.generic_string(),
                        ""});
    draft.fatal = true;
  }
  std::error_code error;
  const fs::path plain = path.lexically_normal();
  const bool folder = fs::is_directory(plain, error);
  std::string name = folder ? plain.filename().string() : plain.stem().string();
  if (name.empty() || name == ".") name = "cluster";
  ClusterReader{draft, found}.read(name);
}

}  // namespace netproof::io
