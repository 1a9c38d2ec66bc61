#include "netproof/net/flow.hpp"

#include <fmt/format.h>

#include <utility>

#include "netproof/net/hashing.hpp"

namespace netproof {

namespace {

std::string endpoint(IpAddress address, std::uint16_t port) {
  if (address.family() == Family::kV6) {
    return fmt::format("[{}]:{}", to_string(address), port);
  }
  return fmt::format("{}:{}", to_string(address), port);
}

Flow swap_ends(Flow flow) {
  std::swap(flow.src, flow.dst);
  return flow;
}

}  // namespace

bool well_formed(const Flow& flow) noexcept {
  return flow.src.family() == flow.dst.family() &&
         flow.sport <= highest_port(flow.protocol) &&
         flow.dport <= highest_port(flow.protocol);
}

std::optional<Flow> reply_of(const Flow& flow) {
  Flow reply = swap_ends(flow);
  if (has_ports(flow.protocol)) {
    std::swap(reply.sport, reply.dport);
    return reply;
  }
  if (!is_icmp(flow.protocol)) return reply;
  const bool is_v4 = flow.protocol == kIcmp;
  const auto request = is_v4 ? kIcmpEchoRequest : kIcmpv6EchoRequest;
  if (flow.sport != request || flow.dport != 0) return std::nullopt;
  reply.sport = is_v4 ? kIcmpEchoReply : kIcmpv6EchoReply;
  return reply;
}

std::string to_string(const Flow& flow) {
  if (has_ports(flow.protocol)) {
    return fmt::format("{} -> {}/{}", endpoint(flow.src, flow.sport),
                       endpoint(flow.dst, flow.dport),
                       protocol_name(flow.protocol));
  }
  const std::string ends =
      fmt::format("{} -> {} {}", to_string(flow.src), to_string(flow.dst),
                  protocol_name(flow.protocol));
  if (!is_icmp(flow.protocol)) return ends;
  return fmt::format("{} {}/{}", ends, flow.sport, flow.dport);
}

}  // namespace netproof

std::size_t std::hash<netproof::Flow>::operator()(
    const netproof::Flow& flow) const noexcept {
  const std::hash<netproof::IpAddress> of_address;
  std::uint64_t mixed = of_address(flow.src);
  mixed = netproof::hash_mix(mixed, std::uint64_t{of_address(flow.dst)});
  return netproof::hash_mix(mixed, std::uint64_t{flow.protocol} << 32U |
                                       std::uint64_t{flow.sport} << 16U |
                                       flow.dport);
}
