#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/model/bucket.hpp"
#include "netproof/model/cluster.hpp"
#include "netproof/model/network_firewall.hpp"
#include "netproof/model/segment.hpp"

namespace netproof {

struct Account : Object {
  std::string id;  ///< twelve digits, or empty
  std::string organisational_unit;
};

/// What the author fills in where the design is silent: `value` stands at
/// `subject`. Listed in every report.
struct Assumption {
  std::string id;
  std::string subject;
  std::string value;
  std::string why;
  std::string confirmed_by;
  Location where;
};

/// What the design claims about itself: `what` ("accounts") has `count`.
struct Expectation {
  std::string what;
  std::int64_t count = 0;
  Location where;
};

/// A range that the plan sets aside for the VPCs whose labels match `holds`,
/// and the length of the blocks that are given out of it.
struct AddressBlock : Object {
  WrittenPrefix cidr;
  LabelChoice holds;
  std::optional<int> allocation;
};

/// A name and the addresses that it stands for (S101).
struct DnsRecord : Object {
  std::vector<IpAddress> addresses;
};

/// A sentence of the design about its own data, in one of three forms:
/// `prefixes` cover the VPCs that match `select` (and, with `only`, no other);
/// `subnet` gives `count` usable addresses (S11); `count` objects of the table
/// `of` match `select`.
struct Claim {
  std::string says;
  std::vector<WrittenPrefix> prefixes;
  bool only = false;
  Ref<Subnet> subnet;
  std::string of;
  LabelChoice select;
  std::optional<std::int64_t> count;
  Location where;
};

/// Everything that was written, by kind, in the order of the files. Nothing
/// derived: no resolved tables, no propagated routes, no expanded references.
struct TopologyParts {
  std::string name;
  std::string description;
  std::vector<Account> accounts;
  std::vector<Vpc> vpcs;
  std::vector<Subnet> subnets;
  std::vector<Interface> interfaces;
  std::vector<RouteTable> route_tables;
  std::vector<InternetGateway> internet_gateways;
  std::vector<EgressOnlyGateway> egress_only_gateways;
  std::vector<NatGateway> nat_gateways;
  std::vector<Peering> peerings;
  std::vector<Endpoint> endpoints;
  std::vector<PrefixList> prefix_lists;
  std::vector<SecurityGroup> security_groups;
  std::vector<NetworkAcl> network_acls;
  std::vector<TransitGateway> transit_gateways;
  std::vector<TransitAttachment> transit_attachments;
  std::vector<TransitRouteTable> transit_route_tables;
  std::vector<Site> sites;
  std::vector<DirectConnectGateway> direct_connect_gateways;
  std::vector<VirtualInterface> virtual_interfaces;
  std::vector<VpnConnection> vpn_connections;
  std::vector<VpnGateway> vpn_gateways;
  std::vector<Segment> segments;
  std::vector<Host> hosts;
  std::vector<Router> routers;
  std::vector<ZoneFirewall> firewalls;
  std::vector<Cluster> clusters;
  std::vector<Pod> pods;
  std::vector<NetworkFirewall> network_firewalls;
  std::vector<FirewallPolicy> firewall_policies;
  std::vector<FirewallRuleGroup> firewall_rule_groups;
  std::vector<Bucket> buckets;
  std::vector<AddressBlock> address_blocks;
  std::vector<DnsRecord> dns_records;
  std::vector<Assumption> assumptions;
  std::vector<Expectation> expectations;
  std::vector<Claim> claims;
  std::vector<std::string> rule_files;
  /// Objects left out under --keep-going, as error-level findings.
  Diagnostics left_out;
  /// AWS reported this, no author wrote it: host bits are a warning (S9).
  bool snapshot = false;
  /// What a snapshot does not say or what it says in words that nobody knows;
  /// where it matters, values and lists are open. Warnings.
  Diagnostics gaps;
};

/// A frozen network. Cheap to copy, safe to share between threads.
class Topology {
 public:
  Topology() : Topology(TopologyParts{}) {}
  explicit Topology(TopologyParts parts)
      : parts_{std::make_shared<const TopologyParts>(std::move(parts))} {}

  const TopologyParts& parts() const noexcept { return *parts_; }
  const TopologyParts* operator->() const noexcept { return parts_.get(); }

 private:
  std::shared_ptr<const TopologyParts> parts_;
};

}  // namespace netproof
