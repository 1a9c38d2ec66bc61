#pragma once

#include <optional>
#include <string>
#include <vector>

#include "netproof/model/fate.hpp"
#include "netproof/model/topology.hpp"
#include "netproof/net/flow.hpp"

namespace netproof::testing {

/// A question with its answer, from the table of test vectors. Whatever
/// follows packets is held against all of them.
struct Vector {
  /// "V1", "V4b" for the second question of a row, or "S93a" for a question
  /// about a statement.
  std::string name;
  Topology topology;
  std::string at;  ///< where the packet is sent: "interface:a"
  Flow flow;
  Fate forward = Fate::kDelivered;
  std::string to;  ///< the place that accepts it, if it is delivered
  std::optional<DropCode> drop;  ///< why it or its reply dies
  std::string drop_at;
  ConnectionFate connection = ConnectionFate::kEstablished;
};

/// Rows V1 to V29, and what they do not ask about MED (S43, S93). Subnets are
/// not listed, so that every address exists.
std::vector<Vector> vectors();

}  // namespace netproof::testing
