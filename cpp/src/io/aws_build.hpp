#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/aws_object.hpp"
#include "netproof/model/topology.hpp"

namespace netproof::io {

/// The place of everything that may lie beyond what a snapshot shows: VPCs of
/// other accounts, services that are not modelled.
inline constexpr std::string_view kUnseen = "not-in-the-snapshot";
/// Whatever hangs on Direct Connect and VPNs: no API tells its prefixes (S99),
/// nor which links end at one place.
inline constexpr std::string_view kOnPremises = "on-premises";

/// The network while it is built from a snapshot. Doubts are collected, and
/// become objects when all is built.
struct AwsBuild {
  explicit AwsBuild(AwsReading& of)
      : reading{of}, snapshot{of.snapshot}, parts{of.draft.parts} {}

  AwsReading& reading;
  AwsSnapshot& snapshot;
  TopologyParts& parts;

  struct VpcNotes {
    std::size_t index = 0;
    std::size_t scope = 0;
    bool seen = false;  ///< described, by its owner if that can be told
    bool says_public_access = false;
  };
  std::unordered_map<std::string, VpcNotes> vpcs;
  std::unordered_map<std::string, std::size_t> subnets;
  std::unordered_map<std::string, std::size_t> interfaces;
  std::unordered_map<std::string, std::size_t> groups;
  std::unordered_map<std::string, std::size_t> prefix_lists;
  std::unordered_map<std::string, std::size_t> endpoints;
  /// The VPCs beside its own in which interfaces carry a group (S75).
  std::map<std::string, std::set<std::string>> group_vpcs;
  /// Attachments by id and transit gateway.
  std::map<std::pair<std::string, std::string>, std::size_t> attachments;
  std::unordered_map<std::string, std::size_t> attachment_names;
  /// Which VPC is attached to which transit gateway.
  std::set<std::pair<std::string, std::string>> attached;
  /// VPCs and transit gateways with ways in or out that are not modelled.
  std::set<std::string> doubted_vpcs;
  std::set<std::string> doubted_gateways;
  bool on_premises = false;  ///< that site is needed
  /// What attachments and VPN gateways were seen to propagate, by name (S99).
  std::map<std::string, std::vector<WrittenPrefix>> learned;

  /// Whether a call is missing for what `scope` holds, and nothing stands in.
  bool misses(AwsFamily family, std::size_t scope) const {
    return reading.options.assume_missing.empty() &&
           !snapshot.has(family, scope);
  }
  /// The same for a VPC, of which only the owner sees tables and ACLs.
  bool misses(AwsFamily family, const VpcNotes& vpc) const {
    return !vpc.seen || misses(family, vpc.scope);
  }

  /// The attachment of that name; null if there is none.
  const TransitAttachment* attachment(const std::string& name) const {
    const auto at = attachment_names.find(name);
    return at == attachment_names.end()
               ? nullptr
               : &parts.transit_attachments[at->second];
  }

  /// The VPC of that id; one whose inside nobody knows, if it is not described.
  VpcNotes& vpc(const std::string& id, const Location& where);
  /// Name, account, tags and place of an object.
  void name(Object& object, const AwsResource& resource,
            const AwsObject& fields, std::string_view id,
            std::string_view owner = "OwnerId");
};

template <class Kind>
Ref<Kind> ref(std::string name, Location where) {
  return {std::move(name), std::nullopt, std::move(where)};
}

// One for each family of resources, in this order.
void build_accounts(AwsBuild& build);
void build_vpcs(AwsBuild& build);
void build_subnets(AwsBuild& build);
void build_prefix_lists(AwsBuild& build);
void build_security_groups(AwsBuild& build);
void build_network_acls(AwsBuild& build);
void build_interfaces(AwsBuild& build);
void build_gateways(AwsBuild& build);
void build_peerings(AwsBuild& build);
void build_endpoints(AwsBuild& build);
/// A policy that stands as a text in an answer; not known if it is none.
ResourcePolicy policy_in(AwsBuild& build, std::string_view text,
                         const Location& where, const std::string& holder);
/// Rule groups, policies and the endpoints of firewalls.
void build_firewalls(AwsBuild& build);
void build_rule_groups(AwsBuild& build);
void build_public_access(AwsBuild& build);
void build_buckets(AwsBuild& build);
void build_route_tables(AwsBuild& build);
void build_vpn(AwsBuild& build);
void build_direct_connect(AwsBuild& build);
/// Attachments as well.
void build_transit_gateways(AwsBuild& build);
void build_transit_attachments(AwsBuild& build);
void build_transit_tables(AwsBuild& build);
/// Names what is missing, and opens what depends on it.
void build_gaps(AwsBuild& build);
/// The objects that stand for all doubts. Last.
void build_unseen(AwsBuild& build);

/// All of them: the network of a snapshot.
void build_network(AwsReading& reading);

}  // namespace netproof::io
