#include "engine/classes.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace netproof::engine {

RoutingClasses::RoutingClasses(const std::vector<Fib>& tables)
    : columns_(tables.size()) {
  add_family(tables, Family::kV4);
  add_family(tables, Family::kV6);
  group();
}

// Elementary blocks: between two neighbouring boundaries of any table. Each
// table is swept once along them.
void RoutingClasses::add_family(const std::vector<Fib>& tables, Family family) {
  std::vector<Uint128> firsts{0};
  for (const Fib& table : tables) {
    const std::size_t middle = firsts.size();
    for (const Fib::Run& run : table.runs(family)) firsts.push_back(run.first);
    // Tables mostly share their boundaries: merging and dropping doubles
    // table by table keeps the list short.
    std::inplace_merge(firsts.begin(),
                       firsts.begin() + static_cast<std::ptrdiff_t>(middle),
                       firsts.end());
    firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
  }
  std::vector<Block>& blocks = family == Family::kV4 ? v4_ : v6_;
  const std::size_t before = count_;
  blocks.reserve(firsts.size());
  for (const Uint128 first : firsts) {
    blocks.push_back({first, static_cast<std::uint32_t>(count_++)});
  }
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const std::vector<Fib::Run>& runs = tables[t].runs(family);
    columns_[t].reserve(before + firsts.size());
    std::size_t run = 0;
    for (const Uint128 first : firsts) {
      while (runs[run].last < first) ++run;
      columns_[t].push_back(runs[run].decision);
    }
  }
}

// Elementary blocks with equal columns are one class. Grouped by hash, then
// compared: a collision would join what is not alike.
void RoutingClasses::group() {
  std::vector<std::uint64_t> hashes(count_, 0x9E3779B97F4A7C15ULL);
  for (const std::vector<std::uint32_t>& column : columns_) {
    for (std::size_t c = 0; c < count_; ++c) {
      hashes[c] = (hashes[c] ^ column[c]) * 0x100000001B3ULL;
      hashes[c] ^= hashes[c] >> 29U;
    }
  }
  const auto alike = [&](std::size_t a, std::size_t b) {
    return std::ranges::all_of(
        columns_, [&](const auto& column) { return column[a] == column[b]; });
  };
  std::unordered_multimap<std::uint64_t, std::uint32_t> known;
  known.reserve(count_);
  std::vector<std::uint32_t> class_of(count_);
  std::vector<std::uint32_t> chosen;
  for (std::size_t c = 0; c < count_; ++c) {
    const auto [begin, end] = known.equal_range(hashes[c]);
    const auto same = std::find_if(begin, end, [&](const auto& entry) {
      return alike(chosen[entry.second], c);
    });
    if (same != end) {
      class_of[c] = same->second;
      continue;
    }
    class_of[c] = static_cast<std::uint32_t>(chosen.size());
    known.emplace(hashes[c], class_of[c]);
    chosen.push_back(static_cast<std::uint32_t>(c));
  }
  for (std::vector<std::uint32_t>& column : columns_) {
    std::vector<std::uint32_t> kept;
    kept.reserve(chosen.size());
    for (const std::uint32_t c : chosen) kept.push_back(column[c]);
    column = std::move(kept);
  }
  for (std::vector<Block>* blocks : {&v4_, &v6_}) {
    for (Block& block : *blocks) block.cls = class_of[block.cls];
  }
  count_ = chosen.size();
}

}  // namespace netproof::engine
