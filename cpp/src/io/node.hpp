#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/location.hpp"

namespace netproof::io {

enum class NodeKind { kNull, kScalar, kList, kMap };

/// One value of a YAML or JSON document, with its place. Scalars are raw text:
/// what they mean is decided by whoever reads them, never guessed.
///
/// INVARIANT: a map has as many keys as items, and no key twice.
struct Node {
  NodeKind kind = NodeKind::kNull;
  bool quoted = false;      ///< a scalar in quotes, or a block scalar
  bool broken = false;      ///< a map of which a key was refused
  std::string text;         ///< of a scalar
  std::vector<Node> keys;   ///< of a map, scalars
  std::vector<Node> items;  ///< of a list or map
  Location where;
  /// The same place as byte offsets; those of an empty value count as well.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool is_scalar() const noexcept { return kind == NodeKind::kScalar; }
  bool is_list() const noexcept { return kind == NodeKind::kList; }
  bool is_map() const noexcept { return kind == NodeKind::kMap; }
  /// The word that opens a value, quoted or not.
  bool is_unknown() const noexcept { return is_scalar() && text == "unknown"; }

  /// The value of a key of a map; null if there is none.
  const Node* find(std::string_view key) const noexcept {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i].text == key) return &items[i];
    }
    return nullptr;
  }
};

/// "a mapping", "a list", "a text", "nothing".
constexpr std::string_view describe(NodeKind kind) noexcept {
  switch (kind) {
    case NodeKind::kNull:
      return "nothing";
    case NodeKind::kScalar:
      return "a text";
    case NodeKind::kList:
      return "a list";
    case NodeKind::kMap:
      return "a mapping";
  }
  return "";
}

}  // namespace netproof::io
