#include "io/firewall_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace netproof::io {
namespace {

using Form = WordForm;
using Kind = AwsValue::Kind;
using Word = FirewallWord;

constexpr auto kSet = std::to_array<Word>({{"definition", "Definition"}});
constexpr auto kReference =
    std::to_array<Word>({{"reference_arn", "ReferenceArn"}});

// Of policies.
constexpr auto kPolicyVariables = std::to_array<Word>(
    {{"rule_variables", "RuleVariables", Form::kKeyed, kSet, "ip_set"}});
constexpr auto kStatefulUse = std::to_array<Word>(
    {{"resource_arn", "ResourceArn"}, {"priority", "Priority"}});
constexpr auto kEngine =
    std::to_array<Word>({{"rule_order", "RuleOrder"},
                         {"stream_exception_policy", "StreamExceptionPolicy"},
                         {"flow_timeouts", "FlowTimeouts"}});
constexpr auto kPolicy = std::to_array<Word>(
    {{"policy_variables", "PolicyVariables", Form::kBlock, kPolicyVariables},
     {"stateful_default_actions", "StatefulDefaultActions"},
     {"stateful_engine_options", "StatefulEngineOptions", Form::kBlock,
      kEngine},
     {"stateful_rule_group_reference", "StatefulRuleGroupReferences",
      Form::kBlocks, kStatefulUse},
     {"stateless_custom_action", "StatelessCustomActions"},
     {"stateless_default_actions", "StatelessDefaultActions"},
     {"stateless_fragment_default_actions", "StatelessFragmentDefaultActions"},
     {"stateless_rule_group_reference", "StatelessRuleGroupReferences",
      Form::kBlocks, kStatefulUse}});

// Of rule groups.
constexpr auto kIpReferences =
    std::to_array<Word>({{"ip_set_references", "IPSetReferences", Form::kKeyed,
                          kReference, "ip_set_reference"}});
constexpr auto kGroupVariables = std::to_array<Word>(
    {{"ip_sets", "IPSets", Form::kKeyed, kSet, "ip_set"},
     {"port_sets", "PortSets", Form::kKeyed, kSet, "port_set"}});
constexpr auto kDomains =
    std::to_array<Word>({{"generated_rules_type", "GeneratedRulesType"},
                         {"target_types", "TargetTypes"},
                         {"targets", "Targets"}});
constexpr auto kHeader =
    std::to_array<Word>({{"protocol", "Protocol"},
                         {"source", "Source"},
                         {"source_port", "SourcePort"},
                         {"direction", "Direction"},
                         {"destination", "Destination"},
                         {"destination_port", "DestinationPort"}});
constexpr auto kOption =
    std::to_array<Word>({{"keyword", "Keyword"}, {"settings", "Settings"}});
constexpr auto kStateful = std::to_array<Word>(
    {{"action", "Action"},
     {"header", "Header", Form::kBlock, kHeader},
     {"rule_option", "RuleOptions", Form::kBlocks, kOption}});
constexpr auto kAddress =
    std::to_array<Word>({{"address_definition", "AddressDefinition"}});
constexpr auto kPorts =
    std::to_array<Word>({{"from_port", "FromPort"}, {"to_port", "ToPort"}});
constexpr auto kFlags =
    std::to_array<Word>({{"flags", "Flags"}, {"masks", "Masks"}});
constexpr auto kMatch = std::to_array<Word>(
    {{"source", "Sources", Form::kBlocks, kAddress},
     {"destination", "Destinations", Form::kBlocks, kAddress},
     {"source_port", "SourcePorts", Form::kBlocks, kPorts},
     {"destination_port", "DestinationPorts", Form::kBlocks, kPorts},
     {"protocols", "Protocols"},
     {"tcp_flag", "TCPFlags", Form::kBlocks, kFlags}});
constexpr auto kDefinition = std::to_array<Word>(
    {{"actions", "Actions"},
     {"match_attributes", "MatchAttributes", Form::kBlock, kMatch}});
constexpr auto kStateless = std::to_array<Word>(
    {{"priority", "Priority"},
     {"rule_definition", "RuleDefinition", Form::kBlock, kDefinition}});
constexpr auto kStatelessRules = std::to_array<Word>(
    {{"custom_action", "CustomActions"},
     {"stateless_rule", "StatelessRules", Form::kBlocks, kStateless}});
constexpr auto kSource = std::to_array<Word>(
    {{"rules_string", "RulesString"},
     {"rules_source_list", "RulesSourceList", Form::kBlock, kDomains},
     {"stateful_rule", "StatefulRules", Form::kBlocks, kStateful},
     {"stateless_rules_and_custom_actions", "StatelessRulesAndCustomActions",
      Form::kBlock, kStatelessRules}});
constexpr auto kGroupOptions =
    std::to_array<Word>({{"rule_order", "RuleOrder"}});
constexpr auto kGroup = std::to_array<Word>(
    {{"reference_sets", "ReferenceSets", Form::kBlock, kIpReferences},
     {"rule_variables", "RuleVariables", Form::kBlock, kGroupVariables},
     {"rules_source", "RulesSource", Form::kBlock, kSource},
     {"stateful_rule_options", "StatefulRuleOptions", Form::kBlock,
      kGroupOptions}});

AwsValue first_of(const AwsValue& list) {
  return list.kind == Kind::kList && !list.members.empty()
             ? list.members.front().value
             : AwsValue{};
}

AwsValue keyed(const AwsValue& list, const Word& word) {
  AwsValue map = ValueMaker::map(list);
  for (const AwsValue::Member& one : list.members) {
    const AwsValue held = first_of(said(one.value, word.holder));
    const AwsValue name = said(one.value, "key");
    if (!is_null(name)) {
      put(map, name.text,
          held.kind == Kind::kMap ? in_aws_words(held, word.inside)
                                  : ValueMaker::map(one.value));
    }
  }
  return map;
}

AwsValue translated(const AwsValue& value, const Word& word) {
  if (is_unknown(value) || word.form == Form::kValue) return value;
  if (word.form == Form::kKeyed) return keyed(value, word);
  if (word.form == Form::kBlock) {
    const AwsValue block = first_of(value);
    return is_null(block) || is_unknown(block)
               ? block
               : in_aws_words(block, word.inside);
  }
  AwsValue list = ValueMaker::list(value);
  for (const AwsValue::Member& one : value.members) {
    push(list, is_unknown(one.value) ? one.value
                                     : in_aws_words(one.value, word.inside));
  }
  return list;
}

}  // namespace

std::span<const FirewallWord> firewall_policy_words() { return kPolicy; }
std::span<const FirewallWord> rule_group_words() { return kGroup; }

AwsValue in_aws_words(const AwsValue& block,
                      std::span<const FirewallWord> words) {
  AwsValue map = ValueMaker::map(block);
  for (const AwsValue::Member& one : block.members) {
    if (one.value.empty()) continue;
    const auto word = std::ranges::find(words, one.key, &Word::attribute);
    if (word == words.end()) {
      put(map, one.key, one.value);
    } else {
      put(map, word->key, translated(one.value, *word));
    }
  }
  return map;
}

}  // namespace netproof::io
