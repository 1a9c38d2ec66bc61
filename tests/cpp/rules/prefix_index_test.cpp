#include "rules/prefix_index.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/network.hpp"

namespace netproof {
namespace {

using testing::prefix;

PrefixIndex<int> index_of(const std::vector<std::string>& prefixes) {
  PrefixIndex<int> index;
  for (std::size_t i = 0; i < prefixes.size(); ++i) {
    index.add(prefix(prefixes[i]), static_cast<int>(i));
  }
  return index;
}

const std::vector<std::string> kPrefixes = {
    "0.0.0.0/0",   "10.0.0.0/8",  "10.0.0.0/16", "10.0.0.0/16",
    "10.0.1.0/24", "10.1.0.0/16", "::/0"};

std::vector<int> around(const std::string& inner) {
  std::vector<int> found;
  index_of(kPrefixes).for_each_around(
      prefix(inner), [&](IpPrefix, const std::vector<int>& values) {
        found.insert(found.end(), values.begin(), values.end());
      });
  return found;
}

std::vector<int> inside(const std::string& outer) {
  std::vector<int> found;
  index_of(kPrefixes).for_each_inside(
      prefix(outer), [&](IpPrefix, const std::vector<int>& values) {
        found.insert(found.end(), values.begin(), values.end());
      });
  return found;
}

TEST(PrefixIndex, WhatIsAroundComesLongestFirst) {
  EXPECT_EQ(around("10.0.1.7/32"), (std::vector<int>{4, 2, 3, 1, 0}));
  EXPECT_EQ(around("10.0.0.0/16"), (std::vector<int>{2, 3, 1, 0}));
  EXPECT_EQ(around("11.0.0.0/8"), (std::vector<int>{0}));
  EXPECT_EQ(around("2600::/16"), (std::vector<int>{6}));
}

TEST(PrefixIndex, WhatIsInsideIsLonger) {
  EXPECT_EQ(inside("10.0.0.0/8"), (std::vector<int>{2, 3, 4, 5}));
  EXPECT_EQ(inside("10.0.0.0/16"), (std::vector<int>{4}));
  EXPECT_EQ(inside("10.0.1.0/24"), (std::vector<int>{}));
}

}  // namespace
}  // namespace netproof
