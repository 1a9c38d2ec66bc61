#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "io/kubernetes_object.hpp"

namespace netproof::io {

/// What an object that is no pod, Service, Namespace or NetworkPolicy may do to
/// what passes.
enum class Bearing : std::uint8_t {
  kNone,
  kDecides,  ///< allows or denies besides NetworkPolicies (S114)
  kChanges,  ///< makes or changes objects of any kind when they are applied
  kMakesPods,
};

Bearing bearing_of(const KubernetesObject& object);

/// Objects by which the pods of any Service may be reached from outside.
bool leads_in(const KubernetesObject& object);

/// Whether pods of the object have interfaces beside the one that
/// NetworkPolicies are about.
bool has_more_networks(const KubernetesObject& object);

/// Names of ports of containers that start before the others: some versions
/// and plugins take them for ports of the pod.
std::set<std::string> early_port_names(const KubernetesObjects& found);

/// The template by which an object makes pods; null if there is none.
const Node* template_of(const KubernetesObject& object);

/// Keys of labels that the controller of such an object gives its pods besides
/// those of the template; open: nobody knows which (S180).
OpenList<std::string> added_labels(const KubernetesObject& object);
/// The same of all objects that make pods.
OpenList<std::string> all_added_labels(const KubernetesObjects& found);

}  // namespace netproof::io
