#include <algorithm>
#include <utility>

#include "reference/network_firewall.hpp"
#include "reference/walk.hpp"

namespace netproof::reference {

/// Stateless lines see every packet; what they forward is asked of the state,
/// or of the stateful lines (S4, S81).
Tree Walk::into_firewall(Packet packet, std::uint32_t endpoint) {
  const Endpoint& one = view_.parts().endpoints[endpoint];
  const std::string at = "endpoint:" + one.name;
  const FirewallJudge judge{view_, *one.firewall};
  const FirewallAnswer kept = judge.kept(packet.flow);
  const FirewallAnswer past = judge.uninspected(packet.flow);
  const auto inspect = [&](Packet p) {
    return is_reply() ? firewall_reply(std::move(p), endpoint)
                      : firewall_request(std::move(p), endpoint);
  };
  const auto pass = [&](Packet p) {
    return out_of_firewall(std::move(p), endpoint, past.line, past.where);
  };
  const std::string which = is_reply() ? " replies" : "";
  return yes_no(
      std::move(packet), kept.answer,
      Fact{at + " stateless", "what stateless lines of " + at + " drop"},
      [&](Packet p) {
        return yes_no(std::move(p), past.answer,
                      Fact{at + " uninspected" + which,
                           "what " + at + " passes without inspection"},
                      pass, inspect);
      },
      [&](Packet p) {
        return drop(std::move(p), DropCode::kFirewallDeny, at, kept.line,
                    kept.where);
      });
}

Tree Walk::firewall_request(Packet packet, std::uint32_t endpoint) {
  const Endpoint& one = view_.parts().endpoints[endpoint];
  const std::string at = "endpoint:" + one.name;
  const FirewallJudge judge{view_, *one.firewall};
  const FirewallAnswer first = judge.passes(packet.flow, true);
  const FirewallAnswer rest = judge.passes(packet.flow, false);
  const auto begin = [&](Packet p) {
    return yes_no(
        std::move(p), rest.answer,
        Fact{at + " goes on", "what " + at + " passes after a handshake"},
        [&](Packet q) {
          q.endpoints.push_back(endpoint);
          if (!judge.lined(q.flow)) q.unlined.push_back(endpoint);
          return out_of_firewall(std::move(q), endpoint, first.line,
                                 first.where);
        },
        [&](Packet q) {
          q.handshakes.push_back(endpoint);
          return out_of_firewall(std::move(q), endpoint, first.line,
                                 first.where);
        });
  };
  return yes_no(std::move(packet), first.answer,
                Fact{at + " passes", "what " + at + " lets through"}, begin,
                [&](Packet p) {
                  return drop(std::move(p), DropCode::kFirewallDeny, at,
                              first.line, first.where);
                });
}

Tree Walk::firewall_reply(Packet packet, std::uint32_t endpoint) {
  const Endpoint& one = view_.parts().endpoints[endpoint];
  const std::string at = "endpoint:" + one.name;
  const auto& seen = options_.request->endpoints;
  const auto pass = [&](Packet p) {
    return out_of_firewall(std::move(p), endpoint, "state", one.where);
  };
  const bool began = std::ranges::find(seen, endpoint) != seen.end();
  const auto& weak = options_.request->unlined;
  const FirewallJudge judge{view_, *one.firewall};
  if (std::ranges::find(weak, endpoint) != weak.end() &&
      !judge.answers(packet.flow)) {
    return yes_no(std::move(packet), Answer3::kUnknown,
                  Fact{at + " answers",
                       "which replies stateful lines of " + at + " drop"},
                  pass, [&](Packet p) {
                    return drop(std::move(p), DropCode::kFirewallDeny, at, "",
                                one.where);
                  });
  }
  return yes_no(std::move(packet), began ? Answer3::kYes : Answer3::kUnknown,
                Fact{at + " midstream",
                     "what " + at + " does with flows it has not seen begin"},
                pass, [&](Packet p) {
                  return drop(std::move(p), DropCode::kNoState, at, "",
                              one.where);
                });
}

/// Back in the subnet of the endpoint, as it came (S38).
Tree Walk::out_of_firewall(Packet packet, std::uint32_t endpoint,
                           const std::string& line, const Location& where) {
  const Endpoint& one = view_.parts().endpoints[endpoint];
  packet.inspected = true;
  hop(packet, "endpoint:" + one.name, "allowed", line, where);
  const auto unfiltered = [](Packet p, EgressTo, const Next& next) {
    return next(std::move(p));
  };
  return leave_subnet(std::move(packet), one.subnet->id->index(), unfiltered);
}

}  // namespace netproof::reference
