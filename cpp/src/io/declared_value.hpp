#pragma once

#include <string>
#include <string_view>

#include "io/aws_snapshot.hpp"

namespace netproof::io {

/// Makes values in the shape of answers of AWS out of what a configuration
/// says. Each takes the place of the value that it is made of.
class ValueMaker {
 public:
  explicit ValueMaker(AwsFile& file) : file_{&file} {}

  AwsFile& file() const noexcept { return *file_; }

  /// `text` is kept with the file.
  AwsValue text(std::string_view text, const AwsValue& at) const;
  static AwsValue flag(bool value, const AwsValue& at);
  static AwsValue map(const AwsValue& at);
  static AwsValue list(const AwsValue& at);
  /// A value that nobody knows; `about` says of what.
  AwsValue unknown(std::string_view about, const AwsValue& at) const;

 private:
  AwsFile* file_;
};

/// Adds a key to a map; an absent value adds nothing.
void put(AwsValue& map, std::string_view key, AwsValue value);
/// Adds an element to a list.
void push(AwsValue& list, AwsValue value);
/// Adds an element to the list under `key` of a map, which is made if there is
/// none. A list that nobody knows stays unknown.
void push(AwsValue& map, std::string_view key, AwsValue value);

/// Takes the place of what the map has under the key.
void replace(AwsValue& map, std::string_view key, AwsValue value);
/// The text under a key of a map; "" if there is none, or nobody knows it.
std::string_view known_text(const AwsValue& map, std::string_view key);

inline bool is_unknown(const AwsValue& value) noexcept {
  return value.kind == AwsValue::Kind::kUnknown;
}

/// Whether something within is not known.
bool has_unknown(const AwsValue& value);

/// The value under a key of a map; null if nothing is said.
AwsValue said(const AwsValue& map, std::string_view key);
inline bool is_null(const AwsValue& value) noexcept {
  return value.kind == AwsValue::Kind::kNull;
}
/// A known text or word; "" else.
std::string_view known(const AwsValue& value);

}  // namespace netproof::io
