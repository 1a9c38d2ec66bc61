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

}  // namespace netproof
