#pragma once

#include <optional>
#include <string>

#include "rules/breach.hpp"
#include "rules/witness.hpp"

namespace netproof {

/// What `require` says of the addresses of a zone that nobody owns.
struct Unowned {
  Breach breach;  ///< what is demanded there, from one place
  std::optional<Example> example;
  bool demanded = false;
  bool certain = false;  ///< the evaluator says that the example opens nothing
  std::string addresses;
};

/// Demands `service` from `from` at the unowned addresses of `to` and replays
/// a packet of it: nothing is decided by the engine, which asks about places.
Unowned judge_unowned(const Case& c, const ZoneScope& from, const ZoneScope& to,
                      const TransportSet& service);

/// Adds what that means to the judgement; `shown`: there is a witness already.
void conclude_unowned(const Case& c, Unowned unowned, bool shown, Judgement& j);

}  // namespace netproof
