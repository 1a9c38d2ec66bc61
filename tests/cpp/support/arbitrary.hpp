#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "netproof/net/packet_set.hpp"

/// Seeded generators. Arithmetic on mt19937 only: the standard distributions
/// differ between libraries.
namespace netproof::arbitrary {

using Random = std::mt19937;

/// 0 to bound - 1.
inline std::uint32_t below(Random& random, std::uint32_t bound) {
  return static_cast<std::uint32_t>(random()) % bound;
}

inline Uint128 bits128(Random& random) {
  Uint128 value = 0;
  for (int i = 0; i < 4; ++i) value = value << 32U | random();
  return value;
}

/// Half of the ports are at an end or well known.
inline std::uint16_t port(Random& random) {
  constexpr std::uint16_t kLikely[] = {0, 1, 53, 80, 443, 1024, 65534, 65535};
  if (below(random, 2) == 0) return kLikely[below(random, 8)];
  return static_cast<std::uint16_t>(random());
}

inline Family family(Random& random) {
  return below(random, 2) == 0 ? Family::kV4 : Family::kV6;
}

/// Crowded around few networks and the ends, so that sets meet.
inline IpAddress address(Random& random, Family family) {
  const Uint128 top = highest_address(family);
  const Uint128 low = below(random, 4096);
  switch (below(random, 4)) {
    case 0:
      return IpAddress::make(family, low);
    case 1:
      return IpAddress::make(family, top - low);
    case 2:
      return IpAddress::make(family, (Uint128{10} << 24U) + low);
    default:
      return IpAddress::make(family, bits128(random) & top);
  }
}

inline IpPrefix prefix(Random& random, Family family) {
  const auto lengths = static_cast<std::uint32_t>(address_bits(family) + 1);
  return IpPrefix::enclosing(address(random, family),
                             static_cast<int>(below(random, lengths)));
}

inline IpSet ip_set(Random& random) {
  std::vector<IpPrefix> prefixes;
  const std::uint32_t count = 1 + below(random, 4);
  for (std::uint32_t i = 0; i < count; ++i) {
    prefixes.push_back(prefix(random, family(random)));
  }
  return IpSet::from_prefixes(prefixes);
}

struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
};

inline PortRange port_range(Random& random) {
  const std::uint16_t a = port(random);
  const std::uint16_t b = port(random);
  return {std::min(a, b), std::max(a, b)};
}

inline TransportSet transport_set(Random& random) {
  const auto byte = [&] { return static_cast<std::uint8_t>(random()); };
  switch (below(random, 6)) {
    case 0:
      return TransportSet::all();
    case 1:
      return TransportSet::protocol(byte());
    case 2:
      return TransportSet::icmp(kIcmp, 8, 8, 0, byte());
    case 3: {
      const PortRange sports = port_range(random);
      const PortRange dports = port_range(random);
      return TransportSet::ports(kUdp, sports.first, sports.last, dports.first,
                                 dports.last);
    }
    default: {
      const PortRange dports = port_range(random);
      return TransportSet::to_ports(kTcp, dports.first, dports.last);
    }
  }
}

inline Box box(Random& random) {
  return {ip_set(random), ip_set(random), transport_set(random)};
}

inline std::vector<Box> boxes(Random& random, std::size_t count) {
  std::vector<Box> result;
  while (result.size() < count) result.push_back(box(random));
  return result;
}

inline Flow flow(Random& random) {
  constexpr std::uint8_t kLikely[] = {kTcp, kUdp, kIcmp, kIcmpv6, kSctp, 47};
  const Family of = family(random);
  Flow result{address(random, of), address(random, of)};
  result.protocol = kLikely[below(random, 6)];
  const std::uint16_t highest = highest_port(result.protocol);
  result.sport = std::min(port(random), highest);
  result.dport = std::min(port(random), highest);
  return result;
}

inline PacketSet union_of(const std::vector<Box>& boxes) {
  std::vector<PacketSet> sets;
  for (const Box& box : boxes) sets.push_back(PacketSet::box(box));
  return PacketSet::union_of(std::move(sets));
}

/// A flow at a corner of `box`: there errors by one live.
inline Flow corner(Random& random, const Box& box) {
  Flow result = flow(random);
  const auto prefixes = box.dst.prefixes();
  const IpPrefix& dst =
      prefixes[below(random, static_cast<unsigned>(prefixes.size()))];
  result.dst = random() % 2 == 0 ? dst.first() : dst.last();
  result.src = result.dst;
  for (const IpPrefix& src : box.src.prefixes()) {
    if (src.family() != dst.family()) continue;
    result.src = random() % 2 == 0 ? src.first() : src.last();
  }
  const auto ranges = box.transport.ranges();
  const auto& range =
      ranges[below(random, static_cast<unsigned>(ranges.size()))];
  result.protocol = range.protocol;
  result.sport = random() % 2 == 0 ? range.sport_first : range.sport_last;
  result.dport = random() % 2 == 0 ? range.dport_first : range.dport_last;
  return result;
}

}  // namespace netproof::arbitrary
