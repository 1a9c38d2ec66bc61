#include <array>
#include <utility>
#include <vector>

#include "io/firewall_words.hpp"
#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

constexpr TerraformTypes kPolicyTypes{"aws_networkfirewall_firewall_policy"};
constexpr TerraformTypes kRuleGroupTypes{"aws_networkfirewall_rule_group"};

// The only element of a block; null if there is none.
AwsValue block_in(const AwsValue& list) {
  if (is_unknown(list)) return list;
  return list.members.empty() ? AwsValue{} : list.members.front().value;
}

// Rules as one text take the place of the block, which may then be of before.
AwsValue rules_of(const TerraformFields& fields) {
  const AwsValue text = fields.value("rules");
  if (is_null(text)) {
    const AwsValue block = block_in(fields.chosen("rule_group"));
    return is_null(block) || is_unknown(block)
               ? block
               : in_aws_words(block, rule_group_words());
  }
  AwsValue source = ValueMaker::map(text);
  put(source, "RulesString", text);
  AwsValue group = ValueMaker::map(text);
  put(group, "RulesSource", std::move(source));
  return group;
}

void add_rule_group(TerraformContext& context, const TerraformFields& fields) {
  AwsValue rules = rules_of(fields);
  const std::string type = fields.text("type");
  if (is_null(rules) || type.empty()) return;
  context.network.add_rule_group(fields.id(), fields.value("name"), type,
                                 std::move(rules), fields.at());
}

// The rule groups that a policy uses, by name.
void name_groups(const TerraformContext& context, const TerraformFields& fields,
                 AwsValue& policy, std::string_view uses) {
  const AwsValue* expressions =
      find_in(fields.resource().config, {"expressions", "firewall_policy"});
  const AwsValue* blocks = nullptr;
  if (expressions != nullptr && expressions->members.size() == 1) {
    blocks = expressions->members.front().value.find(uses);
  }
  for (AwsValue::Member& list : policy.members) {
    if (list.key != uses) continue;
    const auto written = TerraformReferences::blocks_of(list.value, blocks);
    for (std::size_t i = 0; i < written.size(); ++i) {
      AwsValue& use = list.value.members[i].value;
      replace(use, "resource_arn",
              context.references.resolved(
                  fields.resource(), said(use, "resource_arn"),
                  find_in(written[i], {"resource_arn"}), kRuleGroupTypes));
    }
  }
}

void add_policy(TerraformContext& context, const TerraformFields& fields) {
  AwsValue policy = block_in(fields.chosen("firewall_policy"));
  if (is_null(policy) || is_unknown(policy)) return;
  name_groups(context, fields, policy, "stateful_rule_group_reference");
  name_groups(context, fields, policy, "stateless_rule_group_reference");
  context.network.add_firewall_policy(
      fields.id(), fields.value("name"),
      in_aws_words(policy, firewall_policy_words()), fields.at());
}

using Endpoints = std::vector<DeclaredNetwork::FirewallEndpoint>;

// As AWS has made them.
Endpoints made_endpoints(const TerraformFields& fields) {
  Endpoints made;
  for (const auto& block : fields.chosen("firewall_status").members) {
    for (const auto& state : said(block.value, "sync_states").members) {
      for (const auto& one : said(state.value, "attachment").members) {
        made.push_back(
            {said(one.value, "endpoint_id"), said(one.value, "subnet_id")});
      }
    }
  }
  return made;
}

// One in each subnet. The only one has a name that routes find.
Endpoints planned_endpoints(const TerraformContext& context,
                            const TerraformFields& fields) {
  Endpoints planned;
  const AwsValue subnets = fields.chosen("subnet_mapping");
  const auto blocks = TerraformReferences::blocks_of(
      subnets,
      find_in(fields.resource().config, {"expressions", "subnet_mapping"}));
  const std::string name = fields.part("firewall_status");
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    AwsValue subnet = context.references.resolved(
        fields.resource(), said(subnets.members[i].value, "subnet_id"),
        find_in(blocks[i], {"subnet_id"}), kSubnetTypes);
    const std::string id =
        blocks.size() == 1 ? name : name + "[" + std::to_string(i) + "]";
    planned.push_back(
        {context.network.maker().text(id, fields.at()), std::move(subnet)});
  }
  return planned;
}

void add_firewall(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue vpc = fields.one("vpc_id", kVpcTypes);
  // Its endpoints may be anywhere.
  if (is_unknown(vpc) || !is_null(fields.value("transit_gateway_id"))) {
    context.network.doubt_all(fields.about("vpc_id"), fields.at());
    return;
  }
  // What lies in a VPC that nobody describes is not described either.
  if (context.network.find(AwsFamily::kVpcs, std::string(vpc.text)) ==
      nullptr) {
    return;
  }
  AwsValue words = ValueMaker::map(fields.at());
  put(words, "FirewallName", fields.value("name"));
  put(words, "VpcId", vpc);
  put(words, "FirewallPolicyArn",
      fields.one("firewall_policy_arn", kPolicyTypes));
  Endpoints endpoints = made_endpoints(fields);
  if (endpoints.empty()) endpoints = planned_endpoints(context, fields);
  context.network.add_firewall(fields.id(), std::move(words), endpoints,
                               fields.at());
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"aws_networkfirewall_rule_group", 1, add_rule_group},
    {"aws_networkfirewall_firewall_policy", 1, add_policy},
    {"aws_networkfirewall_firewall", 2, add_firewall},
});

}  // namespace

std::span<const TerraformRow> terraform_firewall_rows() { return kRows; }

}  // namespace netproof::io
