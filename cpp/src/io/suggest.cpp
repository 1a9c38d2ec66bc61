#include "io/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace netproof::io {
namespace {

// Names that are longer are not compared: nobody mistypes a page.
constexpr std::size_t kLongestWord = 100;

bool is_upper(char c) noexcept { return 'A' <= c && c <= 'Z'; }

// "routeTables" and "route-tables" are written route_tables here.
std::string snake_case(std::string_view word) {
  std::string result;
  for (const char c : word) {
    if (is_upper(c)) {
      if (!result.empty() && result.back() != '_') result += '_';
      result += static_cast<char>(c - 'A' + 'a');
    } else {
      result += c == '-' || c == ' ' ? '_' : c;
    }
  }
  return result;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<int> before(b.size() + 1);
  std::vector<int> last(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      const bool swapped =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string suggestion(std::string_view word,
                       const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > kLongestWord) return "";
  const std::string plain = snake_case(word);
  const std::string* nearest = nullptr;
  int least = static_cast<int>(word.size()) / 3 + 2;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestWord || candidate == word) continue;
    const int distance = std::min(edit_distance(word, candidate),
                                  edit_distance(plain, candidate));
    if (distance < least && distance < static_cast<int>(candidate.size())) {
      least = distance;
      nearest = &candidate;
    }
  }
  return nearest == nullptr ? "" : fmt::format("did you mean '{}'?", *nearest);
}

}  // namespace netproof::io
