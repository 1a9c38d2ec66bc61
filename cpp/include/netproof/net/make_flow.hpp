#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "netproof/base/result.hpp"
#include "netproof/net/flow.hpp"

namespace netproof {

/// A header as a person writes it. What is left out has a default: source port
/// 49152, ICMP echo request.
struct WrittenFlow {
  std::string_view src;
  std::string_view dst;
  std::string_view protocol;  ///< a name or a number
  std::optional<std::int64_t> sport = {};
  std::optional<std::int64_t> dport = {};  ///< tcp, udp and sctp need one
  std::optional<std::int64_t> type = {};
  std::optional<std::int64_t> code = {};
};

/// The header, or why there is no such header.
Result<Flow, ParseError> make_flow(const WrittenFlow& written);

}  // namespace netproof
