#include "io/csv_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "io/plan.hpp"
#include "io/suggest.hpp"

namespace netproof::io {
namespace {

constexpr std::array<std::string_view, 3> kUnread{"comment", "section",
                                                  "description"};
// They say which kind of table it is.
constexpr std::array<std::string_view, 2> kKinds{"subnet", "interface"};
// Shorter names are too near to many words.
constexpr std::size_t kShortestTypo = 3;

bool is_unread(std::string_view name) {
  return name.starts_with("x-") ||
         std::ranges::find(kUnread, name) != kUnread.end();
}

bool is_of(const CsvForm& form, std::string_view name) {
  return std::ranges::find(form.columns, name) != form.columns.end();
}

void check_name(Problems& problems, const Node& column, const CsvForm& form) {
  const std::string& name = column.text;
  if (is_of(form, name) || is_unread(name)) return;
  std::vector<std::string_view> known = form.columns;
  known.insert(known.end(), kKinds.begin(), kKinds.end());
  for (const std::string_view each : known) {
    if (each.size() < kShortestTypo || edit_distance(name, each) != 1) continue;
    problems.add({"csv-column", column.where,
                  "a column is one that is known, or a label with a name of "
                  "its own",
                  name, fmt::format("did you mean '{}'?", each)});
    return;
  }
}

}  // namespace

bool has_column(const CsvTable& table, std::string_view name) {
  return std::ranges::any_of(
      table.columns, [&](const Node& column) { return column.text == name; });
}

void check_columns(Problems& problems, const CsvTable& table,
                   const CsvForm& form) {
  std::set<std::string_view> seen;
  for (const Node& column : table.columns) {
    if (column.text.empty() || !seen.insert(column.text).second) {
      problems.add({"csv-column", column.where,
                    "a column has a name, and each another one", column.text,
                    ""});
    }
    check_name(problems, column, form);
  }
  for (const std::string_view required : form.required) {
    if (has_column(table, required)) continue;
    problems.add({"csv-header", table.columns.front().where,
                  fmt::format("a table with a column '{}' has a column '{}'",
                              form.required.front(), required),
                  fmt::format("no '{}'", required), ""});
  }
}

const Node* CsvRow::find(std::string_view column) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (table.columns[i].text == column) {
      return cells[i].text.empty() ? nullptr : &cells[i];
    }
  }
  return nullptr;
}

Labels CsvRow::labels() const {
  Labels labels;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string& name = table.columns[i].text;
    if (!cells[i].text.empty() && !is_of(form, name) && !is_unread(name)) {
      labels.emplace(name, cells[i].text);
    }
  }
  return labels;
}

void add_tables(Draft& draft, const std::vector<CsvTable>& tables) {
  std::vector<CsvTable> plans;
  for (const CsvTable& table : tables) {
    if (!has_column(table, "subnet") && !has_column(table, "interface")) {
      plans.push_back(table);
    }
  }
  add_plans(draft, plans);
  for (const CsvTable& table : tables) {
    if (has_column(table, "interface")) {
      add_interface_table(draft, table);
    } else if (has_column(table, "subnet")) {
      add_subnet_table(draft, table);
    }
  }
}

}  // namespace netproof::io
