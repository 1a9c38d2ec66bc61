#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "netproof/net/ip_address.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof {

/// One concrete packet header.
///
/// For icmp and icmpv6 `sport` holds the type and `dport` the code, 0 to 255;
/// for protocols without ports both are 0.
struct Flow {
  IpAddress src;
  IpAddress dst;
  std::uint8_t protocol = kTcp;
  std::uint16_t sport = 0;
  std::uint16_t dport = 0;

  friend constexpr auto operator<=>(const Flow&, const Flow&) = default;
};

/// True if the flow is one that exists: both ends of one family, ports within
/// what the protocol has.
bool well_formed(const Flow& flow) noexcept;

/// What the other side answers, if anything: swapped addresses and ports for
/// tcp, udp and sctp; echo reply for echo request; nothing for other ICMP;
/// swapped addresses for every other protocol.
std::optional<Flow> reply_of(const Flow& flow);

/// "10.0.0.1:49152 -> 10.0.0.2:443/tcp", "[::1]:1 -> [::2]:53/udp",
/// "10.0.0.1 -> 10.0.0.2 icmp 8/0", "10.0.0.1 -> 10.0.0.2 proto/47".
std::string to_string(const Flow& flow);

}  // namespace netproof

template <>
struct std::hash<netproof::Flow> {
  std::size_t operator()(const netproof::Flow& flow) const noexcept;
};
