#include <algorithm>
#include <array>
#include <utility>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Kind = AwsValue::Kind;

constexpr TerraformTypes kVpnGatewayTypes{"aws_vpn_gateway"};
constexpr TerraformTypes kDirectTypes{"aws_dx_gateway"};
constexpr TerraformLink kVpnLink{"aws_vpn_gateway_attachment", "vpn_gateway_id",
                                 "vpc_id"};

void attach(AwsValue& gateway, const AwsValue& vpc) {
  AwsValue attachment = ValueMaker::map(vpc);
  put(attachment, "VpcId", vpc);
  push(gateway, "VpcAttachments", std::move(attachment));
}

void add_vpn_gateway(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& gateway =
      context.network.declare(F::kVpnGateways, fields.id(), fields.at());
  fields.copy_common(gateway);
  if (is_null(own_vpc(context, fields, kVpnLink))) return;
  const AwsValue vpc = fields.one("vpc_id", kVpcTypes);
  if (is_unknown(vpc)) {
    context.network.doubt_all(std::string(vpc.text), fields.at());
    return;
  }
  attach(gateway, vpc);
}

void attach_vpn_gateway(TerraformContext& context,
                        const TerraformFields& fields) {
  const AwsValue id = fields.one("vpn_gateway_id", kVpnGatewayTypes);
  const AwsValue vpc = fields.one("vpc_id", kVpcTypes);
  if (is_unknown(id) || is_unknown(vpc)) {
    context.network.doubt_all(std::string(is_unknown(id) ? id.text : vpc.text),
                              fields.at());
    return;
  }
  const std::string name{id.text};
  AwsValue* known_one = context.network.find(F::kVpnGateways, name);
  AwsValue& gateway = known_one != nullptr
                          ? *known_one
                          : context.network.declare(F::kVpnGateways, name, id);
  if (gateway.find("VpcAttachments") == nullptr) attach(gateway, vpc);
}

// The attachment that comes with a connection to a transit gateway.
void add_link(TerraformContext& context, const TerraformFields& fields,
              const AwsValue& gateway, const char* kind,
              const std::string& of) {
  DeclaredNetwork& network = context.network;
  const std::string id = fields.part("transit_gateway_attachment_id");
  AwsValue& link = network.declare(F::kTransitAttachments, id, fields.at());
  put(link, "TransitGatewayId", gateway);
  put(link, "ResourceType", network.maker().text(kind, fields.at()));
  put(link, "ResourceId", network.maker().text(of, fields.at()));
  join_default_tables(context, fields, id, gateway, {true, true});
}

void add_vpn(TerraformContext& context, const TerraformFields& fields) {
  DeclaredNetwork& network = context.network;
  const std::string id = fields.id();
  const bool transit = !is_null(fields.value("transit_gateway_id"));
  const AwsValue gateway =
      transit ? fields.one("transit_gateway_id", {"aws_ec2_transit_gateway"})
              : fields.one("vpn_gateway_id", kVpnGatewayTypes);
  if (is_unknown(gateway)) {
    network.doubt_all(std::string(gateway.text), fields.at());
    return;
  }
  AwsValue& vpn = network.declare(F::kVpnConnections, id, fields.at());
  fields.copy_common(vpn);
  AwsValue options = ValueMaker::map(fields.at());
  put(options, "StaticRoutesOnly", fields.value("static_routes_only"));
  put(vpn, "Options", std::move(options));
  if (transit) {
    add_link(context, fields, gateway, "vpn", id);
  } else {
    put(vpn, "VpnGatewayId", gateway);
  }
}

void add_vpn_route(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue id = fields.one("vpn_connection_id", {"aws_vpn_connection"});
  if (is_unknown(id)) {
    context.network.doubt_all(std::string(id.text), fields.at());
    return;
  }
  AwsValue* vpn =
      context.network.find(F::kVpnConnections, std::string(id.text));
  if (vpn == nullptr) return;
  AwsValue route = ValueMaker::map(fields.at());
  put(route, "DestinationCidrBlock", fields.chosen("destination_cidr_block"));
  push(*vpn, "Routes", std::move(route));
}

void add_direct(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& gateway = context.network.declare(F::kDirectConnectGateways,
                                              fields.id(), fields.at());
  put(gateway, "directConnectGatewayName", fields.value("name"));
}

void add_association(TerraformContext& context, const TerraformFields& fields) {
  DeclaredNetwork& network = context.network;
  const AwsValue direct = fields.one("dx_gateway_id", kDirectTypes);
  // By proposal the other account says which gateway it is.
  const bool named = !is_null(fields.value("associated_gateway_id"));
  const AwsValue gateway = fields.one(
      "associated_gateway_id", {"aws_ec2_transit_gateway", "aws_vpn_gateway"});
  if (is_unknown(direct) || (named && is_unknown(gateway))) {
    network.doubt_all(
        std::string(is_unknown(direct) ? direct.text : gateway.text),
        fields.at());
    return;
  }
  const bool virtual_gateway =
      network.find(F::kVpnGateways, std::string(known(gateway))) != nullptr ||
      known(gateway).starts_with("vgw-");
  AwsValue other = ValueMaker::map(fields.at());
  put(other, "id", gateway);
  put(other, "type",
      network.maker().text(
          virtual_gateway ? "virtualPrivateGateway" : "transitGateway",
          fields.at()));
  AwsValue association = ValueMaker::map(fields.at());
  put(association, "directConnectGatewayId", direct);
  put(association, "associatedGateway", std::move(other));
  const AwsValue prefixes = fields.chosen("allowed_prefixes");
  if (is_unknown(prefixes)) {
    put(association, "allowedPrefixesToDirectConnectGateway", prefixes);
  }
  for (const AwsValue::Member& one : prefixes.members) {
    AwsValue prefix = ValueMaker::map(one.value);
    put(prefix, "cidr", one.value);
    push(association, "allowedPrefixesToDirectConnectGateway",
         std::move(prefix));
  }
  network.add(F::kDirectConnectAssociations, std::move(association));
  if (virtual_gateway || !named) return;
  add_link(context, fields, gateway, "direct-connect-gateway",
           std::string(direct.text));
}

void add_interface(TerraformContext& context, const TerraformFields& fields) {
  DeclaredNetwork& network = context.network;
  AwsValue& link =
      network.declare(F::kVirtualInterfaces, fields.id(), fields.at());
  const bool direct = !is_null(fields.value("dx_gateway_id"));
  const AwsValue gateway = direct
                               ? fields.one("dx_gateway_id", kDirectTypes)
                               : fields.one("vpn_gateway_id", kVpnGatewayTypes);
  if (is_unknown(gateway)) {
    network.doubt_all(std::string(gateway.text), fields.at());
    return;
  }
  put(link, direct ? "directConnectGatewayId" : "virtualGatewayId", gateway);
  const auto site_link = fields.flag("sitelink_enabled", false);
  if (!site_link) {
    network.doubt_all(fields.about("sitelink_enabled"), fields.at());
  }
  put(link, "siteLinkEnabled",
      ValueMaker::flag(site_link.value_or(true), fields.at()));
  put(link, "virtualInterfaceType",
      network.maker().text("private", fields.at()));
  // Whether its session comes up is not Terraform's to say.
  put(link, "virtualInterfaceState",
      network.maker().text("pending", fields.at()));
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"aws_vpn_gateway", 0, add_vpn_gateway},
    {"aws_vpn_gateway_attachment", 1, attach_vpn_gateway},
    {"aws_vpn_connection", 1, add_vpn},
    {"aws_vpn_connection_route", 2, add_vpn_route},
    {"aws_dx_gateway", 0, add_direct},
    {"aws_dx_gateway_association", 2, add_association},
    {"aws_dx_private_virtual_interface", 1, add_interface},
    {"aws_dx_transit_virtual_interface", 1, add_interface},
    {"aws_dx_hosted_private_virtual_interface_accepter", 1, add_interface},
    {"aws_dx_hosted_transit_virtual_interface_accepter", 1, add_interface},
});

}  // namespace

std::span<const TerraformRow> terraform_hybrid_rows() { return kRows; }

}  // namespace netproof::io
