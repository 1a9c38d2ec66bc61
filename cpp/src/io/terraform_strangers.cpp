// Types that nobody translates, and what they may change.
#include <algorithm>
#include <array>

#include "io/terraform_translate.hpp"
#include "io/word_lists.hpp"

namespace netproof::io {
namespace {

using Sort = DeclaredNetwork::Sort;

// Networking of AWS by the beginning of its types: what is not known here is a
// way that nobody knows (S129).
constexpr auto kNetworking =
    std::to_array<std::string_view>({"aws_ec2_",
                                     "aws_vpc",
                                     "aws_dx_",
                                     "aws_networkfirewall_",
                                     "aws_networkmanager_",
                                     "aws_vpn_",
                                     "aws_route_table",
                                     "aws_network_acl",
                                     "aws_default_",
                                     "aws_main_route",
                                     "aws_internet_gateway",
                                     "aws_egress_only",
                                     "aws_nat_gateway",
                                     "aws_network_interface",
                                     "aws_security_group",
                                     "aws_subnet",
                                     "aws_eip",
                                     "aws_cloudformation_stack",
                                     "aws_cloudcontrolapi_",
                                     "aws_servicecatalog_provisioned_product",
                                     "aws_globalaccelerator_",
                                     "aws_serverlessapplicationrepository_",
                                     "aws_fms_",
                                     "aws_odb_",
                                     "aws_evs_",
                                     "awscc_"});

// These have such a beginning, and no part in routing or filtering here.
constexpr auto kHarmless = std::to_array<std::string_view>({
    "aws_dx_bgp_peer",
    "aws_dx_connection",
    "aws_dx_connection_association",
    "aws_dx_connection_confirmation",
    "aws_dx_hosted_connection",
    "aws_dx_hosted_private_virtual_interface",
    "aws_dx_hosted_public_virtual_interface",
    "aws_dx_hosted_public_virtual_interface_accepter",
    "aws_dx_hosted_transit_virtual_interface",
    "aws_dx_lag",
    "aws_dx_macsec_key_association",
    "aws_dx_public_virtual_interface",
    "aws_ec2_availability_zone_group",
    "aws_ec2_capacity_block_reservation",
    "aws_ec2_capacity_reservation",
    "aws_ec2_default_credit_specification",
    "aws_ec2_host",
    "aws_ec2_image_block_public_access",
    "aws_ec2_instance_metadata_defaults",
    "aws_ec2_instance_state",
    "aws_ec2_network_insights_analysis",
    "aws_ec2_network_insights_path",
    "aws_ec2_serial_console_access",
    "aws_ec2_subnet_cidr_reservation",
    "aws_ec2_traffic_mirror_filter",
    "aws_ec2_traffic_mirror_filter_rule",
    "aws_ec2_traffic_mirror_session",
    "aws_ec2_traffic_mirror_target",
    "aws_ec2_transit_gateway_connect_peer",
    "aws_ec2_transit_gateway_default_route_table_association",
    "aws_ec2_transit_gateway_default_route_table_propagation",
    "aws_ec2_transit_gateway_multicast_domain",
    "aws_ec2_transit_gateway_multicast_domain_association",
    "aws_ec2_transit_gateway_multicast_group_member",
    "aws_ec2_transit_gateway_multicast_group_source",
    "aws_ec2_transit_gateway_policy_table_association",
    "aws_networkfirewall_logging_configuration",
    "aws_networkfirewall_resource_policy",
    "aws_networkfirewall_tls_inspection_configuration",
    "aws_networkmanager_global_network",
    "aws_networkmanager_transit_gateway_registration",
    "aws_vpc_dhcp_options",
    "aws_vpc_dhcp_options_association",
    "aws_vpc_endpoint_connection_notification",
    "aws_vpc_endpoint_policy",
    "aws_vpc_endpoint_private_dns",
    "aws_vpc_endpoint_security_group_association",
    "aws_vpc_endpoint_service",
    "aws_vpc_endpoint_service_allowed_principal",
    "aws_vpc_endpoint_service_private_dns_verification",
    "aws_vpc_ipam",
    "aws_vpc_ipam_organization_admin_account",
    "aws_vpc_ipam_pool",
    "aws_vpc_ipam_pool_cidr",
    "aws_vpc_ipam_pool_cidr_allocation",
    "aws_vpc_ipam_preview_next_cidr",
    "aws_vpc_ipam_resource_discovery",
    "aws_vpc_ipam_resource_discovery_association",
    "aws_vpc_ipam_scope",
    "aws_vpc_network_performance_metric_subscription",
    "aws_vpc_peering_connection_options",
    "aws_default_vpc_dhcp_options",
    "aws_eip_domain_name",
    "aws_network_interface_attachment",
    "aws_network_interface_permission",
    "aws_globalaccelerator_accelerator",
    "aws_globalaccelerator_listener",
});

// Whose interfaces have private addresses alone.
constexpr auto kPrivate = std::to_array<std::string_view>(
    {"aws_efs_mount_target", "aws_elasticache_cluster",
     "aws_elasticache_replication_group", "aws_elasticache_serverless_cache",
     "aws_lambda_function", "aws_memorydb_cluster", "aws_opensearch_domain",
     "aws_route53_resolver_endpoint"});

// Name subnets in words of their own.
constexpr auto kHoldInterfaces =
    std::to_array<std::string_view>({"aws_elastic_beanstalk_environment"});

// Accepted here, and asked for by a resource that another configuration has:
// a way that nobody describes.
constexpr auto kAccepters = std::to_array<std::string_view>(
    {"aws_vpc_peering_connection_accepter",
     "aws_ec2_transit_gateway_peering_attachment_accepter",
     "aws_ec2_transit_gateway_vpc_attachment_accepter"});

// Without interfaces of their own, whatever VPC or subnet they name.
constexpr auto kWithoutInterfaces = std::to_array<std::string_view>(
    {"aws_customer_gateway",
     "aws_db_subnet_group",
     "aws_elasticache_subnet_group",
     "aws_flow_log",
     "aws_launch_configuration",
     "aws_launch_template",
     "aws_lb_listener",
     "aws_lb_target_group",
     "aws_redshift_subnet_group",
     "aws_route53_resolver_config",
     "aws_route53_resolver_dnssec_config",
     "aws_route53_resolver_firewall_config",
     "aws_route53_resolver_firewall_rule_group_association",
     "aws_route53_resolver_query_log_config_association",
     "aws_route53_resolver_rule",
     "aws_route53_resolver_rule_association",
     "aws_route53_zone",
     "aws_route53_zone_association",
     "aws_s3_access_point",
     "aws_service_discovery_private_dns_namespace",
     "aws_ram_resource_association",
     "aws_ram_resource_share",
     "aws_ram_principal_association"});

// Providers that make nothing outside of the run, or only read.
constexpr auto kIdle = std::to_array<std::string_view>(
    {"archive", "cloudinit", "dns", "external", "http", "local", "null",
     "random", "template", "terraform", "time", "tls"});

// What runs in a cluster makes balancers, and opens groups for them.
constexpr auto kClusterTypes = std::to_array<std::string_view>(
    {"helm_release", "kubectl_manifest", "kubernetes_ingress",
     "kubernetes_ingress_v1", "kubernetes_manifest", "kubernetes_service",
     "kubernetes_service_v1"});

// Parts of a network that whoever knows their names may change.
constexpr auto kParts = std::to_array<std::string_view>(
    {"aws_vpc", "aws_default_", "aws_subnet", "aws_route_table",
     "aws_network_acl", "aws_network_interface", "aws_security_group",
     "aws_internet_gateway", "aws_ec2_transit_gateway", "aws_vpn_gateway",
     "aws_dx_gateway"});

// What it is accepted for stands here too: that one tells the whole.
bool accepts_a_resource(const TerraformContext& context,
                        const TerraformResource& accepter) {
  const std::string id = context.references.name_of(accepter);
  const TerraformResource* asked = context.references.find(id);
  return asked != nullptr && asked != &accepter && !asked->parts.data;
}

// Whether its interfaces have private addresses alone.
bool is_private(const TerraformResource& resource) {
  const std::string& type = resource.parts.type;
  const auto says = [&](std::string_view key, std::string_view word) {
    return known(said(resource.values, key)) == word;
  };
  if (among(kPrivate, type)) return true;
  if (type == "aws_lb" || type == "aws_alb" || type == "aws_elb") {
    return says("internal", "true");
  }
  const bool base = type.starts_with("aws_db_") || type.starts_with("aws_rds_");
  return base && says("publicly_accessible", "false");
}

// Whether a resource says something of a subnet, VPC or interface.
bool names_network(const AwsValue& value) {
  return std::ranges::any_of(value.members, [](const AwsValue::Member& one) {
    if (one.value.empty()) return false;
    for (const std::string_view word :
         {"subnet", "vpc_", "security_group", "network"}) {
      if (one.key.find(word) == std::string_view::npos) continue;
      if (one.value.text != "false") return true;
    }
    return names_network(one.value);
  });
}

bool is_part(std::string_view type) { return begins_with_one_of(kParts, type); }

// Whether a value is the id of a part of the network.
bool names_part(const TerraformContext& context, const AwsValue& value) {
  const TerraformResource* one =
      known(value).empty() ? nullptr : context.references.find(value.text);
  if (one != nullptr && is_part(one->parts.type)) return true;
  return std::ranges::any_of(value.members, [&](const auto& member) {
    return names_part(context, member.value);
  });
}

// Of a provider that is not AWS's.
void judge_foreign(TerraformContext& context,
                   const TerraformResource& resource) {
  DeclaredNetwork& network = context.network;
  const std::string& type = resource.parts.type;
  const std::string provider = type.substr(0, type.find('_'));
  if (among(kIdle, provider)) return;
  const std::string why = resource.address + " (" + type + ")";
  const auto mentioned = context.references.mentioned(resource);
  const bool handed = std::ranges::any_of(
      mentioned, [](const auto* one) { return is_part(one->parts.type); });
  if (among(kClusterTypes, type)) {
    network.add_unlisted_interfaces();
    network.doubt(Sort::kGroups, why, resource.values);
    network.doubt_public("", why, resource.values);
    network.gap(resource.values, why,
                "which balancers the cluster makes is unknown");
  } else if (handed || names_part(context, resource.values)) {
    network.doubt_all(why, resource.values);
  } else {
    network.assume_idle(provider);
  }
}

}  // namespace

void judge_stranger(TerraformContext& context,
                    const TerraformResource& resource) {
  const std::string& type = resource.parts.type;
  if (among(kHarmless, type) || among(kWithoutInterfaces, type)) return;
  if (among(kAccepters, type) && accepts_a_resource(context, resource)) return;
  const std::string why = resource.address + " (" + type + ")";
  if (type == "aws_ec2_tag") {
    context.network.doubt_labels(why, resource.values);
  } else if (begins_with_one_of(kNetworking, type)) {
    // It may change what is declared, too.
    context.network.doubt_all(why, resource.values);
  } else if (!type.starts_with("aws_")) {
    judge_foreign(context, resource);
  } else if (among(kHoldInterfaces, type) || names_network(resource.values)) {
    // It may put interfaces into subnets, some of them public.
    context.network.add_unlisted_interfaces();
    if (!is_private(resource)) {
      context.network.doubt_public("", why, resource.values);
    }
    context.network.gap(resource.values, why,
                        "which addresses its interfaces have is unknown");
  }
}

}  // namespace netproof::io
