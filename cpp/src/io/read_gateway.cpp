#include "io/for_each_vpc.hpp"
#include "io/resource_policy.hpp"

namespace netproof::io {
namespace {

std::optional<IpAddress> read_optional_address(Fields& fields,
                                               const Node* node) {
  if (node == nullptr) return std::nullopt;
  return read_address(fields.problems(), *node);
}

std::optional<Ref<Vpc>> optional_owner(Fields& fields, const VpcOwner& owner) {
  return owner ? owner : fields.ref<Vpc>("vpc");
}

// The addresses of the other kinds are those of interfaces, or of none.
void refuse_addresses(Fields& fields, const Endpoint& endpoint) {
  const Node* addresses = fields.map().find("addresses");
  if (addresses == nullptr) addresses = fields.map().find("address");
  if (addresses == nullptr || endpoint.kind == EndpointKind::kGateway) return;
  fields.problems().add({"endpoint-addresses", addresses->where,
                         "an endpoint has the addresses of its interfaces",
                         "addresses", "list them in 'interfaces'"});
}

}  // namespace

void read_internet_gateway(Draft& draft, const Node& node,
                           const VpcOwner& owner) {
  const auto body = [&](Fields& fields, InternetGateway& gateway) {
    gateway.vpc = optional_owner(fields, owner);
  };
  const auto lost =
      read_object(draft, node, {"internet_gateways", "internet gateway"},
                  draft.parts.internet_gateways, body);
  if (lost && lost->vpc) {
    record_lost(draft, "internet_gateways", lost, lost->vpc->name);
  }
}

void read_egress_only_gateway(Draft& draft, const Node& node,
                              const VpcOwner& owner) {
  const auto body = [&](Fields& fields, EgressOnlyGateway& gateway) {
    gateway.vpc = owner_or(fields, owner, "vpc");
  };
  record_lost(
      draft, "egress_only_gateways",
      read_object(draft, node, {"egress_only_gateways", "egress-only gateway"},
                  draft.parts.egress_only_gateways, body));
}

void read_vpn_gateway(Draft& draft, const Node& node, const VpcOwner& owner) {
  const auto body = [&](Fields& fields, VpnGateway& gateway) {
    gateway.vpc = optional_owner(fields, owner);
  };
  record_lost(draft, "vpn_gateways",
              read_object(draft, node, {"vpn_gateways", "VPN gateway"},
                          draft.parts.vpn_gateways, body));
}

void read_nat_gateway(Draft& draft, const Node& node,
                      const SubnetOwner& owner) {
  const auto body = [&](Fields& fields, NatGateway& gateway) {
    gateway.subnet = owner_or(fields, owner, "subnet");
    gateway.is_private = fields.flag("private", false);
    gateway.private_address =
        read_optional_address(fields, fields.need("private_address"))
            .value_or(IpAddress::v4(0));
    gateway.public_address = read_optional_address(
        fields, gateway.is_private ? fields.find("public_address")
                                   : fields.need("public_address"));
  };
  const auto lost = read_object(draft, node, {"nat_gateways", "NAT gateway"},
                                draft.parts.nat_gateways, body);
  if (lost) record_lost(draft, "nat_gateways", lost, lost->subnet.name);
}

void read_peering(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, Peering& peering) {
    const Node* vpcs = fields.need("vpcs");
    if (vpcs != nullptr && vpcs->is_list() && vpcs->items.size() == 2) {
      const auto end = [&](std::size_t i) {
        return read_ref<Vpc>(draft.problems, vpcs->items[i])
            .value_or(Ref<Vpc>{});
      };
      peering.requester = end(0);
      peering.accepter = end(1);
    } else if (vpcs != nullptr) {
      wrong_type(draft.problems, *vpcs, "a list of two VPCs");
    }
    peering.active = fields.open_flag("active", peering.active);
  };
  record_lost(draft, "peerings",
              read_object(draft, node, {"peerings", "peering"},
                          draft.parts.peerings, body));
}

void read_endpoint(Draft& draft, const Node& node, const VpcOwner& owner) {
  static const InVpc words{
      "endpoints", "endpoint", nullptr, "", {"subnet", "interfaces"}};
  const auto body = [&](Fields& fields, Endpoint& endpoint, auto&) {
    if (const Node* kind = fields.need("kind")) {
      const auto choice = read_choice(draft.problems, *kind,
                                      {"gateway", "interface", "inspection"});
      if (choice) endpoint.kind = static_cast<EndpointKind>(*choice);
    }
    endpoint.subnet = fields.ref<Subnet>("subnet");
    endpoint.interfaces = fields.refs<Interface>("interfaces");
    endpoint.addresses =
        fields.addresses(fields.find_either("addresses", "address"));
    refuse_addresses(fields, endpoint);
    endpoint.passes = fields.maybe_flag("passes");
    endpoint.firewall = fields.ref<NetworkFirewall>("firewall");
    endpoint.service = fields.text("service");
    if (const Node* policy = fields.find("policy")) {
      endpoint.policy = read_resource_policy(draft.problems, *policy);
    }
    if (endpoint.firewall && fields.map().find("passes") != nullptr) {
      draft.problems.add({"endpoint-firewall", endpoint.firewall->where,
                          "either a firewall or `passes` says what an endpoint "
                          "lets through",
                          endpoint.firewall->name, ""});
    }
  };
  record_lost(
      draft, words.kind,
      read_in_vpc(draft, node, owner, words,
                  VpcTable{draft.parts.endpoints, draft.endpoints}, body));
}

}  // namespace netproof::io
