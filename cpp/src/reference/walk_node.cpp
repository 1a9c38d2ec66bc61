#include <algorithm>
#include <set>
#include <utility>

#include "reference/cluster_policies.hpp"
#include "reference/walk.hpp"

namespace netproof::reference {
namespace {

constexpr std::uint16_t kHighPorts = 1024;

}  // namespace

/// From a pod, or from its node: what one of the same node lists stays there
/// (S112, S174).
Tree Walk::from_node(Packet packet, Place from) {
  const auto node = view_.node_of(from);
  std::set<std::size_t> subnets;
  for (const Ref<Interface>& one : node->node->interfaces) {
    const auto subnet = view_.subnet_of({PlaceKind::kInterface, one.id->value});
    if (subnet) subnets.insert(*subnet);
  }
  for (const std::size_t subnet : subnets) {
    const std::vector<Place> listing = view_.listing(subnet, packet.flow.dst);
    const bool here = std::ranges::any_of(
        listing, [&](Place place) { return view_.node_of(place) == node; });
    if (!here) continue;
    return one_listing(std::move(packet), subnet, listing,
                       [&](Packet p, Place to) {
                         // Its own interfaces it meets like others.
                         const bool out = view_.node_of(to) != node ||
                                          (from.kind == PlaceKind::kInterface &&
                                           to.kind == PlaceKind::kInterface);
                         if (out) return out_of_node(std::move(p), from);
                         return within_node(std::move(p), from, to);
                       });
  }
  return out_of_node(std::move(packet), from);
}

Tree Walk::within_node(Packet packet, Place from, Place to) {
  if (from == to || is_reply()) return deliver(std::move(packet), to);
  const auto arrive = [this, to](Packet p) {
    return deliver(std::move(p), to);
  };
  if (from.kind == PlaceKind::kInterface) {
    // Of what the node sends itself, nothing is surely denied.
    Judgement judged = ClusterPolicies{view_}.ingress(packet.flow, to.index);
    if (judged.verdict == Judgement::Verdict::kDeny) {
      judged.verdict = Judgement::Verdict::kEither;
    }
    return filter(std::move(packet), judged, DropCode::kPolicyDeny, arrive);
  }
  const Judgement judged =
      ClusterPolicies{view_}.egress(packet.flow, from.index);
  return filter(std::move(packet), judged, DropCode::kPolicyDeny,
                [&](Packet p) {
                  if (to.kind == PlaceKind::kPod)
                    return into_pod(std::move(p), to.index);
                  return arrive(std::move(p));
                });
}

Tree Walk::out_of_node(Packet packet, Place from) {
  if (from.kind == PlaceKind::kInterface) {
    return from_vpc_place(std::move(packet), from);
  }
  if (is_reply()) return past_carrier(std::move(packet), from);
  const Judgement judged =
      ClusterPolicies{view_}.egress(packet.flow, from.index);
  return filter(std::move(packet), judged, DropCode::kPolicyDeny,
                [&](Packet p) { return pod_leaves(std::move(p), from.index); });
}

/// What a pod or its node sends by an interface; a question may be what
/// happens without it.
Tree Walk::past_carrier(Packet packet, Place from) {
  const Place carrier{PlaceKind::kInterface,
                      carrier_of(view_.parts(), from)->value};
  if (blocked(carrier)) {
    return drop(std::move(packet), DropCode::kPolicyDeny, view_.name(carrier));
  }
  return from_vpc_place(std::move(packet), from);
}

/// With its own source, or with that of its node.
Tree Walk::pod_leaves(Packet packet, std::uint32_t pod) {
  const Place place{PlaceKind::kPod, pod};
  const auto node = view_.node_of(place);
  const auto source = view_.source_of(*node);
  const auto vpc = view_.vpc_of(place);
  const Open<PodSource>& said = node->cluster->pod_source;
  const auto own = [&](Packet p) { return past_carrier(std::move(p), place); };
  const bool rewritable = vpc && source && *source != packet.flow.src &&
                          packet.flow.dst.family() == Family::kV4 &&
                          !view_.has_cidr(*vpc, packet.flow.dst);
  if (!rewritable || said.is(PodSource::kOwn)) return own(std::move(packet));
  const bool open = said.unknown || view_.parts().vpcs[vpc->index()].cidrs.open;
  const Fact fact{
      "node:" + node->node->name + " of " + node->cluster->name + " rewrites",
      "nobody knows with which source pods of cluster:" + node->cluster->name +
          " leave their VPC"};
  return yes_no(
      std::move(packet), open ? Answer3::kUnknown : Answer3::kYes, fact,
      [&](Packet p) { return with_source_of_node(std::move(p), pod); }, own);
}

/// By the first interface of the node, from any port of the same half.
Tree Walk::with_source_of_node(Packet packet, std::uint32_t pod) {
  const auto node = view_.node_of({PlaceKind::kPod, pod});
  const IpAddress source = *view_.source_of(*node);
  const Place first{PlaceKind::kInterface,
                    node->node->interfaces.front().id->value};
  std::vector<std::uint16_t> ports = {packet.flow.sport};
  if (has_ports(packet.flow.protocol)) {
    const bool high = packet.flow.sport >= kHighPorts;
    ports = {high ? kHighPorts : std::uint16_t{0}};
    for (const std::uint16_t port : ports_.starts(packet.flow)) {
      if (port > ports.front() && (port >= kHighPorts) == high) {
        ports.push_back(port);
      }
    }
  }
  return share(
      std::move(packet), ports.size(), [&](Packet p, std::size_t which) {
        p.by_node = NodeBinding{node->node, pod,          p.flow.src,
                                source,     p.flow.sport, ports[which]};
        p.flow.src = source;
        p.flow.sport = ports[which];
        hop(p, view_.name(first), "translated", "", node->node->where, true);
        return past_carrier(std::move(p), first);
      });
}

/// A reply that has come to the node is given the address of the pod back.
std::optional<Tree> Walk::by_node(const Packet& packet, Place place) {
  const auto& binding = options_.request->by_node;
  const auto node = view_.node_of(place);
  if (blocked(place) || !binding || !node || node->node != binding->node ||
      packet.by_node || packet.flow.dst != binding->after) {
    return std::nullopt;
  }
  const bool ported = has_ports(packet.flow.protocol);
  if (ported && packet.flow.dport != binding->after_port) return std::nullopt;
  Packet back = packet;
  back.by_node = *binding;
  back.flow.dst = binding->before;
  if (ported) back.flow.dport = binding->before_port;
  hop(back, view_.name(place), "translated", "", node->node->where, true);
  // Others of the node may list its address as well.
  const auto subnet = view_.subnet_of({PlaceKind::kPod, binding->pod});
  const std::vector<Place> listing = view_.listing(*subnet, back.flow.dst);
  const auto on_node = [&](Place one) {
    return one.kind == PlaceKind::kPod && view_.node_of(one) == node;
  };
  const Place otherwise = *std::ranges::find_if(listing, on_node);
  return one_listing(
      std::move(back), *subnet, listing, [&](Packet p, Place one) {
        return deliver(std::move(p), on_node(one) ? one : otherwise);
      });
}

}  // namespace netproof::reference
