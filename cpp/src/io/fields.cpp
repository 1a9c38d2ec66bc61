#include "io/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/suggest.hpp"

namespace netproof::io {

Fields::Fields(Problems& problems, const Node& map, std::string what)
    : problems_{problems}, map_{map}, what_{std::move(what)} {
  if (!map.is_map()) {
    wrong_type(problems, map, fmt::format("a mapping: {}", what_));
  }
  if (map.broken) problems.fail();
}

const Node* Fields::find(std::string key) {
  const Node* node = map_.find(key);
  asked_.push_back(std::move(key));
  return node;
}

const Node* Fields::need(std::string key) {
  const Node* node = find(key);
  if (node == nullptr && map_.is_map()) {
    problems_.add({"missing-key", map_.where,
                   fmt::format("every {} has '{}'", what_, key), "", ""});
  }
  return node;
}

const Node* Fields::find_either(const std::string& key,
                                const std::string& other) {
  const Node* first = find(key);
  const Node* second = find(other);
  if (first != nullptr && second != nullptr) {
    problems_.add(
        {"one-of-keys", second->where,
         fmt::format("a {} has either '{}' or '{}'", what_, key, other), "both",
         ""});
  }
  return first != nullptr ? first : second;
}

const Node* Fields::need_either(const std::string& key,
                                const std::string& other) {
  const Node* node = find_either(key, other);
  return node != nullptr ? node : need(key);
}

void Fields::finish() {
  if (!map_.is_map()) return;
  for (const Node& key : map_.keys) {
    if (key.text.starts_with("x-")) continue;
    if (std::ranges::find(asked_, key.text) != asked_.end()) continue;
    problems_.add({"unknown-key", key.where,
                   fmt::format("a key of a {} is one that is known", what_),
                   key.text, suggestion(key.text, asked_)});
  }
}

std::string Fields::text(const std::string& key) {
  const Node* node = find(key);
  if (node == nullptr) return "";
  return read_text(problems_, *node).value_or("");
}

std::string Fields::need_text(const std::string& key) {
  const Node* node = need(key);
  if (node == nullptr) return "";
  return read_text(problems_, *node).value_or("");
}

std::string Fields::prose(const std::string& key) {
  const Node* node = find(key);
  if (node == nullptr) return "";
  return read_prose(problems_, *node).value_or("");
}

bool Fields::flag(const std::string& key, bool otherwise) {
  const Node* node = find(key);
  if (node == nullptr) return otherwise;
  return read_bool(problems_, *node).value_or(otherwise);
}

std::optional<bool> Fields::maybe_flag(const std::string& key) {
  const Open<bool> value = open_flag(key, {false, true, {}});
  if (value.unknown) return std::nullopt;
  return value.value;
}

Open<bool> Fields::open_flag(const std::string& key, Open<bool> otherwise) {
  const Node* node = find(key);
  if (node == nullptr) return otherwise;
  Open<bool> result{false, true, node->where};
  if (node->is_unknown()) return result;
  const int before = problems_.failures();
  if (const auto value = read_bool(problems_, *node)) {
    result.value = *value;
    result.unknown = false;
  }
  problems_.forgive(before);
  return result;
}

int Fields::number(const std::string& key, int otherwise, int least, int most) {
  const Node* node = find(key);
  if (node == nullptr) return otherwise;
  return read_int(problems_, *node, least, most).value_or(otherwise);
}

std::vector<IpAddress> Fields::addresses(const Node* node) {
  if (node == nullptr) return {};
  return read_list<IpAddress>(
      problems_, *node, [this](const Node& item, auto& out) {
        if (const auto value = read_address(problems_, item)) {
          out.push_back(*value);
        }
      });
}

OpenList<WrittenPrefix> Fields::prefixes(const Node* node) {
  if (node == nullptr) return {};
  return read_open_list<WrittenPrefix>(
      problems_, *node, [this](const Node& item, auto& out) {
        if (auto value = read_prefix(problems_, item)) {
          out.push_back(std::move(*value));
        }
      });
}

}  // namespace netproof::io
