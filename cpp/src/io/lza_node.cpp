#include "io/lza_node.hpp"

#include <utility>

namespace netproof::io {

Node word_node(std::string word, const Location& where) {
  Node node;
  node.kind = NodeKind::kScalar;
  node.text = std::move(word);
  node.where = where;
  return node;
}

Node text_node(std::string text, const Location& where) {
  Node node = word_node(std::move(text), where);
  node.quoted = true;
  return node;
}

Node list_node(const Location& where) {
  Node node;
  node.kind = NodeKind::kList;
  node.where = where;
  return node;
}

Node map_node(const Location& where) {
  Node node;
  node.kind = NodeKind::kMap;
  node.where = where;
  return node;
}

void put(Node& map, std::string_view key, Node value) {
  map.keys.push_back(text_node(std::string(key), value.where));
  map.items.push_back(std::move(value));
}

void put_text(Node& map, std::string_view key, const std::string& text,
              const Location& where) {
  put(map, key, text_node(text, where));
}

void push(Node& list, Node value) { list.items.push_back(std::move(value)); }

}  // namespace netproof::io
