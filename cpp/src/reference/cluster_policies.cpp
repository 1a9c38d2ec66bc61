#include "reference/cluster_policies.hpp"

#include <algorithm>
#include <string>

namespace netproof::reference {
namespace {

using Verdict = Judgement::Verdict;

Answer3 and_(Answer3 a, Answer3 b) {
  if (a == Answer3::kNo || b == Answer3::kNo) return Answer3::kNo;
  return a == Answer3::kYes ? b : a;
}

Answer3 or_(Answer3 a, Answer3 b) {
  if (a == Answer3::kYes || b == Answer3::kYes) return Answer3::kYes;
  return a == Answer3::kNo ? b : a;
}

Answer3 yes_if(bool condition) {
  return condition ? Answer3::kYes : Answer3::kNo;
}

/// Equal answers are the answer; others leave it open.
Answer3 agreed(const std::vector<Answer3>& answers) {
  for (const Answer3 one : answers) {
    if (one != answers.front()) return Answer3::kUnknown;
  }
  return answers.empty() ? Answer3::kNo : answers.front();
}

Answer3 condition_holds(const LabelCondition& condition, const Labels& labels,
                        bool more_labels) {
  using Operator = LabelCondition::Operator;
  const auto found = labels.find(condition.key);
  if (found == labels.end()) {
    if (more_labels) return Answer3::kUnknown;
    return yes_if(condition.condition == Operator::kNotIn ||
                  condition.condition == Operator::kDoesNotExist);
  }
  if (condition.condition == Operator::kExists) return Answer3::kYes;
  if (condition.condition == Operator::kDoesNotExist) return Answer3::kNo;
  bool listed = false;
  for (const std::string& value : condition.values) {
    if (value == found->second) listed = true;
  }
  return yes_if(listed == (condition.condition == Operator::kIn));
}

Answer3 chooses(const LabelSelector& selector, const Labels& labels,
                bool more_labels = false) {
  Answer3 answer = Answer3::kYes;
  for (const LabelCondition& one : selector) {
    answer = and_(answer, condition_holds(one, labels, more_labels));
  }
  return answer;
}

Answer3 chooses_namespace(const LabelSelector& selector, const Cluster& cluster,
                          const std::string& name) {
  Labels labels{{"kubernetes.io/metadata.name", name}};
  for (const Namespace& one : cluster.namespaces) {
    if (one.name != name) continue;
    for (const auto& [key, value] : one.labels) labels.emplace(key, value);
    return chooses(selector, labels);
  }
  return chooses(selector, labels, true);
}

bool inside(const IpBlock& block, IpAddress address) {
  return block.cidr.prefix.contains(address) &&
         !contains(block.except, address);
}

bool has_port_named(const Pod& pod, const PolicyPort& port,
                    std::uint16_t number) {
  return std::ranges::any_of(pod.ports, [&](const PodPort& one) {
    return one.name == port.name && one.protocol == port.protocol &&
           one.port == number;
  });
}

}  // namespace

struct ClusterPolicies::Meeting {
  const Flow& flow;
  const Pod& pod;
  const Cluster& cluster;
  bool ingress = false;
  IpAddress other;
  std::vector<const Pod*> others;    ///< the pods that list its address
  std::optional<View::OnNode> node;  ///< that the pod runs on, if it is known
  bool from_node = false;            ///< an address of that node

  bool outside() const { return others.empty(); }
  bool with_node() const {
    return from_node || std::ranges::any_of(others, &Pod::host_network);
  }
  /// What is seen of it may be rewritten before or after (S113).
  bool rewritten() const {
    return outside() && !ingress && !cluster.rewrites_first.is(true);
  }
};

Judgement ClusterPolicies::ingress(const Flow& flow, std::uint32_t pod) const {
  return meet(flow, pod, true, flow.src);
}

Judgement ClusterPolicies::egress(const Flow& flow, std::uint32_t pod) const {
  return meet(flow, pod, false, flow.dst);
}

Judgement ClusterPolicies::meet(const Flow& flow, std::uint32_t pod,
                                bool ingress, IpAddress other) const {
  const Cluster& cluster = view_.cluster_of(pod);
  const auto node = view_.node_of({PlaceKind::kPod, pod});
  return judge({flow, view_.parts().pods[pod], cluster, ingress, other,
                view_.pods_at(cluster, other), node,
                node && view_.is_of_node(*node, other)});
}

/// What is undefined, or seen with another address, may pass (S112-S114).
Answer3 ClusterPolicies::at_least(const Meeting& meeting) {
  const bool from_outside =
      meeting.ingress && meeting.outside() && !meeting.node;
  const bool hazy = !has_ports(meeting.flow.protocol) || meeting.with_node() ||
                    from_outside || meeting.cluster.plugin.empty();
  return hazy ? Answer3::kUnknown : Answer3::kNo;
}

/// What one policy that applies allows; the rule that surely does so is kept.
Answer3 ClusterPolicies::policy_allows(const Meeting& meeting,
                                       const NetworkPolicy& policy,
                                       Judgement& result) const {
  const auto& rules = meeting.ingress ? policy.ingress : policy.egress;
  Answer3 allowed = rules->open ? Answer3::kUnknown : Answer3::kNo;
  for (const PolicyRule& rule : rules->items) {
    const Answer3 one = rule_allows(meeting, policy, rule);
    if (one == Answer3::kYes && allowed != Answer3::kYes) {
      result.entry = policy.name;
      result.where = rule.where;
    }
    allowed = or_(allowed, one);
  }
  return allowed;
}

std::vector<const NetworkPolicy*> ClusterPolicies::applicable(
    const Meeting& meeting) {
  std::vector<const NetworkPolicy*> found;
  for (const NetworkPolicy& policy : meeting.cluster.policies.items) {
    const bool speaks = meeting.ingress ? policy.ingress.has_value()
                                        : policy.egress.has_value();
    if (speaks && policy.space == meeting.pod.space &&
        chooses(policy.pods, meeting.pod.labels) == Answer3::kYes) {
      found.push_back(&policy);
    }
  }
  return found;
}

Judgement ClusterPolicies::judge(const Meeting& meeting) const {
  const std::string at =
      "pod:" + meeting.pod.name + (meeting.ingress ? " ingress" : " egress");
  const std::vector<const NetworkPolicy*> policies = applicable(meeting);
  const bool open = meeting.cluster.policies.open;
  Judgement result;
  if (policies.empty() && !open) return result;
  result.at = "pod:" + meeting.pod.name;
  result.fact = Fact{at, at + ": which policies count is not known"};
  result.verdict = Verdict::kEither;
  if (open || meeting.pod.host_network) return result;
  result.entry = policies.front()->name;
  result.where = policies.front()->where;
  Answer3 allowed = at_least(meeting);
  for (const NetworkPolicy* policy : policies) {
    allowed = or_(allowed, policy_allows(meeting, *policy, result));
  }
  if (allowed == Answer3::kYes) result.verdict = Verdict::kPass;
  if (allowed == Answer3::kNo) result.verdict = Verdict::kDeny;
  return result;
}

/// Peers and ports, each a list of which one is enough (S109).
Answer3 ClusterPolicies::rule_allows(const Meeting& meeting,
                                     const NetworkPolicy& policy,
                                     const PolicyRule& rule) const {
  const bool any_peer = rule.peers.items.empty() && !rule.peers.open;
  const bool any_port = rule.ports.items.empty() && !rule.ports.open;
  if (meeting.rewritten() && !(any_peer && any_port)) return Answer3::kUnknown;
  if (!has_ports(meeting.flow.protocol)) return Answer3::kUnknown;
  Answer3 peer = yes_if(any_peer);
  if (rule.peers.open) peer = Answer3::kUnknown;
  for (const PolicyPeer& one : rule.peers.items) {
    peer = or_(peer, peer_is(meeting, policy, one));
  }
  Answer3 port = yes_if(any_port);
  if (rule.ports.open) port = Answer3::kUnknown;
  for (const PolicyPort& one : rule.ports.items) {
    port = or_(port, port_is(meeting, one));
  }
  return and_(peer, port);
}

Answer3 ClusterPolicies::peer_is(const Meeting& meeting,
                                 const NetworkPolicy& policy,
                                 const PolicyPeer& peer) const {
  if (peer.block) return block_is(meeting, *peer.block);
  std::vector<Answer3> answers;
  for (const Pod* other : meeting.others) {
    answers.push_back(pod_is(meeting, policy, peer, *other));
  }
  return agreed(answers);
}

Answer3 ClusterPolicies::block_is(const Meeting& meeting,
                                  const IpBlock& block) const {
  const bool holds = inside(block, meeting.other);
  const bool exact = !meeting.ingress || meeting.node;
  if (meeting.outside() && exact) return yes_if(holds);
  // Of pods, and of what comes from outside, other addresses may be seen.
  const bool made_up = std::ranges::any_of(meeting.others, &Pod::made_up);
  return holds || made_up ? Answer3::kUnknown : Answer3::kNo;
}

Answer3 ClusterPolicies::pod_is(const Meeting& meeting,
                                const NetworkPolicy& policy,
                                const PolicyPeer& peer,
                                const Pod& other) const {
  Answer3 answer = Answer3::kYes;
  if (peer.namespaces) {
    answer = chooses_namespace(*peer.namespaces, meeting.cluster, other.space);
  } else if (other.space != policy.space) {
    return Answer3::kNo;
  }
  if (peer.pods) answer = and_(answer, chooses(*peer.pods, other.labels));
  return other.host_network ? and_(answer, Answer3::kUnknown) : answer;
}

Answer3 ClusterPolicies::port_is(const Meeting& meeting,
                                 const PolicyPort& port) const {
  const Flow& flow = meeting.flow;
  if (flow.protocol != port.protocol) return Answer3::kNo;
  if (!port.name.empty()) {
    if (meeting.ingress) {
      return yes_if(has_port_named(meeting.pod, port, flow.dport));
    }
    std::vector<Answer3> answers;
    for (const Pod* other : meeting.others) {
      answers.push_back(yes_if(has_port_named(*other, port, flow.dport)));
    }
    return agreed(answers);
  }
  if (!port.port) return Answer3::kYes;
  if (flow.dport == *port.port) return Answer3::kYes;
  const bool in_range =
      port.end_port && flow.dport > *port.port && flow.dport <= *port.end_port;
  if (!in_range) return Answer3::kNo;
  const Open<bool>& ranges = meeting.cluster.port_ranges;
  return ranges.unknown ? Answer3::kUnknown : yes_if(ranges.value);
}

}  // namespace netproof::reference
