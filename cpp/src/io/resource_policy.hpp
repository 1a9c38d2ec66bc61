#pragma once

#include "io/node.hpp"
#include "io/problems.hpp"
#include "netproof/model/bucket.hpp"

namespace netproof::io {

/// Reads a policy in the language of IAM: a mapping with `Statement`, or
/// `unknown`. What is no policy at all is in the problems; what is one and not
/// understood (an operator, a key) is kept as a condition that decides nothing.
ResourcePolicy read_resource_policy(Problems& problems, const Node& node);

}  // namespace netproof::io
