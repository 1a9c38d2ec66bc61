#include "reference/judge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace netproof::reference {
namespace {

/// Nodes of all the trees of one question; beyond this the rest is not
/// followed, and unknown.
constexpr std::size_t kMaxNodes = 40000;

/// What a request leaves behind for its reply (S158).
std::string state_of(const End& delivered) {
  const Packet& packet = delivered.packet;
  std::string text = fmt::format(
      "{} {} {} | {} | {} | {} | {} | {} | {} {}",
      static_cast<int>(delivered.to.kind), delivered.to.index,
      to_string(packet.flow), fmt::join(packet.interfaces, ","),
      fmt::join(packet.endpoints, ","), fmt::join(packet.unlined, ","),
      fmt::join(packet.handshakes, ","), fmt::join(packet.firewalls, ","),
      packet.egress_only ? std::to_string(*packet.egress_only) : "",
      packet.sent_by_nat);
  for (const Binding& one : packet.bindings) {
    text += fmt::format("| {} {}:{} {}:{}", one.nat, to_string(one.before),
                        one.before_port, to_string(one.after), one.after_port);
  }
  if (packet.by_node) {
    const NodeBinding& one = *packet.by_node;
    text += fmt::format("| by {} {}:{} {}:{}", one.pod, to_string(one.before),
                        one.before_port, to_string(one.after), one.after_port);
  }
  for (const Mapping& one : packet.mappings) {
    text +=
        fmt::format("| {} {} {}", one.gateway, to_string(one.private_address),
                    to_string(one.public_address));
  }
  for (const auto& one : packet.choices) {
    if (!one->fact.sticky) continue;
    text += fmt::format("| {} = {}", one->fact.key, one->alternative);
  }
  return text;
}

}  // namespace

Walk::Options Question::walk_options() const {
  Walk::Options walk;
  walk.listed_only = options_.listed_only;
  walk.hops = options_.hops;
  walk.blocked = options_.blocked;
  walk.asked = flow_;
  walk.most_nodes = nodes_left_;
  return walk;
}

Question::Question(const View& view, const PortCuts& ports, Place at,
                   const Flow& flow, Options options)
    : view_{view},
      ports_{ports},
      flow_{flow},
      options_{options},
      nodes_left_{kMaxNodes} {
  Walk walk{view, ports, walk_options()};
  forward_ = walk.send(at, flow);
  nodes_left_ -= std::min(nodes_left_, walk.nodes());
}

std::optional<Tree> Question::reply(const End& delivered) const {
  const auto [at, fresh] =
      replies_.try_emplace(state_of(delivered), std::nullopt);
  if (!fresh) return at->second;
  const auto answer = reply_of(delivered.packet.flow);
  if (!answer || !reply_of(flow_)) return std::nullopt;
  Walk::Options options = walk_options();
  options.request = &delivered.packet;
  Walk walk{view_, ports_, options};
  at->second = walk.send(delivered.to, *answer);
  nodes_left_ -= std::min(nodes_left_, walk.nodes());
  return at->second;
}

Bounds Question::reply_bounds(const End& delivered) const {
  const auto ways = reply(delivered);
  if (!ways) return certainly(false);
  const auto at = reply_bounds_.find(ways->get());
  if (at != reply_bounds_.end()) return at->second;
  const Bounds bounds =
      bounds_of(*ways, [](const End& end) { return certainly(end.delivered); });
  return reply_bounds_[ways->get()] = bounds;
}

}  // namespace netproof::reference
