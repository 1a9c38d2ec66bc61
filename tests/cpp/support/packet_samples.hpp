#pragma once

#include <optional>
#include <vector>

#include "netproof/model/topology.hpp"
#include "netproof/net/packet_set.hpp"
#include "support/random_network.hpp"

namespace netproof::testing {

/// Draws packets where decisions change: the ends of every prefix that a
/// topology writes and the addresses beside them, the ends of its services,
/// the ports of NAT, ICMP.
class PacketSamples {
 public:
  explicit PacketSamples(const Topology& topology);

  /// A packet at the edges from `src` to `dst` with a point of `service`, if
  /// the throw found one.
  std::optional<Flow> at_edges(Dice& dice, const IpSet& src, const IpSet& dst,
                               const TransportSet& service) const;
  /// A packet of the set, at an end of one of its boxes where possible.
  std::optional<Flow> inside(Dice& dice, const PacketSet& set) const;

 private:
  void add(IpPrefix prefix);
  void add(const TransportSet& service);
  void add(const OpenList<WrittenPrefix>& list);
  void read_vpcs(const TopologyParts& parts);
  void read_filters(const TopologyParts& parts);
  void read_clusters(const TopologyParts& parts);
  void read_hybrid(const TopologyParts& parts);
  std::optional<IpAddress> address(Dice& dice, const IpSet& set,
                                   Family family) const;
  std::optional<Flow> point(Dice& dice, const TransportSet& service) const;

  std::vector<IpAddress> addresses_;
  std::vector<std::uint16_t> ports_;
};

}  // namespace netproof::testing
