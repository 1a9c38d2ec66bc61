#include <algorithm>
#include <utility>

#include "engine/walk.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::engine {
namespace {

constexpr HopKind kTableVisit = HopKind::kLocal;

TransportSet translatable() {
  return TransportSet::protocol(kTcp) | TransportSet::protocol(kUdp) |
         TransportSet::protocol(kIcmp);
}

}  // namespace

void Walk::acl(const Packets& packets, Index subnet, bool inbound,
               const Next& next) {
  const SubnetInfo& info = network_.subnets[subnet];
  const FactKind kind =
      inbound ? FactKind::kAclInbound : FactKind::kAclOutbound;
  if (info.acl_unknown) {
    const auto written = static_cast<Index>(parts_.network_acls.size());
    filter(packets, Filters::anything(), {kind, written + subnet},
           DropCode::kNaclDeny, "acl:unknown of " + info.name, next);
  } else if (info.acl == kNone) {
    if (!packets.set.empty()) next(packets);
  } else {
    filter(packets, compiled_.filters.acl(info.acl, inbound), {kind, info.acl},
           DropCode::kNaclDeny, "acl:" + parts_.network_acls[info.acl].name,
           next);
  }
}

/// What an interface sends: by its groups, from its subnet.
void Walk::leave_interface(Packets packets, Index interface) {
  Leaving leaving;
  leaving.subnet = network_.subnet_of_interface[interface];
  if (leaving.subnet == kNone) return;
  if (!options_.reply) {
    leaving.egress = &compiled_.filters.of_interface(interface);
  }
  leaving.egress_fact = {FactKind::kEgressGroups, interface};
  leaving.egress_at = network_.place_name({PlaceKind::kInterface, interface});
  leaving.own_references = true;
  const Index vpc = network_.subnets[leaving.subnet].vpc;
  packets.carried = {Crossing::kInside, vpc, true, kNone, vpc, false};
  send_from_subnet(std::move(packets), leaving);
}

/// What the unlisted addresses of a subnet send.
void Walk::leave_unlisted(Packets packets, Index subnet) {
  Leaving leaving;
  leaving.subnet = subnet;
  if (!options_.reply) leaving.egress = &compiled_.filters.of_subnet(subnet);
  leaving.egress_fact = {FactKind::kSubnetEgressGroups, subnet};
  leaving.egress_at = network_.place_name({PlaceKind::kSubnet, subnet});
  leaving.own_references = true;
  const Index vpc = network_.subnets[subnet].vpc;
  packets.carried = {Crossing::kInside, vpc, true, kNone, vpc, false};
  send_from_subnet(std::move(packets), leaving);
}

void Walk::send_from_subnet(Packets packets, Leaving leaving) {
  const SubnetInfo& subnet = network_.subnets[leaving.subnet];
  leaving.vpc = subnet.vpc;
  packets.carried.zone = subnet.zone_id;

  // Two interfaces of one subnet talk at layer 2: no table, no ACL (S7).
  const Packets near = keep(packets, packets.set.restrict_dst(subnet.cidr_set));
  const auto arrived = [&](const Packets& sent) { own(sent, leaving.subnet); };
  if (leaving.egress != nullptr) {
    const Reference reference{leaving.own_references ? subnet.vpc : kNone,
                              true};
    filter(near, compiled_.filters.groups(*leaving.egress, false, reference),
           leaving.egress_fact, DropCode::kSgDeny, leaving.egress_at, arrived);
  } else if (!near.set.empty()) {
    arrived(near);
  }
  if (subnet.vpc == kNone) return;

  const Packets far =
      keep(packets, packets.set.restrict_dst(subnet.cidr_set.complement()));
  fork(far, {FactKind::kSubnetTable, leaving.subnet}, subnet.tables.size(),
       [&](const Packets& sent, std::size_t i) {
         Leaving by = leaving;
         by.table = subnet.tables[i];
         route(sent, by);
       });
}

void Walk::route(const Packets& packets, const Leaving& leaving) {
  if (packets.set.empty()) return;
  Packets here = packets;
  if (!visit(here, kTableVisit, leaving.table,
             network_.table_name(leaving.table))) {
    return;
  }
  decide(here, compiled_.tables.vpc[leaving.table],
         {FactKind::kVpcTable, leaving.table}, [&](Packets sent, NextHop hop) {
           take(std::move(sent), leaving, hop);
         });
}

// S139: group egress, ACL outbound, then what the decision says.
void Walk::take(Packets packets, const Leaving& leaving, NextHop hop) {
  const auto go = [&](const Packets& sent) {
    if (leaving.subnet == kNone) {
      dispatch(sent, leaving, hop);
      return;
    }
    const auto out = [&](const Packets& one) { dispatch(one, leaving, hop); };
    if (subnet_of(hop) == leaving.subnet) {
      out(sent);  // the next hop is in the subnet: nothing leaves it
    } else {
      acl(sent, leaving.subnet, false, out);
    }
  };
  if (leaving.egress == nullptr) {
    go(packets);
    return;
  }
  Reference reference;
  if (leaving.own_references && hop.kind == HopKind::kLocal) {
    reference.vpc = leaving.vpc;
  } else if (leaving.own_references && hop.kind == HopKind::kPeering) {
    const Peering& peering = parts_.peerings[hop.index];
    const auto& peer =
        peering.requester.id && peering.requester.id->value == leaving.vpc
            ? peering.accepter.id
            : peering.requester.id;
    if (peer) reference.vpc = peer->value;
  }
  filter(packets, compiled_.filters.groups(*leaving.egress, false, reference),
         leaving.egress_fact, DropCode::kSgDeny, leaving.egress_at, go);
}

void Walk::dispatch(Packets packets, const Leaving& leaving, NextHop hop) {
  if (packets.set.empty()) return;
  const Index from = leaving.subnet;
  switch (hop.kind) {
    case HopKind::kLocal:
      local(packets, leaving.vpc, from);
      return;
    case HopKind::kInternetGateway:
      to_internet_gateway(std::move(packets), hop.index, leaving.vpc);
      return;
    case HopKind::kEgressOnly:
      to_egress_only(std::move(packets), hop.index, leaving.vpc);
      return;
    case HopKind::kNat:
      if (network_.subnet_of_nat[hop.index] == kNone) break;
      to_nat(std::move(packets), hop.index, from);
      return;
    case HopKind::kTransit:
      to_transit(std::move(packets), hop.index, leaving);
      return;
    case HopKind::kPeering:
      to_peering(std::move(packets), hop.index, leaving.vpc);
      return;
    case HopKind::kInterface:
      if (network_.subnet_of_interface[hop.index] == kNone) break;
      to_interface(std::move(packets), hop.index, from);
      return;
    case HopKind::kEndpoint:
      to_endpoint(std::move(packets), hop.index, from);
      return;
    case HopKind::kVpnGateway:
      to_vpn_gateway(std::move(packets), hop.index);
      return;
    case HopKind::kBlackhole:
      break;
    default:
      drop(packets, DropCode::kNoRoute, network_.table_name(leaving.table));
      return;
  }
  drop(packets, DropCode::kBlackholeRoute, network_.table_name(leaving.table));
}

void Walk::local(const Packets& packets, Index vpc, Index from) {
  IpSet rest = packets.set.dst_addresses();
  for (const auto& [addresses, holders] : network_.vpcs[vpc].cells) {
    if (addresses.disjoint_from(rest)) continue;
    fork(keep(packets, packets.set.restrict_dst(addresses)),
         {FactKind::kSubnetOverlap, vpc}, holders.size(),
         [&, &held = holders](Packets sent, std::size_t i) {
           arrive(std::move(sent), held[i], from);
         });
    rest -= addresses;
  }
  drop(keep(packets, packets.set.restrict_dst(rest)), DropCode::kNoSuchAddress,
       "vpc:" + parts_.vpcs[vpc].name);
}

void Walk::arrive(Packets packets, Index subnet, Index from) {
  enter_subnet(packets, subnet, from,
               [&](const Packets& sent) { own(sent, subnet); });
}

/// Past the ACL of a subnet, unless the packets are there already.
void Walk::enter_subnet(const Packets& packets, Index subnet, Index from,
                        const Next& next) {
  if (from == subnet) {
    next(packets);
  } else if (options_.blocked.contains({PlaceKind::kSubnet, subnet})) {
    drop(packets, DropCode::kPolicyDeny,
         "subnet:" + network_.subnets[subnet].name);
  } else {
    acl(packets, subnet, true, next);
  }
}

/// The subnet that a next hop is in, if it is a box in one.
Index Walk::subnet_of(NextHop hop) const {
  switch (hop.kind) {
    case HopKind::kNat:
      return network_.subnet_of_nat[hop.index];
    case HopKind::kInterface:
      return network_.subnet_of_interface[hop.index];
    case HopKind::kEndpoint: {
      const auto& subnet = parts_.endpoints[hop.index].subnet;
      return subnet && subnet->id ? subnet->id->value : kNone;
    }
    default:
      return kNone;
  }
}

Reference Walk::reference_for(const Packets& packets, Index vpc) const {
  const Carried& carried = packets.carried;
  switch (carried.crossing) {
    case Crossing::kInside:
      return {carried.origin == vpc ? vpc : kNone, true};
    case Crossing::kPeered:
    case Crossing::kTransited:
      return {carried.origin, carried.sure};
    case Crossing::kLost:
      break;
  }
  return {};
}

/// Arrival at a place of a VPC: group ingress, then it is there.
void Walk::receive(const Packets& packets, const GroupSet& groups, Fact fact,
                   Place place, Index vpc) {
  if (packets.set.empty()) return;
  const bool pod = place.kind == PlaceKind::kPod;
  const Place at =
      pod ? Place{PlaceKind::kInterface, network_.carrier_of(place)} : place;
  if (pod && options_.blocked.contains(at)) {
    drop(packets, DropCode::kPolicyDeny, network_.place_name(at));
    return;
  }
  if (options_.reply) {
    deliver(packets, place);
    return;
  }
  const Reference reference = reference_for(packets, vpc);
  filter(packets, compiled_.filters.groups(groups, true, reference), fact,
         DropCode::kSgDeny, network_.place_name(at),
         [&](const Packets& allowed) {
           if (pod) {
             to_pod(allowed, place.index);
           } else {
             deliver(allowed, place);
           }
         });
}

/// The same for an interface, or a pod behind one.
void Walk::receive_owned(const Packets& packets, Place owner, Index vpc) {
  const Index interface = network_.carrier_of(owner);
  receive(packets, compiled_.filters.of_interface(interface),
          {FactKind::kGroups, interface}, owner, vpc);
}

void Walk::own(const Packets& packets, Index subnet) {
  if (packets.set.empty()) return;
  const SubnetInfo& info = network_.subnets[subnet];
  IpSet rest = packets.set.dst_addresses();

  const auto cut = [&](const IpSet& addresses) {
    rest -= addresses;
    return keep(packets, packets.set.restrict_dst(addresses));
  };

  for (auto first = info.owners.begin(); first != info.owners.end();) {
    const auto last = std::find_if(first, info.owners.end(), [&](auto& one) {
      return one.first != first->first;
    });
    const Packets in = cut(IpSet::of(first->first));
    fork(in, {FactKind::kOwner, subnet}, static_cast<std::size_t>(last - first),
         [&](const Packets& mine, std::size_t i) {
           receive_owned(mine, (first + static_cast<long>(i))->second,
                         info.vpc);
         });
    first = last;
  }
  for (const auto& [address, nat] : info.nats) {
    if (!rest.contains(address)) continue;
    const Packets in = cut(IpSet::of(address));
    if (options_.reply) {
      finish(in, EndKind::kReturned, nat);
    } else {
      drop(in, DropCode::kNatRefused, "nat:" + parts_.nat_gateways[nat].name);
    }
  }
  // With listed endpoints only: none, or perhaps one that nobody listed.
  const bool listed = options_.listed_only && info.lists_interfaces;
  gate(cut(info.unlisted), {!listed || info.interfaces_open, listed},
       {FactKind::kUnlisted, subnet}, DropCode::kNoSuchAddress,
       "subnet:" + info.name, [&](const Packets& in) {
         receive(in, compiled_.filters.of_subnet(subnet),
                 {FactKind::kSubnetGroups, subnet},
                 {PlaceKind::kSubnet, subnet}, info.vpc);
       });
  drop(keep(packets, packets.set.restrict_dst(rest)), DropCode::kNoSuchAddress,
       "subnet:" + info.name);
}

void Walk::to_nat(Packets packets, Index nat, Index from) {
  const Index subnet = network_.subnet_of_nat[nat];
  const std::string name = "nat:" + parts_.nat_gateways[nat].name;
  const auto translate = [&](const Packets& in) {
    if (options_.reply) {
      drop(in, DropCode::kNatRefused, name);
      return;
    }
    drop(keep(in, in.set.only(Family::kV6)), DropCode::kFamilyNotCarried, name);
    const PacketSet v4 = in.set.only(Family::kV4);
    const PacketSet good = v4.restrict_transport(translatable());
    drop(keep(in, v4 - good), DropCode::kNatRefused, name);
    finish(keep(in, good), EndKind::kTranslated, nat);
  };
  enter_subnet(packets, subnet, from, translate);
}

void Walk::to_interface(Packets packets, Index interface, Index from) {
  const Index subnet = network_.subnet_of_interface[interface];
  const Index vpc = network_.subnets[subnet].vpc;
  const Interface& written = parts_.interfaces[interface];
  const std::string name = "interface:" + written.name;
  const std::pair state{HopKind::kInterface, interface};
  const bool passed = options_.reply && options_.passed.contains(state);
  const GroupSet& groups = compiled_.filters.of_interface(interface);

  const auto send = [&](Packets out) {
    out.carried.crossing = Crossing::kLost;
    out.carried.origin = kNone;
    out.carried.sure = true;
    out.carried.home = vpc;
    out.stateful.insert(state);
    Leaving leaving;
    leaving.subnet = subnet;
    send_from_subnet(std::move(out), leaving);
  };
  const auto egress = [&](const Packets& out) {
    filter(out, compiled_.filters.groups(groups, false, {}),
           {FactKind::kEgressGroups, interface}, DropCode::kSgDeny, name, send);
  };
  const auto forward = [&](const Packets& in) {
    gate(in,
         {written.forwards.value_or(true), !written.forwards.value_or(false)},
         {FactKind::kForwards, interface}, DropCode::kFirewallDeny, name,
         egress);
  };
  const auto check = [&](const Packets& in) {
    if (options_.reply) {
      drop(in, DropCode::kNoState, name);
      return;
    }
    filter(in, compiled_.filters.groups(groups, true, reference_for(in, vpc)),
           {FactKind::kGroups, interface}, DropCode::kSgDeny, name, forward);
  };
  const auto enter = [&](const Packets& in) {
    // What is meant for the interface itself is accepted there (S136).
    std::vector<IpPrefix> addresses;
    for (const IpAddress& address : written.addresses) {
      addresses.push_back(IpPrefix::host(address));
    }
    const IpSet own_addresses = IpSet::from_prefixes(addresses);
    receive_owned(keep(in, in.set.restrict_dst(own_addresses)),
                  {PlaceKind::kInterface, interface}, vpc);
    const IpSet pods = network_.pods_behind(interface) - own_addresses;
    own(keep(in, in.set.restrict_dst(pods)), subnet);
    const Packets other =
        keep(in, in.set.restrict_dst((own_addresses | pods).complement()));
    if (options_.blocked.contains({PlaceKind::kInterface, interface})) {
      drop(other, DropCode::kPolicyDeny, name);
      return;
    }
    if (passed) {
      if (!other.set.empty()) send(other);
      return;
    }
    const Open<bool>& on = written.source_check;
    gate(other, {on.may_be(false), on.may_be(true)},
         {FactKind::kSourceCheck, interface}, DropCode::kSourceCheck, name,
         check);
  };
  enter_subnet(packets, subnet, from, enter);
}

void Walk::to_endpoint(Packets packets, Index endpoint, Index from) {
  const Endpoint& written = parts_.endpoints[endpoint];
  const std::string name = "endpoint:" + written.name;
  if (written.kind == EndpointKind::kGateway) {
    const bool here =
        written.vpc.id && packets.carried.home == written.vpc.id->value;
    if (here) {
      deliver(packets, {PlaceKind::kEndpoint, endpoint});
    } else {
      drop(packets, DropCode::kUnroutable, name);
    }
    return;
  }
  if (written.kind == EndpointKind::kInterface || !written.subnet ||
      !written.subnet->id) {
    drop(packets, DropCode::kBlackholeRoute, name);
    return;
  }
  const Index subnet = written.subnet->id->value;
  const std::pair state{HopKind::kEndpoint, endpoint};
  const auto send = [&](Packets out) {
    out.carried.crossing = Crossing::kLost;
    out.carried.origin = kNone;
    out.carried.sure = true;
    if (!written.firewall) out.stateful.insert(state);
    Leaving leaving;
    leaving.subnet = subnet;
    send_from_subnet(std::move(out), leaving);
  };
  const auto inspect = [&](const Packets& in) {
    if (written.firewall) {
      firewall(in, endpoint, send);
      return;
    }
    const bool seen = options_.reply && options_.passed.contains(state);
    const bool unseen = options_.reply && !seen;
    const bool may_pass = seen || written.passes.value_or(true);
    const bool may_drop = !seen && (unseen || !written.passes.value_or(false));
    gate(in, {may_pass, may_drop}, {FactKind::kInspection, endpoint},
         unseen && may_pass ? DropCode::kNoState : DropCode::kFirewallDeny,
         name, send);
  };
  enter_subnet(packets, subnet, from, inspect);
}

}  // namespace netproof::engine
