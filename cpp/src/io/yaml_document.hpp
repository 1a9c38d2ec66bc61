#pragma once

#include <optional>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// Reads a file of one YAML document; an empty file is a null. Nothing, with
/// the reason in `problems`, if it is not YAML. Anchors, aliases and tags are
/// failures; a map with a refused key is broken.
std::optional<Node> parse_yaml(const SourceText& source, Problems& problems);

}  // namespace netproof::io
