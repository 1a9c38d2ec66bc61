#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

AddressBlock block(const std::string& department, const std::string& cidr,
                   std::optional<int> allocation = {}) {
  AddressBlock made;
  made.name = department;
  made.cidr.prefix = testing::prefix(cidr);
  made.cidr.where = {"plan.yaml", 7, 1, 7, 9};
  made.where = {"plan.yaml", 6, 1, 6, 9};
  made.holds = {{"department", {department}}};
  made.allocation = allocation;
  return made;
}

/// One VPC of sales in a plan of two departments.
std::vector<Finding> judged(const std::string& id, const std::string& cidr,
                            const std::string& department = "sales") {
  Network net;
  net.vpc("x", {cidr}).labels = {{"department", department}};
  TopologyParts parts = net.build().parts();
  parts.address_blocks = {block("sales", "10.1.0.0/16", 24),
                          block("factory", "10.2.0.0/16", 24)};
  return findings(Topology{std::move(parts)}, id);
}

constexpr const char* kPlace = "prefix-lies-in-its-block";
constexpr const char* kLength = "allocation-is-regular";

TEST(PlanBlocks, AVpcInItsBlockIsFine) {
  EXPECT_TRUE(judged(kPlace, "10.1.7.0/24").empty());
  EXPECT_TRUE(judged(kLength, "10.1.7.0/24").empty());
}

TEST(PlanBlocks, AVpcOutsideItsBlockIsAFinding) {
  const auto found = judged(kPlace, "10.9.7.0/24");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "vpc:x (10.9.7.0/24) lies outside its address block sales "
            "(10.1.0.0/16)");
  ASSERT_EQ(found[0].related.size(), 1U);
  EXPECT_EQ(found[0].related[0].source.line, 7);
}

TEST(PlanBlocks, TheSpaceOfAnotherBlockIsNamed) {
  const auto found = judged(kPlace, "10.2.7.0/24");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "vpc:x (10.2.7.0/24) lies outside its address block sales "
            "(10.1.0.0/16) and lies in the address block factory "
            "(10.2.0.0/16), which is for department: factory");
  EXPECT_EQ(found[0].related.size(), 2U);
}

TEST(PlanBlocks, AVpcOfNoBlockStaysOutOfAll) {
  EXPECT_TRUE(judged(kPlace, "10.9.7.0/24", "guests").empty());
  const auto found = judged(kPlace, "10.2.7.0/24", "guests");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "vpc:x (10.2.7.0/24) lies in the address block factory "
            "(10.2.0.0/16), which is for department: factory");
  EXPECT_EQ(judged(kPlace, "10.0.0.0/8", "guests").size(), 1U);
}

TEST(PlanBlocks, BlocksThatHoldTheSameAreOneSpace) {
  Network net;
  net.vpc("x", {"10.5.0.0/24"}).labels = {{"department", "sales"}};
  TopologyParts parts = net.build().parts();
  parts.address_blocks = {block("sales", "10.1.0.0/16"),
                          block("sales", "10.5.0.0/16")};
  EXPECT_TRUE(findings(Topology{std::move(parts)}, kPlace).empty());
}

TEST(PlanBlocks, TheInnermostBlockCounts) {
  for (const bool sales : {true, false}) {
    Network net;
    net.vpc("x", {"10.1.128.0/24"}).labels = {
        {"department", sales ? "sales" : "guests"}};
    TopologyParts parts = net.build().parts();
    parts.address_blocks = {block("sales", "10.1.0.0/16"),
                            block("guests", "10.1.128.0/20")};
    EXPECT_EQ(findings(Topology{std::move(parts)}, kPlace).size(),
              sales ? 1U : 0U);
  }
}

TEST(PlanBlocks, WhatIsNotKnownIsNoFinding) {
  Network net;
  net.vpc("x", {"unknown"}).labels = {{"department", "sales"}};
  net.vpc("y", {"2600:1::/56"}).labels = {{"department", "sales"}};
  TopologyParts parts = net.build().parts();
  parts.address_blocks = {block("sales", "10.1.0.0/16", 24)};
  EXPECT_TRUE(findings(Topology{parts}, kPlace).empty());
  EXPECT_TRUE(findings(Topology{parts}, kLength).empty());
}

TEST(PlanBlocks, AnAllocationHasOneLength) {
  const auto found = judged(kLength, "10.1.10.0/16");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "vpc:x has 10.1.0.0/16, but the blocks of sales (10.1.0.0/16) are "
            "/24");
  EXPECT_EQ(found[0].fix, "write 10.1.10.0/24, or correct `allocation`");
  EXPECT_EQ(judged(kLength, "10.1.10.0/25").size(), 1U);
  EXPECT_TRUE(judged(kLength, "10.2.10.0/16", "guests").empty());
}

TEST(PlanBlocks, AnAllocationIsAligned) {
  const auto found = judged(kLength, "10.1.10.9/24");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "vpc:x: '10.1.10.9/24' does not begin where a /24 of sales begins");
}

}  // namespace
}  // namespace netproof
