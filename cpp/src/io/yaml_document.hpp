#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// What becomes of `&name` and `*name`.
enum class Aliases { kRefuse, kFollow };

/// The key that a tag is short for: `!Ref a` is read as {Ref: a}. "" for a tag
/// that is short for nothing.
using LongForm = std::string (*)(std::string_view tag);

/// Reads a file of one YAML document; an empty file is a null. Nothing, with
/// the reason in `problems`, if it is not YAML. Tags without a long form are
/// failures, and unless they are followed anchors and aliases; a map with a
/// refused key is broken. What an alias stands for has the place of its anchor,
/// a scalar that of the alias.
std::optional<Node> parse_yaml(const SourceText& source, Problems& problems,
                               Aliases aliases = Aliases::kRefuse,
                               LongForm long_form = nullptr);

}  // namespace netproof::io
