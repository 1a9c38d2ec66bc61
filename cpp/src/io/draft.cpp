#include "io/draft.hpp"

#include <fmt/format.h>

namespace netproof::io {

bool take_name(Draft& draft, std::string_view kind, const std::string& name,
               const Location& where, Location& first) {
  auto table = draft.names.find(kind);
  if (table == draft.names.end()) {
    table = draft.names
                .emplace(std::string(kind), std::map<std::string, Location>{})
                .first;
  }
  const auto [at, added] = table->second.emplace(name, where);
  if (added) return true;
  first = at->second;
  draft.unusable.emplace(std::string(kind), name);
  return false;
}

void register_name(Draft& draft, std::string_view kind, const std::string& name,
                   const Location& where) {
  Location first;
  if (take_name(draft, kind, name, where, first)) return;
  draft.problems.add({"duplicate-name", where,
                      fmt::format("a name stands for one object of {}", kind),
                      name, fmt::format("first at {}", to_string(first))});
}

void read_common(Draft& draft, Fields& fields, std::string_view kind,
                 Object& object) {
  const Node* name = fields.need("name");
  if (name != nullptr) {
    if (const auto text = read_text(draft.problems, *name)) {
      object.name = *text;
      object.where = name->where;
      if (!kind.empty()) register_name(draft, kind, *text, name->where);
    }
  }
  object.account = fields.text("account");
  if (const Node* labels = fields.find("labels")) {
    object.labels = read_labels(draft.problems, *labels);
  }
  fields.prose("description");
}

void each_object(Draft& draft, const Node* list, bool* open,
                 const std::function<void(const Node&)>& read) {
  if (list == nullptr) return;
  const auto each = [&](const Node& item) {
    if (!item.is_unknown()) {
      read(item);
    } else if (open != nullptr) {
      *open = true;
    } else {
      draft.problems.add_unknown(item);
    }
  };
  if (list->is_scalar()) {
    each(*list);
  } else if (list->is_list()) {
    for (const Node& item : list->items) each(item);
  } else {
    wrong_type(draft.problems, *list, "a list of mappings");
  }
}

Node object_of(const Node& node) {
  Node key;
  key.kind = NodeKind::kScalar;
  key.text = "name";
  key.where = node.where;
  Node map;
  map.kind = NodeKind::kMap;
  map.where = node.where;
  map.keys.push_back(std::move(key));
  map.items.push_back(node);
  return map;
}

std::vector<WrittenPrefix> read_destinations(Problems& problems,
                                             const Node& node) {
  return read_list<WrittenPrefix>(
      problems, node, [&](const Node& item, auto& out) {
        if (auto prefix = read_prefix(problems, item)) {
          out.push_back(std::move(*prefix));
        }
      });
}

std::vector<Destination> read_vpc_destinations(Problems& problems,
                                               const Node& node, bool in_vpc) {
  std::vector<Destination> result;
  const auto read = [&](const Node& item, auto& out) {
    if (item.is_map()) {
      out.push_back(read_vpc_prefixes(problems, item, in_vpc));
    } else if (auto prefix = read_prefix(problems, item)) {
      out.push_back(std::move(*prefix));
    }
  };
  if (node.is_map()) {
    read(node, result);
    return result;
  }
  return read_list<Destination>(problems, node, read);
}

}  // namespace netproof::io
