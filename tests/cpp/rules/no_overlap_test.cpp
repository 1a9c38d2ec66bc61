#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::two_vpcs;
using testing::verdict;

RuleSpec no_overlap(std::vector<std::string> of, bool anywhere) {
  RuleSpec spec;
  spec.id = "rule";
  spec.verb = Verb::kNoOverlap;
  spec.overlap_of = std::move(of);
  spec.overlap_anywhere = anywhere;
  return spec;
}

TEST(NoOverlap, DisjointPrefixesAreProved) {
  EXPECT_EQ(verdict(two_vpcs().build(), no_overlap({"vpcs"}, true)),
            Verdict::kProved);
}

TEST(NoOverlap, OnlyTheListedKindsCount) {
  Network net = two_vpcs();
  net.site("hq", {"10.1.0.0/16"});
  EXPECT_EQ(verdict(net.build(), no_overlap({"vpcs"}, true)), Verdict::kProved);
  EXPECT_EQ(verdict(net.build(), no_overlap({"vpcs", "sites"}, true)),
            Verdict::kViolated);
}

// covers S52
TEST(NoOverlap, WithoutACommonTableOnlyAnywhereIsViolated) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.vpc("b", {"10.0.0.0/16"});
  EXPECT_EQ(verdict(net.build(), no_overlap({"vpcs"}, false)),
            Verdict::kProved);
  EXPECT_EQ(verdict(net.build(), no_overlap({"vpcs"}, true)),
            Verdict::kViolated);
}

TEST(NoOverlap, OneOwnerIsVacuous) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  EXPECT_EQ(verdict(net.build(), no_overlap({"vpcs"}, true)),
            Verdict::kVacuous);
}

TEST(NoOverlap, AnOpenListIsUnknown) {
  Network net = two_vpcs();
  net.site("hq", {"unknown"});
  EXPECT_EQ(verdict(net.build(), no_overlap({"vpcs", "sites"}, true)),
            Verdict::kUnknown);
}

}  // namespace
}  // namespace netproof
