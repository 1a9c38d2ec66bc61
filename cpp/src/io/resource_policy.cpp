#include "io/resource_policy.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/fields.hpp"

namespace netproof::io {
namespace {

struct OperatorName {
  std::string_view name;
  PolicyTest test;
  bool negated;
};

constexpr std::array<OperatorName, 8> kOperators{{
    {"IpAddress", PolicyTest::kAddress, false},
    {"NotIpAddress", PolicyTest::kAddress, true},
    {"StringEquals", PolicyTest::kText, false},
    {"StringNotEquals", PolicyTest::kText, true},
    {"StringLike", PolicyTest::kPattern, false},
    {"StringNotLike", PolicyTest::kPattern, true},
    {"Bool", PolicyTest::kBool, false},
    {"Null", PolicyTest::kNull, false},
}};

struct KeyName {
  std::string_view name;  ///< in lower case: keys have no case
  PolicyKey key;
};

constexpr std::array<KeyName, 6> kKeys{{
    {"aws:sourceip", PolicyKey::kSourceIp},
    {"aws:vpcsourceip", PolicyKey::kVpcSourceIp},
    {"aws:sourcevpce", PolicyKey::kSourceVpce},
    {"aws:sourcevpc", PolicyKey::kSourceVpc},
    {"aws:securetransport", PolicyKey::kSecureTransport},
    {"aws:viaawsservice", PolicyKey::kByService},
}};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text;
}

std::vector<std::string> read_texts(Problems& problems, const Node& node) {
  return read_list<std::string>(problems, node,
                                [&](const Node& item, auto& out) {
                                  if (item.is_scalar() && !item.text.empty()) {
                                    out.push_back(item.text);
                                  } else {
                                    wrong_type(problems, item, "a text");
                                  }
                                });
}

void name_operator(const Node& node, PolicyCondition& condition) {
  condition.operator_text = node.text;
  std::string name = node.text;
  constexpr std::string_view kIfExists = "IfExists";
  if (name.ends_with(kIfExists)) {
    condition.if_exists = true;
    name.resize(name.size() - kIfExists.size());
  }
  const auto* at = std::ranges::find(kOperators, name, &OperatorName::name);
  if (at == kOperators.end()) return;
  condition.test = at->test;
  condition.negated = at->negated;
}

std::optional<WrittenPrefix> read_block(Problems& problems, const Node& node) {
  if (node.text.find('/') != std::string::npos) {
    return read_prefix(problems, node);
  }
  const auto address = read_address(problems, node);
  if (!address) return std::nullopt;
  const IpPrefix host = IpPrefix::host(*address);
  return WrittenPrefix{host, host, false, node.text, node.where};
}

PolicyCondition read_condition(Problems& problems, const Node& operation,
                               const Node& key, const Node& values) {
  PolicyCondition condition;
  condition.where = key.where;
  name_operator(operation, condition);
  condition.key_text = key.text;
  const auto* at = std::ranges::find(kKeys, lower(key.text), &KeyName::name);
  if (at != kKeys.end()) condition.key = at->key;
  condition.values = read_texts(problems, values);
  if (condition.test == PolicyTest::kBool ||
      condition.test == PolicyTest::kNull) {
    for (std::string& value : condition.values) value = lower(value);
  }
  if (condition.test != PolicyTest::kAddress) return condition;
  condition.prefixes = read_list<WrittenPrefix>(
      problems, values, [&](const Node& item, auto& out) {
        if (auto block = read_block(problems, item)) {
          out.push_back(std::move(*block));
        }
      });
  return condition;
}

OpenList<PolicyCondition> read_conditions(Problems& problems,
                                          const Node& node) {
  OpenList<PolicyCondition> conditions;
  conditions.where = node.where;
  if (node.is_unknown()) {
    conditions.open = true;
  } else if (!node.is_map()) {
    wrong_type(problems, node, "a mapping of operators");
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const Node& keys = node.items[i];
    if (!keys.is_map()) {
      wrong_type(problems, keys, "a mapping of condition keys");
      continue;
    }
    for (std::size_t k = 0; k < keys.keys.size(); ++k) {
      conditions.items.push_back(
          read_condition(problems, node.keys[i], keys.keys[k], keys.items[k]));
    }
  }
  return conditions;
}

// {"AWS": [...]} is a list of each kind; "*" is everyone, also as AWS.
std::vector<std::string> read_principals(Problems& problems, const Node& node) {
  if (!node.is_map()) return read_texts(problems, node);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    for (std::string& name : read_texts(problems, node.items[i])) {
      const bool everyone = name == "*" && node.keys[i].text != "AWS";
      names.push_back(everyone ? node.keys[i].text + ":*" : std::move(name));
    }
  }
  return names;
}

template <class Read>
PolicyNames read_names(Fields& fields, const std::string& key, Read read) {
  PolicyNames names;
  const Node* named = fields.find(key);
  const Node* except = fields.find("Not" + key);
  if ((named == nullptr) == (except == nullptr)) {
    fields.problems().add({"policy-statement", fields.map().where,
                           "a statement has one of " + key + " and Not" + key,
                           named == nullptr ? "neither" : "both", ""});
    return names;
  }
  names.except = named == nullptr;
  names.names = read(fields.problems(), names.except ? *except : *named);
  return names;
}

PolicyStatement read_statement(Problems& problems, const Node& node) {
  PolicyStatement statement;
  statement.where = node.where;
  Fields fields{problems, node, "statement of a policy"};
  if (!node.is_map()) return statement;
  statement.sid = fields.prose("Sid");
  statement.allow.unknown = true;
  if (const Node* effect = fields.need("Effect")) {
    if (!effect->is_unknown()) {
      const auto choice = read_choice(problems, *effect, {"Deny", "Allow"});
      statement.allow = {choice == std::size_t{1}, !choice, effect->where};
    }
  }
  statement.principals = read_names(fields, "Principal", read_principals);
  statement.actions = read_names(fields, "Action", read_texts);
  statement.resources = read_names(fields, "Resource", read_texts);
  if (const Node* conditions = fields.find("Condition")) {
    statement.conditions = read_conditions(problems, *conditions);
  }
  fields.finish();
  return statement;
}

void read_statements(Problems& problems, const Node& node,
                     ResourcePolicy& policy) {
  Fields fields{problems, node, "policy"};
  if (!node.is_map()) return;
  fields.find("Version");
  fields.find("Id");
  const Node* statements = fields.need("Statement");
  fields.finish();
  if (statements == nullptr) return;
  if (statements->is_map()) {
    policy.items.push_back(read_statement(problems, *statements));
    return;
  }
  if (!statements->is_list()) {
    wrong_type(problems, *statements, "a list of statements");
  }
  for (const Node& item : statements->items) {
    if (item.is_unknown()) {
      policy.open = true;
    } else {
      policy.items.push_back(read_statement(problems, item));
    }
  }
}

}  // namespace

ResourcePolicy read_resource_policy(Problems& problems, const Node& node) {
  ResourcePolicy policy;
  policy.where = node.where;
  if (node.is_unknown()) {
    policy.open = true;
    return policy;
  }
  const int before = problems.failures();
  read_statements(problems, node, policy);
  // What was read of it could be anything.
  if (problems.failures() != before) policy = {{}, true, node.where};
  problems.forgive(before);
  return policy;
}

}  // namespace netproof::io
