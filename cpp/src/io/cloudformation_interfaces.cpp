#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Context = CloudFormationContext;
using Fields = CloudFormationFields;
using Kind = AwsValue::Kind;

/// An interface while it is put together, from a resource of its own or from
/// an instance.
struct Card {
  std::string id;
  AwsValue subnet;
  std::vector<AwsValue> addresses;
  AwsValue v6;
  AwsValue groups;
  std::optional<bool> checks = true;
};

const AwsValue* subnet_of(Context& context, const AwsValue& id) {
  return context.network.find(F::kSubnets, std::string(known(id)));
}

// "" if nobody knows, which means any.
std::string vpc_of(Context& context, const AwsValue& subnet) {
  const AwsValue* home = subnet_of(context, subnet);
  return home == nullptr ? "" : std::string(known(said(*home, "VpcId")));
}

// In a subnet without known addresses nobody finds it.
bool is_listed(Context& context, const Card& card) {
  const AwsValue* home = subnet_of(context, card.subnet);
  return home != nullptr && !is_unknown(said(*home, "CidrBlock")) &&
         !card.addresses.empty() &&
         std::ranges::none_of(card.addresses, is_unknown) &&
         !is_unknown(card.v6) && card.checks.has_value();
}

// Without groups it carries the default one of its VPC.
AwsValue groups_of(Context& context, const AwsValue& groups, const Card& card,
                   const AwsValue& at) {
  if (!is_null(groups)) return groups;
  const ValueMaker& maker = context.network.maker();
  const std::string vpc = vpc_of(context, card.subnet);
  if (context.find(vpc) == nullptr) {
    return maker.unknown(card.id + ": its groups", at);
  }
  AwsValue list = ValueMaker::list(at);
  push(list, maker.text(vpc + "/DefaultSecurityGroup", at));
  return list;
}

void add_card(Context& context, const Fields& fields, const Card& card) {
  DeclaredNetwork& network = context.network;
  if (!is_listed(context, card)) {
    network.add_unlisted_interfaces();
    network.gap(fields.at(), card.id,
                "the interface may have any address of its subnet");
    // It may send as anybody, from where nobody knows.
    if (card.checks != true) {
      network.doubt_all(fields.about("SourceDestCheck"), fields.at());
    }
    return;
  }
  AwsValue& interface = network.declare(F::kInterfaces, card.id, fields.at());
  fields.copy_tags(interface, "TagSet");
  put(interface, "SubnetId", card.subnet);
  const std::string vpc = vpc_of(context, card.subnet);
  if (!vpc.empty()) {
    put(interface, "VpcId", network.maker().text(vpc, fields.at()));
  }
  put(interface, "SourceDestCheck",
      ValueMaker::flag(*card.checks, fields.at()));
  for (const AwsValue& address : card.addresses) {
    push(interface, "PrivateIpAddresses", one_key("PrivateIpAddress", address));
  }
  for (const AwsValue::Member& one : card.v6.members) {
    push(interface, "Ipv6Addresses",
         one_key("Ipv6Address", is_unknown(one.value)
                                    ? one.value
                                    : said(one.value, "Ipv6Address")));
  }
  if (is_unknown(card.groups)) put(interface, "Groups", card.groups);
  for (const AwsValue::Member& group : card.groups.members) {
    push(interface, "Groups", one_key("GroupId", group.value));
  }
}

/// The mapping that describes an interface: properties of its resource, or of
/// an instance, or an element of that one's list.
struct Description {
  const AwsValue& map;
  const char* groups;
};

bool asks(const AwsValue& map, std::string_view key) {
  const AwsValue value = said(map, key);
  return !is_null(value) && flag_of(value) != false;
}

// What AWS chooses is unknown.
void read_addresses(Context& context, const Description& of, Card& card) {
  const ValueMaker& maker = context.network.maker();
  const AwsValue more = said(of.map, "PrivateIpAddresses");
  const AwsValue first = said(of.map, "PrivateIpAddress");
  if (!is_null(first)) card.addresses.push_back(first);
  if (is_unknown(more)) card.addresses.push_back(more);
  for (const AwsValue::Member& one : more.members) {
    AwsValue address =
        is_unknown(one.value) ? one.value : said(one.value, "PrivateIpAddress");
    const bool primary = flag_of(said(one.value, "Primary")) == true;
    card.addresses.insert(
        primary ? card.addresses.begin() : card.addresses.end(),
        std::move(address));
  }
  if (card.addresses.empty() ||
      asks(of.map, "SecondaryPrivateIpAddressCount")) {
    card.addresses.push_back(
        maker.unknown(card.id + ": its private address", of.map));
  }
  card.v6 = said(of.map, "Ipv6Addresses");
  const AwsValue* home = subnet_of(context, card.subnet);
  const CloudFormationResource* subnet = context.find(known(card.subnet));
  const bool given = home == nullptr || subnet == nullptr ||
                     asks(subnet->properties, "AssignIpv6AddressOnCreation");
  if (asks(of.map, "Ipv6AddressCount") || (given && is_null(card.v6))) {
    card.v6 = maker.unknown(card.id + ": its IPv6 addresses", of.map);
  }
  for (const char* delegated :
       {"Ipv4Prefixes", "Ipv6Prefixes", "Ipv4PrefixCount", "Ipv6PrefixCount"}) {
    if (!asks(of.map, delegated)) continue;
    context.network.add_unlisted_interfaces();
  }
}

Card card_of(Context& context, const Description& of, std::string id) {
  Card card;
  card.id = std::move(id);
  card.subnet = said(of.map, "SubnetId");
  if (is_null(card.subnet)) {
    card.subnet =
        context.network.maker().unknown(card.id + ": its subnet", of.map);
  }
  read_addresses(context, of, card);
  card.groups = groups_of(context, said(of.map, of.groups), card, of.map);
  return card;
}

void add_interface(Context& context, const Fields& fields) {
  Card card = card_of(context, {fields.at(), "GroupSet"}, fields.id());
  card.checks = fields.flag("SourceDestCheck", true);
  add_card(context, fields, card);
}

// The subnet decides where the instance does not.
void doubt_public(Context& context, const Fields& fields, const AwsValue& asked,
                  const Card& card) {
  const CloudFormationResource* subnet = context.find(known(card.subnet));
  const bool by_subnet =
      subnet == nullptr || asks(subnet->properties, "MapPublicIpOnLaunch");
  const bool may = is_null(asked) ? by_subnet : flag_of(asked) != false;
  if (!may && !fields.says("LaunchTemplate")) return;
  context.network.doubt_public(vpc_of(context, card.subnet),
                               fields.about("PublicIp"), fields.at());
}

void add_own_interface(Context& context, const Fields& fields) {
  Card card = card_of(context, {fields.at(), "SecurityGroupIds"},
                      fields.part("interface"));
  card.checks = fields.flag("SourceDestCheck", true);
  const bool elsewhere =
      fields.says("SecurityGroups") || fields.says("LaunchTemplate");
  if (!fields.says("SecurityGroupIds") && elsewhere) {
    card.groups =
        context.network.maker().unknown(card.id + ": its groups", fields.at());
  }
  if (fields.says("LaunchTemplate")) card.checks.reset();
  doubt_public(context, fields, {}, card);
  add_card(context, fields, card);
}

void add_instance(Context& context, const Fields& fields) {
  const AwsValue own = fields.value("NetworkInterfaces");
  if (is_null(own)) {
    add_own_interface(context, fields);
    return;
  }
  if (own.kind != Kind::kList) {
    context.network.doubt_all(fields.about("NetworkInterfaces"), own);
    return;
  }
  for (const AwsValue::Member& one : own.members) {
    // Described where it is declared.
    if (!is_null(said(one.value, "NetworkInterfaceId"))) continue;
    const std::string index{known(said(one.value, "DeviceIndex"))};
    const bool first = index == "0";
    Card card =
        card_of(context, {one.value, "GroupSet"},
                fields.part(first ? "interface" : "interface-" + index));
    if (first) card.checks = fields.flag("SourceDestCheck", true);
    doubt_public(context, fields, said(one.value, "AssociatePublicIpAddress"),
                 card);
    add_card(context, fields, card);
  }
}

// AWS chooses the public address: whose it is, the internet can call.
void add_elastic(Context& context, const Fields& fields) {
  for (const char* property : {"NetworkInterfaceId", "InstanceId"}) {
    if (!fields.says(property)) continue;
    const std::string owner = fields.text(property);
    const CloudFormationResource* of = context.find(owner);
    AwsValue subnet;
    if (of != nullptr) subnet = said(of->properties, "SubnetId");
    context.network.doubt_public(vpc_of(context, subnet),
                                 fields.about(property), fields.at());
  }
}

constexpr auto kRows = std::to_array<CloudFormationRow>({
    {"AWS::EC2::NetworkInterface", 2, add_interface,
     "ConnectionTrackingSpecification Description EnablePrimaryIpv6 GroupSet "
     "InterfaceType Ipv4PrefixCount Ipv4Prefixes Ipv6AddressCount "
     "Ipv6Addresses Ipv6PrefixCount Ipv6Prefixes PrivateIpAddress "
     "PrivateIpAddresses SecondaryPrivateIpAddressCount SourceDestCheck "
     "SubnetId"},
    {"AWS::EC2::Instance", 2, add_instance,
     "AdditionalInfo Affinity AvailabilityZone BlockDeviceMappings CpuOptions "
     "CreditSpecification DisableApiTermination EbsOptimized "
     "EnclaveOptions HibernationOptions HostId HostResourceGroupArn "
     "IamInstanceProfile ImageId InstanceInitiatedShutdownBehavior "
     "InstanceType Ipv6AddressCount Ipv6Addresses KernelId KeyName "
     "LaunchTemplate LicenseSpecifications MetadataOptions Monitoring "
     "NetworkInterfaces PlacementGroupName PrivateDnsNameOptions "
     "PrivateIpAddress PropagateTagsToVolumeOnCreation RamdiskId "
     "SecurityGroupIds SecurityGroups SourceDestCheck SsmAssociations SubnetId "
     "Tenancy UserData Volumes"},
    {"AWS::EC2::EIP", 3, add_elastic,
     "Address Domain InstanceId IpamPoolId NetworkBorderGroup PublicIpv4Pool "
     "TransferAddress"},
    {"AWS::EC2::EIPAssociation", 3, add_elastic,
     "AllocationId EIP InstanceId NetworkInterfaceId PrivateIpAddress"},
});

}  // namespace

std::span<const CloudFormationRow> cloudformation_interface_rows() {
  return kRows;
}

}  // namespace netproof::io
