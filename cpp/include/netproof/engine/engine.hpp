#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "netproof/model/fate.hpp"
#include "netproof/model/place.hpp"
#include "netproof/model/rule_spec.hpp"
#include "netproof/net/big_uint.hpp"
#include "netproof/net/packet_set.hpp"

namespace netproof {

namespace engine {
struct Inside;
}

/// A location, or the part of it that a question means.
struct Scope {
  Place place;
  IpSet addresses;  ///< of the place's own addresses, those that are meant
};

struct Question {
  std::vector<Scope> from;
  std::vector<Scope> to;
  TransportSet service = TransportSet::all();
  Level level = Level::kPacket;
  bool listed_only = false;             ///< S140
  std::uint16_t client_port_first = 0;  ///< source ports that are asked about
  std::uint16_t client_port_last = 65535;
  /// Every packet that enters one of these is dropped (`through`).
  std::vector<Place> blocked;
  /// Of places of `to`: the sources that count, as they are where the packet
  /// arrives, after all rewriting. A place without an entry: all.
  std::map<Place, IpSet> heard;
  /// Also count what is dropped where; needs the whole of what is sent to the
  /// addresses of `to`.
  bool account = true;
  /// Keep what is dropped where as sets, not only their sizes. Without it, the
  /// table that dropped a packet may be called by another that decides alike.
  bool keep_dropped = true;
  /// How many ways with alternatives are followed at once. Headers with more
  /// are unknown, and `limits` says so.
  std::size_t most_ways = 4096;
};

/// What passes from some of the asked places to asked ones. The sets hold the
/// headers as sent. The addresses of `from` are disjoint, so that the source
/// of a packet tells its place. By the quantifiers of Bounds.
struct Passage {
  std::vector<Scope> from;
  /// Where it arrives, in order; several only if worlds or load sharing lead
  /// the same packets to different asked places.
  std::vector<Place> to;
  PacketSet some_always;
  PacketSet some_possibly;
  PacketSet all_always;
  PacketSet all_possibly;
  std::vector<std::string> facts;  ///< unknown facts on the ways, sorted
};

/// Where a drop happened: its code and the object, as in Drop.
struct DropPlace {
  DropCode code = DropCode::kNoRoute;
  std::string at;

  friend auto operator<=>(const DropPlace&, const DropPlace&) = default;
};

/// Every (start, packet) falls into exactly one of these. `sent` is what the
/// `from` places emit to the asked destinations with the asked service.
/// `delivered` counts arrivals anywhere, inside `to` or not.
struct Accounting {
  BigUint sent;
  BigUint delivered;
  BigUint mixed;
  BigUint unknown;
  std::map<DropPlace, BigUint> dropped;

  /// True if the parts add up to what was sent.
  bool balances() const;
};

/// The answer to a question: passages with a non-empty `some_possibly`,
/// ordered by destination, then source.
struct Answer {
  std::vector<Passage> passages;
  Accounting accounting;
  /// What died, as sets by drop, for `reach --why` (only with `account` and
  /// `keep_dropped`).
  std::map<DropPlace, PacketSet> dropped;
  std::vector<std::string> limits;  ///< budgets that were hit: then not exact
};

/// The network compiled for questions about sets of packets. Immutable: any
/// number of threads may ask.
class Engine {
 public:
  explicit Engine(Topology topology);

  Answer ask(const Question& question) const;

  /// Every location with the addresses it emits and accepts, in the order of
  /// Place. Unknown prefixes make `addresses_unknown` true.
  struct Member {
    Place place;
    IpSet addresses;
    bool listed = false;  ///< an interface, host or site; not an implied place
    bool addresses_unknown = false;
    bool answers_only = false;  ///< interfaces of interface endpoints (S37)
  };
  const std::vector<Member>& members() const;

  /// The graph of locations, contexts and links in Graphviz's language.
  std::string to_dot() const;

  /// Groups of VPCs, sites and segments that some chain of tables connects
  /// (S52), as an id for each VPC, then site, then segment.
  std::vector<std::uint32_t> routing_domains() const;

 private:
  friend struct engine::Inside;
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace netproof
