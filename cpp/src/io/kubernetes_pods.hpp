#pragma once

#include <vector>

#include "io/kubernetes_object.hpp"

namespace netproof::io {

/// The pods of a cluster: those that are given, and one of each template of
/// which none runs. Who has no address gets one that is made up.
std::vector<Pod> kubernetes_pods(Draft& draft, const KubernetesObjects& found,
                                 const Ref<Cluster>& cluster);

/// Sets by which Services the pods are reached.
void find_served(Problems& problems, const KubernetesObjects& found,
                 std::vector<Pod>& pods);

/// The nodes of the pods that are given, sorted by name, with their addresses;
/// their interfaces are not in the objects. Gives each pod its index.
std::vector<ClusterNode> kubernetes_nodes(Draft& draft,
                                          const KubernetesObjects& found,
                                          std::vector<Pod>& pods);

}  // namespace netproof::io
