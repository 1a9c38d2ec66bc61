#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {
namespace {

bool has(const std::vector<std::uint32_t>& list, std::uint32_t one) {
  return std::ranges::find(list, one) != list.end();
}

Tree no_filter(Packet packet, EgressTo,
               const std::function<Tree(Packet)>& next) {
  return next(std::move(packet));
}

}  // namespace

/// A NAT gateway as next hop (S149). Only the first packet of a flow may come
/// this way: a reply has no binding here.
Tree Walk::into_nat(Packet packet, std::uint32_t nat) {
  const NatGateway& one = view_.parts().nat_gateways[nat];
  const std::string at = "nat:" + one.name;
  return enter_subnet(std::move(packet), one.subnet.id->index(), [&](Packet p) {
    if (p.flow.dst.family() == Family::kV6) {
      return drop(std::move(p), DropCode::kFamilyNotCarried, at, "", one.where);
    }
    const std::uint8_t protocol = p.flow.protocol;
    const bool carried =
        protocol == kTcp || protocol == kUdp || protocol == kIcmp;
    if (is_reply() || !carried) {
      return drop(std::move(p), DropCode::kNatRefused, at, "", one.where);
    }
    return nat_sends(std::move(p), nat);
  });
}

Tree Walk::nat_sends(Packet packet, std::uint32_t nat) {
  const NatGateway& one = view_.parts().nat_gateways[nat];
  const std::size_t subnet = one.subnet.id->index();
  // A packet of its own comes back with its port: the binding exists.
  const bool own = packet.flow.src == one.private_address;
  std::vector<std::uint16_t> ports = {packet.flow.sport};
  if (has_ports(packet.flow.protocol) && !own) {
    ports = {kClientPortFirst};
    for (const std::uint16_t port : ports_.starts(packet.flow)) {
      if (port > kClientPortFirst) ports.push_back(port);
    }
  }
  return share(
      std::move(packet), ports.size(), [&](Packet p, std::size_t which) {
        p.bindings.push_back(Binding{nat, p.flow.src, one.private_address,
                                     p.flow.sport, ports[which]});
        p.flow.src = one.private_address;
        p.flow.sport = ports[which];
        p.rewritten = true;
        p.sent_by_nat = true;
        p.home = view_.vpc_of_nat(nat);
        hop(p, "nat:" + one.name, "translated", "", one.where, true);
        return leave_subnet(std::move(p), subnet, no_filter);
      });
}

/// A packet for the private address of a NAT gateway: a reply to one of its
/// bindings is given its destination back.
Tree Walk::nat_private_address(Packet packet, std::uint32_t nat) {
  const NatGateway& one = view_.parts().nat_gateways[nat];
  const std::string at = "nat:" + one.name;
  if (is_reply()) {
    const std::vector<Binding>& bindings = options_.request->bindings;
    for (std::size_t i = 0; i < bindings.size(); ++i) {
      const Binding& binding = bindings[i];
      // Once each: a binding of the gateway's own address leads back to it.
      if (std::ranges::find(packet.undone, i) != packet.undone.end()) continue;
      const bool ported = has_ports(packet.flow.protocol);
      if (binding.nat != nat || binding.after != packet.flow.dst ||
          (ported && binding.after_port != packet.flow.dport)) {
        continue;
      }
      packet.undone.push_back(i);
      packet.flow.dst = binding.before;
      if (ported) packet.flow.dport = binding.before_port;
      packet.rewritten = true;
      packet.sent_by_nat = true;
      packet.home = view_.vpc_of_nat(nat);
      hop(packet, at, "translated", "", one.where, true);
      return leave_subnet(std::move(packet), one.subnet.id->index(), no_filter);
    }
  }
  return drop(std::move(packet), DropCode::kNatRefused, at, "", one.where);
}

/// An interface as next hop (S150).
Tree Walk::into_interface(Packet packet, std::uint32_t interface) {
  const Interface& one = view_.parts().interfaces[interface];
  const Place place{PlaceKind::kInterface, interface};
  const std::string at = "interface:" + one.name;
  const auto checked = [&](Packet p) {
    return interface_forwards(std::move(p), interface);
  };
  const auto refused = [&](Packet p) {
    return drop(std::move(p), DropCode::kSourceCheck, at, "",
                one.source_check.where);
  };
  const Answer3 off = one.source_check.unknown ? Answer3::kUnknown
                      : one.source_check.value ? Answer3::kNo
                                               : Answer3::kYes;
  return enter_subnet(std::move(packet), one.subnet.id->index(), [&](Packet p) {
    const bool own =
        std::ranges::find(one.addresses, p.flow.dst) != one.addresses.end();
    if (own) return accept(std::move(p), place);
    if (has(view_.carriers(p.flow.dst), interface)) {
      return owner(std::move(p), one.subnet.id->index());
    }
    if (blocked(place)) {
      return drop(std::move(p), DropCode::kPolicyDeny, at);
    }
    if (is_reply() && has(options_.request->interfaces, interface)) {
      return checked(std::move(p));
    }
    return yes_no(
        std::move(p), off,
        Fact{at + " source check",
             "nobody knows whether " + at + " checks sources and destinations"},
        checked, refused);
  });
}

Tree Walk::interface_forwards(Packet packet, std::uint32_t interface) {
  const Interface& one = view_.parts().interfaces[interface];
  const std::string at = "interface:" + one.name;
  const std::size_t subnet = one.subnet.id->index();
  const auto go_on = [&](Packet p) {
    p.inspected = true;
    p.interfaces.push_back(interface);
    p.home = view_.vpc_of_interface(interface);
    hop(p, at, "forwarded", "", one.where);
    return leave_subnet(std::move(p), subnet, no_filter);
  };
  if (is_reply()) {
    if (has(options_.request->interfaces, interface)) {
      return go_on(std::move(packet));
    }
    return drop(std::move(packet), DropCode::kNoState, at, "", one.where);
  }
  const auto egress = [&](Packet p) {
    const Judgement judgement = filters_.hop_egress(p, interface);
    return filter(std::move(p), judgement, DropCode::kSgDeny, go_on);
  };
  const auto refused = [&](Packet p) {
    return drop(std::move(p), DropCode::kFirewallDeny, at, "", one.where);
  };
  const Answer3 forwards = !one.forwards   ? Answer3::kUnknown
                           : *one.forwards ? Answer3::kYes
                                           : Answer3::kNo;
  const Judgement judgement =
      filters_.group_ingress(packet, {PlaceKind::kInterface, interface});
  return filter(std::move(packet), judgement, DropCode::kSgDeny, [&](Packet p) {
    return yes_no(std::move(p), forwards,
                  Fact{at + " forwards", "what " + at + " lets through"},
                  egress, refused);
  });
}

Tree Walk::into_endpoint(Packet packet, Id<Vpc> vpc, std::uint32_t endpoint) {
  const Endpoint& one = view_.parts().endpoints[endpoint];
  if (one.kind == EndpointKind::kInspection) {
    return into_inspection(std::move(packet), endpoint);
  }
  if (packet.home != vpc) {
    return drop(std::move(packet), DropCode::kUnroutable,
                "endpoint:" + one.name, "", one.where);
  }
  return deliver(std::move(packet), Place{PlaceKind::kEndpoint, endpoint});
}

/// An inspection endpoint: a bump in the wire (S38).
Tree Walk::into_inspection(Packet packet, std::uint32_t endpoint) {
  const Endpoint& one = view_.parts().endpoints[endpoint];
  const std::string at = "endpoint:" + one.name;
  const std::size_t subnet = one.subnet->id->index();
  const auto go_on = [&](Packet p) {
    p.inspected = true;
    p.endpoints.push_back(endpoint);
    hop(p, at, "forwarded", "", one.where);
    return leave_subnet(std::move(p), subnet, no_filter);
  };
  const auto judge = [&](Packet p) {
    if (one.firewall) return into_firewall(std::move(p), endpoint);
    Answer3 passes = !one.passes   ? Answer3::kUnknown
                     : *one.passes ? Answer3::kYes
                                   : Answer3::kNo;
    DropCode code = DropCode::kFirewallDeny;
    if (is_reply() && has(options_.request->endpoints, endpoint)) {
      passes = Answer3::kYes;
    } else if (is_reply() && passes != Answer3::kNo) {
      passes = Answer3::kUnknown;
      code = DropCode::kNoState;
    }
    return yes_no(
        std::move(p), passes,
        Fact{at + " passes", "what " + at + " lets through"}, go_on,
        [&](Packet q) { return drop(std::move(q), code, at, "", one.where); });
  };
  return enter_subnet(std::move(packet), subnet, judge);
}

/// A peering: no table is asked on the other side (S146).
Tree Walk::into_peering(Packet packet, Id<Vpc> vpc, std::uint32_t peering) {
  const Peering& one = view_.parts().peerings[peering];
  const std::string at = "peering:" + one.name;
  const auto other =
      one.requester.id == vpc ? one.accepter.id : one.requester.id;
  const auto inactive = [&](Packet p) {
    return drop(std::move(p), DropCode::kStateNotActive, at, "", one.where);
  };
  if (!other) return inactive(std::move(packet));
  const auto& mine = view_.blocks(vpc);
  const auto& its = view_.blocks(*other);
  for (const WrittenPrefix& a : mine) {
    for (const WrittenPrefix& b : its) {
      if (a.prefix.overlaps(b.prefix)) return inactive(std::move(packet));
    }
  }
  return switched(
      std::move(packet), one.active, at, "active",
      [&](Packet p) {
        if (!view_.has_cidr(*other, p.flow.dst)) {
          return drop(std::move(p), DropCode::kNotLocalAtPeer, at, "",
                      one.where);
        }
        ++p.peerings;
        p.home.reset();
        p.subnet.reset();
        return local(std::move(p), *other);
      },
      inactive);
}

}  // namespace netproof::reference
