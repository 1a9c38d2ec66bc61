#include "support/pods_in_vpc.hpp"

#include <algorithm>
#include <utility>

namespace netproof::testing {

PodsInVpc::PodsInVpc() { cluster_ = ClusterNetwork{}.cluster(); }

void PodsInVpc::node(const std::string& name, const Texts& interfaces) {
  ClusterNode& node = cluster_.nodes.emplace_back();
  node.name = name;
  for (const std::string& one : interfaces) {
    node.interfaces.push_back({one, {}, {}});
  }
}

Pod& PodsInVpc::pod(const std::string& name, const std::string& address,
                    const std::string& node) {
  ClusterNetwork alone;
  pods_.push_back(alone.pod(name, address));
  pods_.back().node.name = node;
  return pods_.back();
}

NetworkPolicy& PodsInVpc::policy(const std::string& name,
                                 const LabelSelector& pods) {
  ClusterNetwork alone;
  cluster_.policies.items.push_back(alone.policy(name, pods));
  return cluster_.policies.items.back();
}

Topology PodsInVpc::build() const {
  TopologyParts parts = net.build().parts();
  Cluster cluster = cluster_;
  for (ClusterNode& node : cluster.nodes) {
    for (Ref<Interface>& one : node.interfaces) {
      const auto at =
          std::ranges::find(parts.interfaces, one.name, &Interface::name);
      one.id = Id<Interface>{
          static_cast<std::uint32_t>(at - parts.interfaces.begin())};
    }
  }
  for (Pod pod : pods_) {
    const auto at =
        std::ranges::find(cluster.nodes, pod.node.name, &ClusterNode::name);
    pod.node.id =
        Id<ClusterNode>{static_cast<std::uint32_t>(at - cluster.nodes.begin())};
    pod.interface = at->interfaces.front();
    parts.pods.push_back(std::move(pod));
  }
  parts.clusters.push_back(std::move(cluster));
  return Topology{std::move(parts)};
}

}  // namespace netproof::testing
