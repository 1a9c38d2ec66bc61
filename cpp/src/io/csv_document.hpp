#pragma once

#include <optional>
#include <vector>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// A table: its columns, and rows of as many cells. A cell is a quoted scalar,
/// without the spaces around it.
struct CsvTable {
  std::vector<Node> columns;
  std::vector<std::vector<Node>> rows;
};

/// Reads comma-separated values (RFC 4180), skipping empty lines and lines that
/// begin with '#'. Nothing if there is no header or a quote does not end; rows
/// of a wrong length are left out, with an error.
std::optional<CsvTable> parse_csv(const SourceText& source, Problems& problems);

/// The words of a cell, separated by spaces, each with its place.
std::vector<Node> words_of(const Node& cell);

}  // namespace netproof::io
