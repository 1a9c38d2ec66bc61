// How long does it take to count the overlaps among a million prefixes, in
// units of std::sort of a million random 64-bit keys of the same run (A3)?
// Best of five each. Lengths are mixed as in the global IPv4 routing table.

#include "netproof/rules/overlaps.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

namespace {

using netproof::IpAddress;
using netproof::IpPrefix;
using netproof::OwnedPrefix;

constexpr std::size_t kCount = 1'000'000;
constexpr int kRuns = 5;
constexpr double kTarget = 3.0;

// Shares in a thousand, length 8 to 24; the rest are /24.
int length_of(std::uint32_t lot) {
  static constexpr int kUpTo[] = {1,  2,  3,  4,  6,   8,   12,  16,
                                  30, 39, 53, 80, 122, 172, 280, 380};
  for (int i = 0; i < 16; ++i) {
    if (static_cast<int>(lot % 1000) < kUpTo[i]) return 8 + i;
  }
  return 24;
}

std::vector<OwnedPrefix> prefixes_like_bgp() {
  std::mt19937 random(20'240'601);
  std::vector<OwnedPrefix> prefixes;
  prefixes.reserve(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto address = static_cast<std::uint32_t>(random());
    const int length = length_of(static_cast<std::uint32_t>(random()));
    const IpPrefix prefix = IpPrefix::enclosing(IpAddress::v4(address), length);
    prefixes.push_back({prefix, static_cast<std::uint32_t>(i)});
  }
  return prefixes;
}

template <class Work>
double best_seconds(const Work& work) {
  double best = 1e9;
  for (int run = 0; run < kRuns; ++run) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> spent =
        std::chrono::steady_clock::now() - start;
    best = std::min(best, spent.count());
  }
  return best;
}

}  // namespace

int main() {
  const std::vector<OwnedPrefix> prefixes = prefixes_like_bgp();
  std::mt19937_64 random(7);
  std::vector<std::uint64_t> keys(kCount);
  for (std::uint64_t& key : keys) key = random();

  std::uint64_t pairs = 0;
  std::uint64_t median = 0;
  std::vector<std::uint64_t> sorted;
  double sorting = 1e9;
  for (int run = 0; run < kRuns; ++run) {
    sorted = keys;
    const auto start = std::chrono::steady_clock::now();
    std::ranges::sort(sorted);
    const std::chrono::duration<double> spent =
        std::chrono::steady_clock::now() - start;
    sorting = std::min(sorting, spent.count());
    median = sorted[kCount / 2];
  }
  const double counting =
      best_seconds([&] { pairs = netproof::count_overlaps(prefixes); });

  const double ratio = counting / sorting;
  fmt::print("sort {:.4f} s (median key {})\n", sorting, median);
  fmt::print("count {:.4f} s ({} pairs)\n", counting, pairs);
  fmt::print("ratio {:.2f} (target {:.1f})\n", ratio, kTarget);
  return ratio <= kTarget ? 0 : 1;
}
