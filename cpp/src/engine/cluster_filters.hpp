#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/filters.hpp"

namespace netproof::engine {

/// What the NetworkPolicies of clusters let through at each pod, as packet
/// sets, made when first asked for (S173). Safe for any number of threads.
class ClusterFilters {
 public:
  explicit ClusterFilters(const Network& network) : network_{network} {}

  /// Packets that a pod may be sent (`ingress`) or send.
  const Bound& of(Index pod, bool ingress) const;

 private:
  /// The addresses of the other side that a rule matches.
  struct Peers {
    IpSet sure;
    IpSet possible;
  };
  struct Services {
    TransportSet sure;
    TransportSet possible;
  };
  /// A bound while its parts are collected.
  struct Parts {
    std::vector<PacketSet> lower;
    std::vector<PacketSet> upper;
  };

  Bound make(Index pod, bool ingress) const;
  void add_rule(Parts& parts, Index pod, const NetworkPolicy& policy,
                const PolicyRule& rule, bool ingress) const;
  void add_named(Parts& parts, const PolicyRule& rule, const Peers& peers,
                 Index cluster) const;
  Peers peers_of(Index cluster, const std::string& space,
                 const PolicyRule& rule, bool exact) const;
  void add_pods(Peers& peers, Index cluster, const std::string& space,
                const PolicyPeer& peer) const;
  static void add_block(Peers& peers, const ClusterInfo& info,
                        const IpBlock& block, bool exact);

  const Network& network_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<Index, bool>, std::unique_ptr<Bound>> bounds_;
};

}  // namespace netproof::engine
