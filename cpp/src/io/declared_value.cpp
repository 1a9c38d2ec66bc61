#include "io/declared_value.hpp"

#include <algorithm>
#include <utility>

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

AwsValue placed(Kind kind, const AwsValue& at) {
  AwsValue value;
  value.kind = kind;
  value.begin = at.begin;
  value.end = at.end;
  return value;
}

}  // namespace

AwsValue ValueMaker::text(std::string_view text, const AwsValue& at) const {
  AwsValue value = placed(Kind::kText, at);
  value.text = file_->unescaped.emplace_back(text);
  return value;
}

AwsValue ValueMaker::flag(bool value, const AwsValue& at) {
  AwsValue made = placed(Kind::kWord, at);
  made.text = value ? "true" : "false";
  return made;
}

AwsValue ValueMaker::map(const AwsValue& at) { return placed(Kind::kMap, at); }

AwsValue ValueMaker::list(const AwsValue& at) {
  return placed(Kind::kList, at);
}

AwsValue ValueMaker::unknown(std::string_view about, const AwsValue& at) const {
  AwsValue value = text(about, at);
  value.kind = Kind::kUnknown;
  return value;
}

void put(AwsValue& map, std::string_view key, AwsValue value) {
  if (value.kind == Kind::kNull) return;
  map.members.push_back({key, std::move(value)});
}

void push(AwsValue& list, AwsValue value) {
  list.members.push_back({{}, std::move(value)});
}

void push(AwsValue& map, std::string_view key, AwsValue value) {
  for (AwsValue::Member& member : map.members) {
    if (member.key != key) continue;
    if (member.value.kind == Kind::kList) push(member.value, std::move(value));
    return;
  }
  AwsValue list = placed(Kind::kList, value);
  push(list, std::move(value));
  put(map, key, std::move(list));
}

void replace(AwsValue& map, std::string_view key, AwsValue value) {
  std::erase_if(map.members,
                [&](const auto& member) { return member.key == key; });
  put(map, key, std::move(value));
}

std::string_view known_text(const AwsValue& map, std::string_view key) {
  const AwsValue* value = map.find(key);
  return value != nullptr && value->kind == Kind::kText ? value->text
                                                        : std::string_view{};
}

bool has_unknown(const AwsValue& value) {
  return is_unknown(value) ||
         std::ranges::any_of(value.members, [](const AwsValue::Member& one) {
           return has_unknown(one.value);
         });
}

AwsValue said(const AwsValue& map, std::string_view key) {
  const AwsValue* value = map.find(key);
  return value == nullptr || value->empty() ? AwsValue{} : *value;
}

std::string_view known(const AwsValue& value) {
  return is_unknown(value) ? std::string_view{} : value.text;
}

}  // namespace netproof::io
