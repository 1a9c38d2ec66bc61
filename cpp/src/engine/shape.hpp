#pragma once

#include <string>
#include <vector>

#include "engine/network.hpp"

namespace netproof::engine {

/// What decides how packets travel and is neither a compiled table nor a
/// compiled filter: every such object in its order, one text each, and which
/// tables its subnets may use. Two networks of one shape have the same ids for
/// all kinds but tables, groups, ACLs and prefix lists.
std::vector<std::string> shape_of(const Network& network);

}  // namespace netproof::engine
