#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Kind = AwsValue::Kind;

AwsValue block(const AwsValue& cidr, const char* key) {
  AwsValue made = ValueMaker::map(cidr);
  put(made, key, cidr);
  return made;
}

void add_block(AwsValue& vpc, const AwsValue& cidr, bool v6) {
  if (is_null(cidr)) return;
  push(vpc, v6 ? "Ipv6CidrBlockAssociationSet" : "CidrBlockAssociationSet",
       block(cidr, v6 ? "Ipv6CidrBlock" : "CidrBlock"));
}

// AWS chooses a block where one is asked for.
AwsValue ipv6_block(const TerraformFields& fields,
                    std::initializer_list<std::string_view> asked_by) {
  AwsValue cidr = fields.value("ipv6_cidr_block");
  for (const std::string_view attribute : asked_by) {
    const AwsValue asked = fields.value(attribute);
    if (is_null(cidr) && !is_null(asked) && known(asked) != "false") {
      return fields.chosen("ipv6_cidr_block");
    }
  }
  return cidr;
}

// The main table; nobody knows it where an association that made it so goes
// away or to another VPC. One that takes its place is read later.
std::string main_table(TerraformContext& context,
                       const TerraformFields& fields) {
  each_reading(context.document, [&](const TerraformResource& one,
                                     const AwsValue& values, bool now) {
    if (now || one.parts.type != "aws_main_route_table_association") return;
    if (known(said(values, "vpc_id")) != fields.id()) return;
    context.network.set_main_table(
        fields.id(), context.network.maker().unknown(one.address, fields.at()));
  });
  const std::string main = fields.text("main_route_table_id");
  return main.empty() ? fields.part("default_route_table_id") : main;
}

void add_vpc(TerraformContext& context, const TerraformFields& fields) {
  DeclaredNetwork& network = context.network;
  const std::string id = fields.id();
  AwsValue& vpc = network.declare(F::kVpcs, id, fields.at());
  fields.copy_common(vpc);
  add_block(vpc, fields.chosen("cidr_block"), false);
  add_block(vpc,
            ipv6_block(fields, {"assign_generated_ipv6_cidr_block",
                                "ipv6_ipam_pool_id"}),
            true);
  network.add_vpc({id, fields.part("default_security_group_id"),
                   fields.part("default_network_acl_id"),
                   main_table(context, fields), fields.age()},
                  fields.at());
}

// Terraform takes it over with the gateway, subnets and tables that it has.
void adopt_vpc(TerraformContext& context, const TerraformFields& fields) {
  add_vpc(context, fields);
  context.network.doubt_all(fields.about("id"), fields.at());
}

void add_vpc_block(TerraformContext& context, const TerraformFields& fields,
                   bool v6) {
  const AwsValue id = fields.one("vpc_id", kVpcTypes);
  if (is_unknown(id)) {
    context.network.doubt_all(fields.about("vpc_id"), fields.at());
    return;
  }
  AwsValue* vpc = context.network.find(F::kVpcs, std::string(id.text));
  if (vpc == nullptr) return;  // of a VPC that nobody describes
  add_block(*vpc, fields.chosen(v6 ? "ipv6_cidr_block" : "cidr_block"), v6);
}

void add_v4_block(TerraformContext& context, const TerraformFields& fields) {
  add_vpc_block(context, fields, false);
}

void add_v6_block(TerraformContext& context, const TerraformFields& fields) {
  add_vpc_block(context, fields, true);
}

// Each account maps the names of zones anew (S13): those of VPCs of another
// provider block are other names. What enters a VPC by no zone of its own name
// may enter by any (S58).
AwsValue zone_of(TerraformContext& context, const TerraformFields& fields) {
  AwsValue zone = fields.chosen("availability_zone");
  const TerraformResource* vpc =
      context.references.find(known(fields.one("vpc_id", kVpcTypes)));
  if (known(zone).empty() || vpc == nullptr) return zone;
  const std::string_view provider = provider_of(*vpc);
  const bool others = std::ranges::any_of(
      context.document.resources, [&](const TerraformResource& one) {
        return kVpcTypes.has(one.parts.type) && provider_of(one) < provider;
      });
  if (!others) return zone;
  return context.network.maker().text(
      std::string(zone.text) + " of " + std::string(provider), zone);
}

void add_subnet(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& subnet =
      context.network.declare(F::kSubnets, fields.id(), fields.at());
  fields.copy_common(subnet);
  put(subnet, "VpcId", fields.one("vpc_id", kVpcTypes));
  put(subnet, "CidrBlock", fields.value("cidr_block"));
  add_block(subnet,
            ipv6_block(fields, {"ipv6_native", "ipv6_ipam_pool_id",
                                "assign_ipv6_address_on_creation"}),
            true);
  put(subnet, "AvailabilityZone", zone_of(context, fields));
  const AwsValue zone = fields.chosen("availability_zone_id");
  if (!is_unknown(zone)) put(subnet, "AvailabilityZoneId", zone);
}

// It is of the default VPC, whose inside nobody shows.
void adopt_subnet(TerraformContext& context, const TerraformFields& fields) {
  add_subnet(context, fields);
  context.network.doubt_all(fields.about("id"), fields.at());
}

AwsValue attachment(const AwsValue& vpc) {
  AwsValue made = ValueMaker::map(vpc);
  put(made, "VpcId", vpc);
  return made;
}

// A gateway that may hang on any VPC.
bool attach(TerraformContext& context, AwsValue& gateway, const char* key,
            const TerraformFields& fields) {
  const AwsValue vpc = fields.one("vpc_id", kVpcTypes);
  if (is_unknown(vpc)) {
    context.network.doubt_all(fields.about("vpc_id"), fields.at());
    return false;
  }
  push(gateway, key, attachment(vpc));
  return true;
}

// An internet gateway on its VPC, or on nobody knows which.
void hang(TerraformContext& context, AwsValue& gateway,
          const TerraformFields& fields) {
  if (attach(context, gateway, "Attachments", fields)) return;
  put(gateway, "Attachments", fields.one("vpc_id", kVpcTypes));
}

constexpr TerraformLink kInternetLink{"aws_internet_gateway_attachment",
                                      "internet_gateway_id", "vpc_id"};

void add_internet_gateway(TerraformContext& context,
                          const TerraformFields& fields) {
  AwsValue& gateway =
      context.network.declare(F::kInternetGateways, fields.id(), fields.at());
  fields.copy_common(gateway);
  if (!is_null(own_vpc(context, fields, kInternetLink))) {
    hang(context, gateway, fields);
  }
}

void attach_internet_gateway(TerraformContext& context,
                             const TerraformFields& fields) {
  const AwsValue id =
      fields.one("internet_gateway_id", {"aws_internet_gateway"});
  if (is_unknown(id)) {
    context.network.doubt_all(fields.about("internet_gateway_id"), fields.at());
  }
  const std::string name =
      is_unknown(id) ? fields.resource().address : std::string(id.text);
  AwsValue* known = context.network.find(F::kInternetGateways, name);
  AwsValue& gateway = known != nullptr ? *known
                                       : context.network.declare(
                                             F::kInternetGateways, name, id);
  if (is_unknown(id)) put(gateway, "Attachments", id);
  if (gateway.find("Attachments") == nullptr) hang(context, gateway, fields);
}

void add_egress_only(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& gateway =
      context.network.declare(F::kEgressOnlyGateways, fields.id(), fields.at());
  fields.copy_common(gateway);
  attach(context, gateway, "Attachments", fields);
}

void add_nat(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& nat =
      context.network.declare(F::kNatGateways, fields.id(), fields.at());
  fields.copy_common(nat);
  const AwsValue subnet = fields.one("subnet_id", kSubnetTypes);
  put(nat, "SubnetId", subnet);
  if (const AwsValue* home =
          context.network.find(F::kSubnets, std::string(known(subnet)))) {
    put(nat, "VpcId", said(*home, "VpcId"));
  }
  fields.copy(nat, "connectivity_type", "ConnectivityType");
  fields.copy(nat, "availability_mode", "AvailabilityMode");
  AwsValue address = ValueMaker::map(fields.at());
  put(address, "PrivateIp", fields.chosen("private_ip"));
  if (fields.text("connectivity_type") != "private") {
    put(address, "PublicIp", fields.chosen("public_ip"));
  }
  push(nat, "NatGatewayAddresses", std::move(address));
  // With several addresses it is not modelled.
  for (const char* more :
       {"secondary_allocation_ids", "secondary_private_ip_addresses"}) {
    if (is_null(fields.value(more))) continue;
    push(nat, "NatGatewayAddresses",
         context.network.maker().unknown(fields.about(more), fields.at()));
  }
}

AwsValue side(const AwsValue& vpc) {
  AwsValue made = ValueMaker::map(vpc);
  put(made, "VpcId", vpc);
  return made;
}

bool accepts(const TerraformContext& context, const std::string& id,
             std::string_view accepter) {
  for (const TerraformResource& one : context.document.resources) {
    if (one.parts.type != accepter || one.parts.data) continue;
    if (context.references.name_of(one) != id) continue;
    const AwsValue* accept = one.values.find("auto_accept");
    return accept != nullptr && accept->text == "true";
  }
  return false;
}

void add_peering(TerraformContext& context, const TerraformFields& fields) {
  const ValueMaker& maker = context.network.maker();
  const AwsValue ours = fields.one("vpc_id", kVpcTypes);
  const AwsValue theirs = fields.one("peer_vpc_id", kVpcTypes);
  if (is_unknown(ours) || is_unknown(theirs)) {
    context.network.doubt_all(
        fields.about(is_unknown(ours) ? "vpc_id" : "peer_vpc_id"), fields.at());
    return;
  }
  const std::string id = fields.id();
  AwsValue& peering = context.network.declare(F::kPeerings, id, fields.at());
  fields.copy_common(peering);
  put(peering, "RequesterVpcInfo", side(ours));
  put(peering, "AccepterVpcInfo", side(theirs));
  const bool active =
      fields.flag("auto_accept", false).value_or(false) ||
      accepts(context, id, "aws_vpc_peering_connection_accepter") ||
      fields.text("accept_status") == "active";
  AwsValue status = ValueMaker::map(fields.at());
  put(status, "Code",
      active ? maker.text("active", fields.at())
             : maker.unknown(fields.about("accept_status"), fields.at()));
  put(peering, "Status", std::move(status));
}

void add_public_access(TerraformContext& context,
                       const TerraformFields& fields) {
  AwsValue options = ValueMaker::map(fields.at());
  put(options, "InternetGatewayBlockMode",
      fields.chosen("internet_gateway_block_mode"));
  context.network.add(F::kPublicAccess, std::move(options));
}

void add_exclusion(TerraformContext& context, const TerraformFields& fields) {
  const bool subnet = !is_null(fields.value("subnet_id"));
  const AwsValue of = subnet ? fields.one("subnet_id", kSubnetTypes)
                             : fields.one("vpc_id", kVpcTypes);
  if (is_unknown(of)) {
    context.network.doubt_public("", std::string(of.text), fields.at());
    return;
  }
  AwsValue exclusion = ValueMaker::map(fields.at());
  put(exclusion, "ResourceArn", of);
  put(exclusion, "InternetGatewayExclusionMode",
      fields.chosen("internet_gateway_exclusion_mode"));
  context.network.add(F::kPublicAccessExclusions, std::move(exclusion));
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"aws_vpc", 0, add_vpc},
    {"aws_default_vpc", 0, adopt_vpc},
    {"aws_vpc_ipv4_cidr_block_association", 1, add_v4_block},
    {"aws_vpc_ipv6_cidr_block_association", 1, add_v6_block},
    {"aws_subnet", 0, add_subnet},
    {"aws_default_subnet", 0, adopt_subnet},
    {"aws_internet_gateway", 0, add_internet_gateway},
    {"aws_internet_gateway_attachment", 1, attach_internet_gateway},
    {"aws_egress_only_internet_gateway", 0, add_egress_only},
    {"aws_nat_gateway", 1, add_nat},
    {"aws_vpc_peering_connection", 0, add_peering},
    {"aws_vpc_block_public_access_options", 0, add_public_access},
    {"aws_vpc_block_public_access_exclusion", 0, add_exclusion},
});

}  // namespace

std::span<const TerraformRow> terraform_vpc_rows() { return kRows; }

}  // namespace netproof::io
