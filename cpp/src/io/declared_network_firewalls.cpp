// AWS Network Firewall, as describe-firewall and its like answer.
#include <utility>

#include "io/declared_network.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;

}  // namespace

void DeclaredNetwork::add_rule_group(const std::string& id,
                                     const AwsValue& name,
                                     std::string_view type, AwsValue rules,
                                     const AwsValue& at) {
  if (has_unknown(rules)) return;
  AwsValue words = ValueMaker::map(at);
  put(words, "RuleGroupArn", maker_.text(id, at));
  put(words, "RuleGroupName", name);
  put(words, "Type", maker_.text(type, at));
  add(F::kRuleGroups, std::move(rules), id);
  add(F::kRuleGroupNames, std::move(words), id);
}

void DeclaredNetwork::add_firewall_policy(const std::string& id,
                                          const AwsValue& name, AwsValue policy,
                                          const AwsValue& at) {
  if (has_unknown(policy)) return;
  AwsValue words = ValueMaker::map(at);
  put(words, "FirewallPolicyArn", maker_.text(id, at));
  put(words, "FirewallPolicyName", name);
  add(F::kFirewallPolicies, std::move(policy), id);
  add(F::kFirewallPolicyNames, std::move(words), id);
}

void DeclaredNetwork::add_firewall(
    const std::string& id, AwsValue words,
    const std::vector<FirewallEndpoint>& endpoints, const AwsValue& at) {
  put(words, "FirewallArn", maker_.text(id, at));
  AwsValue states = ValueMaker::map(at);
  for (const FirewallEndpoint& one : endpoints) {
    AwsValue attachment = ValueMaker::map(at);
    put(attachment, "EndpointId", one.id);
    put(attachment, "SubnetId", one.subnet);
    AwsValue zone = ValueMaker::map(at);
    put(zone, "Attachment", std::move(attachment));
    put(states, maker_.text(one.id.text, at).text, std::move(zone));
  }
  AwsValue status = ValueMaker::map(at);
  put(status, "SyncStates", std::move(states));
  add(F::kFirewalls, std::move(status), id);
  add(F::kFirewallNames, std::move(words), id);
  // An endpoint has an address that AWS chooses.
  add_unlisted_interfaces();
}

}  // namespace netproof::io
