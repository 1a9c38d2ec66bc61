#pragma once

#include "io/fields.hpp"
#include "netproof/model/open.hpp"
#include "netproof/net/transport_set.hpp"

namespace netproof::io {

// What the lines of all filters have in common.

/// The value of `service`; unknown if it is broken.
Open<TransportSet> read_open_service(Fields& fields);

/// "allow" or "deny"; unknown if it is broken.
Open<bool> read_action(Fields& fields, const char* key = "action");

/// An error for `[]`, where leaving the key out means anything.
void refuse_empty(Problems& problems, const Node& node);

}  // namespace netproof::io
