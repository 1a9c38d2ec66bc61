#include "netproof/rules/plan.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/judging.hpp"

namespace netproof {
namespace {

TEST(FindingKinds, EveryRowSaysEverything) {
  std::set<std::string_view> ids;
  for (const FindingKind& kind : finding_kinds()) {
    SCOPED_TRACE(kind.id);
    EXPECT_TRUE(ids.insert(kind.id).second);
    EXPECT_EQ(find_kind(kind.id), &kind);
    for (const std::string_view text :
         {kind.title, kind.explanation, kind.bad, kind.good, kind.fix}) {
      EXPECT_FALSE(text.empty());
    }
  }
  EXPECT_EQ(find_kind("no-such-kind"), nullptr);
}

TEST(CheckPlan, ASoundNetworkHasNoFinding) {
  const Topology topology = testing::two_vpcs().build();
  for (const Finding& one : check_plan({topology, {}, false})) {
    ADD_FAILURE() << one.id << ": " << one.message;
  }
}

TEST(CheckPlan, WhatWasLeftOutIsAnError) {
  TopologyParts parts;
  parts.left_out.push_back({"prefix-syntax",
                            {"plan.yaml", 4, 3, 4, 9},
                            "a prefix is address/length",
                            "10.1.300.0/24",
                            ""});
  const Topology topology(std::move(parts));
  const auto found = check_plan({topology, {}, false});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "a prefix is address/length, not '10.1.300.0/24'");
}

}  // namespace
}  // namespace netproof
