#include "io/kubernetes_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "io/kubernetes_kinds.hpp"
#include "io/kubernetes_pods.hpp"
#include "io/policy.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

/// What the user says of a cluster, as an object among the others.
constexpr const char* kOwnGroup = "netproof";

/// Of what the files may hold all that there is.
const std::vector<std::string> kKinds{"pods", "services", "policies"};

bool is_policy(const KubernetesObject& object) {
  return object.kind == "NetworkPolicy" && object.group == "networking.k8s.io";
}

bool is_namespace(const KubernetesObject& object) {
  return object.kind == "Namespace" && object.group.empty();
}

bool names_one(const NetworkPolicy& policy,
               const std::set<std::string>& names) {
  for (const auto* rules : {&policy.ingress, &policy.egress}) {
    if (!*rules) continue;
    for (const PolicyRule& rule : (*rules)->items) {
      for (const PolicyPort& port : rule.ports.items) {
        if (names.contains(port.name)) return true;
      }
    }
  }
  return false;
}

/// Whether a selector of pods has one of these keys.
bool asks_for(const NetworkPolicy& policy,
              const std::vector<std::string>& keys) {
  const auto asks = [&](const LabelSelector& selector) {
    return std::ranges::any_of(selector, [&](const LabelCondition& one) {
      return std::ranges::find(keys, one.key) != keys.end();
    });
  };
  if (asks(policy.pods)) return true;
  for (const auto* rules : {&policy.ingress, &policy.egress}) {
    if (!*rules) continue;
    for (const PolicyRule& rule : (*rules)->items) {
      for (const PolicyPeer& peer : rule.peers.items) {
        if (peer.pods && asks(*peer.pods)) return true;
      }
    }
  }
  return false;
}

class ClusterReader {
 public:
  ClusterReader(Draft& draft, const KubernetesObjects& found)
      : draft_{draft}, found_{found} {}

  void read(const std::string& name) {
    cluster_.name = name;
    for (const KubernetesObject& object : found_.objects) {
      if (object.group == kOwnGroup) read_statement(object);
    }
    const int before = problems().failures();
    const Ref<Cluster> self{cluster_.name, Id<Cluster>{0}, {}};
    draft_.parts.pods = kubernetes_pods(draft_, found_, self);
    cluster_.nodes = kubernetes_nodes(draft_, found_, draft_.parts.pods);
    find_served(problems(), found_, draft_.parts.pods);
    // What a pod is decides about all others.
    if (problems().failures() != before) draft_.fatal = true;
    for (const KubernetesObject& object : found_.objects) read_object(object);
    note_added_labels();
    note_early_ports();
    note_missing();
    note_made_up();
    note_default_namespace();
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
    if (statement_ != nullptr) {
      problems().add(
          {"duplicate-name", object.node->where,
           "one object of netproof speaks of a cluster", object.name,
           fmt::format("first at {}", to_string(statement_->where))});
    }
    statement_ = object.node;
    cluster_.name = object.name;
    cluster_.where = object.node->where;
    if (object.kind != "Cluster" ||
        text_inside(*object.node, {"apiVersion"}) != "netproof/v1") {
      problems().add({"kubernetes-object", object.node->where,
                      "an object of netproof is a Cluster of netproof/v1",
                      object.kind, ""});
    }
    static const Node kNothing;
    const Node* spec = inside(*object.node, {"spec"});
    Fields fields{problems(), spec == nullptr ? kNothing : *spec, "cluster"};
    if (spec != nullptr && spec->is_map()) {
      cluster_.plugin = fields.text("plugin");
      check_plugin(problems(), cluster_.plugin, spec->where);
      cluster_.port_ranges =
          fields.open_flag("portRanges", cluster_.port_ranges);
      cluster_.rewrites_first =
          fields.open_flag("rewritesFirst", cluster_.rewrites_first);
      read_complete(fields.find("complete"));
      fields.finish();
    }
    if (problems().failures() != before) draft_.fatal = true;
  }

  // A switch, or a list of what is complete.
  void read_complete(const Node* node) {
    if (node == nullptr) return;
    if (!node->is_list()) {
      if (read_bool(problems(), *node).value_or(false)) complete_ = kKinds;
      return;
    }
    for (const Node& one : node->items) {
      if (const auto choice = read_choice(problems(), one, kKinds)) {
        complete_.push_back(kKinds.at(*choice));
      }
    }
  }

  bool is_complete(const char* kind) const {
    return std::ranges::find(complete_, kind) != complete_.end();
  }

  void read_object(const KubernetesObject& object) {
    if (is_namespace(object)) {
      add_namespace(object);
    } else if (is_policy(object)) {
      add_policy(object);
    } else {
      weigh(object);
    }
    if (has_more_networks(object)) {
      cluster_.policies.open = true;
      gap(object.node->where,
          "pods have one interface, to which NetworkPolicies apply",
          object.kind + " " + object.name);
    }
  }

  // What is applied may make or change objects; what runs is listed.
  void weigh(const KubernetesObject& object) {
    const Bearing bearing = bearing_of(object);
    const bool planned = draft_.parts.pods.empty() ||
                         std::ranges::any_of(draft_.parts.pods, &Pod::made_up);
    const std::string name = object.kind + " " + object.name;
    const Location& where = object.node->where;
    if (bearing == Bearing::kDecides) {
      cluster_.policies.open = true;
      gap(where, "objects other than NetworkPolicies decide what passes", name);
    } else if (bearing == Bearing::kChanges && planned) {
      cluster_.policies.open = true;
      for (Pod& pod : draft_.parts.pods) pod.served.unknown = true;
      gap(where, "what this object makes or changes is among the objects",
          name);
    } else if (bearing == Bearing::kMakesPods && planned) {
      cluster_.policies.open = true;
      gap(where, "pods that an extension makes are among the objects", name);
    }
  }

  void add_namespace(const KubernetesObject& object) {
    const int before = problems().failures();
    Namespace space;
    space.name = object.name;
    space.where = object.node->where;
    space.labels =
        labels_inside(problems(), *object.node, {"metadata", "labels"});
    check_own_name(space);
    if (problems().failures() != before) draft_.fatal = true;
    cluster_.namespaces.push_back(std::move(space));
  }

  void add_policy(const KubernetesObject& object) {
    NetworkPolicy policy;
    if (read_kubernetes_policy(draft_, object, policy)) {
      cluster_.policies.items.push_back(std::move(policy));
    } else {
      cluster_.policies.open = true;
    }
  }

  // The cluster gives every namespace this label.
  void check_own_name(const Namespace& space) {
    const auto at = space.labels.find("kubernetes.io/metadata.name");
    if (at == space.labels.end() || at->second == space.name) return;
    problems().add({"label-condition", space.where,
                    "the label kubernetes.io/metadata.name is the name of the "
                    "namespace",
                    at->second, ""});
  }

  // Pods that do not run have labels that nobody knows: where one decides, all
  // policies are open (S180).
  void note_added_labels() {
    if (std::ranges::none_of(draft_.parts.pods, &Pod::made_up)) return;
    const OpenList<std::string> added = all_added_labels(found_);
    for (const NetworkPolicy& policy : cluster_.policies.items) {
      if (!added.open && !asks_for(policy, added.items)) continue;
      cluster_.policies.open = true;
      gap(policy.where,
          "policies select pods by labels that their templates write, not by "
          "those of controllers",
          policy.name);
    }
  }

  void note_early_ports() {
    const std::set<std::string> names = early_port_names(found_);
    for (const NetworkPolicy& policy : cluster_.policies.items) {
      if (!names_one(policy, names)) continue;
      cluster_.policies.open = true;
      gap(policy.where,
          "ports that a policy names are not those of init containers",
          policy.name);
    }
  }

  // Objects may be the answer to a narrower question, or some of the manifests.
  void note_missing() {
    for (const std::string& kind : kKinds) {
      if (is_complete(kind.c_str())) continue;
      gap(cluster_.where,
          fmt::format("the files hold all {} of the cluster, and 'complete' of "
                      "a netproof/v1 Cluster says so (S181)",
                      kind),
          kind);
    }
    if (!is_complete("policies") || !is_complete("pods")) {
      cluster_.policies.open = true;
    }
    if (!is_complete("services")) {
      for (Pod& pod : draft_.parts.pods) pod.served.unknown = true;
    }
    if (!complete_.empty()) {
      assume("complete",
             fmt::format("the files hold all {} of the cluster",
                         fmt::join(complete_, ", ")),
             "'complete' says so");
    }
    if (cluster_.plugin.empty()) {
      gap(cluster_.where,
          "nobody says which network plugin enforces the policies (S114)",
          cluster_.name);
    }
  }

  void assume(const char* id, std::string value, const char* why) {
    draft_.parts.assumptions.push_back(
        {id, fmt::format("cluster:{}", cluster_.name), std::move(value), why,
         "", cluster_.where});
  }

  void note_made_up() {
    const auto count = std::ranges::count_if(draft_.parts.pods, &Pod::made_up);
    if (count == 0) return;
    assume("made-up-addresses",
           fmt::format("{} pods have addresses from 198.18.0.0/15", count),
           "manifests do not say which addresses pods will have; blocks of "
           "addresses may match them or not");
    assume("one-pod-a-template", "one pod stands for each template",
           "replicas of one template are alike to policies");
  }

  void note_default_namespace() {
    const auto count =
        std::ranges::count_if(found_.objects, [](const KubernetesObject& one) {
          return !one.space_given && (is_policy(one) || one.kind == "Pod" ||
                                      template_of(one) != nullptr);
        });
    if (count == 0) return;
    assume("default-namespace",
           fmt::format("{} objects are in the namespace 'default'", count),
           "they name none");
  }

  Draft& draft_;
  const KubernetesObjects& found_;
  Cluster cluster_;
  const Node* statement_ = nullptr;
  std::vector<std::string> complete_;
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
