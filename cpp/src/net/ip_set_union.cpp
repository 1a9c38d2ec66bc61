#include "netproof/net/ip_set_union.hpp"

#include <utility>

namespace netproof {

void IpSetUnion::add(const IpSet& set) {
  for (const Family family : {Family::kV4, Family::kV6}) {
    const auto added = set.intervals(family);
    auto& mine = intervals_[family == Family::kV6 ? 1 : 0];
    mine.insert(mine.end(), added.begin(), added.end());
  }
}

IpSet IpSetUnion::take() {
  IpSet set =
      IpSet::from_intervals(Family::kV4, std::exchange(intervals_[0], {}));
  set |= IpSet::from_intervals(Family::kV6, std::exchange(intervals_[1], {}));
  return set;
}

IpSet union_of(const std::vector<const IpSet*>& sets) {
  IpSetUnion all;
  for (const IpSet* set : sets) all.add(*set);
  return all.take();
}

std::optional<IpSet> disjoint_union(const std::vector<const IpSet*>& sets) {
  BigUint sum;
  for (const IpSet* set : sets) sum += set->size();
  IpSet all = union_of(sets);
  if (all.size() != sum) return std::nullopt;
  return all;
}

}  // namespace netproof
