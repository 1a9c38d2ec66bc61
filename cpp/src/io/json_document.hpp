#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// Reads a JSON text as parse_yaml reads YAML: numbers and `true` are bare
/// scalars, strings are quoted ones.
std::optional<Node> parse_json(const SourceText& source, Problems& problems);

/// Why a text is no JSON, as the parser says in `error` of the byte before
/// `position`.
Diagnostic json_syntax_problem(const SourceText& source, std::size_t position,
                               std::string_view error);

}  // namespace netproof::io
