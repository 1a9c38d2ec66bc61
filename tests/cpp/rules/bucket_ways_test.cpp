#include "rules/bucket_ways.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;

Topology network(const std::string& service) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  TopologyParts parts = net.build().parts();
  parts.vpcs[0].region = "eu-west-1";
  Endpoint endpoint;
  endpoint.name = "e";
  endpoint.vpc = {"a", Id<Vpc>{0}, {}};
  endpoint.service = service;
  endpoint.kind = EndpointKind::kInterface;
  parts.endpoints.push_back(endpoint);
  Bucket bucket;
  bucket.name = "records";
  bucket.region = "eu-west-1";
  parts.buckets.push_back(bucket);
  return Topology{std::move(parts)};
}

std::vector<std::string> doubts(const Topology& topology) {
  const Engine engine{topology};
  const Evaluator evaluator{topology};
  const Locations locations{topology, engine.members()};
  const RuleSet rules;
  const RuleSpec rule;
  const Case c{engine, evaluator, locations, rules, rule, {}, {}};
  const BucketWays ways{c, 0};
  EXPECT_EQ(ways.all().front().name, "the public addresses of S3");
  EXPECT_TRUE(ways.places(true).empty());
  return ways.doubts();
}

// covers S106: addresses that nobody wrote are every public one, perhaps
TEST(BucketWays, WhereS3IsIsNotGuessed) {
  EXPECT_EQ(doubts(network("kms")).size(), 1U);
  EXPECT_EQ(doubts(network("s3")).size(), 1U);
}

}  // namespace
}  // namespace netproof
