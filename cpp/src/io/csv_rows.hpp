#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/csv_document.hpp"
#include "io/draft.hpp"

namespace netproof::io {

/// The columns of one kind of table that are no labels.
struct CsvForm {
  std::vector<std::string_view> columns;
  std::vector<std::string_view> required;
};

bool has_column(const CsvTable& table, std::string_view name);

/// Columns with names of their own, the required ones among them, none that is
/// a known one with one letter changed.
void check_columns(Problems& problems, const CsvTable& table,
                   const CsvForm& form);

/// One row, by the names of its columns.
struct CsvRow {
  const CsvTable& table;
  const std::vector<Node>& cells;
  const CsvForm& form;

  /// Null if there is no such column, or nothing in it.
  const Node* find(std::string_view column) const;
  /// The cells of columns that the form does not have and people do not read.
  Labels labels() const;
};

/// Adds what CSV tables say, by their columns: plans of accounts and VPCs,
/// tables of subnets, tables of interfaces. Called when all YAML has been read,
/// because a row may complete what stands there.
void add_tables(Draft& draft, const std::vector<CsvTable>& tables);

/// Rows of subnets, and the attachments that enter by them.
void add_subnet_table(Draft& draft, const CsvTable& table);
void add_interface_table(Draft& draft, const CsvTable& table);

}  // namespace netproof::io
