#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "io/cluster_nodes.hpp"
#include "io/suggest.hpp"

namespace netproof::io {
namespace {

bool has(const std::vector<IpAddress>& list, IpAddress address) {
  return std::ranges::find(list, address) != list.end();
}

class PodPlacer {
 public:
  explicit PodPlacer(Draft& draft)
      : draft_{draft},
        parts_{draft.parts},
        alone_{parts_.clusters.size() <= 1 && parts_.vpcs.empty() &&
               parts_.sites.empty() && parts_.segments.empty()} {}

  void run() {
    const int before = draft_.problems.failures();
    for (Pod& pod : parts_.pods) find_node(pod);
    settle_nodes(draft_, !alone_);
    const bool lost = std::ranges::any_of(
        draft_.lost, [](const auto& one) { return one.kind == "clusters"; });
    // Without its policies, what is left of a network would mean more.
    if (draft_.problems.failures() != before || (lost && !alone_)) {
      draft_.fatal = true;
      return;
    }
    if (alone_) return;
    for (Pod& pod : parts_.pods) find_interface(pod);
    if (draft_.problems.failures() != before) {
      draft_.fatal = true;
      return;
    }
    for (const Pod& pod : parts_.pods) take_addresses(pod);
  }

 private:
  void complain(const char* code, const Location& where, const char* meant,
                const std::string& fragment, const std::string& help) {
    draft_.problems.add({code, where, meant, fragment, help});
  }

  template <class Kind>
  static std::vector<std::string> names_of(const std::vector<Kind>& objects) {
    std::vector<std::string> names;
    for (const Kind& object : objects) names.push_back(object.name);
    return names;
  }

  const Cluster& cluster_of(const Pod& pod) const {
    return parts_.clusters[pod.cluster.id->index()];
  }

  void find_node(Pod& pod) {
    const std::vector<ClusterNode>& nodes = cluster_of(pod).nodes;
    if (pod.node.name.empty()) return;
    const auto at = std::ranges::find(nodes, pod.node.name, &ClusterNode::name);
    if (at == nodes.end()) {
      complain("unknown-node", pod.node.where,
               "the node of a pod is one of its cluster", pod.node.name,
               suggestion(pod.node.name, names_of(nodes)));
      return;
    }
    pod.node.id =
        Id<ClusterNode>{static_cast<std::uint32_t>(at - nodes.begin())};
  }

  bool in_subnet(const Pod& pod, const Interface& interface) const {
    if (!interface.subnet) return false;
    const auto& blocks =
        parts_.subnets[interface.subnet.id->index()].cidrs.items;
    return std::ranges::all_of(pod.addresses, [&](IpAddress address) {
      return std::ranges::any_of(blocks, [&](const WrittenPrefix& block) {
        return block.prefix.contains(address);
      });
    });
  }

  /// Whether it makes no difference which of them carries a pod.
  bool alike(const Ref<Interface>& a, const Ref<Interface>& b) const {
    const Interface& one = parts_.interfaces[a.id->index()];
    const Interface& other = parts_.interfaces[b.id->index()];
    const auto& groups = one.security_groups;
    const auto& others = other.security_groups;
    if (one.subnet.name != other.subnet.name ||
        groups.has_value() != others.has_value()) {
      return false;
    }
    return !groups || (groups->open == others->open &&
                       std::ranges::equal(groups->items, others->items, {},
                                          &Ref<SecurityGroup>::name,
                                          &Ref<SecurityGroup>::name));
  }

  void find_interface(Pod& pod) {
    const ClusterNode* node = nullptr;
    if (pod.node) node = &cluster_of(pod).nodes[pod.node.id->index()];
    if (node == nullptr || node->interfaces.empty() || pod.made_up) {
      complain("pod-has-node", pod.where,
               "beside other networks a pod has an address, and a node with "
               "interfaces",
               pod.name,
               "add nodes: [{name, address}] to the cluster and node: to the "
               "pod, or judge the cluster by itself");
      return;
    }
    std::vector<Ref<Interface>> able;
    for (const Ref<Interface>& one : node->interfaces) {
      if (in_subnet(pod, parts_.interfaces[one.id->index()])) {
        able.push_back(one);
      }
    }
    if (able.empty()) {
      complain("pod-in-subnet", pod.where,
               "the addresses of a pod lie in the subnet of an interface of "
               "its node",
               pod.name,
               "networks of their own, over those of the nodes, are not "
               "followed");
    } else if (!pod.interface.name.empty()) {
      choose_named(pod, able);
    } else {
      choose(pod, able);
    }
  }

  void choose_named(Pod& pod, const std::vector<Ref<Interface>>& able) {
    const auto at =
        std::ranges::find(able, pod.interface.name, &Ref<Interface>::name);
    if (at != able.end()) {
      pod.interface.id = at->id;
      return;
    }
    complain("unknown-interface", pod.interface.where,
             "the interface of a pod is one of its node, in whose subnet it is",
             pod.interface.name,
             suggestion(pod.interface.name, names_of(able)));
  }

  /// What lists the address carries it; else any, if that makes no difference.
  void choose(Pod& pod, const std::vector<Ref<Interface>>& able) {
    const auto listing =
        std::ranges::find_if(able, [&](const Ref<Interface>& one) {
          return has(parts_.interfaces[one.id->index()].addresses,
                     pod.addresses.front());
        });
    const bool differ = std::ranges::any_of(
        able,
        [&](const Ref<Interface>& one) { return !alike(one, able.front()); });
    if (listing == able.end() && differ) {
      complain("pod-interface-known", pod.where,
               "it is known which interface of its node carries a pod",
               pod.name, "add `interface`");
      return;
    }
    pod.interface = listing == able.end() ? able.front() : *listing;
  }

  /// What an interface lists and a pod has is the pod's alone, unless it is the
  /// node's own or public: that may be of either, and is listed twice.
  void take_addresses(const Pod& pod) {
    if (pod.host_network) return;
    const ClusterNode& node = cluster_of(pod).nodes[pod.node.id->index()];
    const bool first = node.interfaces.front().id == pod.interface.id;
    Interface& interface = parts_.interfaces[pod.interface.id->index()];
    std::vector<IpAddress> kept;
    std::size_t v4 = 0;
    for (const IpAddress address : interface.addresses) {
      const bool mapped = address.family() == Family::kV4 &&
                          v4++ < interface.public_addresses.size();
      const bool nodes =
          (first && kept.empty()) || has(node.addresses, address);
      if (nodes || mapped || !has(pod.addresses, address)) {
        kept.push_back(address);
      }
    }
    interface.addresses = std::move(kept);
  }

  Draft& draft_;
  TopologyParts& parts_;
  bool alone_;
};

}  // namespace

void place_pods(Draft& draft) {
  if (!draft.parts.clusters.empty() || !draft.lost.empty()) {
    PodPlacer{draft}.run();
  }
}

}  // namespace netproof::io
