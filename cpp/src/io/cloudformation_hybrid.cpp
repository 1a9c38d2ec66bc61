#include <array>
#include <utility>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Context = CloudFormationContext;
using Fields = CloudFormationFields;

void add_vpn_gateway(Context& context, const Fields& fields) {
  fields.copy_tags(
      context.network.declare(F::kVpnGateways, fields.id(), fields.at()));
}

// The attachment that comes with a connection to a transit gateway.
void add_link(Context& context, const Fields& fields, const AwsValue& gateway,
              const char* kind, const AwsValue& of) {
  DeclaredNetwork& network = context.network;
  const std::string id = fields.part("attachment");
  AwsValue& link = network.declare(F::kTransitAttachments, id, fields.at());
  put(link, "TransitGatewayId", gateway);
  put(link, "ResourceType", network.maker().text(kind, fields.at()));
  put(link, "ResourceId", of);
  network.join_default(std::string(gateway.text), id, {true, true},
                       fields.at());
}

void add_vpn(Context& context, const Fields& fields) {
  DeclaredNetwork& network = context.network;
  const bool transit = fields.says("TransitGatewayId");
  const AwsValue gateway =
      fields.need(transit ? "TransitGatewayId" : "VpnGatewayId");
  if (is_unknown(gateway)) {
    network.doubt_all(std::string(gateway.text), fields.at());
    return;
  }
  AwsValue& vpn = network.declare(F::kVpnConnections, fields.id(), fields.at());
  fields.copy_tags(vpn);
  fields.copy(vpn, "CustomerGatewayId");
  const std::optional<bool> fixed = fields.flag("StaticRoutesOnly", false);
  put(vpn, "Options",
      one_key("StaticRoutesOnly",
              fixed ? ValueMaker::flag(*fixed, fields.at())
                    : network.maker().unknown(fields.about("StaticRoutesOnly"),
                                              fields.at())));
  if (transit) {
    add_link(context, fields, gateway, "vpn",
             network.maker().text(fields.id(), fields.at()));
  } else {
    put(vpn, "VpnGatewayId", gateway);
  }
}

void add_vpn_route(Context& context, const Fields& fields) {
  const AwsValue id = fields.need("VpnConnectionId");
  if (is_unknown(id)) {
    context.network.doubt_all(std::string(id.text), fields.at());
    return;
  }
  AwsValue* vpn =
      context.network.find(F::kVpnConnections, std::string(id.text));
  if (vpn == nullptr) return;
  push(*vpn, "Routes",
       one_key("DestinationCidrBlock", fields.need("DestinationCidrBlock")));
}

void add_direct(Context& context, const Fields& fields) {
  AwsValue& gateway = context.network.declare(F::kDirectConnectGateways,
                                              fields.id(), fields.at());
  fields.copy(gateway, "DirectConnectGatewayName", "directConnectGatewayName");
}

void add_association(Context& context, const Fields& fields) {
  DeclaredNetwork& network = context.network;
  const AwsValue direct = fields.need("DirectConnectGatewayId");
  const AwsValue gateway = fields.need("AssociatedGatewayId");
  if (is_unknown(direct) || is_unknown(gateway)) {
    network.doubt_all(
        std::string(is_unknown(direct) ? direct.text : gateway.text),
        fields.at());
    return;
  }
  const bool virtual_gateway =
      network.find(F::kVpnGateways, std::string(gateway.text)) != nullptr ||
      gateway.text.starts_with("vgw-");
  AwsValue other = one_key("id", gateway);
  put(other, "type",
      network.maker().text(
          virtual_gateway ? "virtualPrivateGateway" : "transitGateway",
          fields.at()));
  AwsValue association = ValueMaker::map(fields.at());
  put(association, "directConnectGatewayId", direct);
  put(association, "associatedGateway", std::move(other));
  const char* const allowed = "allowedPrefixesToDirectConnectGateway";
  const AwsValue prefixes =
      fields.many("AllowedPrefixesToDirectConnectGateway");
  if (is_unknown(prefixes)) put(association, allowed, prefixes);
  for (const AwsValue::Member& one : prefixes.members) {
    push(association, allowed, one_key("cidr", one.value));
  }
  network.add(F::kDirectConnectAssociations, std::move(association));
  if (virtual_gateway) return;
  add_link(context, fields, gateway, "direct-connect-gateway", direct);
}

void add_interface(Context& context, const Fields& fields) {
  DeclaredNetwork& network = context.network;
  AwsValue& link =
      network.declare(F::kVirtualInterfaces, fields.id(), fields.at());
  const bool direct = fields.says("DirectConnectGatewayId");
  const AwsValue gateway =
      fields.need(direct ? "DirectConnectGatewayId" : "VirtualGatewayId");
  const std::optional<bool> site_link = fields.flag("EnableSiteLink", false);
  if (is_unknown(gateway) || !site_link) {
    network.doubt_all(is_unknown(gateway) ? std::string(gateway.text)
                                          : fields.about("EnableSiteLink"),
                      fields.at());
    return;
  }
  put(link, direct ? "directConnectGatewayId" : "virtualGatewayId", gateway);
  put(link, "siteLinkEnabled", ValueMaker::flag(*site_link, fields.at()));
  put(link, "virtualInterfaceType",
      network.maker().text("private", fields.at()));
  // Whether its session comes up is in no template.
  put(link, "virtualInterfaceState",
      network.maker().text("pending", fields.at()));
}

constexpr std::string_view kInterface =
    "AllocatePrivateVirtualInterfaceRoleArn AllocateTransitVirtualInterfaceRole"
    "Arn BgpPeers ConnectionId DirectConnectGatewayId EnableSiteLink Mtu "
    "VirtualGatewayId VirtualInterfaceName Vlan";

constexpr auto kRows = std::to_array<CloudFormationRow>({
    {"AWS::EC2::VPNGateway", 0, add_vpn_gateway, "AmazonSideAsn Type"},
    {"AWS::EC2::VPNConnection", 1, add_vpn,
     "CustomerGatewayId EnableAcceleration LocalIpv4NetworkCidr "
     "LocalIpv6NetworkCidr OutsideIpAddressType PreSharedKeyStorage "
     "RemoteIpv4NetworkCidr RemoteIpv6NetworkCidr StaticRoutesOnly "
     "TransitGatewayId TransportTransitGatewayAttachmentId TunnelBandwidth "
     "TunnelInsideIpVersion Type VpnGatewayId VpnTunnelOptionsSpecifications"},
    {"AWS::EC2::VPNConnectionRoute", 2, add_vpn_route,
     "DestinationCidrBlock VpnConnectionId"},
    {"AWS::DirectConnect::DirectConnectGateway", 0, add_direct,
     "AmazonSideAsn DirectConnectGatewayName"},
    {"AWS::DirectConnect::DirectConnectGatewayAssociation", 2, add_association,
     "AcceptDirectConnectGatewayAssociationProposalRoleArn "
     "AllowedPrefixesToDirectConnectGateway AssociatedGatewayId "
     "DirectConnectGatewayId"},
    {"AWS::DirectConnect::PrivateVirtualInterface", 1, add_interface,
     kInterface},
    {"AWS::DirectConnect::TransitVirtualInterface", 1, add_interface,
     kInterface},
});

}  // namespace

std::span<const CloudFormationRow> cloudformation_hybrid_rows() {
  return kRows;
}

}  // namespace netproof::io
