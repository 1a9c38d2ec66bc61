#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/hop.hpp"
#include "netproof/model/place.hpp"

namespace netproof::engine {

using Index = std::uint32_t;
inline constexpr Index kNone = 0xFFFFFFFFU;

/// A subnet with everything that questions ask of it. Table ids: the written
/// ones, then one implied main table for each VPC.
struct SubnetInfo {
  std::string name;
  Index vpc = kNone;
  bool open = false;     ///< stands for the subnets that nobody listed (S140)
  bool implied = false;  ///< in every zone
  std::vector<IpPrefix> cidrs;
  IpSet cidr_set;
  bool cidrs_open = false;
  std::string zone;  ///< empty: not written
  bool zone_unknown = false;
  Index zone_id = kNone;      ///< equal for equal zones; kNone: none known
  std::vector<Index> tables;  ///< worlds; one if known
  Index acl = kNone;          ///< kNone: the default ACL
  bool acl_unknown = false;
  /// Who lists an address, by address: interfaces, then pods.
  std::vector<std::pair<IpAddress, Place>> owners;
  std::vector<std::pair<IpAddress, Index>> nats;
  bool lists_interfaces = false;
  bool interfaces_open = false;  ///< it may have others
  IpSet unlisted;  ///< assignable addresses of no owner or NAT gateway
};

/// The objects of one VPC, by index.
struct VpcInfo {
  IpSet cidr_set;
  std::vector<IpPrefix> cidrs;
  Index main_table = kNone;
  std::vector<Index> main_tables;  ///< worlds; one if known
  std::vector<Index> tables;       ///< without the implied one
  std::vector<Index> subnets;
  /// Addresses by the subnets that hold them; more than one if they overlap.
  std::vector<std::pair<IpSet, std::vector<Index>>> cells;
  std::vector<Index> internet_gateways;
  std::vector<Index> egress_only;
  std::vector<Index> nats;
  std::vector<Index> attachments;
  std::vector<Index> peerings;
  std::vector<Index> appliances;  ///< source check not known to be on
  std::vector<Index> endpoints;
  std::vector<Index> vpn_gateways;
  /// A reference to one of its groups exists in another VPC (S72).
  bool referenced = false;
  /// A reference to one of its groups exists in it, and a transit gateway that
  /// may carry references could bring its packets back to it (S63).
  bool self_referenced = false;
};

/// The addresses of the pods of a cluster.
struct ClusterInfo {
  IpSet addresses;
  IpSet nodes;    ///< of pods that have the address of their node
  IpSet made_up;  ///< of pods whose addresses nobody knows
  /// Disjoint addresses by the pods that list them; one, unless twice listed.
  std::vector<std::pair<IpSet, std::vector<Index>>> owners;
};

/// A node of a cluster with interfaces in a VPC (S174).
struct NodeInfo {
  Index interface = kNone;          ///< by which it sends itself
  std::optional<IpAddress> source;  ///< its IPv4 address there
  Index vpc = kNone;
  IpSet addresses;  ///< of all of its interfaces
  /// Disjoint addresses that it or one of its pods lists, with all in the
  /// subnet that list them.
  struct Cell {
    IpSet addresses;
    Index subnet = kNone;
    std::vector<Place> owners;
  };
  std::vector<Cell> cells;
  bool rewrites = false;  ///< may send for pods with its own source
};

/// A public IPv4 address and the private one behind it (S27).
struct PublicMapping {
  IpAddress public_address = IpAddress::v4(0);
  IpAddress private_address = IpAddress::v4(0);
  Index vpc = kNone;
  Index interface = kNone;  ///< kNone: a NAT gateway's
  Index nat = kNone;
  std::vector<Place> owners;  ///< that list the private one; not a NAT gateway
};

/// The model by index: who belongs to whom. Derived once, no semantics of
/// forwarding in it. Refers to the topology that it was made from.
struct Network {
  explicit Network(const Topology& of);

  Topology topology;
  std::vector<SubnetInfo> subnets;
  std::vector<VpcInfo> vpcs;
  std::vector<PublicMapping> mappings;  ///< sorted by public address
  std::vector<Index> subnet_of_interface;
  std::vector<Index> subnet_of_nat;
  std::vector<std::vector<Index>> hosts_of_segment;
  std::vector<IpSet> site_prefixes;
  std::vector<IpSet> segment_prefixes;
  std::vector<ClusterInfo> clusters;
  std::vector<NodeInfo> nodes;           ///< those with interfaces
  std::vector<Index> node_of_interface;  ///< kNone: no node's
  std::vector<Index> node_of_pod;
  IpSet owned;  ///< everything that somebody in the network owns

  const TopologyParts& parts() const { return topology.parts(); }
  Index implied_table(Index vpc) const {
    return static_cast<Index>(parts().route_tables.size()) + vpc;
  }
  bool is_implied_table(Index table) const {
    return table >= parts().route_tables.size();
  }
  Index vpc_of_table(Index table) const;
  /// The interface itself, or the one that carries a pod; else kNone.
  Index carrier_of(Place place) const;
  Index node_of(Place place) const;
  /// The addresses of the pods that an interface carries.
  IpSet pods_behind(Index interface) const;
  std::string table_name(Index table) const;
  /// As to_string(topology, place), which looks for implied subnets each time.
  std::string place_name(Place place) const;
};

/// Adds the nodes of clusters, and what they own to the subnets.
/// REQUIRES: the subnets and their interfaces are there.
void read_nodes(Network& network);

}  // namespace netproof::engine
