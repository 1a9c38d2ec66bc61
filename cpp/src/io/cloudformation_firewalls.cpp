#include <array>
#include <utility>
#include <vector>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {
namespace {

using Context = CloudFormationContext;
using Fields = CloudFormationFields;

// Templates write numbers as texts too.
void settle_numbers(const ValueMaker& maker, AwsValue& value) {
  for (AwsValue::Member& one : value.members) {
    if (one.key == "Priority" || one.key == "FromPort" || one.key == "ToPort") {
      one.value = number_of(maker, one.value);
    } else if (one.key == "Protocols") {
      for (AwsValue::Member& each : one.value.members) {
        each.value = number_of(maker, each.value);
      }
    } else {
      settle_numbers(maker, one.value);
    }
  }
}

AwsValue settled(const Context& context, const Fields& fields,
                 std::string_view property) {
  AwsValue value = fields.value(property);
  settle_numbers(context.network.maker(), value);
  return value;
}

void add_rule_group(Context& context, const Fields& fields) {
  if (!fields.resource().certain) return;  // open to whoever uses it
  const AwsValue type = fields.need("Type");
  AwsValue rules = settled(context, fields, "RuleGroup");
  if (is_unknown(type) || rules.kind != AwsValue::Kind::kMap) return;
  context.network.add_rule_group(fields.id(), fields.value("RuleGroupName"),
                                 type.text, std::move(rules), fields.at());
}

void add_policy(Context& context, const Fields& fields) {
  if (!fields.resource().certain) return;
  AwsValue policy = settled(context, fields, "FirewallPolicy");
  if (policy.kind != AwsValue::Kind::kMap) return;
  context.network.add_firewall_policy(fields.id(),
                                      fields.value("FirewallPolicyName"),
                                      std::move(policy), fields.at());
}

void add_firewall(Context& context, const Fields& fields) {
  const AwsValue vpc = fields.need("VpcId");
  // Of a transit gateway, or its endpoints may be anywhere.
  if (is_unknown(vpc) || fields.says("TransitGatewayId")) {
    context.network.doubt_all(fields.about("VpcId"), fields.at());
    return;
  }
  const ValueMaker& maker = context.network.maker();
  AwsValue words = ValueMaker::map(fields.at());
  fields.copy(words, "FirewallName");
  put(words, "VpcId", vpc);
  put(words, "FirewallPolicyArn", fields.need("FirewallPolicyArn"));
  const AwsValue subnets = fields.value("SubnetMappings");
  std::vector<DeclaredNetwork::FirewallEndpoint> endpoints;
  for (std::size_t i = 0; i < subnets.members.size(); ++i) {
    // The only one has a name that routes find.
    std::string id = fields.part("endpoint");
    if (subnets.members.size() > 1) id += "-" + std::to_string(i);
    endpoints.push_back({maker.text(id, fields.at()),
                         said(subnets.members[i].value, "SubnetId")});
  }
  context.network.add_firewall(fields.id(), std::move(words), endpoints,
                               fields.at());
}

constexpr auto kRows = std::to_array<CloudFormationRow>({
    {"AWS::NetworkFirewall::RuleGroup", 1, add_rule_group,
     "Capacity Description RuleGroup RuleGroupName SummaryConfiguration Type",
     true},
    {"AWS::NetworkFirewall::FirewallPolicy", 1, add_policy,
     "Description FirewallPolicy FirewallPolicyName", true},
    {"AWS::NetworkFirewall::Firewall", 2, add_firewall,
     "AvailabilityZoneChangeProtection DeleteProtection Description "
     "EnabledAnalysisTypes FirewallName FirewallPolicyArn "
     "FirewallPolicyChangeProtection SubnetChangeProtection SubnetMappings "
     "TransitGatewayId VpcId"},
});

}  // namespace

std::span<const CloudFormationRow> cloudformation_firewall_rows() {
  return kRows;
}

}  // namespace netproof::io
