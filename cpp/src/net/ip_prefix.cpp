#include "netproof/net/ip_prefix.hpp"

#include <fmt/format.h>

#include <optional>

namespace netproof {

namespace {

Unexpected<ParseError> refuse(std::string what, std::string_view text) {
  return Unexpected{ParseError{std::move(what), std::string{text}}};
}

std::optional<int> parse_length(std::string_view text) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The shortest length that keeps every bit of the address: trailing zeros of
// the value are not needed.
int exact_length(IpAddress address) {
  int length = address_bits(address.family());
  Uint128 value = address.value();
  while (length > 0 && (value & 1U) == 0) {
    value >>= 1U;
    --length;
  }
  return length;
}

std::string missing_length(IpAddress address) {
  return fmt::format("a prefix ends in /length: write {} for this one address",
                     to_string(IpPrefix::host(address)));
}

}  // namespace

Result<LooseIpPrefix, ParseError> IpPrefix::parse_loose(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) {
    return refuse(
        "a prefix is an address and a length: 10.0.0.0/8 or 2001:db8::/32",
        text);
  }
  if (slash == std::string_view::npos) {
    return refuse(missing_length(address.value()), text);
  }
  const int bits = address_bits(address.value().family());
  const auto length = parse_length(text.substr(slash + 1));
  if (!length || *length > bits) {
    return refuse(fmt::format("the length of an {} prefix is 0 to {}",
                              to_string(address.value().family()), bits),
                  text);
  }
  LooseIpPrefix loose;
  loose.masked = enclosing(address.value(), *length);
  loose.host_bits = loose.masked.first() != address.value();
  loose.exact = loose.host_bits
                    ? enclosing(address.value(), exact_length(address.value()))
                    : loose.masked;
  return loose;
}

Result<IpPrefix, ParseError> IpPrefix::parse(std::string_view text) {
  const auto loose = parse_loose(text);
  if (!loose) return Unexpected{loose.error()};
  if (loose.value().host_bits) {
    return refuse(fmt::format("a prefix has no bits set after its length: "
                              "write {} or {}",
                              to_string(loose.value().masked),
                              to_string(loose.value().exact)),
                  text);
  }
  return loose.value().masked;
}

std::string to_string(IpPrefix prefix) {
  return fmt::format("{}/{}", to_string(prefix.first()), prefix.length());
}

}  // namespace netproof
