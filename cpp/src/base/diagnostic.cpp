#include "netproof/base/diagnostic.hpp"

#include <fmt/format.h>

namespace netproof {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = to_string(diagnostic.where);
  if (text.empty()) text = diagnostic.where.file;
  if (!text.empty()) text += ": ";
  text += fmt::format("{}: {}", diagnostic.code, diagnostic.what);
  if (!diagnostic.fragment.empty()) {
    text += fmt::format(", not '{}'", diagnostic.fragment);
  }
  if (!diagnostic.help.empty()) text += fmt::format(" ({})", diagnostic.help);
  return text;
}

}  // namespace netproof
