#pragma once

#include <optional>
#include <vector>

#include "netproof/model/filter.hpp"
#include "netproof/net/packet_set.hpp"

namespace netproof {

/// The entries of one direction in the order in which they are asked, without
/// the deny that AWS adds itself (S76).
std::vector<const AclEntry*> entries_in_order(const NetworkAcl& acl,
                                              bool inbound);

/// What an entry takes, as headers of its direction; nothing if the block or
/// the service is not known.
std::optional<PacketSet> match_of(const AclEntry& entry, bool inbound);

}  // namespace netproof
