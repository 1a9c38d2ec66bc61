#include <algorithm>
#include <charconv>
#include <utility>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

// YAML has many words for these.
std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace

AwsValue number_of(const ValueMaker& maker, const AwsValue& value) {
  if (value.kind != Kind::kText) return value;
  int parsed = 0;
  const char* const end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, parsed);
  // What begins with a zero may be octal.
  const bool octal = value.text.size() > 1 && value.text.starts_with('0');
  if (error != std::errc{} || stop != end || octal) {
    return maker.unknown(value.text, value);
  }
  AwsValue word = value;
  word.kind = Kind::kWord;
  return word;
}

std::optional<bool> flag_of(const AwsValue& value) {
  const std::string word = lower(known(value));
  for (const char* yes : {"true", "yes", "on", "1"}) {
    if (word == yes) return true;
  }
  for (const char* no : {"false", "no", "off", "0"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

AwsValue one_key(std::string_view key, const AwsValue& value) {
  AwsValue made = ValueMaker::map(value);
  put(made, key, value);
  return made;
}

AwsValue unknown_permission(const ValueMaker& maker, std::string_view why,
                            const AwsValue& at) {
  return one_key("IpProtocol", maker.unknown(why, at));
}

AwsValue CloudFormationFields::value(std::string_view property) const {
  return said(resource_->properties, property);
}

AwsValue CloudFormationFields::need(std::string_view property) const {
  AwsValue found = value(property);
  if (found.kind == Kind::kText || is_unknown(found)) return found;
  return context_->network.maker().unknown(about(property), at());
}

std::string CloudFormationFields::text(std::string_view property) const {
  return std::string(known(value(property)));
}

bool CloudFormationFields::says(std::string_view property) const {
  return !is_null(value(property));
}

std::optional<bool> CloudFormationFields::flag(std::string_view property,
                                               bool missing) const {
  const AwsValue found = value(property);
  return is_null(found) ? missing : flag_of(found);
}

AwsValue CloudFormationFields::many(std::string_view property) const {
  AwsValue found = value(property);
  if (found.kind != Kind::kText) return found;
  AwsValue list = ValueMaker::list(found);
  push(list, std::move(found));
  return list;
}

void CloudFormationFields::copy(AwsValue& to, std::string_view property,
                                std::string_view key) const {
  put(to, key, value(property));
}

void CloudFormationFields::copy_tags(AwsValue& to, std::string_view key) const {
  AwsValue tags = value("Tags");
  // Whether a tag is there that nobody knows is not known either.
  for (const AwsValue::Member& one : tags.members) {
    const bool whole =
        one.value.kind == Kind::kMap && !is_unknown(said(one.value, "Key"));
    if (whole) continue;
    tags = context_->network.maker().unknown(about("Tags"), tags);
    break;
  }
  put(to, key, std::move(tags));
}

}  // namespace netproof::io
