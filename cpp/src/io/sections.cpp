#include "io/sections.hpp"

#include <algorithm>

namespace netproof::io {
namespace {

struct Section {
  const char* key;
  std::function<void(Draft&, const Node&)> read;
};

template <class Owner>
std::function<void(Draft&, const Node&)> without_owner(
    void (*read)(Draft&, const Node&, const std::optional<Owner>&)) {
  return [read](Draft& draft, const Node& node) {
    read(draft, node, std::nullopt);
  };
}

const std::vector<Section>& sections() {
  static const std::vector<Section> all{
      {"accounts", read_account},
      {"vpcs", read_vpc},
      {"subnets", without_owner(read_subnet)},
      {"interfaces", without_owner(read_interface)},
      {"route_tables", without_owner(read_route_table)},
      {"internet_gateways", without_owner(read_internet_gateway)},
      {"egress_only_gateways", without_owner(read_egress_only_gateway)},
      {"nat_gateways", without_owner(read_nat_gateway)},
      {"peerings", read_peering},
      {"endpoints", without_owner(read_endpoint)},
      {"prefix_lists", read_prefix_list},
      {"security_groups", without_owner(read_security_group)},
      {"network_acls", without_owner(read_network_acl)},
      {"transit_gateways", read_transit_gateway},
      {"transit_gateway_route_tables", without_owner(read_transit_table)},
      {"transit_gateway_attachments", without_owner(read_transit_attachment)},
      {"sites", read_site},
      {"direct_connect_gateways", read_direct_connect_gateway},
      {"virtual_interfaces", read_virtual_interface},
      {"vpn_connections", read_vpn_connection},
      {"vpn_gateways", without_owner(read_vpn_gateway)},
      {"segments", read_segment},
      {"hosts", without_owner(read_host)},
      {"routers", read_router},
      {"firewalls", read_firewall},
      {"clusters", read_cluster},
      {"network_firewalls", read_network_firewall},
      {"firewall_policies", read_firewall_policy},
      {"firewall_rule_groups", read_firewall_rule_group},
      {"buckets", read_bucket},
      {"address_blocks", read_address_block},
      {"dns_records", read_dns_record},
  };
  return all;
}

void read_version(Fields& fields) {
  const Node* node = fields.find("version");
  if (node == nullptr) return;
  if (node->is_scalar() && !node->quoted && node->text == "1") return;
  fields.problems().add(
      {"version", node->where, "the version of the format is 1",
       node->is_scalar() ? node->text : std::string(describe(node->kind)), ""});
}

std::vector<Node> read_file_names(Fields& fields, const char* key) {
  const Node* node = fields.find(key);
  if (node == nullptr) return {};
  return read_list<Node>(fields.problems(), *node,
                         [&](const Node& item, auto& out) {
                           if (read_text(fields.problems(), item))
                             out.push_back(item);
                         });
}

// Of a network of which only a plan is known: AWS gives addresses later.
void read_public_addresses(Draft& draft, Fields& fields) {
  const Node* node = fields.find("public_addresses");
  if (node == nullptr) return;
  if (!node->is_unknown()) {
    fields.problems().add({"value", node->where,
                           "the public addresses of a whole network are "
                           "unknown, or those of its interfaces",
                           node->text, ""});
    return;
  }
  draft.parts.gaps.push_back({"public-addresses-are-known", node->where,
                              "the public addresses of a network are known", "",
                              "what the internet can call is unknown"});
}

NamedFiles read_heading(Draft& draft, Fields& fields) {
  draft.parts.name = fields.text("name");
  draft.parts.description = fields.prose("description");
  draft.parts.snapshot = fields.flag("snapshot", false);
  read_public_addresses(draft, fields);
  NamedFiles named;
  named.files = read_file_names(fields, "files");
  named.rules = read_file_names(fields, "rules");
  return named;
}

bool has_any(const Node& root, std::initializer_list<const char*> keys) {
  return std::ranges::any_of(
      keys, [&](const char* key) { return root.find(key) != nullptr; });
}

}  // namespace

const std::vector<std::string>& table_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (const Section& section : sections()) result.emplace_back(section.key);
    return result;
  }();
  return names;
}

NamedFiles read_sections(Draft& draft, const Node& root, bool first) {
  NamedFiles named;
  if (root.kind == NodeKind::kNull) return named;
  const int before = draft.problems.failures();
  Fields fields{draft.problems, root, "topology file"};
  if (!root.is_map()) return named;
  read_version(fields);
  if (first) named = read_heading(draft, fields);
  read_claims(draft, fields);
  for (const Section& section : sections()) {
    each_object(draft, fields.find(section.key), nullptr,
                [&](const Node& node) { section.read(draft, node); });
  }
  fields.finish();
  // A whole table, or a key of unknown meaning: nothing holds what it said.
  if (draft.problems.failures() != before) draft.fatal = true;
  return named;
}

std::optional<std::string> foreign_kind(const Node& root) {
  if (!root.is_map()) return std::nullopt;
  if (has_any(root, {"AWSTemplateFormatVersion", "Resources"})) {
    return "a CloudFormation template";
  }
  if (has_any(root, {"terraform_version", "planned_values"})) {
    return "a Terraform plan or state";
  }
  if (has_any(root, {"apiVersion"})) return "a Kubernetes manifest";
  if (has_any(root, {"homeRegion", "centralNetworkServices", "defaultVpc"})) {
    return "a network-config of AWS Landing Zone Accelerator";
  }
  if (has_any(root, {"Vpcs", "Subnets", "RouteTables", "TransitGateways",
                     "SecurityGroups", "NetworkAcls", "NetworkInterfaces",
                     "InternetGateways", "NatGateways",
                     "TransitGatewayAttachments", "TransitGatewayRouteTables",
                     "VpcPeeringConnections", "VpcEndpoints"})) {
    return "an AWS snapshot";
  }
  return std::nullopt;
}

}  // namespace netproof::io
