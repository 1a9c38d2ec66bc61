#include <fmt/format.h>

#include "io/write_parts.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::io {
namespace {

std::string address(const FirewallAddress& one) {
  if (const auto* prefix = std::get_if<WrittenPrefix>(&one)) {
    return to_string(prefix->prefix);
  }
  if (const auto* list = std::get_if<Ref<PrefixList>>(&one)) {
    return "@" + list->name;
  }
  return "$HOME_NET";
}

void put_side(YamlTree& tree, const char* key, const FirewallSide& side) {
  YamlTree list = YamlTree::array();
  for (const auto& one : side.within.items) list.push_back(address(one));
  for (const auto& one : side.without) list.push_back("!" + address(one));
  if (side.within.open) list.push_back(nullptr);
  if (!list.empty()) tree[key] = list;
}

YamlTree ports(std::uint16_t first, std::uint16_t last) {
  return fmt::format("{}:{}", first, last);
}

YamlTree action(const Open<FirewallAction>& written, bool stateful) {
  if (written.unknown) return nullptr;
  switch (written.value) {
    case FirewallAction::kPass:
      return stateful ? "PASS" : "aws:pass";
    case FirewallAction::kDrop:
      return stateful ? "DROP" : "aws:drop";
    case FirewallAction::kForward:
      return "aws:forward_to_sfe";
    case FirewallAction::kAlert:
      return "ALERT";
  }
  return nullptr;
}

/// Protocols that are meant whole, and the rest as one line for each range of
/// ports: lines of one action and condition after each other match as one.
std::vector<YamlTree> services(const FirewallLine& line) {
  YamlTree whole = YamlTree::object();
  if (line.service.unknown) {
    whole["protocols"] = nullptr;
    return {whole};
  }
  const TransportSet& service = line.service.value;
  if (service == TransportSet::all()) return {whole};
  std::vector<YamlTree> all;
  YamlTree protocols = YamlTree::array();
  TransportSet rest = service;
  for (const std::uint8_t protocol : service.protocols()) {
    const TransportSet one = TransportSet::protocol(protocol);
    if (!one.lies_inside(service)) continue;
    protocols.push_back(std::to_string(protocol));
    rest -= one;
  }
  if (!protocols.empty()) {
    whole["protocols"] = protocols;
    all.push_back(whole);
  }
  for (const TransportRange& range : rest.ranges()) {
    YamlTree one = YamlTree::object();
    one["protocols"] = std::to_string(range.protocol);
    one["source_ports"] = ports(range.sport_first, range.sport_last);
    one["destination_ports"] = ports(range.dport_first, range.dport_last);
    all.push_back(one);
  }
  return all;
}

YamlTree group(const FirewallRuleGroup& group) {
  YamlTree tree = written_object(group);
  tree["type"] = group.stateful ? "STATEFUL" : "STATELESS";
  YamlTree rules = YamlTree::array();
  for (const FirewallLine& line : group.lines.items) {
    for (YamlTree& one : services(line)) {
      put_text(one, "name", line.name);
      if (!group.stateful) one["priority"] = line.priority;
      one["action"] = action(line.action, group.stateful);
      put_side(one, "sources", line.sources);
      put_side(one, "destinations", line.destinations);
      put_text(one, "condition", line.condition);
      put_flag(one, "established", line.established);
      if (line.part != FlowPart::kBoth) {
        const bool requests = line.part == FlowPart::kRequests;
        one["flow"] = requests ? "to_server" : "to_client";
      }
      rules.push_back(one);
    }
  }
  if (group.lines.open) rules.push_back(nullptr);
  tree["rules"] = rules;
  return tree;
}

YamlTree uses(const OpenList<FirewallPolicy::Use>& list) {
  return written_list(list, [](const FirewallPolicy::Use& use) {
    YamlTree one = YamlTree::object();
    one["name"] = use.group.name;
    one["priority"] = use.priority;
    return one;
  });
}

YamlTree policy(const FirewallPolicy& policy) {
  YamlTree tree = written_object(policy);
  tree["stateless_rule_groups"] = uses(policy.stateless);
  tree["stateful_rule_groups"] = uses(policy.stateful);
  tree["stateless_default_actions"] = action(policy.stateless_default, false);
  if (policy.unmatched.unknown) {
    tree["stateful_default_actions"] = nullptr;
  } else if (policy.unmatched.value != Unmatched::kPass) {
    const bool strict = policy.unmatched.value == Unmatched::kDrop;
    tree["stateful_default_actions"] =
        strict ? "aws:drop_strict" : "aws:drop_established";
  }
  YamlTree engine = YamlTree::object();
  if (policy.strict_order.unknown) {
    engine["rule_order"] = nullptr;
  } else {
    engine["rule_order"] =
        policy.strict_order.value ? "STRICT_ORDER" : "DEFAULT_ACTION_ORDER";
  }
  tree["stateful_engine_options"] = engine;
  if (policy.home_net) tree["home_net"] = written(*policy.home_net);
  return tree;
}

YamlTree firewall(const NetworkFirewall& firewall) {
  YamlTree tree = written_object(firewall);
  tree["vpc"] = written(firewall.vpc);
  tree["firewall_policy"] = written(firewall.policy);
  return tree;
}

}  // namespace

void write_network_firewalls(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "network_firewalls", parts.network_firewalls, firewall);
  put_table(file, "firewall_policies", parts.firewall_policies, policy);
  put_table(file, "firewall_rule_groups", parts.firewall_rule_groups, group);
}

}  // namespace netproof::io
