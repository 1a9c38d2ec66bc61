#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "netproof/model/topology.hpp"

namespace netproof::testing {

/// The object of that name; null if there is none.
template <class Kind>
const Kind* find(const std::vector<Kind>& objects, const std::string& name) {
  const auto at = std::ranges::find(objects, name, &Kind::name);
  return at == objects.end() ? nullptr : &*at;
}

template <class Value>
void close(Open<Value>& open) {
  open.unknown = false;
}

/// Leaves of transit gateways what AWS can hold: one attachment of a VPC, one
/// association, one line for a prefix, no VPCs that overlap in one table.
void cut_transit(TopologyParts& parts);

/// Leaves of route tables what AWS can hold: lines with one target, in the VPC
/// of the table, and one line for a destination.
void cut_routes(TopologyParts& parts);

}  // namespace netproof::testing
