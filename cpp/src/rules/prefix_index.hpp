#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "netproof/net/ip_prefix.hpp"

namespace netproof {

/// Values by prefix. COST: a question is as many look-ups as there are lengths
/// of prefixes, at most 129, and what it visits.
template <class T>
class PrefixIndex {
 public:
  void add(IpPrefix prefix, T value) {
    entries_[prefix].push_back(std::move(value));
    lengths_[at(prefix.family())].insert(prefix.length());
  }

  /// Calls `visit` for each prefix that contains or equals `inner`, the longest
  /// first, with its values in the order of adding.
  template <class Visit>
  void for_each_around(IpPrefix inner, Visit visit) const {
    for (const int length : lengths_[at(inner.family())]) {
      if (length > inner.length()) continue;
      const auto found =
          entries_.find(IpPrefix::enclosing(inner.first(), length));
      if (found != entries_.end()) visit(found->first, found->second);
    }
  }

  /// The same for each prefix inside `outer` and longer than it, sorted.
  template <class Visit>
  void for_each_inside(IpPrefix outer, Visit visit) const {
    auto entry = entries_.upper_bound(outer);
    for (; entry != entries_.end() && outer.contains(entry->first); ++entry) {
      visit(entry->first, entry->second);
    }
  }

 private:
  static std::size_t at(Family family) { return family == Family::kV4 ? 0 : 1; }

  std::map<IpPrefix, std::vector<T>> entries_;
  std::array<std::set<int, std::greater<>>, 2> lengths_;
};

}  // namespace netproof
