#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/fields.hpp"
#include "netproof/model/vpc.hpp"

namespace netproof::io {

/// "tgw:main", "local", "blackhole"; `kinds` are the words that may stand
/// before the colon.
std::optional<RouteTarget> read_target(Problems& problems, const Node& node,
                                       const std::vector<std::string>& kinds);

/// Refuses `active:`, which gives a line its hours.
void refuse_schedule(Fields& fields);

}  // namespace netproof::io
