// A program for a stack of packet sets, two bytes an instruction: boxes are
// pushed, operators replace what is on top. Whatever the program, the laws of
// sets hold and every set is canonical; membership of a flow agrees with the
// same program over booleans.

#include "netproof/net/packet_set.hpp"

#include <array>
#include <vector>

#include "target.hpp"

namespace {

using netproof::Family;
using netproof::Flow;
using netproof::IpAddress;
using netproof::IpPrefix;
using netproof::IpSet;
using netproof::PacketSet;
using netproof::TransportSet;
using netproof::fuzz::require;

/// A set, and which of the watched flows are in it by the plain rules.
struct Watched {
  PacketSet set;
  std::vector<bool> members;
};

IpSet addresses(Family family, unsigned choice) {
  const netproof::Uint128 top = netproof::highest_address(family);
  const IpAddress low = IpAddress::make(family, choice % 4);
  const IpAddress high = IpAddress::make(family, top - choice % 4);
  const int bits = netproof::address_bits(family);
  switch (choice / 4 % 4) {
    case 0:
      return IpSet::of(low);
    case 1:
      return IpSet::of(high);
    case 2:
      return IpSet::of(IpPrefix::enclosing(high, bits - 1));
    default:
      return IpSet::all(family);
  }
}

TransportSet transport(unsigned choice) {
  const auto low = static_cast<std::uint16_t>(choice / 4 % 3);
  const auto high = static_cast<std::uint16_t>(65535 - choice / 12 % 2);
  switch (choice % 4) {
    case 0:
      return TransportSet::ports(netproof::kTcp, 0, 65535, low, low);
    case 1:
      return TransportSet::ports(netproof::kUdp, low, high, 0, high);
    case 2:
      return TransportSet::protocol(netproof::kIcmp);
    default:
      return TransportSet::all();
  }
}

/// Flows at the ends of what the boxes are made of.
const std::vector<Flow>& watched_flows() {
  static const std::vector<Flow> kFlows = [] {
    std::vector<Flow> flows;
    for (const Family family : {Family::kV4, Family::kV6}) {
      const netproof::Uint128 top = netproof::highest_address(family);
      const std::array ends = {
          IpAddress::make(family, 0), IpAddress::make(family, 1),
          IpAddress::make(family, top - 1), IpAddress::make(family, top)};
      for (const IpAddress& src : ends) {
        for (const IpAddress& dst : ends) {
          flows.push_back({src, dst, netproof::kTcp, 65535, 1});
          flows.push_back({src, dst, netproof::kUdp, 1, 65535});
          flows.push_back({src, dst, netproof::kIcmp, 8, 0});
        }
      }
    }
    return flows;
  }();
  return kFlows;
}

Watched box(unsigned a, unsigned b) {
  const Family family = a % 2 == 0 ? Family::kV4 : Family::kV6;
  const IpSet src = addresses(family, a / 2);
  const IpSet dst = addresses(family, b);
  const TransportSet points = transport(a / 8 + b / 16);
  Watched made{PacketSet::box(src, dst, points), {}};
  for (const Flow& flow : watched_flows()) {
    made.members.push_back(
        src.contains(flow.src) && dst.contains(flow.dst) &&
        points.contains(flow.protocol, flow.sport, flow.dport));
  }
  return made;
}

void require_right(const Watched& one) {
  require(one.set.check_invariants());
  require(one.set.empty() == !one.set.sample().has_value());
  for (std::size_t i = 0; i < watched_flows().size(); ++i) {
    require(one.set.contains(watched_flows()[i]) == one.members[i]);
  }
}

void require_laws(const PacketSet& a, const PacketSet& b) {
  const PacketSet both = a & b;
  require((a - b) == (a & b.complement()));
  require((a | b) == (a.complement() & b.complement()).complement());
  require(both.empty() == a.disjoint_from(b));
  require(a.lies_inside(b) == (both == a));
  require((a - b).size() + both.size() == a.size());
}

template <class Operator>
Watched combined(const Watched& a, const Watched& b, const PacketSet& set,
                 Operator join) {
  Watched made{set, {}};
  for (std::size_t i = 0; i < a.members.size(); ++i) {
    made.members.push_back(join(a.members[i], b.members[i]));
  }
  return made;
}

Watched apply(unsigned how, const Watched& a, const Watched& b) {
  switch (how % 3) {
    case 0:
      return combined(a, b, a.set | b.set,
                      [](bool x, bool y) { return x || y; });
    case 1:
      return combined(a, b, a.set & b.set,
                      [](bool x, bool y) { return x && y; });
    default:
      return combined(a, b, a.set - b.set,
                      [](bool x, bool y) { return x && !y; });
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  constexpr std::size_t kLongest = 64;
  std::vector<Watched> stack;
  for (std::size_t i = 0; i + 1 < size && i < kLongest; i += 2) {
    const unsigned first = data[i];
    if (first % 2 == 0 || stack.size() < 2) {
      stack.push_back(box(first / 2, data[i + 1]));
    } else {
      const Watched b = stack.back();
      stack.pop_back();
      require_laws(stack.back().set, b.set);
      stack.back() = apply(first / 2, stack.back(), b);
    }
    require_right(stack.back());
  }
  return 0;
}
