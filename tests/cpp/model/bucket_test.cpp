#include "netproof/model/bucket.hpp"

#include <gtest/gtest.h>

#include "netproof/model/vpc.hpp"

namespace netproof {
namespace {

using Texts = std::vector<std::string>;

PolicyExtent extent(const Texts& actions, const Texts& resources,
                    const std::string& action = {}, bool except = false) {
  Bucket bucket;
  bucket.name = "records";
  PolicyStatement statement;
  statement.principals.names = {"*"};
  statement.actions = {actions, except};
  statement.resources = {resources, false};
  return extent_of(statement, bucket, action);
}

const Texts kBoth{"arn:aws:s3:::records", "arn:aws:s3:::records/*"};

TEST(Bucket, PatternsStandForWholeTexts) {
  EXPECT_TRUE(matches_pattern("vpce-*", "vpce-0a"));
  EXPECT_TRUE(matches_pattern("a*b?d*", "axxbcd"));
  EXPECT_FALSE(matches_pattern("vpce-", "vpce-0a"));
  EXPECT_FALSE(matches_pattern("?", ""));
  EXPECT_TRUE(matches_pattern("**", ""));
}

// covers S106, S176: any action, on the bucket and all that is in it
TEST(Bucket, AStatementIsAboutAllSomeOrNoRequests) {
  EXPECT_EQ(extent({"s3:*"}, kBoth), PolicyExtent::kAll);
  EXPECT_EQ(extent({"S3:*"}, {"arn:aws-cn:s3:::rec*"}), PolicyExtent::kAll);
  EXPECT_EQ(extent({"s3:*"}, {"arn:aws:s3:::records/*"}), PolicyExtent::kSome);
  EXPECT_EQ(extent({"s3:Get*"}, kBoth), PolicyExtent::kSome);
  EXPECT_EQ(extent({"ec2:*"}, kBoth), PolicyExtent::kNone);
  EXPECT_EQ(extent({"s3:*"}, {"arn:aws:s3:::record"}), PolicyExtent::kNone);
  EXPECT_EQ(extent({"ec2:*"}, kBoth, {}, true), PolicyExtent::kAll);
}

TEST(Bucket, AnActionIsAboutTheBucketOrItsObjects) {
  const Texts objects{"arn:aws:s3:::records/*"};
  EXPECT_EQ(extent({"s3:Get*"}, objects, "s3:GetObject"), PolicyExtent::kAll);
  EXPECT_EQ(extent({"s3:*"}, objects, "s3:ListBucket"), PolicyExtent::kNone);
  EXPECT_EQ(extent({"s3:Put*"}, kBoth, "s3:GetObject"), PolicyExtent::kNone);
  EXPECT_EQ(extent({"s3:*"}, {"arn:aws:s3:::records/a/*"}, "s3:GetObject"),
            PolicyExtent::kSome);
}

TEST(Bucket, AnEndpointServesTheBucketsOfItsRegion) {
  Bucket bucket;
  Vpc vpc;
  Endpoint endpoint;
  EXPECT_TRUE(serves_bucket(endpoint, vpc, bucket).unknown);
  endpoint.service = "com.amazonaws.eu-west-1.s3";
  EXPECT_TRUE(serves_bucket(endpoint, vpc, bucket).unknown);
  bucket.region = "eu-west-1";
  EXPECT_TRUE(serves_bucket(endpoint, vpc, bucket).is(true));
  endpoint.service = "com.amazonaws.eu-west-1.kms";
  EXPECT_TRUE(serves_bucket(endpoint, vpc, bucket).is(false));
  endpoint.service = "s3";
  vpc.region = "eu-west-2";
  EXPECT_TRUE(serves_bucket(endpoint, vpc, bucket).is(false));
}

}  // namespace
}  // namespace netproof
