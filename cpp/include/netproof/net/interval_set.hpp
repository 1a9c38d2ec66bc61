#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "netproof/base/contract.hpp"

namespace netproof {

/// A set of unsigned integers of type U (up to Uint128) as closed intervals.
///
/// INVARIANT: the intervals are sorted and neither overlap nor touch, so equal
/// sets have equal representations and the defaulted == compares meaning.
/// COST: operators are linear in the number of intervals, `contains` is
/// logarithmic, `of` is n log n.
template <class U>
class IntervalSet {
 public:
  /// first <= last, both included.
  struct Interval {
    U first;
    U last;
    friend constexpr auto operator<=>(const Interval&,
                                      const Interval&) = default;
  };

  static constexpr U kTop = static_cast<U>(~U{0});

  IntervalSet() = default;
  /// REQUIRES: first <= last.
  IntervalSet(U first, U last) : intervals_{Interval{first, last}} {
    expects(first <= last, "an interval does not end before it starts");
  }

  static IntervalSet all() { return IntervalSet{U{0}, kTop}; }

  /// The union of intervals in any order, overlapping or not.
  /// REQUIRES: first <= last in each of them.
  static IntervalSet of(std::vector<Interval> intervals) {
    if (!std::ranges::is_sorted(intervals)) std::ranges::sort(intervals);
    std::size_t count = 0;
    for (const Interval& interval : intervals) {
      expects(interval.first <= interval.last,
              "an interval does not end before it starts");
      if (count > 0 && joins(intervals[count - 1], interval)) {
        U& end = intervals[count - 1].last;
        end = std::max(end, interval.last);
      } else {
        intervals[count++] = interval;
      }
    }
    intervals.resize(count);
    IntervalSet result;
    result.intervals_ = std::move(intervals);
    return result;
  }

  std::span<const Interval> intervals() const noexcept { return intervals_; }
  bool empty() const noexcept { return intervals_.empty(); }

  bool contains(U value) const noexcept {
    const auto at = first_ending_at_or_after(intervals_, value);
    return at != intervals_.end() && at->first <= value;
  }

  bool lies_inside(const IntervalSet& other) const noexcept {
    auto at = other.intervals_.begin();
    for (const Interval& mine : intervals_) {
      while (at != other.intervals_.end() && at->last < mine.last) ++at;
      // An interval cannot straddle two of `other`: those do not touch.
      if (at == other.intervals_.end() || at->first > mine.first) return false;
    }
    return true;
  }

  bool disjoint_from(const IntervalSet& other) const noexcept {
    auto a = intervals_.begin();
    auto b = other.intervals_.begin();
    while (a != intervals_.end() && b != other.intervals_.end()) {
      if (a->last < b->first) {
        ++a;
      } else if (b->last < a->first) {
        ++b;
      } else {
        return false;
      }
    }
    return true;
  }

  IntervalSet complement() const {
    IntervalSet result;
    U next = 0;
    for (const Interval& interval : intervals_) {
      if (interval.first > next) {
        result.intervals_.push_back(
            {next, static_cast<U>(interval.first - U{1})});
      }
      // Nothing lies above the top, and top + 1 would wrap around to zero.
      if (interval.last == kTop) return result;
      next = static_cast<U>(interval.last + U{1});
    }
    result.intervals_.push_back({next, kTop});
    return result;
  }

  friend IntervalSet operator|(const IntervalSet& a, const IntervalSet& b) {
    if (a.empty()) return b;
    if (b.empty()) return a;
    IntervalSet result;
    result.intervals_.reserve(a.intervals_.size() + b.intervals_.size());
    auto x = a.intervals_.begin();
    auto y = b.intervals_.begin();
    while (x != a.intervals_.end() || y != b.intervals_.end()) {
      const bool take_x = y == b.intervals_.end() ||
                          (x != a.intervals_.end() && x->first <= y->first);
      const Interval& next = take_x ? *x++ : *y++;
      result.append(next.first, next.last);
    }
    return result;
  }

  friend IntervalSet operator&(const IntervalSet& a, const IntervalSet& b) {
    IntervalSet result;
    auto x = a.intervals_.begin();
    auto y = b.intervals_.begin();
    while (x != a.intervals_.end() && y != b.intervals_.end()) {
      const U first = std::max(x->first, y->first);
      const U last = std::min(x->last, y->last);
      if (first <= last) result.intervals_.push_back({first, last});
      if (x->last < y->last) {
        x = std::next(x);
      } else {
        y = std::next(y);
      }
    }
    return result;
  }

  friend IntervalSet operator-(const IntervalSet& a, const IntervalSet& b) {
    return a.empty() || b.empty() ? a : a & b.complement();
  }

  IntervalSet& operator|=(const IntervalSet& b) { return *this = *this | b; }
  IntervalSet& operator&=(const IntervalSet& b) { return *this = *this & b; }
  IntervalSet& operator-=(const IntervalSet& b) { return *this = *this - b; }

  friend bool operator==(const IntervalSet&, const IntervalSet&) = default;

  /// True if the INVARIANT holds; for tests.
  bool check_invariants() const noexcept {
    for (std::size_t i = 0; i < intervals_.size(); ++i) {
      if (intervals_[i].first > intervals_[i].last) return false;
      if (i > 0 && (intervals_[i - 1].last >= intervals_[i].first ||
                    intervals_[i].first - intervals_[i - 1].last == 1)) {
        return false;
      }
    }
    return true;
  }

 private:
  static auto first_ending_at_or_after(const std::vector<Interval>& intervals,
                                       U value) noexcept {
    return std::partition_point(
        intervals.begin(), intervals.end(),
        [value](const Interval& i) { return i.last < value; });
  }

  // Whether `next`, which does not start below `before`, overlaps or touches.
  static bool joins(const Interval& before, const Interval& next) noexcept {
    // `first - last` rather than `last + 1`: the latter wraps at the top.
    return next.first <= before.last ||
           static_cast<U>(next.first - before.last) == U{1};
  }

  // REQUIRES: first is not below the first of any interval appended before.
  void append(U first, U last) {
    if (!intervals_.empty() && joins(intervals_.back(), {first, last})) {
      U& end = intervals_.back().last;
      end = std::max(end, last);
    } else {
      intervals_.push_back({first, last});
    }
  }

  std::vector<Interval> intervals_;
};

}  // namespace netproof
