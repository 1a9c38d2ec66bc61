#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/draft.hpp"
#include "io/node.hpp"

namespace netproof::io {

/// What readers of a landing zone share. `gaps` are warnings: what was not
/// understood, or is decided elsewhere, and is unknown (S161).
struct LzaReading {
  Draft& draft;
  Problems gaps = {};
  std::map<std::string, int> told = {};  ///< gaps of one sort, by how often

  void gap(const Location& where, const std::string& what,
           const std::string& fragment, const std::string& help);
};

/// Whether a text holds a variable that could not be replaced, or a lookup
/// that is made when the accelerator runs (S163).
bool is_unresolved(std::string_view text);

/// One mapping of a configuration file, by what its keys want. Values of a
/// wrong type are errors.
class LzaObject {
 public:
  LzaObject(LzaReading& reading, const Node& map, std::string what);

  /// Names the keys that are understood. False, and a gap, if there are others.
  bool knows(std::initializer_list<std::string_view> keys) const;

  /// The value of a key; null if it says nothing.
  const Node* find(std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }
  /// The place of a key, or of the object.
  const Location& where(std::string_view key) const;
  const Location& where() const noexcept { return map_->where; }

  /// The text of a key; "" if it is not there.
  std::string text(std::string_view key) const;
  /// The same for what has to be there.
  std::string need(std::string_view key) const;
  /// `true` or `false`; `otherwise` if it is not there, nothing if nobody
  /// knows.
  std::optional<bool> flag(std::string_view key, bool otherwise) const;
  /// The same for `enable` and `disable`.
  std::optional<bool> enabled(std::string_view key, bool otherwise) const;
  std::optional<int> number(std::string_view key) const;
  /// The elements of a list; a single value stands for itself.
  std::vector<const Node*> list(std::string_view key) const;
  /// The elements of a list of mappings.
  std::vector<LzaObject> objects(std::string_view key,
                                 const std::string& what) const;
  std::optional<LzaObject> object(std::string_view key,
                                  const std::string& what) const;
  /// The names in a list, with their places; "" is left out.
  std::vector<const Node*> texts(std::string_view key) const;

  LzaReading& reading() const noexcept { return *reading_; }

 private:
  void refuse(const Node& node, std::string_view wanted) const;
  std::optional<bool> one_of(std::string_view key, bool otherwise,
                             std::string_view yes, std::string_view no) const;

  LzaReading* reading_;
  const Node* map_;
  std::string what_;
};

}  // namespace netproof::io
