#pragma once

#include <algorithm>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diagram.hpp"

namespace netproof::diagram {

enum class Operation : std::uint8_t { kUnion, kIntersection, kDifference };

/// Nodes by their hash.
template <class Node>
class NodeTable {
 public:
  /// A node with this hash for which `same` holds; null if there is none.
  template <class Same>
  Ref<Node> find(std::uint64_t hash, Same same) const {
    for (const Ref<Node>& node : few_) {
      if (node->hash == hash && same(*node)) return node;
    }
    if (!many_) return nullptr;
    const auto [first, last] = many_->equal_range(hash);
    for (auto at = first; at != last; ++at) {
      if (same(*at->second)) return at->second;
    }
    return nullptr;
  }

  void insert(Ref<Node> node) {
    if (few_.empty()) few_.reserve(kFew);
    if (few_.size() < kFew) {
      few_.push_back(std::move(node));
      return;
    }
    if (!many_) many_ = std::make_unique<Map>();
    const std::uint64_t hash = node->hash;
    many_->emplace(hash, std::move(node));
  }

 private:
  using Map = std::unordered_multimap<std::uint64_t, Ref<Node>>;

  std::vector<Ref<Node>> few_;
  std::unique_ptr<Map> many_;
};

/// One set operation on two diagrams. Each distinct pair of nodes is combined
/// once, and equal results become one node, so that what was shared stays
/// shared. Holds what it has made: make one for each operation, or one for a
/// fold of many. REQUIRES: what it is given outlives it.
class Algebra {
 public:
  template <class Node>
  Ref<Node> combine(Operation operation, const Ref<Node>& a,
                    const Ref<Node>& b) {
    if (!a) return operation == Operation::kUnion ? b : nullptr;
    if (!b) return operation == Operation::kIntersection ? nullptr : a;
    if (a == b) return operation == Operation::kDifference ? nullptr : a;
    auto& memo = std::get<Level<Node>>(levels_).memo;
    const auto tag = static_cast<unsigned>(operation);
    if (const auto* known = memo.find(a.get(), b.get(), tag)) {
      return *known;
    }
    Ref<Node> result = compute(operation, a, b);
    memo.insert(a.get(), b.get(), tag, result);
    return result;
  }

  /// The union of all, by balanced halves.
  template <class Node>
  Ref<Node> unite(std::vector<Ref<Node>> nodes) {
    if (nodes.empty()) return nullptr;
    // Each round halves the number of nodes.
    while (nodes.size() > 1) {
      std::size_t count = 0;
      for (std::size_t i = 0; i < nodes.size(); i += 2) {
        nodes[count++] = i + 1 < nodes.size() ? combine(Operation::kUnion,
                                                        nodes[i], nodes[i + 1])
                                              : nodes[i];
      }
      nodes.resize(count);
    }
    return nodes.front();
  }

  /// A node known to this object that is the same, or `node` itself.
  template <class Node>
  Ref<Node> intern(Ref<Node> node) {
    if (!node) return node;
    auto& known = std::get<Level<Node>>(levels_).known;
    Ref<Node> same = known.find(node->hash, [&](const Node& other) {
      return equality_.same_below(other, *node);
    });
    if (same) return same;
    known.insert(node);
    return node;
  }

  /// The same diagram with every node interned, bottom up.
  Ref<SportNode> adopt(const Ref<SportNode>& node) { return intern(node); }
  template <class Node>
  Ref<Node> adopt(const Ref<Node>& node) {
    if (!node) return node;
    auto& adopted = std::get<Level<Node>>(levels_).adopted;
    if (const auto* known = adopted.find(node.get(), nullptr)) {
      return *known;
    }
    auto branches = node->branches;
    for (auto& branch : branches) branch.child = adopt(branch.child);
    Ref<Node> result = intern(make_node<Node>(std::move(branches)));
    adopted.insert(node.get(), nullptr, 0, result);
    return result;
  }

  Equality& equality() noexcept { return equality_; }

 private:
  // Operands are given from outside, or known here: their addresses stay theirs
  // as long as the tables that have them as keys.
  template <class Node>
  struct Level {
    PairTable<Ref<Node>> memo;
    NodeTable<Node> known;
    PairTable<Ref<Node>> adopted;
  };

  Ref<SportNode> compute(Operation operation, const Ref<SportNode>& a,
                         const Ref<SportNode>& b) {
    auto ports = operation == Operation::kUnion          ? a->ports | b->ports
                 : operation == Operation::kIntersection ? a->ports & b->ports
                                                         : a->ports - b->ports;
    if (ports == a->ports) return a;
    if (ports == b->ports) return b;
    return intern(make_leaf(std::move(ports)));
  }

  template <class Node>
  Ref<Node> compute(Operation operation, const Ref<Node>& a,
                    const Ref<Node>& b) {
    auto branches = operation == Operation::kIntersection
                        ? intersect(*a, *b)
                        : sweep(operation, *a, *b);
    // Handing an operand back keeps what was shared with it shared.
    if (is_made_of(branches, *a)) return a;
    if (is_made_of(branches, *b)) return b;
    return intern(make_node<Node>(std::move(branches)));
  }

  template <class Branch, class Node>
  static bool is_made_of(const std::vector<Branch>& branches,
                         const Node& node) noexcept {
    return std::ranges::equal(
        branches, node.branches, [](const Branch& x, const Branch& y) {
          return x.first == y.first && x.last == y.last && x.child == y.child;
        });
  }

  // Leaps over what the other side does not reach: a narrow set in a wide one
  // costs its own width.
  template <class Node>
  auto intersect(const Node& a, const Node& b) {
    std::vector<typename Node::Branch> branches;
    branches.reserve(std::min(a.branches.size(), b.branches.size()));
    auto x = first_reaching(a, b.branches.front().first);
    auto y = first_reaching(b, a.branches.front().first);
    while (x != a.branches.end() && y != b.branches.end()) {
      const auto first = std::max(x->first, y->first);
      const auto last = std::min(x->last, y->last);
      if (first <= last) {
        append(branches, first, last,
               combine(Operation::kIntersection, x->child, y->child),
               equality_);
      }
      if (x->last < y->last) {
        x = leap(std::next(x), a.branches.end(), y->first);
      } else {
        y = leap(std::next(y), b.branches.end(), x->first);
      }
    }
    return branches;
  }

  // Union and difference: both sides cut at every border of either.
  //
  //   a   |-----x-----|     |---x'---|
  //   b        |---y-----|
  //       |only|  both |only|
  template <class Node>
  auto sweep(Operation operation, const Node& a, const Node& b) {
    std::vector<typename Node::Branch> out;
    out.reserve(a.branches.size() + b.branches.size());
    const bool keeps_b = operation == Operation::kUnion;
    const auto emit_b = [&](auto first, auto last, const auto& child) {
      if (keeps_b) append(out, first, last, child, equality_);
    };
    Cursor<Node> x{a};
    Cursor<Node> y{b};
    while (!x.done() && !y.done()) {
      if (x.last() < y.first) {
        append(out, x.first, x.last(), x.child(), equality_);
        x.next();
      } else if (y.last() < x.first) {
        emit_b(y.first, y.last(), y.child());
        y.next();
      } else if (x.first < y.first) {
        const auto before = static_cast<typename Node::Key>(y.first - 1);
        append(out, x.first, before, x.child(), equality_);
        x.first = y.first;
      } else if (y.first < x.first) {
        emit_b(y.first, static_cast<typename Node::Key>(x.first - 1),
               y.child());
        y.first = x.first;
      } else {
        const auto last = std::min(x.last(), y.last());
        append(out, x.first, last, combine(operation, x.child(), y.child()),
               equality_);
        x.skip_to_after(last);
        y.skip_to_after(last);
      }
    }
    for (; !x.done(); x.next()) {
      append(out, x.first, x.last(), x.child(), equality_);
    }
    for (; keeps_b && !y.done(); y.next()) {
      append(out, y.first, y.last(), y.child(), equality_);
    }
    return out;
  }

  // A place in a node: what is left of one branch.
  template <class Node>
  struct Cursor {
    explicit Cursor(const Node& node)
        : at{node.branches.begin()}, end{node.branches.end()} {
      first = at->first;
    }
    bool done() const { return at == end; }
    auto last() const { return at->last; }
    const auto& child() const { return at->child; }
    void next() {
      if (++at != end) first = at->first;
    }
    void skip_to_after(typename Node::Key key) {
      // The step cannot wrap: there is more of this branch above `key`.
      if (at->last == key) {
        next();
      } else {
        first = static_cast<typename Node::Key>(key + 1);
      }
    }

    typename std::vector<typename Node::Branch>::const_iterator at;
    typename std::vector<typename Node::Branch>::const_iterator end;
    typename Node::Key first{};
  };

  Equality equality_;
  std::tuple<Level<SportNode>, Level<DportNode>, Level<ProtocolNode>,
             Level<SrcNode>, Level<DstNode>>
      levels_;
};

}  // namespace netproof::diagram
