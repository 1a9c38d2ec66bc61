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

// The first `points` code points of a text.
std::string_view head(std::string_view text, int points) {
  std::size_t at = 0;
  for (int i = 0; i < points && at < text.size(); ++i) {
    at += next_point(text.substr(at)).bytes;
  }
  return text.substr(0, at);
}

std::string carets(const std::string& line, const Location& where) {
  const std::string_view before = head(line, where.column - 1);
  const bool to_the_end = where.end_line > where.line;
  const int wanted = where.end_column - where.column;
  std::string_view meant = std::string_view(line).substr(before.size());
  if (!to_the_end) meant = head(meant, std::max(1, wanted));
  return std::string(display_width(before), ' ') +
         std::string(std::max<std::size_t>(1, display_width(meant)), '^');
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
    const bool control = step.point < 0x20 || step.point == 0x7f ||
                         (step.bytes > 1 && step.point < 0xa0);
    clean += control ? " " : text.substr(at, step.bytes);
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
      lines.push_back(printable(text));
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
  text +=
      fmt::format("{} {}\n{} {} {}\n{} {} {}\n", gap, bar, style.blue(number),
                  bar, *line, gap, bar, style.red(carets(*line, where)));
  return text;
}

}  // namespace netproof::report
