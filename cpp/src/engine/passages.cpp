#include "engine/passages.hpp"

#include <algorithm>
#include <utility>

namespace netproof::engine {
namespace {

/// A group is asked about as a whole; in a passage stand those of it that send
/// something.
void keep_senders(Passage& passage) {
  if (passage.from.size() == 1) return;
  const IpSet sources = passage.some_possibly.src_addresses();
  std::erase_if(passage.from, [&](const Scope& scope) {
    return scope.addresses.disjoint_from(sources);
  });
}

}  // namespace

void Passages::add(const std::vector<Scope>& from, const std::vector<Place>& to,
                   const BoundSets& sets, const std::set<std::string>& facts) {
  Parts& parts = parts_[{to, from.front().place, from.size()}];
  if (parts.from.empty()) parts.from = from;
  parts.sets.push_back(sets);
  parts.facts.insert(facts.begin(), facts.end());
}

std::vector<Passage> Passages::take() {
  std::vector<Passage> passages;
  for (auto& [key, parts] : parts_) {
    Passage passage = whole(std::move(parts));
    if (passage.some_possibly.empty()) continue;
    passage.to = std::get<0>(key);
    keep_senders(passage);
    passages.push_back(std::move(passage));
  }
  parts_.clear();
  return passages;
}

Passage Passages::whole(Parts parts) {
  Passage passage;
  passage.from = std::move(parts.from);
  passage.facts.assign(parts.facts.begin(), parts.facts.end());
  const auto united = [&](PacketSet BoundSets::*bound) {
    std::vector<PacketSet> sets;
    for (const BoundSets& one : parts.sets) sets.push_back(one.*bound);
    return PacketSet::union_of(std::move(sets));
  };
  passage.some_possibly = united(&BoundSets::some_possibly);
  const bool sure = std::ranges::all_of(parts.sets, [](const BoundSets& sets) {
    return sets.some_possibly == sets.all_always;
  });
  if (sure) {
    // The other bounds lie between these two.
    passage.some_always = passage.all_possibly = passage.all_always =
        passage.some_possibly;
    return passage;
  }
  passage.some_always = united(&BoundSets::some_always);
  passage.all_always = united(&BoundSets::all_always);
  passage.all_possibly = united(&BoundSets::all_possibly);
  return passage;
}

}  // namespace netproof::engine
