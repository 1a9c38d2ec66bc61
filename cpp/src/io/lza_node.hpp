#pragma once

#include <string>
#include <string_view>

#include "io/node.hpp"

namespace netproof::io {

// Nodes of a topology that stand for what another format says, with the place
// where it says so.

/// A text in quotes: whatever it looks like, it is a text.
Node text_node(std::string text, const Location& where);
/// A bare word or number.
Node word_node(std::string word, const Location& where);
inline Node unknown_node(const Location& where) {
  return word_node("unknown", where);
}
Node list_node(const Location& where);
Node map_node(const Location& where);

/// Adds a key, at the place of its value.
void put(Node& map, std::string_view key, Node value);
void put_text(Node& map, std::string_view key, const std::string& text,
              const Location& where);
void push(Node& list, Node value);

}  // namespace netproof::io
