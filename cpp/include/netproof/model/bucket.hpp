#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "netproof/model/object.hpp"
#include "netproof/model/open.hpp"

namespace netproof {

struct PrefixList;

/// What a condition looks at (S102). kOther: a key that says nothing about the
/// way of a request, or that nobody knows here.
enum class PolicyKey : std::uint8_t {
  kSourceIp,         ///< public address, absent where an endpoint was passed
  kVpcSourceIp,      ///< private address, only where an endpoint was passed
  kSourceVpce,       ///< that endpoint
  kSourceVpc,        ///< its VPC
  kSecureTransport,  ///< HTTPS
  kByService,        ///< true only where a service of AWS asks; may be absent
  kOther,
};

/// How it is compared. kPattern: with `*` and `?`.
enum class PolicyTest : std::uint8_t {
  kAddress,
  kText,
  kPattern,
  kBool,
  kNull,
  kOther,
};

/// One operator and one key with its values, of which one has to match; of a
/// negated operator none may (S103).
struct PolicyCondition {
  PolicyTest test = PolicyTest::kOther;
  PolicyKey key = PolicyKey::kOther;
  bool negated = false;
  bool if_exists = false;
  std::string operator_text;  ///< "NotIpAddressIfExists"
  std::string key_text;       ///< "aws:SourceIp"
  std::vector<std::string> values;
  std::vector<WrittenPrefix> prefixes;  ///< of kAddress, as `values`
  Location where;
};

/// Texts that are named, or (`except`) everything but these.
struct PolicyNames {
  std::vector<std::string> names;
  bool except = false;
};

/// One statement of a policy. Its conditions are ANDed; an open list may hold
/// more of them.
struct PolicyStatement {
  std::string sid;
  Open<bool> allow;
  PolicyNames principals;
  PolicyNames actions;
  PolicyNames resources;
  OpenList<PolicyCondition> conditions;
  Location where;
};

/// A policy of a bucket or an endpoint, in the language of IAM.
using ResourcePolicy = OpenList<PolicyStatement>;

/// A bucket of S3 (S102-S106). `addresses`: the prefix list with the public
/// addresses of S3 in its Region; without one nobody knows them.
struct Bucket : Object {
  std::string region;
  std::optional<Ref<PrefixList>> addresses;
  ResourcePolicy policy;
};

/// How many of the requests of `action` to a bucket a statement speaks of,
/// whatever its conditions: those of every caller, to the bucket and all its
/// objects as the action wants. No action: any.
enum class PolicyExtent : std::uint8_t { kNone, kSome, kAll };
PolicyExtent extent_of(const PolicyStatement& statement, const Bucket& bucket,
                       const std::string& action);

/// `pattern` with `*` and `?` stands for the whole of `text`.
bool matches_pattern(const std::string& pattern, const std::string& text);

struct Endpoint;
struct Vpc;

/// Does the endpoint lead to S3 in the bucket's Region? Unknown where nobody
/// wrote the service or a Region.
Open<bool> serves_bucket(const Endpoint& endpoint, const Vpc& vpc,
                         const Bucket& bucket);

}  // namespace netproof
