#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "io/firewall_action.hpp"
#include "io/lza_network.hpp"

namespace netproof::io {
namespace {

/// The firewalls of `centralNetworkServices`, with what they let through.
class Firewalls {
 public:
  Firewalls(LzaNetwork& network, const LzaObject& service)
      : network_{network}, service_{service} {}

  void add() {
    known_ = service_.knows({"firewalls", "policies", "rules"});
    for (const LzaObject& one : service_.objects("rules", "rule group")) {
      groups_.insert(one.text("name"));
      network_.add("firewall_rule_groups", lza_rule_group(network_, one));
    }
    for (const LzaObject& one : service_.objects("policies", "policy")) {
      policies_.insert(one.text("name"));
      network_.add("firewall_policies", policy(one));
    }
    for (const LzaObject& one : service_.objects("firewalls", "firewall")) {
      for (const LzaVpc* vpc : network_.named(one.text("vpc"))) {
        add_firewall(one, *vpc);
      }
    }
  }

 private:
  Node policy(const LzaObject& config) {
    bool known = config.knows({"name", "description", "regions",
                               "firewallPolicy", "shareTargets", "tags"});
    Node map = lza_map(config.need("name"), {}, config.where("name"));
    const auto body = config.object("firewallPolicy", "firewall policy");
    if (!body) {
      const Node any = unknown_node(config.where());
      put(map, "stateless_rule_groups", any);
      put(map, "stateful_rule_groups", any);
      return map;
    }
    known =
        body->knows({"statelessDefaultActions",
                     "statelessFragmentDefaultActions", "statelessRuleGroups",
                     "statelessCustomActions", "statefulDefaultActions",
                     "statefulEngineOptions", "statefulRuleGroups"}) &&
        known;
    const std::string order = rule_order(*body);
    put(map, "stateless_rule_groups",
        uses(*body, "statelessRuleGroups", true, known));
    put(map, "stateful_rule_groups",
        uses(*body, "statefulRuleGroups", order != kByAction, known));
    put(map, "stateless_default_actions",
        lza_stateless_action(*body, "statelessDefaultActions"));
    put_stateful_default(map, *body);
    Node engine = map_node(body->where("statefulEngineOptions"));
    put(engine, "rule_order", word_node(order, engine.where));
    put(map, "stateful_engine_options", std::move(engine));
    return map;
  }

  /// The order of rules, or "unknown"; older configurations write the word.
  std::string rule_order(const LzaObject& body) {
    const Node* node = body.find("statefulEngineOptions");
    if (node == nullptr) return kByAction;
    std::string word = node->text;
    if (const bool map = node->is_map(); map) {
      const LzaObject options{network_.reading, *node, "engine option"};
      const bool known =
          options.knows({"ruleOrder", "streamExceptionPolicy", "flowTimeouts"});
      word = known ? options.text("ruleOrder") : std::string{"?"};
      if (word.empty()) return kByAction;
    }
    if (word == kByAction || word == "STRICT_ORDER") return word;
    network_.reading.gap(node->where, "the order of rules is known", word,
                         "what the policy lets through is unknown");
    return "unknown";
  }

  Node uses(const LzaObject& body, const char* key, bool ordered, bool known) {
    Node list = list_node(body.where(key));
    for (const LzaObject& one : body.objects(key, "rule group of a policy")) {
      const bool plain = one.knows({"name", "priority"});
      const std::string name = one.text("name");
      const auto priority = one.number("priority");
      if (!plain || !groups_.contains(name) || (ordered && !priority)) {
        push(list, unknown_node(one.where()));
        network_.reading.gap(one.where(),
                             "a policy names declared groups, with priorities",
                             name, "what the policy lets through is unknown");
        continue;
      }
      Node use = map_node(one.where());
      put_text(use, "name", name, one.where("name"));
      put(use, "priority",
          word_node(std::to_string(priority.value_or(0)), one.where()));
      push(list, std::move(use));
    }
    if (!known) push(list, unknown_node(body.where()));
    return list;
  }

  static void put_stateful_default(Node& map, const LzaObject& body) {
    constexpr const char* kKey = "statefulDefaultActions";
    std::vector<std::string> words;
    for (const Node* word : body.texts(kKey)) words.push_back(word->text);
    const Location& where = body.where(kKey);
    const Open<Unmatched> rest = stateful_default(words, where);
    if (rest.unknown) {
      put(map, "stateful_default_actions", unknown_node(where));
    } else if (!rest.is(Unmatched::kPass)) {
      put_text(map, "stateful_default_actions",
               rest.is(Unmatched::kDrop) ? "aws:drop_strict"
                                         : "aws:drop_established",
               where);
    }
  }

  void add_firewall(const LzaObject& one, const LzaVpc& vpc) {
    const bool known =
        one.knows({"name", "description", "firewallPolicy", "subnets", "vpc",
                   "deleteProtection", "firewallPolicyChangeProtection",
                   "subnetChangeProtection", "loggingConfiguration", "tags"}) &&
        known_;
    const std::string id = fmt::format("{}/{}", vpc.id, one.need("name"));
    const std::string policy = one.text("firewallPolicy");
    Node map = lza_map(id, vpc.account, one.where());
    put_labels(map, one, {{"firewall-name", one.text("name")}});
    put_text(map, "vpc", vpc.id, one.where("vpc"));
    const Location& at = one.where("firewallPolicy");
    const bool declared = known && policies_.contains(policy);
    put(map, "firewall_policy",
        declared ? text_node(policy, at) : unknown_node(at));
    if (!declared) {
      network_.reading.gap(at, "the policy of a firewall is declared", policy,
                           "what it lets through is unknown");
    }
    network_.add("network_firewalls", std::move(map));
    for (const Node* subnet : one.texts("subnets")) {
      const auto home = subnet_named(vpc, subnet->text);
      const std::string zone =
          home ? home->text("availabilityZone") : std::string{};
      add_lza_inspection(network_, vpc,
                         fmt::format("{}@{}", one.text("name"), zone), *subnet,
                         id);
    }
  }

  static constexpr const char* kByAction = "DEFAULT_ACTION_ORDER";

  LzaNetwork& network_;
  const LzaObject& service_;
  bool known_ = true;
  std::set<std::string> groups_;
  std::set<std::string> policies_;
};

}  // namespace

void add_lza_firewalls(LzaNetwork& network, const LzaObject& service) {
  Firewalls{network, service}.add();
}

}  // namespace netproof::io
