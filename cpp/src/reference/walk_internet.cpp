#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {

/// Public access as far as this packet is concerned: blocked, not, or nobody
/// knows (S32).
Tree Walk::past_public_access(Packet packet, Id<Vpc> vpc, bool ingress_counts,
                              const Next& next) {
  const Vpc& one = view_.parts().vpcs[vpc.index()];
  const std::string at = "vpc:" + one.name;
  const Open<PublicAccess>& access = one.public_access;
  const bool blocked =
      access.value == PublicAccess::kBlocked ||
      (ingress_counts && access.value == PublicAccess::kIngressBlocked);
  const Answer3 passes = access.unknown ? Answer3::kUnknown
                         : blocked      ? Answer3::kNo
                                        : Answer3::kYes;
  return yes_no(std::move(packet), passes,
                Fact{at + " public access",
                     "nobody knows whether " + at + " blocks public access"},
                next, [&](Packet p) {
                  return drop(std::move(p), DropCode::kPublicAccessBlocked, at,
                              "", access.where);
                });
}

/// Out by an internet gateway (S147).
Tree Walk::into_internet_gateway(Packet packet, Id<Vpc> vpc,
                                 std::uint32_t gateway) {
  const InternetGateway& one = view_.parts().internet_gateways[gateway];
  const std::string at = "igw:" + one.name;
  const bool ingress_counts = !packet.sent_by_nat;
  const auto out = [&](Packet p) {
    const IpAddress source = p.flow.src;
    if (source.family() == Family::kV4) {
      const auto outside = view_.public_of(vpc, source);
      if (!outside) {
        return drop(std::move(p), DropCode::kNoPublicIp, at, "", one.where);
      }
      p.mappings.push_back(Mapping{gateway, source, *outside});
      p.flow.src = *outside;
      p.rewritten = true;
      hop(p, at, "translated", "", one.where, true);
    } else if (!view_.has_cidr(vpc, source)) {
      return drop(std::move(p), DropCode::kNoPublicIp, at, "", one.where);
    }
    if (!global_unicast().contains(p.flow.dst)) {
      return drop(std::move(p), DropCode::kUnroutable, at, "", one.where);
    }
    p.home.reset();
    p.other_ways = true;
    return internet(std::move(p));
  };
  return past_public_access(std::move(packet), vpc, ingress_counts, out);
}

Tree Walk::into_egress_only(Packet packet, Id<Vpc> vpc, std::uint32_t gateway) {
  const EgressOnlyGateway& one = view_.parts().egress_only_gateways[gateway];
  const std::string at = "eigw:" + one.name;
  if (packet.flow.dst.family() == Family::kV4) {
    return drop(std::move(packet), DropCode::kFamilyNotCarried, at, "",
                one.where);
  }
  if (!view_.has_cidr(vpc, packet.flow.src)) {
    return drop(std::move(packet), DropCode::kNoPublicIp, at, "", one.where);
  }
  return past_public_access(std::move(packet), vpc, false, [&](Packet p) {
    if (!global_unicast().contains(p.flow.dst)) {
      return drop(std::move(p), DropCode::kUnroutable, at, "", one.where);
    }
    if (is_reply() && options_.request->egress_only != gateway) {
      return drop(std::move(p), DropCode::kNoState, at, "", one.where);
    }
    p.egress_only = gateway;
    p.home.reset();
    p.other_ways = true;
    return internet(std::move(p));
  });
}

/// The internet forwards (S148).
Tree Walk::internet(Packet packet) {
  packet.subnet.reset();
  const IpAddress dst = packet.flow.dst;
  if (is_reply()) {
    if (auto answer = internet_answer(packet)) return *answer;
  }
  if (const auto inside = view_.private_of(dst)) {
    const auto gateway = view_.internet_gateway_of(inside->vpc);
    packet.flow.dst = inside->address;
    packet.rewritten = true;
    return from_internet(std::move(packet), inside->vpc, *gateway, true);
  }
  if (const auto nat = view_.nat_with_public(dst)) {
    const NatGateway& one = view_.parts().nat_gateways[*nat];
    return drop(std::move(packet), DropCode::kNatRefused, "nat:" + one.name, "",
                one.where);
  }
  for (std::uint32_t v = 0; v < view_.parts().vpcs.size(); ++v) {
    const auto gateway = view_.internet_gateway_of(Id<Vpc>{v});
    const bool holds = dst.family() == Family::kV6 && gateway &&
                       view_.has_cidr(Id<Vpc>{v}, dst);
    if (holds) {
      return from_internet(std::move(packet), Id<Vpc>{v}, *gateway, true);
    }
  }
  for (const Cluster& cluster : view_.parts().clusters) {
    const std::vector<const Pod*> pods = view_.pods_at(cluster, dst);
    // Those with a node are reached by its VPC.
    if (pods.empty() || pods.front()->interface) continue;
    return internet_into_cluster(std::move(packet), cluster);
  }
  for (const Segment& segment : view_.parts().segments) {
    if (!segment.router || !segment.router->id ||
        !view_.in_segment(segment, dst) || !global_unicast().contains(dst)) {
      continue;
    }
    const std::uint32_t router = segment.router->id->value;
    const auto& lines = view_.parts().routers[router].routes.items;
    const bool leads = std::ranges::any_of(
        lines, [](const RouterRoute& line) { return line.internet; });
    if (leads) return into_router(std::move(packet), router, "internet");
  }
  if (!view_.is_internet(dst)) {
    return drop(std::move(packet), DropCode::kUnroutable, "internet");
  }
  return deliver(std::move(packet), Place{PlaceKind::kInternet, 0});
}

/// The gateway by which the request left undoes its mapping (S158).
std::optional<Tree> Walk::internet_answer(const Packet& packet) {
  const Packet& request = *options_.request;
  for (const Mapping& mapping : request.mappings) {
    if (mapping.public_address != packet.flow.dst) continue;
    const auto& at = view_.parts().internet_gateways[mapping.gateway].vpc;
    Packet inside = packet;
    inside.flow.dst = mapping.private_address;
    inside.rewritten = true;
    return from_internet(std::move(inside), *at->id, mapping.gateway,
                         !request.sent_by_nat);
  }
  if (!request.egress_only) return std::nullopt;
  const auto& gateway =
      view_.parts().egress_only_gateways[*request.egress_only];
  if (!view_.has_cidr(*gateway.vpc.id, packet.flow.dst)) return std::nullopt;
  return past_public_access(packet, *gateway.vpc.id, false, [&](Packet p) {
    return local(std::move(p), *gateway.vpc.id);
  });
}

/// In by an internet gateway; what a NAT gateway asked for is not ingress.
Tree Walk::from_internet(Packet packet, Id<Vpc> vpc, std::uint32_t gateway,
                         bool ingress_counts) {
  if (packet.rewritten) {
    const InternetGateway& one = view_.parts().internet_gateways[gateway];
    hop(packet, "igw:" + one.name, "translated", "", one.where, true);
  }
  return past_public_access(
      std::move(packet), vpc, ingress_counts, [&](Packet p) {
        return through_edge(std::move(p), vpc, TargetKind::kInternetGateway,
                            gateway);
      });
}

/// The table of packets that enter by this gateway, if there is one (S23).
Tree Walk::through_edge(Packet packet, Id<Vpc> vpc, TargetKind kind,
                        std::uint32_t gateway) {
  for (const RouteTable& table : view_.parts().route_tables) {
    if (!table.gateway || table.gateway->kind != kind ||
        table.gateway->index != gateway) {
      continue;
    }
    return decide(std::move(packet), VpcTable{vpc, &table},
                  [&](Packet p, const VpcStep& step) {
                    return act(std::move(p), vpc, step);
                  });
  }
  return local(std::move(packet), vpc);
}

}  // namespace netproof::reference
