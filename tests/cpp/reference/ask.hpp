#pragma once

#include <string>

#include "netproof/reference/evaluator.hpp"
#include "support/network.hpp"

namespace netproof::testing {

/// "SG_DENY at interface:web".
inline std::string text_of(const Drop& drop) {
  return std::string{to_string(drop.code)} + " at " + drop.at;
}

/// "delivered at subnet:x", "NO_ROUTE at rtb:y", "mixed", "unknown".
inline std::string fate(const Network& network, const std::string& at,
                        const Flow& flow, bool listed_only = true) {
  const Topology topology = network.build();
  const Trace trace =
      Evaluator{topology}.trace(place(topology, at), flow, listed_only);
  if (trace.forward.fate == Fate::kDelivered && trace.to) {
    return "delivered at " + to_string(topology, *trace.to);
  }
  if (trace.forward.fate == Fate::kDropped) return text_of(*trace.forward.drop);
  return std::string{to_string(trace.forward.fate)};
}

/// "established", "mixed", "unknown", "return NACL_DENY at acl:w".
inline std::string connection(const Network& network, const std::string& at,
                              const Flow& flow, bool listed_only = true) {
  const Topology topology = network.build();
  const Trace trace =
      Evaluator{topology}.trace(place(topology, at), flow, listed_only);
  if (trace.connection != ConnectionFate::kBlocked) {
    return std::string{to_string(trace.connection)};
  }
  return trace.connection_direction + " " + text_of(*trace.connection_drop);
}

}  // namespace netproof::testing
