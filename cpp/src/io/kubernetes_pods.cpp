#include "io/kubernetes_pods.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "io/policy.hpp"

namespace netproof::io {
namespace {

/// Addresses that no network routes (RFC 2544) stand for those nobody knows.
constexpr std::uint32_t kMadeUpFirst = (198U << 24U) | (18U << 16U) | 1U;
constexpr std::uint32_t kMostMadeUp = 1U << 17U;

const Node* template_of(const KubernetesObject& object) {
  const Node* found = inside(*object.node, {"spec", "template"});
  if (found == nullptr) {
    found = inside(*object.node, {"spec", "jobTemplate", "spec", "template"});
  }
  const bool of_pods =
      found != nullptr && inside(*found, {"spec", "containers"}) != nullptr;
  return of_pods ? found : nullptr;
}

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
      made.host_network = text_inside(*spec, {"hostNetwork"}) == "true";
      read_ports(*spec, made);
    }
    read_addresses(pod, made);
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

  std::vector<Pod> take() { return std::move(pods_); }

 private:
  void read_ports(const Node& spec, Pod& pod) {
    for (const Node& container : list_inside(spec, {"containers"})) {
      for (const Node& port : list_inside(container, {"ports"})) {
        if (inside(port, {"hostPort"}) != nullptr) {
          pod.served.value = Served::kOutside;
        }
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

bool has_labels(const Pod& pod, const Labels& wanted) {
  return std::ranges::all_of(wanted, [&](const auto& one) {
    const auto at = pod.labels.find(one.first);
    return at != pod.labels.end() && at->second == one.second;
  });
}

Served how_far(const KubernetesObject& service) {
  const std::string type = text_inside(*service.node, {"spec", "type"});
  const bool outside =
      type == "NodePort" || type == "LoadBalancer" ||
      !list_inside(*service.node, {"spec", "externalIPs"}).empty();
  if (outside) return Served::kOutside;
  const bool headless =
      text_inside(*service.node, {"spec", "clusterIP"}) == "None";
  return headless ? Served::kNone : Served::kInside;
}

/// Objects by which a load balancer may send to the pods of any Service.
bool leads_in(const KubernetesObject& object) {
  return object.kind == "Ingress" || object.kind == "Gateway" ||
         object.kind == "VirtualService" ||
         object.kind == "TargetGroupBinding" || object.kind.ends_with("Route");
}

void serve(Pod& pod, Served how) {
  pod.served.value = std::max(pod.served.value, how);
}

/// The pods of one Service. Where it has no selector its addresses are written
/// elsewhere: they may be any pod's.
void serve_all(Problems& problems, const KubernetesObject& service,
               std::vector<Pod>& pods) {
  if (text_inside(*service.node, {"spec", "type"}) == "ExternalName") return;
  const Labels wanted =
      labels_inside(problems, *service.node, {"spec", "selector"});
  const Served how = how_far(service);
  const bool anywhere =
      wanted.empty() && how != Served::kNone && service.name != "kubernetes";
  for (Pod& pod : pods) {
    pod.served.unknown = pod.served.unknown || anywhere;
    if (!wanted.empty() && pod.space == service.space &&
        has_labels(pod, wanted)) {
      serve(pod, how);
    }
  }
}

}  // namespace

bool runs(const KubernetesObjects& found) {
  return std::ranges::any_of(found.objects, [](const KubernetesObject& object) {
    return is_pod(object) &&
           !text_inside(*object.node, {"status", "podIP"}).empty();
  });
}

std::vector<Pod> kubernetes_pods(Draft& draft, const KubernetesObjects& found,
                                 const Ref<Cluster>& cluster) {
  PodReader reader{draft, cluster};
  const bool running = runs(found);
  for (const KubernetesObject& object : found.objects) {
    if (is_pod(object)) {
      if (!has_ended(object)) reader.add(object, *object.node);
      continue;
    }
    const bool owned =
        !list_inside(*object.node, {"metadata", "ownerReferences"}).empty();
    if (running || owned) continue;
    if (const Node* pod = template_of(object)) reader.add(object, *pod);
  }
  return reader.take();
}

bool find_served(Problems& problems, const KubernetesObjects& found,
                 std::vector<Pod>& pods) {
  bool any = false;
  for (const KubernetesObject& service : found.objects) {
    if (service.kind != "Service" || !service.group.empty()) continue;
    any = true;
    serve_all(problems, service, pods);
  }
  if (std::ranges::any_of(found.objects, leads_in)) {
    for (Pod& pod : pods) {
      if (pod.served.value == Served::kInside) pod.served.unknown = true;
    }
  }
  return any;
}

}  // namespace netproof::io
