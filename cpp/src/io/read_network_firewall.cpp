#include <fmt/format.h>

#include <algorithm>

#include "io/draft.hpp"
#include "io/firewall_action.hpp"
#include "io/firewall_rule.hpp"
#include "io/suricata_rules.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::io {
namespace {

constexpr int kHighestPriority = 65535;

/// Texts of one list, or of a text as the list with it.
std::vector<std::string> read_texts(Problems& problems, const Node& node) {
  return read_list<std::string>(
      problems, node, [&](const Node& item, auto& out) {
        if (const auto text = read_text(problems, item)) {
          out.push_back(*text);
        }
      });
}

std::vector<std::string> read_texts(Fields& fields, const char* key) {
  const Node* node = fields.find(key);
  if (node == nullptr) return {};
  return read_texts(fields.problems(), *node);
}

std::vector<Node> items_of(const Node& node) {
  return node.is_list() ? node.items : std::vector<Node>{node};
}

/// {NAME: [TEXT, ...], ...}
std::map<std::string, std::vector<std::string>> read_sets(Fields& fields,
                                                          const char* key) {
  std::map<std::string, std::vector<std::string>> sets;
  const Node* node = fields.find(key);
  if (node == nullptr) return sets;
  if (!node->is_map()) {
    wrong_type(fields.problems(), *node, "a mapping");
    return sets;
  }
  for (std::size_t i = 0; i < node->keys.size(); ++i) {
    sets[node->keys[i].text] = read_texts(fields.problems(), node->items[i]);
  }
  return sets;
}

FirewallSide read_side(Fields& fields, const char* key,
                       const RuleVariables& variables) {
  const Node* node = fields.find(key);
  if (node == nullptr) return {};
  FirewallSide side;
  side.within.where = node->where;
  std::string joined;
  bool open = node->is_unknown();
  for (const Node& item : items_of(*node)) {
    if (item.is_unknown()) {
      open = true;
    } else if (const auto text = read_text(fields.problems(), item)) {
      const FirewallSide one =
          netproof::io::read_side(*text, variables, item.where);
      if (one.within.open) {
        fields.problems().add(
            {"firewall-address", item.where,
             "an address of a firewall rule is a prefix, $HOME_NET, "
             "@PREFIX_LIST or a variable of its group",
             *text, "an exclamation mark before it excludes it"});
      }
      joined += (joined.empty() ? "" : ",") + *text;
    }
  }
  if (!joined.empty()) {
    side = netproof::io::read_side("[" + joined + "]", variables, node->where);
  }
  side.within.open = side.within.open || open;
  return side;
}

constexpr PortRange kAnyPort{0, 65535};

std::optional<std::vector<PortRange>> read_ports(
    Fields& fields, const char* key, const RuleVariables& variables) {
  const Node* node = fields.find(key);
  if (node == nullptr) return std::vector<PortRange>{kAnyPort};
  if (node->is_unknown()) return std::nullopt;
  std::string joined;
  for (const std::string& text : read_texts(fields, key)) {
    joined += (joined.empty() ? "" : ",") + text;
  }
  auto ports = netproof::io::read_ports("[" + joined + "]", variables);
  if (!ports) {
    fields.problems().add({"firewall-ports", node->where,
                           "ports are numbers, ranges such as 1024:65535 or "
                           "variables of the group",
                           joined, ""});
  }
  return ports;
}

std::vector<std::uint8_t> read_protocols(Fields& fields, bool& unknown) {
  std::vector<std::uint8_t> numbers;
  const Node* node = fields.find("protocols");
  if (node == nullptr) return numbers;
  for (const Node& item : items_of(*node)) {
    if (item.is_unknown()) {
      unknown = true;
      continue;
    }
    const auto text = read_text(fields.problems(), item);
    if (!text) continue;
    if (const auto number = protocol_number(*text)) {
      numbers.push_back(*number);
    } else {
      fields.problems().add({"protocol", item.where,
                             "a protocol is a number or a name such as tcp",
                             *text, ""});
    }
  }
  return numbers;
}

Open<TransportSet> read_service(Fields& fields, bool stateful,
                                const RuleVariables& variables) {
  Open<TransportSet> service;
  RulePorts ports;
  ports.protocols = read_protocols(fields, service.unknown);
  const auto from = read_ports(fields, "source_ports", variables);
  const auto to = read_ports(fields, "destination_ports", variables);
  service.unknown = service.unknown || !from || !to;
  if (service.unknown) return service;
  ports.sources = *from;
  ports.destinations = *to;
  if (stateful && ports.restricted() && ports.without_ports()) {
    fields.problems().add({"firewall-ports", fields.find("protocols")->where,
                           "a stateful rule with ports is of tcp, udp or sctp",
                           "protocols",
                           "write a rule of its own for other protocols"});
  }
  service.value = stateful ? stateful_service(ports) : stateless_service(ports);
  return service;
}

FlowPart read_part(Fields& fields) {
  const Node* node = fields.find("flow");
  if (node == nullptr) return FlowPart::kBoth;
  const auto choice =
      read_choice(fields.problems(), *node, {"to_server", "to_client"});
  return choice == 1 ? FlowPart::kReplies : FlowPart::kRequests;
}

Open<FirewallAction> read_action(Fields& fields, bool stateful) {
  static const std::vector<std::string> kStateless{"aws:pass", "aws:drop",
                                                   "aws:forward_to_sfe"};
  static const std::vector<std::string> kStateful{"PASS", "DROP", "REJECT",
                                                  "ALERT"};
  Open<FirewallAction> action{FirewallAction::kDrop, true, {}};
  const Node* node = fields.need("action");
  if (node == nullptr) return action;
  action.where = node->where;
  if (node->is_unknown()) return action;
  const auto choice =
      read_choice(fields.problems(), *node, stateful ? kStateful : kStateless);
  if (!choice) return action;
  static constexpr FirewallAction kMeant[][4] = {
      {FirewallAction::kPass, FirewallAction::kDrop, FirewallAction::kForward,
       FirewallAction::kForward},
      {FirewallAction::kPass, FirewallAction::kDrop, FirewallAction::kDrop,
       FirewallAction::kAlert}};
  action.value = kMeant[stateful ? 1 : 0][*choice];
  action.unknown = false;
  return action;
}

void read_line(Problems& problems, const Node& node, bool stateful,
               const std::string& group, const RuleVariables& variables,
               std::vector<FirewallLine>& lines) {
  const int before = problems.failures();
  Fields fields{problems, node, "firewall rule"};
  if (!node.is_map()) return;
  FirewallLine line;
  line.where = node.where;
  line.name = fields.text("name");
  if (line.name.empty()) {
    line.name = fmt::format("{} #{}", group, lines.size() + 1);
  }
  line.action = read_action(fields, stateful);
  line.sources = read_side(fields, "sources", variables);
  line.destinations = read_side(fields, "destinations", variables);
  line.service = read_service(fields, stateful, variables);
  line.condition = fields.text("condition");
  if (stateful) {
    line.established = fields.flag("established", false);
    line.part = read_part(fields);
  } else {
    fields.need("priority");
    line.priority = fields.number("priority", 1, 1, kHighestPriority);
    if (fields.find("tcp_flags") != nullptr) line.condition = "TCP flags";
  }
  fields.prose("description");
  fields.finish();
  if (problems.failures() == before) lines.push_back(std::move(line));
}

void read_rules_string(Problems& problems, const Node& node,
                       const std::string& group, const RuleVariables& variables,
                       OpenList<FirewallLine>& lines) {
  const auto text = read_prose(problems, node);
  if (!text) return;
  const SuricataRules rules = parse_suricata_rules(*text, group, node.where);
  for (const std::string& line : rules.unreadable) {
    problems.add({"suricata-rule", node.where,
                  "a rule is ACTION PROTOCOL SOURCE PORT -> DESTINATION PORT "
                  "(OPTIONS)",
                  line, ""});
  }
  for (const RuleText& rule : rules.rules) {
    add_rule(rule, variables, lines.items);
  }
}

void read_domains(Problems& problems, const Node& node,
                  const std::string& group, const RuleVariables& variables,
                  std::vector<FirewallLine>& lines) {
  Fields fields{problems, node, "list of domains"};
  if (!node.is_map()) return;
  const std::string type = fields.need_text("generated_rules_type");
  read_texts(fields, "targets");
  read_texts(fields, "target_types");
  fields.finish();
  add_domain_list(type, group + " domains", variables, node.where, lines);
}

OpenList<FirewallPolicy::Use> read_uses(Problems& problems, Fields& fields,
                                        const char* key) {
  const Node* node = fields.find(key);
  if (node == nullptr) return {};
  const auto read = [&](const Node& item, auto& out) {
    const Node wrapped = item.is_scalar() ? object_of(item) : Node{};
    Fields use{problems, item.is_scalar() ? wrapped : item,
               "rule group of a policy"};
    if (!use.map().is_map()) return;
    FirewallPolicy::Use one;
    one.group = use.need_ref<FirewallRuleGroup>("name");
    one.priority = use.number("priority", 0, 0, kHighestPriority);
    use.finish();
    out.push_back(std::move(one));
  };
  return read_open_list<FirewallPolicy::Use>(problems, *node, read);
}

void read_stateless_default(Fields& fields, FirewallPolicy& policy) {
  const Node* node = fields.find("stateless_default_actions");
  if (node == nullptr) return;
  policy.stateless_default.where = node->where;
  const bool one = node->is_list() && node->items.size() == 1;
  const Node& word = one ? node->items.front() : *node;
  policy.stateless_default.unknown = word.is_unknown();
  if (word.is_unknown()) return;
  const auto choice = read_choice(
      fields.problems(), word, {"aws:pass", "aws:drop", "aws:forward_to_sfe"});
  if (choice) {
    policy.stateless_default.value = static_cast<FirewallAction>(*choice);
  }
}

void read_stateful_default(Fields& fields, FirewallPolicy& policy) {
  static const std::vector<std::string> kWords{
      "aws:drop_strict",
      "aws:drop_established",
      "aws:drop_established_app_layer",
      "aws:drop_established_app_layer_to_server",
      "aws:alert_strict",
      "aws:alert_established",
      "aws:alert_established_app_layer",
      "aws:alert_established_app_layer_to_server"};
  const Node* node = fields.find("stateful_default_actions");
  if (node == nullptr) return;
  std::vector<std::string> words;
  std::vector<std::string> drops;
  bool unknown = false;
  for (const Node& word : items_of(*node)) {
    unknown = unknown || word.is_unknown();
    if (word.is_unknown()) continue;
    if (!read_choice(fields.problems(), word, kWords)) continue;
    words.push_back(word.text);
    if (word.text.starts_with("aws:drop_")) drops.push_back(word.text);
  }
  policy.unmatched = stateful_default(words, node->where);
  policy.unmatched.unknown = policy.unmatched.unknown || unknown;
  if (drops.size() < 2 || drops.front() == drops.back()) return;
  fields.problems().add({"firewall-default", node->where,
                         "one action at most drops what no rule matches",
                         drops.back(), "first " + drops.front()});
}

void read_engine(Fields& outer, FirewallPolicy& policy) {
  const Node* node = outer.find("stateful_engine_options");
  if (node == nullptr) return;
  Fields fields{outer.problems(), *node, "options of the stateful engine"};
  if (!node->is_map()) return;
  if (const Node* order = fields.find("rule_order")) {
    policy.strict_order = {false, order->is_unknown(), order->where};
    if (!order->is_unknown()) {
      const auto choice = read_choice(fields.problems(), *order,
                                      {"DEFAULT_ACTION_ORDER", "STRICT_ORDER"});
      policy.strict_order.value = choice && *choice == 1;
    }
  }
  if (const Node* exception = fields.find("stream_exception_policy")) {
    // Checked, and no more: whoever has not seen a flow begin may drop it
    // whatever this says (S158).
    if (!exception->is_unknown()) {
      read_choice(fields.problems(), *exception,
                  {"DROP", "REJECT", "CONTINUE"});
    }
  }
  fields.finish();
}

}  // namespace

void read_firewall_rule_group(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, FirewallRuleGroup& group) {
    Problems& problems = draft.problems;
    if (const Node* type = fields.need("type")) {
      const auto choice =
          read_choice(problems, *type, {"STATELESS", "STATEFUL"});
      group.stateful = choice && *choice == 1;
    }
    RuleVariables variables;
    variables.lists_by_name = true;
    variables.addresses = read_sets(fields, "ip_sets");
    variables.ports = read_sets(fields, "port_sets");
    if (const Node* rules = fields.find("rules")) {
      group.lines = read_open_list<FirewallLine>(
          problems, *rules, [&](const Node& item, auto& out) {
            read_line(problems, item, group.stateful, group.name, variables,
                      out);
          });
    }
    if (!group.stateful) return;
    if (const Node* text = fields.find("rules_string")) {
      read_rules_string(problems, *text, group.name, variables, group.lines);
    }
    if (const Node* list = fields.find("rules_source_list")) {
      read_domains(problems, *list, group.name, variables, group.lines.items);
    }
  };
  record_lost(
      draft, "firewall_rule_groups",
      read_object(draft, node, {"firewall_rule_groups", "firewall rule group"},
                  draft.parts.firewall_rule_groups, body));
}

void read_firewall_policy(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, FirewallPolicy& policy) {
    Problems& problems = draft.problems;
    policy.stateless = read_uses(problems, fields, "stateless_rule_groups");
    policy.stateful = read_uses(problems, fields, "stateful_rule_groups");
    read_stateless_default(fields, policy);
    read_stateful_default(fields, policy);
    read_engine(fields, policy);
    if (const Node* home = fields.find("home_net")) {
      policy.home_net = fields.prefixes(home);
    }
  };
  record_lost(draft, "firewall_policies",
              read_object(draft, node, {"firewall_policies", "firewall policy"},
                          draft.parts.firewall_policies, body));
}

void read_network_firewall(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, NetworkFirewall& firewall) {
    firewall.vpc = fields.need_ref<Vpc>("vpc");
    fields.need("firewall_policy");
    if (auto policy = fields.open_ref<FirewallPolicy>("firewall_policy")) {
      firewall.policy = std::move(*policy);
    }
  };
  record_lost(
      draft, "network_firewalls",
      read_object(draft, node, {"network_firewalls", "network firewall"},
                  draft.parts.network_firewalls, body));
}

}  // namespace netproof::io
