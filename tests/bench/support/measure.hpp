#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace netproof::bench {

/// The best of `runs` runs of `work`, in seconds.
template <class Work>
double best_seconds(const Work& work, int runs = 5) {
  double best = 1e9;
  for (int run = 0; run < runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> spent =
        std::chrono::steady_clock::now() - start;
    best = std::min(best, spent.count());
  }
  return best;
}

/// The unit U(n): std::sort of 2n unsorted random 32-bit keys, in seconds.
inline double unit(std::size_t n) {
  std::mt19937 random(1);
  std::vector<std::uint32_t> keys(2 * n);
  for (std::uint32_t& key : keys) key = static_cast<std::uint32_t>(random());
  double best = 1e9;
  for (int run = 0; run < 5; ++run) {
    std::vector<std::uint32_t> copy = keys;
    best = std::min(
        best, best_seconds([&] { std::sort(copy.begin(), copy.end()); }, 1));
  }
  return best;
}

/// The most memory that this process has held, in megabytes.
inline double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace netproof::bench
