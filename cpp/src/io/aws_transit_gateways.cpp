#include <algorithm>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

void add_gateway(AwsBuild& build, const AwsResource& resource) {
  const OddScope odd{build.reading};
  const AwsObject fields{build.reading, resource};
  fields.knows({"CreationTime", "Description", "Options", "OwnerId", "State",
                "Tags", "TransitGatewayArn", "TransitGatewayId"});
  if (fields.text("State") == "deleted") return;
  TransitGateway gateway;
  build.name(gateway, resource, fields, "TransitGatewayId");
  const AwsScope& scope = build.snapshot.scopes[resource.file->scope];
  gateway.region = scope.region;
  const AwsObject options = fields.object("Options");
  options.knows({"AmazonSideAsn", "AssociationDefaultRouteTableId",
                 "AutoAcceptSharedAttachments", "DefaultRouteTableAssociation",
                 "DefaultRouteTablePropagation", "DnsSupport",
                 "EncryptionSupport", "MulticastSupport",
                 "PropagationDefaultRouteTableId",
                 "SecurityGroupReferencingSupport", "TransitGatewayCidrBlocks",
                 "VpnEcmpSupport"});
  gateway.group_referencing =
      options.enabled("SecurityGroupReferencingSupport", false);
  const Open<bool> shares = options.enabled("VpnEcmpSupport", true);
  gateway.vpn_ecmp = shares.value;
  const bool foreign = !scope.account.empty() && !gateway.account.empty() &&
                       scope.account != gateway.account;
  // Only its owner sees the tables (S122).
  const std::size_t index = resource.file->scope;
  if (odd.odd() || shares.unknown || foreign ||
      build.misses(AwsFamily::kTransitTables, index) ||
      build.misses(AwsFamily::kTransitAttachments, index)) {
    build.doubted_gateways.insert(gateway.name);
  }
  build.parts.transit_gateways.push_back(std::move(gateway));
}

}  // namespace

void build_transit_gateways(AwsBuild& build) {
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kTransitGateways)) {
    add_gateway(build, one);
  }
  build_transit_attachments(build);
  for (const TransitAttachment& one : build.parts.transit_attachments) {
    auto& gateways = build.parts.transit_gateways;
    const std::string& name = one.gateway.name;
    if (std::ranges::find(gateways, name, &TransitGateway::name) !=
        gateways.end()) {
      continue;
    }
    TransitGateway gateway;
    gateway.name = name;
    gateway.where = one.gateway.where;
    gateway.group_referencing.unknown = true;
    gateways.push_back(std::move(gateway));
    build.doubted_gateways.insert(name);
  }
}

}  // namespace netproof::io
