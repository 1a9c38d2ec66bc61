#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/net/packet_set.hpp"

namespace netproof {

/// "10.1.0.0/16, 10.2.0.4-10.2.0.254 and 3 more": runs of addresses, as a
/// prefix where they are one; "any" for all.
std::string describe_addresses(const IpSet& set, std::size_t limit);

/// "tcp/443 from 10.1.0.4-10.1.0.254 to 10.2.0.10/32; and more", the
/// largest first; "nothing" for the empty set.
std::string describe_packets(const PacketSet& set, std::size_t limit);

/// "a, b and 3 more": the first three, in their order.
std::string some_of(const std::vector<std::string>& names);

/// "1 place", "2 places".
std::string counted(std::size_t count, std::string_view noun);

}  // namespace netproof
