#include <algorithm>
#include <utility>

#include "engine/walk.hpp"

namespace netproof::engine {

// S174. What stays on a node, no group, ACL or table sees.
void Walk::leave_node(const Packets& packets, Place from) {
  const Index node = network_.node_of(from);
  const bool pod = from.kind == PlaceKind::kPod;
  const auto out = [&](const Packets& sent) {
    if (!pod) {
      leave_interface(sent, from.index);
      return;
    }
    policies(sent, from.index, false, [&](const Packets& allowed) {
      send_by_node(allowed, from.index);
    });
  };
  IpSet rest = packets.set.dst_addresses();
  IpSet far = IpSet::all();
  for (const NodeInfo::Cell& cell : network_.nodes[node].cells) {
    const IpSet here = cell.addresses & rest;
    if (here.empty()) continue;
    rest -= here;
    far -= here;
    fork(keep(packets, packets.set.restrict_dst(here)),
         {FactKind::kOwner, cell.subnet}, cell.owners.size(),
         [&](const Packets& world, std::size_t i) {
           const Place to = cell.owners[i];
           // Interfaces meet each other and themselves as if outside.
           const bool by_interface = !pod && to.kind == PlaceKind::kInterface;
           if (network_.node_of(to) != node || by_interface) {
             out(world);
           } else {
             within_node(world, from, to);
           }
         });
  }
  out(keep(packets, packets.set.restrict_dst(far)));
}

void Walk::within_node(const Packets& packets, Place from, Place to) {
  if (from == to) {
    deliver(packets, to);
  } else if (from.kind != PlaceKind::kPod) {
    node_to_pod(packets, to.index);
  } else {
    policies(packets, from.index, false, [&](const Packets& sent) {
      if (to.kind == PlaceKind::kPod) {
        to_pod(sent, to.index);
      } else {
        deliver(sent, to);
      }
    });
  }
}

/// A node may reach its pods whatever their policies say (S112), also with the
/// sources of others.
void Walk::node_to_pod(const Packets& packets, Index pod) {
  const Place place{PlaceKind::kPod, pod};
  if (options_.reply) {
    deliver(packets, place);
    return;
  }
  const Bound open{compiled_.cluster_filters.of(pod, true).lower,
                   PacketSet::all()};
  filter(packets, open, {FactKind::kPodIngress, pod}, DropCode::kPolicyDeny,
         network_.place_name(place),
         [&](const Packets& allowed) { deliver(allowed, place); });
}

/// A question may ask what happens without the interface.
void Walk::leave_by(Packets packets, Index interface) {
  const Place place{PlaceKind::kInterface, interface};
  if (options_.blocked.contains(place)) {
    drop(packets, DropCode::kPolicyDeny, network_.place_name(place));
  } else {
    leave_interface(std::move(packets), interface);
  }
}

/// To outside the VPC, a node may put in its own source for a new connection.
void Walk::send_by_node(const Packets& packets, Index pod) {
  const Place place{PlaceKind::kPod, pod};
  const Index carrier = network_.carrier_of(place);
  const Index n = network_.node_of(place);
  const NodeInfo& node = network_.nodes[n];
  if (options_.reply || !node.rewrites) {
    leave_by(packets, carrier);
    return;
  }
  const IpSet outside =
      IpSet::all(Family::kV4) - network_.vpcs[node.vpc].cidr_set;
  const PacketSet far = packets.set.restrict_dst(outside).restrict_src(
      IpSet::of(*node.source).complement());
  const Packets near = keep(packets, packets.set - far);
  if (!near.set.empty()) leave_by(near, carrier);
  const Cluster& cluster =
      parts_.clusters[parts_.pods[pod].cluster.id->index()];
  const bool sure = cluster.pod_source.is(PodSource::kNode) &&
                    !parts_.vpcs[node.vpc].cidrs.open;
  const auto rewrite = [&](const Packets& sent) {
    finish(sent, EndKind::kByNode, n);
  };
  if (sure) {
    rewrite(keep(packets, far));
    return;
  }
  fork(keep(packets, far), {FactKind::kPodSource, n}, 2,
       [&](const Packets& sent, std::size_t which) {
         if (which == 0) {
           rewrite(sent);
         } else {
           leave_by(sent, carrier);
         }
       });
}

std::vector<Way> Walk::from_node(Index node) {
  const NodeInfo& info = network_.nodes[node];
  Packets packets = start();
  packets.set =
      packets.set.restrict_src(IpSet::of(*info.source))
          .restrict_dst(network_.vpcs[info.vpc].cidr_set.complement());
  const PacketSet asked = packets.set;
  leave_by(std::move(packets), info.interface);
  return collect(asked);
}

/// To the pod that lists the address; where others do as well, to it too.
std::vector<Way> Walk::to_pods_of(Index node) {
  Packets packets = start();
  for (const NodeInfo::Cell& cell : network_.nodes[node].cells) {
    const auto own = [&](Place place) {
      return place.kind == PlaceKind::kPod && network_.node_of(place) == node;
    };
    const auto first = std::ranges::find_if(cell.owners, own);
    if (first == cell.owners.end()) continue;
    fork(keep(packets, packets.set.restrict_dst(cell.addresses)),
         {FactKind::kOwner, cell.subnet}, cell.owners.size(),
         [&](const Packets& world, std::size_t i) {
           const Place owner = cell.owners[i];
           deliver(world, own(owner) ? owner : *first);
         });
  }
  return collect(packets.set);
}

}  // namespace netproof::engine
