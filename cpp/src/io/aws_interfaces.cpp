#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "io/aws_build.hpp"
#include "io/word_lists.hpp"

namespace netproof::io {
namespace {

// Interfaces of services that stand in the network as objects of their own.
constexpr auto kOwnedByGateways = std::to_array<std::string_view>(
    {"nat_gateway", "natGateway", "transit_gateway",
     "gateway_load_balancer_endpoint"});

constexpr auto kKinds = std::to_array<std::string_view>(
    {"", "interface", "efa", "efa-only", "trunk", "branch", "load_balancer",
     "network_load_balancer", "gateway_load_balancer", "vpc_endpoint", "lambda",
     "quicksight", "global_accelerator_managed", "api_gateway_managed",
     "iot_rules_managed", "aws_codestar_connections_managed",
     "ec2_instance_connect_endpoint", "evs"});

class InterfaceBuilder {
 public:
  InterfaceBuilder(AwsBuild& build, const AwsObject& fields)
      : build_{build}, fields_{fields} {}

  void add() {
    const OddScope odd{build_.reading};
    const std::string kind = fields_.text("InterfaceType");
    if (among(kOwnedByGateways, kind)) return;
    fields_.knows({"Association",
                   "AssociatedSubnets",
                   "Attachment",
                   "AvailabilityZone",
                   "AvailabilityZoneId",
                   "ConnectionTrackingConfiguration",

                   "Description",
                   "Groups",
                   "InterfaceType",
                   "Ipv4Prefixes",
                   "Ipv6Address",
                   "Ipv6Addresses",
                   "Ipv6Native",
                   "Ipv6Prefixes",
                   "MacAddress",
                   "NetworkInterfaceId",
                   "Operator",
                   "OutpostArn",
                   "OwnerId",
                   "PrivateDnsName",
                   "PrivateIpAddress",
                   "PrivateIpAddresses",
                   "PublicDnsName",
                   "PublicIpDnsNameOptions",
                   "RequesterId",
                   "RequesterManaged",
                   "SourceDestCheck",
                   "Status",
                   "SubnetId",
                   "TagSet",
                   "VpcId"});
    if (!among(kKinds, kind)) fields_.report_unknown("InterfaceType");
    Interface interface;
    name(interface);
    const auto subnet = build_.subnets.find(fields_.text("SubnetId"));
    if (subnet == build_.subnets.end()) {
      report_homeless();
      return;
    }
    interface.subnet =
        ref<Subnet>(fields_.text("SubnetId"), fields_.where("SubnetId"));
    read_addresses(interface, build_.parts.subnets[subnet->second]);
    read_groups(interface);
    const auto check = fields_.flag("SourceDestCheck");
    interface.source_check = {check.value_or(true), false,
                              fields_.where("SourceDestCheck")};
    if (odd.odd()) {
      interface.source_check.unknown = true;
      interface.security_groups->open = true;
    }
    build_.interfaces[interface.name] = build_.parts.interfaces.size();
    build_.parts.interfaces.push_back(std::move(interface));
  }

 private:
  void name(Interface& interface) {
    interface.name = fields_.text("NetworkInterfaceId");
    interface.where = fields_.where("NetworkInterfaceId");
    interface.account = fields_.text("OwnerId");
    interface.labels = fields_.tags("TagSet");
    const std::string instance =
        fields_.object("Attachment").text("InstanceId");
    if (!instance.empty()) interface.labels.emplace("instance", instance);
  }

  void report_homeless() {
    const std::string vpc = fields_.text("VpcId");
    build_.reading.gap("snapshot-has-every-call", fields_.where("SubnetId"),
                       "a snapshot describes the subnet of an interface",
                       fields_.text("SubnetId"), "the interface is left out");
    if (!vpc.empty()) {
      const std::size_t at = build_.vpc(vpc, fields_.where("VpcId")).index;
      build_.parts.vpcs[at].subnets_open = true;
    }
  }

  // AWS delegates /28 and /80. What is wider than the first is too much to list
  // one by one: any address of the subnet may then be its.
  void add_delegated(Subnet& subnet, std::vector<IpAddress>& addresses) const {
    constexpr int kDelegated = 28;
    if (fields_.has("Ipv6Prefixes")) subnet.interfaces_open = true;
    for (const AwsObject& one : fields_.list("Ipv4Prefixes")) {
      const auto prefix = one.prefix("Ipv4Prefix");
      if (!prefix) continue;
      const IpPrefix& block = prefix->prefix;
      if (block.family() != Family::kV4 || block.length() < kDelegated) {
        subnet.interfaces_open = true;
        continue;
      }
      for (Uint128 value = block.first().value(); value <= block.last().value();
           value = value + 1) {
        addresses.push_back(IpAddress::make(Family::kV4, value));
      }
    }
  }

  // The association of the interface is that of its primary address, which not
  // every answer repeats there.
  std::optional<IpAddress> public_address(const AwsObject& one,
                                          const IpAddress& address) const {
    const auto own = one.object("Association").address("PublicIp");
    if (own || fields_.address("PrivateIpAddress") != address) return own;
    return fields_.object("Association").address("PublicIp");
  }

  // Addresses with a public one come first: both lists go in step (S27).
  void read_addresses(Interface& interface, Subnet& subnet) {
    std::vector<IpAddress> others;
    const auto add = [&](const AwsObject& one) {
      const auto address = one.address("PrivateIpAddress");
      if (!address) return;
      if (const auto outside = public_address(one, *address)) {
        interface.addresses.push_back(*address);
        interface.public_addresses.push_back(*outside);
      } else {
        others.push_back(*address);
      }
    };
    const std::vector<AwsObject> listed = fields_.list("PrivateIpAddresses");
    for (const AwsObject& one : listed) add(one);
    if (listed.empty()) add(fields_);
    add_delegated(subnet, others);
    for (const AwsObject& one : fields_.list("Ipv6Addresses")) {
      if (const auto address = one.address("Ipv6Address")) {
        others.push_back(*address);
      }
    }
    interface.addresses.insert(interface.addresses.end(), others.begin(),
                               others.end());
  }

  void read_groups(Interface& interface) {
    interface.security_groups.emplace();
    interface.security_groups->where = fields_.where("Groups");
    for (const AwsObject& group : fields_.list("Groups")) {
      group.knows({"GroupId", "GroupName"});
      const std::string id = group.text("GroupId");
      interface.security_groups->items.push_back(
          ref<SecurityGroup>(id, group.where()));
      const auto known = build_.groups.find(id);
      if (known == build_.groups.end()) continue;
      const auto& home = build_.parts.security_groups[known->second].vpc.name;
      const std::string vpc = fields_.text("VpcId");
      if (!vpc.empty() && home != vpc) build_.group_vpcs[id].insert(vpc);
    }
    // A network load balancer may have none, and then lets everything in.
    if (interface.security_groups->items.empty()) {
      interface.security_groups->open = true;
    }
  }

  AwsBuild& build_;
  const AwsObject& fields_;
};

void add_interfaces_of_instance(AwsBuild& build, const AwsObject& instance) {
  const std::string state = instance.object("State").text("Name");
  if (state == "terminated") return;
  for (const AwsObject& one : instance.list("NetworkInterfaces")) {
    const std::string id = one.text("NetworkInterfaceId");
    if (id.empty()) continue;
    if (!build.interfaces.contains(id)) InterfaceBuilder{build, one}.add();
    const auto at = build.interfaces.find(id);
    if (at == build.interfaces.end()) continue;
    for (auto& [key, value] : instance.tags()) {
      build.parts.interfaces[at->second].labels.emplace(key, value);
    }
  }
}

// A group that interfaces of another VPC carry stands there once more: carriers
// belong to the VPC of their group (S75).
std::string twin_name(const std::string& group, const std::string& vpc) {
  return group + "/" + vpc;
}

void add_twins(AwsBuild& build) {
  TopologyParts& parts = build.parts;
  for (const auto& [id, vpcs] : build.group_vpcs) {
    const auto at = build.groups.find(id);
    if (at == build.groups.end()) continue;
    for (const std::string& vpc : vpcs) {
      SecurityGroup twin = parts.security_groups[at->second];
      if (twin.vpc.name == vpc) continue;
      twin.name = twin_name(id, vpc);
      twin.vpc.name = vpc;
      parts.security_groups.push_back(std::move(twin));
    }
  }
}

void refer_to_twins(AwsBuild& build, OpenList<SecurityGroupRule>& rules) {
  for (SecurityGroupRule& rule : rules.items) {
    const std::size_t written = rule.peers.items.size();
    for (std::size_t i = 0; i < written; ++i) {
      const auto* group = std::get_if<Ref<SecurityGroup>>(&rule.peers.items[i]);
      if (group == nullptr) continue;
      const Ref<SecurityGroup> original = *group;
      const auto at = build.group_vpcs.find(original.name);
      if (at == build.group_vpcs.end()) continue;
      for (const std::string& vpc : at->second) {
        rule.peers.items.emplace_back(
            ref<SecurityGroup>(twin_name(original.name, vpc), original.where));
      }
    }
  }
}

void carry_twins(AwsBuild& build) {
  TopologyParts& parts = build.parts;
  for (Interface& interface : parts.interfaces) {
    const auto subnet = build.subnets.find(interface.subnet.name);
    if (subnet == build.subnets.end()) continue;
    const std::string& vpc = parts.subnets[subnet->second].vpc.name;
    for (Ref<SecurityGroup>& group : interface.security_groups->items) {
      const auto at = build.group_vpcs.find(group.name);
      if (at == build.group_vpcs.end() || !at->second.contains(vpc)) continue;
      const auto home = build.groups.find(group.name);
      if (home == build.groups.end()) continue;
      if (parts.security_groups[home->second].vpc.name != vpc) {
        group.name = twin_name(group.name, vpc);
      }
    }
  }
}

// Addresses that no interface lists carry any group of their VPC (contract
// 3.3).
void give_groups_to_unlisted(AwsBuild& build) {
  for (auto& [_, notes] : build.vpcs) {
    Vpc& vpc = build.parts.vpcs[notes.index];
    vpc.security_groups.emplace();
    vpc.security_groups->open = build.misses(AwsFamily::kSecurityGroups, notes);
  }
  for (const SecurityGroup& group : build.parts.security_groups) {
    const auto at = build.vpcs.find(group.vpc.name);
    if (at == build.vpcs.end()) continue;
    Vpc& vpc = build.parts.vpcs[at->second.index];
    vpc.security_groups->items.push_back(
        ref<SecurityGroup>(group.name, group.where));
  }
}

}  // namespace

void build_interfaces(AwsBuild& build) {
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kInterfaces)) {
    const AwsObject fields{build.reading, one};
    InterfaceBuilder{build, fields}.add();
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kReservations)) {
    for (const AwsObject& instance :
         AwsObject{build.reading, one}.list("Instances")) {
      add_interfaces_of_instance(build, instance);
    }
  }
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kInstances)) {
    add_interfaces_of_instance(build, {build.reading, one});
  }
  add_twins(build);
  for (SecurityGroup& group : build.parts.security_groups) {
    refer_to_twins(build, group.ingress);
    refer_to_twins(build, group.egress);
  }
  carry_twins(build);
  give_groups_to_unlisted(build);
}

}  // namespace netproof::io
