#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "reference/packet.hpp"
#include "reference/view.hpp"

namespace netproof::reference {

/// What a filter says of one packet, by its two bounds (S157).
struct Judgement {
  enum class Verdict { kPass, kDeny, kEither };
  Verdict verdict = Verdict::kPass;
  std::string at;     ///< "acl:w"; empty: there is no filter
  std::string entry;  ///< the line that decided
  Location where;
  Fact fact;  ///< if either
};

/// Where a packet leaves to, as far as egress references ask (S156).
struct EgressTo {
  std::optional<Id<Vpc>> vpc;  ///< references to its groups match
};

/// Where filters change their minds about the port that a NAT gateway puts in:
/// its ports between two such places are alike.
class PortCuts {
 public:
  explicit PortCuts(const View& view);

  /// Ascending, for what is sent on with the destination of `flow`, and for
  /// the replies to it. Only lines that can meet such packets count.
  std::set<std::uint16_t> starts(const Flow& flow) const;

 private:
  struct Line {
    TransportRange range;
    std::optional<IpPrefix> remote;  ///< empty: whoever the other side is
    bool replies = false;            ///< it judges them too: no state

    friend auto operator<=>(const Line&, const Line&) = default;
  };
  void add(const Open<TransportSet>& service, std::optional<IpPrefix> remote,
           bool replies);
  void add(const AclEntry& entry, const std::vector<IpAddress>& translated);

  const View& view_;
  std::set<Line> lines_;
};

/// Judges single packets by ACLs, groups and zone firewalls.
class Filters {
 public:
  explicit Filters(const View& view) : view_{view} {}

  Judgement acl(const Packet& packet, std::size_t subnet, bool inbound) const;
  /// At the destination, or at an interface as next hop.
  Judgement group_ingress(const Packet& packet, Place place) const;
  Judgement group_egress(const Packet& packet, Place place,
                         const EgressTo& to) const;
  /// What an interface as next hop sends on (S156).
  Judgement hop_egress(const Packet& packet, std::uint32_t interface) const;
  /// At an interface, if the way of the packet is not known: references to
  /// groups of the same VPC match as surely as `same_vpc` says, and nobody
  /// knows whether those to groups of another VPC do (S156).
  Judgement group_by_header(const Flow& flow, std::uint32_t interface,
                            bool ingress, Answer3 same_vpc) const;
  /// Between two sides of a router: "segment:x", "router:x", "site:x",
  /// "internet".
  Judgement firewall(const Packet& packet, std::uint32_t firewall,
                     const std::string& from, const std::string& to) const;

 private:
  struct Groups;
  struct Match;
  Groups groups_of(Place place) const;
  Judgement groups(const Flow& flow, Place place, bool ingress,
                   const Match& references) const;
  Match ingress_references(const Packet& packet, Place place) const;
  Answer3 carries(Id<SecurityGroup> group, IpAddress address) const;
  Answer3 default_carries(Id<Vpc> vpc, IpAddress address) const;
  Answer3 peer_matches(const Peer& peer, IpAddress address,
                       const Match& references) const;
  Answer3 line_matches(const SecurityGroupRule& rule, const Flow& flow,
                       IpAddress remote, const Match& references) const;

  const View& view_;
};

}  // namespace netproof::reference
