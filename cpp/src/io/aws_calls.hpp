#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace netproof::io {

/// What the elements of a list of a snapshot are.
enum class AwsFamily : std::uint8_t {
  kVpcs,
  kSubnets,
  kRouteTables,
  kNetworkAcls,
  kSecurityGroups,
  kInterfaces,
  kInternetGateways,
  kEgressOnlyGateways,
  kNatGateways,
  kPeerings,
  kEndpoints,
  kPrefixLists,
  kPrefixListEntries,
  kTransitGateways,
  kTransitAttachments,
  kVpcAttachments,
  kTransitTables,
  kTransitAssociations,
  kTransitPropagations,
  kTransitRoutes,
  // Calls that may be left out end here: what follows is read where it is.
  kGroupVpcs,
  kAwsPrefixLists,
  kPrefixListReferences,
  kPeeringAttachments,
  kStaticRoutes,
  kTablePropagations,
  kVpnGateways,
  kVpnConnections,
  kDirectConnectGateways,
  kDirectConnectAssociations,
  kVirtualInterfaces,
  kReservations,
  kInstances,
  kAccounts,
  kZones,
  kPublicAccess,
  kPublicAccessExclusions,
  kFirewalls,      ///< the status, which has the endpoints
  kFirewallNames,  ///< what stands beside it in the same answer
  kFirewallPolicies,
  kFirewallPolicyNames,
  kRuleGroups,
  kRuleGroupNames,
  kPolicyTables,
  kBuckets,
  kBucketPolicies,
  kUnmodelled,  ///< may carry traffic, by ways that are not modelled
  kHarmless,    ///< has no part in routing or filtering
};

inline constexpr std::size_t kAwsFamilies =
    static_cast<std::size_t>(AwsFamily::kHarmless) + 1;

/// A key of the root of an answer, and the call that gives it (S121).
struct AwsCall {
  std::string_view key;
  AwsFamily family = AwsFamily::kHarmless;
  std::string_view call;   ///< "describe-vpcs"
  std::string_view id;     ///< the key of the id, for merging (S122)
  std::string_view owner;  ///< the key of the account that owns it
  std::string_view scope;  ///< of answers about one thing: its id's beginning
};

std::span<const AwsCall> aws_calls();

/// The call whose answer has `key` at its root; null if none is known.
const AwsCall* aws_call(std::string_view key);

/// The call of a family.
const AwsCall& aws_call(AwsFamily family);

/// Must be there for each account and Region (S121, bold).
constexpr bool is_mandatory(AwsFamily family) noexcept {
  return family < AwsFamily::kGroupVpcs;
}

}  // namespace netproof::io
