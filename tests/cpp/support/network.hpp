#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "netproof/model/place.hpp"
#include "netproof/model/topology.hpp"
#include "netproof/net/flow.hpp"

namespace netproof::testing {

/// Names or prefixes. The text "unknown" among them opens the list.
using Texts = std::vector<std::string>;

/// One route. `to` depends on the table: in a VPC "igw:x", "eigw:x", "nat:x",
/// "tgw:x", "peering:x", "interface:x", "endpoint:x", "vgw:x", "local"; in a
/// transit table the name of an attachment; in a router "router:x", "site:x",
/// "internet"; everywhere "blackhole" and "unknown". Several are joined by
/// '|'. A destination "pl:x" is a prefix list.
struct Line {
  std::string destination;
  std::string to;
  bool blackhole = false;  ///< the state is written as blackhole (S20)
};

/// Peers are prefixes, "sg:x" and "pl:x".
struct GroupLine {
  std::string service;
  Texts peers;
};

/// `action` is "allow", "deny" or "unknown"; service and prefix may be too.
struct AclLine {
  int number = 0;
  std::string action;
  std::string service;
  std::string cidr;
};

struct ZoneLine {
  std::string name;
  Texts segments;
  Texts neighbours;
};

/// Empty zones and prefixes mean any.
struct PolicyLine {
  std::string name;
  Texts from;
  Texts to;
  Texts sources;
  Texts destinations;
  std::string service = "any";
  std::string action = "allow";
};

/// `action` is "pass", "drop", "forward", "alert" or "unknown"; service and
/// sides may be too. Sides are prefixes, "pl:x" and "$HOME_NET"; "!" before one
/// excludes it.
struct FirewallText {
  std::string action = {};
  Texts sources = {};
  Texts destinations = {};
  std::string service = "any";
  bool established = false;
  std::string condition = {};
  FlowPart part = FlowPart::kBoth;
};

struct TransitLines {
  Texts associations;
  Texts propagations;
  std::vector<Line> routes;
};

/// Builds topologies for tests. Each function adds one object and returns it
/// for what the arguments leave out; the reference lives as long as the
/// network. Objects refer to others by name, in any order; a name that nothing
/// has dangles. An empty name means that nothing is written.
class Network {
 public:
  Vpc& vpc(const std::string& name, const Texts& cidrs,
           const std::string& main_table = "");
  Subnet& subnet(const std::string& name, const std::string& vpc,
                 const Texts& cidrs, const std::string& zone = "",
                 const std::string& table = "", const std::string& acl = "");
  /// Without `groups` it has the default group.
  Interface& interface(const std::string& name, const std::string& subnet,
                       const Texts& addresses,
                       const std::optional<Texts>& groups = {},
                       const Texts& public_addresses = {});
  RouteTable& table(const std::string& name, const std::string& vpc,
                    const std::vector<Line>& lines,
                    const Texts& propagating = {});
  /// The table of packets that enter through "igw:x" or "vgw:x" (S23).
  RouteTable& edge_table(const std::string& name, const std::string& vpc,
                         const std::string& gateway,
                         const std::vector<Line>& lines);
  InternetGateway& internet_gateway(const std::string& name,
                                    const std::string& vpc);
  EgressOnlyGateway& egress_only_gateway(const std::string& name,
                                         const std::string& vpc);
  /// Private if there is no public address.
  NatGateway& nat_gateway(const std::string& name, const std::string& subnet,
                          const std::string& private_address,
                          const std::string& public_address = "");
  Peering& peering(const std::string& name, const std::string& requester,
                   const std::string& accepter);
  Endpoint& gateway_endpoint(const std::string& name, const std::string& vpc);
  Endpoint& interface_endpoint(const std::string& name, const std::string& vpc,
                               const Texts& interfaces);
  Endpoint& inspection_endpoint(const std::string& name,
                                const std::string& subnet,
                                std::optional<bool> passes);
  PrefixList& prefix_list(const std::string& name, const Texts& entries);
  SecurityGroup& group(const std::string& name, const std::string& vpc,
                       const std::vector<GroupLine>& ingress,
                       const std::vector<GroupLine>& egress);
  /// A group that allows everything in both families.
  SecurityGroup& open_group(const std::string& name, const std::string& vpc);
  NetworkAcl& acl(const std::string& name, const std::string& vpc,
                  const std::vector<AclLine>& inbound,
                  const std::vector<AclLine>& outbound);

  /// Without default tables.
  TransitGateway& transit(const std::string& name);
  /// Without `subnets` it has an entry in every zone.
  TransitAttachment& attach_vpc(const std::string& name,
                                const std::string& gateway,
                                const std::string& vpc,
                                const std::optional<Texts>& subnets = {});
  TransitAttachment& attach_vpn(const std::string& name,
                                const std::string& gateway,
                                const std::string& vpn);
  TransitAttachment& attach_direct_connect(const std::string& name,
                                           const std::string& gateway,
                                           const std::string& direct_connect);
  /// One end of a peering of transit gateways; `peer` is the other one.
  TransitAttachment& attach_peer(const std::string& name,
                                 const std::string& gateway,
                                 const std::string& peer);
  TransitRouteTable& transit_table(const std::string& name,
                                   const std::string& gateway,
                                   const TransitLines& lines);

  Site& site(const std::string& name, const Texts& prefixes);
  DirectConnectGateway& direct_connect(const std::string& name);
  /// `gateway` is "tgw:x" or "vgw:x".
  DirectConnectAssociation& associate(const std::string& direct_connect,
                                      const std::string& gateway,
                                      const Texts& allowed);
  /// `gateway` is "dxgw:x" or "vgw:x".
  VirtualInterface& virtual_interface(const std::string& name,
                                      const std::string& site,
                                      const std::string& gateway,
                                      const Texts& advertised);
  VpnConnection& vpn(const std::string& name, const std::string& site,
                     const Texts& advertised,
                     const std::string& vpn_gateway = "");
  VpnGateway& vpn_gateway(const std::string& name, const std::string& vpc);

  Segment& segment(const std::string& name, const Texts& prefixes,
                   const std::string& router = "");
  Host& host(const std::string& name, const std::string& segment,
             const Texts& addresses);
  Router& router(const std::string& name, const std::vector<Line>& lines,
                 const std::string& firewall = "");
  ZoneFirewall& firewall(const std::string& name,
                         const std::vector<ZoneLine>& zones,
                         const std::vector<PolicyLine>& rules);

  /// `policy` "unknown" leaves it open. Endpoints name the firewall.
  NetworkFirewall& network_firewall(const std::string& name,
                                    const std::string& vpc,
                                    const std::string& policy);
  /// The priorities of the groups are 1, 2, ...
  FirewallPolicy& firewall_policy(const std::string& name,
                                  const Texts& stateless,
                                  const Texts& stateful);
  /// Stateless lines have the priorities 1, 2, ...
  FirewallRuleGroup& rule_group(const std::string& name, bool stateful,
                                const std::vector<FirewallText>& lines);
  /// Puts an inspection endpoint under a firewall.
  Endpoint& firewall_endpoint(const std::string& name,
                              const std::string& subnet,
                              const std::string& firewall);

  /// The object of that kind and name. REQUIRES: there is one.
  template <class Kind>
  Kind& get(std::string_view name) {
    for (Kind& one : all<Kind>()) {
      if (one.name == name) return one;
    }
    throw ContractViolation("the network has an object of this name");
  }

  /// References resolved by name. The network can go on growing afterwards.
  Topology build() const;

 private:
  template <class Kind>
  std::deque<Kind>& all() {
    return std::get<std::deque<Kind>>(objects_);
  }
  template <class Kind>
  Kind& add(const std::string& name) {
    Kind& object = all<Kind>().emplace_back();
    object.name = name;
    object.where = next();
    return object;
  }
  Location next();
  WrittenPrefix written(const std::string& text);
  OpenList<WrittenPrefix> written_list(const Texts& texts);
  template <class Kind>
  Ref<Kind> ref(const std::string& name) {
    return Ref<Kind>{name, {}, next()};
  }
  template <class Kind>
  std::optional<Ref<Kind>> maybe_ref(const std::string& name) {
    if (name.empty()) return std::nullopt;
    return ref<Kind>(name);
  }
  template <class Kind>
  OpenList<Ref<Kind>> refs(const Texts& names) {
    OpenList<Ref<Kind>> list;
    list.where = next();
    for (const std::string& name : names) {
      if (name == "unknown") {
        list.open = true;
      } else {
        list.items.push_back(ref<Kind>(name));
      }
    }
    return list;
  }
  RouteTarget target(const std::string& text);
  SecurityGroupRule group_rule(const std::string& name, const GroupLine& line);
  OpenList<AclEntry> acl_entries(const std::vector<AclLine>& lines);
  Open<TransportSet> service(const std::string& text);
  Open<bool> action(const std::string& text);
  FirewallSide firewall_side(const Texts& texts);

  std::tuple<std::deque<Vpc>, std::deque<Subnet>, std::deque<Interface>,
             std::deque<RouteTable>, std::deque<InternetGateway>,
             std::deque<EgressOnlyGateway>, std::deque<NatGateway>,
             std::deque<Peering>, std::deque<Endpoint>, std::deque<PrefixList>,
             std::deque<SecurityGroup>, std::deque<NetworkAcl>,
             std::deque<TransitGateway>, std::deque<TransitAttachment>,
             std::deque<TransitRouteTable>, std::deque<Site>,
             std::deque<DirectConnectGateway>, std::deque<VirtualInterface>,
             std::deque<VpnConnection>, std::deque<VpnGateway>,
             std::deque<Segment>, std::deque<Host>, std::deque<Router>,
             std::deque<ZoneFirewall>, std::deque<NetworkFirewall>,
             std::deque<FirewallPolicy>, std::deque<FirewallRuleGroup>>
      objects_;
  int line_ = 0;
};

/// References resolved by name, as Network::build does.
Topology resolved(TopologyParts parts);

/// Reads an address. REQUIRES: it is one.
IpAddress ip(std::string_view text);
IpPrefix prefix(std::string_view text);

Flow tcp(std::string_view src, std::string_view dst, std::uint16_t dport,
         std::uint16_t sport = 49152);
Flow udp(std::string_view src, std::string_view dst, std::uint16_t dport,
         std::uint16_t sport = 49152);
/// An echo request of the family of the addresses.
Flow ping(std::string_view src, std::string_view dst);

/// The place of that name: "interface:web", "subnet:app", "internet".
/// REQUIRES: there is one.
Place place(const Topology& topology, std::string_view name);

}  // namespace netproof::testing
