#include <array>

#include "io/write_parts.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::io {
namespace {

YamlTree selector(const LabelSelector& selector) {
  static constexpr std::array kOperators{"in", "not_in", "exists",
                                         "does_not_exist"};
  return written_list(selector, [](const LabelCondition& condition) {
    YamlTree tree = YamlTree::object();
    tree["key"] = condition.key;
    tree["operator"] =
        kOperators.at(static_cast<std::size_t>(condition.condition));
    if (!condition.values.empty()) tree["values"] = written(condition.values);
    return tree;
  });
}

YamlTree peer(const PolicyPeer& peer) {
  YamlTree tree = YamlTree::object();
  if (peer.pods) tree["pods"] = selector(*peer.pods);
  if (peer.namespaces) tree["namespaces"] = selector(*peer.namespaces);
  if (!peer.block) return tree;
  tree["cidr"] = written(peer.block->cidr);
  if (!peer.block->except.empty()) tree["except"] = written(peer.block->except);
  return tree;
}

YamlTree port(const PolicyPort& port) {
  YamlTree tree = YamlTree::object();
  tree["protocol"] = protocol_name(port.protocol);
  if (port.port) tree["port"] = *port.port;
  if (!port.name.empty()) tree["port"] = port.name;
  if (port.end_port) tree["end_port"] = *port.end_port;
  return tree;
}

YamlTree rule(const PolicyRule& rule) {
  YamlTree tree = YamlTree::object();
  tree["peers"] = written_list(rule.peers, peer);
  tree["ports"] = written_list(rule.ports, port);
  return tree;
}

YamlTree policy(const NetworkPolicy& policy) {
  YamlTree tree = written_object(policy);
  tree["pods"] = selector(policy.pods);
  if (policy.ingress) tree["ingress"] = written_list(*policy.ingress, rule);
  if (policy.egress) tree["egress"] = written_list(*policy.egress, rule);
  return tree;
}

YamlTree written_served(const Open<Served>& served) {
  static constexpr std::array kWords{"none", "inside", "outside"};
  if (served.unknown) return nullptr;
  return kWords.at(static_cast<std::size_t>(served.value));
}

YamlTree written_source(const Open<PodSource>& source) {
  static constexpr std::array kWords{"own", "node"};
  if (source.unknown) return nullptr;
  return kWords.at(static_cast<std::size_t>(source.value));
}

YamlTree node(const ClusterNode& node) {
  YamlTree tree = written_object(node);
  if (!node.addresses.empty()) tree["addresses"] = written(node.addresses);
  if (!node.interfaces.empty()) tree["interfaces"] = written(node.interfaces);
  return tree;
}

YamlTree pod(const Pod& pod) {
  YamlTree tree = written_object(pod);
  tree["addresses"] = written(pod.addresses);
  put_text(tree, "node", pod.node.name);
  put_text(tree, "interface", pod.interface.name);
  put_flag(tree, "host_network", pod.host_network);
  put_flag(tree, "made_up", pod.made_up);
  tree["served"] = written_served(pod.served);
  if (pod.ports.empty()) return tree;
  tree["ports"] = written_list(pod.ports, [](const PodPort& port) {
    YamlTree line = YamlTree::object();
    line["name"] = port.name;
    line["protocol"] = protocol_name(port.protocol);
    line["port"] = port.port;
    return line;
  });
  return tree;
}

}  // namespace

void write_clusters(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "clusters", parts.clusters, [&](const Cluster& cluster) {
    YamlTree tree = written_object(cluster);
    put_text(tree, "plugin", cluster.plugin);
    tree["port_ranges"] = written(cluster.port_ranges);
    tree["rewrites_first"] = written(cluster.rewrites_first);
    tree["pod_source"] = written_source(cluster.pod_source);
    put_table(tree, "nodes", cluster.nodes, node);
    tree["namespaces"] = written_list(
        cluster.namespaces,
        [](const Namespace& space) { return written_object(space); });
    tree["pods"] = YamlTree::array();
    for (const Pod& one : parts.pods) {
      if (one.cluster.name == cluster.name) tree["pods"].push_back(pod(one));
    }
    tree["policies"] = written_list(cluster.policies, policy);
    return tree;
  });
}

}  // namespace netproof::io
