#pragma once

#include <compare>
#include <string>

namespace netproof {

/// A place in a file that the user wrote. Lines and columns count from 1, a
/// column counts code points, the end is exclusive; 0 means "not known".
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
  int end_line = 0;
  int end_column = 0;

  bool known() const noexcept { return !file.empty() && line > 0; }

  friend auto operator<=>(const Location&, const Location&) = default;
};

/// "tables.yaml:41:9"; "" if the place is not known.
std::string to_string(const Location& where);

}  // namespace netproof
