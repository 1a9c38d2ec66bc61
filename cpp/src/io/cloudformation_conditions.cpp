// Conditions of templates. What depends on a value that nobody knows may hold
// or not.
#include "io/cloudformation_values.hpp"
#include "io/suggest.hpp"

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

bool is_known(const AwsValue& value) {
  if (is_unknown(value)) return false;
  if (value.kind == Kind::kText) return !is_symbolic(value.text);
  for (const AwsValue::Member& one : value.members) {
    if (!is_known(one.value)) return false;
  }
  return true;
}

}  // namespace

std::optional<bool> CloudFormationValues::holds(std::size_t stack,
                                                const std::string& condition,
                                                const Node& at) {
  const Node* found = stacks_[stack].find("Conditions", condition);
  if (found == nullptr) {
    std::vector<std::string> known;
    if (const Node* all = stacks_[stack].section("Conditions")) {
      for (const Node& key : all->keys) known.push_back(key.text);
    }
    refuse(stack, at, "a condition of that name is there",
           suggestion(condition, known));
    return std::nullopt;
  }
  const auto [entry, added] =
      conditions_.try_emplace({stack, condition}, Progress::kReading);
  Progress& progress = entry->second;
  if (!added) {
    if (progress == Progress::kReading) {
      refuse(stack, *found, "conditions do not lead in a circle");
      return std::nullopt;
    }
    if (progress == Progress::kUnknown) return std::nullopt;
    return progress == Progress::kTrue;
  }
  const std::optional<bool> result = this->condition(stack, *found);
  progress = !result   ? Progress::kUnknown
             : *result ? Progress::kTrue
                       : Progress::kFalse;
  return result;
}

std::optional<bool> CloudFormationValues::condition(std::size_t stack,
                                                    const Node& node) {
  const Deeper deeper{*this};
  if (deeper.too_deep()) return std::nullopt;
  if (!node.is_map() || node.keys.size() != 1) {
    refuse(stack, node, "a condition is one function",
           "Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition");
    return std::nullopt;
  }
  const std::string& function = node.keys.front().text;
  const Node& argument = node.items.front();
  if (function == "Condition") return holds(stack, argument.text, argument);
  if (function == "Fn::Equals") return equals(stack, argument);
  if (function == "Fn::And") return all_of(stack, argument, true);
  if (function == "Fn::Or") return all_of(stack, argument, false);
  if (function == "Fn::Not") {
    const Node* all = arguments(stack, argument, 1);
    if (all == nullptr) return std::nullopt;
    const std::optional<bool> inner = condition(stack, all->items.front());
    return inner ? std::optional{!*inner} : std::nullopt;
  }
  return std::nullopt;
}

// And: all hold. Or: not all fail. One that says the other decides.
std::optional<bool> CloudFormationValues::all_of(std::size_t stack,
                                                 const Node& node, bool what) {
  const Node* all = arguments(stack, node, 1);
  if (all == nullptr) return std::nullopt;
  std::optional<bool> result = what;
  for (const Node& one : all->items) {
    const std::optional<bool> holds = condition(stack, one);
    if (holds == !what) return !what;
    if (!holds) result.reset();
  }
  return result;
}

std::optional<bool> CloudFormationValues::equals(std::size_t stack,
                                                 const Node& node) {
  const Node* all = arguments(stack, node, 2);
  if (all == nullptr) return std::nullopt;
  const AwsValue left = read(stack, all->items[0]);
  const AwsValue right = read(stack, all->items[1]);
  if (is_known(left) && is_known(right)) return same_content(left, right);
  // Equal symbols are one value, whatever it is.
  const bool symbols = left.kind == Kind::kText && right.kind == Kind::kText;
  if (symbols && left.text == right.text) return true;
  return std::nullopt;
}

AwsValue CloudFormationValues::choose(std::size_t stack, const Node& node) {
  const Node* all = arguments(stack, node, 3);
  if (all == nullptr || !all->items[0].is_scalar()) {
    return unknown(stack, node, "Fn::If");
  }
  const std::string& name = all->items[0].text;
  const std::optional<bool> which = holds(stack, name, all->items[0]);
  if (which) return read(stack, all->items[*which ? 1 : 2]);
  AwsValue first = read(stack, all->items[1]);
  const AwsValue second = read(stack, all->items[2]);
  if (is_known(first) && is_known(second) && same_content(first, second)) {
    return first;
  }
  return unknown(stack, node, "condition " + name);
}

}  // namespace netproof::io
