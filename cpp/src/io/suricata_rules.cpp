#include "io/suricata_rules.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "io/rule_words.hpp"

namespace netproof::io {
namespace {

/// The next word; a list in brackets is one, spaces and all.
std::string next_word(std::string_view& rest) {
  rest = trimmed(rest);
  int depth = 0;
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    if (rest[end] == '[') ++depth;
    if (rest[end] == ']') --depth;
    if (depth <= 0 && kSpace.find(rest[end]) != std::string_view::npos) break;
  }
  std::string word{rest.substr(0, end)};
  rest = trimmed(rest.substr(end));
  return word;
}

using Options = std::vector<std::pair<std::string, std::string>>;

/// "msg:\"a; b\"; sid:1;" at the semicolons that stand outside of quotes. Empty
/// if a quote is not closed, or a backslash escapes nothing.
std::optional<Options> options_of(std::string_view text) {
  Options options;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '\\') {
      if (++i == text.size()) return std::nullopt;
      continue;
    }
    if (i < text.size() && text[i] == '"') quoted = !quoted;
    if (i < text.size() && (text[i] != ';' || quoted)) continue;
    const std::string_view one =
        trimmed(text.substr(start, std::min(i, text.size()) - start));
    start = std::min(i, text.size()) + 1;
    if (one.empty()) continue;
    const auto colon = one.find(':');
    if (colon == std::string_view::npos) {
      options.emplace_back(one, "");
    } else {
      options.emplace_back(trimmed(one.substr(0, colon)),
                           trimmed(one.substr(colon + 1)));
    }
  }
  if (quoted) return std::nullopt;
  return options;
}

std::optional<RuleText> parse_rule(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') return std::nullopt;
  std::string_view head = text.substr(0, open);
  RuleText rule;
  for (std::string* part :
       {&rule.action, &rule.protocol, &rule.source, &rule.source_port,
        &rule.direction, &rule.destination, &rule.destination_port}) {
    *part = next_word(head);
    if (part->empty()) return std::nullopt;
  }
  if (!head.empty()) return std::nullopt;
  auto options = options_of(text.substr(open + 1, text.size() - open - 2));
  if (!options) return std::nullopt;
  rule.options = std::move(*options);
  return rule;
}

}  // namespace

SuricataRules parse_suricata_rules(std::string_view text,
                                   const std::string& group,
                                   const Location& where) {
  SuricataRules found;
  std::string joined;
  bool goes_on = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    line = line.substr(0, line.find_last_not_of(kSpace) + 1);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    const std::string_view words = trimmed(line);
    if (!goes_on && (words.empty() || words.front() == '#')) continue;
    goes_on = line.ends_with('\\');
    // What goes on behind the last line is no rule.
    if (goes_on && !text.empty()) {
      joined += line.substr(0, line.size() - 1);
      continue;
    }
    joined += line;
    goes_on = false;
    const std::string whole{trimmed(joined)};
    joined.clear();
    auto rule = parse_rule(whole);
    if (!rule) {
      found.unreadable.push_back(whole);
      continue;
    }
    rule->where = where;
    rule->name = group + " #" + std::to_string(found.rules.size() + 1);
    for (const auto& [keyword, value] : rule->options) {
      if (keyword == "sid") rule->name = group + " sid:" + value;
    }
    found.rules.push_back(std::move(*rule));
  }
  return found;
}

}  // namespace netproof::io
