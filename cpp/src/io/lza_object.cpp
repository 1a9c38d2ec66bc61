#include "io/lza_object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "io/values.hpp"

namespace netproof::io {

void LzaReading::gap(const Location& where, const std::string& what,
                     const std::string& fragment, const std::string& help) {
  // A template stands for many VPCs, and a new key in each of them.
  constexpr int kOften = 5;
  if (++told[what + fragment] > kOften) return;
  gaps.add({"landing-zone-is-understood", where, what, fragment, help});
}

bool is_unresolved(std::string_view text) {
  return text.find("{{") != std::string_view::npos ||
         text.find("${") != std::string_view::npos;
}

LzaObject::LzaObject(LzaReading& reading, const Node& map, std::string what)
    : reading_{&reading}, map_{&map}, what_{std::move(what)} {
  if (!map.is_map()) refuse(map, "a mapping");
  // The error is recorded; nobody knows what the refused key said.
  if (map.broken) reading.draft.fatal = true;
}

void LzaObject::refuse(const Node& node, std::string_view wanted) const {
  wrong_type(reading_->draft.problems, node, wanted);
}

bool LzaObject::knows(std::initializer_list<std::string_view> keys) const {
  bool all = true;
  for (const Node& key : map_->keys) {
    if (std::ranges::find(keys, key.text) != keys.end()) continue;
    all = false;
    reading_->gap(key.where, fmt::format("a key of a {} is known", what_),
                  key.text, "what it may change is unknown");
  }
  return all;
}

const Node* LzaObject::find(std::string_view key) const {
  const Node* node = map_->find(key);
  return node == nullptr || node->kind == NodeKind::kNull ? nullptr : node;
}

const Location& LzaObject::where(std::string_view key) const {
  const Node* node = find(key);
  return node == nullptr ? map_->where : node->where;
}

std::string LzaObject::text(std::string_view key) const {
  const Node* node = find(key);
  if (node == nullptr) return {};
  if (node->is_scalar()) return node->text;
  refuse(*node, "a text");
  return {};
}

std::string LzaObject::need(std::string_view key) const {
  std::string found = text(key);
  if (found.empty() && map_->is_map()) {
    reading_->draft.problems.add({"missing-key", map_->where,
                                  fmt::format("a {} has a {}", what_, key), "",
                                  ""});
  }
  return found;
}

std::optional<bool> LzaObject::one_of(std::string_view key, bool otherwise,
                                      std::string_view yes,
                                      std::string_view no) const {
  const Node* node = find(key);
  if (node == nullptr) return otherwise;
  if (node->is_scalar() && node->text == yes) return true;
  if (node->is_scalar() && node->text == no) return false;
  if (node->is_scalar() && is_unresolved(node->text)) return std::nullopt;
  refuse(*node, fmt::format("{} or {}", yes, no));
  return std::nullopt;
}

std::optional<bool> LzaObject::flag(std::string_view key,
                                    bool otherwise) const {
  return one_of(key, otherwise, "true", "false");
}

std::optional<bool> LzaObject::enabled(std::string_view key,
                                       bool otherwise) const {
  return one_of(key, otherwise, "enable", "disable");
}

std::optional<int> LzaObject::number(std::string_view key) const {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_scalar()) {
    refuse(*node, "a number");
    return std::nullopt;
  }
  const std::string& text = node->text;
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc{} && stop == end) return value;
  if (!is_unresolved(text)) refuse(*node, "a number");
  return std::nullopt;
}

std::vector<const Node*> LzaObject::list(std::string_view key) const {
  std::vector<const Node*> items;
  const Node* node = find(key);
  if (node == nullptr) return items;
  if (!node->is_list()) {
    refuse(*node, "a list");
    return items;
  }
  for (const Node& item : node->items) items.push_back(&item);
  return items;
}

std::vector<LzaObject> LzaObject::objects(std::string_view key,
                                          const std::string& what) const {
  std::vector<LzaObject> found;
  for (const Node* node : list(key)) {
    LzaObject object{*reading_, *node, what};
    if (node->is_map()) found.push_back(std::move(object));
  }
  return found;
}

std::optional<LzaObject> LzaObject::object(std::string_view key,
                                           const std::string& what) const {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  LzaObject object{*reading_, *node, what};
  if (!node->is_map()) return std::nullopt;
  return object;
}

std::vector<const Node*> LzaObject::texts(std::string_view key) const {
  std::vector<const Node*> found;
  for (const Node* node : list(key)) {
    if (!node->is_scalar()) {
      refuse(*node, "a text");
    } else if (!node->text.empty()) {
      found.push_back(node);
    }
  }
  return found;
}

}  // namespace netproof::io
