// Values are immutable: threads may combine the same sets at the same time.

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "netproof/net/packet_set.hpp"
#include "support/arbitrary.hpp"

namespace netproof {
namespace {

TEST(PacketSetConcurrency, ThreadsShareOperands) {
  arbitrary::Random random{31};
  const PacketSet a = arbitrary::union_of(arbitrary::boxes(random, 20));
  const PacketSet b = arbitrary::union_of(arbitrary::boxes(random, 20));
  const PacketSet expected = (a | b) - (a & b);
  std::vector<int> equal(4, 0);
  std::vector<std::thread> threads;
  for (int& result : equal) {
    threads.emplace_back([&a, &b, &expected, &result] {
      for (int i = 0; i < 20; ++i) {
        result += ((a - b) | (b - a)) == expected ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(equal, std::vector<int>(4, 20));
}

}  // namespace
}  // namespace netproof
