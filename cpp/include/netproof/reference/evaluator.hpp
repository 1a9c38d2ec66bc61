#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "netproof/model/bounds.hpp"
#include "netproof/model/rule_spec.hpp"
#include "netproof/model/trace.hpp"

namespace netproof {

/// Follows one packet, too plain to be wrong: it reads the model alone, shares
/// nothing with the engine, and derives precedence, propagation and references
/// itself (S137-S159). It judges the engine and replays every witness.
class Evaluator {
 public:
  explicit Evaluator(Topology topology);

  /// The locations that own `source` and may emit it, in the order of Place.
  std::vector<Place> owners(const IpAddress& source) const;

  /// What becomes of `flow` sent at `at`, and of its reply. `listed_only`:
  /// a subnet or segment that lists endpoints has no others (S140).
  /// COST: the number of ways through choices and worlds.
  Trace trace(Place at, const Flow& flow, bool listed_only = true) const;

  /// The same where the place follows from the source address: several owners
  /// are unknown (AMBIGUOUS_SOURCE), none is a drop (NO_SUCH_ADDRESS at
  /// "source"), a global unicast source of nobody is the internet's.
  Trace trace(const Flow& flow, bool listed_only = true) const;

  /// Packet level: `flow` sent at `at` is delivered at a place that `arrives`
  /// accepts. Connection level: and its reply comes back.
  Bounds judge(Place at, const Flow& flow,
               const std::function<bool(Place)>& arrives, Level level,
               bool listed_only) const;

  /// The same where `arrives` is told the header as it arrives, too.
  Bounds judge_arrival(Place at, const Flow& flow,
                       const std::function<bool(Place, const Flow&)>& arrives,
                       Level level, bool listed_only) const;

  /// The same with every packet dropped that enters a place `blocked` accepts
  /// (a subnet or segment that it comes into from outside, an interface as
  /// next hop, a site, the place that would accept it): for `through`.
  Bounds judge_without(Place at, const Flow& flow,
                       const std::function<bool(Place)>& arrives,
                       const std::function<bool(Place)>& blocked, Level level,
                       bool listed_only) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace netproof
