#pragma once

#include <vector>

#include "io/kubernetes_object.hpp"

namespace netproof::io {

/// The pods of a cluster: the running ones, or where no pod has an address one
/// of each template, with an address that is made up.
std::vector<Pod> kubernetes_pods(Draft& draft, const KubernetesObjects& found,
                                 const Ref<Cluster>& cluster);

/// True if the objects come from a running cluster: a pod has an address.
bool runs(const KubernetesObjects& found);

/// Sets by which Services the pods are reached. False if there is none at all.
bool find_served(Problems& problems, const KubernetesObjects& found,
                 std::vector<Pod>& pods);

}  // namespace netproof::io
