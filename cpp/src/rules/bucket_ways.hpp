#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "netproof/engine/bucket_policy.hpp"
#include "rules/judging.hpp"

namespace netproof {

/// The ports at which S3 answers: of HTTPS and of HTTP.
inline constexpr std::uint16_t kBucketPorts[] = {443, 80};

/// A way to a bucket (S106): its public addresses straight from the internet,
/// or an endpoint.
struct BucketAccess {
  std::string name;  ///< "the public addresses of S3", "endpoint:s3"
  std::vector<Scope> to;
  std::optional<std::uint32_t> endpoint;
  /// It is called by the public name, whose addresses the table of the sender
  /// leads to a gateway endpoint or to the internet.
  bool by_public_name = true;
  bool sure = true;  ///< false: perhaps it does not lead there
  std::string doubt;
};

/// Every way to one bucket, and whose requests it lets through.
class BucketWays {
 public:
  BucketWays(const Case& c, std::uint32_t bucket);

  const std::vector<BucketAccess>& all() const { return ways_; }
  /// The places of all ways, or of those that are sure to lead there.
  std::vector<Scope> places(bool sure) const;
  /// The sources that are not denied, for sure or perhaps, by place.
  std::map<Place, IpSet> heard(std::uint16_t port, bool surely) const;
  /// The way that ends at `place`; null if none does.
  const BucketAccess* at(Place place) const;
  /// The public addresses of S3; every public address if nobody knows them.
  const IpSet& public_addresses() const { return addresses_; }
  /// Why it may be otherwise than is said: of ways and policies.
  std::vector<std::string> doubts() const;

 private:
  void add_endpoint(std::uint32_t index);
  IpSet called(Place place) const;

  const Case& case_;
  std::uint32_t bucket_;
  IpSet addresses_;
  bool addresses_known_ = false;
  std::vector<BucketAccess> ways_;
};

}  // namespace netproof
