#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "netproof/model/place.hpp"
#include "netproof/model/topology.hpp"

namespace netproof::reference {

/// Three answers to "is it so?".
enum class Answer3 { kNo, kYes, kUnknown };

/// The topology with the questions that the walk puts to it. What every packet
/// asks is looked up by address or VPC; the rest is a scan of the lists.
class View {
 public:
  explicit View(Topology topology);

  const TopologyParts& parts() const { return topology_.parts(); }
  const Topology& topology() const { return topology_; }
  const std::vector<SubnetView>& subnets() const { return subnets_; }
  std::string name(Place place) const { return to_string(topology_, place); }
  std::string subnet_name(std::size_t subnet) const {
    return "subnet:" + subnets_[subnet].name;
  }

  bool has_cidr(Id<Vpc> vpc, IpAddress address) const;
  /// The blocks of a VPC; where its list is open, those of its subnets too.
  const std::vector<WrittenPrefix>& blocks(Id<Vpc> vpc) const {
    return blocks_[vpc.index()];
  }
  /// The subnets of the VPC that hold the address: the listed ones, else the
  /// implied ones.
  std::vector<std::size_t> holders(Id<Vpc> vpc, IpAddress address) const;
  /// The listed interfaces of a subnet.
  const std::vector<std::uint32_t>& interfaces_in(std::size_t subnet) const {
    return interfaces_[subnet];
  }
  std::optional<std::uint32_t> nat_at(std::size_t subnet,
                                      IpAddress address) const;
  /// The addresses of the subnet place (S159).
  const IpSet& unlisted(std::size_t subnet) const { return unlisted_[subnet]; }

  std::optional<std::size_t> subnet_of(Place place) const;
  std::optional<Id<Vpc>> vpc_of(Place place) const;
  std::optional<Id<Vpc>> vpc_of_subnet(const Ref<Subnet>& subnet) const;
  std::optional<Id<Vpc>> vpc_of_nat(std::uint32_t nat) const;
  std::optional<Id<Vpc>> vpc_of_interface(std::uint32_t interface) const;

  std::optional<std::uint32_t> internet_gateway_of(Id<Vpc> vpc) const;
  /// What the internet gateway of the VPC puts in for a private address.
  std::optional<IpAddress> public_of(Id<Vpc> vpc, IpAddress address) const;
  /// The VPC and private address of an interface with this public address,
  /// where an internet gateway is attached.
  struct PrivateAddress {
    Id<Vpc> vpc;
    IpAddress address;
  };
  std::optional<PrivateAddress> private_of(IpAddress address) const;
  std::optional<std::uint32_t> nat_with_public(IpAddress address) const;
  /// VPC CIDRs, site and segment prefixes, public addresses (S148).
  bool owned(IpAddress address) const { return owned_.contains(address); }
  /// Global unicast that nothing in the network owns.
  bool is_internet(IpAddress address) const {
    return global_unicast().contains(address) && !owned(address);
  }

  /// The routers' and segments' side.
  bool in_segment(const Segment& segment, IpAddress address) const;
  std::optional<std::uint32_t> host_at(std::uint32_t segment,
                                       IpAddress address) const;
  bool lists_hosts(std::uint32_t segment) const;

  /// The interfaces, and behind them the pods, of a subnet that list the
  /// address.
  std::vector<Place> listing(std::size_t subnet, IpAddress address) const;
  /// The interfaces that it arrives at: they or pods behind them list it.
  std::vector<std::uint32_t> carriers(IpAddress address) const;
  /// The side of clusters.
  const Cluster& cluster_of(std::uint32_t pod) const;
  /// The pods of the cluster that list the address, in their order.
  std::vector<const Pod*> pods_at(const Cluster& cluster,
                                  IpAddress address) const;

  /// A node with interfaces (S174).
  struct OnNode {
    const Cluster* cluster = nullptr;
    const ClusterNode* node = nullptr;
    friend bool operator==(const OnNode&, const OnNode&) = default;
  };
  std::optional<OnNode> node_of(Place place) const;
  /// The first IPv4 address of the first interface of a node.
  std::optional<IpAddress> source_of(const OnNode& node) const;
  /// Whether an interface of the node itself lists the address.
  bool is_of_node(const OnNode& node, IpAddress address) const;

  /// May `place` send with this source (S159)?
  Answer3 emits(Place place, IpAddress source) const;
  bool answers_only(Place place) const;
  std::vector<Place> owners(IpAddress source) const;

 private:
  void index_interfaces();
  std::vector<std::vector<IpPrefix>> taken() const;
  IpSet listed_in(Id<Vpc> vpc) const;
  void index_unlisted();
  void index_blocks();
  void index_owned();
  void index_gateways();
  void index_mappings();
  void index_listed();
  void index_nodes();

  Topology topology_;
  std::vector<SubnetView> subnets_;
  std::vector<std::vector<std::uint32_t>> interfaces_;
  std::vector<IpSet> unlisted_;
  IpSet owned_;
  std::vector<std::vector<WrittenPrefix>> blocks_;               ///< by VPC
  std::vector<std::vector<std::size_t>> subnets_of_;             ///< by VPC
  std::vector<std::optional<std::uint32_t>> internet_gateways_;  ///< by VPC
  std::unordered_map<IpAddress, PrivateAddress> private_;
  std::map<std::pair<std::size_t, IpAddress>, IpAddress> public_;  ///< by VPC
  std::unordered_map<IpAddress, std::uint32_t> nats_;  ///< by public address
  std::vector<std::optional<OnNode>> nodes_;           ///< by interface
  /// The interfaces, hosts and pods that list an address.
  std::unordered_map<IpAddress, std::vector<Place>> listed_;
};

/// True if one of the prefixes contains the address.
bool contains(const std::vector<WrittenPrefix>& prefixes, IpAddress address);
bool contains(const std::vector<IpPrefix>& prefixes, IpAddress address);

}  // namespace netproof::reference
