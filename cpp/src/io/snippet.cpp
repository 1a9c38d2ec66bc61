#include "netproof/io/snippet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "io/source_text.hpp"

namespace netproof {
namespace {

namespace fs = std::filesystem;

// Code points of a line that are shown, before and after the caret.
constexpr std::size_t kWindow = 160;
constexpr std::size_t kLead = 60;

constexpr const char* kRed = "\x1b[1;31m";
constexpr const char* kBlue = "\x1b[1;34m";
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kPlain = "\x1b[0m";

// The code points of a line, each as its bytes; what would move the cursor is a
// space or a question mark.
std::vector<std::string> code_points(const std::string& line) {
  std::vector<std::string> points;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0U) == 0x80U && !points.empty()) {
      points.back() += c;
    } else if (byte == '\t') {
      points.emplace_back(" ");
    } else if (byte < 0x20U || byte == 0x7fU) {
      points.emplace_back("?");
    } else {
      points.emplace_back(1, c);
    }
  }
  // C1 controls, and the marks that turn the direction of writing.
  for (std::string& point : points) {
    const bool c1 = point.size() == 2 && point[0] == '\xc2' &&
                    static_cast<unsigned char>(point[1]) < 0xa0U;
    const bool turns = point >= "\xe2\x80\xaa" && point <= "\xe2\x80\xae";
    const bool isolates = point >= "\xe2\x81\xa6" && point <= "\xe2\x81\xa9";
    if (c1 || turns || isolates) point = "?";
  }
  return points;
}

// Columns on a terminal: two for the wide letters of East Asia.
std::size_t width_of(const std::string& point) {
  struct Range {
    const char* first;
    const char* last;
  };
  // U+1100-115F, U+2E80-A4CF, U+AC00-D7A3, U+F900-FAFF, U+FF00-FF60,
  // U+1F300-1F9FF; UTF-8 sorts like the numbers.
  static constexpr std::array<Range, 6> kWide{{
      {"\xe1\x84\x80", "\xe1\x85\x9f"},
      {"\xe2\xba\x80", "\xea\x93\x8f"},
      {"\xea\xb0\x80", "\xed\x9e\xa3"},
      {"\xef\xa4\x80", "\xef\xab\xbf"},
      {"\xef\xbc\x80", "\xef\xbd\xa0"},
      {"\xf0\x9f\x8c\x80", "\xf0\x9f\xa7\xbf"},
  }};
  const bool wide = std::ranges::any_of(kWide, [&](const Range& range) {
    return point >= range.first && point <= range.last;
  });
  return wide ? 2 : 1;
}

class Files {
 public:
  explicit Files(const std::string& root) : root_{root} {}

  // The text of a line, if the file is there and has it.
  std::optional<std::string> line(const std::string& file, int number) {
    auto at = lines_.find(file);
    if (at == lines_.end()) at = lines_.emplace(file, load(file)).first;
    const auto index = static_cast<std::size_t>(number) - 1;
    if (index >= at->second.size()) return std::nullopt;
    return at->second[index];
  }

 private:
  std::vector<std::string> load(const std::string& file) const {
    std::error_code error;
    fs::path path = root_.empty() ? fs::path(file) : fs::path(root_) / file;
    if (!fs::is_regular_file(path, error)) path = file;
    std::vector<std::string> lines;
    if (!fs::is_regular_file(path, error)) return lines;
    const auto size = fs::file_size(path, error);
    if (error || size > io::kLargestFile) return lines;
    std::ifstream stream{path, std::ios::binary};
    for (std::string line; std::getline(stream, line);) {
      if (line.ends_with('\r')) line.pop_back();
      if (lines.empty() && line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
      lines.push_back(std::move(line));
    }
    return lines;
  }

  std::string root_;
  std::map<std::string, std::vector<std::string>> lines_;
};

class Renderer {
 public:
  explicit Renderer(const RenderOptions& options)
      : options_{options}, files_{options.root} {}

  std::string render(const Diagnostic& diagnostic) {
    std::string text = headline(diagnostic);
    const Location& where = diagnostic.where;
    if (where.file.empty()) return text + note("", diagnostic.help);
    const std::string gutter(fmt::format("{}", where.line).size(), ' ');
    const std::string place = where.known() ? to_string(where) : where.file;
    text += gutter + paint(kBlue, "-->") + " " + place + "\n";
    if (where.known()) {
      if (const auto line = files_.line(where.file, where.line)) {
        text += snippet(where, *line, gutter);
      }
    }
    return text + note(gutter, diagnostic.help);
  }

 private:
  std::string paint(const char* color, const std::string& text) const {
    return options_.color ? color + text + kPlain : text;
  }

  std::string headline(const Diagnostic& diagnostic) const {
    std::string message = diagnostic.what;
    if (!diagnostic.fragment.empty()) {
      message += fmt::format(", not '{}'", diagnostic.fragment);
    }
    const std::string level =
        fmt::format("{}[{}]", options_.level, diagnostic.code);
    return paint(kRed, level) + paint(kBold, ": " + message) + "\n";
  }

  std::string snippet(const Location& where, const std::string& line,
                      const std::string& gutter) const {
    const auto points = code_points(line);
    const auto first = std::min(
        static_cast<std::size_t>(std::max(where.column, 1)) - 1, points.size());
    const bool one_line = where.end_line == where.line;
    const auto last = std::clamp(
        one_line ? static_cast<std::size_t>(std::max(where.end_column, 1)) - 1
                 : points.size(),
        first, points.size());
    const std::size_t from = first > kLead ? first - kLead : 0;
    const std::size_t to = std::min(points.size(), from + kWindow);
    std::string shown = from > 0 ? "..." : "";
    std::string under(shown.size(), ' ');
    for (std::size_t i = from; i < to; ++i) {
      shown += points[i];
      const bool marked = first <= i && i < last;
      under += std::string(width_of(points[i]), marked ? '^' : ' ');
    }
    if (to < points.size()) shown += "...";
    under.erase(under.find_last_not_of(' ') + 1);
    // Nothing to underline, as at the end of a line: one caret.
    if (first == last || first >= to) under = pad_to(points, from, first);
    const std::string bar = paint(kBlue, "|");
    return fmt::format("{0} {1}\n{2} {1} {3}\n{0} {1} {4}\n", gutter, bar,
                       paint(kBlue, fmt::format("{}", where.line)), shown,
                       paint(kRed, under));
  }

  static std::string pad_to(const std::vector<std::string>& points,
                            std::size_t from, std::size_t column) {
    std::string under = from > 0 ? "   " : "";
    for (std::size_t i = from; i < column; ++i) {
      under += std::string(width_of(points[i]), ' ');
    }
    return under + "^";
  }

  std::string note(const std::string& gutter, const std::string& help) const {
    if (help.empty()) return "";
    return fmt::format("{} {} help: {}\n", gutter, paint(kBlue, "="), help);
  }

  RenderOptions options_;
  Files files_;
};

}  // namespace

std::string render(const Diagnostics& diagnostics,
                   const RenderOptions& options) {
  Renderer renderer{options};
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty()) text += "\n";
    text += renderer.render(diagnostic);
  }
  return text;
}

}  // namespace netproof
