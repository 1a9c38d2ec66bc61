#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "io/firewall_action.hpp"
#include "io/lza_network.hpp"
#include "io/suricata_rules.hpp"
#include "io/text_file.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

/// {NAME: [TEXT, ...], ...} of {name, definition}, one or a list of them.
Node sets(const LzaObject& variables, const char* key) {
  Node map = map_node(variables.where(key));
  const auto add = [&](const LzaObject& one) {
    Node texts = list_node(one.where("definition"));
    for (const Node* text : one.texts("definition")) {
      push(texts, text_node(text->text, text->where));
    }
    put(map, one.need("name"), std::move(texts));
  };
  const Node* node = variables.find(key);
  if (node == nullptr) return map;
  if (node->is_list()) {
    for (const LzaObject& one : variables.objects(key, "variable")) add(one);
  } else if (const auto one = variables.object(key, "variable")) {
    add(*one);
  }
  return map;
}

/// A rule group of Network Firewall as one of a topology.
class RuleGroup {
 public:
  RuleGroup(LzaNetwork& network, const LzaObject& config)
      : network_{network},
        config_{config},
        map_{lza_map(config.need("name"), {}, config.where("name"))},
        rules_{list_node(config.where())} {}

  Node node() {
    need(config_, {"name", "regions", "capacity", "type", "description",
                   "ruleGroup", "shareTargets", "tags"});
    const std::string type = config_.need("type");
    stateless_ = type == "STATELESS";
    if (is_unresolved(type)) open("the type of a rule group is known", type);
    put_text(map_, "type", stateless_ ? type : "STATEFUL",
             config_.where("type"));
    if (const auto group = config_.object("ruleGroup", "rule group")) {
      read(*group);
    }
    if (!found_) {
      open("a rule group is read with rules of its type", config_.text("name"));
    }
    put(map_, "rules", std::move(rules_));
    return std::move(map_);
  }

 private:
  void need(const LzaObject& one,
            std::initializer_list<std::string_view> keys) {
    if (!one.knows(keys)) push(rules_, unknown_node(one.where()));
  }

  void open(const char* what, const std::string& fragment) {
    push(rules_, unknown_node(config_.where()));
    network_.reading.gap(config_.where(), what, fragment,
                         "what the group does is unknown");
  }

  void read(const LzaObject& group) {
    need(group, {"rulesSource", "ruleVariables", "statefulRuleOptions"});
    if (const auto variables = group.object("ruleVariables", "rule variable")) {
      need(*variables, {"ipSets", "portSets"});
      put(map_, "ip_sets", sets(*variables, "ipSets"));
      put(map_, "port_sets", sets(*variables, "portSets"));
    }
    const auto source = group.object("rulesSource", "rules source");
    if (!source) return;
    need(*source, {"rulesString", "rulesFile", "rulesSourceList",
                   "statefulRules", "statelessRulesAndCustomActions"});
    if (stateless_) {
      read_stateless(*source);
    } else {
      read_stateful(*source);
    }
  }

  void read_stateful(const LzaObject& source) {
    std::string text = source.text("rulesString");
    found_ = !text.empty() || source.has("rulesSourceList");
    if (const Node* file = source.find("rulesFile")) {
      found_ = true;
      if (const auto read = rules_of(*file)) text += "\n" + *read;
    }
    for (const LzaObject& one :
         source.objects("statefulRules", "stateful rule")) {
      found_ = true;
      text += "\n" + rule_text(one);
    }
    put_rules(text, source.where());
    const auto list = source.object("rulesSourceList", "list of domains");
    if (!list) return;
    need(*list, {"generatedRulesType", "targets", "targetTypes"});
    Node domains = map_node(list->where());
    put_text(domains, "generated_rules_type", list->need("generatedRulesType"),
             list->where());
    put(map_, "rules_source_list", std::move(domains));
  }

  // What holds a variable, or is no rule, may do anything.
  void put_rules(const std::string& text, const Location& where) {
    if (text.empty()) return;
    const SuricataRules rules = parse_suricata_rules(text, "", where);
    if (is_unresolved(text)) open("rules hold no variables", "rules");
    for (const std::string& line : rules.unreadable) {
      open("a line of a rule group is a Suricata rule", line);
    }
    if (rules.unreadable.empty()) put_text(map_, "rules_string", text, where);
  }

  // The file lies in the folder of the configuration.
  std::optional<std::string> rules_of(const Node& node) {
    const fs::path name{node.text};
    bool inside = node.is_scalar() && name.is_relative();
    for (const fs::path& part : name) inside = inside && part != "..";
    std::error_code error;
    const fs::path path = network_.folder / name;
    if (!inside || !fs::is_regular_file(path, error)) {
      open("a file of rules is in the folder", node.text);
      return std::nullopt;
    }
    const auto source = read_text_file(path, display_name(path, network_.root),
                                       {}, network_.reading.draft.problems);
    if (!source) return std::nullopt;
    return source->text();
  }

  std::string rule_text(const LzaObject& one) {
    need(one, {"action", "header", "ruleOptions"});
    std::string text = one.text("action");
    if (const auto header = one.object("header", "header")) {
      need(*header, {"protocol", "source", "sourcePort", "direction",
                     "destination", "destinationPort"});
      for (const char* key : {"protocol", "source", "sourcePort", "direction",
                              "destination", "destinationPort"}) {
        text += " " + header->need(key);
      }
    }
    text += " (";
    for (const LzaObject& option : one.objects("ruleOptions", "rule option")) {
      text += option.need("keyword");
      const char* before = ":";
      for (const Node* setting : option.texts("settings")) {
        text += before + setting->text;
        before = ",";
      }
      text += "; ";
    }
    return text + ")";
  }

  void read_stateless(const LzaObject& source) {
    const auto all =
        source.object("statelessRulesAndCustomActions", "stateless rules");
    if (!all) return;
    found_ = true;
    need(*all, {"statelessRules", "customActions"});
    for (const LzaObject& one :
         all->objects("statelessRules", "stateless rule")) {
      push(rules_, stateless_rule(one));
    }
  }

  Node stateless_rule(const LzaObject& one) {
    const auto definition = one.object("ruleDefinition", "rule definition");
    const auto match =
        definition ? definition->object("matchAttributes", "match attributes")
                   : std::nullopt;
    const Node* priority = one.find("priority");
    if (!match || priority == nullptr || !one.number("priority") ||
        !one.knows({"priority", "ruleDefinition"}) ||
        !definition->knows({"actions", "matchAttributes"}) ||
        !match->knows({"sources", "destinations", "sourcePorts",
                       "destinationPorts", "protocols", "tcpFlags"})) {
      return unknown_node(one.where());
    }
    Node rule = map_node(one.where());
    put(rule, "priority", word_node(priority->text, priority->where));
    put(rule, "action", lza_stateless_action(*definition, "actions"));
    for (const char* key : {"sources", "destinations", "protocols"}) {
      put_texts(rule, key, match->texts(key));
    }
    put_ports(rule, *match, "sourcePorts", "source_ports");
    put_ports(rule, *match, "destinationPorts", "destination_ports");
    if (match->has("tcpFlags")) {
      put(rule, "tcp_flags", list_node(match->where("tcpFlags")));
    }
    return rule;
  }

  static void put_texts(Node& rule, const char* key,
                        const std::vector<const Node*>& texts) {
    if (texts.empty()) return;
    Node list = list_node(texts.front()->where);
    for (const Node* one : texts) {
      push(list, is_unresolved(one->text) ? unknown_node(one->where)
                                          : text_node(one->text, one->where));
    }
    put(rule, key, std::move(list));
  }

  static void put_ports(Node& rule, const LzaObject& match, const char* key,
                        const char* ours) {
    Node list = list_node(match.where(key));
    for (const LzaObject& one : match.objects(key, "port range")) {
      const auto from = one.number("fromPort");
      const auto to = one.number("toPort");
      if (!from || !to) {
        put(rule, ours, unknown_node(one.where()));
        return;
      }
      push(list, text_node(fmt::format("{}:{}", *from, *to), one.where()));
    }
    if (!list.items.empty()) put(rule, ours, std::move(list));
  }

  LzaNetwork& network_;
  const LzaObject& config_;
  Node map_;
  Node rules_;
  bool stateless_ = false;
  bool found_ = false;  ///< rules of its type are there
};

}  // namespace

Node lza_stateless_action(const LzaObject& config, const char* key) {
  std::vector<std::string> words;
  for (const Node* word : config.texts(key)) {
    words.push_back(is_unresolved(word->text) ? std::string{} : word->text);
  }
  const Location& where = config.where(key);
  const Open<FirewallAction> action = stateless_action(words, where);
  if (action.unknown) return unknown_node(where);
  if (action.is(FirewallAction::kPass)) return text_node("aws:pass", where);
  if (action.is(FirewallAction::kDrop)) return text_node("aws:drop", where);
  return text_node("aws:forward_to_sfe", where);
}

Node lza_rule_group(LzaNetwork& network, const LzaObject& config) {
  return RuleGroup{network, config}.node();
}

}  // namespace netproof::io
