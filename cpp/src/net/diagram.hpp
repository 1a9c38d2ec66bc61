#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "netproof/net/hashing.hpp"
#include "netproof/net/interval_set.hpp"
#include "netproof/net/uint128.hpp"
#include "pair_table.hpp"

/// The nodes behind TransportSet and PacketSet. packet_set.md explains them.
///
/// A null pointer is the empty set; no node stands for it. What no branch
/// covers is not in the set.
namespace netproof::diagram {

template <class Node>
using Ref = std::shared_ptr<const Node>;

/// INVARIANT: at least one branch; sorted, disjoint; no child is null; of two
/// branches that touch, the children differ.
template <class KeyType, class ChildType>
struct Branching {
  using Key = KeyType;
  using Child = ChildType;

  struct Branch {
    Key first;
    Key last;
    Ref<Child> child;
  };

  std::vector<Branch> branches;
  std::uint64_t hash = 0;
};

/// The leaves: source ports, or ICMP types. INVARIANT: not empty.
struct SportNode {
  IntervalSet<std::uint16_t> ports;
  std::uint64_t hash = 0;
};
/// Destination ports, or ICMP codes.
struct DportNode : Branching<std::uint16_t, SportNode> {};
struct ProtocolNode : Branching<std::uint8_t, DportNode> {};
struct SrcNode : Branching<Uint128, ProtocolNode> {};
struct DstNode : Branching<Uint128, SrcNode> {};

/// The levels whose nodes are wide and shared: for them a memo pays.
template <class Node>
concept AddressLevel =
    std::same_as<Node, SrcNode> || std::same_as<Node, DstNode>;

/// Whether two diagrams are the same set. Hashes decide only that they are not:
/// what has equal hashes is compared. Pairs found equal are remembered, so that
/// shared nodes are compared once. The nodes must outlive this object.
class Equality {
 public:
  bool same(const SportNode* a, const SportNode* b) {
    return a == b || (a && b && same_below(*a, *b));
  }
  template <class Node>
  bool same(const Node* a, const Node* b) {
    if (a == b) return true;
    if (!a || !b || a->hash != b->hash) return false;
    if (known_.find(a, b) != nullptr) return true;
    const bool equal = same_below(*a, *b);
    if constexpr (AddressLevel<Node>) {
      if (equal) known_.insert(a, b, 0, true);
    }
    return equal;
  }

  /// The same answer, but the pair itself is not remembered: only what is
  /// below the two has to outlive this object.
  bool same_below(const SportNode& a, const SportNode& b) {
    return a.hash == b.hash && a.ports == b.ports;
  }
  template <class Node>
  bool same_below(const Node& a, const Node& b) {
    return a.hash == b.hash &&
           std::ranges::equal(a.branches, b.branches,
                              [this](const auto& x, const auto& y) {
                                return x.first == y.first && x.last == y.last &&
                                       this->same(x.child.get(), y.child.get());
                              });
  }

 private:
  PairTable<bool> known_;
};

inline Ref<SportNode> make_leaf(IntervalSet<std::uint16_t> ports) {
  if (ports.empty()) return nullptr;
  auto node = std::make_shared<SportNode>();
  node->hash = 1;
  for (const auto& interval : ports.intervals()) {
    node->hash = hash_mix(node->hash, std::uint64_t{interval.first} << 16U |
                                          std::uint64_t{interval.last});
  }
  node->ports = std::move(ports);
  return node;
}

/// Appends first..last -> child; joins it with the branch before where the two
/// touch and are the same below. A null child is left out.
/// REQUIRES: first lies above every branch so far.
template <class Branch, class Key, class Child>
void append(std::vector<Branch>& branches, Key first, Key last, Child&& child,
            Equality& equality) {
  if (!child) return;
  if (!branches.empty()) {
    Branch& before = branches.back();
    // `first - last` rather than `last + 1`: the latter wraps at the top.
    const bool touches = static_cast<Key>(first - before.last) == Key{1};
    if (touches && equality.same(before.child.get(), child.get())) {
      before.last = last;
      return;
    }
  }
  branches.push_back({first, last, std::forward<Child>(child)});
}

/// The node with these branches; null if there are none.
/// REQUIRES: they keep the INVARIANT of Branching.
template <class Node>
Ref<Node> make_node(std::vector<typename Node::Branch> branches) {
  if (branches.empty()) return nullptr;
  auto node = std::make_shared<Node>();
  std::uint64_t hash = 2;
  for (const auto& branch : branches) {
    if constexpr (AddressLevel<Node>) {
      hash = hash_mix(hash_mix(hash, branch.first), branch.last);
    } else {
      hash = hash_mix(hash, std::uint64_t{branch.first} << 16U |
                                std::uint64_t{branch.last});
    }
    hash = hash_mix(hash, branch.child->hash);
  }
  node->hash = hash;
  node->branches = std::move(branches);
  return node;
}

/// The node that has `child` for each of the keys; null if there is none.
template <class Node, class Intervals>
Ref<Node> make_fan(const Intervals& keys,
                   const Ref<typename Node::Child>& child) {
  if (!child) return nullptr;
  std::vector<typename Node::Branch> branches;
  branches.reserve(keys.size());
  for (const auto& key : keys) {
    branches.push_back({key.first, key.last, child});
  }
  return make_node<Node>(std::move(branches));
}

/// The first branch that ends at `key` or after.
template <class Node>
auto first_reaching(const Node& node, typename Node::Key key) noexcept {
  return std::partition_point(node.branches.begin(), node.branches.end(),
                              [key](const auto& b) { return b.last < key; });
}

/// The first branch from `at` on that ends at `key` or after, by steps that
/// double: logarithmic in the distance.
template <class Iterator, class Key>
Iterator leap(Iterator at, Iterator end, Key key) {
  std::ptrdiff_t step = 1;
  while (end - at > step && at[step].last < key) {
    at += step;
    step *= 2;
  }
  const auto stop = end - at > step ? at + step + 1 : end;
  return std::partition_point(
      at, stop, [key](const auto& branch) { return branch.last < key; });
}

/// What is below `key`; null if nothing.
template <class Node>
const typename Node::Child* child_at(const Node* node,
                                     typename Node::Key key) noexcept {
  const auto at = first_reaching(*node, key);
  if (at == node->branches.end() || at->first > key) return nullptr;
  return at->child.get();
}

/// The transport points of one protocol: everything it has.
Ref<DportNode> every_point(std::uint8_t protocol);
/// Every transport point.
Ref<ProtocolNode> every_transport();
/// How many points there are below; at most 3 * 2^32 + 2 * 2^16 + 251.
std::uint64_t point_count(const ProtocolNode& node);

}  // namespace netproof::diagram
