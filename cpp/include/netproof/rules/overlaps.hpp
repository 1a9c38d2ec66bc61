#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/location.hpp"
#include "netproof/model/topology.hpp"
#include "netproof/net/ip_prefix.hpp"

namespace netproof {

/// A prefix and whose it is. Prefixes of one owner are never compared.
struct OwnedPrefix {
  IpPrefix prefix;
  std::uint32_t owner = 0;
};

/// How many pairs of prefixes of different owners intersect.
/// COST: a sort of packed 64-bit keys (IPv4) and one sweep; no pair is built.
std::uint64_t count_overlaps(std::span<const OwnedPrefix> prefixes);

/// Calls `found` with the indices of every intersecting pair of different
/// owners, the wider prefix first (of equal ones the lower index first), in
/// the order of the second prefix. COST: n log n and the pairs.
void sweep_overlaps(std::span<const OwnedPrefix> prefixes,
                    const std::function<void(std::size_t, std::size_t)>& found);

enum class OverlapKind : std::uint8_t { kVpc, kSite, kSegment, kSubnet };

/// One end of an overlap: "vpc:a", its prefix, where it was written.
struct OverlapEnd {
  OverlapKind kind = OverlapKind::kVpc;
  std::uint32_t index = 0;  ///< of the VPC, site, segment or subnet
  std::string name;
  IpPrefix cidr;
  Location source;
};

/// Blocks with their owner: an index over all VPCs, then sites, then segments,
/// as in Engine::routing_domains; of subnets, the index of the subnet.
struct OwnedEnds {
  std::vector<OverlapEnd> ends;
  std::vector<std::uint32_t> owners;

  void add(OverlapKind kind, std::uint32_t index, std::uint32_t owner,
           const std::string& name, const OpenList<WrittenPrefix>& prefixes);
};

/// The blocks of VPCs, sites and segments.
OwnedEnds owned_ends(const TopologyParts& parts);
/// The blocks of subnets, by the index of their VPC.
std::map<std::uint32_t, OwnedEnds> subnet_ends(const TopologyParts& parts);

enum class OverlapRelation : std::uint8_t { kEqual, kContains, kInside };
/// "equal", "contains" (a contains b), "inside" (a lies inside b).
std::string_view to_string(OverlapRelation relation);

struct Overlap {
  OverlapEnd a;
  OverlapEnd b;
  IpPrefix intersection;
  OverlapRelation relation = OverlapRelation::kEqual;
  bool shares_routing_domain = true;
};

/// Calls `found` for each overlap that find_overlaps lists, in no order that
/// means something; `early` was written before `late`. Builds no list.
void for_each_overlap(
    const Topology& topology, std::span<const std::uint32_t> domains,
    const std::function<void(const OverlapEnd& early, const OverlapEnd& late,
                             bool shares_routing_domain)>& found);

/// VPC CIDRs, site and segment prefixes of different owners against each other,
/// subnets within one VPC; never a block against the object that holds it.
/// `a` was written before `b`; sorted by the places. `domains` as from
/// Engine::routing_domains; empty: everything shares one.
std::vector<Overlap> find_overlaps(const Topology& topology,
                                   std::span<const std::uint32_t> domains);

}  // namespace netproof
