#pragma once

#include <optional>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// Reads a JSON text as parse_yaml reads YAML: numbers and `true` are bare
/// scalars, strings are quoted ones.
std::optional<Node> parse_json(const SourceText& source, Problems& problems);

}  // namespace netproof::io
