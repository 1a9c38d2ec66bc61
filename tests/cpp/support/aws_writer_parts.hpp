#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "netproof/model/topology.hpp"
#include "support/aws_json_text.hpp"
#include "support/random_network.hpp"

namespace netproof::testing {

/// Puts one network into the answers of AWS's calls.
class AwsWriter {
 public:
  AwsWriter(const TopologyParts& parts, Dice& dice)
      : parts_{parts}, dice_{dice} {}

  void write(const std::filesystem::path& folder);

 private:
  using Scope = std::pair<std::string, std::string>;  ///< account, Region

  const Vpc& vpc(const std::string& name) const;
  const Subnet& subnet(const std::string& name) const;
  const TransitGateway& gateway(const std::string& name) const;
  const TransitAttachment& attachment(const std::string& name) const;
  static Scope scope_of(const Vpc& vpc) { return {vpc.account, vpc.region}; }
  static Scope scope_of(const TransitGateway& gateway) {
    return {gateway.account, gateway.region};
  }
  /// An element of the list of a call.
  void add(const Scope& scope, const std::string& key, std::string element) {
    lists_[scope][key].push_back(std::move(element));
  }
  /// A file of its own.
  void add_file(const Scope& scope, const std::string& name,
                const json::Members& members);

  // aws_writer_filters.cpp
  void write_groups();
  void write_acls();
  void write_acl(const Vpc& home, const std::string& name, bool standard,
                 std::vector<std::string> entries);

  // aws_writer_vpcs.cpp
  void write_vpcs();
  void write_public_access();
  void write_subnets();
  void write_interfaces();
  void write_gateways();
  void write_nat_gateways();
  void write_endpoints();
  void write_peerings();
  void write_lists();
  std::string zone_name(const Subnet& subnet) const;
  std::string association_of(const Interface& interface) const;
  std::string addresses_of(const Interface& interface, Family family,
                           bool associations) const;

  // aws_writer_routes.cpp
  void write_tables();
  void write_table(const Vpc& home, const RouteTable& table);
  std::string associations_of(const Vpc& home, const RouteTable& table) const;
  std::string route_text(const Vpc& home, const Route& route) const;
  bool works(const Vpc& home, const RouteTarget& target) const;

  // aws_writer_transit.cpp
  void write_transit();
  void write_gateway(const TransitGateway& gateway);
  void write_attachment(const TransitAttachment& attachment);
  void write_transit_peering(const TransitAttachment& attachment);
  void write_transit_table(const TransitRouteTable& table);
  std::string id_of(const TransitAttachment& attachment) const;
  json::Members member_of(const TransitAttachment& attachment) const;
  std::vector<const TransitAttachment*> associated(
      const TransitRouteTable& table) const;
  std::vector<const TransitAttachment*> propagating(
      const TransitRouteTable& table) const;
  std::string members_text(const std::vector<const TransitAttachment*>& members,
                           const char* state) const;
  std::vector<std::string> installed_routes(
      const TransitRouteTable& table) const;
  std::vector<IpPrefix> propagated(const TransitAttachment& attachment) const;
  std::string transit_route(IpPrefix prefix, const std::string& type,
                            const TransitAttachment* to,
                            const std::string& list) const;

  const TopologyParts& parts_;
  Dice& dice_;
  bool one_id_ = false;  ///< both ends of a transit peering share theirs
  std::map<Scope, std::map<std::string, std::vector<std::string>>> lists_;
  std::map<Scope, std::map<std::string, std::string>> files_;
};

}  // namespace netproof::testing
