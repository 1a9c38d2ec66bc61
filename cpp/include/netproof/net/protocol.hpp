#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace netproof {

/// Protocol numbers of IANA that have a structure of their own here.
inline constexpr std::uint8_t kIcmp = 1;
inline constexpr std::uint8_t kTcp = 6;
inline constexpr std::uint8_t kUdp = 17;
inline constexpr std::uint8_t kIcmpv6 = 58;
inline constexpr std::uint8_t kSctp = 132;

/// Ports from which clients speak unless a question says otherwise (S79).
inline constexpr std::uint16_t kClientPortFirst = 1024;
inline constexpr std::uint16_t kClientPortLast = 65535;
/// The client port of a witness where it is allowed: the first dynamic port.
inline constexpr std::uint16_t kWitnessClientPort = 49152;

inline constexpr std::uint8_t kIcmpEchoRequest = 8;
inline constexpr std::uint8_t kIcmpEchoReply = 0;
inline constexpr std::uint8_t kIcmpv6EchoRequest = 128;
inline constexpr std::uint8_t kIcmpv6EchoReply = 129;

/// True for tcp, udp and sctp.
constexpr bool has_ports(std::uint8_t protocol) noexcept {
  return protocol == kTcp || protocol == kUdp || protocol == kSctp;
}

/// True for icmp and icmpv6, which have a type and a code in place of ports.
constexpr bool is_icmp(std::uint8_t protocol) noexcept {
  return protocol == kIcmp || protocol == kIcmpv6;
}

/// The highest port, type or code; 0 where the protocol has none.
constexpr std::uint16_t highest_port(std::uint8_t protocol) noexcept {
  if (has_ports(protocol)) return 65535;
  return is_icmp(protocol) ? 255 : 0;
}

/// "tcp", "udp", "sctp", "icmp", "icmpv6"; other protocols are "proto/47".
std::string protocol_name(std::uint8_t protocol);

/// The number of "tcp", "udp", "sctp", "icmp", "icmpv6", also in upper case;
/// of some other names that AWS accepts ("gre", "esp", "ah", ...); of a decimal
/// number 0 to 255 and of "proto/47". Nothing for any other text.
std::optional<std::uint8_t> protocol_number(std::string_view name);

}  // namespace netproof
