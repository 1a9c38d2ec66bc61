#include "netproof/model/fate.hpp"

#include <array>
#include <cstddef>

#include "netproof/base/contract.hpp"

namespace netproof {

std::string_view to_string(DropCode code) {
  static constexpr std::array<std::string_view, kDropCodes> kNames = {
      "NO_ROUTE",
      "BLACKHOLE_ROUTE",
      "TGW_NO_ASSOCIATION",
      "AZ_NOT_ATTACHED",
      "NACL_DENY",
      "SG_DENY",
      "FIREWALL_DENY",
      "POLICY_DENY",
      "PUBLIC_ACCESS_BLOCKED",
      "NO_PUBLIC_IP",
      "NAT_REFUSED",
      "NOT_LOCAL_AT_PEER",
      "NOT_ADVERTISED",
      "UNROUTABLE",
      "NO_SUCH_ADDRESS",
      "SOURCE_CHECK",
      "FAMILY_NOT_CARRIED",
      "NO_STATE",
      "LOOP",
      "STATE_NOT_ACTIVE",
      "AMBIGUOUS_SOURCE",
  };
  const auto index = static_cast<std::size_t>(code);
  expects(index < kNames.size(), "a drop code is one of the closed list");
  return kNames[index];
}

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::kDelivered:
      return "delivered";
    case Fate::kDropped:
      return "dropped";
    case Fate::kMixed:
      return "mixed";
    case Fate::kUnknown:
      return "unknown";
  }
  throw ContractViolation("a fate is one of the closed list");
}

std::string_view to_string(ConnectionFate fate) {
  switch (fate) {
    case ConnectionFate::kEstablished:
      return "established";
    case ConnectionFate::kBlocked:
      return "blocked";
    case ConnectionFate::kMixed:
      return "mixed";
    case ConnectionFate::kUnknown:
      return "unknown";
  }
  throw ContractViolation("a connection's fate is one of the closed list");
}

}  // namespace netproof
