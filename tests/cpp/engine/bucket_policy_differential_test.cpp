// Policies as sets against single requests, on random policies and at the edges
// of every block that they name.

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <vector>

#include "netproof/engine/bucket_policy.hpp"
#include "netproof/reference/bucket_request.hpp"
#include "support/random_bucket.hpp"

namespace netproof {
namespace {

constexpr unsigned kNetworks = 200;

void add_around(IpAddress address, std::set<IpAddress>& samples) {
  const Uint128 value = address.value();
  samples.insert(address);
  if (value > 0) {
    samples.insert(IpAddress::make(address.family(), value - 1));
  }
  if (value < highest_address(address.family())) {
    samples.insert(IpAddress::make(address.family(), value + 1));
  }
}

void add_edges(const ResourcePolicy& policy, std::set<IpAddress>& samples) {
  for (const PolicyStatement& statement : policy.items) {
    for (const PolicyCondition& condition : statement.conditions.items) {
      for (const WrittenPrefix& one : condition.prefixes) {
        add_around(one.prefix.first(), samples);
        add_around(one.prefix.last(), samples);
      }
    }
  }
}

std::set<IpAddress> samples_of(const TopologyParts& parts) {
  std::set<IpAddress> samples;
  for (const char* text : {"10.0.0.1", "8.8.8.8", "fd00::1", "2600::1"}) {
    add_around(IpAddress::parse(text).value(), samples);
  }
  add_edges(parts.buckets[0].policy, samples);
  for (const Endpoint& endpoint : parts.endpoints) {
    if (endpoint.policy) add_edges(*endpoint.policy, samples);
  }
  return samples;
}

Answered denied_by(const BucketSources& sources, IpAddress source) {
  if (sources.surely.contains(source)) return Answered::kNo;
  return sources.possibly.contains(source) ? Answered::kUnknown
                                           : Answered::kYes;
}

/// How often each answer was given.
struct Counts {
  std::size_t of[3] = {0, 0, 0};
};

void compare(const Topology& topology, const BucketWay& way, Counts& counts) {
  const BucketSources sources = admitted_sources(topology, way);
  EXPECT_TRUE(sources.surely.lies_inside(sources.possibly));
  for (const IpAddress source : samples_of(topology.parts())) {
    const Answered expected = denied_by(sources, source);
    const BucketAnswer answer =
        ask_bucket(topology, {0, way.endpoint, way.secure, way.action, source});
    ++counts.of[static_cast<int>(expected)];
    ASSERT_EQ(answer.denied, expected)
        << to_string(source) << " by endpoint "
        << (way.endpoint ? static_cast<int>(*way.endpoint) : -1) << ", secure "
        << way.secure << ", action '" << way.action << "': " << answer.by;
  }
}

// covers S102, S103, S104, S105, S106, S175, S176
TEST(BucketDifferential, SetsAgreeWithSingleRequests) {
  Counts counts;
  for (unsigned seed = 1; seed <= kNetworks; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const Topology topology{netproof::testing::RandomBucket{seed}.parts()};
    for (std::uint32_t e = 0; e <= 3; ++e) {
      BucketWay way;
      if (e < 3) way.endpoint = e;
      way.secure = seed % 2 == 0;
      if (seed % 3 == 0) way.action = "s3:GetObject";
      compare(topology, way, counts);
      if (HasFatalFailure()) return;
    }
  }
  // None of the three is rare.
  for (const std::size_t count : counts.of) EXPECT_GT(count, 1000U);
}

}  // namespace
}  // namespace netproof
