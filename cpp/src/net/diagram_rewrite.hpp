#pragma once

#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diagram_algebra.hpp"

/// Diagrams made from one other diagram.
namespace netproof::diagram {

/// `node` with `f(child)` in place of each child; f may give null.
template <class Node, class F>
Ref<Node> map_children(Algebra& algebra, const Node& node, F&& f) {
  std::vector<typename Node::Branch> branches;
  branches.reserve(node.branches.size());
  for (const auto& branch : node.branches) {
    append(branches, branch.first, branch.last, f(branch.child),
           algebra.equality());
  }
  return algebra.intern(make_node<Node>(std::move(branches)));
}

/// A function from nodes to nodes that computes each distinct one once.
/// REQUIRES: the arguments outlive this object.
template <class Node, class F>
class Memoized {
 public:
  explicit Memoized(F f) : f_{std::move(f)} {}

  Ref<Node> operator()(const Ref<Node>& node) {
    if (const auto* known = known_.find(node.get(), nullptr)) return *known;
    Ref<Node> result = f_(node);
    known_.insert(node.get(), nullptr, 0, result);
    return result;
  }

 private:
  F f_;
  PairTable<Ref<Node>> known_;
};

template <class Node, class F>
Memoized<Node, F> memoized(F f) {
  return Memoized<Node, F>{std::move(f)};
}

/// The part of `node` whose keys lie in `keys` (sorted, disjoint, not
/// touching).
template <class Node, class Intervals>
Ref<Node> restrict_keys(const Node& node, const Intervals& keys) {
  std::vector<typename Node::Branch> branches;
  branches.reserve(std::min(keys.size(), node.branches.size()));
  auto at = node.branches.begin();
  for (const auto& key : keys) {
    at = leap(at, node.branches.end(), key.first);
    for (auto it = at; it != node.branches.end() && it->first <= key.last;
         ++it) {
      branches.push_back({std::max(it->first, key.first),
                          std::min(it->last, key.last), it->child});
    }
  }
  return make_node<Node>(std::move(branches));
}

/// Groups the branches of a node by their child, in order of appearance.
template <class Node>
auto keys_by_child(const Node& node) {
  using Interval = typename IntervalSet<typename Node::Key>::Interval;
  std::vector<std::pair<Ref<typename Node::Child>, std::vector<Interval>>> all;
  std::unordered_map<const void*, std::size_t> index;
  for (const auto& branch : node.branches) {
    const auto [at, is_new] = index.emplace(branch.child.get(), all.size());
    if (is_new) all.push_back({branch.child, {}});
    all[at->second].second.push_back({branch.first, branch.last});
  }
  return all;
}

}  // namespace netproof::diagram
