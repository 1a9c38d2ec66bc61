#pragma once

#include <string>
#include <vector>

#include "support/cluster_network.hpp"
#include "support/network.hpp"

namespace netproof::testing {

/// A network with the pods of one cluster, of which everything is known, on
/// interfaces of it (S115).
class PodsInVpc {
 public:
  PodsInVpc();

  Network net;

  /// A machine with these interfaces.
  void node(const std::string& name, const Texts& interfaces);
  /// Carried by the first interface of its node.
  Pod& pod(const std::string& name, const std::string& address,
           const std::string& node);
  NetworkPolicy& policy(const std::string& name, const LabelSelector& pods);
  Cluster& cluster() { return cluster_; }
  Topology build() const;

 private:
  Cluster cluster_;
  std::vector<Pod> pods_;
};

}  // namespace netproof::testing
