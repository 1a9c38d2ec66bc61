// What stands behind the keys of an object.
#include "io/kubernetes_object.hpp"

namespace netproof::io {

const Node* inside(const Node& node, std::initializer_list<const char*> keys) {
  const Node* at = &node;
  for (const char* key : keys) {
    at = at->is_map() ? at->find(key) : nullptr;
    if (at == nullptr) return nullptr;
  }
  return at->kind == NodeKind::kNull ? nullptr : at;
}

std::string text_inside(const Node& node,
                        std::initializer_list<const char*> keys) {
  const Node* found = inside(node, keys);
  return found != nullptr && found->is_scalar() ? found->text : "";
}

const std::vector<Node>& list_inside(const Node& node,
                                     std::initializer_list<const char*> keys) {
  static const std::vector<Node> none;
  const Node* found = inside(node, keys);
  return found != nullptr && found->is_list() ? found->items : none;
}

bool flag_inside(Problems& problems, const Node& node,
                 std::initializer_list<const char*> keys) {
  const Node* found = inside(node, keys);
  return found != nullptr && read_bool(problems, *found).value_or(false);
}

Labels labels_inside(Problems& problems, const Node& node,
                     std::initializer_list<const char*> keys) {
  Labels labels;
  const Node* found = inside(node, keys);
  if (found == nullptr) return labels;
  if (!found->is_map()) {
    wrong_type(problems, *found, "labels");
    return labels;
  }
  for (std::size_t i = 0; i < found->keys.size(); ++i) {
    const Node& value = found->items[i];
    if (value.is_scalar() || value.kind == NodeKind::kNull) {
      labels[found->keys[i].text] = value.text;
    } else {
      wrong_type(problems, value, "a text");
    }
  }
  return labels;
}

}  // namespace netproof::io
