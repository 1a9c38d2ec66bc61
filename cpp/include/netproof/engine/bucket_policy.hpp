#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "netproof/model/topology.hpp"
#include "netproof/net/ip_set.hpp"

namespace netproof {

/// How requests come to a bucket: by an endpoint, or from the internet.
struct BucketWay {
  std::uint32_t bucket = 0;
  std::optional<std::uint32_t> endpoint;
  bool secure = true;  ///< HTTPS
  std::string action;  ///< "s3:GetObject"; empty: any
};

/// Whose requests the policies of the bucket and of the endpoint do not deny
/// (S103-S106), by the source address as it arrives: for sure, and perhaps. A
/// request from the internet with an address that nobody has there is one of
/// an unknown public address of that family.
///
/// What identity policies allow is not asked: this is never access by itself.
struct BucketSources {
  IpSet surely;
  IpSet possibly;

  friend bool operator==(const BucketSources&, const BucketSources&) = default;
};

BucketSources admitted_sources(const Topology& topology, const BucketWay& way);

}  // namespace netproof
