#include "reading.hpp"

namespace netproof {
namespace {

std::string with_statement(const std::string& statement) {
  return "buckets:\n  - name: b\n    policy:\n      Statement:\n        - {" +
         statement + "}\n";
}

const std::string kDeny =
    "Effect: Deny, Principal: {AWS: '*'}, Action: 's3:*', Resource: '*'";

TEST(ResourcePolicy, AStatementInTheLanguageOfIam) {
  const TopologyParts parts = parts_of(with_statement(
      kDeny +
      ", Condition: {NotIpAddressIfExists: {'aws:sourceIP': [10.0.0.0/8, "
      "192.0.2.1]}, StringLike: {'aws:SourceVpce': 'vpce-*'}}"));
  const PolicyStatement& one = parts.buckets.at(0).policy.items.at(0);
  EXPECT_TRUE(one.allow.is(false));
  EXPECT_EQ(one.principals.names, std::vector<std::string>{"*"});
  ASSERT_EQ(one.conditions.items.size(), 2U);
  const PolicyCondition& first = one.conditions.items[0];
  EXPECT_EQ(first.key, PolicyKey::kSourceIp);
  EXPECT_TRUE(first.negated && first.if_exists);
  EXPECT_EQ(first.prefixes.size(), 2U);
  EXPECT_EQ(one.conditions.items[1].test, PolicyTest::kPattern);
}

TEST(ResourcePolicy, WhatIsNotKnownDecidesNothing) {
  const TopologyParts parts = parts_of(with_statement(
      kDeny + ", Condition: {'ForAnyValue:StringEquals': {'aws:x': y}}"));
  const auto& conditions =
      parts.buckets.at(0).policy.items.at(0).conditions.items;
  EXPECT_EQ(conditions.at(0).test, PolicyTest::kOther);
  EXPECT_EQ(conditions.at(0).key, PolicyKey::kOther);
  EXPECT_TRUE(
      parts_of("buckets: [{name: b, policy: unknown}]").buckets[0].policy.open);
}

TEST(ResourcePolicy, WhatIsNoPolicyIsAnErrorAtItsPlace) {
  for (const char* statement :
       {"Effect: Deny",
        "Effect: Forbid, Principal: '*', Action: '*', "
        "Resource: '*'",
        "Effect: Deny, Principal: '*', Action: '*', Resource: '*', "
        "Condition: {IpAddress: {'aws:SourceIp': 10.1.300.0/24}}",
        "Effect: Deny, Principal: '*', Action: '*', NotAction: '*', "
        "Resource: '*'",
        "Effect: Deny, Principal: '*', Action: '*', Resource: '*', "
        "Condition: [none]"}) {
    const Diagnostics errors = errors_of(with_statement(statement));
    ASSERT_FALSE(errors.empty()) << statement;
    EXPECT_EQ(errors.front().where.line, 5) << lines_of(errors);
  }
}

}  // namespace
}  // namespace netproof
