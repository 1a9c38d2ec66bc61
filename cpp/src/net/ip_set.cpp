#include "netproof/net/ip_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace netproof {

namespace {

constexpr std::array kFamilies{Family::kV4, Family::kV6};

// The longest block that starts at `first` and does not pass `last`.
//
//   first         last
//     |-----------|------   the bits that are zero at the end of `first` and
//     [block ][block][b]    the room up to `last` both bound its size
IpPrefix block_at(Family family, Uint128 first, Uint128 last) {
  int length = address_bits(family);
  const IpAddress start = IpAddress::make(family, first);
  while (length > 0) {
    const IpPrefix wider = IpPrefix::enclosing(start, length - 1);
    if (wider.first() != start || wider.last().value() > last) break;
    --length;
  }
  return IpPrefix::enclosing(start, length);
}

void append_blocks(Family family, const IpSet::Interval& interval,
                   std::vector<IpPrefix>& blocks) {
  Uint128 next = interval.first;
  while (true) {
    blocks.push_back(block_at(family, next, interval.last));
    const Uint128 end = blocks.back().last().value();
    // Compared before the step: end + 1 wraps around at the top.
    if (end == interval.last) return;
    next = end + 1;
  }
}

using Addresses = IntervalSet<Uint128>;

// Where one set has far fewer intervals, they are looked up in the other: both
// are not run through. The fewer first, if so.
bool is_lookup(const Addresses*& few, const Addresses*& many) {
  constexpr std::size_t kMany = 16;
  if (few->intervals().size() > many->intervals().size()) std::swap(few, many);
  return few->intervals().size() * kMany <= many->intervals().size();
}

// The intervals of `many` from the first that ends in `one` or behind it.
std::span<const IpSet::Interval> from(const Addresses& many,
                                      const IpSet::Interval& one) {
  const auto all = many.intervals();
  const auto at =
      std::ranges::lower_bound(all, one.first, {}, &IpSet::Interval::last);
  return all.subspan(static_cast<std::size_t>(at - all.begin()));
}

bool apart(const Addresses& a, const Addresses& b) {
  const Addresses* few = &a;
  const Addresses* many = &b;
  if (!is_lookup(few, many)) return a.disjoint_from(b);
  return std::ranges::none_of(few->intervals(), [&](const auto& one) {
    const auto rest = from(*many, one);
    return !rest.empty() && rest.front().first <= one.last;
  });
}

Addresses meet(const Addresses& a, const Addresses& b) {
  const Addresses* few = &a;
  const Addresses* many = &b;
  if (!is_lookup(few, many)) return a & b;
  std::vector<IpSet::Interval> parts;
  for (const auto& one : few->intervals()) {
    for (const auto& other : from(*many, one)) {
      if (other.first > one.last) break;
      parts.push_back(
          {std::max(one.first, other.first), std::min(one.last, other.last)});
    }
  }
  return Addresses::of(std::move(parts));
}

BigUint count(std::span<const IpSet::Interval> intervals) {
  BigUint total;
  for (const IpSet::Interval& interval : intervals) {
    total += BigUint{interval.last - interval.first} + BigUint{1};
  }
  return total;
}

}  // namespace

IpSet IpSet::of(IpPrefix prefix) {
  return range(prefix.first(), prefix.last());
}

IpSet IpSet::of(IpAddress address) { return range(address, address); }

IpSet IpSet::range(IpAddress first, IpAddress last) {
  expects(first.family() == last.family(), "a range lies in one family");
  return from_intervals(first.family(), {{first.value(), last.value()}});
}

IpSet IpSet::from_prefixes(std::span<const IpPrefix> prefixes) {
  std::vector<Interval> v4;
  std::vector<Interval> v6;
  for (const IpPrefix& prefix : prefixes) {
    auto& intervals = prefix.family() == Family::kV4 ? v4 : v6;
    intervals.push_back({prefix.first().value(), prefix.last().value()});
  }
  IpSet set = from_intervals(Family::kV4, std::move(v4));
  set.v6_ = IntervalSet<Uint128>::of(std::move(v6));
  return set;
}

IpSet IpSet::from_intervals(Family family, std::vector<Interval> intervals) {
  for (const Interval& interval : intervals) {
    expects(interval.last <= highest_address(family),
            "an interval of addresses lies in its family");
  }
  IpSet set;
  auto& mine = family == Family::kV4 ? set.v4_ : set.v6_;
  mine = IntervalSet<Uint128>::of(std::move(intervals));
  return set;
}

IpSet IpSet::all() {
  static const IpSet every = all(Family::kV4) | all(Family::kV6);
  return every;
}

IpSet IpSet::all(Family family) { return of(IpPrefix::all(family)); }

IpSet operator|(const IpSet& a, const IpSet& b) {
  IpSet result;
  result.v4_ = a.v4_ | b.v4_;
  result.v6_ = a.v6_ | b.v6_;
  return result;
}

IpSet operator&(const IpSet& a, const IpSet& b) {
  IpSet result;
  result.v4_ = meet(a.v4_, b.v4_);
  result.v6_ = meet(a.v6_, b.v6_);
  return result;
}

IpSet operator-(const IpSet& a, const IpSet& b) {
  IpSet result;
  result.v4_ = a.v4_ - b.v4_;
  result.v6_ = a.v6_ - b.v6_;
  return result;
}

IpSet IpSet::complement() const { return all() - *this; }

bool IpSet::contains(IpAddress address) const {
  return of_family(address.family()).contains(address.value());
}

bool IpSet::contains(IpPrefix prefix) const {
  return IntervalSet<Uint128>{prefix.first().value(), prefix.last().value()}
      .lies_inside(of_family(prefix.family()));
}

bool IpSet::lies_inside(const IpSet& other) const {
  return v4_.lies_inside(other.v4_) && v6_.lies_inside(other.v6_);
}

bool IpSet::disjoint_from(const IpSet& other) const {
  return apart(v4_, other.v4_) && apart(v6_, other.v6_);
}

BigUint IpSet::size() const {
  return count(v4_.intervals()) + count(v6_.intervals());
}

std::optional<IpAddress> IpSet::first() const {
  for (const Family family : kFamilies) {
    const auto members = intervals(family);
    if (!members.empty()) return IpAddress::make(family, members[0].first);
  }
  return std::nullopt;
}

std::vector<IpPrefix> IpSet::prefixes() const {
  std::vector<IpPrefix> blocks;
  for (const Family family : kFamilies) {
    for (const Interval& interval : intervals(family)) {
      append_blocks(family, interval, blocks);
    }
  }
  return blocks;
}

IpSet IpSet::only(Family family) const {
  IpSet result;
  (family == Family::kV4 ? result.v4_ : result.v6_) = of_family(family);
  return result;
}

std::string to_string(const IpSet& set) {
  return to_string(set, std::numeric_limits<std::size_t>::max());
}

std::string to_string(const IpSet& set, std::size_t limit) {
  if (set.empty()) return "none";
  if (set == IpSet::all()) return "any";
  const std::vector<IpPrefix> blocks = set.prefixes();
  std::string text;
  for (std::size_t i = 0; i < blocks.size() && i < limit; ++i) {
    if (!text.empty()) text += ", ";
    text += to_string(blocks[i]);
  }
  if (blocks.size() > limit) {
    text += fmt::format(" and {} more", blocks.size() - limit);
  }
  return text;
}

}  // namespace netproof

std::size_t std::hash<netproof::IpSet>::operator()(
    const netproof::IpSet& set) const noexcept {
  std::uint64_t mixed = 0;
  for (const auto family : {netproof::Family::kV4, netproof::Family::kV6}) {
    mixed = netproof::hash_mix(mixed, static_cast<std::uint64_t>(family));
    for (const auto& interval : set.intervals(family)) {
      mixed = netproof::hash_mix(mixed, interval.first);
      mixed = netproof::hash_mix(mixed, interval.last);
    }
  }
  return mixed;
}
