#pragma once

#include <string>
#include <string_view>

#include "netproof/base/result.hpp"
#include "netproof/net/flow.hpp"

namespace netproof {

/// One line of `trace --flows`: a flow, and the id or name of the location
/// where it starts (empty: its source decides).
struct FlowLine {
  Flow flow;
  std::string at;
};

/// Reads one JSON object with the keys src, dst, protocol, sport, dport, type,
/// code and at. Unknown keys, a key that stands twice and values of another
/// type are refused; null is as if the key were left out.
Result<FlowLine, ParseError> read_flow(std::string_view line);

}  // namespace netproof
