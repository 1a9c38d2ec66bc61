#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "netproof/base/diagnostic.hpp"

namespace netproof::io {

inline constexpr std::size_t kLargestFile = std::size_t{64} << 20U;
/// What a program wrote may be larger than what a person writes.
inline constexpr std::size_t kLargestSnapshotFile = std::size_t{2} << 30U;
inline constexpr int kDeepestNesting = 64;

/// The text of one file and the way from byte offsets to places.
///
/// A byte order mark at the start is taken off and counts as nothing.
class SourceText {
 public:
  SourceText(std::string file, std::string text);
  /// Several texts one behind the other. An offset tells which it is in, and
  /// places are places of that one.
  explicit SourceText(std::vector<SourceText> parts);

  /// Where the text of a part begins.
  std::size_t start_of(std::size_t part) const { return starts_.at(part); }

  const std::string& file() const noexcept { return file_; }
  const std::string& text() const noexcept { return text_; }

  /// The place of the bytes from `begin` up to `end`, in code points. Offsets
  /// beyond the text mean its end. COST: logarithmic in the number of lines.
  Location at(std::size_t begin, std::size_t end) const;

  /// What makes the text no text: a NUL byte, or bytes that are not UTF-8.
  std::optional<Diagnostic> encoding_problem() const;

 private:
  struct Point {
    int line = 0;
    int column = 0;
  };
  Point point(std::size_t offset) const;
  std::size_t points_before(std::size_t offset) const;

  std::string file_;
  std::string text_;
  std::vector<std::size_t> line_starts_;
  // The code points before each block of the text: a whole document may stand
  // on one line.
  std::vector<std::size_t> points_before_;
  std::vector<SourceText> parts_;
  std::vector<std::size_t> starts_;
};

}  // namespace netproof::io
