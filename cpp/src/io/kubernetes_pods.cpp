#include "io/kubernetes_pods.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "io/kubernetes_kinds.hpp"
#include "io/policy.hpp"

namespace netproof::io {
namespace {

/// Addresses that no network routes (RFC 2544) stand for those nobody knows.
constexpr std::uint32_t kMadeUpFirst = (198U << 24U) | (18U << 16U) | 1U;
constexpr std::uint32_t kMostMadeUp = 1U << 17U;

bool is_pod(const KubernetesObject& object) {
  return object.kind == "Pod" && object.group.empty();
}

bool has_ended(const KubernetesObject& object) {
  const std::string phase = text_inside(*object.node, {"status", "phase"});
  return phase == "Succeeded" || phase == "Failed";
}

class PodReader {
 public:
  PodReader(Draft& draft, const Ref<Cluster>& cluster)
      : draft_{draft}, cluster_{cluster} {}

  void add(const KubernetesObject& object, const Node& pod) {
    const Node* spec = inside(pod, {"spec"});
    Pod made;
    made.name = object.full_name();
    made.space = object.space;
    made.where = object.node->where;
    made.cluster = cluster_;
    made.labels = labels_inside(draft_.problems, pod, {"metadata", "labels"});
    if (spec != nullptr) {
      made.node.name = text_inside(*spec, {"nodeName"});
      made.host_network = flag_inside(draft_.problems, *spec, {"hostNetwork"});
      for (const Node& container : list_inside(*spec, {"containers"})) {
        read_ports(container, made);
      }
      for (const Node& container : list_inside(*spec, {"initContainers"})) {
        note_host_ports(container, made);
      }
    }
    read_addresses(pod, made);
    if (made.made_up) {
      // What a controller writes itself is not what its template says.
      for (const std::string& key : added_labels(object).items) {
        made.labels.erase(key);
      }
    }
    if (!names_.insert(made.name).second) {
      // A workload may be called like another of a different kind.
      made.name += "-" + object.kind;
      if (is_pod(object) || !names_.insert(made.name).second) {
        draft_.problems.add({"duplicate-name", made.where,
                             "a name is given once", made.name, ""});
      }
    }
    pods_.push_back(std::move(made));
  }

  const std::vector<Pod>& pods() const { return pods_; }
  std::vector<Pod> take() { return std::move(pods_); }

 private:
  static void note_host_ports(const Node& container, Pod& pod) {
    for (const Node& port : list_inside(container, {"ports"})) {
      if (inside(port, {"hostPort"}) != nullptr) {
        pod.served.value = Served::kOutside;
      }
    }
  }

  void read_ports(const Node& container, Pod& pod) {
    note_host_ports(container, pod);
    for (const Node& port : list_inside(container, {"ports"})) {
      const Node* number = inside(port, {"containerPort"});
      const std::string name = text_inside(port, {"name"});
      if (number == nullptr || name.empty()) continue;
      PodPort one;
      one.name = name;
      one.port = static_cast<std::uint16_t>(
          read_int(draft_.problems, *number, 0, 65535).value_or(0));
      if (const Node* protocol = inside(port, {"protocol"})) {
        one.protocol = read_policy_protocol(draft_.problems, *protocol)
                           .value_or(one.protocol);
      }
      pod.ports.push_back(std::move(one));
    }
  }

  void read_addresses(const Node& pod, Pod& made) {
    for (const Node& one : list_inside(pod, {"status", "podIPs"})) {
      if (const Node* ip = inside(one, {"ip"})) add_address(*ip, made);
    }
    const Node* ip = inside(pod, {"status", "podIP"});
    if (made.addresses.empty() && ip != nullptr) add_address(*ip, made);
    if (!made.addresses.empty()) return;
    made.made_up = true;
    if (made_up_ == kMostMadeUp - 2) {
      draft_.problems.add({"too-many-pods", made.where,
                           "addresses are made up for at most 131000 pods",
                           made.name, ""});
      return;
    }
    made.addresses.push_back(IpAddress::v4(kMadeUpFirst + made_up_++));
  }

  void add_address(const Node& node, Pod& made) {
    if (node.is_scalar() && node.text.empty()) return;
    if (const auto one = read_address(draft_.problems, node)) {
      made.addresses.push_back(*one);
    }
  }

  Draft& draft_;
  Ref<Cluster> cluster_;
  std::vector<Pod> pods_;
  std::set<std::string> names_;
  std::uint32_t made_up_ = 0;
};

bool stands_in(const Node& status, const char* type) {
  return std::ranges::any_of(list_inside(status, {"conditions"}),
                             [&](const Node& one) {
                               return text_inside(one, {"type"}) == type &&
                                      text_inside(one, {"status"}) == "True";
                             });
}

bool is_done(const KubernetesObject& object) {
  const Node* status = inside(*object.node, {"status"});
  return object.kind == "Job" && status != nullptr &&
         (stands_in(*status, "Complete") || stands_in(*status, "Failed"));
}

/// Whether one of the objects is the owner, which makes the pods.
bool has_owner_among(const KubernetesObjects& found,
                     const KubernetesObject& object) {
  const auto& owners =
      list_inside(*object.node, {"metadata", "ownerReferences"});
  return std::ranges::any_of(owners, [&](const Node& owner) {
    return std::ranges::any_of(found.objects, [&](const KubernetesObject& one) {
      return one.kind == text_inside(owner, {"kind"}) &&
             one.name == text_inside(owner, {"name"}) &&
             one.space == object.space && template_of(one) != nullptr;
    });
  });
}

/// Whether a pod that runs may be of this template: it has its labels.
bool runs_already(const std::vector<Pod>& pods, const std::string& space,
                  const Labels& labels) {
  return !labels.empty() && std::ranges::any_of(pods, [&](const Pod& pod) {
    return !pod.made_up && pod.space == space &&
           std::ranges::all_of(labels, [&](const auto& one) {
             const auto at = pod.labels.find(one.first);
             return at != pod.labels.end() && at->second == one.second;
           });
  });
}

/// The node of a pod has the address that the pod says.
void note_node(Problems& problems, const KubernetesObject& pod,
               ClusterNode& node) {
  if (node.where.file.empty()) node.where = pod.node->where;
  const Node* host = inside(*pod.node, {"status", "hostIP"});
  if (host == nullptr || host->text.empty()) return;
  const auto address = read_address(problems, *host);
  if (!address) return;
  const auto at = std::ranges::find(node.addresses, *address);
  if (at == node.addresses.end()) node.addresses.push_back(*address);
}

}  // namespace

std::vector<Pod> kubernetes_pods(Draft& draft, const KubernetesObjects& found,
                                 const Ref<Cluster>& cluster) {
  PodReader reader{draft, cluster};
  for (const KubernetesObject& object : found.objects) {
    if (is_pod(object) && !has_ended(object)) reader.add(object, *object.node);
  }
  const std::vector<Pod> given = reader.pods();
  for (const KubernetesObject& object : found.objects) {
    const Node* pod = is_pod(object) ? nullptr : template_of(object);
    if (pod == nullptr || is_done(object) || has_owner_among(found, object)) {
      continue;
    }
    const Labels labels =
        labels_inside(draft.problems, *pod, {"metadata", "labels"});
    if (!runs_already(given, object.space, labels)) reader.add(object, *pod);
  }
  return reader.take();
}

std::vector<ClusterNode> kubernetes_nodes(Draft& draft,
                                          const KubernetesObjects& found,
                                          std::vector<Pod>& pods) {
  std::map<std::string, ClusterNode> named;
  for (const KubernetesObject& object : found.objects) {
    const std::string name = text_inside(*object.node, {"spec", "nodeName"});
    if (!is_pod(object) || has_ended(object) || name.empty()) continue;
    note_node(draft.problems, object, named[name]);
  }
  std::vector<ClusterNode> nodes;
  for (auto& [name, node] : named) {
    node.name = name;
    nodes.push_back(std::move(node));
  }
  for (Pod& pod : pods) {
    const auto at =
        std::ranges::lower_bound(nodes, pod.node.name, {}, &ClusterNode::name);
    if (at == nodes.end() || at->name != pod.node.name) continue;
    pod.node.id =
        Id<ClusterNode>{static_cast<std::uint32_t>(at - nodes.begin())};
  }
  return nodes;
}

}  // namespace netproof::io
