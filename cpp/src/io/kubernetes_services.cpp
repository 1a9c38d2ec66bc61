// By which addresses besides their own pods are reached (S113).
#include <algorithm>
#include <string>

#include "io/kubernetes_kinds.hpp"
#include "io/kubernetes_pods.hpp"

namespace netproof::io {
namespace {

enum class Selected : std::uint8_t { kNo, kPerhaps, kYes };

Selected selected_by(const Labels& wanted, const Pod& pod,
                     const OpenList<std::string>& unknown) {
  Selected all = Selected::kYes;
  for (const auto& [key, value] : wanted) {
    const auto at = pod.labels.find(key);
    if (at != pod.labels.end()) {
      if (at->second != value) return Selected::kNo;
      continue;
    }
    const bool may =
        pod.made_up && (unknown.open || std::ranges::find(unknown.items, key) !=
                                            unknown.items.end());
    if (!may) return Selected::kNo;
    all = Selected::kPerhaps;
  }
  return all;
}

Open<Served> how_far(const KubernetesObject& service) {
  const std::string type = text_inside(*service.node, {"spec", "type"});
  const bool outside =
      type == "NodePort" || type == "LoadBalancer" ||
      !list_inside(*service.node, {"spec", "externalIPs"}).empty();
  if (outside) return {Served::kOutside, false, {}};
  if (!type.empty() && type != "ClusterIP") return {Served::kInside, true, {}};
  const bool headless =
      text_inside(*service.node, {"spec", "clusterIP"}) == "None";
  return {headless ? Served::kNone : Served::kInside, false, {}};
}

void serve(Pod& pod, Selected selected, const Open<Served>& how,
           bool led_into) {
  const bool matters = how.unknown || led_into || how.value != Served::kNone;
  if (how.unknown || led_into || (selected != Selected::kYes && matters)) {
    pod.served.unknown = true;
  } else {
    pod.served.value = std::max(pod.served.value, how.value);
  }
}

/// Without a selector the addresses of a Service are written elsewhere: they
/// may be any pod's. The API server has such a one.
bool is_anywhere(const KubernetesObject& service, const Labels& wanted,
                 const Open<Served>& how) {
  const bool api = service.name == "kubernetes" && service.space == "default";
  return wanted.empty() && !api && (how.unknown || how.value != Served::kNone);
}

}  // namespace

void find_served(Problems& problems, const KubernetesObjects& found,
                 std::vector<Pod>& pods) {
  const bool led_into = std::ranges::any_of(found.objects, leads_in);
  const OpenList<std::string> unknown = all_added_labels(found);
  for (const KubernetesObject& service : found.objects) {
    if (service.kind != "Service" || !service.group.empty() ||
        text_inside(*service.node, {"spec", "type"}) == "ExternalName") {
      continue;
    }
    const Labels wanted =
        labels_inside(problems, *service.node, {"spec", "selector"});
    const Open<Served> how = how_far(service);
    const bool anywhere = is_anywhere(service, wanted, how);
    for (Pod& pod : pods) {
      pod.served.unknown = pod.served.unknown || anywhere;
      if (wanted.empty() || pod.space != service.space) continue;
      const Selected selected = selected_by(wanted, pod, unknown);
      if (selected != Selected::kNo) serve(pod, selected, how, led_into);
    }
  }
}

}  // namespace netproof::io
