#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "netproof/net/ip_prefix.hpp"
#include "netproof/net/ip_set.hpp"

namespace netproof::engine {

enum class HopKind : std::uint8_t {
  kNoRoute,
  kBlackhole,
  kLocal,
  kInternetGateway,
  kEgressOnly,
  kNat,
  kTransit,       ///< a VPC's attachment, towards the transit gateway
  kAttachment,    ///< an attachment, from the transit gateway
  kNoAttachment,  ///< a Direct Connect gateway without one (S153)
  kPeering,
  kInterface,
  kEndpoint,
  kVpnGateway,
  kVirtualInterface,
  kVpn,
  kSegment,
  kRouter,
  kSite,
  kInternet,
  kHandshake,  ///< an endpoint that lets a handshake through and no more
  kUnlined,    ///< an endpoint that lets a flow through, but by no line
};

/// Where a table sends a packet next: an object of a kind, or a drop.
struct NextHop {
  HopKind kind = HopKind::kNoRoute;
  std::uint32_t index = 0;

  friend constexpr auto operator<=>(NextHop, NextHop) = default;
};

/// Next hops that share load; one world of a Decision.
using Sharing = std::vector<NextHop>;

/// What a table says of a destination (S137): worlds, one if all is known.
using Decision = std::vector<Sharing>;

/// One line of a table, ready to be ranked: its worlds, and whether it may be
/// absent so that what lies below it counts too.
struct Candidate {
  IpPrefix prefix = IpPrefix::all(Family::kV4);
  int rank = 0;                      ///< lower wins among equal prefixes
  std::vector<Sharing> worlds = {};  ///< empty: one world with one hop, `hop`
  NextHop hop = {};
  bool doubtful = false;
  bool local = false;       ///< a VPC's own block
  bool propagated = false;  ///< does not count inside a VPC's own block (S18)

  void add_to(Decision& decision) const {
    if (worlds.empty()) {
      decision.push_back({hop});
    } else {
      decision.insert(decision.end(), worlds.begin(), worlds.end());
    }
  }
};

/// What may be longer than anything written: worlds that come before every
/// line, outside and inside a VPC's own blocks.
struct Over {
  std::vector<Sharing> outside;
  std::vector<Sharing> inside;
  std::vector<Sharing> outside_v4 = {};  ///< the same, for IPv4 only
  std::vector<Sharing> outside_v6 = {};  ///< and for IPv6 only
};

/// A table as runs of addresses with one decision each: the longest prefix,
/// precedence and doubts are resolved. Covers all addresses of both families.
class Fib {
 public:
  struct Run {
    Uint128 first;
    Uint128 last;
    std::uint32_t decision;
  };

  /// COST: n log n.
  static Fib build(std::vector<Candidate> candidates, const Over& over = {});

  const Decision& decision(std::uint32_t id) const { return decisions_[id]; }
  const std::vector<Run>& runs(Family family) const {
    return family == Family::kV4 ? v4_ : v6_;
  }

  struct Part {
    std::uint32_t decision;
    IpSet addresses;
  };
  /// The parts of `addresses` by decision, in the order of decision ids.
  std::vector<Part> split(const IpSet& addresses) const;

 private:
  std::vector<Decision> decisions_;
  std::vector<Run> v4_;
  std::vector<Run> v6_;
};

}  // namespace netproof::engine
