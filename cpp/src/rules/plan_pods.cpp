#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

constexpr std::uint16_t kDns = 53;

bool holds(const LabelCondition& condition, const Labels& labels) {
  using Operator = LabelCondition::Operator;
  const auto at = labels.find(condition.key);
  const bool there = at != labels.end();
  if (condition.condition == Operator::kExists) return there;
  if (condition.condition == Operator::kDoesNotExist) return !there;
  const bool among = there && std::ranges::find(condition.values, at->second) !=
                                  condition.values.end();
  return among == (condition.condition == Operator::kIn);
}

bool limits_egress(const NetworkPolicy& policy, const Pod& pod) {
  return policy.egress && policy.space == pod.space &&
         std::ranges::all_of(policy.pods, [&](const LabelCondition& one) {
           return holds(one, pod.labels);
         });
}

std::vector<const NetworkPolicy*> limits_of(const Cluster& cluster,
                                            const Pod& pod) {
  std::vector<const NetworkPolicy*> found;
  for (const NetworkPolicy& policy : cluster.policies.items) {
    if (limits_egress(policy, pod)) found.push_back(&policy);
  }
  return found;
}

// What a name of a port stands for is another pod's.
bool may_ask(const PolicyPort& port) {
  if (port.protocol != kUdp) return false;
  if (!port.name.empty() || !port.port) return true;
  return *port.port <= kDns && kDns <= port.end_port.value_or(*port.port);
}

bool may_ask(const PolicyRule& rule) {
  if (rule.ports.open || rule.ports.items.empty()) return true;
  return std::ranges::any_of(
      rule.ports.items, [](const PolicyPort& port) { return may_ask(port); });
}

bool may_ask(const NetworkPolicy& policy) {
  return policy.egress->open ||
         std::ranges::any_of(policy.egress->items, [](const PolicyRule& rule) {
           return may_ask(rule);
         });
}

}  // namespace

// One finding for the pods that the same policies limit.
void check_pod_names(const PlanContext& context, std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  std::map<std::vector<const NetworkPolicy*>, std::vector<const Pod*>> limited;
  for (const Pod& pod : parts.pods) {
    const Cluster& cluster = parts.clusters.at(pod.cluster.id->index());
    if (cluster.policies.open || pod.host_network) continue;
    const std::vector<const NetworkPolicy*> all = limits_of(cluster, pod);
    const bool asks = std::ranges::any_of(
        all, [](const NetworkPolicy* one) { return may_ask(*one); });
    if (!all.empty() && !asks) limited[all].push_back(&pod);
  }
  for (const auto& [policies, pods] : limited) {
    std::vector<std::string> names;
    for (const NetworkPolicy* one : policies) names.push_back(one->name);
    const std::string more =
        pods.size() == 1 ? "" : fmt::format(" and {} more", pods.size() - 1);
    found.push_back(make_finding(
        "egress-reaches-dns",
        fmt::format("pod:{}{} may not ask for names: no rule of {} allows UDP "
                    "port 53",
                    pods.front()->name, more, fmt::join(names, ", ")),
        policies.front()->where, "pod:" + pods.front()->name));
  }
}

}  // namespace netproof
