#include <algorithm>
#include <array>
#include <utility>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Context = CloudFormationContext;
using Fields = CloudFormationFields;
using Sort = DeclaredNetwork::Sort;

// A table that takes part by itself: the one that is named, else the one that
// AWS makes; "" if none does (S51).
std::string default_table(Context& context, const Fields& fields,
                          const char* option, const char* named) {
  const AwsValue word = fields.value(option);
  const AwsValue table = fields.value(named);
  for (const AwsValue& one : {word, table}) {
    if (is_unknown(one)) {
      context.network.doubt(Sort::kTransit, std::string(one.text), fields.at());
    }
  }
  if (!is_null(word) && known(word) != "enable") return {};
  if (!known(table).empty()) return std::string(known(table));
  return fields.part("default-route-table");
}

void add_gateway(Context& context, const Fields& fields) {
  AwsValue& gateway =
      context.network.declare(F::kTransitGateways, fields.id(), fields.at());
  fields.copy_tags(gateway);
  AwsValue options = ValueMaker::map(fields.at());
  fields.copy(options, "VpnEcmpSupport");
  fields.copy(options, "SecurityGroupReferencingSupport");
  put(gateway, "Options", std::move(options));
  context.network.add_gateway(
      {fields.id(),
       default_table(context, fields, "DefaultRouteTableAssociation",
                     "AssociationDefaultRouteTableId"),
       default_table(context, fields, "DefaultRouteTablePropagation",
                     "PropagationDefaultRouteTableId"),
       Age::kNew},
      fields.at());
}

void add_table(Context& context, const Fields& fields) {
  const AwsValue gateway = fields.need("TransitGatewayId");
  if (is_unknown(gateway)) {
    context.network.doubt_all(std::string(gateway.text), fields.at());
    return;
  }
  context.network.add_transit_table(fields.id(), std::string(gateway.text),
                                    fields.at());
  fields.copy_tags(*context.network.find(F::kTransitTables, fields.id()));
}

AwsValue& add_attachment(Context& context, const Fields& fields,
                         const AwsValue& gateway, const char* kind) {
  AwsValue& attachment =
      context.network.declare(F::kTransitAttachments, fields.id(), fields.at());
  put(attachment, "TransitGatewayId", gateway);
  put(attachment, "ResourceType",
      context.network.maker().text(kind, fields.at()));
  return attachment;
}

// An association that is declared beside the default one: which of the two
// there is in the end is not told.
void join_default(Context& context, const Fields& fields,
                  const AwsValue& gateway, bool propagates) {
  const bool also = std::ranges::any_of(
      context.resources, [&](const CloudFormationResource& one) {
        return one.type == "AWS::EC2::TransitGatewayRouteTableAssociation" &&
               known(said(one.properties, "TransitGatewayAttachmentId")) ==
                   fields.id();
      });
  const CloudFormationResource* of = context.find(gateway.text);
  const bool by_default =
      of != nullptr &&
      known(said(of->properties, "DefaultRouteTableAssociation")) != "disable";
  if (also && by_default) {
    context.network.doubt(Sort::kTransit, fields.id() + ": its association",
                          fields.at());
  }
  context.network.join_default(std::string(gateway.text), fields.id(),
                               {!also, propagates}, fields.at());
}

void add_vpc_attachment(Context& context, const Fields& fields) {
  DeclaredNetwork& network = context.network;
  const AwsValue vpc = fields.need("VpcId");
  const AwsValue gateway = fields.need("TransitGatewayId");
  if (is_unknown(vpc) || is_unknown(gateway)) {
    network.doubt_all(std::string(is_unknown(vpc) ? vpc.text : gateway.text),
                      fields.at());
    return;
  }
  AwsValue& any = add_attachment(context, fields, gateway, "vpc");
  fields.copy_tags(any);
  put(any, "ResourceId", vpc);
  AwsValue& attachment =
      network.declare(F::kVpcAttachments, fields.id(), fields.at());
  put(attachment, "TransitGatewayId", gateway);
  put(attachment, "VpcId", vpc);
  AwsValue subnets = fields.many("SubnetIds");
  for (const char* change : {"AddSubnetIds", "RemoveSubnetIds"}) {
    if (!fields.says(change)) continue;
    subnets = network.maker().unknown(fields.about(change), fields.at());
  }
  put(attachment, "SubnetIds", std::move(subnets));
  const AwsValue said_options = fields.value("Options");
  AwsValue options = said_options;
  if (!is_unknown(said_options)) {
    options = ValueMaker::map(fields.at());
    for (const char* option : {"ApplianceModeSupport", "Ipv6Support",
                               "SecurityGroupReferencingSupport"}) {
      put(options, option, said(said_options, option));
    }
  }
  put(attachment, "Options", std::move(options));
  join_default(context, fields, gateway, true);
}

// Whether the other side has accepted is in no template.
void add_peering(Context& context, const Fields& fields) {
  DeclaredNetwork& network = context.network;
  const AwsValue ours = fields.need("TransitGatewayId");
  const AwsValue theirs = fields.need("PeerTransitGatewayId");
  if (is_unknown(ours) || is_unknown(theirs)) {
    network.doubt_all(std::string(is_unknown(ours) ? ours.text : theirs.text),
                      fields.at());
    return;
  }
  network.gap(fields.at(), fields.id(),
              "whether the peering is accepted is unknown");
  const AwsValue state = network.maker().text("modifying", fields.at());
  AwsValue& any = add_attachment(context, fields, ours, "peering");
  fields.copy_tags(any);
  put(any, "ResourceId", theirs);
  put(any, "State", state);
  AwsValue peering = ValueMaker::map(fields.at());
  put(peering, "TransitGatewayAttachmentId",
      network.maker().text(fields.id(), fields.at()));
  put(peering, "State", state);
  put(peering, "RequesterTgwInfo", one_key("TransitGatewayId", ours));
  put(peering, "AccepterTgwInfo", one_key("TransitGatewayId", theirs));
  network.add(F::kPeeringAttachments, std::move(peering));
  for (const AwsValue& gateway : {ours, theirs}) {
    join_default(context, fields, gateway, false);
  }
}

// What it connects to is not modelled; only its attachment is.
void add_connect(Context& context, const Fields& fields) {
  const AwsValue transport = fields.need("TransportTransitGatewayAttachmentId");
  const AwsValue* under = context.network.find(F::kTransitAttachments,
                                               std::string(known(transport)));
  if (under == nullptr) {
    context.network.doubt_all(
        fields.about("TransportTransitGatewayAttachmentId"), fields.at());
    return;
  }
  const AwsValue gateway = said(*under, "TransitGatewayId");
  add_attachment(context, fields, gateway, "connect");
  join_default(context, fields, gateway, true);
}

void add_route(Context& context, const Fields& fields) {
  const ValueMaker& maker = context.network.maker();
  const AwsValue id = fields.need("TransitGatewayRouteTableId");
  if (is_unknown(id) || !fields.resource().certain) {
    context.network.doubt(Sort::kTransit,
                          is_unknown(id)
                              ? std::string(id.text)
                              : fields.id() + ", which may not be made",
                          fields.at());
    return;
  }
  AwsValue& routes = context.network.declare(F::kStaticRoutes,
                                             std::string(id.text), fields.at());
  AwsValue route = ValueMaker::map(fields.at());
  put(route, "DestinationCidrBlock", fields.need("DestinationCidrBlock"));
  put(route, "Type", maker.text("static", fields.at()));
  const std::optional<bool> blackhole = fields.flag("Blackhole", false);
  put(route, "State",
      blackhole ? maker.text(*blackhole ? "blackhole" : "active", fields.at())
                : maker.unknown(fields.about("Blackhole"), fields.at()));
  if (!blackhole.value_or(false)) {
    push(route, "TransitGatewayAttachments",
         one_key("TransitGatewayAttachmentId",
                 fields.need("TransitGatewayAttachmentId")));
  }
  push(routes, "Routes", std::move(route));
}

// What may not be made puts all tables in doubt.
void join(Context& context, const Fields& fields,
          void (DeclaredNetwork::*how)(const AwsValue&, const AwsValue&,
                                       const AwsValue&)) {
  if (!fields.resource().certain) {
    context.network.doubt(Sort::kTransit,
                          fields.id() + ", which may not be made", fields.at());
    return;
  }
  (context.network.*how)(fields.need("TransitGatewayRouteTableId"),
                         fields.need("TransitGatewayAttachmentId"),
                         fields.at());
}

void associate(Context& context, const Fields& fields) {
  join(context, fields, &DeclaredNetwork::associate);
}

void propagate(Context& context, const Fields& fields) {
  join(context, fields, &DeclaredNetwork::propagate);
}

constexpr std::string_view kAttachment =
    "AddSubnetIds Options RemoveSubnetIds SubnetIds TransitGatewayId VpcId";
constexpr std::string_view kMembership =
    "TransitGatewayAttachmentId TransitGatewayRouteTableId";

constexpr auto kRows = std::to_array<CloudFormationRow>({
    {"AWS::EC2::TransitGateway", 0, add_gateway,
     "AmazonSideAsn AssociationDefaultRouteTableId AutoAcceptSharedAttachments "
     "DefaultRouteTableAssociation DefaultRouteTablePropagation Description "
     "DnsSupport MulticastSupport PropagationDefaultRouteTableId "
     "SecurityGroupReferencingSupport TransitGatewayCidrBlocks "
     "VpnEcmpSupport"},
    {"AWS::EC2::TransitGatewayRouteTable", 1, add_table, "TransitGatewayId"},
    {"AWS::EC2::TransitGatewayAttachment", 1, add_vpc_attachment, kAttachment},
    {"AWS::EC2::TransitGatewayVpcAttachment", 1, add_vpc_attachment,
     kAttachment},
    {"AWS::EC2::TransitGatewayPeeringAttachment", 1, add_peering,
     "PeerAccountId PeerRegion PeerTransitGatewayId TransitGatewayId"},
    {"AWS::EC2::TransitGatewayConnect", 2, add_connect,
     "Options TransportTransitGatewayAttachmentId"},
    {"AWS::EC2::TransitGatewayRoute", 3, add_route,
     "Blackhole DestinationCidrBlock TransitGatewayAttachmentId "
     "TransitGatewayRouteTableId",
     true},
    {"AWS::EC2::TransitGatewayRouteTableAssociation", 3, associate, kMembership,
     true},
    {"AWS::EC2::TransitGatewayRouteTablePropagation", 3, propagate, kMembership,
     true},
});

}  // namespace

std::span<const CloudFormationRow> cloudformation_transit_rows() {
  return kRows;
}

}  // namespace netproof::io
