#include "netproof/base/location.hpp"

#include <fmt/format.h>

namespace netproof {

std::string to_string(const Location& where) {
  if (!where.known()) return "";
  if (where.column <= 0) return fmt::format("{}:{}", where.file, where.line);
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

}  // namespace netproof
