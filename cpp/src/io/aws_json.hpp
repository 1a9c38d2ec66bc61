#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// One JSON value of a resource, by its offsets in the file. Texts are views
/// into the file, or into the store of what had to be unescaped.
struct AwsValue {
  /// kUnknown: there is a value, which nobody knows; `text` is what it is of.
  enum class Kind : std::uint8_t { kNull, kWord, kText, kList, kMap, kUnknown };
  struct Member;

  Kind kind = Kind::kNull;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view text;        ///< of a word (number, true) or text
  std::vector<Member> members;  ///< of a list (without keys) or map

  /// The value of a key of a map; null if there is none.
  const AwsValue* find(std::string_view key) const noexcept;
  /// Nothing is said: null, an empty text, list or map.
  bool empty() const noexcept;
};

struct AwsValue::Member {
  std::string_view key;
  AwsValue value;
};

/// The same content, whatever the order of keys; `Tags` do not count, because
/// every account has its own.
bool same_content(const AwsValue& a, const AwsValue& b);

/// Takes what a file holds, while it is parsed.
class AwsSink {
 public:
  virtual ~AwsSink() = default;
  /// A list begins under a key of the root.
  virtual void list(std::string_view key) = 0;
  /// An element of that list.
  virtual void element(std::string_view key, AwsValue value) = 0;
  /// Anything else under a key of the root.
  virtual void member(std::string_view key, AwsValue value) = 0;
};

/// Parses a file whose root is a mapping of lists and hands out one element at
/// a time. False after an error, which is in the problems.
bool stream_json(const SourceText& source, std::deque<std::string>& unescaped,
                 Problems& problems, AwsSink& sink);

}  // namespace netproof::io
