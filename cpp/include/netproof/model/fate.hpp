#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "netproof/base/location.hpp"

namespace netproof {

/// Why a packet died: the closed list of the JSON output, in its order.
enum class DropCode : std::uint8_t {
  kNoRoute,
  kBlackholeRoute,
  kTgwNoAssociation,
  kAzNotAttached,
  kNaclDeny,
  kSgDeny,
  kFirewallDeny,
  kPolicyDeny,
  kPublicAccessBlocked,
  kNoPublicIp,
  kNatRefused,
  kNotLocalAtPeer,
  kNotAdvertised,
  kUnroutable,
  kNoSuchAddress,
  kSourceCheck,
  kFamilyNotCarried,
  kNoState,
  kLoop,
  kStateNotActive,
  kAmbiguousSource,
};
inline constexpr int kDropCodes = 21;

/// "NO_ROUTE", ...
std::string_view to_string(DropCode code);

/// A drop: its code, the object that decided ("tgw-rtb:prod"), the entry
/// ("10.0.0.0/20"), and where that was written.
struct Drop {
  DropCode code = DropCode::kNoRoute;
  std::string at;
  std::string entry;
  Location source;

  friend bool operator==(const Drop&, const Drop&) = default;
};

/// What becomes of one packet over all choices of load sharing and in all
/// worlds: kUnknown if the worlds disagree, kMixed if the choices do.
enum class Fate : std::uint8_t { kDelivered, kDropped, kMixed, kUnknown };
std::string_view to_string(Fate fate);

/// What becomes of a request and its reply.
enum class ConnectionFate : std::uint8_t {
  kEstablished,
  kBlocked,
  kMixed,
  kUnknown,
};
std::string_view to_string(ConnectionFate fate);

}  // namespace netproof
