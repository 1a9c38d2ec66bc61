#include "io/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace netproof::io {
namespace {

constexpr std::size_t kLongestLine = 100;

bool is_digit(char c) noexcept { return '0' <= c && c <= '9'; }

bool is_letter(char c) noexcept {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

bool is_word_character(char c) noexcept {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' ||
         c == '/' || c == '@';
}

// Words that YAML 1.1 or the topology format reads as something else.
bool is_reserved(std::string_view text) {
  static constexpr std::array<std::string_view, 9> kWords{
      "true", "false", "null", "yes", "no", "on", "off", "unknown", "y"};
  const auto same = [](char a, char b) { return (a | 0x20) == b; };
  return text == "n" || text == "N" ||
         std::ranges::any_of(kWords, [&](std::string_view word) {
           return std::ranges::equal(text, word, same);
         });
}

// An IPv4 address or prefix, which is no number for anybody.
bool is_dotted(std::string_view text) {
  return std::ranges::count(text, '.') == 3 &&
         std::ranges::all_of(
             text, [](char c) { return is_digit(c) || c == '.' || c == '/'; });
}

bool is_plain(std::string_view text) {
  if (text.empty()) return false;
  if (is_digit(text.front())) return is_dotted(text);
  return is_letter(text.front()) && !is_reserved(text) &&
         std::ranges::all_of(text, is_word_character);
}

std::string scalar(const YamlTree& value) {
  if (value.is_null()) return "unknown";
  if (!value.is_string()) return value.dump();
  const auto& text = value.get_ref<const std::string&>();
  return is_plain(text) ? text : value.dump();
}

void write_flow(const YamlTree& value, std::string& out) {
  if (!value.is_structured()) {
    out += scalar(value);
    return;
  }
  out += value.is_object() ? '{' : '[';
  bool first = true;
  for (const auto& [key, item] : value.items()) {
    if (!first) out += ", ";
    first = false;
    if (value.is_object()) out += scalar(key) + ": ";
    write_flow(item, out);
  }
  out += value.is_object() ? '}' : ']';
}

bool is_list_of_objects(const YamlTree& value) {
  return value.is_array() && std::ranges::any_of(value, [](const auto& item) {
           return item.is_object();
         });
}

void write_keys(const YamlTree& object, std::size_t indent, std::string& out);

// An element of a list, behind its dash.
void write_element(const YamlTree& item, std::size_t indent, std::string& out) {
  std::string line;
  write_flow(item, line);
  const bool nested =
      item.is_object() && std::ranges::any_of(item, is_list_of_objects);
  if (!nested && indent + line.size() <= kLongestLine) {
    out += line + '\n';
    return;
  }
  if (!item.is_object() || item.empty()) {
    out += line + '\n';
    return;
  }
  std::string keys;
  write_keys(item, indent, keys);
  out += std::string_view{keys}.substr(indent);
}

void write_keys(const YamlTree& object, std::size_t indent, std::string& out) {
  const std::string margin(indent, ' ');
  for (const auto& [key, value] : object.items()) {
    out += margin + scalar(key) + ':';
    if (!is_list_of_objects(value)) {
      out += ' ';
      write_flow(value, out);
      out += '\n';
      continue;
    }
    out += '\n';
    for (const YamlTree& item : value) {
      out += margin + "  - ";
      write_element(item, indent + 4, out);
    }
  }
}

}  // namespace

std::string yaml_text(const YamlTree& root) {
  std::string out;
  write_keys(root, 0, out);
  return out;
}

}  // namespace netproof::io
