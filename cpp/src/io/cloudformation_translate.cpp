#include "io/cloudformation_translate.hpp"

#include <algorithm>
#include <array>

#include "io/word_lists.hpp"

namespace netproof::io {
namespace {

// Networking of AWS by the beginning of its types, and what brings resources
// of its own: what is not known here is a way that nobody knows.
constexpr auto kNetworking = std::to_array<std::string_view>(
    {"AWS::CloudFormation::", "AWS::DirectConnect::", "AWS::EC2::",
     "AWS::EVS::", "AWS::FMS::", "AWS::GlobalAccelerator::",
     "AWS::NetworkFirewall::", "AWS::NetworkManager::", "AWS::ODB::",
     "AWS::ServerlessRepo::", "AWS::Serverless::Application",
     "AWS::ServiceCatalog::CloudFormationProvisioned", "AWS::VpcLattice::"});

// These have such a beginning, and no part in routing or filtering here.
constexpr auto kHarmless = std::to_array<std::string_view>({
    "AWS::CloudFormation::HookDefaultVersion",
    "AWS::CloudFormation::HookTypeConfig",
    "AWS::CloudFormation::HookVersion",
    "AWS::CloudFormation::PublicTypeVersion",
    "AWS::CloudFormation::Publisher",
    "AWS::CloudFormation::ResourceDefaultVersion",
    "AWS::CloudFormation::ResourceVersion",
    "AWS::CloudFormation::TypeActivation",
    "AWS::CloudFormation::WaitCondition",
    "AWS::CloudFormation::WaitConditionHandle",
    "AWS::DirectConnect::Connection",
    "AWS::DirectConnect::Lag",
    "AWS::DirectConnect::PublicVirtualInterface",
    "AWS::EC2::CapacityReservation",
    "AWS::EC2::CapacityReservationFleet",
    "AWS::EC2::CustomerGateway",
    "AWS::EC2::DHCPOptions",
    "AWS::EC2::EnclaveCertificateIamRoleAssociation",
    "AWS::EC2::FlowLog",
    "AWS::EC2::Host",
    "AWS::EC2::IPAM",
    "AWS::EC2::IPAMAllocation",
    "AWS::EC2::IPAMPool",
    "AWS::EC2::IPAMPoolCidr",
    "AWS::EC2::IPAMResourceDiscovery",
    "AWS::EC2::IPAMResourceDiscoveryAssociation",
    "AWS::EC2::IPAMScope",
    "AWS::EC2::KeyPair",
    "AWS::EC2::LaunchTemplate",
    "AWS::EC2::NetworkInsightsAccessScope",
    "AWS::EC2::NetworkInsightsAccessScopeAnalysis",
    "AWS::EC2::NetworkInsightsAnalysis",
    "AWS::EC2::NetworkInsightsPath",
    "AWS::EC2::NetworkInterfaceAttachment",
    "AWS::EC2::NetworkInterfacePermission",
    "AWS::EC2::NetworkPerformanceMetricSubscription",
    "AWS::EC2::PlacementGroup",
    "AWS::EC2::SnapshotBlockPublicAccess",
    "AWS::EC2::TrafficMirrorFilter",
    "AWS::EC2::TrafficMirrorFilterRule",
    "AWS::EC2::TrafficMirrorSession",
    "AWS::EC2::TrafficMirrorTarget",
    "AWS::EC2::TransitGatewayConnectPeer",
    "AWS::EC2::VPCDHCPOptionsAssociation",
    "AWS::EC2::VPCEndpointConnectionNotification",
    "AWS::EC2::VPCEndpointService",
    "AWS::EC2::VPCEndpointServicePermissions",
    "AWS::EC2::Volume",
    "AWS::EC2::VolumeAttachment",
    "AWS::NetworkFirewall::LoggingConfiguration",
    "AWS::NetworkFirewall::TLSInspectionConfiguration",
    "AWS::NetworkManager::CustomerGatewayAssociation",
    "AWS::NetworkManager::Device",
    "AWS::NetworkManager::GlobalNetwork",
    "AWS::NetworkManager::Link",
    "AWS::NetworkManager::LinkAssociation",
    "AWS::NetworkManager::Site",
    "AWS::NetworkManager::TransitGatewayRegistration",
    // Without interfaces, whatever VPC or subnet they name.
    "AWS::DAX::SubnetGroup",
    "AWS::DMS::ReplicationSubnetGroup",
    "AWS::ElastiCache::SubnetGroup",
    "AWS::ElasticLoadBalancingV2::Listener",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::Logs::ResourcePolicy",
    "AWS::MemoryDB::SubnetGroup",
    "AWS::Neptune::DBSubnetGroup",
    "AWS::RAM::ResourceShare",
    "AWS::RDS::DBSubnetGroup",
    "AWS::Redshift::ClusterSubnetGroup",
    "AWS::Route53::HostedZone",
    "AWS::Route53Resolver::FirewallRuleGroupAssociation",
    "AWS::Route53Resolver::ResolverConfig",
    "AWS::Route53Resolver::ResolverDNSSECConfig",
    "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation",
    "AWS::Route53Resolver::ResolverRule",
    "AWS::Route53Resolver::ResolverRuleAssociation",
    "AWS::S3::AccessPoint",
    "AWS::S3::BucketPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::ServiceDiscovery::PrivateDnsNamespace",
});

// Whose interfaces have private addresses alone.
constexpr auto kPrivate = std::to_array<std::string_view>(
    {"AWS::EC2::InstanceConnectEndpoint", "AWS::EFS::MountTarget",
     "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup",
     "AWS::ElastiCache::ServerlessCache", "AWS::Lambda::Function",
     "AWS::MemoryDB::Cluster", "AWS::NetworkFirewall::VpcEndpointAssociation",
     "AWS::OpenSearchService::Domain", "AWS::Route53Resolver::ResolverEndpoint",
     "AWS::Serverless::Function"});

// Interfaces, and nothing that routes.
constexpr auto kHoldInterfaces = std::to_array<std::string_view>(
    {"AWS::EC2::EC2Fleet", "AWS::EC2::InstanceConnectEndpoint",
     "AWS::EC2::SpotFleet", "AWS::ElasticBeanstalk::Environment",
     "AWS::NetworkFirewall::VpcEndpointAssociation"});

// Whether its interfaces have private addresses alone.
bool is_private(const CloudFormationResource& resource) {
  const auto property = [&](std::string_view key) {
    return said(resource.properties, key);
  };
  if (among(kPrivate, resource.type)) return true;
  if (resource.type.starts_with("AWS::ElasticLoadBalancing")) {
    return known(property("Scheme")) == "internal";
  }
  return resource.type == "AWS::RDS::DBInstance" &&
         flag_of(property("PubliclyAccessible")) == false;
}

bool is_network_word(std::string_view key) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"Subnet", "Vpc", "VPC", "SecurityGroup", "NetworkInterface",
       "RouteTable", "NetworkAcl", "TransitGateway"});
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return key.find(word) != std::string_view::npos;
  });
}

// Whether a resource says something of a subnet, VPC or interface.
bool names_network(const AwsValue& value) {
  return std::ranges::any_of(value.members, [](const AwsValue::Member& one) {
    return !one.value.empty() &&
           (is_network_word(one.key) || names_network(one.value));
  });
}

// Whether a text names something that is declared here: "Vpc", and within
// "arn:aws:ec2:eu-west-1:111122223333:vpc/Vpc" too.
bool names_declared(const CloudFormationContext& context,
                    std::string_view text) {
  constexpr std::string_view kBetween = "/:,; \"'()[]{}=";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end =
        std::min(text.find_first_of(kBetween, at), text.size());
    const CloudFormationResource* one = context.find(text.substr(at, end - at));
    if (one != nullptr && begins_with_one_of(kNetworking, one->type))
      return true;
    at = end + 1;
  }
  return false;
}

// Whether somebody is handed a part of the network, or may be.
bool is_handed_a_part(const CloudFormationContext& context,
                      const AwsValue& value) {
  if (value.kind == AwsValue::Kind::kText) {
    return names_declared(context, value.text);
  }
  return std::ranges::any_of(value.members, [&](const AwsValue::Member& one) {
    if (is_unknown(one.value) && is_network_word(one.key)) return true;
    return is_handed_a_part(context, one.value);
  });
}

const CloudFormationRow* row_of(std::string_view type) {
  for (const auto& rows :
       {cloudformation_vpc_rows(), cloudformation_route_rows(),
        cloudformation_filter_rows(), cloudformation_firewall_rows(),
        cloudformation_interface_rows(), cloudformation_transit_rows(),
        cloudformation_hybrid_rows()}) {
    const auto at = std::ranges::find(rows, type, &CloudFormationRow::type);
    if (at != rows.end()) return &*at;
  }
  return nullptr;
}

// It may put interfaces into subnets, some of them public.
void hold_interfaces(CloudFormationContext& context,
                     const CloudFormationResource& one,
                     const std::string& why) {
  context.network.add_unlisted_interfaces();
  if (!is_private(one)) {
    context.network.doubt_public("", why, one.properties);
  }
  context.network.gap(one.properties, why,
                      "which addresses its interfaces have is unknown");
}

// A type that nobody translates.
void judge(CloudFormationContext& context, const CloudFormationResource& one) {
  const std::string why = one.id + " (" + one.type + ")";
  if (among(kHarmless, one.type)) return;
  if (among(kHoldInterfaces, one.type)) {
    hold_interfaces(context, one, why);
    return;
  }
  const bool custom = one.type.starts_with("Custom::") ||
                      one.type == "AWS::CloudFormation::CustomResource";
  const bool module = one.type.ends_with("::MODULE");
  const bool foreign = !one.type.starts_with("AWS::");
  if (module || (!custom && begins_with_one_of(kNetworking, one.type))) {
    // It may change what is declared, too.
    context.network.doubt_all(why, one.properties);
  } else if (foreign || custom) {
    // Whoever is handed the name of a part of the network may change it.
    if (is_unknown(one.properties) ||
        is_handed_a_part(context, one.properties)) {
      context.network.doubt_all(why, one.properties);
    }
  } else if (is_unknown(one.properties) || names_network(one.properties)) {
    hold_interfaces(context, one, why);
  }
}

bool lists_word(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

// What a property does that nobody knows is not known.
void check_properties(CloudFormationContext& context,
                      const CloudFormationFields& fields,
                      const CloudFormationRow& row) {
  for (const AwsValue::Member& one : fields.at().members) {
    if (one.value.empty() || one.key == "Tags") continue;
    if (lists_word(row.properties, one.key)) continue;
    context.network.doubt_all(fields.about(one.key), one.value);
  }
}

// Blocks, tables and filters of a VPC, and tables of a transit gateway, stand
// in no template if that does not.
void check_homes(CloudFormationContext& context,
                 const CloudFormationFields& fields) {
  for (const char* property :
       {"VpcId", "TransitGatewayId", "AssociatedGatewayId"}) {
    const std::string id = fields.text(property);
    if (id.empty() || context.find(id) != nullptr) continue;
    context.network.doubt_all(fields.about(property) + " " + id,
                              fields.value(property));
  }
}

void translate(CloudFormationContext& context,
               const CloudFormationResource& resource,
               const CloudFormationRow& row) {
  const CloudFormationFields fields{context, resource};
  if (is_unknown(resource.properties)) {
    context.network.doubt_all(fields.about("Properties"), resource.properties);
    return;
  }
  if (!resource.certain && !row.takes_uncertain) {
    context.network.doubt_all(resource.id + ", which may not be made",
                              resource.properties);
    return;
  }
  check_properties(context, fields, row);
  check_homes(context, fields);
  row.handler(context, fields);
}

}  // namespace

const CloudFormationResource* CloudFormationContext::find(
    std::string_view id) const {
  // Sorted by name.
  const auto at = std::ranges::lower_bound(
      resources, id, std::less<>{}, [](const CloudFormationResource& one) {
        return std::string_view{one.id};
      });
  return at != resources.end() && at->id == id ? &*at : nullptr;
}

void translate_cloudformation(CloudFormationContext& context) {
  constexpr int kLastPhase = 3;
  constexpr int kLines = 2;
  for (int phase = 0; phase <= kLastPhase; ++phase) {
    if (phase == kLines) context.network.declare_defaults();
    for (const CloudFormationResource& one : context.resources) {
      const CloudFormationRow* row = row_of(one.type);
      if (row == nullptr) {
        if (phase == 0) judge(context, one);
      } else if (row->phase == phase) {
        translate(context, one, *row);
      }
    }
  }
}

}  // namespace netproof::io
