#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "netproof/net/packet_set.hpp"

/// The plain twin of PacketSet: a bit for each cell of a small partition.
///
/// A cell is a product of one cell a field; every field has cells at both ends
/// of its domain, and cells that touch. The lowest flow of a cell stands for
/// all of it. Sets of the twin are unions of cells, sizes are sums of weights,
/// and every operation is a loop over flows. The partition is closed under
/// reply_of and under replacing one field by that of another cell.
namespace netproof::oracle {

struct AddressCell {
  Family family;
  Uint128 first;
  Uint128 last;
};

struct Cell {
  AddressCell src;
  AddressCell dst;
  TransportRange transport;

  Flow lowest() const {
    return {IpAddress::make(src.family, src.first),
            IpAddress::make(dst.family, dst.first), transport.protocol,
            transport.sport_first, transport.dport_first};
  }
  Flow highest() const {
    return {IpAddress::make(src.family, src.last),
            IpAddress::make(dst.family, dst.last), transport.protocol,
            transport.sport_last, transport.dport_last};
  }
};

inline std::vector<AddressCell> address_cells() {
  const Uint128 top4 = highest_address(Family::kV4);
  const Uint128 top6 = highest_address(Family::kV6);
  return {{Family::kV4, 0, 0},
          {Family::kV4, 1, top4 - 1},
          {Family::kV4, top4, top4},
          {Family::kV6, 0, top6 >> 1U},
          {Family::kV6, (top6 >> 1U) + 1, top6}};
}

// Tcp in full; protocols 5 and 7 because they touch tcp.
inline std::vector<TransportRange> transport_cells() {
  std::vector<TransportRange> cells{
      {0, 0, 0, 0, 0},      {5, 0, 0, 0, 0},          {7, 0, 0, 0, 0},
      {255, 0, 0, 0, 0},    {1, 0, 0, 0, 0},          {1, 8, 8, 0, 0},
      {1, 8, 8, 1, 255},    {1, 9, 255, 0, 255},      {58, 128, 128, 0, 0},
      {58, 129, 129, 0, 0}, {132, 0, 65535, 0, 65535}};
  struct Ports {
    std::uint16_t first;
    std::uint16_t last;
  };
  constexpr Ports kPorts[] = {{0, 0}, {1, 65534}, {65535, 65535}};
  for (const Ports& sports : kPorts) {
    for (const Ports& dports : kPorts) {
      cells.push_back(
          {kTcp, sports.first, sports.last, dports.first, dports.last});
    }
  }
  return cells;
}

class Universe {
 public:
  static constexpr std::size_t kCells = 13 * 20;
  using Bits = std::bitset<kCells>;

  Universe() {
    for (const AddressCell& src : address_cells()) {
      for (const AddressCell& dst : address_cells()) {
        if (src.family != dst.family) continue;
        for (const TransportRange& transport : transport_cells()) {
          index_[Cell{src, dst, transport}.lowest()] = cells_.size();
          cells_.push_back({src, dst, transport});
        }
      }
    }
    expects(cells_.size() == kCells, "the universe has kCells cells");
  }

  const std::vector<Cell>& cells() const { return cells_; }

  static Box box_of(const Cell& cell) {
    const auto range = [](const AddressCell& c) {
      return IpSet::range(IpAddress::make(c.family, c.first),
                          IpAddress::make(c.family, c.last));
    };
    const TransportRange& t = cell.transport;
    TransportSet transport = TransportSet::protocol(t.protocol);
    if (has_ports(t.protocol)) {
      transport = TransportSet::ports(t.protocol, t.sport_first, t.sport_last,
                                      t.dport_first, t.dport_last);
    } else if (is_icmp(t.protocol)) {
      const auto byte = [](std::uint16_t v) {
        return static_cast<std::uint8_t>(v);
      };
      transport = TransportSet::icmp(t.protocol, byte(t.sport_first),
                                     byte(t.sport_last), byte(t.dport_first),
                                     byte(t.dport_last));
    }
    return {range(cell.src), range(cell.dst), transport};
  }

  PacketSet set_of(const Bits& bits) const {
    std::vector<PacketSet> parts;
    for (std::size_t i = 0; i < kCells; ++i) {
      if (bits[i]) parts.push_back(PacketSet::box(box_of(cells_[i])));
    }
    return PacketSet::union_of(std::move(parts));
  }

  /// Nothing if the set cuts through a cell, as far as both corners tell.
  std::optional<Bits> bits_of(const PacketSet& set) const {
    Bits bits;
    for (std::size_t i = 0; i < kCells; ++i) {
      bits[i] = set.contains(cells_[i].lowest());
      if (bits[i] != set.contains(cells_[i].highest())) return std::nullopt;
    }
    return bits;
  }

  static BigUint weight(const Cell& cell) {
    const auto span = [](Uint128 first, Uint128 last) {
      return BigUint{last - first} + BigUint{1};
    };
    const TransportRange& t = cell.transport;
    return span(cell.src.first, cell.src.last) *
           span(cell.dst.first, cell.dst.last) *
           span(t.sport_first, t.sport_last) *
           span(t.dport_first, t.dport_last);
  }

  BigUint size(const Bits& bits) const {
    BigUint total;
    for (std::size_t i = 0; i < kCells; ++i) {
      if (bits[i]) total += weight(cells_[i]);
    }
    return total;
  }

  bool has(const Bits& bits, const Flow& lowest) const {
    const auto at = index_.find(lowest);
    return at != index_.end() && bits[at->second];
  }

  /// The cells whose lowest flow satisfies `holds`.
  template <class F>
  Bits where(F&& holds) const {
    Bits bits;
    for (std::size_t i = 0; i < kCells; ++i) bits[i] = holds(cells_[i]);
    return bits;
  }

  Bits replies_preimage(const Bits& bits) const {
    return where([&](const Cell& cell) {
      const auto reply = reply_of(cell.lowest());
      return reply && has(bits, *reply);
    });
  }

  /// The cells that differ from `cell` in the field that `set_field` writes.
  template <class F>
  static std::vector<Flow> variants(const Cell& cell, F&& set_field) {
    std::vector<Flow> flows;
    for (const TransportRange& other : transport_cells()) {
      if (other.protocol != cell.transport.protocol) continue;
      Flow flow = cell.lowest();
      if (set_field(flow, other)) flows.push_back(flow);
    }
    return flows;
  }

  /// Cells of tcp for which some (every) cell with another sport in lo..hi is
  /// in `bits`. REQUIRES: lo and hi are borders of cells.
  Bits over_sport(const Bits& bits, std::uint16_t lo, std::uint16_t hi,
                  bool every) const {
    return over(bits, every, [=](Flow& flow, const TransportRange& other) {
      flow.sport = other.sport_first;
      return lo <= other.sport_first && other.sport_last <= hi;
    });
  }
  Bits over_dport(const Bits& bits, std::uint16_t lo, std::uint16_t hi,
                  bool every) const {
    return over(bits, every, [=](Flow& flow, const TransportRange& other) {
      flow.dport = other.dport_first;
      return lo <= other.dport_first && other.dport_last <= hi;
    });
  }

 private:
  template <class F>
  Bits over(const Bits& bits, bool every, F&& set_field) const {
    return where([&](const Cell& cell) {
      const Flow self = cell.lowest();
      if (self.protocol != kTcp) return has(bits, self);
      bool some = false;
      bool all = true;
      for (const Flow& flow : variants(cell, set_field)) {
        some = some || has(bits, flow);
        all = all && has(bits, flow);
      }
      return every ? all : some;
    });
  }

  std::vector<Cell> cells_;
  std::map<Flow, std::size_t> index_;
};

}  // namespace netproof::oracle
