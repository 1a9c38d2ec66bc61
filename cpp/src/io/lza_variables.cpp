#include "io/lza_variables.hpp"

#include <cstddef>

namespace netproof::io {
namespace {

// U+E000 begins a hidden variable, U+E001 to U+E010 are the digits of its
// number. In UTF-8 all of them have three bytes, the first two the same.
constexpr std::string_view kLead = "\xEE\x80";
constexpr char kFirst = '\x80';
constexpr std::size_t kBase = 16;
constexpr std::size_t kBytes = 3;

std::string character(std::size_t number) {
  return std::string(kLead) + static_cast<char>(kFirst + number);
}

std::size_t code_points(std::string_view text) {
  constexpr unsigned kMask = 0xC0;
  constexpr unsigned kContinuation = 0x80;
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & kMask) != kContinuation) ++count;
  }
  return count;
}

// `length` characters for variable `number`; empty if they do not do.
std::string token(std::size_t number, std::size_t length) {
  std::string digits;
  for (std::size_t i = 1; i < length; ++i) {
    digits.insert(0, character(1 + number % kBase));
    number /= kBase;
  }
  return number == 0 ? character(0) + digits : std::string{};
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(
      text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

}  // namespace

SourceText HiddenVariables::hide(const SourceText& source, Problems& problems) {
  const std::string& text = source.text();
  const std::size_t used = text.find(kLead);
  if (used != std::string::npos) {
    problems.add({"private-character", source.at(used, used + kBytes),
                  "a file has no characters of the private use area", "", ""});
    return SourceText{source.file(), {}};
  }
  std::string hidden;
  std::size_t done = 0;
  while (true) {
    const std::size_t begin = text.find("{{", done);
    if (begin == std::string::npos) break;
    const std::size_t inner = begin + 2;
    const std::size_t end = text.find("}}", inner);
    const std::string_view body =
        std::string_view(text).substr(inner, end - inner);
    const bool one_line =
        end != std::string::npos && body.find_first_of("{}\r\n") == body.npos;
    const std::size_t after = one_line ? end + 2 : inner;
    const std::string_view whole =
        std::string_view(text).substr(begin, after - begin);
    const std::string stands =
        one_line ? token(names_.size(), code_points(whole)) : std::string{};
    hidden.append(text, done, begin - done);
    if (stands.empty()) {
      hidden += whole;
    } else {
      names_.push_back(trimmed(body));
      hidden += stands;
    }
    done = after;
  }
  hidden.append(text, done);
  return SourceText{source.file(), hidden};
}

void HiddenVariables::reveal_text(
    std::string& text, const std::map<std::string, std::string>& values) const {
  std::string shown;
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = text.find(character(0), at);
    if (begin == std::string::npos) break;
    shown.append(text, at, begin - at);
    std::size_t number = 0;
    std::size_t end = begin + kBytes;
    while (text.compare(end, kLead.size(), kLead) == 0 &&
           text[end + 2] != kFirst) {
      const auto digit = static_cast<unsigned char>(text[end + 2]) -
                         static_cast<unsigned char>(kFirst) - 1;
      number = number * kBase + static_cast<std::size_t>(digit);
      end += kBytes;
    }
    const std::string& name = names_.at(number);
    const auto value = values.find(name);
    shown += value == values.end() ? "{{ " + name + " }}" : value->second;
    at = end;
  }
  shown.append(text, at);
  text = std::move(shown);
}

void HiddenVariables::reveal(
    Node& node, const std::map<std::string, std::string>& values) const {
  if (names_.empty()) return;
  if (node.is_scalar()) reveal_text(node.text, values);
  for (Node& key : node.keys) reveal(key, values);
  for (Node& item : node.items) reveal(item, values);
}

}  // namespace netproof::io
