#include "engine/cluster_filters.hpp"

#include <algorithm>
#include <utility>

#include "engine/label_match.hpp"
#include "netproof/net/ip_set_union.hpp"

namespace netproof::engine {
namespace {

/// The protocols that policies speak of (S112).
const TransportSet& defined() {
  static const TransportSet set = TransportSet::protocol(kTcp) |
                                  TransportSet::protocol(kUdp) |
                                  TransportSet::protocol(kSctp);
  return set;
}

/// Packets between any pod and `others`.
PacketSet between(const IpSet& others, const TransportSet& service,
                  bool ingress) {
  return ingress ? PacketSet::box(others, IpSet::all(), service)
                 : PacketSet::box(IpSet::all(), others, service);
}

bool matches_all(const PolicyRule& rule) {
  return rule.peers.items.empty() && !rule.peers.open;
}

bool every_port(const PolicyRule& rule) {
  return rule.ports.items.empty() && !rule.ports.open;
}

TransportSet named(const Pod& pod, const PolicyPort& port) {
  TransportSet found;
  for (const PodPort& one : pod.ports) {
    if (one.name == port.name && one.protocol == port.protocol) {
      found |= TransportSet::to_ports(port.protocol, one.port, one.port);
    }
  }
  return found;
}

/// The ports from the first to the last; where nobody knows whether ranges are
/// enforced, the first one for sure.
std::pair<TransportSet, TransportSet> numbered(const Cluster& cluster,
                                               const PolicyPort& port) {
  if (!port.port) {
    const TransportSet every = TransportSet::protocol(port.protocol);
    return {every, every};
  }
  const TransportSet first =
      TransportSet::to_ports(port.protocol, *port.port, *port.port);
  const TransportSet range = TransportSet::to_ports(
      port.protocol, *port.port,
      std::max(port.end_port.value_or(*port.port), *port.port));
  return {cluster.port_ranges.is(true) ? range : first,
          cluster.port_ranges.may_be(true) ? range : first};
}

IpSet set_of(const IpBlock& block) {
  IpSet set = IpSet::of(block.cidr.prefix);
  for (const WrittenPrefix& one : block.except) set -= IpSet::of(one.prefix);
  return set;
}

/// What policies do not speak of, and what a node may do to its pods; `node`:
/// its addresses, nothing if they are not known.
void add_undefined(std::vector<PacketSet>& upper, const ClusterInfo& info,
                   const IpSet* node, bool ingress) {
  upper.push_back(between(IpSet::all(), defined().complement(), ingress));
  IpSet others = info.nodes;
  if (node != nullptr) {
    others |= *node;
  } else if (ingress) {
    others |= info.addresses.complement();
  }
  upper.push_back(between(others, TransportSet::all(), ingress));
}

}  // namespace

const Bound& ClusterFilters::of(Index pod, bool ingress) const {
  const std::lock_guard lock{mutex_};
  std::unique_ptr<Bound>& bound = bounds_[{pod, ingress}];
  if (!bound) bound = std::make_unique<Bound>(make(pod, ingress));
  return *bound;
}

Bound ClusterFilters::make(Index pod, bool ingress) const {
  const Pod& self = network_.parts().pods[pod];
  const Cluster& cluster = network_.parts().clusters[self.cluster.id->index()];
  bool isolated = false;
  Parts collected;
  for (const NetworkPolicy& policy : cluster.policies.items) {
    const auto& rules = ingress ? policy.ingress : policy.egress;
    if (!rules || policy.space != self.space ||
        match(policy.pods, self.labels, true) == Match::kNo) {
      continue;
    }
    isolated = true;
    if (rules->open) collected.upper.push_back(PacketSet::all());
    for (const PolicyRule& rule : rules->items) {
      add_rule(collected, pod, policy, rule, ingress);
    }
  }
  if (cluster.policies.open) return Filters::anything();
  if (!isolated) return Filters::everything();
  if (self.host_network) return Filters::anything();
  if (cluster.plugin.empty()) collected.upper.push_back(PacketSet::all());
  const Index node = network_.node_of_pod[pod];
  add_undefined(collected.upper, network_.clusters[self.cluster.id->index()],
                node == kNone ? nullptr : &network_.nodes[node].addresses,
                ingress);
  return {PacketSet::union_of(std::move(collected.lower)),
          PacketSet::union_of(std::move(collected.upper))};
}

void ClusterFilters::add_rule(Parts& parts, Index pod,
                              const NetworkPolicy& policy,
                              const PolicyRule& rule, bool ingress) const {
  const Pod& self = network_.parts().pods[pod];
  const Index c = self.cluster.id->value;
  const Cluster& cluster = network_.parts().clusters[c];
  // What comes to a pod in a VPC has no other address on its way (S174).
  const bool exact = ingress ? network_.node_of_pod[pod] != kNone
                             : cluster.rewrites_first.is(true);
  const Peers peers = peers_of(c, policy.space, rule, exact);
  const IpSet outside = network_.clusters[c].addresses.complement();
  if (!ingress && !cluster.rewrites_first.is(true)) {
    // Any rule may be about what the address is rewritten to.
    parts.upper.push_back(between(outside, TransportSet::all(), ingress));
  }
  Services services;
  if (every_port(rule)) services = {defined(), defined()};
  if (rule.ports.open) services.possible = defined();
  for (const PolicyPort& port : rule.ports.items) {
    if (port.name.empty()) {
      const auto [sure, possible] = numbered(cluster, port);
      services.sure |= sure;
      services.possible |= possible;
    } else if (ingress) {
      services.sure |= named(self, port);
      services.possible |= named(self, port);
    }
  }
  IpSet sure = peers.sure;
  const bool ports_may_change =
      !ingress && !every_port(rule) && !cluster.rewrites_first.is(true);
  if (ports_may_change) sure -= outside;
  parts.lower.push_back(between(sure, services.sure, ingress));
  parts.upper.push_back(between(peers.possible, services.possible, ingress));
  if (!ingress) add_named(parts, rule, peers, c);
}

/// Named ports of those who are sent something.
void ClusterFilters::add_named(Parts& parts, const PolicyRule& rule,
                               const Peers& peers, Index cluster) const {
  for (const PolicyPort& port : rule.ports.items) {
    if (port.name.empty()) continue;
    for (const auto& [addresses, owners] : network_.clusters[cluster].owners) {
      TransportSet sure = TransportSet::all();
      TransportSet possible;
      for (const Index owner : owners) {
        const TransportSet one = named(network_.parts().pods[owner], port);
        sure &= one;
        possible |= one;
      }
      parts.lower.push_back(between(addresses & peers.sure, sure, false));
      parts.upper.push_back(
          between(addresses & peers.possible, possible, false));
    }
  }
}

ClusterFilters::Peers ClusterFilters::peers_of(Index cluster,
                                               const std::string& space,
                                               const PolicyRule& rule,
                                               bool exact) const {
  if (matches_all(rule)) return {IpSet::all(), IpSet::all()};
  Peers peers;
  if (rule.peers.open) peers.possible = IpSet::all();
  for (const PolicyPeer& peer : rule.peers.items) {
    if (peer.block) {
      add_block(peers, network_.clusters[cluster], *peer.block, exact);
    } else {
      add_pods(peers, cluster, space, peer);
    }
  }
  return peers;
}

/// The addresses of pods that the peer chooses: for sure if it chooses all who
/// list one.
void ClusterFilters::add_pods(Peers& peers, Index cluster,
                              const std::string& space,
                              const PolicyPeer& peer) const {
  const TopologyParts& parts = network_.parts();
  const auto chosen = [&](Index p) {
    const Pod& pod = parts.pods[p];
    Match home = pod.space == space ? Match::kYes : Match::kNo;
    if (peer.namespaces) {
      home =
          match_namespace(*peer.namespaces, parts.clusters[cluster], pod.space);
    }
    const Match self =
        peer.pods ? match(*peer.pods, pod.labels, true) : Match::kYes;
    // Selectors may be ignored where a pod has the address of its node.
    const Match most = pod.host_network ? Match::kPerhaps : Match::kYes;
    return std::min({home, self, most});
  };
  IpSetUnion sure;
  IpSetUnion possible;
  for (const auto& [addresses, owners] : network_.clusters[cluster].owners) {
    Match least = Match::kYes;
    Match most = Match::kNo;
    for (const Index owner : owners) {
      least = std::min(least, chosen(owner));
      most = std::max(most, chosen(owner));
    }
    if (least == Match::kYes) sure.add(addresses);
    if (most != Match::kNo) possible.add(addresses);
  }
  peers.sure |= sure.take();
  peers.possible |= possible.take();
}

/// Blocks are about addresses outside; whether those of pods match them nobody
/// knows.
void ClusterFilters::add_block(Peers& peers, const ClusterInfo& info,
                               const IpBlock& block, bool exact) {
  const IpSet set = set_of(block);
  peers.possible |= set;
  peers.possible |= info.made_up;
  if (exact) peers.sure |= set - info.addresses;
}

}  // namespace netproof::engine
