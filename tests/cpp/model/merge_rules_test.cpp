#include "netproof/model/merge_rules.hpp"

#include <gtest/gtest.h>

#include <string>

namespace netproof {
namespace {

RuleSet rules_of(const std::string& id, const std::string& zone) {
  RuleSet set;
  RuleSpec rule;
  rule.id = id;
  set.rules.push_back(rule);
  set.zones[zone] = Selector{};
  Waiver waiver;
  waiver.rule = id;
  set.waivers.push_back(waiver);
  return set;
}

TEST(MergeRules, NothingIsAnEmptySet) {
  const auto merged = merge_rules({});
  ASSERT_TRUE(merged);
  EXPECT_TRUE(merged.value().rules.empty());
}

TEST(MergeRules, KeepsEverythingInOrder) {
  const auto merged = merge_rules({rules_of("b", "y"), rules_of("a", "x")});
  ASSERT_TRUE(merged);
  ASSERT_EQ(merged.value().rules.size(), 2U);
  EXPECT_EQ(merged.value().rules[0].id, "b");
  EXPECT_EQ(merged.value().rules[1].id, "a");
  EXPECT_EQ(merged.value().zones.size(), 2U);
  EXPECT_EQ(merged.value().waivers.size(), 2U);
}

TEST(MergeRules, RefusesARuleAndAZoneThatStandTwice) {
  const auto merged = merge_rules({rules_of("a", "x"), rules_of("a", "x")});
  ASSERT_FALSE(merged);
  ASSERT_EQ(merged.error().size(), 2U);
  EXPECT_EQ(merged.error()[0].code, "duplicate-rule");
  EXPECT_EQ(merged.error()[0].fragment, "a");
  EXPECT_EQ(merged.error()[1].code, "duplicate-zone");
  EXPECT_EQ(merged.error()[1].fragment, "x");
}

TEST(MergeRules, RefusesDifferentClientPorts) {
  RuleSet other = rules_of("b", "y");
  other.client_port_first = 32768;
  const auto merged = merge_rules({rules_of("a", "x"), other});
  ASSERT_FALSE(merged);
  EXPECT_EQ(merged.error()[0].code, "different-client-ports");
  EXPECT_EQ(merged.error()[0].fragment, "32768-65535");
}

TEST(MergeRules, KeepsTheClientPortsOfTheFiles) {
  RuleSet set = rules_of("a", "x");
  set.client_port_first = 32768;
  const auto merged = merge_rules({set});
  ASSERT_TRUE(merged);
  EXPECT_EQ(merged.value().client_port_first, 32768);
}

}  // namespace
}  // namespace netproof
