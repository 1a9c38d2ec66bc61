// The invariants of the diagrams, for tests and fuzzers.

#include <unordered_set>

#include "diagram_access.hpp"
#include "netproof/net/packet_set.hpp"

namespace netproof {

namespace {

using diagram::Access;
using diagram::DportNode;
using diagram::DstNode;
using diagram::Equality;
using diagram::ProtocolNode;
using diagram::SportNode;
using diagram::SrcNode;

class Checker {
 public:
  explicit Checker(Family family) : highest_{highest_address(family)} {}

  bool holds(const DstNode& node) {
    return in_order(node, highest_) && children_hold(node);
  }

 private:
  bool holds(const SrcNode& node) {
    return in_order(node, highest_) && children_hold(node);
  }

  bool holds(const ProtocolNode& node) {
    if (!in_order(node, std::uint8_t{255})) return false;
    for (const auto& branch : node.branches) {
      for (unsigned number = branch.first; number <= branch.last; ++number) {
        const auto protocol = static_cast<std::uint8_t>(number);
        if (!holds(*branch.child, highest_port(protocol))) return false;
      }
    }
    return true;
  }

  bool holds(const DportNode& node, std::uint16_t highest) {
    if (!in_order(node, highest)) return false;
    for (const auto& branch : node.branches) {
      const SportNode& leaf = *branch.child;
      if (leaf.ports.empty() || !leaf.ports.check_invariants()) return false;
      if (leaf.ports.intervals().back().last > highest) return false;
      if (leaf.hash != diagram::make_leaf(leaf.ports)->hash) return false;
    }
    return true;
  }

  // Not empty, sorted, disjoint, inside the domain; what touches differs below;
  // the hash is the one of the branches.
  template <class Node, class Key>
  bool in_order(const Node& node, Key highest) {
    if (node.branches.empty()) return false;
    for (std::size_t i = 0; i < node.branches.size(); ++i) {
      const auto& branch = node.branches[i];
      if (!branch.child || branch.first > branch.last) return false;
      if (branch.last > highest) return false;
      if (i == 0) continue;
      const auto& before = node.branches[i - 1];
      if (before.last >= branch.first) return false;
      if (branch.first - before.last == 1 &&
          equality_.same(before.child.get(), branch.child.get())) {
        return false;
      }
    }
    return node.hash == diagram::make_node<Node>(node.branches)->hash;
  }

  template <class Node>
  bool children_hold(const Node& node) {
    for (const auto& branch : node.branches) {
      if (!seen_.insert(branch.child.get()).second) continue;
      if (!holds(*branch.child)) return false;
    }
    return true;
  }

  Uint128 highest_;
  Equality equality_;
  std::unordered_set<const void*> seen_;
};

}  // namespace

bool PacketSet::check_invariants() const {
  return (!v4_ || Checker{Family::kV4}.holds(*v4_)) &&
         (!v6_ || Checker{Family::kV6}.holds(*v6_));
}

}  // namespace netproof
