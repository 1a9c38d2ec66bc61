#include <utility>

#include "io/policy.hpp"

namespace netproof::io {
namespace {

const std::vector<std::string>& served_words() {
  static const std::vector<std::string> words{"none", "inside", "outside"};
  return words;
}

const std::vector<std::string>& source_words() {
  static const std::vector<std::string> words{"own", "node"};
  return words;
}

/// The word under `key`, or `unknown`; `value` where there is none.
template <class Word>
Open<Word> read_word(Fields& fields, const char* key,
                     const std::vector<std::string>& words, Open<Word> value) {
  const Node* node = fields.find(key);
  if (node == nullptr) return value;
  value = {value.value, node->is_unknown(), node->where};
  if (value.unknown) return value;
  const auto choice = read_choice(fields.problems(), *node, words);
  if (choice) value.value = static_cast<Word>(*choice);
  return value;
}

void read_pod_port(Problems& problems, const Node& node,
                   std::vector<PodPort>& ports) {
  Fields fields{problems, node, "port of a pod"};
  if (!node.is_map()) return;
  PodPort port;
  port.name = fields.need_text("name");
  if (const Node* protocol = fields.find("protocol")) {
    port.protocol =
        read_policy_protocol(problems, *protocol).value_or(port.protocol);
  }
  if (const Node* number = fields.need("port")) {
    port.port = static_cast<std::uint16_t>(
        read_int(problems, *number, 0, 65535).value_or(0));
  }
  fields.finish();
  ports.push_back(std::move(port));
}

void read_pod(Draft& draft, const Node& node, const std::string& cluster,
              std::vector<Pod>& pods) {
  Fields fields{draft.problems, node, "pod"};
  if (!node.is_map()) return;
  Pod pod;
  pod.where = node.where;
  read_common(draft, fields, "pods", pod);
  pod.space = space_of(draft.problems, pod);
  pod.cluster = {cluster, std::nullopt, node.where};
  pod.addresses = fields.addresses(fields.need_either("addresses", "address"));
  pod.host_network = fields.flag("host_network", false);
  pod.made_up = fields.flag("made_up", false);
  pod.served = read_word(fields, "served", served_words(), pod.served);
  if (const Node* name = fields.find("node")) {
    pod.node = {fields.text("node"), std::nullopt, name->where};
  }
  if (const Node* name = fields.find("interface")) {
    pod.interface = {fields.text("interface"), std::nullopt, name->where};
  }
  if (const Node* ports = fields.find("ports")) {
    pod.ports = read_list<PodPort>(draft.problems, *ports,
                                   [&](const Node& item, auto& out) {
                                     read_pod_port(draft.problems, item, out);
                                   });
  }
  fields.finish();
  pods.push_back(std::move(pod));
}

void read_namespace(Draft& draft, const Node& node,
                    std::vector<Namespace>& spaces) {
  const Node wrapped = node.is_scalar() ? object_of(node) : Node{};
  const Node& map = node.is_scalar() ? wrapped : node;
  Fields fields{draft.problems, map, "namespace"};
  if (!map.is_map()) return;
  Namespace space;
  space.where = node.where;
  read_common(draft, fields, "namespaces", space);
  fields.finish();
  spaces.push_back(std::move(space));
}

void read_cluster_node(Draft& draft, const Node& node,
                       std::vector<ClusterNode>& nodes) {
  const Node wrapped = node.is_scalar() ? object_of(node) : Node{};
  const Node& map = node.is_scalar() ? wrapped : node;
  Fields fields{draft.problems, map, "node of a cluster"};
  if (!map.is_map()) return;
  ClusterNode read;
  read.where = node.where;
  read_common(draft, fields, "", read);
  read.addresses = fields.addresses(fields.find_either("addresses", "address"));
  read.interfaces = fields.refs<Interface>("interfaces");
  fields.finish();
  nodes.push_back(std::move(read));
}

}  // namespace

void read_cluster(Draft& draft, const Node& node) {
  std::vector<Pod> pods;
  const auto body = [&](Fields& fields, Cluster& cluster) {
    cluster.plugin = fields.text("plugin");
    if (cluster.plugin == "unknown") cluster.plugin.clear();
    check_plugin(draft.problems, cluster.plugin, node.where);
    cluster.port_ranges = fields.open_flag("port_ranges", cluster.port_ranges);
    cluster.rewrites_first =
        fields.open_flag("rewrites_first", cluster.rewrites_first);
    cluster.pod_source =
        read_word(fields, "pod_source", source_words(), cluster.pod_source);
    each_object(draft, fields.find("namespaces"), nullptr, [&](const Node& n) {
      read_namespace(draft, n, cluster.namespaces);
    });
    each_object(draft, fields.find("nodes"), nullptr, [&](const Node& n) {
      read_cluster_node(draft, n, cluster.nodes);
    });
    each_object(draft, fields.find("pods"), nullptr,
                [&](const Node& n) { read_pod(draft, n, cluster.name, pods); });
    if (const Node* policies = fields.find("policies")) {
      cluster.policies = read_open_list<NetworkPolicy>(
          draft.problems, *policies,
          [&](const Node& item, auto& out) { read_policy(draft, item, out); });
    }
  };
  const auto lost = read_object(draft, node, {"clusters", "cluster"},
                                draft.parts.clusters, body);
  record_lost(draft, "clusters", lost);
  // Without one of its pods the rest of a cluster would mean something else.
  if (lost) return;
  const auto id = static_cast<std::uint32_t>(draft.parts.clusters.size() - 1);
  for (Pod& pod : pods) {
    pod.cluster.id = Id<Cluster>{id};
    draft.parts.pods.push_back(std::move(pod));
  }
}

}  // namespace netproof::io
