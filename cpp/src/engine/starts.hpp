#pragma once

#include <vector>

#include "engine/grouping.hpp"
#include "netproof/engine/engine.hpp"

namespace netproof::engine {

/// Places whose packets to the asked destinations meet the same decisions and
/// the same filters: one walk, of the first, serves all. `addresses` are those
/// of all scopes, which are disjoint.
struct Start {
  std::vector<Scope> scopes;
  IpSet addresses;
  /// The destinations that this start is about.
  IpSet destinations = IpSet::all();
  /// Sources and destinations that it is not about: packets to blocks of the
  /// sender's own VPC, which have a start of their own.
  std::vector<std::pair<IpSet, IpSet>> except = {};
};

/// Groups scopes into starts. What differs within a start is only what the
/// places, their tables and their ACLs are called. Together they are about
/// every packet from each scope to each destination, and about each once.
///
/// Members of a group differ in what is `local`. So the first walks to all but
/// its own blocks, another one to those, and each of them to its own:
///
///            to A's  B's  C's  others'
///   from A      a    1    1    1       1: walked from A
///   from B      2    b    1    1       2: walked from B
///   from C      2    1    c    1       a, b, c: each by itself
///
/// COST: n log n in the scopes.
std::vector<Start> starts_of(const Compiled& compiled,
                             const std::vector<Scope>& scopes,
                             const IpSet& destinations,
                             Grouping::Options options = {});

/// True if the place is known to emit sources that it does not own (S136,
/// S159).
bool spoofs(const TopologyParts& parts, Place place);

/// True if nobody knows whether the place may do so.
bool checks_unknown(const TopologyParts& parts, Place place);

/// The names that a drop at the sending place, its ACL or its table bears.
std::vector<std::string> own_names(const Compiled& compiled, Place place);

}  // namespace netproof::engine
