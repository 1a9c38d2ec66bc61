#include "netproof/net/service.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace netproof {

namespace {

constexpr const char* kRule =
    "a service is tcp/443, tcp/9090-9093, udp/53, icmp, icmp/8/0, icmpv6/128, "
    "proto/47 or any";
constexpr const char* kPorts =
    "a port is 0 to 65535, and a range of ports does not end before it starts";
constexpr const char* kTypes = "an ICMP type or code is 0 to 255";
constexpr const char* kNumbers = "a protocol number is 0 to 255";

using Parsed = Result<TransportSet, ParseError>;

Unexpected<ParseError> refuse(const char* what, std::string_view text) {
  return Unexpected{ParseError{what, std::string{text}}};
}

std::optional<std::uint16_t> number_up_to(std::string_view text,
                                          unsigned highest) {
  if (text.empty() || text.size() > 5) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > highest) return std::nullopt;
  return static_cast<std::uint16_t>(value);
}

std::optional<std::uint8_t> byte_of(std::string_view text) {
  const auto value = number_up_to(text, 255);
  if (!value) return std::nullopt;
  return static_cast<std::uint8_t>(*value);
}

Parsed parse_ports(std::uint8_t protocol, std::string_view ports,
                   std::string_view text) {
  const std::size_t dash = ports.find('-');
  const auto lo = number_up_to(ports.substr(0, dash), 65535);
  const auto hi = dash == std::string_view::npos
                      ? lo
                      : number_up_to(ports.substr(dash + 1), 65535);
  if (!lo || !hi || *lo > *hi) return refuse(kPorts, text);
  return TransportSet::to_ports(protocol, *lo, *hi);
}

Parsed parse_types(std::uint8_t protocol, std::string_view types,
                   std::string_view text) {
  const std::size_t slash = types.find('/');
  const auto type = byte_of(types.substr(0, slash));
  if (!type) return refuse(kTypes, text);
  if (slash == std::string_view::npos) {
    return TransportSet::icmp(protocol, *type, *type, 0, 255);
  }
  const auto code = byte_of(types.substr(slash + 1));
  if (!code) return refuse(kTypes, text);
  return TransportSet::icmp(protocol, *type, *type, *code, *code);
}

std::optional<std::uint8_t> named(std::string_view name) {
  if (name == "tcp") return kTcp;
  if (name == "udp") return kUdp;
  if (name == "sctp") return kSctp;
  if (name == "icmp") return kIcmp;
  if (name == "icmpv6") return kIcmpv6;
  return std::nullopt;
}

}  // namespace

Result<TransportSet, ParseError> parse_service(std::string_view text) {
  if (text == "any") return TransportSet::all();
  const std::size_t slash = text.find('/');
  const bool is_bare = slash == std::string_view::npos;
  const std::string_view name = text.substr(0, slash);
  const std::string_view rest = is_bare ? "" : text.substr(slash + 1);
  if (name == "proto" && !is_bare) {
    const auto number = byte_of(rest);
    if (!number) return refuse(kNumbers, text);
    return TransportSet::protocol(*number);
  }
  const auto protocol = named(name);
  if (!protocol) return refuse(kRule, text);
  if (is_bare) return TransportSet::protocol(*protocol);
  return has_ports(*protocol) ? parse_ports(*protocol, rest, text)
                              : parse_types(*protocol, rest, text);
}

Result<TransportSet, ParseError> parse_services(
    std::span<const std::string> texts) {
  std::vector<TransportSet> sets;
  for (const std::string& text : texts) {
    auto set = parse_service(text);
    if (!set) return Unexpected{set.error()};
    sets.push_back(std::move(set).value());
  }
  return TransportSet::union_of(std::move(sets));
}

Result<ServiceSpec, ParseError> ServiceSpec::parse(std::string_view text) {
  auto set = parse_service(text);
  if (!set) return Unexpected{set.error()};
  return ServiceSpec{std::string{text}, std::move(set).value()};
}

std::string to_string(const ServiceSpec& service) { return service.text; }

}  // namespace netproof
