#include "netproof/net/ip_set_union.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <optional>
#include <vector>

#include "support/arbitrary.hpp"

namespace netproof {
namespace {

TEST(IpSetUnion, IsWhatUnitingOneByOneGives) {
  arbitrary::Random random{7};
  for (int round = 0; round < 200; ++round) {
    IpSetUnion all;
    IpSet expected;
    std::deque<IpSet> sets;
    bool disjoint = true;
    for (std::uint32_t i = arbitrary::below(random, 12); i > 0; --i) {
      const Family family =
          arbitrary::below(random, 2) == 0 ? Family::kV4 : Family::kV6;
      const std::uint32_t first = arbitrary::below(random, 40);
      const std::uint32_t last = first + arbitrary::below(random, 9);
      const IpSet one = IpSet::range(IpAddress::make(family, first),
                                     IpAddress::make(family, last));
      all.add(one);
      disjoint = disjoint && one.disjoint_from(expected);
      expected |= one;
      sets.push_back(one);
    }
    EXPECT_EQ(all.take(), expected);
    EXPECT_TRUE(all.take().empty());
    std::vector<const IpSet*> pointers;
    for (const IpSet& set : sets) pointers.push_back(&set);
    EXPECT_EQ(union_of(pointers), expected);
    EXPECT_EQ(disjoint_union(pointers),
              disjoint ? std::optional{expected} : std::nullopt);
  }
}

}  // namespace
}  // namespace netproof
