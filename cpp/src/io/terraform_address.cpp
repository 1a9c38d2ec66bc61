#include "io/terraform_address.hpp"

#include <utility>

namespace netproof::io {
namespace {

bool is_name(char c) noexcept {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
         ('0' <= c && c <= '9') || c == '_' || c == '-';
}

// Reads names, dots and brackets off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_{text} {}

  std::string name() {
    std::size_t end = 0;
    while (end < text_.size() && is_name(text_[end])) ++end;
    return take(end);
  }
  bool dot() {
    if (!text_.starts_with('.')) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// What stands in brackets; a quoted key may hold brackets itself.
  std::string key() {
    if (!text_.starts_with('[')) return {};
    bool quoted = false;
    for (std::size_t i = 1; i < text_.size(); ++i) {
      if (quoted && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '"') {
        quoted = !quoted;
      } else if (text_[i] == ']' && !quoted) {
        std::string inside{text_.substr(1, i - 1)};
        text_.remove_prefix(i + 1);
        return inside;
      }
    }
    return {};
  }
  bool starts_with(std::string_view word) const {
    return text_.starts_with(word);
  }
  std::string rest() { return take(text_.size()); }

 private:
  std::string take(std::size_t size) {
    std::string taken{text_.substr(0, size)};
    text_.remove_prefix(size);
    return taken;
  }

  std::string_view text_;
};

}  // namespace

std::optional<TerraformAddress> parse_terraform_address(std::string_view text) {
  TerraformAddress address;
  Scanner scanner{text};
  while (scanner.starts_with("module.")) {
    scanner.name();
    scanner.dot();
    TerraformStep step;
    step.name = scanner.name();
    step.key = scanner.key();
    if (step.name.empty() || !scanner.dot()) return std::nullopt;
    address.module.push_back(std::move(step));
  }
  if (scanner.starts_with("data.")) {
    scanner.name();
    scanner.dot();
    address.data = true;
  }
  address.type = scanner.name();
  if (address.type.empty() || !scanner.dot()) return std::nullopt;
  address.name = scanner.name();
  if (address.name.empty()) return std::nullopt;
  address.key = scanner.key();
  if (scanner.dot()) {
    address.rest = scanner.rest();
  } else {
    address.rest = scanner.rest();
    if (!address.rest.empty()) return std::nullopt;
  }
  return address;
}

}  // namespace netproof::io
