#include <algorithm>
#include <string>
#include <utility>

#include "support/aws_writer_parts.hpp"

namespace netproof::testing {
namespace {

using json::list;
using json::object;
using json::text;

std::string association(const char* key, const WrittenPrefix& block,
                        const char* state, const std::string& word) {
  return object({{"AssociationId", text("assoc-" + to_string(block.prefix))},
                 {key, text(to_string(block.prefix))},
                 {state, object({{"State", text(word)}})}});
}

std::vector<std::string> blocks_of(const OpenList<WrittenPrefix>& blocks,
                                   Family family) {
  const bool v4 = family == Family::kV4;
  std::vector<std::string> all;
  for (const WrittenPrefix& one : blocks.items) {
    if (one.prefix.family() != family) continue;
    all.push_back(
        v4 ? association("CidrBlock", one, "CidrBlockState", "associated")
           : association("Ipv6CidrBlock", one, "Ipv6CidrBlockState",
                         "associated"));
  }
  return all;
}

std::string first_block(const OpenList<WrittenPrefix>& blocks) {
  for (const WrittenPrefix& one : blocks.items) {
    if (one.prefix.family() == Family::kV4) {
      return text(to_string(one.prefix));
    }
  }
  return "";
}

std::string attached(const std::string& vpc, const char* state) {
  return list({object({{"VpcId", text(vpc)}, {"State", text(state)}})});
}

}  // namespace

void AwsWriter::write_vpcs() {
  for (const Vpc& one : parts_.vpcs) {
    auto blocks = blocks_of(one.cidrs, Family::kV4);
    if (dice_.percent(20)) {
      // A block that has left the VPC (S10).
      WrittenPrefix gone;
      gone.prefix = IpPrefix::parse("10.0.0.0/16").value();
      blocks.push_back(
          association("CidrBlock", gone, "CidrBlockState", "disassociated"));
    }
    const std::string made = object({{"VpcId", text(one.name)},
                                     {"OwnerId", text(one.account)},
                                     {"State", text("available")},
                                     {"CidrBlock", first_block(one.cidrs)},
                                     {"CidrBlockAssociationSet", list(blocks)},
                                     {"Ipv6CidrBlockAssociationSet",
                                      list(blocks_of(one.cidrs, Family::kV6))},
                                     {"IsDefault", "false"}});
    add(scope_of(one), "Vpcs", made);
    for (const Interface& guest : parts_.interfaces) {
      const Subnet& home = subnet(guest.subnet.name);
      if (home.vpc.name != one.name || guest.account == one.account) continue;
      // Who takes part in a shared VPC sees it too; once is enough.
      auto& seen = lists_[{guest.account, one.region}]["Vpcs"];
      if (std::ranges::find(seen, made) == seen.end()) seen.push_back(made);
    }
  }
}

/// One mode for an account and Region, and VPCs that are excluded from it.
void AwsWriter::write_public_access() {
  std::map<Scope, PublicAccess> modes;
  for (const Vpc& one : parts_.vpcs) {
    PublicAccess& mode = modes[scope_of(one)];
    mode = std::max(mode, one.public_access.value);
  }
  for (const auto& [scope, mode] : modes) {
    const std::string word =
        mode == PublicAccess::kBlocked          ? "block-bidirectional"
        : mode == PublicAccess::kIngressBlocked ? "block-ingress"
                                                : "off";
    add_file(scope, "VpcBlockPublicAccessOptions",
             {{"VpcBlockPublicAccessOptions",
               object({{"InternetGatewayBlockMode", text(word)},
                       {"State", text("update-complete")}})}});
  }
  for (const Vpc& one : parts_.vpcs) {
    if (one.public_access.value == modes[scope_of(one)]) continue;
    const bool egress =
        one.public_access.value == PublicAccess::kIngressBlocked;
    add(scope_of(one), "VpcBlockPublicAccessExclusions",
        object({{"ExclusionId", text("vpcbpa-exclude-" + one.name)},
                {"InternetGatewayExclusionMode",
                 text(egress ? "allow-egress" : "allow-bidirectional")},
                {"ResourceArn", text("arn:aws:ec2:" + one.region + ":" +
                                     one.account + ":vpc/" + one.name)},
                {"State", text("create-complete")}}));
  }
}

std::string AwsWriter::zone_name(const Subnet& subnet) const {
  return vpc(subnet.vpc.name).region +
         (subnet.zone.value == "euw1-az2" ? "b" : "a");
}

void AwsWriter::write_subnets() {
  for (const Subnet& one : parts_.subnets) {
    const Vpc& home = vpc(one.vpc.name);
    const std::string made =
        object({{"SubnetId", text(one.name)},
                {"VpcId", text(home.name)},
                {"OwnerId", text(home.account)},
                {"State", text("available")},
                {"AvailabilityZone", text(zone_name(one))},
                {"AvailabilityZoneId", text(one.zone.value)},
                {"CidrBlock", first_block(one.cidrs)},
                {"Ipv6CidrBlockAssociationSet",
                 list(blocks_of(one.cidrs, Family::kV6))}});
    add(scope_of(home), "Subnets", made);
    for (const Interface& guest : parts_.interfaces) {
      if (guest.subnet.name != one.name || guest.account == home.account) {
        continue;
      }
      add({guest.account, home.region}, "Subnets", made);
    }
  }
}

/// Of the primary address, as the interface itself repeats it.
std::string AwsWriter::association_of(const Interface& interface) const {
  if (interface.public_addresses.empty()) return "";
  return object(
      {{"PublicIp", text(to_string(interface.public_addresses.front()))},
       {"IpOwnerId", text(interface.account)}});
}

std::string AwsWriter::addresses_of(const Interface& interface, Family family,
                                    bool associations) const {
  std::vector<std::string> all;
  std::size_t next = 0;
  for (const IpAddress& one : interface.addresses) {
    if (one.family() != family) continue;
    if (family == Family::kV6) {
      all.push_back(object({{"Ipv6Address", text(to_string(one))}}));
      continue;
    }
    std::string outside;
    const bool open = next < interface.public_addresses.size();
    if (open && (associations || next > 0)) {
      outside = object(
          {{"PublicIp", text(to_string(interface.public_addresses[next]))},
           {"IpOwnerId", text(interface.account)}});
    }
    all.push_back(object({{"PrivateIpAddress", text(to_string(one))},
                          {"Primary", text(next == 0)},
                          {"Association", outside}}));
    ++next;
  }
  return list(all);
}

void AwsWriter::write_interfaces() {
  for (const Interface& one : parts_.interfaces) {
    const Subnet& place = subnet(one.subnet.name);
    const Vpc& home = vpc(place.vpc.name);
    std::vector<std::string> groups;
    for (const auto& ref : one.security_groups->items) {
      groups.push_back(
          object({{"GroupId", text(ref.name)}, {"GroupName", text(ref.name)}}));
    }
    const bool serves =
        std::ranges::any_of(parts_.endpoints, [&](const Endpoint& endpoint) {
          return std::ranges::any_of(endpoint.interfaces, [&](const auto& ref) {
            return ref.name == one.name;
          });
        });
    const std::string made =
        object({{"NetworkInterfaceId", text(one.name)},
                {"InterfaceType", text(serves ? "vpc_endpoint" : "interface")},
                {"OwnerId", text(one.account)},
                {"SubnetId", text(place.name)},
                {"VpcId", text(home.name)},
                {"AvailabilityZone", text(zone_name(place))},
                {"Status", text("in-use")},
                {"SourceDestCheck", text(one.source_check.value)},
                {"Groups", list(groups)},
                {"PrivateIpAddress", text(to_string(one.addresses.front()))},
                {"Association", association_of(one)},
                {"PrivateIpAddresses",
                 addresses_of(one, Family::kV4, dice_.percent(70))},
                {"Ipv6Addresses", addresses_of(one, Family::kV6, false)},
                {"TagSet", "[]"}});
    add(scope_of(home), "NetworkInterfaces", made);
    if (one.account == home.account) continue;
    add({one.account, home.region}, "NetworkInterfaces", made);
  }
}

void AwsWriter::write_gateways() {
  for (const InternetGateway& one : parts_.internet_gateways) {
    if (!one.vpc) continue;
    add(scope_of(vpc(one.vpc->name)), "InternetGateways",
        object({{"InternetGatewayId", text(one.name)},
                {"OwnerId", text(vpc(one.vpc->name).account)},
                {"Attachments", attached(one.vpc->name, "available")}}));
  }
  for (const EgressOnlyGateway& one : parts_.egress_only_gateways) {
    add(scope_of(vpc(one.vpc.name)), "EgressOnlyInternetGateways",
        object({{"EgressOnlyInternetGatewayId", text(one.name)},
                {"Attachments", attached(one.vpc.name, "attached")}}));
  }
  for (const VpnGateway& one : parts_.vpn_gateways) {
    const std::string home = one.vpc ? one.vpc->name : "";
    const Vpc& where = home.empty() ? parts_.vpcs.front() : vpc(home);
    add(scope_of(where), "VpnGateways",
        object({{"VpnGatewayId", text(one.name)},
                {"State", text("available")},
                {"VpcAttachments",
                 home.empty() ? "[]" : attached(home, "attached")}}));
  }
}

void AwsWriter::write_nat_gateways() {
  for (const NatGateway& one : parts_.nat_gateways) {
    const Subnet& place = subnet(one.subnet.name);
    const Vpc& home = vpc(place.vpc.name);
    const std::string inside = text(to_string(one.private_address));
    const std::string id = text("eni-" + one.name);
    add(scope_of(home), "NatGateways",
        object(
            {{"NatGatewayId", text(one.name)},
             {"VpcId", text(home.name)},
             {"SubnetId", text(place.name)},
             {"State", text("available")},
             {"ConnectivityType", text(one.is_private ? "private" : "public")},
             {"NatGatewayAddresses",
              list({object(
                  {{"NetworkInterfaceId", id},
                   {"PrivateIp", inside},
                   {"PublicIp", one.public_address
                                    ? text(to_string(*one.public_address))
                                    : ""},
                   {"IsPrimary", "true"},
                   {"Status", text("succeeded")}})})}}));
    // Its interface is listed among all others.
    add(scope_of(home), "NetworkInterfaces",
        object({{"NetworkInterfaceId", id},
                {"InterfaceType", text("nat_gateway")},
                {"OwnerId", text(home.account)},
                {"SubnetId", text(place.name)},
                {"VpcId", text(home.name)},
                {"SourceDestCheck", "false"},
                {"Groups", "[]"},
                {"PrivateIpAddresses",
                 list({object({{"PrivateIpAddress", inside}})})}}));
  }
}

void AwsWriter::write_endpoints() {
  for (const Endpoint& one : parts_.endpoints) {
    const Vpc& home = vpc(one.vpc.name);
    const bool gateway = one.kind == EndpointKind::kGateway;
    const bool inspects = one.kind == EndpointKind::kInspection;
    std::vector<std::string> interfaces;
    for (const auto& ref : one.interfaces) interfaces.push_back(text(ref.name));
    std::vector<std::string> subnets;
    if (one.subnet) subnets.push_back(text(one.subnet->name));
    const std::string kind = gateway    ? "Gateway"
                             : inspects ? "GatewayLoadBalancer"
                                        : "Interface";
    add(scope_of(home), "VpcEndpoints",
        object({{"VpcEndpointId", text(one.name)},
                {"VpcEndpointType", text(kind)},
                {"VpcId", text(home.name)},
                {"ServiceName", text("com.amazonaws." + home.region + ".s3")},
                {"State", text("available")},
                {"OwnerId", text(home.account)},
                {"SubnetIds", list(subnets)},
                {"NetworkInterfaceIds", list(interfaces)}}));
  }
}

void AwsWriter::write_peerings() {
  const auto side = [&](const Vpc& one) {
    return object({{"VpcId", text(one.name)},
                   {"OwnerId", text(one.account)},
                   {"Region", text(one.region)},
                   {"CidrBlock", first_block(one.cidrs)}});
  };
  for (const Peering& one : parts_.peerings) {
    const Vpc& a = vpc(one.requester.name);
    const Vpc& b = vpc(one.accepter.name);
    const std::string code = one.active.value    ? "active"
                             : dice_.percent(50) ? "deleted"
                                                 : "pending-acceptance";
    const std::string made = object({{"VpcPeeringConnectionId", text(one.name)},
                                     {"Status", object({{"Code", text(code)}})},
                                     {"RequesterVpcInfo", side(a)},
                                     {"AccepterVpcInfo", side(b)}});
    add(scope_of(a), "VpcPeeringConnections", made);
    if (scope_of(a) != scope_of(b)) {
      add(scope_of(b), "VpcPeeringConnections", made);
    }
  }
}

/// The lists of AWS are in every account and Region, others in one.
void AwsWriter::write_lists() {
  for (const auto& [scope, _] : std::map{lists_}) {
    for (const PrefixList& one : parts_.prefix_lists) {
      const bool aws = one.name == "pl-s3";
      if (!aws && scope != lists_.begin()->first) continue;
      std::vector<std::string> entries;
      for (const WrittenPrefix& entry : one.entries.items) {
        entries.push_back(object({{"Cidr", text(to_string(entry.prefix))}}));
      }
      add(scope, "PrefixLists",
          object({{"PrefixListId", text(one.name)},
                  {"AddressFamily", text("IPv4")},
                  {"PrefixListName", text("list-" + one.name)},
                  {"OwnerId", text(aws ? "AWS" : scope.first)}}));
      add_file(scope, one.name, {{"Entries", list(entries)}});
    }
  }
}

}  // namespace netproof::testing
