#include <utility>

#include "engine/walk.hpp"

namespace netproof::engine {
namespace {

const FirewallBounds& bounds_of(const Compiled& compiled,
                                const Ref<NetworkFirewall>& firewall) {
  return firewall ? compiled.firewalls.of(firewall.id->value)
                  : unknown_firewall();
}

}  // namespace

/// Splits by what may be one or the other: `next` with what surely is and, as
/// worlds, with what may be.
void Walk::split(const Packets& packets, const Bound& bound, Fact fact,
                 const std::function<void(Packets, bool)>& next) {
  const Packets yes = keep(packets, packets.set & bound.lower);
  const Packets no = keep(packets, packets.set - bound.upper);
  const Packets either =
      keep(packets, (packets.set & bound.upper) - bound.lower);
  if (!yes.set.empty()) next(yes, true);
  if (!no.set.empty()) next(no, false);
  fork(either, fact, 2,
       [&](Packets sent, std::size_t i) { next(std::move(sent), i == 0); });
}

/// Packets at an endpoint of AWS Network Firewall: stateless lines first, for
/// both directions, then state or stateful lines (S81-S86).
void Walk::firewall(const Packets& packets, Index endpoint, const Next& send) {
  const Endpoint& written = parts_.endpoints[endpoint];
  const FirewallBounds& bounds = bounds_of(compiled_, *written.firewall);
  const std::string name = "endpoint:" + written.name;
  const auto inspect = [&](const Packets& in, bool uninspected) {
    if (uninspected) {
      send(in);  // and leaves no state behind
    } else if (options_.reply) {
      answer_firewall(in, endpoint, bounds, send);
    } else {
      ask_firewall(in, endpoint, bounds, send);
    }
  };
  const FactKind kind = options_.reply ? FactKind::kFirewallReply
                                       : FactKind::kFirewallUninspected;
  filter(packets, bounds.kept, {FactKind::kFirewallStateless, endpoint},
         DropCode::kFirewallDeny, name, [&](const Packets& in) {
           split(in, bounds.uninspected, {kind, endpoint}, inspect);
         });
}

void Walk::ask_firewall(const Packets& packets, Index endpoint,
                        const FirewallBounds& bounds, const Next& send) {
  const auto mark = [&](Packets in, HopKind kind) {
    if (in.set.empty()) return;
    in.stateful.insert({kind, endpoint});
    send(in);
  };
  const auto follow_up = [&](const Packets& in, bool whole) {
    if (!whole) {
      mark(in, HopKind::kHandshake);
    } else if (bounds.answers == PacketSet::all()) {
      mark(in, HopKind::kEndpoint);
    } else {
      mark(keep(in, in.set & bounds.lined), HopKind::kEndpoint);
      mark(keep(in, in.set - bounds.lined), HopKind::kUnlined);
    }
  };
  filter(
      packets, bounds.first, {FactKind::kFirewallFirst, endpoint},
      DropCode::kFirewallDeny, "endpoint:" + parts_.endpoints[endpoint].name,
      [&](const Packets& in) {
        split(in, bounds.rest, {FactKind::kFirewallRest, endpoint}, follow_up);
      });
}

/// A reply that its request did not come before may pass or not (S158), and so
/// may one that a line drops, if no line passed the request.
void Walk::answer_firewall(const Packets& packets, Index endpoint,
                           const FirewallBounds& bounds, const Next& send) {
  const std::string name = "endpoint:" + parts_.endpoints[endpoint].name;
  if (options_.passed.contains({HopKind::kUnlined, endpoint})) {
    filter(packets, {bounds.answers, PacketSet::all()},
           {FactKind::kFirewallAnswer, endpoint}, DropCode::kFirewallDeny, name,
           send);
    return;
  }
  const bool seen = options_.passed.contains({HopKind::kEndpoint, endpoint});
  gate(packets, {true, !seen}, {FactKind::kInspection, endpoint},
       DropCode::kNoState, name, send);
}

/// Where a firewall lets no more than the first packets of a flow through, no
/// connection is made (S84): true if the reply ends here.
bool Walk::only_handshake(const Packets& packets) {
  for (const auto& [kind, index] : options_.passed) {
    if (kind != HopKind::kHandshake) continue;
    drop(packets, DropCode::kFirewallDeny,
         "endpoint:" + parts_.endpoints[index].name);
    return true;
  }
  return false;
}

}  // namespace netproof::engine
