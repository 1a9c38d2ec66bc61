#include "io/aws_object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

const AwsValue kNothing{};

std::string found(const AwsValue& value) {
  switch (value.kind) {
    case Kind::kNull:
      return "nothing";
    case Kind::kList:
      return "a list";
    case Kind::kMap:
      return "a mapping";
    case Kind::kWord:
    case Kind::kText:
    case Kind::kUnknown:
      break;
  }
  return std::string(value.text);
}

std::optional<int> number_of(const AwsValue& value) {
  int number = 0;
  const char* const end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, number);
  if (value.kind != Kind::kWord || error != std::errc{} || stop != end) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

void AwsReading::gap(std::string_view code, Location where, std::string what,
                     std::string fragment, std::string help) {
  // A key that AWS has added stands in every resource of a kind.
  constexpr int kOften = 5;
  if (++told[what + fragment] > kOften) return;
  gaps.add({std::string(code), std::move(where), std::move(what),
            std::move(fragment), std::move(help)});
}

const AwsValue* AwsObject::find(std::string_view key) const {
  const AwsValue* value = value_->find(key);
  return value == nullptr || value->kind == Kind::kNull ? nullptr : value;
}

Location AwsObject::where() const {
  return file_->source.at(value_->begin, value_->end);
}

Location AwsObject::where(std::string_view key) const {
  const AwsValue* value = value_->find(key);
  return value == nullptr ? where()
                          : file_->source.at(value->begin, value->end);
}

void AwsObject::wrong(const AwsValue& value, std::string_view wanted) const {
  ++reading_->odd;
  if (value.kind == Kind::kUnknown) {
    reading_->gap("value-is-known", file_->source.at(value.begin, value.end),
                  "what routing or filtering depends on is known",
                  std::string(value.text), "what depends on it is unknown");
    return;
  }
  reading_->draft.problems.add(
      {"value-type", file_->source.at(value.begin, value.end),
       fmt::format("here stands {}", wanted), found(value), ""});
}

void AwsObject::knows(std::initializer_list<std::string_view> keys) const {
  for (const AwsValue::Member& member : value_->members) {
    if (member.value.empty() || member.value.text == "false") continue;
    if (std::ranges::find(keys, member.key) != keys.end()) continue;
    ++reading_->odd;
    reading_->gap("snapshot-is-understood",
                  file_->source.at(member.value.begin, member.value.end),
                  "a key of a resource is one that is known",
                  std::string(member.key), "what it may change is unknown");
  }
}

void AwsObject::report_unknown(std::string_view key) const {
  ++reading_->odd;
  reading_->gap(
      "snapshot-is-understood", where(key),
      fmt::format("the value of {} is one that is known", key),
      value_->find(key) == nullptr ? "nothing" : found(*value_->find(key)),
      "what it may change is unknown");
}

std::string AwsObject::text(std::string_view key) const {
  const AwsValue* value = find(key);
  if (value == nullptr) return {};
  if (value->kind != Kind::kText) {
    wrong(*value, "a text");
    return {};
  }
  return std::string(value->text);
}

std::optional<bool> AwsObject::flag(std::string_view key) const {
  const AwsValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == Kind::kWord && value->text == "true") return true;
  if (value->kind == Kind::kWord && value->text == "false") return false;
  wrong(*value, "true or false");
  return std::nullopt;
}

std::optional<int> AwsObject::number(std::string_view key) const {
  const AwsValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  const auto number = number_of(*value);
  if (!number) wrong(*value, "a number");
  return number;
}

bool AwsObject::has(std::string_view key) const {
  const AwsValue* value = find(key);
  return value != nullptr && !value->empty();
}

bool AwsObject::is_unknown(std::string_view key) const {
  const AwsValue* value = find(key);
  if (value == nullptr || value->kind != Kind::kUnknown) return false;
  OddScope odd{*reading_};
  wrong(*value, "");
  odd.settle();
  return true;
}

std::vector<std::string_view> AwsObject::keys() const {
  std::vector<std::string_view> keys;
  for (const AwsValue::Member& member : value_->members) {
    keys.push_back(member.key);
  }
  return keys;
}

AwsObject AwsObject::object(std::string_view key) const {
  const AwsValue* value = find(key);
  if (value != nullptr && value->kind != Kind::kMap) {
    wrong(*value, "a mapping");
    value = nullptr;
  }
  return {*reading_, *file_, value == nullptr ? kNothing : *value};
}

std::vector<AwsObject> AwsObject::list(std::string_view key) const {
  std::vector<AwsObject> elements;
  const AwsValue* value = find(key);
  if (value == nullptr) return elements;
  if (value->kind != Kind::kList) {
    wrong(*value, "a list of mappings");
    return elements;
  }
  elements.reserve(value->members.size());
  for (const AwsValue::Member& member : value->members) {
    if (member.value.kind == Kind::kMap) {
      elements.emplace_back(*reading_, *file_, member.value);
    } else {
      wrong(member.value, "a mapping");
    }
  }
  return elements;
}

std::vector<std::string> AwsObject::texts(std::string_view key) const {
  std::vector<std::string> elements;
  const AwsValue* value = find(key);
  if (value == nullptr) return elements;
  if (value->kind != Kind::kList) {
    wrong(*value, "a list of texts");
    return elements;
  }
  for (const AwsValue::Member& member : value->members) {
    if (member.value.kind == Kind::kText) {
      elements.emplace_back(member.value.text);
    } else {
      wrong(member.value, "a text");
    }
  }
  return elements;
}

std::vector<int> AwsObject::numbers(std::string_view key) const {
  std::vector<int> elements;
  const AwsValue* value = find(key);
  if (value == nullptr) return elements;
  for (const AwsValue::Member& member : value->members) {
    if (const auto number = number_of(member.value)) {
      elements.push_back(*number);
    } else {
      wrong(member.value, "a number");
    }
  }
  return elements;
}

std::optional<WrittenPrefix> AwsObject::prefix(std::string_view key) const {
  const std::string written = text(key);
  if (written.empty()) return std::nullopt;
  const auto parsed = IpPrefix::parse_loose(written);
  if (!parsed) {
    ++reading_->odd;
    reading_->draft.problems.add({"prefix", where(key), parsed.error().what,
                                  parsed.error().fragment, ""});
    return std::nullopt;
  }
  WrittenPrefix prefix;
  prefix.prefix = parsed.value().masked;
  prefix.exact = parsed.value().exact;
  prefix.host_bits = parsed.value().host_bits;
  prefix.text = written;
  prefix.where = where(key);
  return prefix;
}

std::optional<IpAddress> AwsObject::address(std::string_view key) const {
  const std::string written = text(key);
  if (written.empty()) return std::nullopt;
  const auto parsed = IpAddress::parse(written);
  if (parsed) return parsed.value();
  ++reading_->odd;
  reading_->draft.problems.add({"address", where(key), parsed.error().what,
                                parsed.error().fragment, ""});
  return std::nullopt;
}

Open<bool> AwsObject::enabled(std::string_view key, bool missing) const {
  Open<bool> result{missing, is_unknown(key), where(key)};
  if (result.unknown) return result;
  const std::string word = text(key);
  if (word.empty()) return result;
  result.value = word == "enable";
  if (word != "enable" && word != "disable") {
    result.unknown = true;
    report_unknown(key);
  }
  return result;
}

Labels AwsObject::tags(std::string_view key) const {
  Labels labels;
  const auto report = [&](const AwsValue& value) {
    reading_->draft.unlabelled.push_back(
        {"value-is-known", file_->source.at(value.begin, value.end),
         "a tag is known, because rules select by it", std::string(value.text),
         "every verdict is unknown while it is not"});
  };
  const AwsValue* tags = find(key);
  if (tags == nullptr) return labels;
  if (tags->kind == Kind::kUnknown) {
    report(*tags);
    return labels;
  }
  for (const AwsObject& tag : list(key)) {
    const AwsValue* value = tag.find("Value");
    if (value != nullptr && value->kind == Kind::kUnknown) {
      report(*value);
      continue;
    }
    const std::string name = tag.text("Key");
    if (!name.empty()) labels[name] = tag.text("Value");
  }
  return labels;
}

}  // namespace netproof::io
