#include "rules/pod_doubt.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace netproof {
namespace {

bool holds_other_pod(const ZoneScope& zone, Place pod) {
  return std::ranges::any_of(zone.scopes, [&](const Scope& scope) {
    return scope.place.kind == PlaceKind::kPod && scope.place != pod;
  });
}

bool seen_from_outside(const Pod& pod) {
  return pod.host_network || pod.served.may_be(Served::kOutside);
}

bool has_v4(const Pod& pod) {
  return std::ranges::any_of(pod.addresses, [](IpAddress address) {
    return address.family() == Family::kV4;
  });
}

bool holds_v4(const ZoneScope& zone) {
  return std::ranges::any_of(zone.scopes, [](const Scope& scope) {
    return scope.addresses.has(Family::kV4);
  });
}

// In clusters of IPv6, nodes send to IPv4 for their pods (S174).
void doubt_senders(const Topology& topology, const ZoneScope& from,
                   std::vector<std::string>& reasons) {
  for (const Scope& scope : from.scopes) {
    if (scope.place.kind != PlaceKind::kPod) continue;
    const Pod& pod = topology->pods.at(scope.place.index);
    if (!pod.interface || has_v4(pod)) continue;
    reasons.push_back(fmt::format(
        "pod:{} has no IPv4 address, and its node may send for it", pod.name));
  }
}

}  // namespace

// What is sent to the address of a Service arrives at its pods; where policies
// see that address, they say nothing of the pods behind it.
std::vector<std::string> pod_address_doubts(const Topology& topology,
                                            const ZoneScope& from,
                                            const ZoneScope& to) {
  std::vector<std::string> reasons;
  const bool outside = std::ranges::any_of(from.scopes, [](const Scope& scope) {
    return scope.place.kind != PlaceKind::kPod;
  });
  for (const Scope& scope : to.scopes) {
    if (scope.place.kind != PlaceKind::kPod) continue;
    const Pod& pod = topology->pods.at(scope.place.index);
    const Cluster& cluster = topology->clusters.at(pod.cluster.id->index());
    const bool pods = holds_other_pod(from, scope.place);
    // What pods send to such an address arrives as if it came from a node.
    if ((outside && seen_from_outside(pod)) ||
        (pods && pod.served.may_be(Served::kOutside))) {
      reasons.push_back(fmt::format(
          "pod:{} may be reached by the address of a node or load balancer",
          pod.name));
    }
    const bool served = pod.served.unknown || pod.served.value != Served::kNone;
    if (served && !cluster.rewrites_first.is(true) && pods) {
      reasons.push_back(fmt::format(
          "policies of cluster:{} may see the address of a Service in place of "
          "that of pod:{}",
          cluster.name, pod.name));
    }
  }
  if (holds_v4(to)) doubt_senders(topology, from, reasons);
  return reasons;
}

}  // namespace netproof
