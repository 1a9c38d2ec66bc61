#pragma once

#include <optional>
#include <string>
#include <vector>

#include "netproof/model/vpc.hpp"

namespace netproof {

struct DirectConnectGateway;
struct Site;
struct TransitAttachment;
struct TransitRouteTable;
struct VpnConnection;

/// A transit gateway (S42-S55). Options keep AWS's defaults (S51).
struct TransitGateway : Object {
  std::string region;
  Open<bool> group_referencing{false, false, {}};  ///< S63
  bool vpn_ecmp = true;
  /// The tables that attachments without an explicit association or
  /// propagation join (S51); empty: switched off.
  std::optional<Ref<TransitRouteTable>> default_association;
  std::optional<Ref<TransitRouteTable>> default_propagation;
};

enum class AttachmentKind { kVpc, kDirectConnect, kVpn, kPeering };

/// What connects to a transit gateway (S56-S67). By kind one of `vpc`,
/// `direct_connect`, `vpn`, `peer` is set. A VPC attachment without written
/// subnets has an entry in every zone.
struct TransitAttachment : Object {
  AttachmentKind kind = AttachmentKind::kVpc;
  Ref<TransitGateway> gateway;
  std::optional<Ref<Vpc>> vpc;
  std::optional<Ref<DirectConnectGateway>> direct_connect;
  std::optional<Ref<VpnConnection>> vpn;
  /// The attachment at the other transit gateway (S65).
  std::optional<Ref<TransitAttachment>> peer;
  std::optional<OpenList<Ref<Subnet>>> subnets;
  Open<bool> appliance_mode{false, false, {}};    ///< S59
  Open<bool> ipv6{false, false, {}};              ///< S62
  Open<bool> group_referencing{true, false, {}};  ///< S63
  Open<bool> available{true, false, {}};
  /// ISO 8601 or empty; text order is time order (S52).
  std::string created;
};

/// One static line, or one prefix-list reference, of a transit gateway route
/// table. No targets and not a blackhole: the target is unknown.
struct TransitRoute {
  std::optional<WrittenPrefix> destination;  ///< else `prefix_list`
  std::optional<Ref<PrefixList>> prefix_list;
  std::vector<Ref<TransitAttachment>> targets;
  bool target_unknown = false;
  bool blackhole = false;
  std::string comment;
  Location where;
};

/// A transit gateway route table: who is associated, who propagates, what is
/// static. Nothing resolved (S42-S46).
struct TransitRouteTable : Object {
  Ref<TransitGateway> gateway;
  OpenList<Ref<TransitAttachment>> associations;
  OpenList<Ref<TransitAttachment>> propagations;
  OpenList<TransitRoute> routes;
};

}  // namespace netproof
