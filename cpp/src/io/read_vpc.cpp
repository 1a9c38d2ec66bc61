#include "io/draft.hpp"

namespace netproof::io {
namespace {

constexpr int kAccountDigits = 12;

Open<PublicAccess> read_public_access(Fields& fields) {
  Open<PublicAccess> result;
  const Node* node = fields.find("public_access");
  if (node == nullptr) return result;
  result.where = node->where;
  result.unknown = true;
  if (node->is_unknown()) return result;
  const int before = fields.problems().failures();
  const auto choice = read_choice(fields.problems(), *node,
                                  {"allowed", "ingress-blocked", "blocked"});
  fields.problems().forgive(before);
  if (choice) {
    result.value = static_cast<PublicAccess>(*choice);
    result.unknown = false;
  }
  return result;
}

// A text names a group that unlisted addresses carry, a mapping defines one.
void read_vpc_groups(Draft& draft, Fields& fields, Vpc& vpc) {
  const Node* node = fields.find("security_groups");
  if (node == nullptr) return;
  Node carried = *node;
  bool has_names = !node->is_list() || node->items.empty();
  if (node->is_list()) {
    carried.items.clear();
    for (const Node& item : node->items) {
      if (item.is_map()) {
        read_security_group(draft, item, ref_to(vpc));
      } else {
        carried.items.push_back(item);
        has_names = true;
      }
    }
  }
  if (!has_names) return;
  vpc.security_groups = read_open_list<Ref<SecurityGroup>>(
      draft.problems, carried, [&](const Node& item, auto& out) {
        if (auto ref = read_ref<SecurityGroup>(draft.problems, item)) {
          out.push_back(std::move(*ref));
        }
      });
}

void read_nested_gateways(Draft& draft, Fields& fields, const VpcOwner& owner) {
  each_object(draft, fields.find("internet_gateways"), nullptr,
              [&](const Node& n) { read_internet_gateway(draft, n, owner); });
  each_object(
      draft, fields.find("egress_only_gateways"), nullptr,
      [&](const Node& n) { read_egress_only_gateway(draft, n, owner); });
  each_object(draft, fields.find("vpn_gateways"), nullptr,
              [&](const Node& n) { read_vpn_gateway(draft, n, owner); });
  each_object(draft, fields.find("nat_gateways"), nullptr,
              [&](const Node& n) { read_nat_gateway(draft, n, std::nullopt); });
  each_object(draft, fields.find("transit_gateway_attachments"), nullptr,
              [&](const Node& n) { read_transit_attachment(draft, n, owner); });
}

void read_nested(Draft& draft, Fields& fields, Vpc& vpc) {
  const VpcOwner owner = ref_to(vpc);
  each_object(draft, fields.find("subnets"), &vpc.subnets_open,
              [&](const Node& n) { read_subnet(draft, n, owner); });
  each_object(draft, fields.find("route_tables"), nullptr,
              [&](const Node& n) { read_route_table(draft, n, owner); });
  each_object(draft, fields.find("network_acls"), nullptr,
              [&](const Node& n) { read_network_acl(draft, n, owner); });
  each_object(draft, fields.find("endpoints"), nullptr,
              [&](const Node& n) { read_endpoint(draft, n, owner); });
  read_nested_gateways(draft, fields, owner);
}

bool is_account_id(const std::string& text) {
  return text.size() == kAccountDigits &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

void read_account(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, Account& account) {
    const Node* id = fields.find("id");
    if (id != nullptr) {
      account.id = read_text(draft.problems, *id).value_or("");
      if (!account.id.empty() && !is_account_id(account.id)) {
        draft.problems.add({"account-id", id->where,
                            "an account id has twelve digits", account.id, ""});
      }
    }
    account.organisational_unit = fields.text("ou");
    if (account.account.empty()) account.account = account.name;
  };
  record_lost(draft, "accounts",
              read_object(draft, node, {"accounts", "account"},
                          draft.parts.accounts, body));
}

void read_vpc(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, Vpc& vpc) {
    vpc.cidrs = fields.prefixes(fields.need_either("cidrs", "cidr"));
    vpc.region = fields.text("region");
    vpc.main_table = fields.ref<RouteTable>("main_route_table");
    vpc.public_access = read_public_access(fields);
    vpc.default_group = fields.ref<SecurityGroup>("default_security_group");
    read_vpc_groups(draft, fields, vpc);
    read_nested(draft, fields, vpc);
  };
  record_lost(
      draft, "vpcs",
      read_object(draft, node, {"vpcs", "VPC"}, draft.parts.vpcs, body));
}

void read_subnet(Draft& draft, const Node& node, const VpcOwner& owner) {
  const auto body = [&](Fields& fields, Subnet& subnet) {
    subnet.vpc = owner_or(fields, owner, "vpc");
    subnet.cidrs = fields.prefixes(fields.need_either("cidrs", "cidr"));
    if (const Node* zone = fields.find("zone")) {
      subnet.zone.where = zone->where;
      subnet.zone.unknown = zone->is_unknown();
      if (!subnet.zone.unknown) {
        subnet.zone.value = read_text(draft.problems, *zone).value_or("");
      }
    }
    subnet.route_table = fields.open_ref<RouteTable>("route_table");
    subnet.acl = fields.open_ref<NetworkAcl>("network_acl");
    subnet.security_groups = fields.open_refs<SecurityGroup>("security_groups");
    const SubnetOwner self = ref_to(subnet);
    each_object(draft, fields.find("interfaces"), &subnet.interfaces_open,
                [&](const Node& n) { read_interface(draft, n, self); });
    each_object(draft, fields.find("nat_gateways"), nullptr,
                [&](const Node& n) { read_nat_gateway(draft, n, self); });
  };
  const auto lost = read_object(draft, node, {"subnets", "subnet"},
                                draft.parts.subnets, body);
  if (lost) record_lost(draft, "subnets", lost, lost->vpc.name);
}

void read_interface(Draft& draft, const Node& node, const SubnetOwner& owner) {
  const auto body = [&](Fields& fields, Interface& interface) {
    interface.subnet = owner_or(fields, owner, "subnet");
    interface.addresses =
        fields.addresses(fields.need_either("addresses", "address"));
    interface.public_addresses =
        fields.addresses(fields.find("public_addresses"));
    interface.security_groups =
        fields.open_refs<SecurityGroup>("security_groups");
    interface.source_check =
        fields.open_flag("source_check", interface.source_check);
    interface.forwards = fields.maybe_flag("forwards");
  };
  const auto lost = read_object(draft, node, {"interfaces", "interface"},
                                draft.parts.interfaces, body);
  if (lost) record_lost(draft, "interfaces", lost, lost->subnet.name);
}

}  // namespace netproof::io
