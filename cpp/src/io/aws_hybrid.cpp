#include <algorithm>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

void add_vpn_gateway(AwsBuild& build, const AwsResource& resource) {
  const OddScope odd{build.reading};
  const AwsObject fields{build.reading, resource};
  fields.knows({"AmazonSideAsn", "AvailabilityZone", "State", "Tags", "Type",
                "VpcAttachments", "VpnGatewayId"});
  if (fields.text("State").starts_with("delet")) return;
  VpnGateway gateway;
  build.name(gateway, resource, fields, "VpnGatewayId");
  for (const AwsObject& one : fields.list("VpcAttachments")) {
    const std::string state = one.text("State");
    if (state == "detached" || state == "detaching") continue;
    gateway.vpc = ref<Vpc>(one.text("VpcId"), one.where());
    build.vpc(gateway.vpc->name, gateway.vpc->where);
  }
  if (odd.odd() && gateway.vpc) build.doubted_vpcs.insert(gateway.vpc->name);
  build.parts.vpn_gateways.push_back(std::move(gateway));
}

// UP if one tunnel is.
Open<bool> tunnels(const AwsObject& connection) {
  Open<bool> up{false, true, connection.where("VgwTelemetry")};
  for (const AwsObject& tunnel : connection.list("VgwTelemetry")) {
    const std::string status = tunnel.text("Status");
    if (status == "UP") return {true, false, up.where};
    up.unknown = status != "DOWN";
  }
  return up;
}

void add_vpn(AwsBuild& build, const AwsResource& resource) {
  const OddScope odd{build.reading};
  const AwsObject fields{build.reading, resource};
  const std::string state = fields.text("State");
  if (state == "deleted" || state == "deleting") return;
  VpnConnection vpn;
  build.name(vpn, resource, fields, "VpnConnectionId");
  const std::string customer = fields.text("CustomerGatewayId");
  if (!customer.empty()) vpn.labels.emplace("customer-gateway", customer);
  vpn.site = ref<Site>(std::string(kOnPremises), fields.where());
  build.on_premises = true;
  const std::string gateway = fields.text("VpnGatewayId");
  if (!gateway.empty()) {
    vpn.vpn_gateway = ref<VpnGateway>(gateway, fields.where("VpnGatewayId"));
  }
  vpn.bgp = !fields.object("Options").flag("StaticRoutesOnly").value_or(false);
  vpn.up = tunnels(fields);
  if (odd.odd()) vpn.up.unknown = true;
  for (const AwsObject& route : fields.list("Routes")) {
    const std::string there = route.text("State");
    if (there == "deleted" || there == "deleting") continue;
    if (auto prefix = route.prefix("DestinationCidrBlock")) {
      vpn.advertised.items.push_back(std::move(*prefix));
    }
  }
  // What the other side says by BGP is in no answer of this call (S99).
  vpn.advertised.open = vpn.bgp || odd.odd();
  build.parts.vpn_connections.push_back(std::move(vpn));
}

void add_direct_connect_gateway(AwsBuild& build, const AwsResource& resource) {
  const AwsObject fields{build.reading, resource};
  if (fields.text("directConnectGatewayState") == "deleted") return;
  DirectConnectGateway gateway;
  build.name(gateway, resource, fields, "directConnectGatewayId",
             "ownerAccount");
  const std::string name = fields.text("directConnectGatewayName");
  if (!name.empty()) gateway.labels.emplace("Name", name);
  build.parts.direct_connect_gateways.push_back(std::move(gateway));
}

DirectConnectGateway& direct_connect_named(AwsBuild& build,
                                           const std::string& id,
                                           const Location& where) {
  auto& gateways = build.parts.direct_connect_gateways;
  const auto at = std::ranges::find(gateways, id, &DirectConnectGateway::name);
  if (at != gateways.end()) return *at;
  DirectConnectGateway gateway;
  gateway.name = id;
  gateway.where = where;
  gateways.push_back(std::move(gateway));
  return gateways.back();
}

void add_association(AwsBuild& build, const AwsResource& resource) {
  const AwsObject fields{build.reading, resource};
  const std::string state = fields.text("associationState");
  if (state == "disassociated") return;
  const AwsObject other = fields.object("associatedGateway");
  DirectConnectAssociation association;
  association.where = fields.where();
  const std::string id = other.text("id");
  const std::string kind = other.text("type");
  const OddScope odd{build.reading};
  if (kind == "transitGateway") {
    association.transit_gateway = ref<TransitGateway>(id, other.where());
  } else if (kind == "virtualPrivateGateway") {
    association.vpn_gateway = ref<VpnGateway>(id, other.where());
  } else {
    other.report_unknown("type");
    return;
  }
  if (state != "associated" && state != "updating" && !state.empty()) {
    if (state != "associating" && state != "disassociating") {
      fields.report_unknown("associationState");
    }
    association.allowed_prefixes.open = true;
  }
  for (const AwsObject& one :
       fields.list("allowedPrefixesToDirectConnectGateway")) {
    if (auto prefix = one.prefix("cidr")) {
      association.allowed_prefixes.items.push_back(std::move(*prefix));
    }
  }
  if (odd.odd()) association.allowed_prefixes.open = true;
  direct_connect_named(build, fields.text("directConnectGatewayId"),
                       fields.where())
      .associations.push_back(std::move(association));
}

void add_virtual_interface(AwsBuild& build, const AwsResource& resource) {
  const AwsObject fields{build.reading, resource};
  const std::string state = fields.text("virtualInterfaceState");
  const std::string kind = fields.text("virtualInterfaceType");
  if (state == "deleted" || state == "rejected") return;
  // A public one reaches AWS's own addresses only (S89).
  if (kind == "public") return;
  VirtualInterface link;
  build.name(link, resource, fields, "virtualInterfaceId", "ownerAccount");
  link.site = ref<Site>(std::string(kOnPremises), fields.where());
  build.on_premises = true;
  const std::string gateway = fields.text("directConnectGatewayId");
  const std::string straight = fields.text("virtualGatewayId");
  if (!gateway.empty()) {
    direct_connect_named(build, gateway, fields.where());
    link.gateway = ref<DirectConnectGateway>(
        gateway, fields.where("directConnectGatewayId"));
  } else if (!straight.empty()) {
    link.vpn_gateway =
        ref<VpnGateway>(straight, fields.where("virtualGatewayId"));
  } else {
    return;
  }
  link.up = {state == "available", false,
             fields.where("virtualInterfaceState")};
  if (state != "available" && state != "down") link.up.unknown = true;
  link.site_link = fields.flag("siteLinkEnabled").value_or(false);
  link.advertised.open = true;
  build.parts.virtual_interfaces.push_back(std::move(link));
}

}  // namespace

void build_vpn(AwsBuild& build) {
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kVpnGateways)) {
    add_vpn_gateway(build, one);
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kVpnConnections)) {
    add_vpn(build, one);
  }
}

void build_direct_connect(AwsBuild& build) {
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kDirectConnectGateways)) {
    add_direct_connect_gateway(build, one);
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kDirectConnectAssociations)) {
    add_association(build, one);
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kVirtualInterfaces)) {
    add_virtual_interface(build, one);
  }
}

}  // namespace netproof::io
