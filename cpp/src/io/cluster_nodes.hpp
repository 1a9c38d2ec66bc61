#pragma once

#include "io/draft.hpp"

namespace netproof::io {

/// Checks the nodes of clusters. `find`: those that tell no interfaces get the
/// one that lists their address, and those that list addresses of their pods.
/// REQUIRES: pods know their nodes by id.
void settle_nodes(Draft& draft, bool find);

}  // namespace netproof::io
