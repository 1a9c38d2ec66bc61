#include "io/cluster_nodes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "io/suggest.hpp"

namespace netproof::io {
namespace {

class NodeSettler {
 public:
  explicit NodeSettler(Draft& draft) : draft_{draft}, parts_{draft.parts} {}

  void run(bool find) {
    for (const Cluster& cluster : parts_.clusters) {
      std::set<std::string> names;
      for (const ClusterNode& node : cluster.nodes) {
        if (!names.insert(node.name).second) {
          complain("duplicate-name", node, "a name is given once", node.name);
        }
        check_interfaces(node);
      }
    }
    if (find) find_interfaces();
    for (const Cluster& cluster : parts_.clusters) {
      for (const ClusterNode& node : cluster.nodes) check_vpcs(node);
    }
  }

 private:
  void complain(const char* code, const ClusterNode& node, const char* meant,
                const std::string& fragment, const std::string& help = "") {
    draft_.problems.add({code, node.where, meant, fragment, help});
  }

  void take(const ClusterNode& node, const Ref<Interface>& one) {
    if (taken_.insert(one.id->value).second) return;
    draft_.problems.add({"interface-of-one-node",
                         one.where.file.empty() ? node.where : one.where,
                         "an interface belongs to one node", one.name, ""});
  }

  void check_interfaces(const ClusterNode& node) {
    for (const Ref<Interface>& one : node.interfaces) {
      if (one) {
        take(node, one);
        continue;
      }
      std::vector<std::string> names;
      for (const Interface& other : parts_.interfaces) {
        names.push_back(other.name);
      }
      draft_.problems.add({"unknown-interface", one.where,
                           "a node has interfaces of the network", one.name,
                           suggestion(one.name, names)});
    }
  }

  void index_listing() {
    for (std::uint32_t i = 0; i < parts_.interfaces.size(); ++i) {
      for (const IpAddress address : parts_.interfaces[i].addresses) {
        listing_[address].push_back(i);
      }
    }
  }

  void find_interfaces() {
    index_listing();
    std::set<const ClusterNode*> found;
    for (Cluster& cluster : parts_.clusters) {
      for (ClusterNode& node : cluster.nodes) {
        if (!node.interfaces.empty()) continue;
        add_listing(node, node.addresses);
        if (!node.interfaces.empty()) found.insert(&node);
      }
    }
    for (const Pod& pod : parts_.pods) {
      if (!pod.node) continue;
      ClusterNode& node =
          parts_.clusters[pod.cluster.id->index()].nodes[pod.node.id->index()];
      if (found.contains(&node)) add_listing(node, pod.addresses);
    }
  }

  void add_listing(ClusterNode& node, const std::vector<IpAddress>& addresses) {
    for (const IpAddress address : addresses) {
      const auto at = listing_.find(address);
      if (at == listing_.end()) continue;
      if (at->second.size() > 1) {
        complain("node-interface-known", node,
                 "one interface lists an address of a node or its pods",
                 to_string(address), "add the interfaces of the node");
        continue;
      }
      const Id<Interface> id{at->second.front()};
      if (std::ranges::any_of(node.interfaces, [&](const Ref<Interface>& one) {
            return one.id == id;
          })) {
        continue;
      }
      node.interfaces.push_back(
          {parts_.interfaces[id.index()].name, id, node.where});
      take(node, node.interfaces.back());
    }
  }

  void check_vpcs(const ClusterNode& node) {
    std::set<std::string> vpcs;
    for (const Ref<Interface>& one : node.interfaces) {
      if (!one) continue;
      const Ref<Subnet>& subnet = parts_.interfaces[one.id->index()].subnet;
      vpcs.insert(subnet ? parts_.subnets[subnet.id->index()].vpc.name : "");
    }
    if (vpcs.size() > 1) {
      complain("node-in-one-vpc", node,
               "the interfaces of a node are in one VPC", node.name);
    }
  }

  Draft& draft_;
  TopologyParts& parts_;
  std::set<std::uint32_t> taken_;  ///< interfaces of nodes
  std::map<IpAddress, std::vector<std::uint32_t>> listing_;  ///< interfaces
};

}  // namespace

void settle_nodes(Draft& draft, bool find) { NodeSettler{draft}.run(find); }

}  // namespace netproof::io
