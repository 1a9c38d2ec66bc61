#include <algorithm>
#include <array>
#include <utility>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Kind = AwsValue::Kind;
using Sort = DeclaredNetwork::Sort;

struct Word {
  std::string_view attribute;
  std::string_view key;
};

constexpr auto kDestinations = std::to_array<Word>({
    {"cidr_block", "DestinationCidrBlock"},
    {"destination_cidr_block", "DestinationCidrBlock"},
    {"ipv6_cidr_block", "DestinationIpv6CidrBlock"},
    {"destination_ipv6_cidr_block", "DestinationIpv6CidrBlock"},
    {"destination_prefix_list_id", "DestinationPrefixListId"},
});

constexpr auto kTargets = std::to_array<Word>({
    {"gateway_id", "GatewayId"},
    {"vpc_endpoint_id", "GatewayId"},
    {"nat_gateway_id", "NatGatewayId"},
    {"transit_gateway_id", "TransitGatewayId"},
    {"vpc_peering_connection_id", "VpcPeeringConnectionId"},
    {"network_interface_id", "NetworkInterfaceId"},
    {"egress_only_gateway_id", "EgressOnlyInternetGatewayId"},
    {"local_gateway_id", "LocalGatewayId"},
    {"carrier_gateway_id", "CarrierGatewayId"},
    {"core_network_arn", "CoreNetworkArn"},
    {"odb_network_arn", "OdbNetworkArn"},
});

// A block is a value and refers to nothing.
bool is_block(const Word& word) {
  return word.attribute.ends_with("cidr_block");
}

// Where a line leads; of what the configuration leaves to AWS nothing is said.
template <class Read>
AwsValue route_of(const AwsValue& at, Read read) {
  AwsValue route = ValueMaker::map(at);
  for (const Word& word : kDestinations) put(route, word.key, read(word));
  for (const Word& word : kTargets) put(route, word.key, read(word));
  return route;
}

AwsValue single_route(TerraformContext& context,
                      const TerraformFields& fields) {
  return route_of(fields.at(), [&](const Word& word) {
    AwsValue value = fields.value(word.attribute);
    if (is_null(value) || is_block(word)) return value;
    return context.references.one(fields.resource(), word.attribute, {});
  });
}

AwsValue inline_route(TerraformContext& context, const TerraformFields& fields,
                      const AwsValue& line) {
  return route_of(line, [&](const Word& word) {
    AwsValue value = said(line, word.attribute);
    if (is_null(value) || is_block(word)) return value;
    return context.references.one_in(fields.resource(), "route", line,
                                     word.attribute, {});
  });
}

std::string destination_of(const AwsValue& values) {
  for (const Word& word : kDestinations) {
    const AwsValue found = said(values, word.attribute);
    if (!is_null(found)) return std::string(known(found));
  }
  return {};
}

// The destinations of routes of this table that stand, or stood, on their own:
// the list that AWS gave last holds them too.
std::vector<std::string> separate_routes(const TerraformContext& context,
                                         const std::string& table) {
  std::vector<std::string> found;
  each_reading(context.document, [&](const TerraformResource& one,
                                     const AwsValue& values, bool now) {
    if (one.parts.type != "aws_route" || one.parts.data) return;
    const AwsValue of =
        now ? context.references.one(one, "route_table_id", kTableTypes)
            : said(values, "route_table_id");
    if (known(of) == table) found.push_back(destination_of(values));
  });
  return found;
}

void add_lines(TerraformContext& context, const TerraformFields& fields,
               AwsValue& table) {
  const std::vector<std::string> separate =
      separate_routes(context, fields.id());
  const AwsValue lines = fields.chosen("route");
  switch (inline_lines(context, fields, "route", !separate.empty())) {
    case Inline::kNone:
      return;
    case Inline::kUnknown:
      put(table, "Routes", lines);
      return;
    case Inline::kKnown:
      break;
  }
  const bool own = TerraformReferences::configures(fields.resource(), "route");
  for (const AwsValue::Member& line : lines.members) {
    const std::string to = destination_of(line.value);
    const bool again =
        !own && std::ranges::find(separate, to) != separate.end();
    if (again) continue;
    push(table, "Routes", inline_route(context, fields, line.value));
  }
}

void add_propagating(TerraformContext& context, const TerraformFields& fields,
                     AwsValue& table) {
  if (is_null(fields.value("propagating_vgws"))) return;
  const AwsValue gateways = without_linked(
      context, fields, "propagating_vgws",
      fields.many("propagating_vgws", {"aws_vpn_gateway"}),
      {"aws_vpn_gateway_route_propagation", "route_table_id", "vpn_gateway_id"},
      fields.id());
  if (is_unknown(gateways)) {
    context.network.doubt(Sort::kRoutes, std::string(gateways.text), gateways);
    return;
  }
  for (const AwsValue::Member& one : gateways.members) {
    AwsValue gateway = ValueMaker::map(one.value);
    put(gateway, "GatewayId", one.value);
    push(table, "PropagatingVgws", std::move(gateway));
  }
}

void add_table(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& table =
      context.network.declare(F::kRouteTables, fields.id(), fields.at());
  fields.copy_common(table);
  put(table, "VpcId", vpc_of(context, fields, "default_route_table_id"));
  add_lines(context, fields, table);
  add_propagating(context, fields, table);
}

// The table of a line; null, and all is in doubt, if nobody knows it. A table
// that nobody describes is none of those that are used here.
AwsValue* table_of(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue id = fields.one("route_table_id", kTableTypes);
  if (!is_unknown(id)) {
    return context.network.find(F::kRouteTables, std::string(id.text));
  }
  context.network.doubt(Sort::kRoutes, fields.about("route_table_id"),
                        fields.at());
  return nullptr;
}

void add_route(TerraformContext& context, const TerraformFields& fields) {
  AwsValue* table = table_of(context, fields);
  if (table != nullptr) push(*table, "Routes", single_route(context, fields));
}

AwsValue& declared_table(TerraformContext& context, const AwsValue& id,
                         const AwsValue& vpc) {
  const std::string name{id.text};
  if (AwsValue* table = context.network.find(F::kRouteTables, name)) {
    return *table;
  }
  AwsValue& table = context.network.declare(F::kRouteTables, name, id);
  put(table, "VpcId", vpc);
  put(table, "Routes",
      context.network.maker().unknown(name + ": its routes", id));
  return table;
}

void associate(TerraformContext& context, const TerraformFields& fields) {
  DeclaredNetwork& network = context.network;
  const AwsValue id = fields.one("route_table_id", kTableTypes);
  const bool edge = !is_null(fields.value("gateway_id"));
  const AwsValue of = edge ? fields.one("gateway_id", {"aws_internet_gateway",
                                                       "aws_vpn_gateway"})
                           : fields.one("subnet_id", kSubnetTypes);
  if (is_unknown(id) || is_unknown(of)) {
    network.doubt_all(std::string(is_unknown(id) ? id.text : of.text),
                      fields.at());
    return;
  }
  AwsValue association = ValueMaker::map(fields.at());
  put(association, edge ? "GatewayId" : "SubnetId", of);
  AwsValue vpc = network.maker().unknown(
      std::string(id.text) + ": the VPC that it is of", fields.at());
  if (const AwsValue* subnet =
          network.find(F::kSubnets, std::string(of.text))) {
    vpc = said(*subnet, "VpcId");
  }
  push(declared_table(context, id, vpc), "Associations",
       std::move(association));
}

void set_main(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue vpc = fields.one("vpc_id", kVpcTypes);
  const AwsValue table = fields.one("route_table_id", kTableTypes);
  if (is_unknown(vpc)) {
    context.network.doubt_all(std::string(vpc.text), fields.at());
    return;
  }
  context.network.set_main_table(std::string(vpc.text), table);
}

void add_propagation(TerraformContext& context, const TerraformFields& fields) {
  AwsValue* table = table_of(context, fields);
  if (table == nullptr) return;
  const AwsValue gateway = fields.one("vpn_gateway_id", {"aws_vpn_gateway"});
  AwsValue line = ValueMaker::map(fields.at());
  put(line, "GatewayId", gateway);
  push(*table, is_unknown(gateway) ? "Routes" : "PropagatingVgws",
       std::move(line));
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"aws_route_table", 1, add_table},
    {"aws_default_route_table", 1, add_table},
    {"aws_route", 2, add_route},
    {"aws_route_table_association", 2, associate},
    {"aws_main_route_table_association", 1, set_main},
    {"aws_vpn_gateway_route_propagation", 2, add_propagation},
});

}  // namespace

std::span<const TerraformRow> terraform_route_rows() { return kRows; }

}  // namespace netproof::io
