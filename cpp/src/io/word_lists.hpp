#pragma once

#include <algorithm>
#include <string_view>

namespace netproof::io {

/// Whether a list of words holds `word`.
template <class List>
bool among(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

/// Whether `word` begins with one of a list.
template <class List>
bool begins_with_one_of(const List& list, std::string_view word) {
  return std::ranges::any_of(
      list, [&](std::string_view one) { return word.starts_with(one); });
}

}  // namespace netproof::io
