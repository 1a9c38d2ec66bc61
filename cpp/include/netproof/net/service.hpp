#pragma once

#include <span>
#include <string>
#include <string_view>

#include "netproof/base/result.hpp"
#include "netproof/net/transport_set.hpp"

namespace netproof {

/// Reads one service as rules write it: "tcp/443", "tcp/9090-9093", "udp/53",
/// "tcp" (every port), "icmp", "icmp/8", "icmp/8/0", "icmpv6/128", "proto/47",
/// "any". Ports are destination ports; every source port is meant.
Result<TransportSet, ParseError> parse_service(std::string_view text);

/// The union of several; the first that cannot be read is the error.
Result<TransportSet, ParseError> parse_services(
    std::span<const std::string> texts);

/// A service as it was written and what it means.
struct ServiceSpec {
  std::string text;
  TransportSet transport;

  static Result<ServiceSpec, ParseError> parse(std::string_view text);
  friend bool operator==(const ServiceSpec&, const ServiceSpec&) = default;
};

/// The text as it was written.
std::string to_string(const ServiceSpec& service);

}  // namespace netproof
