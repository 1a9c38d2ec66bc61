#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "netproof/net/big_uint.hpp"
#include "netproof/net/flow.hpp"
#include "netproof/net/ip_set.hpp"
#include "netproof/net/transport_set.hpp"

namespace netproof {

namespace diagram {
struct Access;
struct DstNode;
}  // namespace diagram

/// Every flow from `src` to `dst` of one family with a point of `transport`.
struct Box {
  IpSet src;
  IpSet dst;
  TransportSet transport;

  friend bool operator==(const Box&, const Box&) = default;
};

/// Disjoint boxes, largest first; together the set if `complete`.
struct BoxCover {
  std::vector<Box> boxes;
  bool complete = true;
};

struct FilterLine;

/// An exact set of flows of both families. The universe: src and dst of one
/// family, and a transport point (see TransportSet).
///
/// INVARIANT: canonical. Equal sets have equal diagrams (one level a field:
/// dst, src, protocol, dport, sport; sorted disjoint interval branches;
/// touching branches differ in what is below them), and == compares meaning.
/// COST: a copy is two reference counts. A binary operator takes time in the
/// order of its distinct pairs of shared nodes. Values are immutable: safe for
/// concurrent use. cpp/src/net/packet_set.md tells more, and the price.
class PacketSet {
 public:
  /// The empty set.
  PacketSet() = default;
  static PacketSet none() { return {}; }
  static PacketSet all();
  static PacketSet all(Family family);
  static PacketSet box(const IpSet& src, const IpSet& dst,
                       const TransportSet& transport);
  static PacketSet box(const Box& box);
  /// REQUIRES: well_formed(flow).
  static PacketSet of(const Flow& flow);

  /// By balanced halves: n log n for disjoint boxes, not quadratic.
  static PacketSet union_of(std::vector<PacketSet> sets);
  /// What an ordered filter permits; what no line matches is not permitted.
  /// Folded by halves: permit = PA | (PB - MA).
  static PacketSet first_match(std::span<const FilterLine> lines);

  friend PacketSet operator|(const PacketSet& a, const PacketSet& b);
  friend PacketSet operator&(const PacketSet& a, const PacketSet& b);
  friend PacketSet operator-(const PacketSet& a, const PacketSet& b);
  PacketSet& operator|=(const PacketSet& b) { return *this = *this | b; }
  PacketSet& operator&=(const PacketSet& b) { return *this = *this & b; }
  PacketSet& operator-=(const PacketSet& b) { return *this = *this - b; }
  PacketSet complement() const { return all() - *this; }

  bool empty() const noexcept { return !v4_ && !v6_; }
  bool contains(const Flow& flow) const noexcept;
  bool lies_inside(const PacketSet& other) const;
  bool disjoint_from(const PacketSet& other) const;
  BigUint size() const;

  /// The lowest flow by family, dst, src, protocol, dport, sport.
  std::optional<Flow> sample() const;
  /// Lowest dst, then lowest src, tcp if possible, then the first of `dports`
  /// that is present, else the lowest; `sport` if present, else the lowest. The
  /// preferences for ports do not concern ICMP types and codes.
  std::optional<Flow> sample_preferring(std::span<const std::uint16_t> dports,
                                        std::uint16_t sport) const;

  /// At most `limit` disjoint boxes, each as wide as the rest of the set lets
  /// it be, largest first.
  BoxCover boxes(std::size_t limit) const;

  IpSet src_addresses() const;
  IpSet dst_addresses() const;
  TransportSet transport_set() const;
  PacketSet restrict_src(const IpSet& src) const;
  PacketSet restrict_dst(const IpSet& dst) const;
  PacketSet restrict_transport(const TransportSet& transport) const;
  PacketSet only(Family family) const;

  /// { f : reply_of(f) exists and is in *this }.
  PacketSet replies_preimage() const;
  /// { f : f.src in from, and f with src = to is in *this }.
  PacketSet preimage_src(const IpSet& from, IpAddress to) const;
  /// { f : f.dst in from, and f with dst = to is in *this }.
  PacketSet preimage_dst(const IpSet& from, IpAddress to) const;

  /// Flows of port protocols (tcp, udp, sctp) that are in *this with some (with
  /// every) source port lo to hi in place of their own; the rest of *this as it
  /// is. REQUIRES: lo <= hi.
  PacketSet exists_sport(std::uint16_t lo, std::uint16_t hi) const;
  PacketSet forall_sport(std::uint16_t lo, std::uint16_t hi) const;
  /// The same for destination ports.
  PacketSet exists_dport(std::uint16_t lo, std::uint16_t hi) const;
  PacketSet forall_dport(std::uint16_t lo, std::uint16_t hi) const;

  /// Branches of all distinct nodes: what the set costs, for budgets.
  std::size_t branch_count() const;
  /// True if the INVARIANT holds; for tests.
  bool check_invariants() const;

  friend bool operator==(const PacketSet& a, const PacketSet& b);

 private:
  friend struct std::hash<PacketSet>;
  friend struct diagram::Access;
  using Node = std::shared_ptr<const diagram::DstNode>;

  PacketSet(Node v4, Node v6) : v4_{std::move(v4)}, v6_{std::move(v6)} {}

  Node v4_;
  Node v6_;
};

/// One line of an ordered filter: the first that matches decides.
struct FilterLine {
  PacketSet match;
  bool permit = false;
};

/// "tcp/443 from 10.0.0.0/8 to 10.1.0.0/16; ...", at most `limit` boxes, and
/// how many flows remain; "none" for the empty set, "any" for all.
std::string to_string(const PacketSet& set, std::size_t limit = 5);
std::string to_string(const Box& box);

}  // namespace netproof

template <>
struct std::hash<netproof::PacketSet> {
  std::size_t operator()(const netproof::PacketSet& set) const noexcept;
};
