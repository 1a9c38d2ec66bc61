#include "reference/judge.hpp"

namespace netproof::reference {

Question::Question(const View& view, const PortCuts& ports, Place at,
                   const Flow& flow, Options options)
    : view_{view}, ports_{ports}, flow_{flow}, options_{options} {
  Walk::Options walk;
  walk.listed_only = options.listed_only;
  walk.hops = options.hops;
  walk.blocked = options.blocked;
  walk.asked = flow;
  forward_ = Walk{view, ports, walk}.send(at, flow);
}

std::optional<Tree> Question::reply(const End& delivered) const {
  const auto answer = reply_of(delivered.packet.flow);
  if (!answer || !reply_of(flow_)) return std::nullopt;
  Walk::Options walk;
  walk.listed_only = options_.listed_only;
  walk.hops = options_.hops;
  walk.blocked = options_.blocked;
  walk.request = &delivered.packet;
  walk.asked = flow_;
  return Walk{view_, ports_, walk}.send(delivered.to, *answer);
}

Bounds Question::reply_bounds(const End& delivered) const {
  const auto ways = reply(delivered);
  if (!ways) return certainly(false);
  return bounds_of(*ways,
                   [](const End& end) { return certainly(end.delivered); });
}

}  // namespace netproof::reference
