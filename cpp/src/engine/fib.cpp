#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "engine/hop.hpp"

namespace netproof::engine {
namespace {

constexpr std::uint32_t kUnset = 0xFFFFFFFFU;

/// All candidates of one prefix, best first, on the stack of open prefixes.
struct Open {
  Uint128 last;
  std::uint32_t begin;
  std::uint32_t end;
  bool local;  ///< a VPC's own block
  std::uint32_t decision;
};

// Two prefixes are disjoint or nested. Sorted by first address, wider before
// narrower, the open prefixes form a stack whose top is the longest match.
class Sweep {
 public:
  Sweep(const std::vector<Candidate>& candidates, const Over& over,
        std::vector<Decision>& decisions, Uint128 top)
      : candidates_{candidates},
        over_{over},
        decisions_{decisions},
        top_{top} {}

  std::vector<Fib::Run> run(std::uint32_t begin, std::uint32_t end) {
    simple_.reserve(end - begin);
    runs_.reserve(2 * std::size_t{end - begin} + 1);
    for (std::uint32_t i = begin; i < end;) {
      const IpPrefix& prefix = candidates_[i].prefix;
      std::uint32_t next = i + 1;
      while (next < end && candidates_[next].prefix == prefix) ++next;
      close_before(prefix.first().value());
      emit(prefix.first().value());
      const bool local = std::any_of(
          candidates_.begin() + i, candidates_.begin() + next,
          [](const Candidate& candidate) { return candidate.local; });
      stack_.push_back({prefix.last().value(), i, next, local, kUnset});
      decide_top();
      i = next;
    }
    while (!stack_.empty()) close_top();
    emit_to(top_);
    return std::move(runs_);
  }

 private:
  /// Closes every open prefix that ends before `next`.
  void close_before(Uint128 next) {
    while (!stack_.empty() && stack_.back().last < next) close_top();
  }

  void close_top() {
    emit_to(stack_.back().last);
    stack_.pop_back();
  }

  /// The run up to the address before `first` belongs to the current top.
  void emit(Uint128 first) {
    if (first > at_) emit_to(first - 1);
  }

  void emit_to(Uint128 last) {
    if (done_ || last < at_) return;
    const std::uint32_t decision = stack_.empty() ? bottom() : top_decision();
    if (!runs_.empty() && runs_.back().decision == decision) {
      runs_.back().last = last;
    } else {
      runs_.push_back({at_, last, decision});
    }
    // The top of the domain has no successor.
    done_ = last == top_;
    at_ = done_ ? last : last + 1;
  }

  std::uint32_t top_decision() { return stack_.back().decision; }

  // A certain candidate ends the walk, so its decision does not depend on
  // what is open below; only doubtful ones look further down (S142).
  void decide_top() {
    const Candidate& best = candidates_[stack_.back().begin];
    if (!best.doubtful && best.worlds.empty() && !best.propagated &&
        over_.outside.empty() && over_.inside.empty()) {
      stack_.back().decision = intern(best.hop);
      return;
    }
    const bool inside = std::ranges::any_of(stack_, &Open::local);
    Decision worlds = inside ? over_.inside : over_.outside;
    bool certain = false;
    for (std::size_t depth = stack_.size(); depth-- > 0 && !certain;) {
      const Open& open = stack_[depth];
      for (std::uint32_t i = open.begin; i < open.end && !certain; ++i) {
        const Candidate& candidate = candidates_[i];
        if (inside && candidate.propagated) continue;
        candidate.add_to(worlds);
        certain = !candidate.doubtful;
      }
    }
    if (!certain) worlds.push_back({NextHop{}});
    stack_.back().decision = intern(std::move(worlds));
  }

  std::uint32_t bottom() {
    if (bottom_ == kUnset) {
      Decision worlds = over_.outside;
      worlds.push_back({NextHop{}});
      bottom_ = intern(std::move(worlds));
    }
    return bottom_;
  }

  /// Nearly every decision is one world with one next hop.
  std::uint32_t intern(NextHop hop) {
    const std::uint64_t key =
        (std::uint64_t{static_cast<std::uint8_t>(hop.kind)} << 32U) | hop.index;
    const auto [at, fresh] =
        simple_.try_emplace(key, static_cast<std::uint32_t>(decisions_.size()));
    if (fresh) decisions_.push_back({{hop}});
    return at->second;
  }

  std::uint32_t intern(Decision worlds) {
    if (worlds.size() == 1 && worlds[0].size() == 1) {
      return intern(worlds[0][0]);
    }
    if (worlds.size() > 1) {
      Decision unique;
      for (Sharing& sharing : worlds) {
        if (std::ranges::find(unique, sharing) == unique.end()) {
          unique.push_back(std::move(sharing));
        }
      }
      worlds = std::move(unique);
    }
    const auto [at, fresh] = known_.try_emplace(
        worlds, static_cast<std::uint32_t>(decisions_.size()));
    if (fresh) decisions_.push_back(std::move(worlds));
    return at->second;
  }

  const std::vector<Candidate>& candidates_;
  const Over& over_;
  std::vector<Decision>& decisions_;
  Uint128 top_;
  std::unordered_map<std::uint64_t, std::uint32_t> simple_;
  std::map<Decision, std::uint32_t> known_;
  std::vector<Open> stack_;
  std::vector<Fib::Run> runs_;
  Uint128 at_ = 0;
  std::uint32_t bottom_ = kUnset;
  bool done_ = false;
};

constexpr Uint128 kTopV4 = 0xFFFFFFFFU;
constexpr Uint128 kTopV6 = ~Uint128{0};

}  // namespace

Fib Fib::build(std::vector<Candidate> candidates, const Over& over) {
  const auto before = [](const Candidate& a, const Candidate& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return a.rank < b.rank;
  };
  // Mostly they come sorted, and moving candidates costs.
  if (!std::ranges::is_sorted(candidates, before)) {
    std::ranges::stable_sort(candidates, before);
  }
  const auto v6 = std::ranges::partition_point(candidates, [](const auto& c) {
    return c.prefix.family() == Family::kV4;
  });
  const auto middle = static_cast<std::uint32_t>(v6 - candidates.begin());
  const auto end = static_cast<std::uint32_t>(candidates.size());

  Fib fib;
  Over over_v4 = over;
  over_v4.outside.insert(over_v4.outside.end(), over.outside_v4.begin(),
                         over.outside_v4.end());
  Over over_v6 = over;
  over_v6.outside.insert(over_v6.outside.end(), over.outside_v6.begin(),
                         over.outside_v6.end());
  fib.v4_ = Sweep{candidates, over_v4, fib.decisions_, kTopV4}.run(0, middle);
  fib.v6_ = Sweep{candidates, over_v6, fib.decisions_, kTopV6}.run(middle, end);
  return fib;
}

std::vector<Fib::Part> Fib::split(const IpSet& addresses) const {
  struct Piece {
    std::uint32_t decision;
    Family family;
    IpSet::Interval interval;
  };
  std::vector<Piece> pieces;
  for (const Family family : {Family::kV4, Family::kV6}) {
    const std::vector<Run>& all = runs(family);
    for (const IpSet::Interval& wanted : addresses.intervals(family)) {
      auto run = std::ranges::lower_bound(all, wanted.first, {}, &Run::last);
      for (; run != all.end() && run->first <= wanted.last; ++run) {
        pieces.push_back({run->decision,
                          family,
                          {std::max(run->first, wanted.first),
                           std::min(run->last, wanted.last)}});
      }
    }
  }
  std::ranges::stable_sort(pieces, {}, &Piece::decision);

  std::vector<Part> parts;
  for (auto piece = pieces.begin(); piece != pieces.end();) {
    std::vector<IpSet::Interval> intervals[2];
    const std::uint32_t decision = piece->decision;
    for (; piece != pieces.end() && piece->decision == decision; ++piece) {
      intervals[piece->family == Family::kV6].push_back(piece->interval);
    }
    parts.push_back(
        {decision,
         IpSet::from_intervals(Family::kV4, std::move(intervals[0])) |
             IpSet::from_intervals(Family::kV6, std::move(intervals[1]))});
  }
  return parts;
}

}  // namespace netproof::engine
