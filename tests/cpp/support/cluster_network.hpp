#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "netproof/model/topology.hpp"
#include "support/network.hpp"
#include "support/random_network.hpp"

namespace netproof::testing {

/// A selector by labels that have to be equal.
LabelSelector labelled(const Labels& labels);
LabelCondition condition(const std::string& key, LabelCondition::Operator op,
                         const std::vector<std::string>& values = {});

PolicyPeer peer_pods(const LabelSelector& pods);
PolicyPeer peer_spaces(const LabelSelector& namespaces);
PolicyPeer peer_both(const LabelSelector& namespaces,
                     const LabelSelector& pods);
PolicyPeer peer_block(const std::string& cidr, const Texts& except = {});
PolicyPort policy_port(std::uint8_t protocol, std::optional<std::uint16_t> port,
                       std::optional<std::uint16_t> end = {});
PolicyPort policy_port(std::uint8_t protocol, const std::string& name);
PolicyRule policy_rule(const std::vector<PolicyPeer>& peers,
                       const std::vector<PolicyPort>& ports = {});
OpenList<PolicyRule> rules_of(const std::vector<PolicyRule>& rules);

/// A cluster of which everything is known, to be filled.
class ClusterNetwork {
 public:
  ClusterNetwork();

  Pod& pod(const std::string& name, const std::string& address,
           const Labels& labels = {});
  Namespace& space(const std::string& name, const Labels& labels);
  NetworkPolicy& policy(const std::string& name, const LabelSelector& pods);
  Cluster& cluster() { return parts_.clusters.front(); }
  Topology build() const { return Topology{parts_}; }

 private:
  TopologyParts parts_;
};

/// A random cluster with policies that meet the same few pods; the same for the
/// same seed.
RandomNetwork random_cluster(std::uint32_t seed);

/// A random network with the pods of a random cluster on its interfaces.
RandomNetwork random_pods(std::uint32_t seed);

}  // namespace netproof::testing
