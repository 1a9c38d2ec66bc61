#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// How a file calls itself in Locations: relative to `root`, with slashes.
std::string display_name(const std::filesystem::path& path,
                         const std::filesystem::path& root);

/// The folder to which Locations of `path` are relative.
std::filesystem::path root_of(const std::filesystem::path& path);

/// The text of a regular file of at most `largest` bytes of UTF-8. `named` is
/// where the file was asked for, if somewhere was written.
std::optional<SourceText> read_text_file(const std::filesystem::path& path,
                                         const std::string& display,
                                         const Location& named,
                                         Problems& problems,
                                         std::size_t largest = kLargestFile);

/// Checks size and encoding of a text that is in memory.
bool is_readable(const SourceText& source, Problems& problems,
                 std::size_t largest = kLargestFile);

/// Reads JSON if the file ends in ".json", else YAML.
std::optional<Node> parse_document(const SourceText& source,
                                   Problems& problems);

}  // namespace netproof::io
