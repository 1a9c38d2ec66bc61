#include <string>
#include <utility>
#include <vector>

#include "reference/cluster_policies.hpp"
#include "reference/walk.hpp"

namespace netproof::reference {

/// One of the pods that list the destination (S172).
Tree Walk::owner_pod(Packet packet, const Cluster& cluster,
                     const std::function<Tree(Packet, std::uint32_t)>& next) {
  const IpAddress dst = packet.flow.dst;
  std::vector<std::uint32_t> pods;
  std::vector<std::string> names;
  for (const Pod* pod : view_.pods_at(cluster, dst)) {
    pods.push_back(static_cast<std::uint32_t>(pod - view_.parts().pods.data()));
    names.push_back("pod:" + pod->name);
  }
  const Fact fact{"cluster:" + cluster.name + " owner of " + to_string(dst),
                  "which pod has " + to_string(dst)};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  return next(std::move(p), pods[which]);
                });
}

/// Whether a cluster and what is outside of it reach each other (S113).
Tree Walk::past_cluster_edge(Packet packet, const Cluster& cluster,
                             const Next& yes, const Next& no) {
  const std::string at = "cluster:" + cluster.name;
  const std::string to = to_string(packet.flow.dst);
  return yes_no(std::move(packet), Answer3::kUnknown,
                Fact{at + " outside " + to,
                     "nobody knows what is between " + at + " and outside"},
                yes, no);
}

Tree Walk::from_pod(Packet packet, std::uint32_t pod) {
  const Cluster& cluster = view_.cluster_of(pod);
  packet.other_ways = true;
  const auto egress = [this, pod](Packet p, const Next& next) {
    if (is_reply()) return next(std::move(p));
    const Judgement judged = ClusterPolicies{view_}.egress(p.flow, pod);
    return filter(std::move(p), judged, DropCode::kPolicyDeny, next);
  };
  if (!view_.pods_at(cluster, packet.flow.dst).empty()) {
    return owner_pod(std::move(packet), cluster,
                     [&](Packet p, std::uint32_t owner) {
                       // What a pod sends to itself never leaves it (S112).
                       if (owner == pod) {
                         return deliver(std::move(p), {PlaceKind::kPod, pod});
                       }
                       return egress(std::move(p), [&](Packet q) {
                         return into_pod(std::move(q), owner);
                       });
                     });
  }
  return egress(std::move(packet), [&](Packet p) {
    return past_cluster_edge(
        std::move(p), cluster,
        [&](Packet q) {
          return deliver(std::move(q), {PlaceKind::kInternet, 0});
        },
        [&](Packet q) {
          return drop(std::move(q), DropCode::kNoRoute,
                      "cluster:" + cluster.name, "", cluster.where);
        });
  });
}

Tree Walk::into_pod(Packet packet, std::uint32_t pod) {
  const auto arrive = [this, pod](Packet p) {
    return deliver(std::move(p), {PlaceKind::kPod, pod});
  };
  if (is_reply()) return arrive(std::move(packet));
  const Judgement judged = ClusterPolicies{view_}.ingress(packet.flow, pod);
  return filter(std::move(packet), judged, DropCode::kPolicyDeny, arrive);
}

/// From the internet to an address that pods list.
Tree Walk::internet_into_cluster(Packet packet, const Cluster& cluster) {
  const auto lost = [this](Packet p) {
    return drop(std::move(p), DropCode::kUnroutable, "internet");
  };
  if (!is_reply() && !global_unicast().contains(packet.flow.dst)) {
    return lost(std::move(packet));
  }
  return past_cluster_edge(
      std::move(packet), cluster,
      [&](Packet p) {
        return owner_pod(std::move(p), cluster,
                         [this](Packet q, std::uint32_t pod) {
                           return into_pod(std::move(q), pod);
                         });
      },
      lost);
}

}  // namespace netproof::reference
