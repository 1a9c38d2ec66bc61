#include "netproof/net/make_flow.hpp"

#include <fmt/format.h>

#include <string>

namespace netproof {
namespace {

using Number = std::optional<std::int64_t>;
using Problem = std::optional<ParseError>;

Problem set_port(std::uint16_t& port, std::int64_t value,
                 std::uint8_t protocol) {
  const int highest = highest_port(protocol);
  if (value < 0 || value > highest) {
    return ParseError{fmt::format("a {} of {} is 0 to {}",
                                  is_icmp(protocol) ? "type or code" : "port",
                                  protocol_name(protocol), highest),
                      std::to_string(value)};
  }
  port = static_cast<std::uint16_t>(value);
  return {};
}

Problem refuse_both(const Number& first, const Number& second,
                    std::uint8_t protocol) {
  if (!first && !second) return {};
  return ParseError{
      "sport and dport go with tcp, udp and sctp, type and code "
      "with icmp and icmpv6",
      protocol_name(protocol)};
}

Problem set_ports(Flow& flow, const WrittenFlow& written) {
  const std::uint8_t protocol = flow.protocol;
  if (has_ports(protocol)) {
    if (auto wrong = refuse_both(written.type, written.code, protocol)) {
      return wrong;
    }
    if (!written.dport) {
      return ParseError{"a flow of tcp, udp or sctp has a dport", ""};
    }
    const std::int64_t sport = written.sport.value_or(kWitnessClientPort);
    if (auto wrong = set_port(flow.sport, sport, protocol)) return wrong;
    return set_port(flow.dport, *written.dport, protocol);
  }
  if (auto wrong = refuse_both(written.sport, written.dport, protocol)) {
    return wrong;
  }
  if (!is_icmp(protocol)) {
    return refuse_both(written.type, written.code, protocol);
  }
  const int echo = protocol == kIcmp ? kIcmpEchoRequest : kIcmpv6EchoRequest;
  const std::int64_t type = written.type.value_or(echo);
  if (auto wrong = set_port(flow.sport, type, protocol)) return wrong;
  return set_port(flow.dport, written.code.value_or(0), protocol);
}

}  // namespace

Result<Flow, ParseError> make_flow(const WrittenFlow& written) {
  const auto src = IpAddress::parse(written.src);
  if (!src) return Unexpected{src.error()};
  const auto dst = IpAddress::parse(written.dst);
  if (!dst) return Unexpected{dst.error()};
  const auto protocol = protocol_number(written.protocol);
  if (!protocol) {
    return Unexpected{
        ParseError{"a protocol is a name such as tcp or a number 0 to 255",
                   std::string(written.protocol)}};
  }
  Flow flow{.src = src.value(), .dst = dst.value(), .protocol = *protocol};
  if (auto wrong = set_ports(flow, written)) return Unexpected{*wrong};
  if (!well_formed(flow)) {
    return Unexpected{
        ParseError{"both ends of a flow are of one family",
                   fmt::format("{} -> {}", written.src, written.dst)}};
  }
  return flow;
}

}  // namespace netproof
