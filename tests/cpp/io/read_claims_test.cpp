#include "reading.hpp"

namespace netproof {
namespace {

TEST(Claims, HaveThreeForms) {
  const auto parts = parts_of(R"(
subnets: [{name: s, vpc: v, cidr: 10.0.0.0/28}]
expect:
  vpcs: 2
  claims:
    - {says: "dev is in one block", prefixes: [10.0.0.0/20, 10.1.0.0/20], cover: {environment: dev}, only: true}
    - {says: "14 addresses", subnet: s, usable: 14}
    - {says: "24 accounts", of: accounts, select: {department: [a, b]}, count: 24}
    - {says: "no site", of: sites, count: 0}
)");
  EXPECT_EQ(parts.expectations.size(), 1U);
  ASSERT_EQ(parts.claims.size(), 4U);
  EXPECT_EQ(parts.claims[0].says, "dev is in one block");
  EXPECT_EQ(parts.claims[0].prefixes.size(), 2U);
  EXPECT_EQ(parts.claims[0].select, (LabelChoice{{"environment", {"dev"}}}));
  EXPECT_TRUE(parts.claims[0].only);
  EXPECT_EQ(parts.claims[0].where.line, 6);
  EXPECT_EQ(parts.claims[1].subnet.id, (Id<Subnet>{0}));
  EXPECT_EQ(parts.claims[1].count, 14);
  EXPECT_EQ(parts.claims[2].of, "accounts");
  EXPECT_EQ(parts.claims[2].count, 24);
  EXPECT_TRUE(parts.claims[3].select.empty());
}

std::string claim(const std::string& body) {
  return "expect:\n  claims:\n    - {" + body + "}\n";
}

TEST(Claims, AreRefusedWithPlaceAndWayOut) {
  const std::vector<Refusal> rows{
      {"missing-key", claim("of: vpcs, count: 1"), 3, 7, "", "has 'says'"},
      {"one-of-keys", claim("says: a"), 3, 7, "a", "'prefixes', 'subnet'"},
      {"one-of-keys", claim("says: a, of: vpcs, subnet: s, usable: 1"), 3, 7,
       "a", "'prefixes', 'subnet'"},
      {"unknown-table", claim("says: a, of: vpc, count: 1"), 3, 21, "vpc",
       "did you mean 'vpcs'?"},
      {"unknown-key", claim("says: a, of: vpcs, count: 1, only: true"), 3, 37,
       "only", ""},
      {"missing-key", claim("says: a, prefixes: [10.0.0.0/8]"), 3, 7, "",
       "has 'cover'"},
      {"missing-key", claim("says: a, subnet: s"), 3, 7, "", "has 'usable'"},
      {"number", claim("says: a, of: vpcs, count: -1"), 3, 34, "-1", "from 0"},
      {"unknown-key", "expect: {vpc: 1}\n", 1, 10, "vpc",
       "did you mean 'vpcs'?"},
      {"unknown-key", "expect: {claim: []}\n", 1, 10, "claim",
       "did you mean 'claims'?"},
  };
  for (const Refusal& row : rows) expect_refusal(row, errors_of(row.text));
}

}  // namespace
}  // namespace netproof
