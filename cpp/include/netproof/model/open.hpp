#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "netproof/base/location.hpp"
#include "netproof/model/ids.hpp"

namespace netproof {

/// A value that the author may have left open with the word `unknown`.
template <class T>
struct Open {
  T value{};
  bool unknown = false;
  Location where;

  bool is(const T& wanted) const { return !unknown && value == wanted; }
  /// True unless it is known to be something else.
  bool may_be(const T& wanted) const { return unknown || value == wanted; }
};

/// A list that holds `items` and, if `open`, possibly more.
template <class T>
struct OpenList {
  std::vector<T> items;
  bool open = false;
  Location where;
};

/// A reference by name. `id` is empty if nothing of that name exists: a
/// finding, and whatever depends on it is unknown.
template <class Kind>
struct Ref {
  std::string name;
  std::optional<Id<Kind>> id;
  Location where;

  explicit operator bool() const noexcept { return id.has_value(); }
};

}  // namespace netproof
