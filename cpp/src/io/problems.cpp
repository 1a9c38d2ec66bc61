#include "io/problems.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace netproof::io {
namespace {

constexpr std::size_t kLongestFragment = 80;

bool starts_code_point(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
}

// One line, without control characters, short enough for a message.
std::string clean(const std::string& fragment) {
  std::string result;
  for (const char c : fragment) {
    if (result.size() >= kLongestFragment && starts_code_point(c)) {
      return result + "...";
    }
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20U || byte == 0x7fU ? ' ' : c;
  }
  return result;
}

}  // namespace

void Problems::add(Diagnostic diagnostic) {
  diagnostic.fragment = clean(diagnostic.fragment);
  diagnostics_.push_back(std::move(diagnostic));
  ++failures_;
}

void Problems::add_unknown(const Node& node) {
  if (in_open_list_) {
    fail();
    return;
  }
  add({"unknown-not-allowed", node.where,
       "a value that identifies or builds an object is known", node.text,
       "write the value, or open what refers to the object"});
}

Diagnostics Problems::take() {
  std::ranges::stable_sort(diagnostics_, {}, &Diagnostic::where);
  const auto rest = std::ranges::unique(diagnostics_);
  diagnostics_.erase(rest.begin(), rest.end());
  return std::exchange(diagnostics_, {});
}

}  // namespace netproof::io
