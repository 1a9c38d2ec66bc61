#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadBucket, NamesItsRegionAndTheAddressesOfS3) {
  const TopologyParts parts = parts_of(R"(
prefix_lists: [{name: s3, entries: [52.218.0.0/17]}]
buckets:
  - {name: records, region: eu-west-1, addresses: s3}
)");
  const Bucket& bucket = parts.buckets.at(0);
  EXPECT_EQ(bucket.region, "eu-west-1");
  EXPECT_EQ(bucket.addresses->id, (Id<PrefixList>{0}));
  EXPECT_FALSE(bucket.policy.open);
}

TEST(ReadBucket, AnUnknownKeyIsRefused) {
  const Diagnostics errors = errors_of("buckets: [{name: b, polcy: unknown}]");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, "unknown-key");
  EXPECT_NE(errors[0].help.find("policy"), std::string::npos);
}

}  // namespace
}  // namespace netproof
