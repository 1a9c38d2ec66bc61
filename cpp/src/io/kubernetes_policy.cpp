#include <algorithm>
#include <string_view>
#include <utility>

#include "io/kubernetes_object.hpp"
#include "io/policy.hpp"

namespace netproof::io {
namespace {

/// Keys besides these may mean anything.
void only_keys(Problems& problems, const Node& node,
               std::initializer_list<std::string_view> keys) {
  if (!node.is_map()) {
    wrong_type(problems, node, "a mapping");
    return;
  }
  if (node.broken) problems.fail();
  for (const Node& key : node.keys) {
    if (std::ranges::find(keys, key.text) != keys.end()) continue;
    problems.add({"unknown-key", key.where,
                  "here stand keys of a NetworkPolicy", key.text, ""});
  }
}

void read_expression(Problems& problems, const Node& node,
                     LabelSelector& selector) {
  static const std::vector<std::string> kOperators{"In", "NotIn", "Exists",
                                                   "DoesNotExist"};
  only_keys(problems, node, {"key", "operator", "values"});
  LabelCondition one;
  one.key = text_inside(node, {"key"});
  const Node* word = inside(node, {"operator"});
  const auto choice =
      word == nullptr ? std::nullopt : read_choice(problems, *word, kOperators);
  if (word == nullptr || one.key.empty()) {
    problems.add({"label-condition", node.where,
                  "an expression has 'key' and 'operator'", one.key, ""});
  }
  if (!choice) return;
  one.condition = static_cast<LabelCondition::Operator>(*choice);
  for (const Node& value : list_inside(node, {"values"})) {
    one.values.push_back(value.text);
  }
  check_condition(problems, one, node.where);
  selector.push_back(std::move(one));
}

LabelSelector read_selector(Problems& problems, const Node& node) {
  LabelSelector selector;
  only_keys(problems, node, {"matchLabels", "matchExpressions"});
  for (const auto& [key, value] :
       labels_inside(problems, node, {"matchLabels"})) {
    selector.push_back({key, LabelCondition::Operator::kIn, {value}});
  }
  const Node* expressions = inside(node, {"matchExpressions"});
  if (expressions == nullptr) return selector;
  if (!expressions->is_list()) wrong_type(problems, *expressions, "a list");
  for (const Node& one : expressions->items) {
    read_expression(problems, one, selector);
  }
  return selector;
}

IpBlock read_block(Problems& problems, const Node& node) {
  only_keys(problems, node, {"cidr", "except"});
  IpBlock block;
  if (const Node* cidr = inside(node, {"cidr"})) {
    block.cidr = read_prefix(problems, *cidr).value_or(WrittenPrefix{});
  } else {
    problems.add({"prefix", node.where, "a block has a 'cidr'", "", ""});
  }
  const Node* except = inside(node, {"except"});
  if (except == nullptr) return block;
  if (!except->is_list()) wrong_type(problems, *except, "a list");
  for (const Node& one : except->items) {
    if (auto prefix = read_prefix(problems, one)) {
      block.except.push_back(std::move(*prefix));
    }
  }
  return block;
}

PolicyPeer read_peer(Problems& problems, const Node& node) {
  only_keys(problems, node, {"podSelector", "namespaceSelector", "ipBlock"});
  PolicyPeer peer;
  peer.where = node.where;
  if (const Node* pods = inside(node, {"podSelector"})) {
    peer.pods = read_selector(problems, *pods);
  }
  if (const Node* spaces = inside(node, {"namespaceSelector"})) {
    peer.namespaces = read_selector(problems, *spaces);
  }
  if (const Node* block = inside(node, {"ipBlock"})) {
    peer.block = read_block(problems, *block);
  }
  check_peer(problems, peer);
  return peer;
}

PolicyPort read_port(Problems& problems, const Node& node) {
  only_keys(problems, node, {"protocol", "port", "endPort"});
  PolicyPort port;
  port.where = node.where;
  if (const Node* protocol = inside(node, {"protocol"})) {
    port.protocol =
        read_policy_protocol(problems, *protocol).value_or(port.protocol);
  }
  if (const Node* number = inside(node, {"port"})) {
    read_port_or_name(problems, *number, port);
  }
  if (const Node* end = inside(node, {"endPort"})) {
    const auto number = read_int(problems, *end, 0, 65535);
    if (number) port.end_port = static_cast<std::uint16_t>(*number);
  }
  check_port(problems, port);
  return port;
}

PolicyRule read_rule(Problems& problems, const Node& node, const char* peers) {
  PolicyRule rule;
  rule.where = node.where;
  // A rule without keys stands for everything.
  only_keys(problems, node, {peers, "ports"});
  for (const char* key : {peers, "ports"}) {
    const Node* list = inside(node, {key});
    if (list == nullptr) continue;
    if (!list->is_list()) wrong_type(problems, *list, "a list");
  }
  for (const Node& one : list_inside(node, {peers})) {
    rule.peers.items.push_back(read_peer(problems, one));
  }
  for (const Node& one : list_inside(node, {"ports"})) {
    rule.ports.items.push_back(read_port(problems, one));
  }
  return rule;
}

OpenList<PolicyRule> read_rules(Problems& problems, const Node* node,
                                const char* peers) {
  OpenList<PolicyRule> rules;
  if (node == nullptr) return rules;
  rules.where = node->where;
  if (!node->is_list()) wrong_type(problems, *node, "a list");
  for (const Node& one : node->items) {
    rules.items.push_back(read_rule(problems, one, peers));
  }
  return rules;
}

struct Directions {
  bool ingress = true;
  bool egress = false;
};

// Without types: ingress always, egress if there is a rule of it (S107).
Directions directions_of(Problems& problems, const Node& spec, bool has_rules) {
  const Node* types = inside(spec, {"policyTypes"});
  if (types != nullptr && !types->is_list()) {
    wrong_type(problems, *types, "a list");
  }
  if (types == nullptr || types->items.empty()) return {true, has_rules};
  Directions found{false, false};
  for (const Node& one : types->items) {
    const auto choice = read_choice(problems, one, {"Ingress", "Egress"});
    found.ingress = found.ingress || choice == 0;
    found.egress = found.egress || choice == 1;
  }
  return found;
}

}  // namespace

bool read_kubernetes_policy(Draft& draft, const KubernetesObject& object,
                            NetworkPolicy& policy) {
  Problems& problems = draft.problems;
  const int before = problems.failures();
  policy.name = object.full_name();
  policy.space = object.space;
  policy.where = object.node->where;
  const Node* spec = inside(*object.node, {"spec"});
  if (spec == nullptr) {
    problems.add({"kubernetes-object", object.node->where,
                  "a NetworkPolicy has a 'spec'", object.name, ""});
    return false;
  }
  only_keys(problems, *spec,
            {"podSelector", "policyTypes", "ingress", "egress"});
  if (const Node* pods = inside(*spec, {"podSelector"})) {
    policy.pods = read_selector(problems, *pods);
  }
  auto ingress = read_rules(problems, inside(*spec, {"ingress"}), "from");
  auto egress = read_rules(problems, inside(*spec, {"egress"}), "to");
  const Directions directions =
      directions_of(problems, *spec, !egress.items.empty());
  if (directions.ingress) policy.ingress = std::move(ingress);
  if (directions.egress) policy.egress = std::move(egress);
  return problems.failures() == before;
}

}  // namespace netproof::io
