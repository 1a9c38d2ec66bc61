#include "engine/trips.hpp"

#include <algorithm>
#include <utility>

namespace netproof::engine {
namespace {

constexpr std::uint16_t kNatPortFirst = 1024;  // S29
constexpr std::uint16_t kNatPortLast = 65535;

constexpr std::uint16_t kHighPortFirst = 1024;  // S174
constexpr std::uint16_t kPortLast = 65535;

/// Of TCP, UDP and SCTP, the headers with a source port in that range.
TransportSet from_ports(std::uint16_t first, std::uint16_t last) {
  TransportSet found;
  for (const std::uint8_t protocol : {kTcp, kUdp, kSctp}) {
    found |= TransportSet::ports(protocol, first, last, 0, 65535);
  }
  return found;
}

// A node puts in a port below 1024 for one below it, and one from there on for
// the others (S174).
PacketSet by_halves(const PacketSet& low, const PacketSet& high) {
  static const TransportSet kHigh = from_ports(kHighPortFirst, kPortLast);
  return low.restrict_transport(kHigh.complement()) |
         high.restrict_transport(kHigh);
}

PacketSet some_port_of_a_node(const PacketSet& set) {
  return by_halves(set.exists_sport(0, kHighPortFirst - 1),
                   set.exists_sport(kHighPortFirst, kPortLast));
}

PacketSet every_port_of_a_node(const PacketSet& set) {
  return by_halves(set.forall_sport(0, kHighPortFirst - 1),
                   set.forall_sport(kHighPortFirst, kPortLast));
}

}  // namespace

Trips::Trips(const Compiled& compiled, WalkOptions request, IpSet sources)
    : compiled_{compiled},
      request_{compiled, std::move(request)},
      sources_{std::move(sources)},
      repliers_{compiled,
                sources_,
                {.enters_freely = request_.options().blocked.empty(),
                 .nameless = true}} {
  const Network& network = compiled.network;
  std::vector<IpPrefix> rewritten;
  for (const PublicMapping& map : network.mappings) {
    rewritten.push_back(IpPrefix::host(map.public_address));
    rewritten.push_back(IpPrefix::host(map.private_address));
  }
  for (const NatGateway& nat : network.parts().nat_gateways) {
    rewritten.push_back(IpPrefix::host(nat.private_address));
  }
  for (const NodeInfo& node : network.nodes) {
    if (node.rewrites) rewritten.push_back(IpPrefix::host(*node.source));
  }
  sources_ |= IpSet::from_prefixes(rewritten);
}

std::vector<Trip> Trips::from(Place place, const IpSet& sources,
                              const IpSet& destinations) {
  std::vector<Trip> trips;
  extend(request_.from_place(place, sources, destinations), {}, trips);
  return trips;
}

void Trips::extend(const std::vector<Way>& ways,
                   const std::vector<Rewrite>& rewrites,
                   std::vector<Trip>& trips) {
  std::size_t known = trips.size();
  std::size_t branched = 0;
  for (const Way& way : ways) {
    for (; known < trips.size(); ++known) branched += trips[known].branched;
    switch (way.end.kind) {
      case EndKind::kTranslated:
      case EndKind::kByNode:
      case EndKind::kMappedOut:
      case EndKind::kMappedIn:
        if (branched > request_.options().most_ways) {
          End end;
          end.kind = EndKind::kGivenUp;
          trips.push_back({way.set, way.assumed, true, std::move(end), rewrites,
                           way.stateful});
        } else {
          extend_over(way, rewrites, {way.end.kind, way.end.index}, trips);
        }
        break;
      default:
        trips.push_back({way.set, way.assumed, way.branched, way.end, rewrites,
                         way.stateful});
    }
  }
}

// The same rewriting twice would meet the same tables with the same header
// (S155).
void Trips::extend_over(const Way& way, std::vector<Rewrite> rewrites,
                        Rewrite rewrite, std::vector<Trip>& trips) {
  if (std::ranges::find(rewrites, rewrite) != rewrites.end()) {
    End loop;
    loop.code = DropCode::kLoop;
    loop.at = "internet";
    trips.push_back({way.set, way.assumed, way.branched, loop,
                     std::move(rewrites), way.stateful});
    return;
  }
  rewrites.push_back(rewrite);
  for (const Behind& one : behind(rewrites)) {
    PacketSet set = way.set & one.trip.set;
    if (set.empty()) continue;
    std::optional<Assumed> assumed = join(way.assumed, one.trip.assumed);
    if (!assumed) continue;
    Trip trip = one.trip;
    // Some ports of a NAT gateway end otherwise: its choice is load sharing.
    trip.branched =
        trip.branched || way.branched || !set.lies_inside(one.every);
    trip.set = std::move(set);
    trip.assumed = std::move(*assumed);
    trip.stateful.insert(way.stateful.begin(), way.stateful.end());
    trips.push_back(std::move(trip));
  }
}

// The ways behind a rewriting are trips of the rewritten header; each comes
// back as the set of headers that are rewritten into it.
const std::vector<Trips::Behind>& Trips::behind(
    const std::vector<Rewrite>& rewrites) {
  const auto known = behind_.find(rewrites);
  if (known != behind_.end()) return known->second;
  const Rewrite rewrite = rewrites.back();
  std::vector<Trip> trips;
  extend(ways_after(rewrite), rewrites, trips);
  std::vector<Behind> found;
  for (Trip& trip : trips) {
    PacketSet every = undo(trip.set, rewrite, true);
    trip.set = undo(trip.set, rewrite, false);
    if (trip.set.empty()) continue;
    if (rewrite.kind == EndKind::kMappedIn) {
      for (auto& [fact, _] : trip.assumed) {
        if (depends_on_destination(fact.kind)) ++fact.destination;
      }
      std::ranges::sort(trip.assumed);
    }
    found.push_back({std::move(trip), std::move(every)});
  }
  return behind_.emplace(rewrites, std::move(found)).first->second;
}

const std::vector<Way>& Trips::ways_after(Rewrite rewrite) {
  const auto known = after_.find(rewrite);
  if (known != after_.end()) return known->second;
  std::vector<Way> ways;
  if (rewrite.kind == EndKind::kTranslated) {
    ways = request_.from_nat(rewrite.index);
  } else if (rewrite.kind == EndKind::kByNode) {
    ways = request_.from_node(rewrite.index);
  } else if (rewrite.kind == EndKind::kMappedIn) {
    ways = request_.from_mapping(rewrite.index);
  } else {
    const bool by_nat = compiled_.network.mappings[rewrite.index].nat != kNone;
    ways = request_.from_internet(by_nat);
  }
  return after_.emplace(rewrite, std::move(ways)).first->second;
}

/// The headers that `rewrite` turns into one of `set`; where it chooses a
/// port, into one of it by some choice, or by every one.
PacketSet Trips::undo(const PacketSet& set, Rewrite rewrite, bool every) const {
  const Network& network = compiled_.network;
  if (rewrite.kind == EndKind::kTranslated) {
    const NatGateway& nat = network.parts().nat_gateways[rewrite.index];
    const PacketSet ported =
        every ? set.forall_sport(kNatPortFirst, kNatPortLast)
              : set.exists_sport(kNatPortFirst, kNatPortLast);
    return ported.preimage_src(IpSet::all(Family::kV4), nat.private_address);
  }
  if (rewrite.kind == EndKind::kByNode) {
    const PacketSet ported =
        every ? every_port_of_a_node(set) : some_port_of_a_node(set);
    return ported.preimage_src(IpSet::all(Family::kV4),
                               *network.nodes[rewrite.index].source);
  }
  const PublicMapping& map = network.mappings[rewrite.index];
  if (rewrite.kind == EndKind::kMappedOut) {
    return set.preimage_src(IpSet::of(map.private_address), map.public_address);
  }
  return set.preimage_dst(IpSet::of(map.public_address), map.private_address);
}

}  // namespace netproof::engine
