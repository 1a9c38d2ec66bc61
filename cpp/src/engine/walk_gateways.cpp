#include <utility>

#include "engine/walk.hpp"

namespace netproof::engine {

void Walk::to_peering(Packets packets, Index peering, Index vpc) {
  const Peering& written = parts_.peerings[peering];
  const std::string name = "peering:" + written.name;
  const auto& requester = written.requester.id;
  const auto& accepter = written.accepter.id;
  if (!requester || !accepter) {
    drop(packets, DropCode::kStateNotActive, name);
    return;
  }
  const Index peer =
      requester->value == vpc ? accepter->value : requester->value;
  const bool overlap =
      !network_.vpcs[vpc].cidr_set.disjoint_from(network_.vpcs[peer].cidr_set);
  gate(packets,
       {!overlap && written.active.may_be(true),
        overlap || written.active.may_be(false)},
       {FactKind::kPeeringState, peering}, DropCode::kStateNotActive, name,
       [&](Packets sent) {
         const IpSet& theirs = network_.vpcs[peer].cidr_set;
         drop(keep(sent, sent.set.restrict_dst(theirs.complement())),
              DropCode::kNotLocalAtPeer, name);
         sent.set = sent.set.restrict_dst(theirs);
         sent.carried.crossing = sent.carried.crossing == Crossing::kInside
                                     ? Crossing::kPeered
                                     : Crossing::kLost;
         if (sent.carried.crossing == Crossing::kLost) {
           sent.carried.origin = kNone;
         }
         sent.carried.home = kNone;
         sent.carried.zone = kNone;
         local(sent, peer, kNone);
       });
}

void Walk::public_access(const Packets& packets, Index vpc, bool outward,
                         bool by_nat, const Next& next) {
  const Open<PublicAccess>& access = parts_.vpcs[vpc].public_access;
  const auto blocks = [&](PublicAccess one) {
    if (one == PublicAccess::kBlocked) return true;
    return one == PublicAccess::kIngressBlocked && !(by_nat && outward);
  };
  const bool may_drop = access.unknown || blocks(access.value);
  const bool may_pass = access.unknown || !blocks(access.value);
  gate(packets, {may_pass, may_drop}, {FactKind::kPublicAccess, vpc},
       DropCode::kPublicAccessBlocked, "vpc:" + parts_.vpcs[vpc].name, next);
}

void Walk::to_internet_gateway(Packets packets, Index gateway, Index vpc) {
  const std::string name = "igw:" + parts_.internet_gateways[gateway].name;
  const auto routable = [&](const Packets& out, const Next& next) {
    const IpSet& world = global_unicast();
    drop(keep(out, out.set.restrict_dst(world.complement())),
         DropCode::kUnroutable, name);
    const Packets good = keep(out, out.set.restrict_dst(world));
    if (!good.set.empty()) next(good);
  };
  const auto leave = [&](const Packets& out) {
    PacketSet rest = out.set;
    for (std::size_t m = 0; m < network_.mappings.size(); ++m) {
      const PublicMapping& map = network_.mappings[m];
      if (map.vpc != vpc) continue;
      const IpSet source = IpSet::of(map.private_address);
      routable(keep(out, rest.restrict_src(source)), [&](const Packets& one) {
        finish(one, EndKind::kMappedOut, static_cast<Index>(m));
      });
      rest = rest.restrict_src(source.complement());
    }
    const IpSet v6 = network_.vpcs[vpc].cidr_set.only(Family::kV6);
    routable(keep(out, rest.restrict_src(v6)),
             [&](const Packets& one) { internet(one); });
    drop(keep(out, rest.restrict_src(v6.complement())), DropCode::kNoPublicIp,
         name);
  };
  const bool by_nat = packets.carried.by_nat;
  public_access(packets, vpc, true, by_nat, leave);
}

void Walk::to_egress_only(Packets packets, Index gateway, Index vpc) {
  const std::string name = "eigw:" + parts_.egress_only_gateways[gateway].name;
  const std::pair state{HopKind::kEgressOnly, gateway};
  drop(keep(packets, packets.set.only(Family::kV4)),
       DropCode::kFamilyNotCarried, name);
  packets.set = packets.set.only(Family::kV6);
  const IpSet& ours = network_.vpcs[vpc].cidr_set;
  drop(keep(packets, packets.set.restrict_src(ours.complement())),
       DropCode::kNoPublicIp, name);
  packets.set = packets.set.restrict_src(ours);
  const auto leave = [&](Packets good) {
    const IpSet& world = global_unicast();
    drop(keep(good, good.set.restrict_dst(world.complement())),
         DropCode::kUnroutable, name);
    good.set = good.set.restrict_dst(world);
    if (options_.reply && !options_.passed.contains(state)) {
      drop(good, DropCode::kNoState, name);
      return;
    }
    good.stateful.insert(state);
    internet(good);
  };
  public_access(packets, vpc, true, true, leave);
}

}  // namespace netproof::engine
