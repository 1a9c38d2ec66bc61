#pragma once

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "diagram.hpp"

namespace netproof::diagram {

/// Yes-or-no questions about two diagrams; they stop at the first answer. Pairs
/// that were found disjoint or inside are remembered. The nodes must outlive
/// this object. REQUIRES of every question: neither side is null.
class Relations {
 public:
  bool disjoint(const SportNode* a, const SportNode* b) {
    return a != b && a->ports.disjoint_from(b->ports);
  }
  bool inside(const SportNode* a, const SportNode* b) {
    return a == b || a->ports.lies_inside(b->ports);
  }

  template <class Node>
  bool disjoint(const Node* a, const Node* b) {
    if (a == b) return false;
    if (disjoint_.contains({a, b})) return true;
    auto x = first_reaching(*a, b->branches.front().first);
    auto y = first_reaching(*b, a->branches.front().first);
    while (x != a->branches.end() && y != b->branches.end()) {
      if (std::max(x->first, y->first) <= std::min(x->last, y->last) &&
          !disjoint(x->child.get(), y->child.get())) {
        return false;
      }
      if (x->last < y->last) {
        x = leap(std::next(x), a->branches.end(), y->first);
      } else {
        y = leap(std::next(y), b->branches.end(), x->first);
      }
    }
    disjoint_.insert({a, b});
    return true;
  }

  template <class Node>
  bool inside(const Node* a, const Node* b) {
    if (a == b || inside_.contains({a, b})) return true;
    auto y = first_reaching(*b, a->branches.front().first);
    for (const auto& x : a->branches) {
      auto next = x.first;
      while (true) {
        y = leap(y, b->branches.end(), next);
        if (y == b->branches.end() || y->first > next) return false;
        if (!inside(x.child.get(), y->child.get())) return false;
        if (y->last >= x.last) break;
        next = static_cast<typename Node::Key>(y->last + 1);
      }
    }
    inside_.insert({a, b});
    return true;
  }

 private:
  using Pairs =
      std::unordered_set<std::pair<const void*, const void*>, PairHash>;

  Pairs disjoint_;
  Pairs inside_;
};

}  // namespace netproof::diagram
