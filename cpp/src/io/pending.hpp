#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "io/vpc_selection.hpp"
#include "netproof/model/topology.hpp"

namespace netproof::io {

/// CIDRs of VPCs that belong in front of peer `at` of a rule of a group.
struct PendingPeers {
  bool ingress = false;
  std::size_t rule = 0;
  std::size_t at = 0;
  VpcPrefixes prefixes;
};

/// CIDRs of VPCs whose routes belong in front of route `at` of a table.
template <class RouteKind>
struct PendingRoutes {
  RouteKind route;  ///< without a destination
  std::size_t at = 0;
  VpcPrefixes prefixes;
};

using NothingPending = std::monostate;

/// A declaration of one object for each VPC of a selection. Its name is none of
/// an object.
template <class Kind>
struct ForEachVpc {
  Kind object;
  std::optional<VpcSelection> vpcs;  ///< empty: could not be read
  bool joins = false;       ///< `main` of a route table, `carried` of a group
  bool lost = false;        ///< broken: nobody knows what the objects hold
  std::size_t pending = 0;  ///< index into Unfinished::pending
};

/// What is left to do for the objects of a kind once all files are read: the
/// declarations, and what is pending in the objects (of all objects that come
/// from one declaration it is the same).
template <class Kind, class Pending>
struct Unfinished {
  std::vector<ForEachVpc<Kind>> declarations;
  std::vector<std::vector<Pending>> pending;
  /// Index of an object in its table, index into `pending`.
  std::vector<std::pair<std::size_t, std::size_t>> objects;
};

}  // namespace netproof::io
