#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "netproof/net/protocol.hpp"

namespace netproof {

namespace diagram {
struct Access;
struct ProtocolNode;
}  // namespace diagram

/// A rectangle of transport points: source ports (types) by destination ports
/// (codes) of one protocol, ends included.
struct TransportRange {
  std::uint8_t protocol = 0;
  std::uint16_t sport_first = 0;
  std::uint16_t sport_last = 0;
  std::uint16_t dport_first = 0;
  std::uint16_t dport_last = 0;

  friend auto operator<=>(const TransportRange&,
                          const TransportRange&) = default;
};

/// A set of transport points (protocol, sport or type, dport or code). Tcp, udp
/// and sctp have 2^32 points each, icmp and icmpv6 65,536 each, every other
/// protocol exactly one.
///
/// INVARIANT: canonical; == compares meaning.
/// COST: a copy is one reference count; safe for concurrent reads.
class TransportSet {
 public:
  /// The empty set.
  TransportSet() = default;
  static TransportSet none() { return {}; }
  static TransportSet all();
  /// Every point of one protocol.
  static TransportSet protocol(std::uint8_t protocol);
  /// Every range includes both ends.
  /// REQUIRES: has_ports(protocol), lo <= hi.
  static TransportSet ports(std::uint8_t protocol, std::uint16_t sport_lo,
                            std::uint16_t sport_hi, std::uint16_t dport_lo,
                            std::uint16_t dport_hi);
  /// Any source port, one range of destination ports.
  static TransportSet to_ports(std::uint8_t protocol, std::uint16_t dport_lo,
                               std::uint16_t dport_hi);
  /// REQUIRES: is_icmp(protocol), lo <= hi.
  static TransportSet icmp(std::uint8_t protocol, std::uint8_t type_lo,
                           std::uint8_t type_hi, std::uint8_t code_lo,
                           std::uint8_t code_hi);
  /// By balanced halves: n log n for disjoint sets.
  static TransportSet union_of(std::vector<TransportSet> sets);

  friend TransportSet operator|(const TransportSet& a, const TransportSet& b);
  friend TransportSet operator&(const TransportSet& a, const TransportSet& b);
  friend TransportSet operator-(const TransportSet& a, const TransportSet& b);
  TransportSet& operator|=(const TransportSet& b) { return *this = *this | b; }
  TransportSet& operator&=(const TransportSet& b) { return *this = *this & b; }
  TransportSet& operator-=(const TransportSet& b) { return *this = *this - b; }
  TransportSet complement() const { return all() - *this; }

  bool contains(std::uint8_t protocol, std::uint16_t sport,
                std::uint16_t dport) const noexcept;
  bool lies_inside(const TransportSet& other) const;
  bool disjoint_from(const TransportSet& other) const;
  bool empty() const noexcept { return root_ == nullptr; }
  std::uint64_t size() const;

  /// Protocols with at least one point, ascending.
  std::vector<std::uint8_t> protocols() const;
  /// A disjoint cover by rectangles: by protocol, then destination port, then
  /// source port.
  std::vector<TransportRange> ranges() const;

  friend bool operator==(const TransportSet& a, const TransportSet& b);

 private:
  friend struct diagram::Access;
  friend struct std::hash<TransportSet>;
  using Node = std::shared_ptr<const diagram::ProtocolNode>;

  explicit TransportSet(Node root) : root_{std::move(root)} {}

  Node root_;
};

/// "tcp/443, udp/53", "any", "none"; source ports show only where they are
/// restricted: "tcp/22 from 1024-65535".
std::string to_string(const TransportSet& set);

}  // namespace netproof

template <>
struct std::hash<netproof::TransportSet> {
  std::size_t operator()(const netproof::TransportSet& set) const noexcept;
};
