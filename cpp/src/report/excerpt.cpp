#include "report/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace netproof::report {

namespace {

struct Step {
  char32_t point = 0;
  std::size_t bytes = 1;
};

// The next code point; a byte that is no UTF-8 stands for itself.
Step next_point(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned first = byte(0);
  const std::size_t bytes = first >= 0xf0   ? 4
                            : first >= 0xe0 ? 3
                            : first >= 0xc0 ? 2
                                            : 1;
  if (bytes == 1 || bytes > text.size()) return {first, 1};
  char32_t point = first & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    point = point << 6U | (byte(i) & 0x3fU);
  }
  return {point, bytes};
}

// East Asian wide characters take two columns.
std::size_t columns(char32_t point) {
  constexpr std::array<std::pair<char32_t, char32_t>, 7> kWide = {{
      {0x1100, 0x115f},
      {0x2e80, 0xa4cf},
      {0xac00, 0xd7a3},
      {0xf900, 0xfaff},
      {0xfe30, 0xfe6f},
      {0xff00, 0xff60},
      {0x1f300, 0x3fffd},
  }};
  return std::ranges::any_of(kWide,
                             [&](const auto& range) {
                               return range.first <= point &&
                                      point <= range.second;
                             })
             ? 2
             : 1;
}

// What moves the cursor, or turns the direction of writing.
bool moves(const Step& step) {
  const char32_t point = step.point;
  return point < 0x20 || point == 0x7f || (step.bytes > 1 && point < 0xa0) ||
         (0x202a <= point && point <= 0x202e) ||
         (0x2066 <= point && point <= 0x2069);
}

// Code points of a line that are shown, and how many of them before the carets.
constexpr std::size_t kWindow = 160;
constexpr std::size_t kLead = 60;

struct Marked {
  std::string shown;
  std::string carets;

  void add(const Step& step, std::string_view text, bool meant) {
    shown += moves(step) ? " " : text;
    carets +=
        std::string(moves(step) ? 1 : columns(step.point), meant ? '^' : ' ');
  }
};

std::size_t index_of(int column) {
  return static_cast<std::size_t>(std::max(column, 1)) - 1;
}

// A line around what is meant: a snapshot may be one line of many megabytes.
Marked mark(std::string_view line, const Location& where) {
  const std::size_t first = index_of(where.column);
  const std::size_t last =
      where.end_line > where.line ? line.size() : index_of(where.end_column);
  const std::size_t from = first > kLead ? first - kLead : 0;
  Marked marked;
  if (from > 0) marked = Marked{"...", "   "};
  std::size_t at = 0;
  std::size_t i = 0;
  for (; at < line.size() && i < from + kWindow; ++i) {
    const Step step = next_point(line.substr(at));
    const bool meant = i == first || (first < i && i < last);
    if (i >= from) marked.add(step, line.substr(at, step.bytes), meant);
    at += step.bytes;
  }
  if (at < line.size()) marked.shown += "...";
  if (i <= first) marked.carets += '^';
  marked.carets.erase(marked.carets.find_last_not_of(' ') + 1);
  return marked;
}

}  // namespace

std::string Style::paint(std::string_view code, std::string_view text) const {
  if (!colour_) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const Step step = next_point(utf8.substr(at));
    width += columns(step.point);
    at += step.bytes;
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size();) {
    const Step step = next_point(text.substr(at));
    clean += moves(step) ? " " : text.substr(at, step.bytes);
    at += step.bytes;
  }
  return clean;
}

std::optional<std::string> SourceFiles::line(const std::string& file,
                                             int number) {
  auto at = files_.find(file);
  if (at == files_.end()) {
    std::vector<std::string> lines;
    const bool absolute = file.starts_with('/');
    std::ifstream input(absolute || root_.empty() ? file : root_ + "/" + file);
    for (std::string text; std::getline(input, text);) {
      if (lines.empty() && text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
      lines.push_back(std::move(text));
    }
    at = files_.emplace(file, std::move(lines)).first;
  }
  const auto index = static_cast<std::size_t>(number) - 1;
  if (number < 1 || index >= at->second.size()) return std::nullopt;
  return at->second[index];
}

std::string excerpt(SourceFiles& files, const Location& where,
                    const Style& style) {
  if (!where.known()) return "";
  const std::string number = fmt::format("{}", where.line);
  const std::string gap(number.size(), ' ');
  std::string text = fmt::format("{}{} {}\n", gap, style.blue("-->"),
                                 printable(to_string(where)));
  const auto line = files.line(where.file, where.line);
  if (!line || where.column < 1) return text;
  const std::string bar = style.blue("|");
  const Marked marked = mark(*line, where);
  text +=
      fmt::format("{} {}\n{} {} {}\n{} {} {}\n", gap, bar, style.blue(number),
                  bar, marked.shown, gap, bar, style.red(marked.carets));
  return text;
}

}  // namespace netproof::report
