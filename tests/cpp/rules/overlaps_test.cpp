#include "netproof/rules/overlaps.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "support/network.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::prefix;

TEST(SweepOverlaps, TheWiderPrefixComesFirst) {
  const std::vector<OwnedPrefix> prefixes = {{prefix("10.1.0.0/16"), 0},
                                             {prefix("10.0.0.0/8"), 1},
                                             {prefix("10.2.0.0/16"), 2},
                                             {prefix("11.0.0.0/8"), 3}};
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  sweep_overlaps(prefixes, [&](std::size_t a, std::size_t b) {
    pairs.emplace_back(a, b);
  });
  const std::vector<std::pair<std::size_t, std::size_t>> expected = {{1, 0},
                                                                     {1, 2}};
  EXPECT_EQ(pairs, expected);
}

TEST(SweepOverlaps, OneOwnerDoesNotOverlapItself) {
  const std::vector<OwnedPrefix> prefixes = {{prefix("10.0.0.0/8"), 7},
                                             {prefix("10.1.0.0/16"), 7}};
  sweep_overlaps(prefixes, [](std::size_t, std::size_t) { FAIL(); });
}

TEST(FindOverlaps, OwnersOfEveryKindAreCompared) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.site("hq", {"10.0.0.0/8"});
  net.segment("lan", {"10.0.0.0/16"});
  const auto found = find_overlaps(net.build(), {});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].a.name, "vpc:a");
  EXPECT_EQ(found[0].b.name, "site:hq");
  EXPECT_EQ(found[0].relation, OverlapRelation::kInside);
  EXPECT_EQ(to_string(found[0].intersection), "10.0.0.0/16");
  EXPECT_EQ(found[1].relation, OverlapRelation::kEqual);
  EXPECT_EQ(found[2].relation, OverlapRelation::kContains);
}

TEST(FindOverlaps, ABlockIsNotComparedWithWhatHoldsIt) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.subnet("a1", "a", {"10.0.0.0/24"});
  net.subnet("a2", "a", {"10.0.1.0/24"});
  EXPECT_TRUE(find_overlaps(net.build(), {}).empty());
}

TEST(FindOverlaps, SubnetsAreComparedWithinOneVpcOnly) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.vpc("b", {"10.1.0.0/16"});
  net.subnet("a1", "a", {"10.0.0.0/24"});
  net.subnet("a2", "a", {"10.0.0.128/25"});
  net.subnet("b1", "b", {"10.0.0.0/24"});
  const auto found = find_overlaps(net.build(), {});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].a.name, "subnet:a1");
  EXPECT_EQ(found[0].b.name, "subnet:a2");
}

TEST(FindOverlaps, RoutingDomainsAreByOwner) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.vpc("b", {"10.0.0.0/16"});
  net.site("hq", {"10.0.0.0/16"});
  const std::vector<std::uint32_t> domains = {0, 1, 0};
  const auto found = find_overlaps(net.build(), domains);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_FALSE(found[0].shares_routing_domain);
  EXPECT_TRUE(found[1].shares_routing_domain);
  EXPECT_FALSE(found[2].shares_routing_domain);
}

}  // namespace
}  // namespace netproof
