#include <algorithm>
#include <array>
#include <utility>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Kind = AwsValue::Kind;
using Sort = DeclaredNetwork::Sort;

constexpr TerraformTypes kListTypes{"aws_ec2_managed_prefix_list",
                                    "aws_prefix_list"};

void add_entries(TerraformContext& context, const std::string& list,
                 const AwsValue& entries) {
  if (is_unknown(entries)) {
    AwsValue entry = ValueMaker::map(entries);
    put(entry, "Cidr", entries);
    context.network.add(F::kPrefixListEntries, std::move(entry), list);
  }
  for (const AwsValue::Member& one : entries.members) {
    AwsValue entry = ValueMaker::map(one.value);
    put(entry, "Cidr",
        one.value.kind == Kind::kMap ? said(one.value, "cidr") : one.value);
    context.network.add(F::kPrefixListEntries, std::move(entry), list);
  }
}

bool has_entries_of_its_own(const TerraformContext& context,
                            const std::string& list) {
  return std::ranges::any_of(
      context.document.resources, [&](const TerraformResource& one) {
        return one.parts.type == "aws_ec2_managed_prefix_list_entry" &&
               known(context.references.one(one, "prefix_list_id",
                                            kListTypes)) == list;
      });
}

void declare_list(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& list =
      context.network.declare(F::kPrefixLists, fields.id(), fields.at());
  fields.copy_common(list);
  if (!fields.text("name").empty()) {
    put(list, "PrefixListName", fields.value("name"));
  }
}

void add_list(TerraformContext& context, const TerraformFields& fields) {
  const std::string id = fields.id();
  declare_list(context, fields);
  const bool others = has_entries_of_its_own(context, id);
  const AwsValue entries = fields.chosen("entry");
  switch (inline_lines(context, fields, "entry", others)) {
    case Inline::kNone:
      return;
    case Inline::kUnknown:
      add_entries(context, id, entries);
      return;
    case Inline::kKnown:
      break;
  }
  // Entries on their own stand in the list that AWS gave last as well; which
  // of them are gone is not told apart.
  if (others && !entries.empty()) {
    add_entries(
        context, id,
        context.network.maker().unknown(fields.about("entry"), entries));
    return;
  }
  add_entries(context, id, entries);
}

void add_entry(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue list = fields.one("prefix_list_id", kListTypes);
  if (is_unknown(list)) {
    context.network.doubt_all(std::string(list.text), fields.at());
    return;
  }
  AwsValue entry = ValueMaker::map(fields.at());
  put(entry, "Cidr", fields.chosen("cidr"));
  context.network.add(F::kPrefixListEntries, std::move(entry),
                      std::string(list.text));
}

// What a data source has read is a fact (S127).
void add_read_list(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue entries = fields.chosen(
      fields.resource().parts.type == "aws_prefix_list" ? "cidr_blocks"
                                                        : "entries");
  if (fields.text("id").empty() || is_null(entries)) return;
  declare_list(context, fields);
  add_entries(context, fields.id(), entries);
}

// S36: a gateway endpoint is a route to its list in each of its tables.
void add_list_route(TerraformContext& context, const TerraformFields& endpoint,
                    const AwsValue& table) {
  const ValueMaker& maker = context.network.maker();
  AwsValue* to =
      context.network.find(F::kRouteTables, std::string(known(table)));
  if (to == nullptr) return;
  const std::string list = endpoint.part("prefix_list_id");
  if (context.network.find(F::kPrefixLists, list) == nullptr) {
    AwsValue& declared =
        context.network.declare(F::kPrefixLists, list, endpoint.at());
    put(declared, "PrefixListName", endpoint.value("service_name"));
    AwsValue blocks = endpoint.chosen("cidr_blocks");
    if (is_null(blocks)) {
      blocks = maker.unknown(endpoint.about("cidr_blocks"), endpoint.at());
    }
    add_entries(context, list, blocks);
  }
  AwsValue route = ValueMaker::map(endpoint.at());
  put(route, "DestinationPrefixListId", maker.text(list, endpoint.at()));
  put(route, "GatewayId", maker.text(endpoint.id(), endpoint.at()));
  push(*to, "Routes", std::move(route));
}

bool is_gateway(const TerraformFields& fields) {
  const AwsValue kind = fields.value("vpc_endpoint_type");
  return is_null(kind) || known(kind) == "Gateway";
}

void add_endpoint(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& endpoint =
      context.network.declare(F::kEndpoints, fields.id(), fields.at());
  fields.copy_common(endpoint);
  put(endpoint, "VpcId", fields.one("vpc_id", kVpcTypes));
  fields.copy(endpoint, "vpc_endpoint_type", "VpcEndpointType");
  fields.copy(endpoint, "service_name", "ServiceName");
  if (is_unknown(fields.value("vpc_endpoint_type"))) {
    context.network.doubt_all(fields.about("vpc_endpoint_type"), fields.at());
  }
  if (is_gateway(fields)) {
    const AwsValue tables =
        without_linked(context, fields, "route_table_ids",
                       fields.many("route_table_ids", kTableTypes),
                       {"aws_vpc_endpoint_route_table_association",
                        "vpc_endpoint_id", "route_table_id"},
                       fields.id());
    if (is_unknown(tables)) {
      context.network.doubt(Sort::kRoutes, std::string(tables.text),
                            fields.at());
    }
    for (const auto& one : tables.members) {
      add_list_route(context, fields, one.value);
    }
    return;
  }
  const AwsValue subnets = fields.many("subnet_ids", kSubnetTypes);
  put(endpoint, "SubnetIds", subnets);
  // Its interfaces have addresses that AWS chooses.
  context.network.add_unlisted_interfaces();
}

// An association names the endpoint; which resource that is must be known.
const TerraformResource* endpoint_of(TerraformContext& context,
                                     const TerraformFields& fields,
                                     const AwsValue& id) {
  if (is_unknown(id)) {
    context.network.doubt(Sort::kRoutes, std::string(id.text), fields.at());
    return nullptr;
  }
  return context.references.find(id.text);
}

void associate_table(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue id = fields.one("vpc_endpoint_id", {"aws_vpc_endpoint"});
  const AwsValue table = fields.one("route_table_id", kTableTypes);
  const TerraformResource* endpoint = endpoint_of(context, fields, id);
  if (endpoint != nullptr && !is_unknown(table)) {
    add_list_route(context, {context, *endpoint}, table);
    return;
  }
  context.network.doubt(Sort::kRoutes, fields.about("route_table_id"),
                        fields.at());
}

void associate_subnet(TerraformContext& context, const TerraformFields&) {
  context.network.add_unlisted_interfaces();
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"data.aws_ec2_managed_prefix_list", 0, add_read_list},
    {"data.aws_prefix_list", 0, add_read_list},
    {"aws_ec2_managed_prefix_list", 1, add_list},
    {"aws_ec2_managed_prefix_list_entry", 2, add_entry},
    {"aws_vpc_endpoint", 2, add_endpoint},
    {"aws_vpc_endpoint_route_table_association", 2, associate_table},
    {"aws_vpc_endpoint_subnet_association", 2, associate_subnet},
});

}  // namespace

std::span<const TerraformRow> terraform_endpoint_rows() { return kRows; }

}  // namespace netproof::io
