#include "io/write_parts.hpp"

namespace netproof::io {
namespace {

YamlTree written_access(PublicAccess access) {
  switch (access) {
    case PublicAccess::kAllowed:
      return "allowed";
    case PublicAccess::kIngressBlocked:
      return "ingress-blocked";
    case PublicAccess::kBlocked:
      return "blocked";
  }
  return nullptr;
}

YamlTree vpc(const Vpc& vpc) {
  YamlTree tree = written_object(vpc);
  put_text(tree, "region", vpc.region);
  tree["cidrs"] = written(vpc.cidrs);
  put(tree, "main_route_table", vpc.main_table);
  if (!vpc.public_access.is(PublicAccess::kAllowed)) {
    tree["public_access"] = vpc.public_access.unknown
                                ? YamlTree{}
                                : written_access(vpc.public_access.value);
  }
  put(tree, "default_security_group", vpc.default_group);
  put(tree, "security_groups", vpc.security_groups);
  if (vpc.subnets_open) tree["subnets"] = YamlTree::array({nullptr});
  return tree;
}

YamlTree subnet(const Subnet& subnet) {
  YamlTree tree = written_object(subnet);
  tree["vpc"] = written(subnet.vpc);
  tree["cidrs"] = written(subnet.cidrs);
  put_unless(tree, "zone", subnet.zone, {});
  put(tree, "route_table", subnet.route_table);
  put(tree, "network_acl", subnet.acl);
  put(tree, "security_groups", subnet.security_groups);
  if (subnet.interfaces_open) tree["interfaces"] = YamlTree::array({nullptr});
  return tree;
}

YamlTree interface(const Interface& interface) {
  YamlTree tree = written_object(interface);
  tree["subnet"] = written(interface.subnet);
  tree["addresses"] = written(interface.addresses);
  if (!interface.public_addresses.empty()) {
    tree["public_addresses"] = written(interface.public_addresses);
  }
  put(tree, "security_groups", interface.security_groups);
  put_unless(tree, "source_check", interface.source_check, {true, false, {}});
  put(tree, "forwards", interface.forwards);
  return tree;
}

YamlTree endpoint(const Endpoint& endpoint) {
  YamlTree tree = written_object(endpoint);
  tree["vpc"] = written(endpoint.vpc);
  switch (endpoint.kind) {
    case EndpointKind::kGateway:
      tree["kind"] = "gateway";
      break;
    case EndpointKind::kInterface:
      tree["kind"] = "interface";
      break;
    case EndpointKind::kInspection:
      tree["kind"] = "inspection";
      break;
  }
  put(tree, "subnet", endpoint.subnet);
  if (!endpoint.interfaces.empty()) {
    tree["interfaces"] = written(endpoint.interfaces);
  }
  if (!endpoint.addresses.empty()) {
    tree["addresses"] = written(endpoint.addresses);
  }
  put(tree, "passes", endpoint.passes);
  put(tree, "firewall", endpoint.firewall);
  put_text(tree, "service", endpoint.service);
  put(tree, "policy", endpoint.policy);
  return tree;
}

}  // namespace

void write_vpcs(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "vpcs", parts.vpcs, vpc);
  put_table(file, "subnets", parts.subnets, subnet);
  put_table(file, "interfaces", parts.interfaces, interface);
  put_table(file, "endpoints", parts.endpoints, endpoint);
}

}  // namespace netproof::io
