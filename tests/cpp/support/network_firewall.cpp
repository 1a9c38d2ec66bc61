#include "netproof/net/service.hpp"
#include "support/network.hpp"

namespace netproof::testing {
namespace {

Open<FirewallAction> action_of(const std::string& text) {
  if (text == "pass") return {FirewallAction::kPass, false, {}};
  if (text == "drop") return {FirewallAction::kDrop, false, {}};
  if (text == "forward") return {FirewallAction::kForward, false, {}};
  if (text == "alert") return {FirewallAction::kAlert, false, {}};
  if (text == "unknown") return {FirewallAction::kDrop, true, {}};
  throw ContractViolation("an action of a firewall line is one of five");
}

}  // namespace

NetworkFirewall& Network::network_firewall(const std::string& name,
                                           const std::string& vpc,
                                           const std::string& policy) {
  NetworkFirewall& object = add<NetworkFirewall>(name);
  object.vpc = ref<Vpc>(vpc);
  object.policy.unknown = policy == "unknown";
  object.policy.value = ref<FirewallPolicy>(policy);
  return object;
}

FirewallPolicy& Network::firewall_policy(const std::string& name,
                                         const Texts& stateless,
                                         const Texts& stateful) {
  FirewallPolicy& object = add<FirewallPolicy>(name);
  const auto use = [this](OpenList<FirewallPolicy::Use>& uses,
                          const Texts& groups) {
    int priority = 0;
    for (const std::string& group : groups) {
      uses.items.push_back({ref<FirewallRuleGroup>(group), ++priority});
    }
  };
  use(object.stateless, stateless);
  use(object.stateful, stateful);
  return object;
}

FirewallSide Network::firewall_side(const Texts& texts) {
  FirewallSide side;
  for (const std::string& text : texts) {
    const bool excludes = text.starts_with('!');
    const std::string one = excludes ? text.substr(1) : text;
    auto& into = excludes ? side.without : side.within.items;
    if (one == "unknown") {
      side.within.open = true;
    } else if (one == "$HOME_NET") {
      into.emplace_back(HomeNet{});
    } else if (one.starts_with("pl:")) {
      into.emplace_back(ref<PrefixList>(one.substr(3)));
    } else {
      into.emplace_back(written(one));
    }
  }
  return side;
}

FirewallRuleGroup& Network::rule_group(const std::string& name, bool stateful,
                                       const std::vector<FirewallText>& lines) {
  FirewallRuleGroup& object = add<FirewallRuleGroup>(name);
  object.stateful = stateful;
  for (const FirewallText& text : lines) {
    FirewallLine line;
    line.where = next();
    line.priority = static_cast<int>(object.lines.items.size()) + 1;
    line.name = name + " #" + std::to_string(line.priority);
    line.action = action_of(text.action);
    line.sources = firewall_side(text.sources);
    line.destinations = firewall_side(text.destinations);
    line.service = service(text.service);
    line.established = text.established;
    line.condition = text.condition;
    line.part = text.part;
    object.lines.items.push_back(std::move(line));
  }
  return object;
}

Endpoint& Network::firewall_endpoint(const std::string& name,
                                     const std::string& subnet,
                                     const std::string& firewall) {
  Endpoint& object = inspection_endpoint(name, subnet, {});
  object.firewall = ref<NetworkFirewall>(firewall);
  return object;
}

}  // namespace netproof::testing
