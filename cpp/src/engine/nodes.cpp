#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/network.hpp"

namespace netproof::engine {
namespace {

void add_owners(Network& network) {
  const TopologyParts& parts = network.parts();
  for (std::size_t p = 0; p < parts.pods.size(); ++p) {
    const Pod& pod = parts.pods[p];
    if (!pod.interface.id) continue;
    const Index subnet = network.subnet_of_interface[pod.interface.id->index()];
    if (subnet == kNone) continue;
    for (const IpAddress& address : pod.addresses) {
      network.subnets[subnet].owners.emplace_back(
          address, Place{PlaceKind::kPod, static_cast<Index>(p)});
    }
  }
  for (SubnetInfo& subnet : network.subnets) std::ranges::sort(subnet.owners);
}

NodeInfo node_of(const Network& network, const Cluster& cluster,
                 const ClusterNode& written) {
  const TopologyParts& parts = network.parts();
  NodeInfo node;
  node.interface = written.interfaces.front().id->value;
  const Index subnet = network.subnet_of_interface[node.interface];
  if (subnet != kNone) node.vpc = network.subnets[subnet].vpc;
  std::vector<IpPrefix> own;
  for (const Ref<Interface>& one : written.interfaces) {
    for (const IpAddress& address :
         parts.interfaces[one.id->index()].addresses) {
      own.push_back(IpPrefix::host(address));
    }
  }
  node.addresses = IpSet::from_prefixes(own);
  const auto& first = parts.interfaces[node.interface].addresses;
  const auto v4 = std::ranges::find(first, Family::kV4, &IpAddress::family);
  if (v4 != first.end()) node.source = *v4;
  node.rewrites = node.source && node.vpc != kNone &&
                  cluster.pod_source.may_be(PodSource::kNode);
  return node;
}

/// What the owners of each address of a subnet mean to the nodes among them.
void add_cells(Network& network, Index subnet) {
  const auto& owners = network.subnets[subnet].owners;
  std::map<std::vector<Place>, std::vector<IpPrefix>> filed;
  for (auto first = owners.begin(); first != owners.end();) {
    const auto last = std::find_if(first, owners.end(), [&](const auto& one) {
      return one.first != first->first;
    });
    std::vector<Place> places;
    for (auto one = first; one != last; ++one) places.push_back(one->second);
    filed[std::move(places)].push_back(IpPrefix::host(first->first));
    first = last;
  }
  for (const auto& [places, addresses] : filed) {
    std::vector<Index> nodes;
    for (const Place place : places) {
      const Index node = network.node_of(place);
      const bool fresh = std::ranges::find(nodes, node) == nodes.end();
      if (node == kNone || !fresh) continue;
      nodes.push_back(node);
      network.nodes[node].cells.push_back(
          {IpSet::from_prefixes(addresses), subnet, places});
    }
  }
}

}  // namespace

void read_nodes(Network& network) {
  const TopologyParts& parts = network.parts();
  add_owners(network);
  network.node_of_interface.assign(parts.interfaces.size(), kNone);
  network.node_of_pod.assign(parts.pods.size(), kNone);
  std::map<std::pair<Index, Index>, Index> numbers;
  for (std::size_t c = 0; c < parts.clusters.size(); ++c) {
    const Cluster& cluster = parts.clusters[c];
    for (std::size_t n = 0; n < cluster.nodes.size(); ++n) {
      const ClusterNode& written = cluster.nodes[n];
      if (written.interfaces.empty()) continue;
      const auto number = static_cast<Index>(network.nodes.size());
      numbers[{static_cast<Index>(c), static_cast<Index>(n)}] = number;
      network.nodes.push_back(node_of(network, cluster, written));
      for (const Ref<Interface>& one : written.interfaces) {
        network.node_of_interface[one.id->index()] = number;
      }
    }
  }
  for (std::size_t p = 0; p < parts.pods.size(); ++p) {
    const Pod& pod = parts.pods[p];
    if (!pod.interface.id) continue;
    network.node_of_pod[p] =
        numbers.at({pod.cluster.id->value, pod.node.id->value});
  }
  if (network.nodes.empty()) return;
  for (std::size_t s = 0; s < network.subnets.size(); ++s) {
    add_cells(network, static_cast<Index>(s));
  }
}

Index Network::carrier_of(Place place) const {
  const auto interface = netproof::carrier_of(parts(), place);
  return interface ? interface->value : kNone;
}

Index Network::node_of(Place place) const {
  if (place.kind == PlaceKind::kInterface) {
    return node_of_interface[place.index];
  }
  return place.kind == PlaceKind::kPod ? node_of_pod[place.index] : kNone;
}

IpSet Network::pods_behind(Index interface) const {
  if (node_of_interface[interface] == kNone) return {};
  std::vector<IpPrefix> found;
  for (const Pod& pod : parts().pods) {
    if (!pod.interface.id || pod.interface.id->value != interface) continue;
    for (const IpAddress& one : pod.addresses) {
      found.push_back(IpPrefix::host(one));
    }
  }
  return IpSet::from_prefixes(found);
}

}  // namespace netproof::engine
