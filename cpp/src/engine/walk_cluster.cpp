#include <utility>

#include "engine/walk.hpp"

namespace netproof::engine {

// S172, S173.
void Walk::leave_pod(const Packets& packets, Index pod) {
  const Index c = parts_.pods[pod].cluster.id->value;
  const ClusterInfo& info = network_.clusters[c];
  const Packets near = keep(packets, packets.set.restrict_dst(info.addresses));
  const IpSet asked = near.set.dst_addresses();
  for (const auto& [addresses, owners] : info.owners) {
    if (addresses.disjoint_from(asked)) continue;
    fork(keep(near, near.set.restrict_dst(addresses)), {FactKind::kPodOwner, c},
         owners.size(),
         [&, &holders = owners](const Packets& world, std::size_t i) {
           const Index owner = holders[i];
           if (owner == pod) {
             deliver(world, {PlaceKind::kPod, pod});
             return;
           }
           policies(world, pod, false,
                    [&](const Packets& sent) { to_pod(sent, owner); });
         });
  }
  const Packets far =
      keep(packets, packets.set.restrict_dst(info.addresses.complement()));
  policies(far, pod, false, [&](const Packets& sent) {
    gate(sent, {true, true}, {FactKind::kClusterExit, c}, DropCode::kNoRoute,
         "cluster:" + parts_.clusters[c].name,
         [&](const Packets& out) { deliver(out, {}); });
  });
}

void Walk::to_pod(const Packets& packets, Index pod) {
  policies(packets, pod, true, [&](const Packets& allowed) {
    deliver(allowed, {PlaceKind::kPod, pod});
  });
}

/// Replies of what was allowed are allowed (S108).
void Walk::policies(const Packets& packets, Index pod, bool ingress,
                    const Next& next) {
  if (packets.set.empty()) return;
  if (options_.reply) {
    next(packets);
    return;
  }
  const FactKind kind = ingress ? FactKind::kPodIngress : FactKind::kPodEgress;
  filter(packets, compiled_.cluster_filters.of(pod, ingress), {kind, pod},
         DropCode::kPolicyDeny, "pod:" + parts_.pods[pod].name, next);
}

/// Replies may come in by the rewriting of their requests; anything else only
/// to addresses that the internet has.
void Walk::internet_to_pods(const Packets& packets, Index cluster,
                            const std::vector<Index>& owners) {
  Packets in = packets;
  if (!options_.reply) {
    const IpSet& wide = global_unicast();
    drop(keep(packets, packets.set.restrict_dst(wide.complement())),
         DropCode::kUnroutable, "internet");
    in.set = in.set.restrict_dst(wide);
  }
  gate(in, {true, true}, {FactKind::kClusterExit, cluster},
       DropCode::kUnroutable, "internet", [&](const Packets& inside) {
         fork(inside, {FactKind::kPodOwner, cluster}, owners.size(),
              [&](const Packets& world, std::size_t i) {
                to_pod(world, owners[i]);
              });
       });
}

}  // namespace netproof::engine
