#include "netproof/net/protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace netproof {

namespace {

struct Named {
  std::string_view name;
  std::uint8_t number;
};

// The first name of a number is the one that is printed, if it is printed at
// all: only protocols with ports or types print as a name.
constexpr std::array kNames{
    Named{"tcp", kTcp},
    Named{"udp", kUdp},
    Named{"sctp", kSctp},
    Named{"icmp", kIcmp},
    Named{"icmpv6", kIcmpv6},
    Named{"icmp6", kIcmpv6},
    Named{"ipv6-icmp", kIcmpv6},
    Named{"igmp", 2},
    Named{"ipip", 4},
    Named{"gre", 47},
    Named{"esp", 50},
    Named{"ah", 51},
    Named{"ospf", 89},
    Named{"vrrp", 112},
};

char lower(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::uint8_t> number_of_digits(std::string_view text) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > 255) return std::nullopt;
  return static_cast<std::uint8_t>(value);
}

}  // namespace

std::string protocol_name(std::uint8_t protocol) {
  if (has_ports(protocol) || is_icmp(protocol)) {
    const auto* named = std::ranges::find(kNames, protocol, &Named::number);
    return std::string{named->name};
  }
  return fmt::format("proto/{}", protocol);
}

std::optional<std::uint8_t> protocol_number(std::string_view name) {
  std::string lowered{name};
  std::ranges::transform(lowered, lowered.begin(), lower);
  const auto* named =
      std::ranges::find(kNames, std::string_view{lowered}, &Named::name);
  if (named != kNames.end()) return named->number;
  constexpr std::string_view kPrefix = "proto/";
  if (lowered.starts_with(kPrefix)) name.remove_prefix(kPrefix.size());
  return number_of_digits(name);
}

}  // namespace netproof
