#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "netproof/model/topology.hpp"
#include "netproof/net/ip_set.hpp"

namespace netproof {

enum class PlaceKind : std::uint8_t {
  kInterface,
  kSubnet,  ///< the addresses of a subnet that no listed interface has
  kHost,
  kSegment,  ///< the addresses of a segment that no listed host has
  kSite,
  kEndpoint,  ///< a gateway endpoint: where its service is reached
  kPod,
  kInternet,
};

/// A location: where packets start or end. `index` is the id within its kind;
/// implied subnets (a VPC that lists none) follow the listed ones, see
/// SubnetView.
struct Place {
  PlaceKind kind = PlaceKind::kInternet;
  std::uint32_t index = 0;

  friend constexpr auto operator<=>(Place, Place) = default;
};

/// The subnets of a topology, the implied ones included: a VPC that lists no
/// subnets and is not open has one for each CIDR, named like the VPC, without
/// a zone of its own (in every zone), with the main table and default ACL. A
/// VPC that is open has one for each CIDR as well, behind the listed ones,
/// whose table and ACL are unknown (S140).
struct SubnetView {
  std::string name;
  Id<Vpc> vpc;
  std::vector<IpPrefix> cidrs;
  const Subnet* written = nullptr;  ///< null: implied
  bool open = false;                ///< implied by `subnets: unknown`
};

/// The subnets by index: first the listed ones in their order, then the
/// implied ones by VPC, then by CIDR. COST: linear.
std::vector<SubnetView> subnets_of(const Topology& topology);

/// The addresses of `prefixes` that AWS lets an interface have: without the
/// first four and the last of each block (S11).
IpSet assignable(const std::vector<IpPrefix>& prefixes);

/// Globally routed unicast addresses of both families: what `internet` owns
/// unless something in the network does.
const IpSet& global_unicast();

/// Addresses that no router forwards: link-local, loopback, multicast,
/// broadcast, unspecified, and AWS's fd00:ec2::/32 (S22, S40, S100).
const IpSet& unroutable();

/// The interface that packets of a place pass: itself, or the one that carries
/// a pod (S174).
std::optional<Id<Interface>> carrier_of(const TopologyParts& parts,
                                        Place place);

/// "interface:eni-1", "subnet:app-a", "site:hq", "internet".
std::string to_string(const Topology& topology, Place place);

}  // namespace netproof
