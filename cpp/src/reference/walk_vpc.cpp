#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {

/// From a subnet: within it on layer 2, else by its table (S7, S139).
Tree Walk::leave_subnet(Packet packet, std::size_t subnet,
                        const EgressFilter& egress) {
  packet.subnet = subnet;
  const Id<Vpc> vpc = view_.subnets()[subnet].vpc;
  const auto holders = view_.holders(vpc, packet.flow.dst);
  if (std::ranges::find(holders, subnet) != holders.end()) {
    return egress(std::move(packet), EgressTo{vpc},
                  [=, this](Packet p) { return arrive(std::move(p), subnet); });
  }
  const auto decided = [&](Packet p, const VpcStep& step) {
    const auto act_now = [&](Packet q) { return act(std::move(q), vpc, step); };
    return egress(std::move(p), egress_to(vpc, step), [&](Packet q) {
      if (stays(subnet, step)) return act_now(std::move(q));
      return acl(std::move(q), subnet, false, act_now);
    });
  };
  return with_table(std::move(packet), subnet, [&](Packet p, VpcTable table) {
    return decide(std::move(p), table, decided);
  });
}

/// True if the next hop lies in the subnet itself.
bool Walk::stays(std::size_t subnet, const VpcStep& step) const {
  if (step.kind != VpcStep::Kind::kTarget) return false;
  const auto here = [&](const std::optional<Ref<Subnet>>& ref) {
    return ref && ref->id && ref->id->index() == subnet;
  };
  switch (step.target) {
    case TargetKind::kNatGateway:
      return here(view_.parts().nat_gateways[step.index].subnet);
    case TargetKind::kInterface:
      return here(view_.parts().interfaces[step.index].subnet);
    case TargetKind::kEndpoint:
      return here(view_.parts().endpoints[step.index].subnet);
    default:
      return false;
  }
}

EgressTo Walk::egress_to(Id<Vpc> vpc, const VpcStep& step) const {
  if (step.kind == VpcStep::Kind::kLocal) return EgressTo{vpc};
  if (step.kind != VpcStep::Kind::kTarget ||
      step.target != TargetKind::kPeering) {
    return {};
  }
  const Peering& peering = view_.parts().peerings[step.index];
  return EgressTo{peering.requester.id == vpc ? peering.accepter.id
                                              : peering.requester.id};
}

/// Does what the table said.
Tree Walk::act(Packet packet, Id<Vpc> vpc, const VpcStep& step) {
  switch (step.kind) {
    case VpcStep::Kind::kLocal:
      return local(std::move(packet), vpc);
    case VpcStep::Kind::kTarget:
      return act_on_target(std::move(packet), vpc, step);
    case VpcStep::Kind::kBlackhole:
      return drop(std::move(packet), DropCode::kBlackholeRoute, step.table,
                  step.prefix, step.where);
    case VpcStep::Kind::kNoRoute:
      return drop(std::move(packet), DropCode::kNoRoute, step.table,
                  step.prefix, step.where);
  }
  throw ContractViolation("a step has one of the kinds");
}

Tree Walk::act_on_target(Packet packet, Id<Vpc> vpc, const VpcStep& step) {
  switch (step.target) {
    case TargetKind::kInternetGateway:
      return into_internet_gateway(std::move(packet), vpc, step.index);
    case TargetKind::kEgressOnlyGateway:
      return into_egress_only(std::move(packet), vpc, step.index);
    case TargetKind::kNatGateway:
      return into_nat(std::move(packet), step.index);
    case TargetKind::kTransitGateway:
      return into_transit(std::move(packet), vpc, step);
    case TargetKind::kPeering:
      return into_peering(std::move(packet), vpc, step.index);
    case TargetKind::kInterface:
      return into_interface(std::move(packet), step.index);
    case TargetKind::kEndpoint:
      return into_endpoint(std::move(packet), vpc, step.index);
    case TargetKind::kVpnGateway:
      packet.home.reset();
      packet.other_ways = true;
      return vpn_gateway_to_site(std::move(packet), step.index, {});
    case TargetKind::kUnknown:
    case TargetKind::kLocal:
    case TargetKind::kBlackhole:
      break;
  }
  throw ContractViolation("a target is a gateway");
}

/// To the subnet of the VPC that holds the destination (S140).
Tree Walk::local(Packet packet, Id<Vpc> vpc) {
  std::vector<std::size_t> holders = view_.holders(vpc, packet.flow.dst);
  const std::string at = "vpc:" + view_.parts().vpcs[vpc.index()].name;
  std::vector<std::string> names;
  for (const std::size_t one : holders) names.push_back(view_.subnet_name(one));
  std::string what = " in several subnets of ";
  if (holders.empty()) {
    what = " in a subnet whose blocks are not known, of ";
    for (std::size_t s = 0; s < view_.subnets().size(); ++s) {
      const Subnet* subnet = view_.subnets()[s].written;
      if (subnet == nullptr || subnet->vpc.id != vpc || !subnet->cidrs.open) {
        continue;
      }
      holders.push_back(s);
      names.push_back(view_.subnet_name(s));
    }
    names.push_back("none");
  }
  const Fact fact{at + " holds " + to_string(packet.flow.dst),
                  to_string(packet.flow.dst) + what + at};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  if (which == holders.size()) {
                    return drop(std::move(p), DropCode::kNoSuchAddress, at);
                  }
                  return arrive(std::move(p), holders[which]);
                });
}

/// Into a subnet, past its ACL unless the packet is there already.
Tree Walk::enter_subnet(Packet packet, std::size_t subnet, const Next& next) {
  if (packet.subnet == subnet) return next(std::move(packet));
  const Place place{PlaceKind::kSubnet, static_cast<std::uint32_t>(subnet)};
  if (blocked(place)) {
    return drop(std::move(packet), DropCode::kPolicyDeny, view_.name(place));
  }
  return acl(std::move(packet), subnet, true, next);
}

Tree Walk::acl(Packet packet, std::size_t subnet, bool inbound,
               const Next& next) {
  const Judgement judgement = filters_.acl(packet, subnet, inbound);
  return filter(std::move(packet), judgement, DropCode::kNaclDeny, next);
}

Tree Walk::arrive(Packet packet, std::size_t subnet) {
  return enter_subnet(std::move(packet), subnet, [=, this](Packet p) {
    return owner(std::move(p), subnet);
  });
}

/// One of those in the subnet who list the destination (S140).
Tree Walk::one_listing(Packet packet, std::size_t subnet,
                       const std::vector<Place>& listing,
                       const std::function<Tree(Packet, Place)>& next) {
  const std::string at = view_.subnet_name(subnet);
  const std::string address = to_string(packet.flow.dst);
  std::vector<std::string> names;
  for (const Place place : listing) names.push_back(view_.name(place));
  const Fact fact{at + " owner of " + address,
                  address + " is listed twice in " + at};
  return choose(std::move(packet), fact, names, [&](Packet p, std::size_t i) {
    return next(std::move(p), listing[i]);
  });
}

/// Who has the destination in this subnet.
Tree Walk::owner(Packet packet, std::size_t subnet) {
  const IpAddress address = packet.flow.dst;
  const std::vector<Place> listing = view_.listing(subnet, address);
  if (!listing.empty()) {
    return one_listing(
        std::move(packet), subnet, listing,
        [this](Packet p, Place place) { return accept(std::move(p), place); });
  }
  if (const auto nat = view_.nat_at(subnet, address)) {
    return nat_private_address(std::move(packet), *nat);
  }
  return subnet_place(std::move(packet), subnet);
}

Tree Walk::subnet_place(Packet packet, std::size_t subnet) {
  const std::string at = view_.subnet_name(subnet);
  const SubnetView& one = view_.subnets()[subnet];
  const auto there = [&](Packet p) {
    return accept(std::move(p), Place{PlaceKind::kSubnet,
                                      static_cast<std::uint32_t>(subnet)});
  };
  const auto absent = [&](Packet p) {
    return drop(std::move(p), DropCode::kNoSuchAddress, at);
  };
  const bool open_blocks = one.written != nullptr && one.written->cidrs.open &&
                           !contains(one.cidrs, packet.flow.dst);
  if (!open_blocks && !view_.unlisted(subnet).contains(packet.flow.dst)) {
    return absent(std::move(packet));
  }
  const bool lists = !view_.interfaces_in(subnet).empty();
  if (!options_.listed_only || !lists) return there(std::move(packet));
  const bool open = one.written != nullptr && one.written->interfaces_open;
  return yes_no(std::move(packet), open ? Answer3::kUnknown : Answer3::kNo,
                Fact{at + " lists", at + " may hold another interface"}, there,
                absent);
}

Tree Walk::accept(Packet packet, Place place) {
  const auto delivered = [=, this](Packet p) {
    if (place.kind == PlaceKind::kPod)
      return into_pod(std::move(p), place.index);
    return deliver(std::move(p), place);
  };
  if (place.kind == PlaceKind::kPod) {
    const Place carrier{PlaceKind::kInterface,
                        carrier_of(view_.parts(), place)->value};
    if (blocked(carrier)) {
      return drop(std::move(packet), DropCode::kPolicyDeny,
                  view_.name(carrier));
    }
  }
  if (is_reply()) {
    if (auto given_back = by_node(packet, place)) return *given_back;
    return delivered(std::move(packet));
  }
  const Judgement judgement = filters_.group_ingress(packet, place);
  return filter(std::move(packet), judgement, DropCode::kSgDeny, delivered);
}

}  // namespace netproof::reference
