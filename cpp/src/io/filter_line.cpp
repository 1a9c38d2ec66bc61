#include "io/filter_line.hpp"

namespace netproof::io {

Open<TransportSet> read_open_service(Fields& fields) {
  Open<TransportSet> service;
  const Node* node = fields.need("service");
  if (node == nullptr) return service;
  service.where = node->where;
  service.unknown = true;
  if (node->is_unknown()) return service;
  Problems& problems = fields.problems();
  const int before = problems.failures();
  const ElementScope scope{problems, true};
  if (const auto set = read_service(problems, *node)) {
    service.value = *set;
    service.unknown = false;
  }
  problems.forgive(before);
  return service;
}

Open<bool> read_action(Fields& fields, const char* key) {
  Open<bool> allow{false, true, {}};
  const Node* node = fields.need(key);
  if (node == nullptr) return allow;
  allow.where = node->where;
  if (node->is_unknown()) return allow;
  const int before = fields.problems().failures();
  const auto choice = read_choice(fields.problems(), *node, {"deny", "allow"});
  fields.problems().forgive(before);
  if (choice) {
    allow.value = *choice == 1;
    allow.unknown = false;
  }
  return allow;
}

void refuse_empty(Problems& problems, const Node& node) {
  if (!node.is_list() || !node.items.empty()) return;
  problems.add({"empty-list", node.where, "a list of what matches names some",
                "[]", "leave the key out to match anything"});
}

}  // namespace netproof::io
