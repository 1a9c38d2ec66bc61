#pragma once

#include <optional>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// What becomes of `&name` and `*name`.
enum class Aliases { kRefuse, kFollow };

/// Reads a file of one YAML document; an empty file is a null. Nothing, with
/// the reason in `problems`, if it is not YAML. Tags are failures, and unless
/// they are followed anchors and aliases; a map with a refused key is broken.
/// What an alias stands for has the place of its anchor, a scalar that of the
/// alias.
std::optional<Node> parse_yaml(const SourceText& source, Problems& problems,
                               Aliases aliases = Aliases::kRefuse);

}  // namespace netproof::io
