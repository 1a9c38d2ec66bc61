#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/draft.hpp"

namespace netproof::io {

/// A NetworkPolicy of a cluster; what is wrong with it is in the problems.
void read_policy(Draft& draft, const Node& node,
                 std::vector<NetworkPolicy>& policies);

/// "tcp", "UDP", "SCTP".
std::optional<std::uint8_t> read_policy_protocol(Problems& problems,
                                                 const Node& node);
/// A bare number, else the name of a port.
void read_port_or_name(Problems& problems, const Node& node, PolicyPort& port);

// What every form of a policy has to keep.
void check_condition(Problems& problems, const LabelCondition& condition,
                     const Location& where);
void check_peer(Problems& problems, const PolicyPeer& peer);
void check_port(Problems& problems, const PolicyPort& port);

/// An error for a network plugin that is known to enforce no policies (S114).
void check_plugin(Problems& problems, const std::string& plugin,
                  const Location& where);

/// The namespace of "NAMESPACE/NAME".
std::string space_of(Problems& problems, const Object& object);

}  // namespace netproof::io
