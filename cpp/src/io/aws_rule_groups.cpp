#include <fmt/format.h>

#include <utility>

#include "io/aws_build.hpp"
#include "io/firewall_rule.hpp"
#include "io/suricata_rules.hpp"

namespace netproof::io {
namespace {

const AwsValue* at(const AwsValue* value, std::string_view key) {
  return value == nullptr ? nullptr : value->find(key);
}

/// {NAME: {KEY: [TEXT, ...]}, ...}
std::map<std::string, std::vector<std::string>> sets_of(const AwsValue* value,
                                                        std::string_view key) {
  std::map<std::string, std::vector<std::string>> sets;
  if (value == nullptr) return sets;
  for (const AwsValue::Member& set : value->members) {
    std::vector<std::string>& texts = sets[std::string(set.key)];
    const AwsValue* list = set.value.find(key);
    if (list == nullptr) continue;
    for (const AwsValue::Member& one : list->members) {
      texts.emplace_back(one.value.text);
    }
  }
  return sets;
}

RuleVariables variables_of(const AwsValue& group) {
  RuleVariables variables;
  const AwsValue* written = group.find("RuleVariables");
  variables.addresses = sets_of(at(written, "IPSets"), "Definition");
  variables.ports = sets_of(at(written, "PortSets"), "Definition");
  const AwsValue* references =
      at(group.find("ReferenceSets"), "IPSetReferences");
  if (references == nullptr) return variables;
  for (const AwsValue::Member& one : references->members) {
    const AwsValue* arn = one.value.find("ReferenceArn");
    if (arn == nullptr) continue;
    const std::string text{arn->text};
    variables.prefix_lists[std::string(one.key)] =
        text.substr(text.rfind('/') + 1);
  }
  return variables;
}

/// The lines of one group, as they are written in any of the four ways.
class GroupReader {
 public:
  GroupReader(AwsBuild& build, FirewallRuleGroup& group,
              RuleVariables variables)
      : build_{build}, group_{group}, variables_{std::move(variables)} {}

  void read(const AwsObject& source) {
    source.knows({"RulesString", "RulesSourceList", "StatefulRules",
                  "StatelessRulesAndCustomActions"});
    if (source.has("RulesString")) read_text(source);
    if (source.has("RulesSourceList")) read_domains(source);
    for (const AwsObject& rule : source.list("StatefulRules")) {
      read_stateful(rule);
    }
    const AwsObject stateless = source.object("StatelessRulesAndCustomActions");
    stateless.knows({"StatelessRules", "CustomActions"});
    for (const AwsObject& rule : stateless.list("StatelessRules")) {
      read_stateless(rule);
    }
  }

 private:
  void read_text(const AwsObject& source) {
    const Location where = source.where("RulesString");
    const SuricataRules rules =
        parse_suricata_rules(source.text("RulesString"), group_.name, where);
    for (const std::string& line : rules.unreadable) {
      build_.reading.gap("snapshot-is-understood", where,
                         "a line of a rule group is a Suricata rule", line,
                         "what the group does is unknown");
      group_.lines.open = true;
    }
    for (const RuleText& rule : rules.rules) {
      add_rule(rule, variables_, group_.lines.items);
    }
  }

  void read_domains(const AwsObject& source) {
    const AwsObject list = source.object("RulesSourceList");
    list.knows({"Targets", "TargetTypes", "GeneratedRulesType"});
    add_domain_list(list.text("GeneratedRulesType"), group_.name + " domains",
                    variables_, list.where(), group_.lines.items);
  }

  void read_stateful(const AwsObject& fields) {
    fields.knows({"Action", "Header", "RuleOptions"});
    const AwsObject header = fields.object("Header");
    header.knows({"Protocol", "Source", "SourcePort", "Direction",
                  "Destination", "DestinationPort"});
    RuleText rule;
    rule.where = fields.where();
    rule.name = fmt::format("{} #{}", group_.name, ++count_);
    rule.action = fields.text("Action");
    rule.protocol = header.text("Protocol");
    rule.source = header.text("Source");
    rule.source_port = header.text("SourcePort");
    rule.direction = header.text("Direction");
    rule.destination = header.text("Destination");
    rule.destination_port = header.text("DestinationPort");
    for (const AwsObject& option : fields.list("RuleOptions")) {
      option.knows({"Keyword", "Settings"});
      std::string settings;
      for (const std::string& one : option.texts("Settings")) {
        settings += (settings.empty() ? "" : ",") + one;
      }
      rule.options.emplace_back(option.text("Keyword"), settings);
    }
    add_rule(rule, variables_, group_.lines.items);
  }

  void read_stateless(const AwsObject& fields) {
    fields.knows({"RuleDefinition", "Priority"});
    const AwsObject definition = fields.object("RuleDefinition");
    definition.knows({"MatchAttributes", "Actions"});
    const AwsObject match = definition.object("MatchAttributes");
    match.knows({"Sources", "Destinations", "SourcePorts", "DestinationPorts",
                 "Protocols", "TCPFlags"});
    FirewallLine line;
    line.where = fields.where();
    line.name = fmt::format("{} #{}", group_.name, ++count_);
    line.priority = fields.number("Priority").value_or(0);
    line.action = stateless_action(definition, "Actions");
    line.sources = side(match, "Sources");
    line.destinations = side(match, "Destinations");
    if (match.has("TCPFlags")) line.condition = "TCP flags";
    const auto numbers = protocols(match);
    line.service.unknown = !numbers;
    if (numbers) {
      line.service.value =
          firewall_service(*numbers, ports(match, "SourcePorts"),
                           ports(match, "DestinationPorts"));
    }
    group_.lines.items.push_back(std::move(line));
  }

  FirewallSide side(const AwsObject& match, const char* key) const {
    std::string list;
    for (const AwsObject& one : match.list(key)) {
      one.knows({"AddressDefinition"});
      list += (list.empty() ? "" : ",") + one.text("AddressDefinition");
    }
    if (list.empty()) return {};
    return read_side("[" + list + "]", variables_, match.where(key));
  }

  static std::vector<PortRange> ports(const AwsObject& match, const char* key) {
    std::vector<PortRange> ranges;
    for (const AwsObject& one : match.list(key)) {
      const int from = one.number("FromPort").value_or(0);
      const int to = one.number("ToPort").value_or(65535);
      if (from < 0 || to > 65535 || from > to) {
        one.report_unknown("FromPort");
        continue;
      }
      ranges.emplace_back(from, to);
    }
    if (!match.has(key)) ranges.emplace_back(0, 65535);
    return ranges;
  }

  static std::optional<std::vector<std::uint8_t>> protocols(
      const AwsObject& match) {
    std::vector<std::uint8_t> numbers;
    for (const int number : match.numbers("Protocols")) {
      if (number < 0 || number > 255) return std::nullopt;
      numbers.push_back(static_cast<std::uint8_t>(number));
    }
    return numbers;
  }

  AwsBuild& build_;
  FirewallRuleGroup& group_;
  RuleVariables variables_;
  int count_ = 0;
};

}  // namespace

// Custom actions publish metrics and decide nothing.
Open<FirewallAction> stateless_action(const AwsObject& fields,
                                      std::string_view key) {
  Open<FirewallAction> action{FirewallAction::kDrop, true, fields.where(key)};
  for (const std::string& word : fields.texts(key)) {
    if (word == "aws:pass") action.value = FirewallAction::kPass;
    if (word == "aws:forward_to_sfe") action.value = FirewallAction::kForward;
    if (word == "aws:pass" || word == "aws:drop" ||
        word == "aws:forward_to_sfe") {
      action.unknown = false;
    }
  }
  return action;
}

void build_rule_groups(AwsBuild& build) {
  std::set<std::string> known;
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kRuleGroups)) {
    const AwsResource* named =
        build.snapshot.beside(AwsFamily::kRuleGroupNames, one);
    if (named == nullptr) continue;
    const AwsObject words{build.reading, *named};
    OddScope odd{build.reading};
    FirewallRuleGroup group;
    group.name = words.text("RuleGroupArn");
    group.where = one.where();
    if (!known.insert(group.name).second) continue;
    group.labels.emplace("Name", words.text("RuleGroupName"));
    group.stateful = words.text("Type") != "STATELESS";
    const AwsObject fields{build.reading, one};
    fields.knows({"RuleVariables", "ReferenceSets", "RulesSource",
                  "StatefulRuleOptions", "SummaryConfiguration"});
    GroupReader{build, group, variables_of(one.value)}.read(
        fields.object("RulesSource"));
    if (odd.odd()) group.lines.open = true;
    odd.settle();
    build.parts.firewall_rule_groups.push_back(std::move(group));
  }
}

}  // namespace netproof::io
