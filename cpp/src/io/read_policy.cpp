#include <algorithm>
#include <utility>

#include "io/policy.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::io {
namespace {

const std::vector<std::string>& operators() {
  static const std::vector<std::string> words{"in", "not_in", "exists",
                                              "does_not_exist"};
  return words;
}

std::vector<std::string> texts(Problems& problems, const Node& node) {
  return read_list<std::string>(problems, node,
                                [&](const Node& item, auto& out) {
                                  if (auto text = read_prose(problems, item)) {
                                    out.push_back(std::move(*text));
                                  }
                                });
}

void read_condition(Problems& problems, const Node& node,
                    LabelSelector& selector) {
  Fields fields{problems, node, "condition"};
  if (!node.is_map()) return;
  LabelCondition one;
  one.key = fields.need_text("key");
  if (const Node* word = fields.find("operator")) {
    const auto choice = read_choice(problems, *word, operators());
    if (choice) one.condition = static_cast<LabelCondition::Operator>(*choice);
  }
  if (const Node* values = fields.find("values")) {
    one.values = texts(problems, *values);
  }
  fields.finish();
  check_condition(problems, one, node.where);
  selector.push_back(std::move(one));
}

// Of one key as often as of many: a list of conditions, or labels that have to
// be equal.
LabelSelector read_selector(Problems& problems, const Node& node) {
  LabelSelector selector;
  if (node.is_list()) {
    for (const Node& item : node.items) {
      read_condition(problems, item, selector);
    }
    return selector;
  }
  if (!node.is_map()) {
    wrong_type(problems, node, "labels, or a list of conditions");
    return selector;
  }
  if (node.broken) problems.fail();
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    selector.push_back({node.keys[i].text, LabelCondition::Operator::kIn,
                        texts(problems, node.items[i])});
  }
  return selector;
}

void read_peer(Problems& problems, const Node& node,
               std::vector<PolicyPeer>& peers) {
  const int before = problems.failures();
  Fields fields{problems, node, "peer"};
  if (!node.is_map()) return;
  PolicyPeer peer;
  peer.where = node.where;
  if (const Node* pods = fields.find("pods")) {
    peer.pods = read_selector(problems, *pods);
  }
  if (const Node* spaces = fields.find("namespaces")) {
    peer.namespaces = read_selector(problems, *spaces);
  }
  if (const Node* cidr = fields.find("cidr")) {
    if (const auto prefix = read_prefix(problems, *cidr)) {
      peer.block = IpBlock{*prefix, {}};
    }
  }
  if (const Node* except = fields.find("except")) {
    IpBlock block = peer.block.value_or(IpBlock{});
    block.except = read_list<WrittenPrefix>(
        problems, *except, [&](const Node& item, auto& out) {
          if (const auto prefix = read_prefix(problems, item)) {
            out.push_back(*prefix);
          }
        });
    if (peer.block) peer.block = std::move(block);
  }
  fields.finish();
  check_peer(problems, peer);
  if (problems.failures() == before) peers.push_back(std::move(peer));
}

void read_port(Problems& problems, const Node& node,
               std::vector<PolicyPort>& ports) {
  const int before = problems.failures();
  Fields fields{problems, node, "port"};
  if (!node.is_map()) return;
  PolicyPort port;
  port.where = node.where;
  if (const Node* protocol = fields.find("protocol")) {
    if (const auto number = read_policy_protocol(problems, *protocol)) {
      port.protocol = *number;
    }
  }
  if (const Node* node_of = fields.find("port")) {
    read_port_or_name(problems, *node_of, port);
  }
  if (const Node* end = fields.find("end_port")) {
    const auto number = read_int(problems, *end, 0, 65535);
    if (number) port.end_port = static_cast<std::uint16_t>(*number);
  }
  fields.finish();
  check_port(problems, port);
  if (problems.failures() == before) ports.push_back(std::move(port));
}

void read_rule(Problems& problems, const Node& node,
               std::vector<PolicyRule>& rules) {
  const int before = problems.failures();
  Fields fields{problems, node, "policy rule"};
  if (!node.is_map()) return;
  PolicyRule rule;
  rule.where = node.where;
  if (const Node* peers = fields.find("peers")) {
    rule.peers = read_open_list<PolicyPeer>(
        problems, *peers,
        [&](const Node& item, auto& out) { read_peer(problems, item, out); });
  }
  if (const Node* ports = fields.find("ports")) {
    rule.ports = read_open_list<PolicyPort>(
        problems, *ports,
        [&](const Node& item, auto& out) { read_port(problems, item, out); });
  }
  fields.finish();
  if (problems.failures() == before) rules.push_back(std::move(rule));
}

std::optional<OpenList<PolicyRule>> read_direction(Fields& fields,
                                                   const char* key) {
  const Node* node = fields.find(key);
  if (node == nullptr) return std::nullopt;
  return read_open_list<PolicyRule>(fields.problems(), *node,
                                    [&](const Node& item, auto& out) {
                                      read_rule(fields.problems(), item, out);
                                    });
}

}  // namespace

std::optional<std::uint8_t> read_policy_protocol(Problems& problems,
                                                 const Node& node) {
  const std::string text = node.is_scalar() ? node.text : "";
  const auto number = protocol_number(text);
  if (number && has_ports(*number)) return number;
  problems.add({"policy-protocol", node.where,
                "a policy speaks of tcp, udp and sctp", text, ""});
  return std::nullopt;
}

void read_port_or_name(Problems& problems, const Node& node, PolicyPort& port) {
  const bool digits =
      node.is_scalar() && !node.text.empty() &&
      node.text.find_first_not_of("0123456789") == std::string::npos;
  if (digits && !node.quoted) {
    const auto number = read_int(problems, node, 0, 65535);
    if (number) port.port = static_cast<std::uint16_t>(*number);
  } else if (const auto name = read_text(problems, node)) {
    port.name = *name;
  }
}

void check_condition(Problems& problems, const LabelCondition& condition,
                     const Location& where) {
  const bool wants = condition.condition == LabelCondition::Operator::kIn ||
                     condition.condition == LabelCondition::Operator::kNotIn;
  if (wants != condition.values.empty()) return;
  problems.add({"label-condition", where,
                wants ? "this operator has values" : "this operator has none",
                condition.key, ""});
}

void check_peer(Problems& problems, const PolicyPeer& peer) {
  if (peer.block.has_value() == (peer.pods || peer.namespaces)) {
    problems.add({"policy-peer", peer.where,
                  "a peer is a block of addresses, or pods by labels", "", ""});
  }
  if (!peer.block) return;
  for (const WrittenPrefix& one : peer.block->except) {
    if (peer.block->cidr.prefix.contains(one.prefix)) continue;
    problems.add({"except-inside", one.where,
                  "an exception lies in the block that it is taken from",
                  one.text, peer.block->cidr.text});
  }
}

void check_port(Problems& problems, const PolicyPort& port) {
  if (!port.end_port) return;
  if (port.port && *port.port <= *port.end_port) return;
  problems.add({"end-port", port.where,
                "a range of ports begins with a number and ends with one that "
                "is not smaller",
                std::to_string(*port.end_port), ""});
}

void read_policy(Draft& draft, const Node& node,
                 std::vector<NetworkPolicy>& policies) {
  const int before = draft.problems.failures();
  Fields fields{draft.problems, node, "policy"};
  if (!node.is_map()) return;
  NetworkPolicy policy;
  policy.where = node.where;
  read_common(draft, fields, "policies", policy);
  policy.space = space_of(draft.problems, policy);
  if (const Node* pods = fields.need("pods")) {
    policy.pods = read_selector(draft.problems, *pods);
  }
  policy.ingress = read_direction(fields, "ingress");
  policy.egress = read_direction(fields, "egress");
  fields.finish();
  if (draft.problems.failures() == before) {
    policies.push_back(std::move(policy));
  }
}

void check_plugin(Problems& problems, const std::string& plugin,
                  const Location& where) {
  static const std::vector<std::string> kWithout{"bridge", "flannel", "kubenet",
                                                 "none"};
  if (std::ranges::find(kWithout, plugin) == kWithout.end()) return;
  problems.add({"policy-plugin", where,
                "the plugin that is named enforces NetworkPolicies", plugin,
                "leave it out, or name what enforces them besides: \"canal\""});
}

std::string space_of(Problems& problems, const Object& object) {
  const std::size_t slash = object.name.find('/');
  if (slash != std::string::npos && slash > 0 &&
      slash + 1 < object.name.size()) {
    return object.name.substr(0, slash);
  }
  problems.add({"namespace", object.where,
                "what lies in a namespace is called NAMESPACE/NAME",
                object.name, ""});
  return "";
}

}  // namespace netproof::io
