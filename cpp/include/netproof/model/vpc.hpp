#pragma once

#include <optional>
#include <string>
#include <vector>

#include "netproof/model/bucket.hpp"
#include "netproof/model/filter.hpp"
#include "netproof/model/object.hpp"
#include "netproof/model/open.hpp"
#include "netproof/net/ip_address.hpp"

namespace netproof {

struct Endpoint;
struct Interface;
struct InternetGateway;
struct EgressOnlyGateway;
struct NatGateway;
struct NetworkFirewall;
struct Peering;
struct RouteTable;
struct Subnet;
struct TransitGateway;
struct VpnGateway;

/// VPC Block Public Access as it applies to a VPC or subnet (S32).
enum class PublicAccess { kAllowed, kIngressBlocked, kBlocked };

/// A VPC. `main_table` empty: AWS's main table, `local` only (S14). `subnets`
/// open: there may be more subnets than are listed. A VPC that lists no
/// subnets has one implied subnet for each CIDR, in every zone.
struct Vpc : Object {
  OpenList<WrittenPrefix> cidrs;
  std::string region;
  std::optional<Ref<RouteTable>> main_table;
  Open<PublicAccess> public_access;
  /// Groups that unlisted addresses of its subnets carry (contract 3.3).
  std::optional<OpenList<Ref<SecurityGroup>>> security_groups;
  /// The default group where it is written down; else AWS's (S70).
  std::optional<Ref<SecurityGroup>> default_group;
  bool subnets_open = false;
};

/// A subnet. `zone` is an Availability Zone id (S13), empty if not written.
/// No `route_table`: the main table (S14). No `acl`: the default ACL, which
/// allows everything (S76).
struct Subnet : Object {
  Ref<Vpc> vpc;
  OpenList<WrittenPrefix> cidrs;
  Open<std::string> zone;
  std::optional<Open<Ref<RouteTable>>> route_table;
  std::optional<Open<Ref<NetworkAcl>>> acl;
  std::optional<OpenList<Ref<SecurityGroup>>> security_groups;
  bool interfaces_open = false;
};

/// A network interface (S7, S136). No groups written: the default group.
struct Interface : Object {
  Ref<Subnet> subnet;
  std::vector<IpAddress> addresses;  ///< private, both families
  /// Public IPv4 addresses, each mapped 1:1 to `addresses` of IPv4 in order
  /// (S27).
  std::vector<IpAddress> public_addresses;
  std::optional<OpenList<Ref<SecurityGroup>>> security_groups;
  Open<bool> source_check{true, false, {}};
  /// What this interface does with packets that are routed to it (S39): empty
  /// means it is no appliance or that nobody knows.
  std::optional<bool> forwards;
};

enum class TargetKind {
  kUnknown,  ///< the author wrote `unknown`
  kLocal,
  kInternetGateway,
  kEgressOnlyGateway,
  kNatGateway,
  kTransitGateway,
  kPeering,
  kInterface,
  kEndpoint,
  kVpnGateway,
  kBlackhole,
};

/// Where a VPC route points. `index` is the id within the table of that kind;
/// empty for local, blackhole, unknown, and for a name that does not exist.
struct RouteTarget {
  TargetKind kind = TargetKind::kUnknown;
  std::string name;
  std::optional<std::uint32_t> index;
  Location where;
};

/// One static line of a VPC route table. More than one target is a finding
/// and a choice that nobody has documented (S54).
struct Route {
  std::optional<WrittenPrefix> destination;  ///< else `prefix_list`
  std::optional<Ref<PrefixList>> prefix_list;
  std::vector<RouteTarget> targets;
  bool blackhole = false;  ///< the state is written as blackhole (S20)
  std::string comment;
  Location where;
};

/// A VPC route table (S14-S20). `local` is implied, one for each CIDR (S15).
/// `gateway`: an edge association with an internet or VPN gateway (S23).
struct RouteTable : Object {
  Ref<Vpc> vpc;
  OpenList<Route> routes;
  std::vector<Ref<VpnGateway>> propagating;
  std::optional<RouteTarget> gateway;
};

struct InternetGateway : Object {
  std::optional<Ref<Vpc>> vpc;  ///< empty: not attached
};

struct EgressOnlyGateway : Object {
  Ref<Vpc> vpc;
};

/// A NAT gateway (S29): public (with an address at the internet) or private.
struct NatGateway : Object {
  Ref<Subnet> subnet;
  IpAddress private_address = IpAddress::v4(0);
  std::optional<IpAddress> public_address;
  bool is_private = false;
};

/// A VPC peering (S33-S35).
struct Peering : Object {
  Ref<Vpc> requester;
  Ref<Vpc> accepter;
  Open<bool> active{true, false, {}};
};

enum class EndpointKind { kGateway, kInterface, kInspection };

/// A VPC endpoint. Gateway: reached by a prefix-list route (S36). Interface:
/// its interfaces are listed as interfaces of the topology that only respond
/// (S37). Inspection: a GWLB or firewall endpoint in `subnet` (S38); its
/// `firewall` says what it lets through (S81), without one `passes` does, and
/// if that is empty nobody knows (S39).
struct Endpoint : Object {
  EndpointKind kind = EndpointKind::kGateway;
  Ref<Vpc> vpc;
  std::optional<Ref<Subnet>> subnet;
  std::vector<Ref<Interface>> interfaces;
  /// What a design claims to be the addresses of a gateway endpoint, which has
  /// none (S36): a finding, and nothing else.
  std::vector<IpAddress> addresses;
  std::optional<bool> passes;
  std::optional<Ref<NetworkFirewall>> firewall;
  /// "s3" or "com.amazonaws.eu-west-1.s3"; empty: not written.
  std::string service;
  /// What requests it lets through (S106); without one, all.
  std::optional<ResourcePolicy> policy;
};

}  // namespace netproof
