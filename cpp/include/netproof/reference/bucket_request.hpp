#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "netproof/model/topology.hpp"
#include "netproof/net/ip_address.hpp"

namespace netproof {

/// One request, as it arrives.
struct BucketRequest {
  std::uint32_t bucket = 0;
  std::optional<std::uint32_t> endpoint;  ///< none: from the internet
  bool secure = true;
  std::string action;  ///< empty: any
  IpAddress source = IpAddress::v4(0);
};

enum class Answered : std::uint8_t { kNo, kYes, kUnknown };

/// `by`: the statement that decides, in words; of several the first. Empty if
/// nothing denies.
struct BucketAnswer {
  Answered denied = Answered::kNo;
  std::string by;
  Location where;
};

/// Judges one request, statement by statement; shares nothing with the engine.
BucketAnswer ask_bucket(const Topology& topology, const BucketRequest& request);

}  // namespace netproof
