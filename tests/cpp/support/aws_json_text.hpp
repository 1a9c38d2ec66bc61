#pragma once

#include <string>
#include <utility>
#include <vector>

/// JSON as text, for tests that write it.
namespace netproof::testing::json {

using Members = std::vector<std::pair<std::string, std::string>>;

inline std::string text(const std::string& value) { return '"' + value + '"'; }
inline std::string text(const char* value) { return text(std::string{value}); }
inline std::string text(bool value) { return value ? "true" : "false"; }

/// Members without a value are left out.
inline std::string object(const Members& members) {
  std::string made = "{";
  for (const auto& [key, value] : members) {
    if (value.empty()) continue;
    made += (made.size() > 1 ? ", " : "") + text(key) + ": " + value;
  }
  return made + "}";
}

inline std::string list(const std::vector<std::string>& elements) {
  std::string made = "[";
  for (const std::string& one : elements) {
    made += (made.size() > 1 ? ",\n " : "") + one;
  }
  return made + "]";
}

}  // namespace netproof::testing::json
