#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/cluster_filters.hpp"
#include "engine/filters.hpp"
#include "engine/firewall_filter.hpp"
#include "engine/network.hpp"
#include "engine/tables.hpp"
#include "netproof/model/fate.hpp"

namespace netproof::engine {

/// Whether a table lies on a cycle of the graph of contexts: only there can a
/// packet come to it again (S155).
struct Cycles {
  std::vector<bool> vpc_table;
  std::vector<bool> transit_table;
  std::vector<bool> router;
  std::vector<bool> site;

  /// `kind` as a walk names what it visits.
  bool contains(HopKind kind, Index index) const;
};

/// What a compiled network consists of; shared by all walks.
struct Compiled {
  explicit Compiled(const Topology& topology)
      : network{topology},
        tables{network},
        filters{network},
        cluster_filters{network},
        firewalls{network} {}

  Network network;
  Tables tables;
  Filters filters;
  ClusterFilters cluster_filters;
  FirewallFilters firewalls;
  Cycles cycles;  ///< set once the graph is made from the rest
};

/// The kinds of facts; with the ids of their objects they name what is not
/// known.
enum class FactKind : std::uint8_t {
  kSubnetTable,
  kMainTable,
  kSubnetOverlap,
  kOwner,     ///< which interface of a subnet has an address listed twice
  kUnlisted,  ///< whether a subnet has interfaces that are not listed
  kVpcTable,
  kTransitTable,
  kAssociation,
  kAttachmentState,
  kAttachmentFamily,
  kExit,   ///< in which zone a VPC hands a packet to a transit gateway
  kEntry,  ///< in which zone a transit gateway enters a VPC
  kPeeringState,
  kPublicAccess,
  kSourceCheck,
  kForwards,
  kInspection,
  kFirewallStateless,    ///< whether stateless lines of an endpoint drop
  kFirewallUninspected,  ///< whether they pass without inspection
  kFirewallReply,        ///< the same for replies, which have other headers
  kFirewallFirst,        ///< whether stateful lines pass a first packet
  kFirewallRest,         ///< and what follows
  kFirewallAnswer,       ///< whether they drop replies of what no line passed
  kGroups,
  kSubnetGroups,
  kEgressGroups,
  kSubnetEgressGroups,
  kAclInbound,
  kAclOutbound,
  kFirewall,
  kPortIsolation,
  kVpnGatewayTable,
  kCloudHub,  ///< the same for packets of a site; object: gateway, site
  kDirectConnectTable,
  kDirectConnectEntry,
  kSiteTable,
  kSitePrefixes,
  kSiteTransit,
  kRouterTable,
  kVpnState,
  kPodOwner,
  kPodIngress,
  kPodEgress,
  kPodSource,    ///< whether a node rewrites what its pods send outside
  kClusterExit,  ///< whether a cluster and what is outside reach each other
};

/// An unknown fact, or the zone choice of an attachment.
struct Fact {
  FactKind kind = FactKind::kVpcTable;
  Index object = 0;
  /// What a table says of another destination is another fact: how often the
  /// destination has been rewritten before.
  Index destination = 0;
  /// At an attachment: the subnet that packets leave (`kExit`), or the zone
  /// that entries are chosen from (`kEntry`; kNone: from all).
  Index asked = kNone;

  friend constexpr auto operator<=>(Fact, Fact) = default;
};

/// Facts with the alternative that a way takes; sorted by fact.
using Assumed = std::vector<std::pair<Fact, Index>>;

/// Where a way through one header ends.
enum class EndKind : std::uint8_t {
  kDelivered,   ///< at `place`
  kDropped,     ///< with `code` at `at`
  kTranslated,  ///< by NAT gateway `index`: source rewritten
  kMappedOut,   ///< by public mapping `index`: source made public
  kMappedIn,    ///< by public mapping `index`: destination made private
  kByNode,      ///< by node `index`: a pod's source made the node's
  kReturned,    ///< a reply has come to NAT gateway `index`
  kGoesOn,      ///< at transit table `index`; only while a walk is under way
  kGivenUp,     ///< anywhere: too many ways of the same headers to follow
};

struct End {
  EndKind kind = EndKind::kDropped;
  Place place;
  DropCode code = DropCode::kNoRoute;
  std::string at;
  Index index = kNone;
  std::set<Fact> facts;  ///< if given up: what it hangs on, as far as known
};

/// One way: the headers that take it, the alternatives it leans on, its end.
/// `branched`: other ways of the same headers exist.
struct Way {
  PacketSet set;
  Assumed assumed;
  bool branched = false;
  End end;
  std::set<std::pair<HopKind, Index>> stateful;  ///< that it has passed
};

/// How the origin of a packet still bears on group references (S156).
enum class Crossing : std::uint8_t { kInside, kPeered, kTransited, kLost };

/// What a packet carries besides its header.
struct Carried {
  Crossing crossing = Crossing::kLost;
  Index origin = kNone;  ///< VPC, unless lost
  bool sure = true;      ///< S63's switches are known to be on
  Index zone = kNone;    ///< of the subnet it left last; kNone: no zone
  Index home = kNone;    ///< the VPC it has not left since it was sent
  bool by_nat = false;   ///< sent by a NAT gateway

  friend auto operator<=>(const Carried&, const Carried&) = default;
};

/// What lies behind a transit table up to the next one: ways with the tables
/// that they pass.
struct Leg {
  Way way;
  Carried carried;
  std::vector<std::pair<HopKind, Index>> visited;
};

/// What one question asks of every walk.
struct WalkOptions {
  IpSet destinations;
  TransportSet service = TransportSet::all();
  bool listed_only = false;
  bool reply = false;
  std::set<Place> blocked;
  /// Stateful objects that the request has passed (reply only).
  std::set<std::pair<HopKind, Index>> passed;
  /// Ways with alternatives that are followed at once. Of headers that have
  /// more, nothing is certain and anything possible.
  std::size_t most_ways = 0;
};

/// Whether packets may get past something, and whether they may not.
struct May {
  bool pass = false;
  bool drop = false;

  May(bool may_pass, bool may_drop) : pass{may_pass}, drop{may_drop} {}
  /// A switch that lets them pass.
  May(const Open<bool>& on) : May{on.may_be(true), on.may_be(false)} {}
};

/// Follows sets of headers until they end or are rewritten. Ways behind a
/// transit table are computed once for all sources and reused.
class Walk {
 public:
  Walk(const Compiled& compiled, WalkOptions options)
      : compiled_{compiled},
        network_{compiled.network},
        parts_{compiled.network.parts()},
        options_{std::move(options)} {
    all_ =
        PacketSet::box(IpSet::all(), options_.destinations, options_.service);
  }

  /// From a place, headers with these sources and destinations.
  std::vector<Way> from_place(Place place, const IpSet& sources,
                              const IpSet& destinations = IpSet::all());
  std::vector<Way> from_nat(Index nat);
  std::vector<Way> from_internet(bool by_nat);
  /// From a node, with its own source, to what is outside its VPC (S174).
  std::vector<Way> from_node(Index node);
  /// Behind a node that gives replies the addresses of its pods back.
  std::vector<Way> to_pods_of(Index node);
  /// Behind an internet gateway, towards the private address of `mapping`.
  std::vector<Way> from_mapping(Index mapping);

  const WalkOptions& options() const { return options_; }

 private:
  /// A set of headers under way.
  struct Packets {
    PacketSet set;
    Carried carried;
    Assumed assumed;
    bool branched = false;
    std::vector<std::pair<HopKind, Index>> visited;
    std::set<std::pair<HopKind, Index>> stateful;
  };

  using Next = std::function<void(Packets)>;
  using NextDecision = std::function<void(Packets, NextHop)>;

  /// Where a table of a VPC is asked: the subnet that packets leave, or none.
  struct Leaving {
    Index vpc = kNone;
    Index table = kNone;
    Index subnet = kNone;
    const GroupSet* egress = nullptr;  ///< groups of the sender, request only
    Fact egress_fact;
    std::string egress_at;
    bool own_references = false;  ///< egress references may match
  };

  Packets start() const;
  void drop(const Packets& packets, DropCode code, std::string at);
  void deliver(const Packets& packets, Place place);
  void finish(const Packets& packets, EndKind kind, Index index);
  void finish(const Packets& packets, End end);
  /// False if `packets` loop there.
  bool visit(Packets& packets, HopKind kind, Index index, std::string at);
  std::string visited_name(std::pair<HopKind, Index> visited) const;
  /// Nothing if it contradicts what is assumed, or alternatives are given up.
  std::optional<Packets> assume(const Packets& packets, Fact fact,
                                Index alternative) const;
  static Packets keep(const Packets& packets, PacketSet set);
  /// Splits by a filter: drops what it denies, returns what goes on.
  void filter(const Packets& packets, const Bound& bound, Fact fact,
              DropCode code, const std::string& at, const Next& next);
  /// `passes` known: goes on or drops; unknown: both, as worlds.
  void gate(const Packets& packets, May may, Fact fact, DropCode code,
            const std::string& at, const Next& next);
  /// `packets` once for each of `count` alternatives of `fact`.
  void fork(const Packets& packets, Fact fact, std::size_t count,
            const std::function<void(Packets, std::size_t)>& next);
  void decide(const Packets& packets, const Fib& fib, Fact fact,
              const NextDecision& next);

  // walk_vpc.cpp
  void leave_interface(Packets packets, Index interface);
  void leave_unlisted(Packets packets, Index subnet);
  void send_from_subnet(Packets packets, Leaving leaving);
  void route(const Packets& packets, const Leaving& leaving);
  void take(Packets packets, const Leaving& leaving, NextHop hop);
  void dispatch(Packets packets, const Leaving& leaving, NextHop hop);
  void local(const Packets& packets, Index vpc, Index from);
  void arrive(Packets packets, Index subnet, Index from);
  void enter_subnet(const Packets& packets, Index subnet, Index from,
                    const Next& next);
  Index subnet_of(NextHop hop) const;
  void own(const Packets& packets, Index subnet);
  void receive(const Packets& packets, const GroupSet& groups, Fact fact,
               Place place, Index vpc);
  void receive_owned(const Packets& packets, Place owner, Index vpc);
  void to_nat(Packets packets, Index nat, Index from);
  void to_interface(Packets packets, Index interface, Index from);
  void to_endpoint(Packets packets, Index endpoint, Index from);
  void to_peering(Packets packets, Index peering, Index vpc);
  void to_internet_gateway(Packets packets, Index gateway, Index vpc);
  void to_egress_only(Packets packets, Index gateway, Index vpc);
  void acl(const Packets& packets, Index subnet, bool inbound,
           const Next& next);
  void public_access(const Packets& packets, Index vpc, bool outward,
                     bool by_nat, const Next& next);
  Reference reference_for(const Packets& packets, Index vpc) const;

  // walk_firewall.cpp
  void split(const Packets& packets, const Bound& bound, Fact fact,
             const std::function<void(Packets, bool)>& next);
  void firewall(const Packets& packets, Index endpoint, const Next& send);
  void ask_firewall(const Packets& packets, Index endpoint,
                    const FirewallBounds& bounds, const Next& send);
  void answer_firewall(const Packets& packets, Index endpoint,
                       const FirewallBounds& bounds, const Next& send);
  bool only_handshake(const Packets& packets);

  // walk_transit.cpp
  void to_transit(Packets packets, Index attachment, const Leaving& leaving);
  void leave_vpc(const Packets& packets, Index attachment, Index subnet,
                 const Next& next);
  void usable(const Packets& packets, Index attachment, const Next& next);
  void enter_transit(Packets packets, Index attachment);
  void look_up_by_return(const Packets& packets, Index table);
  const IpSet& returning(Index table, Index vpc);
  void look_up(Packets packets, Index table);
  void look_up_all(Packets packets, Index table);
  const std::vector<Leg>& legs_behind(Index table, const Carried& carried);
  void follow(const Packets& packets, const Leg& leg);
  void to_attachment(Packets packets, Index attachment);
  void enter_vpc(Packets packets, Index attachment);
  bool pinned(Index attachment, Index zone) const;
  std::vector<Index> entries_in_zone(Index attachment, Index zone) const;

  // walk_internet.cpp
  void internet(const Packets& packets);
  bool edge(const Packets& packets, TargetKind kind, Index gateway, Index vpc);
  void enter_from_internet(const Packets& packets, Index vpc);

  // walk_site.cpp
  void to_site_from_inside(Packets packets, Index site);
  void to_site(Packets packets, Index site);
  void at_site(Packets packets, Index site, bool by_link);
  void leave_site(const Packets& packets, Index site);
  void to_virtual_interface(const Packets& packets, Index vif);
  void to_vpn(const Packets& packets, Index vpn);
  void enter_direct_connect(const Packets& packets, Index vif);
  void leave_direct_connect(const Packets& packets, Index dxgw);
  void to_vpn_gateway(Packets packets, Index gateway);
  void leave_vpn_gateway(const Packets& packets, Index gateway,
                         const Fib& table, Fact fact);
  void from_vpn_gateway(Packets packets, Index gateway, Index site);

  // walk_segment.cpp
  void leave_segment(const Packets& packets, Index segment);
  void to_router(Packets packets, Index router, const std::string& from);
  void judge(const Packets& packets,
             const std::optional<Id<ZoneFirewall>>& firewall,
             const std::string& from, NextHop hop, const Next& next);
  void to_segment(const Packets& packets, Index segment);
  void own_in_segment(const Packets& packets, Index segment);
  Index zone_of(Index firewall, const std::string& neighbour) const;
  Index zone_of_segment(Index firewall, Index segment) const;

  // walk_cluster.cpp
  void leave_pod(const Packets& packets, Index pod);
  void to_pod(const Packets& packets, Index pod);
  void policies(const Packets& packets, Index pod, bool ingress,
                const Next& next);
  void internet_to_pods(const Packets& packets, Index cluster,
                        const std::vector<Index>& owners);

  // walk_node.cpp
  void leave_node(const Packets& packets, Place from);
  void within_node(const Packets& packets, Place from, Place to);
  void node_to_pod(const Packets& packets, Index pod);
  void leave_by(Packets packets, Index interface);
  void send_by_node(const Packets& packets, Index pod);

  std::vector<Way> collect(const PacketSet& asked);
  /// In place of the ways with alternatives, one that is given up, for all of
  /// `asked` that have them.
  static void give_up(std::vector<Way>& ways, const PacketSet& asked);
  bool gives_up() const { return branched_ > options_.most_ways; }

  const Compiled& compiled_;
  const Network& network_;
  const TopologyParts& parts_;
  WalkOptions options_;
  PacketSet all_;  ///< every header that is asked for
  std::vector<Way> ways_;
  std::vector<Leg>* legs_ = nullptr;  ///< where ways go instead of `ways_`
  std::size_t branched_ = 0;          ///< of those, ways with alternatives
  std::map<std::tuple<Index, Carried>, std::vector<Leg>> known_;
  std::map<std::pair<Index, Index>, IpSet> returning_;  ///< by table and VPC
};

/// True if the fact is one of the destination, not of the object alone (S137).
bool depends_on_destination(FactKind kind);

/// The alternatives of both, or nothing if they contradict each other.
std::optional<Assumed> join(const Assumed& a, const Assumed& b);

/// "rtb:app may hold another route".
std::string describe(const Network& network, Fact fact);

}  // namespace netproof::engine
