#pragma once

#include <vector>

#include "engine/walk.hpp"
#include "netproof/engine/engine.hpp"

namespace netproof::engine {

/// Places whose packets to the asked destinations meet the same decisions and
/// the same filters: one walk, of the first, serves all. `addresses` are those
/// of all scopes, which are disjoint.
struct Start {
  std::vector<Scope> scopes;
  IpSet addresses;
};

/// Groups scopes into starts. What differs within a start is only what the
/// places, their tables and their ACLs are called.
/// COST: n log n in the scopes.
std::vector<Start> starts_of(const Compiled& compiled,
                             const std::vector<Scope>& scopes,
                             const IpSet& destinations,
                             const std::vector<Place>& blocked = {});

/// True if the place is known to emit sources that it does not own (S136,
/// S159).
bool spoofs(const TopologyParts& parts, Place place);

/// True if nobody knows whether the place may do so.
bool checks_unknown(const TopologyParts& parts, Place place);

/// The names that a drop at the sending place, its ACL or its table bears.
std::vector<std::string> own_names(const Compiled& compiled, Place place);

}  // namespace netproof::engine
