#include <array>
#include <utility>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Context = CloudFormationContext;
using Fields = CloudFormationFields;
using Sort = DeclaredNetwork::Sort;

constexpr auto kSame = std::to_array<std::string_view>(
    {"DestinationCidrBlock", "DestinationIpv6CidrBlock",
     "DestinationPrefixListId", "CarrierGatewayId", "CoreNetworkArn",
     "EgressOnlyInternetGatewayId", "GatewayId", "LocalGatewayId",
     "NatGatewayId", "NetworkInterfaceId", "OdbNetworkArn", "TransitGatewayId",
     "VpcPeeringConnectionId"});

void add_table(Context& context, const Fields& fields) {
  AwsValue& table =
      context.network.declare(F::kRouteTables, fields.id(), fields.at());
  fields.copy_tags(table);
  put(table, "VpcId", fields.need("VpcId"));
}

// The table of a line; null, and all are in doubt, if nobody knows it. A table
// that nobody describes is none of those that are used here.
AwsValue* table_of(Context& context, const Fields& fields, const AwsValue& id) {
  if (!is_unknown(id)) {
    return context.network.find(F::kRouteTables, std::string(id.text));
  }
  context.network.doubt(Sort::kRoutes, std::string(id.text), fields.at());
  return nullptr;
}

// To an instance means to its first interface.
AwsValue interface_of(Context& context, const AwsValue& instance) {
  const ValueMaker& maker = context.network.maker();
  const std::string id = std::string(known(instance)) + "/interface";
  if (context.network.find(F::kInterfaces, id) == nullptr) {
    return maker.unknown("the interface of an instance", instance);
  }
  return maker.text(id, instance);
}

void add_route(Context& context, const Fields& fields) {
  AwsValue* table = table_of(context, fields, fields.need("RouteTableId"));
  if (table == nullptr) return;
  if (!fields.resource().certain) {
    push(*table, "Routes",
         context.network.maker().unknown(
             fields.id() + ", which may not be made", fields.at()));
    return;
  }
  AwsValue route = ValueMaker::map(fields.at());
  for (const std::string_view key : kSame) fields.copy(route, key);
  fields.copy(route, "VpcEndpointId", "GatewayId");
  if (fields.says("InstanceId")) {
    put(route, "NetworkInterfaceId",
        interface_of(context, fields.value("InstanceId")));
  }
  push(*table, "Routes", std::move(route));
}

// Of a table that may stand in no template.
AwsValue& declared_table(Context& context, const AwsValue& id,
                         const AwsValue& subnet) {
  DeclaredNetwork& network = context.network;
  const std::string name{id.text};
  if (AwsValue* table = network.find(F::kRouteTables, name)) return *table;
  AwsValue& table = network.declare(F::kRouteTables, name, id);
  const AwsValue* home = network.find(F::kSubnets, std::string(known(subnet)));
  put(table, "VpcId",
      home == nullptr ? network.maker().unknown(name + ": its VPC", id)
                      : said(*home, "VpcId"));
  put(table, "Routes", network.maker().unknown(name + ": its routes", id));
  return table;
}

void associate_with(Context& context, const Fields& fields, const char* key) {
  const AwsValue id = fields.need("RouteTableId");
  const AwsValue of = fields.need(key);
  if (is_unknown(id) || is_unknown(of)) {
    context.network.doubt_all(std::string(is_unknown(id) ? id.text : of.text),
                              fields.at());
    return;
  }
  push(declared_table(context, id, of), "Associations", one_key(key, of));
}

void associate_subnet(Context& context, const Fields& fields) {
  associate_with(context, fields, "SubnetId");
}

void associate_gateway(Context& context, const Fields& fields) {
  associate_with(context, fields, "GatewayId");
}

void propagate(Context& context, const Fields& fields) {
  const AwsValue tables = fields.many("RouteTableIds");
  const AwsValue gateway = fields.need("VpnGatewayId");
  if (is_unknown(tables) || is_null(tables)) {
    context.network.doubt(Sort::kRoutes, fields.about("RouteTableIds"),
                          fields.at());
  }
  for (const AwsValue::Member& one : tables.members) {
    AwsValue* table = table_of(context, fields, one.value);
    if (table == nullptr) continue;
    const bool open = is_unknown(gateway) || !fields.resource().certain;
    if (open) {
      push(*table, "Routes",
           context.network.maker().unknown(fields.about("VpnGatewayId"),
                                           fields.at()));
    } else {
      push(*table, "PropagatingVgws", one_key("GatewayId", gateway));
    }
  }
}

void add_entry(Context& context, const std::string& list,
               const AwsValue& cidr) {
  context.network.add(F::kPrefixListEntries, one_key("Cidr", cidr), list);
}

void add_list(Context& context, const Fields& fields) {
  AwsValue& list =
      context.network.declare(F::kPrefixLists, fields.id(), fields.at());
  fields.copy_tags(list);
  fields.copy(list, "PrefixListName");
  const AwsValue entries = fields.value("Entries");
  if (is_unknown(entries)) add_entry(context, fields.id(), entries);
  for (const AwsValue::Member& one : entries.members) {
    const AwsValue cidr =
        is_unknown(one.value) ? one.value : said(one.value, "Cidr");
    add_entry(context, fields.id(), cidr);
  }
}

// S36: a gateway endpoint is a route to its list in each of its tables.
void add_list_route(Context& context, const Fields& endpoint,
                    const AwsValue& table) {
  const ValueMaker& maker = context.network.maker();
  AwsValue* to = table_of(context, endpoint, table);
  if (to == nullptr) return;
  const std::string list = endpoint.part("prefix-list");
  if (context.network.find(F::kPrefixLists, list) == nullptr) {
    AwsValue& declared =
        context.network.declare(F::kPrefixLists, list, endpoint.at());
    put(declared, "PrefixListName", endpoint.value("ServiceName"));
    add_entry(context, list,
              maker.unknown(endpoint.about("ServiceName") + ": its addresses",
                            endpoint.at()));
  }
  AwsValue route = ValueMaker::map(endpoint.at());
  put(route, "DestinationPrefixListId", maker.text(list, endpoint.at()));
  put(route, "GatewayId", maker.text(endpoint.id(), endpoint.at()));
  push(*to, "Routes", std::move(route));
}

void add_endpoint(Context& context, const Fields& fields) {
  AwsValue& endpoint =
      context.network.declare(F::kEndpoints, fields.id(), fields.at());
  fields.copy_tags(endpoint);
  put(endpoint, "VpcId", fields.need("VpcId"));
  fields.copy(endpoint, "VpcEndpointType");
  fields.copy(endpoint, "ServiceName");
  const AwsValue kind = fields.value("VpcEndpointType");
  if (is_unknown(kind)) {
    context.network.doubt_all(fields.about("VpcEndpointType"), fields.at());
  }
  if (!is_null(kind) && known(kind) != "Gateway") {
    fields.copy(endpoint, "SubnetIds");
    // Its interfaces have addresses that AWS chooses.
    context.network.add_unlisted_interfaces();
    return;
  }
  const AwsValue tables = fields.many("RouteTableIds");
  if (is_unknown(tables)) {
    context.network.doubt(Sort::kRoutes, std::string(tables.text), fields.at());
  }
  for (const AwsValue::Member& one : tables.members) {
    add_list_route(context, fields, one.value);
  }
}

constexpr auto kRows = std::to_array<CloudFormationRow>({
    {"AWS::EC2::RouteTable", 1, add_table, "VpcId"},
    {"AWS::EC2::Route", 3, add_route,
     "CarrierGatewayId CoreNetworkArn DestinationCidrBlock "
     "DestinationIpv6CidrBlock DestinationPrefixListId "
     "EgressOnlyInternetGatewayId GatewayId InstanceId LocalGatewayId "
     "NatGatewayId NetworkInterfaceId OdbNetworkArn RouteTableId "
     "TransitGatewayId VpcEndpointId VpcPeeringConnectionId",
     true},
    {"AWS::EC2::SubnetRouteTableAssociation", 2, associate_subnet,
     "RouteTableId SubnetId"},
    {"AWS::EC2::GatewayRouteTableAssociation", 2, associate_gateway,
     "GatewayId RouteTableId"},
    {"AWS::EC2::VPNGatewayRoutePropagation", 2, propagate,
     "RouteTableIds VpnGatewayId", true},
    {"AWS::EC2::PrefixList", 1, add_list,
     "AddressFamily Entries MaxEntries PrefixListName"},
    {"AWS::EC2::VPCEndpoint", 2, add_endpoint,
     "DnsOptions IpAddressType PolicyDocument PrivateDnsEnabled RouteTableIds "
     "SecurityGroupIds ServiceName ServiceRegion SubnetIds VpcEndpointType "
     "VpcId"},
});

}  // namespace

std::span<const CloudFormationRow> cloudformation_route_rows() { return kRows; }

}  // namespace netproof::io
