#include "netproof/reference/bucket_request.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

WrittenPrefix block(const char* text) {
  const IpPrefix prefix = IpPrefix::parse(text).value();
  return {prefix, prefix, false, text, {}};
}

// covers S104: Deny unless in 198.51.100.0/24, 10.0.0.0/8
Topology network() {
  PolicyCondition condition;
  condition.test = PolicyTest::kAddress;
  condition.key = PolicyKey::kSourceIp;
  condition.negated = true;
  condition.values = {"198.51.100.0/24", "10.0.0.0/8"};
  condition.prefixes = {block("198.51.100.0/24"), block("10.0.0.0/8")};
  PolicyStatement deny;
  deny.sid = "OnlyOurs";
  deny.principals.names = deny.actions.names = deny.resources.names = {"*"};
  deny.conditions.items = {condition};
  TopologyParts parts;
  parts.buckets.resize(1);
  parts.buckets[0].name = "records";
  parts.buckets[0].policy.items = {deny};
  parts.endpoints.resize(1);
  parts.endpoints[0].name = "vpce-1";
  return Topology{std::move(parts)};
}

BucketAnswer ask(const char* source, bool by_endpoint) {
  BucketRequest request;
  request.source = IpAddress::parse(source).value();
  if (by_endpoint) request.endpoint = 0;
  return ask_bucket(network(), request);
}

// covers S102, S103, S104: the rows of the table
TEST(BucketRequest, TheTableOfAListOfSourceAddresses) {
  EXPECT_EQ(ask("198.51.100.7", false).denied, Answered::kNo);
  EXPECT_EQ(ask("203.0.113.5", false).denied, Answered::kYes);
  EXPECT_EQ(ask("10.1.2.3", true).denied, Answered::kYes);
  EXPECT_EQ(ask("10.50.0.9", true).denied, Answered::kYes);
  EXPECT_EQ(ask("198.51.100.9", false).denied, Answered::kNo);
  EXPECT_EQ(ask("10.1.2.3", true).by,
            "statement 'OnlyOurs' of bucket:records denies it");
}

// covers S102, S175: what leaves with a private address has been rewritten
TEST(BucketRequest, APrivateAddressOnTheInternetIsAnUnknownPublicOne) {
  EXPECT_EQ(ask("10.1.2.3", false).denied, Answered::kUnknown);
}

}  // namespace
}  // namespace netproof
