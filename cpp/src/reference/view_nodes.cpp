#include <algorithm>

#include "reference/view.hpp"

namespace netproof::reference {
namespace {

bool lists(const std::vector<IpAddress>& addresses, IpAddress address) {
  return std::ranges::find(addresses, address) != addresses.end();
}

}  // namespace

std::vector<Place> View::listing(std::size_t subnet, IpAddress address) const {
  std::vector<Place> found;
  const auto at = listed_.find(address);
  if (at == listed_.end()) return found;
  for (const Place place : at->second) {
    if (carrier_of(parts(), place) && subnet_of(place) == subnet) {
      found.push_back(place);
    }
  }
  return found;
}

std::vector<std::uint32_t> View::carriers(IpAddress address) const {
  std::vector<std::uint32_t> found;
  const auto at = listed_.find(address);
  if (at == listed_.end()) return found;
  for (const Place place : at->second) {
    if (const auto carrier = carrier_of(parts(), place)) {
      found.push_back(carrier->value);
    }
  }
  return found;
}

void View::index_nodes() {
  nodes_.resize(parts().interfaces.size());
  for (const Cluster& cluster : parts().clusters) {
    for (const ClusterNode& node : cluster.nodes) {
      for (const Ref<Interface>& one : node.interfaces) {
        if (one) nodes_[one.id->index()] = OnNode{&cluster, &node};
      }
    }
  }
}

std::optional<View::OnNode> View::node_of(Place place) const {
  const auto carrier = carrier_of(parts(), place);
  return carrier ? nodes_[carrier->index()] : std::nullopt;
}

std::optional<IpAddress> View::source_of(const OnNode& node) const {
  const std::size_t first = node.node->interfaces.front().id->index();
  for (const IpAddress& address : parts().interfaces[first].addresses) {
    if (address.family() == Family::kV4) return address;
  }
  return std::nullopt;
}

bool View::is_of_node(const OnNode& node, IpAddress address) const {
  return std::ranges::any_of(
      node.node->interfaces, [&](const Ref<Interface>& one) {
        return lists(parts().interfaces[one.id->index()].addresses, address);
      });
}

}  // namespace netproof::reference
