#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "netproof/net/big_uint.hpp"
#include "netproof/net/interval_set.hpp"
#include "netproof/net/ip_address.hpp"
#include "netproof/net/ip_prefix.hpp"

namespace netproof {

/// A set of addresses of both families.
///
/// INVARIANT: canonical, because each family is a canonical IntervalSet and
/// IPv4 intervals end at 2^32 - 1 or before.
/// COST: operators are linear in the number of intervals.
class IpSet {
 public:
  using Interval = IntervalSet<Uint128>::Interval;

  IpSet() = default;
  static IpSet of(IpPrefix prefix);
  static IpSet of(IpAddress address);
  /// Both ends included. REQUIRES: one family, first <= last.
  static IpSet range(IpAddress first, IpAddress last);
  /// In n log n, in any order, overlapping or not.
  static IpSet from_prefixes(std::span<const IpPrefix> prefixes);
  /// In n log n. REQUIRES: last <= highest_address(family) in each interval.
  static IpSet from_intervals(Family family, std::vector<Interval> intervals);
  static IpSet all();
  static IpSet all(Family family);

  friend IpSet operator|(const IpSet& a, const IpSet& b);
  friend IpSet operator&(const IpSet& a, const IpSet& b);
  friend IpSet operator-(const IpSet& a, const IpSet& b);
  IpSet& operator|=(const IpSet& b) { return *this = *this | b; }
  IpSet& operator&=(const IpSet& b) { return *this = *this & b; }
  IpSet& operator-=(const IpSet& b) { return *this = *this - b; }
  /// Within both families.
  IpSet complement() const;

  bool contains(IpAddress address) const;
  bool contains(IpPrefix prefix) const;
  bool lies_inside(const IpSet& other) const;
  bool disjoint_from(const IpSet& other) const;
  bool empty() const noexcept { return v4_.empty() && v6_.empty(); }
  bool has(Family family) const noexcept { return !of_family(family).empty(); }
  BigUint size() const;

  /// The lowest address, IPv4 before IPv6.
  std::optional<IpAddress> first() const;
  /// Sorted, disjoint, not touching; valid as long as the set is.
  std::span<const Interval> intervals(Family family) const noexcept {
    return of_family(family).intervals();
  }
  /// The fewest prefixes that cover exactly this set, sorted.
  std::vector<IpPrefix> prefixes() const;
  /// The addresses of one family only.
  IpSet only(Family family) const;

  friend bool operator==(const IpSet&, const IpSet&) = default;

 private:
  const IntervalSet<Uint128>& of_family(Family family) const noexcept {
    return family == Family::kV4 ? v4_ : v6_;
  }

  IntervalSet<Uint128> v4_;
  IntervalSet<Uint128> v6_;
};

/// "10.0.0.0/8, 2001:db8::/32"; "none" for the empty set, "any" for all.
std::string to_string(const IpSet& set);
/// The same, but after `limit` prefixes how many more there are.
std::string to_string(const IpSet& set, std::size_t limit);

}  // namespace netproof

template <>
struct std::hash<netproof::IpSet> {
  std::size_t operator()(const netproof::IpSet& set) const noexcept;
};
