#include <algorithm>
#include <array>
#include <utility>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Kind = AwsValue::Kind;
using Sort = DeclaredNetwork::Sort;

void add_gateway(TerraformContext& context, const TerraformFields& fields) {
  DeclaredNetwork& network = context.network;
  const std::string id = fields.id();
  AwsValue& gateway = network.declare(F::kTransitGateways, id, fields.at());
  fields.copy_common(gateway);
  AwsValue options = ValueMaker::map(fields.at());
  fields.copy(options, "vpn_ecmp_support", "VpnEcmpSupport");
  fields.copy(options, "security_group_referencing_support",
              "SecurityGroupReferencingSupport");
  put(gateway, "Options", std::move(options));
  network.add_gateway(default_transit_tables(context, fields), fields.at());
}

void add_table(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue gateway = fields.one("transit_gateway_id", kGatewayTypes);
  if (is_unknown(gateway)) {
    context.network.doubt_all(std::string(gateway.text), fields.at());
    return;
  }
  const std::string id = fields.id();
  context.network.add_transit_table(id, std::string(gateway.text), fields.at());
  fields.copy_common(*context.network.find(F::kTransitTables, id));
}

AwsValue& add_any_attachment(TerraformContext& context,
                             const TerraformFields& fields,
                             const std::string& id, const AwsValue& gateway,
                             const char* kind) {
  AwsValue& attachment =
      context.network.declare(F::kTransitAttachments, id, fields.at());
  put(attachment, "TransitGatewayId", gateway);
  put(attachment, "ResourceType",
      context.network.maker().text(kind, fields.at()));
  return attachment;
}

void add_vpc_attachment(TerraformContext& context,
                        const TerraformFields& fields) {
  DeclaredNetwork& network = context.network;
  const std::string id = fields.id();
  const AwsValue vpc = fields.one("vpc_id", kVpcTypes);
  const AwsValue gateway = fields.one("transit_gateway_id", kGatewayTypes);
  if (is_unknown(vpc) || is_unknown(gateway)) {
    network.doubt_all(std::string(is_unknown(vpc) ? vpc.text : gateway.text),
                      fields.at());
    return;
  }
  AwsValue& any = add_any_attachment(context, fields, id, gateway, "vpc");
  fields.copy_common(any);
  put(any, "ResourceId", vpc);
  if (waits_for_acceptance(context, fields, gateway)) {
    network.gap(fields.at(), fields.about("state"),
                "whether the owner of the gateway has accepted is unknown");
    put(any, "State", network.maker().text("modifying", fields.at()));
  }
  AwsValue& attachment = network.declare(F::kVpcAttachments, id, fields.at());
  put(attachment, "TransitGatewayId", gateway);
  put(attachment, "VpcId", vpc);
  put(attachment, "SubnetIds", fields.many("subnet_ids", kSubnetTypes));
  AwsValue options = ValueMaker::map(fields.at());
  fields.copy(options, "appliance_mode_support", "ApplianceModeSupport");
  fields.copy(options, "ipv6_support", "Ipv6Support");
  fields.copy(options, "security_group_referencing_support",
              "SecurityGroupReferencingSupport");
  put(attachment, "Options", std::move(options));
  join_as_told(context, fields, id, gateway);
}

bool is_accepted(const TerraformContext& context, const std::string& id) {
  return std::ranges::any_of(
      context.document.resources, [&](const TerraformResource& one) {
        return one.parts.type ==
                   "aws_ec2_transit_gateway_peering_attachment_accepter" &&
               context.references.name_of(one) == id;
      });
}

AwsValue side(const AwsValue& gateway) {
  AwsValue made = ValueMaker::map(gateway);
  put(made, "TransitGatewayId", gateway);
  return made;
}

void add_peering(TerraformContext& context, const TerraformFields& fields) {
  DeclaredNetwork& network = context.network;
  const std::string id = fields.id();
  const AwsValue ours = fields.one("transit_gateway_id", kGatewayTypes);
  const AwsValue theirs = fields.one("peer_transit_gateway_id", kGatewayTypes);
  if (is_unknown(ours) || is_unknown(theirs)) {
    network.doubt_all(std::string(is_unknown(ours) ? ours.text : theirs.text),
                      fields.at());
    return;
  }
  // Until the other side accepts it carries nothing; whether it has is not
  // told everywhere.
  const bool there =
      is_accepted(context, id) || fields.text("state") == "available";
  if (!there) {
    network.gap(fields.at(), fields.about("state"),
                "whether the peering is there is unknown");
  }
  const AwsValue state =
      network.maker().text(there ? "available" : "modifying", fields.at());
  AwsValue& any = add_any_attachment(context, fields, id, ours, "peering");
  fields.copy_common(any);
  put(any, "ResourceId", theirs);
  put(any, "State", state);
  AwsValue peering = ValueMaker::map(fields.at());
  put(peering, "TransitGatewayAttachmentId",
      network.maker().text(id, fields.at()));
  put(peering, "State", state);
  put(peering, "RequesterTgwInfo", side(ours));
  put(peering, "AccepterTgwInfo", side(theirs));
  network.add(F::kPeeringAttachments, std::move(peering));
  for (const AwsValue& gateway : {ours, theirs}) {
    join_default_tables(context, fields, id, gateway, {true, false});
  }
}

// What it connects to is not modelled; only its attachment is.
void add_connect(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue gateway = fields.one("transit_gateway_id", kGatewayTypes);
  if (is_unknown(gateway)) {
    context.network.doubt_all(std::string(gateway.text), fields.at());
    return;
  }
  const std::string id = fields.id();
  add_any_attachment(context, fields, id, gateway, "connect");
  join_as_told(context, fields, id, gateway);
}

// The table of a line; null, and all are in doubt, if nobody knows it.
AwsValue* routes_of(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue id =
      fields.one("transit_gateway_route_table_id", kTransitTableTypes);
  if (!is_unknown(id)) {
    return &context.network.declare(F::kStaticRoutes, std::string(id.text),
                                    fields.at());
  }
  context.network.doubt(Sort::kTransit, std::string(id.text), fields.at());
  return nullptr;
}

AwsValue attachment_of(const TerraformFields& fields) {
  return fields.one("transit_gateway_attachment_id", {});
}

void add_route(TerraformContext& context, const TerraformFields& fields) {
  AwsValue* routes = routes_of(context, fields);
  if (routes == nullptr) return;
  const ValueMaker& maker = context.network.maker();
  AwsValue route = ValueMaker::map(fields.at());
  put(route, "DestinationCidrBlock", fields.chosen("destination_cidr_block"));
  put(route, "Type", maker.text("static", fields.at()));
  const auto blackhole = fields.flag("blackhole", false);
  if (!blackhole) {
    put(route, "State", maker.unknown(fields.about("blackhole"), fields.at()));
  } else {
    put(route, "State",
        maker.text(*blackhole ? "blackhole" : "active", fields.at()));
  }
  if (!blackhole.value_or(false)) {
    AwsValue target = ValueMaker::map(fields.at());
    put(target, "TransitGatewayAttachmentId", attachment_of(fields));
    push(route, "TransitGatewayAttachments", std::move(target));
  }
  push(*routes, "Routes", std::move(route));
}

void add_reference(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue id =
      fields.one("transit_gateway_route_table_id", kTransitTableTypes);
  const AwsValue list =
      fields.one("prefix_list_id", {"aws_ec2_managed_prefix_list"});
  const auto blackhole = fields.flag("blackhole", false);
  if (is_unknown(id) || is_unknown(list) || !blackhole) {
    context.network.doubt(Sort::kTransit,
                          std::string(is_unknown(id) ? id.text : list.text),
                          fields.at());
    return;
  }
  AwsValue reference = ValueMaker::map(fields.at());
  put(reference, "TransitGatewayRouteTableId", id);
  put(reference, "PrefixListId", list);
  put(reference, "Blackhole", ValueMaker::flag(*blackhole, fields.at()));
  if (!*blackhole) {
    AwsValue target = ValueMaker::map(fields.at());
    put(target, "TransitGatewayAttachmentId", attachment_of(fields));
    put(reference, "TransitGatewayAttachment", std::move(target));
  }
  context.network.add(F::kPrefixListReferences, std::move(reference));
}

void associate(TerraformContext& context, const TerraformFields& fields) {
  context.network.associate(
      fields.one("transit_gateway_route_table_id", kTransitTableTypes),
      attachment_of(fields), fields.at());
}

void propagate(TerraformContext& context, const TerraformFields& fields) {
  context.network.propagate(
      fields.one("transit_gateway_route_table_id", kTransitTableTypes),
      attachment_of(fields), fields.at());
}

void add_policy_table(TerraformContext& context,
                      const TerraformFields& fields) {
  AwsValue& table =
      context.network.declare(F::kPolicyTables, fields.id(), fields.at());
  const AwsValue gateway = fields.one("transit_gateway_id", kGatewayTypes);
  if (is_unknown(gateway)) {
    context.network.doubt_all(std::string(gateway.text), fields.at());
    return;
  }
  put(table, "TransitGatewayId", gateway);
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"aws_ec2_transit_gateway", 0, add_gateway},
    {"aws_ec2_transit_gateway_route_table", 1, add_table},
    {"aws_ec2_transit_gateway_vpc_attachment", 1, add_vpc_attachment},
    {"aws_ec2_transit_gateway_peering_attachment", 1, add_peering},
    {"aws_ec2_transit_gateway_connect", 1, add_connect},
    {"aws_ec2_transit_gateway_policy_table", 1, add_policy_table},
    {"aws_ec2_transit_gateway_route", 2, add_route},
    {"aws_ec2_transit_gateway_prefix_list_reference", 2, add_reference},
    {"aws_ec2_transit_gateway_route_table_association", 2, associate},
    {"aws_ec2_transit_gateway_route_table_propagation", 2, propagate},
});

}  // namespace

std::span<const TerraformRow> terraform_transit_rows() { return kRows; }

}  // namespace netproof::io
