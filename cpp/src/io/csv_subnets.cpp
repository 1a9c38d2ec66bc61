#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "io/csv_rows.hpp"
#include "io/suggest.hpp"

namespace netproof::io {
namespace {

const CsvForm& subnet_form() {
  static const CsvForm form{{"subnet", "vpc", "cidr", "zone", "route_table",
                             "network_acl", "security_groups", "attachment"},
                            {"subnet", "vpc", "cidr"}};
  return form;
}

const CsvForm& interface_form() {
  static const CsvForm form{{"interface", "subnet", "address", "public_address",
                             "security_groups", "source_check"},
                            {"interface", "subnet", "address"}};
  return form;
}

Node list_of_words(const Node& cell) {
  Node list;
  list.kind = NodeKind::kList;
  list.where = cell.where;
  list.items = words_of(cell);
  return list;
}

/// A row as the mapping that says the same.
class RowMap {
 public:
  explicit RowMap(const CsvRow& row) : row_{row} {
    map_.kind = NodeKind::kMap;
    map_.where = row.cells.front().where;
  }

  void text(const char* column, const char* key) {
    if (const Node* cell = row_.find(column)) add(key, *cell);
  }
  void words(const char* column, const char* key) {
    if (const Node* cell = row_.find(column)) add(key, list_of_words(*cell));
  }
  // A cell has no quotes of its own to say that it is a text.
  void flag(const char* column, const char* key) {
    const Node* cell = row_.find(column);
    if (cell == nullptr) return;
    Node bare = *cell;
    bare.quoted = false;
    add(key, bare);
  }
  void labels() {
    Node labels;
    labels.kind = NodeKind::kMap;
    labels.where = map_.where;
    for (const auto& [name, value] : row_.labels()) {
      const Node* cell = row_.find(name);
      labels.keys.push_back(scalar(name, cell->where));
      labels.items.push_back(*cell);
    }
    if (!labels.keys.empty()) add("labels", labels);
  }

  const Node& map() const { return map_; }

 private:
  static Node scalar(std::string text, const Location& where) {
    Node node;
    node.kind = NodeKind::kScalar;
    node.text = std::move(text);
    node.where = where;
    return node;
  }
  void add(const char* key, Node value) {
    map_.keys.push_back(scalar(key, value.where));
    map_.items.push_back(std::move(value));
  }

  const CsvRow& row_;
  Node map_;
};

/// The attachments of which subnets are entries.
class Entries {
 public:
  explicit Entries(Draft& draft) : draft_{draft} {
    const auto& attachments = draft.parts.transit_attachments;
    for (std::size_t i = 0; i < attachments.size(); ++i) {
      index_.emplace(attachments[i].name, i);
    }
  }

  // `made`: the subnet could be read.
  void add(const Node& attachment, const Node& subnet, bool made) {
    const auto at = index_.find(attachment.text);
    if (at == index_.end()) {
      report_unknown(attachment);
      return;
    }
    auto& subnets = draft_.parts.transit_attachments[at->second].subnets;
    if (!subnets) subnets.emplace().where = attachment.where;
    if (made) {
      subnets->items.push_back({subnet.text, std::nullopt, attachment.where});
    } else {
      subnets->open = true;
    }
  }

 private:
  // An attachment of that name that could not be read stays left out.
  void report_unknown(const Node& cell) {
    const auto names = draft_.names.find("transit_gateway_attachments");
    if (draft_.fatal) return;
    if (names != draft_.names.end() && names->second.contains(cell.text)) {
      return;
    }
    std::vector<std::string> known;
    for (const auto& each : index_) known.push_back(each.first);
    std::ranges::sort(known);
    draft_.problems.add({"unknown-name", cell.where,
                         "a transit gateway attachment that a subnet is an "
                         "entry of exists",
                         cell.text, suggestion(cell.text, known)});
  }

  Draft& draft_;
  std::unordered_map<std::string, std::size_t> index_;
};

// False, and no more to do with the table, if its header is wrong.
bool has_form(Draft& draft, const CsvTable& table, const CsvForm& form) {
  const int before = draft.problems.failures();
  check_columns(draft.problems, table, form);
  if (draft.problems.failures() == before) return true;
  draft.fatal = true;
  return false;
}

}  // namespace

void add_subnet_table(Draft& draft, const CsvTable& table) {
  if (!has_form(draft, table, subnet_form())) return;
  Entries entries{draft};
  for (const auto& cells : table.rows) {
    const CsvRow row{table, cells, subnet_form()};
    RowMap map{row};
    map.text("subnet", "name");
    map.text("vpc", "vpc");
    map.words("cidr", "cidrs");
    map.text("zone", "zone");
    map.text("route_table", "route_table");
    map.text("network_acl", "network_acl");
    map.words("security_groups", "security_groups");
    map.labels();
    const std::size_t before = draft.parts.subnets.size();
    read_subnet(draft, map.map(), std::nullopt);
    const Node* attachment = row.find("attachment");
    const Node* subnet = row.find("subnet");
    if (attachment == nullptr || subnet == nullptr) continue;
    entries.add(*attachment, *subnet, draft.parts.subnets.size() > before);
  }
}

void add_interface_table(Draft& draft, const CsvTable& table) {
  if (!has_form(draft, table, interface_form())) return;
  for (const auto& cells : table.rows) {
    const CsvRow row{table, cells, interface_form()};
    RowMap map{row};
    map.text("interface", "name");
    map.text("subnet", "subnet");
    map.words("address", "addresses");
    map.words("public_address", "public_addresses");
    map.words("security_groups", "security_groups");
    map.flag("source_check", "source_check");
    map.labels();
    read_interface(draft, map.map(), std::nullopt);
  }
}

}  // namespace netproof::io
