// Two addresses are in one class exactly if every table decides alike.

#include "engine/classes.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace netproof::engine {
namespace {

Fib random_table(std::mt19937& random) {
  std::vector<Candidate> candidates(random() % 8);
  for (Candidate& one : candidates) {
    const auto value = static_cast<std::uint32_t>(random() % 64);
    one.prefix = IpPrefix::enclosing(IpAddress::v4(value),
                                     26 + static_cast<int>(random() % 7));
    one.hop = {HopKind::kAttachment, static_cast<std::uint32_t>(random() % 3)};
  }
  return Fib::build(candidates);
}

std::uint32_t class_of(const RoutingClasses& classes, std::uint32_t address) {
  std::uint32_t found = 0;
  for (const RoutingClasses::Block& block : classes.blocks(Family::kV4)) {
    if (block.first <= address) found = block.cls;
  }
  return found;
}

std::vector<std::uint32_t> decisions(const std::vector<Fib>& tables,
                                     std::uint32_t address) {
  std::vector<std::uint32_t> found;
  for (const Fib& table : tables) {
    found.push_back(
        table.split(IpSet::of(IpAddress::v4(address))).at(0).decision);
  }
  return found;
}

TEST(RoutingClasses, JoinExactlyWhatEveryTableTreatsAlike) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    std::vector<Fib> tables;
    for (int i = 0; i < 3; ++i) tables.push_back(random_table(random));
    const RoutingClasses classes{tables};
    for (std::uint32_t a = 0; a < 70; ++a) {
      const std::vector<std::uint32_t> mine = decisions(tables, a);
      for (std::size_t t = 0; t < tables.size(); ++t) {
        ASSERT_EQ(classes.decision(t, class_of(classes, a)), mine[t]);
      }
      for (std::uint32_t b = a; b < 70; ++b) {
        ASSERT_EQ(class_of(classes, a) == class_of(classes, b),
                  mine == decisions(tables, b))
            << a << " and " << b;
      }
    }
  }
}

}  // namespace
}  // namespace netproof::engine
