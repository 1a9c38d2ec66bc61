#include "base/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace netproof {
namespace {

TEST(Parallel, EveryIndexIsDoneOnce) {
  for (const int jobs : {0, 1, 3, 64}) {
    std::vector<std::atomic<int>> times(50);
    for_each_index(times.size(), jobs, [&](std::size_t i) { ++times[i]; });
    for (const std::atomic<int>& one : times) EXPECT_EQ(one, 1) << jobs;
  }
}

TEST(Parallel, OneThreadKeepsTheOrder) {
  std::vector<std::size_t> done;
  for_each_index(3, 1, [&](std::size_t i) { done.push_back(i); });
  EXPECT_EQ(done, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(Parallel, NothingToDo) {
  for_each_index(0, 0, [](std::size_t) { FAIL(); });
}

TEST(Parallel, AnExceptionIsThrownAtTheEnd) {
  const auto fail = [](std::size_t i) {
    if (i == 5) throw std::runtime_error("five");
  };
  EXPECT_THROW(for_each_index(20, 2, fail), std::runtime_error);
}

}  // namespace
}  // namespace netproof
