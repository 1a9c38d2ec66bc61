#include <fmt/format.h>

#include <utility>

#include "io/aws_build.hpp"
#include "io/firewall_action.hpp"
#include "io/firewall_rule.hpp"
#include "io/suricata_rules.hpp"

namespace netproof::io {
namespace {

/// {NAME: {KEY: [TEXT, ...]}, ...}
std::map<std::string, std::vector<std::string>> sets_of(const AwsObject& fields,
                                                        std::string_view key,
                                                        std::string_view list) {
  std::map<std::string, std::vector<std::string>> sets;
  const AwsObject written = fields.object(key);
  for (const std::string_view name : written.keys()) {
    sets[std::string{name}] = written.object(name).texts(list);
  }
  return sets;
}

RuleVariables variables_of(const AwsObject& group) {
  RuleVariables variables;
  const AwsObject written = group.object("RuleVariables");
  written.knows({"IPSets", "PortSets"});
  variables.addresses = sets_of(written, "IPSets", "Definition");
  variables.ports = sets_of(written, "PortSets", "Definition");
  const AwsObject sets = group.object("ReferenceSets");
  sets.knows({"IPSetReferences"});
  const AwsObject references = sets.object("IPSetReferences");
  for (const std::string_view name : references.keys()) {
    // A set may also be a group of resources, whose addresses nobody lists.
    const std::string arn = references.object(name).text("ReferenceArn");
    if (arn.find(":prefix-list/") == std::string::npos) continue;
    variables.prefix_lists[std::string{name}] = arn.substr(arn.rfind('/') + 1);
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
    check_sort(source);
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
    for (const FirewallLine& line : group_.lines.items) {
      if (line.sources.within.open || line.destinations.within.open ||
          line.service.unknown) {
        gap("addresses and ports of a rule are known, and their variables "
            "those of its group",
            line.where, line.name, "what it matches is unknown");
      }
    }
  }

 private:
  void gap(const std::string& what, const Location& where,
           const std::string& fragment, const std::string& help) {
    build_.reading.gap("snapshot-is-understood", where, what, fragment, help);
  }

  void open(const std::string& what, const Location& where,
            const std::string& fragment) {
    group_.lines.open = true;
    gap(what, where, fragment, "what the group does is unknown");
  }

  // Rules of AWS's own groups are not shown.
  void check_sort(const AwsObject& source) {
    const bool stateless = source.has("StatelessRulesAndCustomActions");
    const bool stateful = source.has("RulesString") ||
                          source.has("RulesSourceList") ||
                          source.has("StatefulRules");
    if (!stateless && !stateful) {
      open("a rule group is read with its rules", source.where(), group_.name);
    } else if (group_.stateful ? stateless : stateful) {
      open("the rules of a group are of its type", source.where(), group_.name);
    }
  }

  void read_text(const AwsObject& source) {
    const Location where = source.where("RulesString");
    const SuricataRules rules =
        parse_suricata_rules(source.text("RulesString"), group_.name, where);
    for (const std::string& line : rules.unreadable) {
      open("a line of a rule group is a Suricata rule", where, line);
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
      std::string keyword{option.text("Keyword")};
      std::string settings;
      for (const std::string& one : option.texts("Settings")) {
        settings += (settings.empty() ? "" : ",") + one;
      }
      // Without settings the keyword may hold them: "sid:1".
      const std::size_t colon = keyword.find(':');
      if (settings.empty() && colon != std::string::npos) {
        settings = keyword.substr(colon + 1);
        keyword.resize(colon);
      }
      rule.options.emplace_back(std::move(keyword), std::move(settings));
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
    if (!fields.has("Priority") || !definition.has("MatchAttributes")) {
      open("a stateless rule has a priority and what it matches", line.where,
           line.name);
    }
    line.action =
        stateless_action(definition.texts("Actions"), definition.where());
    line.sources = side(match, "Sources");
    line.destinations = side(match, "Destinations");
    if (match.has("TCPFlags")) line.condition = "TCP flags";
    const auto numbers = protocols(match);
    line.service.unknown = !numbers;
    if (numbers) {
      line.service.value =
          stateless_service({*numbers, ports(match, "SourcePorts"),
                             ports(match, "DestinationPorts")});
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
      const int from = one.number("FromPort").value_or(-1);
      const int to = one.number("ToPort").value_or(-1);
      if (from < 0 || to > 65535 || from > to) {
        one.report_unknown("FromPort");
        continue;
      }
      ranges.emplace_back(from, to);
    }
    if (ranges.empty()) ranges.emplace_back(0, 65535);
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
    const std::string type = words.text("Type");
    if (type != "STATELESS" && type != "STATEFUL") {
      words.report_unknown("Type");
    }
    group.stateful = type != "STATELESS";
    const AwsObject fields{build.reading, one};
    fields.knows({"RuleVariables", "ReferenceSets", "RulesSource",
                  "StatefulRuleOptions", "SummaryConfiguration"});
    GroupReader{build, group, variables_of(fields)}.read(
        fields.object("RulesSource"));
    if (odd.odd()) group.lines.open = true;
    odd.settle();
    build.parts.firewall_rule_groups.push_back(std::move(group));
  }
}

}  // namespace netproof::io
