#include "engine/label_match.hpp"

#include <algorithm>

namespace netproof::engine {
namespace {

bool holds(const LabelCondition& condition, const Labels& labels) {
  const auto at = labels.find(condition.key);
  const bool there = at != labels.end();
  const bool among = there && std::ranges::find(condition.values, at->second) !=
                                  condition.values.end();
  switch (condition.condition) {
    case LabelCondition::Operator::kIn:
      return among;
    case LabelCondition::Operator::kNotIn:
      return !among;
    case LabelCondition::Operator::kExists:
      return there;
    case LabelCondition::Operator::kDoesNotExist:
      return !there;
  }
  return false;
}

}  // namespace

Match match(const LabelSelector& selector, const Labels& labels,
            bool complete) {
  Match all = Match::kYes;
  for (const LabelCondition& condition : selector) {
    Match one = holds(condition, labels) ? Match::kYes : Match::kNo;
    if (!complete && !labels.contains(condition.key)) one = Match::kPerhaps;
    all = std::min(all, one);
  }
  return all;
}

Match match_namespace(const LabelSelector& selector, const Cluster& cluster,
                      const std::string& space) {
  const auto at =
      std::ranges::find(cluster.namespaces, space, &Namespace::name);
  const bool listed = at != cluster.namespaces.end();
  Labels labels;
  if (listed) labels = at->labels;
  labels["kubernetes.io/metadata.name"] = space;
  return match(selector, labels, listed);
}

}  // namespace netproof::engine
