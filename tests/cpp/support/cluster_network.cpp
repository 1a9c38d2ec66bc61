#include "support/cluster_network.hpp"

#include <utility>

namespace netproof::testing {
namespace {

WrittenPrefix written(const std::string& text) {
  WrittenPrefix one;
  one.prefix = prefix(text);
  one.exact = one.prefix;
  one.text = text;
  return one;
}

std::string space_of(const std::string& name) {
  return name.substr(0, name.find('/'));
}

}  // namespace

LabelSelector labelled(const Labels& labels) {
  LabelSelector selector;
  for (const auto& [key, value] : labels) {
    selector.push_back({key, LabelCondition::Operator::kIn, {value}});
  }
  return selector;
}

LabelCondition condition(const std::string& key, LabelCondition::Operator op,
                         const std::vector<std::string>& values) {
  return {key, op, values};
}

PolicyPeer peer_pods(const LabelSelector& pods) {
  PolicyPeer peer;
  peer.pods = pods;
  return peer;
}

PolicyPeer peer_spaces(const LabelSelector& namespaces) {
  PolicyPeer peer;
  peer.namespaces = namespaces;
  return peer;
}

PolicyPeer peer_both(const LabelSelector& namespaces,
                     const LabelSelector& pods) {
  PolicyPeer peer = peer_spaces(namespaces);
  peer.pods = pods;
  return peer;
}

PolicyPeer peer_block(const std::string& cidr, const Texts& except) {
  PolicyPeer peer;
  peer.block = IpBlock{written(cidr), {}};
  for (const std::string& one : except) {
    peer.block->except.push_back(written(one));
  }
  return peer;
}

PolicyPort policy_port(std::uint8_t protocol, std::optional<std::uint16_t> port,
                       std::optional<std::uint16_t> end) {
  PolicyPort one;
  one.protocol = protocol;
  one.port = port;
  one.end_port = end;
  return one;
}

PolicyPort policy_port(std::uint8_t protocol, const std::string& name) {
  PolicyPort one;
  one.protocol = protocol;
  one.name = name;
  return one;
}

PolicyRule policy_rule(const std::vector<PolicyPeer>& peers,
                       const std::vector<PolicyPort>& ports) {
  PolicyRule rule;
  rule.peers.items = peers;
  rule.ports.items = ports;
  return rule;
}

OpenList<PolicyRule> rules_of(const std::vector<PolicyRule>& rules) {
  OpenList<PolicyRule> list;
  list.items = rules;
  return list;
}

ClusterNetwork::ClusterNetwork() {
  parts_.name = "cluster";
  Cluster cluster;
  cluster.name = "c";
  cluster.plugin = "calico";
  cluster.port_ranges = {true, false, {}};
  cluster.rewrites_first = {true, false, {}};
  parts_.clusters.push_back(std::move(cluster));
}

Pod& ClusterNetwork::pod(const std::string& name, const std::string& address,
                         const Labels& labels) {
  Pod pod;
  pod.name = name;
  pod.space = space_of(name);
  pod.labels = labels;
  pod.cluster = {"c", Id<Cluster>{0}, {}};
  pod.addresses.push_back(ip(address));
  return parts_.pods.emplace_back(std::move(pod));
}

Namespace& ClusterNetwork::space(const std::string& name,
                                 const Labels& labels) {
  Namespace space;
  space.name = name;
  space.labels = labels;
  return cluster().namespaces.emplace_back(std::move(space));
}

NetworkPolicy& ClusterNetwork::policy(const std::string& name,
                                      const LabelSelector& pods) {
  NetworkPolicy policy;
  policy.name = name;
  policy.space = space_of(name);
  policy.pods = pods;
  return cluster().policies.items.emplace_back(std::move(policy));
}

}  // namespace netproof::testing
