#pragma once

#include "io/draft.hpp"
#include "io/vpc_index.hpp"

namespace netproof::io {

/// Puts the CIDRs of VPCs where elements of groups and of routes stand for
/// them. An error for an element that matches nothing.
void place_vpc_prefixes(Draft& draft, const VpcIndex& vpcs);

}  // namespace netproof::io
