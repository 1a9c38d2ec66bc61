#include "netproof/rules/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "netproof/rules/plan.hpp"
#include "netproof/rules/verdict.hpp"
#include "rules/drop_codes.hpp"

namespace netproof {

namespace {

constexpr std::size_t kWidth = 76;

// Breaks at spaces; words are never split.
std::string wrapped(std::string_view text, std::string_view indent) {
  std::string result;
  std::string line(indent);
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    const std::string_view word = text.substr(start, end - start);
    const bool fresh = line.size() == indent.size();
    if (!fresh && line.size() + 1 + word.size() > kWidth) {
      result += line + "\n";
      line = std::string(indent) + std::string(word);
    } else {
      if (!fresh) line += ' ';
      line += word;
    }
    start = end + 1;
  }
  return result + line + "\n";
}

std::string text_of(const FindingKind& kind) {
  return fmt::format("{} ({})\n{}\n\n{}\nbad:\n{}good:\n{}fix:\n{}", kind.id,
                     to_string(kind.level), kind.title,
                     wrapped(kind.explanation, ""), wrapped(kind.bad, "  "),
                     wrapped(kind.good, "  "), wrapped(kind.fix, "  "));
}

std::string text_of(const DropCodeText& drop) {
  std::string text =
      fmt::format("{} (drop code)\n\n{}fix:\n{}", to_string(drop.code),
                  wrapped(drop.meaning, ""), wrapped(drop.remedy, "  "));
  if (!drop.aws.empty()) text += fmt::format("AWS says: {}\n", drop.aws);
  return text;
}

}  // namespace

std::optional<std::string> explain(std::string_view id) {
  if (const FindingKind* kind = find_kind(id)) return text_of(*kind);
  for (const DropCodeText& drop : drop_code_texts()) {
    if (to_string(drop.code) == id) return text_of(drop);
  }
  return std::nullopt;
}

std::vector<std::string> explained_ids() {
  std::vector<std::string> ids;
  for (const FindingKind& kind : finding_kinds()) ids.emplace_back(kind.id);
  for (const DropCodeText& drop : drop_code_texts()) {
    ids.emplace_back(to_string(drop.code));
  }
  std::ranges::sort(ids);
  return ids;
}

}  // namespace netproof
