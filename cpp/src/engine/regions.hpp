#pragma once

#include <vector>

#include "engine/walk.hpp"

namespace netproof::engine {

/// Headers by source and destination.
struct Region {
  IpSet from;
  IpSet to;
};

/// Outside of these no packet, and no reply, meets another decision or filter
/// in one network than in the other. Headers are meant as sent: rewritings are
/// counted in, and so is the other direction.
/// REQUIRES: networks of one shape (see shape.hpp), with the same members.
std::vector<Region> regions_that_differ(const Compiled& before,
                                        const Compiled& after);

/// The destinations for which two tables decide differently. A blackhole is no
/// other decision than no route: nothing is delivered by either.
IpSet destinations_that_differ(const Fib& before, const Fib& after);

}  // namespace netproof::engine
