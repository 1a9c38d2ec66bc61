#include "rules/bucket_ways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace netproof {

namespace {

std::string name_of(const PolicyStatement& statement, std::size_t number) {
  return statement.sid.empty() ? fmt::format("statement #{}", number + 1)
                               : fmt::format("statement '{}'", statement.sid);
}

bool understood(const PolicyCondition& condition) {
  return condition.test != PolicyTest::kOther &&
         condition.key != PolicyKey::kOther;
}

/// What a policy leaves open, in words.
void add_doubts(const ResourcePolicy& policy, const std::string& holder,
                const Bucket& bucket, const std::string& action,
                std::vector<std::string>& doubts) {
  if (policy.open) {
    doubts.push_back(fmt::format("the policy of {} is not known", holder));
  }
  for (std::size_t i = 0; i < policy.items.size(); ++i) {
    const PolicyStatement& one = policy.items[i];
    const std::string name = fmt::format("{} of {}", name_of(one, i), holder);
    const PolicyExtent extent = extent_of(one, bucket, action);
    if (extent == PolicyExtent::kNone) continue;
    if (extent == PolicyExtent::kSome) {
      doubts.push_back(fmt::format(
          "{} is about some callers, actions or objects only", name));
    }
    if (one.conditions.open || one.allow.unknown) {
      doubts.push_back(fmt::format("{} is not known", name));
    }
    for (const PolicyCondition& condition : one.conditions.items) {
      if (understood(condition)) continue;
      doubts.push_back(fmt::format("what {} {} of {} comes to is not known",
                                   condition.operator_text, condition.key_text,
                                   name));
    }
  }
}

}  // namespace

BucketWays::BucketWays(const Case& c, std::uint32_t bucket)
    : case_{c}, bucket_{bucket}, addresses_{global_unicast()} {
  const TopologyParts& parts = c.topology().parts();
  const Bucket& of = parts.buckets.at(bucket);
  if (of.addresses && of.addresses->id) {
    const auto& list = parts.prefix_lists.at(of.addresses->id->index()).entries;
    std::vector<IpPrefix> prefixes;
    for (const WrittenPrefix& one : list.items) prefixes.push_back(one.prefix);
    const IpSet written = IpSet::from_prefixes(prefixes);
    addresses_known_ = !list.open && !written.empty();
    if (addresses_known_) addresses_ = written;
  }
  BucketAccess straight;
  straight.name = "the public addresses of S3";
  straight.to = {{Place{PlaceKind::kInternet, 0}, addresses_}};
  straight.sure = addresses_known_;
  straight.doubt = fmt::format(
      "the public addresses of S3 in the Region of bucket:{} are not known; "
      "name a prefix list in `addresses`",
      of.name);
  ways_.push_back(std::move(straight));
  for (std::uint32_t i = 0; i < parts.endpoints.size(); ++i) add_endpoint(i);
}

// The own addresses of a gateway endpoint are those that routes lead to it.
IpSet BucketWays::called(Place place) const {
  const IpSet& own = case_.locations.addresses(place);
  return place.kind == PlaceKind::kEndpoint && addresses_known_
             ? own & addresses_
             : own;
}

void BucketWays::add_endpoint(std::uint32_t index) {
  const TopologyParts& parts = case_.topology().parts();
  const Endpoint& endpoint = parts.endpoints.at(index);
  static const Vpc kNoVpc;
  const Vpc& vpc =
      endpoint.vpc ? parts.vpcs.at(endpoint.vpc.id->index()) : kNoVpc;
  const Open<bool> serves =
      serves_bucket(endpoint, vpc, parts.buckets.at(bucket_));
  if (!serves.may_be(true)) return;
  BucketAccess way;
  way.name = "endpoint:" + endpoint.name;
  way.endpoint = index;
  way.by_public_name = endpoint.kind == EndpointKind::kGateway;
  way.sure = !serves.unknown;
  way.doubt = fmt::format(
      "nobody says whether {} leads to S3 in the Region of bucket:{}", way.name,
      parts.buckets.at(bucket_).name);
  std::vector<Place> places;
  if (way.by_public_name) {
    places.push_back({PlaceKind::kEndpoint, index});
  }
  for (const Ref<Interface>& one : endpoint.interfaces) {
    if (!way.by_public_name && one) {
      places.push_back({PlaceKind::kInterface, one.id->value});
    }
  }
  for (const Place place : places) {
    IpSet addresses = called(place);
    if (!addresses.empty()) way.to.push_back({place, std::move(addresses)});
  }
  if (!way.to.empty()) ways_.push_back(std::move(way));
}

std::vector<Scope> BucketWays::places(bool sure) const {
  std::vector<Scope> places;
  for (const BucketAccess& way : ways_) {
    if (sure && !way.sure) continue;
    places.insert(places.end(), way.to.begin(), way.to.end());
  }
  return places;
}

std::map<Place, IpSet> BucketWays::heard(std::uint16_t port,
                                         bool surely) const {
  std::map<Place, IpSet> heard;
  for (const BucketAccess& way : ways_) {
    BucketSources sources = admitted_sources(
        case_.topology(),
        {bucket_, way.endpoint, port == kBucketPorts[0], case_.rule.action});
    for (const Scope& scope : way.to) {
      heard[scope.place] = surely ? sources.surely : sources.possibly;
    }
  }
  return heard;
}

const BucketAccess* BucketWays::at(Place place) const {
  for (const BucketAccess& way : ways_) {
    if (std::ranges::find(way.to, place, &Scope::place) != way.to.end()) {
      return &way;
    }
  }
  return nullptr;
}

std::vector<std::string> BucketWays::doubts() const {
  const TopologyParts& parts = case_.topology().parts();
  const Bucket& bucket = parts.buckets.at(bucket_);
  std::vector<std::string> doubts;
  add_doubts(bucket.policy, "bucket:" + bucket.name, bucket, case_.rule.action,
             doubts);
  for (const BucketAccess& way : ways_) {
    if (!way.sure) doubts.push_back(way.doubt);
    if (!way.endpoint) continue;
    const Endpoint& endpoint = parts.endpoints.at(*way.endpoint);
    if (!endpoint.policy) continue;
    add_doubts(*endpoint.policy, way.name, bucket, case_.rule.action, doubts);
  }
  return doubts;
}

}  // namespace netproof
