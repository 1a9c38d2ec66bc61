#include "io/csv_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace netproof::io {
namespace {

int code_points(const std::string& text) {
  return static_cast<int>(std::ranges::count_if(text, [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

class CsvParser {
 public:
  CsvParser(const SourceText& source, Problems& problems)
      : source_{source}, text_{source.text()}, problems_{problems} {}

  std::optional<CsvTable> parse() {
    std::vector<std::vector<Node>> lines;
    while (skip_to_line()) {
      auto line = read_line();
      if (!line) return std::nullopt;
      lines.push_back(std::move(*line));
    }
    if (lines.empty()) {
      problems_.add({"csv-header", source_.at(0, 0),
                     "the first line of a table names its columns",
                     "an empty file", ""});
      return std::nullopt;
    }
    CsvTable table;
    table.columns = std::move(lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) {
      add_row(table, std::move(lines[i]));
    }
    return table;
  }

 private:
  // To the next line that holds cells.
  bool skip_to_line() {
    while (at_ < text_.size()) {
      const std::size_t first = text_.find_first_not_of(" \t\r", at_);
      if (first == std::string::npos) return false;
      if (text_[first] != '\n' && text_[first] != '#') return true;
      at_ = text_.find('\n', first);
      if (at_ == std::string::npos) return false;
      ++at_;
    }
    return false;
  }

  std::optional<std::vector<Node>> read_line() {
    std::vector<Node> cells;
    while (true) {
      auto cell = read_cell();
      if (!cell) return std::nullopt;
      cells.push_back(std::move(*cell));
      if (at_ >= text_.size()) return cells;
      const char separator = text_[at_++];
      if (separator == '\n') return cells;
    }
  }

  // Stops at the comma or line end behind the cell.
  std::optional<Node> read_cell() {
    at_ = text_.find_first_not_of(" \t", at_);
    if (at_ == std::string::npos) at_ = text_.size();
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
    const std::size_t begin = at_;
    at_ = text_.find_first_of(",\n", at_);
    if (at_ == std::string::npos) at_ = text_.size();
    std::size_t end = at_;
    while (end > begin && is_blank(text_[end - 1])) --end;
    return cell(text_.substr(begin, end - begin), begin, end);
  }

  std::optional<Node> read_quoted() {
    const std::size_t begin = at_++;
    std::string value;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c != '"') {
        value += c;
      } else if (at_ < text_.size() && text_[at_] == '"') {
        value += '"';
        ++at_;
      } else {
        return end_of_quoted(std::move(value), begin);
      }
    }
    problems_.add({"csv-quote", source_.at(begin, begin + 1),
                   "a quote that opens a cell is closed", "\"", ""});
    return std::nullopt;
  }

  std::optional<Node> end_of_quoted(std::string value, std::size_t begin) {
    const std::size_t end = at_;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') {
      problems_.add({"csv-quote", source_.at(at_, at_ + 1),
                     "a cell in quotes ends with them", text_.substr(at_, 1),
                     "a quote inside quotes is doubled"});
      return std::nullopt;
    }
    return cell(std::move(value), begin, end);
  }

  Node cell(std::string value, std::size_t begin, std::size_t end) const {
    Node node;
    node.kind = NodeKind::kScalar;
    node.quoted = true;
    node.text = std::move(value);
    node.where = source_.at(begin, end);
    return node;
  }

  void add_row(CsvTable& table, std::vector<Node> row) {
    if (row.size() == table.columns.size()) {
      table.rows.push_back(std::move(row));
      return;
    }
    problems_.add({"csv-cells", row.front().where,
                   fmt::format("a row has {} cells, as the first line has",
                               table.columns.size()),
                   fmt::format("{}", row.size()), ""});
  }

  static bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r';
  }

  const SourceText& source_;
  const std::string& text_;
  Problems& problems_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<CsvTable> parse_csv(const SourceText& source,
                                  Problems& problems) {
  return CsvParser{source, problems}.parse();
}

std::vector<Node> words_of(const Node& cell) {
  std::vector<Node> words;
  const std::string& text = cell.text;
  const int width = cell.where.end_column - cell.where.column;
  const int quote = width > code_points(text) ? 1 : 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(' ', at);
    if (begin == std::string::npos) break;
    std::size_t end = text.find(' ', begin);
    if (end == std::string::npos) end = text.size();
    Node word = cell;
    word.text = text.substr(begin, end - begin);
    // Exact unless the cell has doubled quotes: prefixes have none.
    word.where.column =
        cell.where.column + quote + code_points(text.substr(0, begin));
    word.where.end_column = word.where.column + code_points(word.text);
    words.push_back(std::move(word));
    at = end;
  }
  return words;
}

}  // namespace netproof::io
