#include "netproof/net/interval_set.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "support/arbitrary.hpp"

namespace netproof {
namespace {

using Ports = IntervalSet<std::uint16_t>;

std::vector<Ports::Interval> listed(const Ports& set) {
  return {set.intervals().begin(), set.intervals().end()};
}

TEST(IntervalSet, JoinsWhatTouches) {
  const std::vector<Ports::Interval> expected{{1, 4}, {6, 6}};
  EXPECT_EQ(listed(Ports::of({{6, 6}, {3, 4}, {1, 2}})), expected);
  EXPECT_EQ(listed(Ports{1, 2} | Ports{3, 4} | Ports{6, 6}), expected);
}

TEST(IntervalSet, ComplementOfAllIsEmpty) {
  EXPECT_TRUE(Ports::all().complement().empty());
  EXPECT_EQ(Ports{}.complement(), Ports::all());
}

TEST(IntervalSet, TouchesTheTopWithoutWrapping) {
  const std::vector<Ports::Interval> expected{{0, 0}, {65535, 65535}};
  EXPECT_EQ(listed(Ports{0, 0} | Ports{65535, 65535}), expected);
  EXPECT_EQ(listed(Ports::of({{65535, 65535}, {0, 0}})), expected);
}

TEST(IntervalSet, SubtractionLeavesBothSides) {
  const std::vector<Ports::Interval> expected{{0, 442}, {444, 65535}};
  EXPECT_EQ(listed(Ports::all() - Ports{443, 443}), expected);
}

TEST(IntervalSet, ManyIntervalsAgreeWithMembership) {
  arbitrary::Random random{15};
  for (int round = 0; round < 50; ++round) {
    std::vector<Ports::Interval> a;
    std::vector<Ports::Interval> b;
    for (int i = 0; i < 200; ++i) {
      const auto at = static_cast<std::uint16_t>(random());
      const auto width = arbitrary::below(random, 300);
      const auto end = static_cast<std::uint16_t>(
          std::min<std::uint32_t>(65535, at + width));
      (i % 2 == 0 ? a : b).push_back({at, end});
    }
    const Ports x = Ports::of(a);
    const Ports y = Ports::of(b);
    for (std::uint32_t value = 0; value < 65536; value += 7) {
      const auto port = static_cast<std::uint16_t>(value);
      const auto in = [port](const auto& i) {
        return i.first <= port && port <= i.last;
      };
      ASSERT_EQ(x.contains(port), std::ranges::any_of(a, in));
      ASSERT_EQ((x | y).contains(port), x.contains(port) || y.contains(port));
      ASSERT_EQ((x & y).contains(port), x.contains(port) && y.contains(port));
      ASSERT_EQ((x - y).contains(port), x.contains(port) && !y.contains(port));
    }
  }
}

}  // namespace
}  // namespace netproof
