#include <algorithm>
#include <utility>

#include "support/cluster_network.hpp"

namespace netproof::testing {
namespace {

/// Puts a random cluster on interfaces of a random network.
class PodDice {
 public:
  explicit PodDice(std::uint32_t seed)
      : dice_{seed ^ 0x90d5U},
        network_{random_network(seed)},
        parts_{network_.topology.parts()} {
    RandomNetwork cluster = random_cluster(seed ^ 0xc10cU);
    parts_.clusters = cluster.topology->clusters;
    parts_.pods = cluster.topology->pods;
    network_.features.merge(cluster.features);
  }

  RandomNetwork make() {
    Cluster& cluster = parts_.clusters.front();
    if (dice_.percent(80)) {
      cluster.pod_source = {
          dice_.percent(60) ? PodSource::kNode : PodSource::kOwn, false, {}};
    } else {
      network_.features.insert("unknown pod source");
    }
    make_nodes(cluster);
    if (cluster.nodes.empty()) {
      parts_.clusters.clear();
      parts_.pods.clear();
    }
    for (Pod& pod : parts_.pods) place(pod, cluster);
    for (NetworkPolicy& policy : cluster_policies()) meet(policy);
    return {Topology{std::move(parts_)}, std::move(network_.features)};
  }

 private:
  std::vector<NetworkPolicy>& cluster_policies() {
    static std::vector<NetworkPolicy> none;
    return parts_.clusters.empty() ? none
                                   : parts_.clusters.front().policies.items;
  }

  std::optional<std::uint32_t> vpc_of(std::size_t interface) const {
    const auto& subnet = parts_.interfaces[interface].subnet.id;
    if (!subnet) return std::nullopt;
    const auto& vpc = parts_.subnets[subnet->index()].vpc.id;
    if (!vpc) return std::nullopt;
    return vpc->value;
  }

  void make_nodes(Cluster& cluster) {
    for (std::uint32_t i = 0; i < parts_.interfaces.size(); ++i) {
      const auto vpc = vpc_of(i);
      if (!vpc || !dice_.percent(70)) continue;
      const Ref<Interface> one{parts_.interfaces[i].name, Id<Interface>{i}, {}};
      const bool joins =
          !cluster.nodes.empty() && dice_.percent(30) &&
          vpc_of(cluster.nodes.back().interfaces.front().id->index()) == vpc;
      if (joins) {
        network_.features.insert("node with two interfaces");
        cluster.nodes.back().interfaces.push_back(one);
        continue;
      }
      ClusterNode node;
      node.name = "n" + std::to_string(cluster.nodes.size());
      node.interfaces.push_back(one);
      cluster.nodes.push_back(std::move(node));
    }
  }

  void place(Pod& pod, const Cluster& cluster) {
    const std::uint32_t n = dice_.below(cluster.nodes.size());
    const ClusterNode& node = cluster.nodes[n];
    pod.node = {node.name, Id<ClusterNode>{n}, {}};
    pod.interface = dice_.of(node.interfaces);
    pod.made_up = false;
    const Interface& interface = parts_.interfaces[pod.interface.id->index()];
    if (pod.host_network) {
      pod.addresses = interface.addresses;
      return;
    }
    const Subnet& subnet = parts_.subnets[interface.subnet.id->index()];
    pod.addresses.clear();
    for (const WrittenPrefix& block : subnet.cidrs.items) {
      if (!pod.addresses.empty() && dice_.percent(50)) continue;
      // Rarely one that another pod or interface lists.
      const std::uint32_t at = dice_.percent(5) ? 4 : 6 + next_++ % 24;
      if (at == 4) network_.features.insert("address of a pod listed twice");
      pod.addresses.push_back(IpAddress::make(
          block.prefix.family(), block.prefix.first().value() + at));
    }
  }

  /// Some blocks of policies are of the network.
  void meet(NetworkPolicy& policy) {
    for (auto* rules : {&policy.ingress, &policy.egress}) {
      if (!*rules) continue;
      for (PolicyRule& rule : (*rules)->items) {
        for (PolicyPeer& peer : rule.peers.items) {
          if (!peer.block || !dice_.percent(60)) continue;
          const Subnet& subnet = dice_.of(parts_.subnets);
          peer.block->cidr = subnet.cidrs.items.front();
          peer.block->except.clear();
        }
      }
    }
  }

  Dice dice_;
  RandomNetwork network_;
  TopologyParts parts_;
  std::uint32_t next_ = 0;
};

}  // namespace

RandomNetwork random_pods(std::uint32_t seed) { return PodDice{seed}.make(); }

}  // namespace netproof::testing
