#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

// What is gone or not there yet: AWS shows routes to it as blackholes.
bool is_there(const AwsObject& endpoint) {
  const std::string state = endpoint.text("State");
  for (const char* word : {"", "available", "Available", "pending", "Pending",
                           "partial", "Partial"}) {
    if (state == word) return true;
  }
  for (const char* word :
       {"deleted", "Deleted", "deleting", "Deleting", "rejected", "Rejected",
        "failed", "Failed", "expired", "Expired", "pendingAcceptance",
        "PendingAcceptance", "pending-acceptance"}) {
    if (state == word) return false;
  }
  endpoint.report_unknown("State");
  return true;
}

void add_endpoint(AwsBuild& build, Endpoint endpoint) {
  build.endpoints[endpoint.name] = build.parts.endpoints.size();
  build.parts.endpoints.push_back(std::move(endpoint));
}

void read_kind(AwsBuild& build, const AwsObject& fields, Endpoint& endpoint) {
  const std::string kind = fields.text("VpcEndpointType");
  const std::vector<std::string> subnets = fields.texts("SubnetIds");
  if (kind.empty() || kind == "Gateway") {
    endpoint.kind = EndpointKind::kGateway;
  } else if (kind == "Interface") {
    endpoint.kind = EndpointKind::kInterface;
  } else if (kind == "GatewayLoadBalancer") {
    endpoint.kind = EndpointKind::kInspection;
  } else {
    // Of services that are not modelled; its interfaces answer like others.
    endpoint.kind = EndpointKind::kInterface;
    fields.report_unknown("VpcEndpointType");
  }
  if (endpoint.kind == EndpointKind::kInspection && !subnets.empty()) {
    endpoint.subnet = ref<Subnet>(subnets.front(), fields.where("SubnetIds"));
  }
  for (const std::string& id : fields.texts("NetworkInterfaceIds")) {
    if (endpoint.kind != EndpointKind::kInterface) break;
    if (!build.interfaces.contains(id)) continue;
    endpoint.interfaces.push_back(
        ref<Interface>(id, fields.where("NetworkInterfaceIds")));
  }
}

void read_service(AwsBuild& build, const AwsObject& fields,
                  Endpoint& endpoint) {
  endpoint.service = fields.text("ServiceName");
  endpoint.labels.emplace("service", endpoint.service);
  if (endpoint.kind == EndpointKind::kInspection) return;
  if (!fields.has("PolicyDocument") || fields.is_unknown("PolicyDocument")) {
    endpoint.policy = ResourcePolicy{{}, true, endpoint.where};
    return;
  }
  endpoint.policy =
      policy_in(build, fields.text("PolicyDocument"),
                fields.where("PolicyDocument"), "endpoint:" + endpoint.name);
}

PublicAccess mode_of(const AwsObject& options, const char* key, bool& known) {
  known = !options.is_unknown(key);
  if (!known) return PublicAccess::kAllowed;
  const std::string mode = options.text(key);
  if (mode == "block-ingress" || mode == "allow-egress") {
    return PublicAccess::kIngressBlocked;
  }
  if (mode == "block-bidirectional") return PublicAccess::kBlocked;
  known = mode.empty() || mode == "off" || mode == "allow-bidirectional";
  if (!known) options.report_unknown(key);
  return PublicAccess::kAllowed;
}

void exclude(AwsBuild& build, const AwsResource& resource) {
  const AwsObject fields{build.reading, resource};
  const std::string state = fields.text("State");
  if (state.starts_with("delete") || state == "disable-complete") return;
  const std::string arn = fields.text("ResourceArn");
  const bool named = build.vpcs.contains(arn) || build.subnets.contains(arn);
  const std::string id = named ? arn : arn.substr(arn.rfind('/') + 1);
  bool known = true;
  const PublicAccess mode =
      mode_of(fields, "InternetGatewayExclusionMode", known);
  const auto vpc = build.vpcs.find(id);
  if (vpc != build.vpcs.end() && !vpc->second.says_public_access) {
    Open<PublicAccess>& access =
        build.parts.vpcs[vpc->second.index].public_access;
    // An exclusion never blocks what is not blocked.
    if (mode < access.value) access.value = mode;
    access.unknown = access.unknown || !known;
  }
  const auto subnet = build.subnets.find(id);
  if (subnet == build.subnets.end()) return;
  const auto home =
      build.vpcs.find(build.parts.subnets[subnet->second].vpc.name);
  if (home != build.vpcs.end()) {
    build.parts.vpcs[home->second.index].public_access.unknown = true;
  }
}

}  // namespace

void build_endpoints(AwsBuild& build) {
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kEndpoints)) {
    const OddScope odd{build.reading};
    const AwsObject fields{build.reading, one};
    fields.knows({"CreationTimestamp",
                  "DnsEntries",
                  "DnsOptions",
                  "FailureReason",
                  "Groups",
                  "IpAddressType",
                  "Ipv4Prefixes",
                  "Ipv6Prefixes",
                  "LastError",
                  "NetworkInterfaceIds",
                  "OwnerId",
                  "PayerResponsibilities",
                  "PolicyDocument",
                  "PrivateDnsEnabled",
                  "RequesterManaged",
                  "ResourceConfigurationArn",
                  "RouteTableIds",
                  "ServiceName",
                  "ServiceNetworkArn",
                  "ServiceRegion",
                  "State",
                  "SubnetIds",
                  "Tags",
                  "VpcEndpointId",
                  "VpcEndpointType",
                  "VpcId"});
    if (!is_there(fields)) continue;
    Endpoint endpoint;
    build.name(endpoint, one, fields, "VpcEndpointId");
    endpoint.vpc = ref<Vpc>(fields.text("VpcId"), fields.where("VpcId"));
    build.vpc(endpoint.vpc.name, endpoint.vpc.where);
    read_kind(build, fields, endpoint);
    read_service(build, fields, endpoint);
    if (odd.odd()) build.doubted_vpcs.insert(endpoint.vpc.name);
    add_endpoint(build, std::move(endpoint));
  }
  build_firewalls(build);
  for (const Endpoint& endpoint : build.parts.endpoints) {
    if (endpoint.kind != EndpointKind::kInspection || endpoint.firewall) {
      continue;
    }
    build.reading.gap("snapshot-is-understood", endpoint.where,
                      "what an inspection endpoint lets through is modelled",
                      endpoint.name,
                      "the appliances behind it are not: what passes is "
                      "unknown");
  }
}

void build_public_access(AwsBuild& build) {
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kPublicAccess)) {
    bool known = true;
    const PublicAccess mode =
        mode_of({build.reading, one}, "InternetGatewayBlockMode", known);
    for (auto& [_, notes] : build.vpcs) {
      if (notes.scope != one.file->scope || notes.says_public_access) continue;
      Open<PublicAccess>& access = build.parts.vpcs[notes.index].public_access;
      access.value = mode;
      access.unknown = !known;
    }
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kPublicAccessExclusions)) {
    exclude(build, one);
  }
}

}  // namespace netproof::io
