#include <array>
#include <utility>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Context = CloudFormationContext;
using Fields = CloudFormationFields;

void add_block(AwsValue& owner, const AwsValue& cidr, bool v6) {
  if (is_null(cidr)) return;
  push(owner, v6 ? "Ipv6CidrBlockAssociationSet" : "CidrBlockAssociationSet",
       one_key(v6 ? "Ipv6CidrBlock" : "CidrBlock", cidr));
}

// A block that AWS chooses, where one of `asked_by` asks for it.
AwsValue chosen_block(Context& context, const Fields& fields,
                      std::string_view property,
                      std::initializer_list<std::string_view> asked_by) {
  const AwsValue cidr = fields.value(property);
  if (!is_null(cidr)) return cidr;
  for (const std::string_view asks : asked_by) {
    if (fields.says(asks) && fields.flag(asks, false) != false) {
      return context.network.maker().unknown(fields.about(property),
                                             fields.value(asks));
    }
  }
  return {};
}

void add_blocks(Context& context, const Fields& fields, AwsValue& owner) {
  add_block(owner,
            chosen_block(context, fields, "CidrBlock", {"Ipv4IpamPoolId"}),
            false);
  add_block(
      owner,
      chosen_block(context, fields, "Ipv6CidrBlock",
                   {"AmazonProvidedIpv6CidrBlock", "Ipv6Pool", "Ipv6IpamPoolId",
                    "Ipv6Native", "AssignIpv6AddressOnCreation"}),
      true);
}

void add_vpc(Context& context, const Fields& fields) {
  DeclaredNetwork& network = context.network;
  AwsValue& vpc = network.declare(F::kVpcs, fields.id(), fields.at());
  fields.copy_tags(vpc);
  add_blocks(context, fields, vpc);
  network.add_vpc({fields.id(), fields.part("DefaultSecurityGroup"),
                   fields.part("DefaultNetworkAcl"),
                   fields.part("main-route-table"), Age::kNew},
                  fields.at());
}

// What adds to an object that is named by a property; null if nobody knows
// which that is, or nobody describes it.
AwsValue* owner_of(Context& context, const Fields& fields, AwsFamily family,
                   std::string_view property) {
  const AwsValue id = fields.need(property);
  if (!is_unknown(id)) {
    return context.network.find(family, std::string(id.text));
  }
  context.network.doubt_all(fields.about(property), id);
  return nullptr;
}

void add_vpc_block(Context& context, const Fields& fields) {
  AwsValue* vpc = owner_of(context, fields, F::kVpcs, "VpcId");
  if (vpc != nullptr) add_blocks(context, fields, *vpc);
}

void add_subnet(Context& context, const Fields& fields) {
  AwsValue& subnet =
      context.network.declare(F::kSubnets, fields.id(), fields.at());
  fields.copy_tags(subnet);
  put(subnet, "VpcId", fields.need("VpcId"));
  AwsValue cidr =
      chosen_block(context, fields, "CidrBlock", {"Ipv4IpamPoolId"});
  put(subnet, "CidrBlock", std::move(cidr));
  add_block(subnet,
            chosen_block(context, fields, "Ipv6CidrBlock",
                         {"Ipv6Native", "Ipv6IpamPoolId",
                          "AssignIpv6AddressOnCreation"}),
            true);
  fields.copy(subnet, "AvailabilityZoneId");
  // Where nothing is said AWS chooses.
  put(subnet, "AvailabilityZone", fields.need("AvailabilityZone"));
}

void add_subnet_block(Context& context, const Fields& fields) {
  AwsValue* subnet = owner_of(context, fields, F::kSubnets, "SubnetId");
  if (subnet == nullptr) return;
  AwsValue cidr = fields.value("Ipv6CidrBlock");
  if (is_null(cidr)) {
    cidr = context.network.maker().unknown(fields.about("Ipv6CidrBlock"),
                                           fields.at());
  }
  add_block(*subnet, cidr, true);
}

void add_internet_gateway(Context& context, const Fields& fields) {
  fields.copy_tags(
      context.network.declare(F::kInternetGateways, fields.id(), fields.at()));
}

// Of an internet gateway or of a VPN gateway.
void attach_gateway(Context& context, const Fields& fields) {
  DeclaredNetwork& network = context.network;
  const AwsValue vpc = fields.need("VpcId");
  const bool vpn = fields.says("VpnGatewayId");
  const bool both = vpn && fields.says("InternetGatewayId");
  const AwsValue gateway =
      fields.need(vpn ? "VpnGatewayId" : "InternetGatewayId");
  if (is_unknown(vpc) || is_unknown(gateway) || both) {
    network.doubt_all(std::string(is_unknown(vpc) ? vpc.text : gateway.text),
                      fields.at());
    return;
  }
  AwsValue& to = network.declare(vpn ? F::kVpnGateways : F::kInternetGateways,
                                 std::string(gateway.text), gateway);
  push(to, vpn ? "VpcAttachments" : "Attachments", one_key("VpcId", vpc));
}

void add_egress_only(Context& context, const Fields& fields) {
  AwsValue& gateway =
      context.network.declare(F::kEgressOnlyGateways, fields.id(), fields.at());
  fields.copy_tags(gateway);
  const AwsValue vpc = fields.need("VpcId");
  if (is_unknown(vpc)) {
    context.network.doubt_all(std::string(vpc.text), vpc);
    return;
  }
  push(gateway, "Attachments", one_key("VpcId", vpc));
}

void add_nat(Context& context, const Fields& fields) {
  const ValueMaker& maker = context.network.maker();
  AwsValue& nat =
      context.network.declare(F::kNatGateways, fields.id(), fields.at());
  fields.copy_tags(nat);
  // Without a subnet it is regional, and of a VPC.
  const bool regional = fields.says("VpcId") && !fields.says("SubnetId");
  const AwsValue subnet = fields.need("SubnetId");
  const AwsValue* home =
      context.network.find(F::kSubnets, std::string(known(subnet)));
  put(nat, "VpcId",
      home == nullptr ? fields.value("VpcId") : said(*home, "VpcId"));
  if (!regional) put(nat, "SubnetId", subnet);
  fields.copy(nat, "ConnectivityType");
  fields.copy(nat, "AvailabilityMode");
  AwsValue address = ValueMaker::map(fields.at());
  put(address, "PrivateIp", fields.need("PrivateIpAddress"));
  if (fields.text("ConnectivityType") != "private") {
    put(address, "PublicIp",
        maker.unknown(fields.about("PublicIp"), fields.at()));
  }
  push(nat, "NatGatewayAddresses", std::move(address));
  // With several addresses it is not modelled.
  for (const char* more :
       {"SecondaryAllocationIds", "SecondaryPrivateIpAddressCount",
        "SecondaryPrivateIpAddresses", "AvailabilityZoneAddresses"}) {
    if (!fields.says(more)) continue;
    push(nat, "NatGatewayAddresses",
         maker.unknown(fields.about(more), fields.at()));
  }
}

void add_peering(Context& context, const Fields& fields) {
  const ValueMaker& maker = context.network.maker();
  const AwsValue ours = fields.need("VpcId");
  const AwsValue theirs = fields.need("PeerVpcId");
  if (is_unknown(ours) || is_unknown(theirs)) {
    context.network.doubt_all(
        std::string(is_unknown(ours) ? ours.text : theirs.text), fields.at());
    return;
  }
  AwsValue& peering =
      context.network.declare(F::kPeerings, fields.id(), fields.at());
  fields.copy_tags(peering);
  put(peering, "RequesterVpcInfo", one_key("VpcId", ours));
  put(peering, "AccepterVpcInfo", one_key("VpcId", theirs));
  // Within an account, and by a role of the other one, it is accepted at once.
  const bool active =
      !fields.says("PeerOwnerId") || !fields.text("PeerRoleArn").empty();
  put(peering, "Status",
      one_key("Code", active ? maker.text("active", fields.at())
                             : maker.unknown(fields.about("PeerOwnerId"),
                                             fields.at())));
}

void add_public_access(Context& context, const Fields& fields) {
  AwsValue options = ValueMaker::map(fields.at());
  put(options, "InternetGatewayBlockMode",
      fields.need("InternetGatewayBlockMode"));
  context.network.add(F::kPublicAccess, std::move(options));
}

void add_exclusion(Context& context, const Fields& fields) {
  const AwsValue of =
      fields.need(fields.says("SubnetId") ? "SubnetId" : "VpcId");
  if (is_unknown(of)) {
    context.network.doubt_all(std::string(of.text), fields.at());
    return;
  }
  AwsValue exclusion = ValueMaker::map(fields.at());
  put(exclusion, "ResourceArn", of);
  put(exclusion, "InternetGatewayExclusionMode",
      fields.need("InternetGatewayExclusionMode"));
  context.network.add(F::kPublicAccessExclusions, std::move(exclusion));
}

constexpr auto kRows = std::to_array<CloudFormationRow>({
    {"AWS::EC2::VPC", 0, add_vpc,
     "CidrBlock EnableDnsHostnames EnableDnsSupport InstanceTenancy "
     "Ipv4IpamPoolId Ipv4NetmaskLength"},
    {"AWS::EC2::VPCCidrBlock", 1, add_vpc_block,
     "AmazonProvidedIpv6CidrBlock CidrBlock Ipv4IpamPoolId Ipv4NetmaskLength "
     "Ipv6CidrBlock Ipv6CidrBlockNetworkBorderGroup Ipv6IpamPoolId "
     "Ipv6NetmaskLength Ipv6Pool VpcId"},
    {"AWS::EC2::Subnet", 0, add_subnet,
     "AssignIpv6AddressOnCreation AvailabilityZone AvailabilityZoneId "
     "CidrBlock "
     "EnableDns64 Ipv4IpamPoolId Ipv4NetmaskLength Ipv6CidrBlock "
     "Ipv6IpamPoolId Ipv6Native Ipv6NetmaskLength MapPublicIpOnLaunch "
     "PrivateDnsNameOptionsOnLaunch VpcId"},
    {"AWS::EC2::SubnetCidrBlock", 1, add_subnet_block,
     "Ipv6CidrBlock Ipv6IpamPoolId Ipv6NetmaskLength SubnetId"},
    {"AWS::EC2::InternetGateway", 0, add_internet_gateway, ""},
    {"AWS::EC2::VPCGatewayAttachment", 2, attach_gateway,
     "InternetGatewayId VpcId VpnGatewayId"},
    {"AWS::EC2::EgressOnlyInternetGateway", 0, add_egress_only, "VpcId"},
    {"AWS::EC2::NatGateway", 1, add_nat,
     "AllocationId AvailabilityMode AvailabilityZoneAddresses ConnectivityType "
     "MaxDrainDurationSeconds PrivateIpAddress SecondaryAllocationIds "
     "SecondaryPrivateIpAddressCount SecondaryPrivateIpAddresses SubnetId "
     "VpcId"},
    {"AWS::EC2::VPCPeeringConnection", 0, add_peering,
     "PeerOwnerId PeerRegion PeerRoleArn PeerVpcId VpcId"},
    {"AWS::EC2::VPCBlockPublicAccessOptions", 0, add_public_access,
     "InternetGatewayBlockMode"},
    {"AWS::EC2::VPCBlockPublicAccessExclusion", 0, add_exclusion,
     "InternetGatewayExclusionMode SubnetId VpcId"},
});

}  // namespace

std::span<const CloudFormationRow> cloudformation_vpc_rows() { return kRows; }

}  // namespace netproof::io
