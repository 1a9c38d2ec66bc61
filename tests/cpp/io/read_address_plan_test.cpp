#include "reading.hpp"

namespace netproof {
namespace {

TEST(AddressPlan, BlocksSayWhatTheyHold) {
  const auto parts = parts_of(R"(
address_blocks:
  - {name: plants, cidr: 10.0.0.0/16, holds: {department: manufacturing, environment: [prod, dev]}, allocation: 24}
  - {name: rest, cidr: "2001:db8::/32", holds: {department: sales}}
)");
  ASSERT_EQ(parts.address_blocks.size(), 2U);
  const AddressBlock& block = parts.address_blocks[0];
  EXPECT_EQ(to_string(block.cidr.prefix), "10.0.0.0/16");
  EXPECT_EQ(block.holds, (LabelChoice{{"department", {"manufacturing"}},
                                      {"environment", {"prod", "dev"}}}));
  EXPECT_EQ(block.allocation, 24);
  EXPECT_EQ(span_of(block.where), "net.yaml:3:12-18");
  EXPECT_FALSE(parts.address_blocks[1].allocation);
}

TEST(AddressPlan, RecordsStandForAddresses) {
  const auto parts = parts_of(R"(
dns_records:
  - {name: order.sales.internal, addresses: [10.1.30.100, "2001:db8::1"]}
  - {name: short, address: 10.1.30.101}
)");
  ASSERT_EQ(parts.dns_records.size(), 2U);
  EXPECT_EQ(parts.dns_records[0].addresses.size(), 2U);
  EXPECT_EQ(to_string(parts.dns_records[1].addresses.at(0)), "10.1.30.101");
}

TEST(AddressPlan, IsRefusedWithPlaceAndWayOut) {
  const std::vector<Refusal> rows{
      {"missing-key", "address_blocks: [{name: a, cidr: 10.0.0.0/8}]\n", 1, 18,
       "", "has 'holds'"},
      {"unknown-key",
       "address_blocks: [{name: a, cidr: 10.0.0.0/8, holds: {}, allocations: "
       "9}]\n",
       1, 57, "allocations", "did you mean 'allocation'?"},
      {"number",
       "address_blocks: [{name: a, cidr: 10.0.0.0/16, holds: {}, allocation: "
       "15}]\n",
       1, 70, "15", "from 16 to 32"},
      {"value-type",
       "address_blocks: [{name: a, cidr: 10.0.0.0/16, holds: sales}]\n", 1, 54,
       "sales", "mapping of labels"},
      {"unknown-not-allowed", "dns_records: [{name: a, address: unknown}]\n", 1,
       34, "unknown", "is known"},
      {"empty-list", "dns_records: [{name: a, addresses: []}]\n", 1, 36, "[]",
       "stands for an address"},
      {"duplicate-name",
       "dns_records: [{name: a, address: 10.0.0.1}, {name: a, address: "
       "10.0.0.2}]\n",
       1, 52, "a", "first at"},
  };
  for (const Refusal& row : rows) expect_refusal(row, errors_of(row.text));
}

}  // namespace
}  // namespace netproof
