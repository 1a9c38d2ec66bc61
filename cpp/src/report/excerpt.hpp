#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/location.hpp"

namespace netproof::report {

/// Colours for a terminal, or none at all.
class Style {
 public:
  explicit Style(bool colour) : colour_{colour} {}

  std::string red(std::string_view text) const { return paint("1;31", text); }
  std::string yellow(std::string_view text) const {
    return paint("1;33", text);
  }
  std::string green(std::string_view text) const { return paint("1;32", text); }
  std::string blue(std::string_view text) const { return paint("1;34", text); }
  std::string bold(std::string_view text) const { return paint("1", text); }

 private:
  std::string paint(std::string_view code, std::string_view text) const;

  bool colour_;
};

/// The lines of the user's files, read when they are first wanted.
class SourceFiles {
 public:
  explicit SourceFiles(std::string root) : root_{std::move(root)} {}

  /// A line as it is written; nothing if it cannot be read.
  std::optional<std::string> line(const std::string& file, int number);

 private:
  std::string root_;
  std::map<std::string, std::vector<std::string>> files_;
};

/// The place with its line and carets under what is meant:
///   --> net.yaml:14:11
///    |
/// 14 |   cidr: 10.0.1.0/16
///    |         ^^^^^^^^^^^
/// Long lines are cut around what is meant, and nothing of a file moves the
/// cursor. Only the first line if the file cannot be read; "" if nothing is
/// known.
std::string excerpt(SourceFiles& files, const Location& where,
                    const Style& style);

/// The number of columns that a terminal gives a text in UTF-8.
std::size_t display_width(std::string_view utf8);

/// The text without control characters: it comes from files that anybody may
/// have written.
std::string printable(std::string_view text);

}  // namespace netproof::report
