#include "support/aws_writer.hpp"

#include <algorithm>
#include <fstream>

#include "support/aws_writer_parts.hpp"

namespace netproof::testing {
namespace {

/// Every list that an account and Region answers, empty or not.
const std::vector<std::string> kLists = {
    "Vpcs",
    "Subnets",
    "RouteTables",
    "NetworkAcls",
    "SecurityGroups",
    "NetworkInterfaces",
    "InternetGateways",
    "EgressOnlyInternetGateways",
    "NatGateways",
    "VpcPeeringConnections",
    "VpcEndpoints",
    "PrefixLists",
    "TransitGateways",
    "TransitGatewayAttachments",
    "TransitGatewayVpcAttachments",
    "TransitGatewayPeeringAttachments",
    "TransitGatewayRouteTables",
    "VpnGateways",
    "VpnConnections",
    "directConnectGatewayAssociations",
    "virtualInterfaces",
};

template <class Kind>
const Kind& named(const std::vector<Kind>& objects, const std::string& name) {
  return *std::ranges::find(objects, name, &Kind::name);
}

}  // namespace

const Vpc& AwsWriter::vpc(const std::string& name) const {
  return named(parts_.vpcs, name);
}

const Subnet& AwsWriter::subnet(const std::string& name) const {
  return named(parts_.subnets, name);
}

const TransitGateway& AwsWriter::gateway(const std::string& name) const {
  return named(parts_.transit_gateways, name);
}

const TransitAttachment& AwsWriter::attachment(const std::string& name) const {
  return named(parts_.transit_attachments, name);
}

void AwsWriter::add_file(const Scope& scope, const std::string& name,
                         const json::Members& members) {
  files_[scope][name] = json::object(members);
}

void AwsWriter::write(const std::filesystem::path& folder) {
  one_id_ = dice_.percent(50);
  write_vpcs();
  write_public_access();
  write_subnets();
  write_interfaces();
  write_gateways();
  write_nat_gateways();
  write_endpoints();
  write_peerings();
  write_groups();
  write_acls();
  write_tables();
  write_transit();
  write_lists();
  for (auto& [scope, lists] : lists_) {
    const auto place = folder / scope.first / scope.second;
    std::filesystem::create_directories(place);
    for (const std::string& key : kLists) lists.try_emplace(key);
    for (const auto& [key, elements] : lists) {
      std::ofstream{place / (key + ".json")}
          << json::object({{key, json::list(elements)}});
    }
    for (const auto& [name, text] : files_[scope]) {
      std::ofstream{place / (name + ".json")} << text;
    }
  }
}

void write_aws_snapshot(const Topology& topology, Dice& dice,
                        const std::filesystem::path& folder) {
  AwsWriter{topology.parts(), dice}.write(folder);
}

}  // namespace netproof::testing
