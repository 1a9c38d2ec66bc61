#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {

/// The sending place: what it may not send dies there (S139, S159). A reply
/// is sent with the addresses of the request and needs no permission.
Tree Walk::send(Place place, const Flow& flow) {
  Packet packet;
  packet.flow = flow;
  packet.origin = place;
  packet.origin_vpc = view_.vpc_of(place);
  packet.home = packet.origin_vpc;
  if (is_reply()) {
    for (const auto& choice : options_.request->choices) {
      if (choice->fact.sticky) packet.choices.push_back(choice);
    }
  }
  return send_new(std::move(packet));
}

Tree Walk::send_new(Packet packet) {
  const Place place = packet.origin;
  const std::string at = view_.name(place);
  hop(packet, at, "sent");
  if (unroutable().contains(packet.flow.dst)) {
    return drop(std::move(packet), DropCode::kUnroutable, at);
  }
  if (is_reply() && !options_.request->handshakes.empty()) {
    // No data passes there, so that no connection is made (S84).
    const auto first = std::ranges::min(options_.request->handshakes);
    return drop(std::move(packet), DropCode::kFirewallDeny,
                "endpoint:" + view_.parts().endpoints[first].name);
  }
  if (is_reply()) return send_on(std::move(packet));
  if (view_.answers_only(place)) {
    return drop(std::move(packet), DropCode::kNoState, at);
  }
  const auto absent = [this](Packet p) {
    return drop(std::move(p), DropCode::kNoSuchAddress, "source");
  };
  const Answer3 emits = view_.emits(place, packet.flow.src);
  const auto check = [&](Packet p) {
    return yes_no(
        std::move(p), emits,
        Fact{at + " emits", at + " may send with this source or not"},
        [this](Packet q) { return send_on(std::move(q)); },
        [&](Packet q) {
          return drop(std::move(q), DropCode::kSourceCheck, at);
        });
  };
  if (!options_.listed_only) return check(std::move(packet));
  if (place.kind == PlaceKind::kSegment && view_.lists_hosts(place.index)) {
    return absent(std::move(packet));
  }
  if (place.kind == PlaceKind::kSubnet &&
      !view_.interfaces_in(place.index).empty()) {
    const Subnet* subnet = view_.subnets()[place.index].written;
    const bool open = subnet != nullptr && subnet->interfaces_open;
    return yes_no(std::move(packet), open ? Answer3::kUnknown : Answer3::kNo,
                  Fact{at + " lists", at + " may hold another interface"},
                  check, absent);
  }
  return check(std::move(packet));
}

/// By the groups of an interface, or of the unlisted addresses of a subnet.
Tree Walk::from_vpc_place(Packet packet, Place place) {
  const auto subnet = view_.subnet_of(place);
  if (!subnet || !packet.origin_vpc) {
    return drop(std::move(packet), DropCode::kNoRoute, view_.name(place));
  }
  const auto egress = [&](Packet p, EgressTo to, const Next& next) {
    if (is_reply()) return next(std::move(p));
    const Judgement judged = filters_.group_egress(p, place, to);
    return filter(std::move(p), judged, DropCode::kSgDeny, next);
  };
  return leave_subnet(std::move(packet), *subnet, egress);
}

/// From the sending place into the network.
Tree Walk::send_on(Packet packet) {
  const Place place = packet.origin;
  switch (place.kind) {
    case PlaceKind::kInterface:
      if (view_.node_of(place)) return from_node(std::move(packet), place);
      return from_vpc_place(std::move(packet), place);
    case PlaceKind::kSubnet:
      return from_vpc_place(std::move(packet), place);
    case PlaceKind::kHost: {
      const Ref<Segment>& segment = view_.parts().hosts[place.index].segment;
      if (!segment) {
        return drop(std::move(packet), DropCode::kNoRoute, view_.name(place));
      }
      return from_segment(std::move(packet), segment.id->value);
    }
    case PlaceKind::kSegment:
      return from_segment(std::move(packet), place.index);
    case PlaceKind::kSite:
      packet.other_ways = true;
      return into_site(std::move(packet), place.index, false);
    case PlaceKind::kEndpoint: {
      // A gateway endpoint answers inside its VPC.
      const Id<Vpc> home = *packet.home;
      return local(std::move(packet), home);
    }
    case PlaceKind::kPod:
      if (view_.node_of(place)) return from_node(std::move(packet), place);
      return from_pod(std::move(packet), place.index);
    case PlaceKind::kInternet:
      packet.other_ways = true;
      return internet(std::move(packet));
  }
  throw ContractViolation("a place has one of the kinds");
}

}  // namespace netproof::reference
