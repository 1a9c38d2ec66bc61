#pragma once

#include <optional>
#include <string>
#include <vector>

#include "netproof/model/fate.hpp"
#include "netproof/model/place.hpp"
#include "netproof/net/flow.hpp"

namespace netproof {

/// One step of a packet. `flow` is the header after rewriting, empty if
/// unchanged.
struct Hop {
  std::string at;     ///< "subnet:app-a", "tgw-rtb:prod"
  std::string did;    ///< sent, routed, allowed, denied, translated, delivered
  std::string entry;  ///< "10.0.0.0/8 -> tgw:main", "sg:web ingress #2"
  std::optional<Flow> flow;
  Location source;

  friend bool operator==(const Hop&, const Hop&) = default;
};

/// One way through the choices: its end, its hops, and the unknown facts it
/// leans on ("rtb:x may hold another route").
struct TracePath {
  bool delivered = false;
  std::optional<Place> to;
  std::optional<Drop> drop;
  std::vector<Hop> hops;
  std::vector<std::string> facts;
};

/// One direction. `paths` are sorted; `unknown` names the facts on which the
/// verdict depends.
struct Direction {
  Fate fate = Fate::kUnknown;
  std::vector<std::string> unknown;
  std::optional<Drop> drop;
  std::vector<TracePath> paths;
};

/// What becomes of one flow, and of its reply. `connection_direction` is
/// "forward" or "return" where a drop blocks, else empty.
struct Trace {
  Flow flow;
  std::optional<Place> at;  ///< empty: ambiguous or nobody's source
  std::optional<Place> to;  ///< where it was accepted, if one place only
  Direction forward;
  ConnectionFate connection = ConnectionFate::kUnknown;
  std::string connection_direction;
  std::optional<Drop> connection_drop;
  std::vector<std::string> connection_unknown;
  std::optional<Direction> reply;
};

}  // namespace netproof
