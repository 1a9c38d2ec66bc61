#include <optional>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

// The VPC that a gateway is attached to; more than one is odd.
std::optional<Ref<Vpc>> attached_to(const AwsObject& gateway, const char* key) {
  std::optional<Ref<Vpc>> vpc;
  for (const AwsObject& one : gateway.list(key)) {
    const std::string state = one.text("State");
    if (state == "detached" || state == "detaching") continue;
    vpc = ref<Vpc>(one.text("VpcId"), one.where());
  }
  return vpc;
}

void add_internet_gateway(AwsBuild& build, const AwsResource& resource) {
  const OddScope odd{build.reading};
  const AwsObject fields{build.reading, resource};
  fields.knows({"Attachments", "InternetGatewayId", "OwnerId", "Tags"});
  InternetGateway gateway;
  build.name(gateway, resource, fields, "InternetGatewayId");
  gateway.vpc = attached_to(fields, "Attachments");
  if (gateway.vpc) build.vpc(gateway.vpc->name, gateway.vpc->where);
  if (odd.odd() && gateway.vpc) build.doubted_vpcs.insert(gateway.vpc->name);
  build.parts.internet_gateways.push_back(std::move(gateway));
}

void add_egress_only(AwsBuild& build, const AwsResource& resource) {
  const OddScope odd{build.reading};
  const AwsObject fields{build.reading, resource};
  fields.knows({"Attachments", "EgressOnlyInternetGatewayId", "Tags"});
  const auto vpc = attached_to(fields, "Attachments");
  if (!vpc) return;  // a route to it is a blackhole
  EgressOnlyGateway gateway;
  build.name(gateway, resource, fields, "EgressOnlyInternetGatewayId");
  gateway.vpc = *vpc;
  build.vpc(vpc->name, vpc->where);
  if (odd.odd()) build.doubted_vpcs.insert(vpc->name);
  build.parts.egress_only_gateways.push_back(std::move(gateway));
}

// The addresses of a NAT gateway that translates: the primary one, while there
// is no other (S29).
bool read_addresses(const AwsObject& fields, NatGateway& gateway) {
  std::size_t used = 0;
  for (const AwsObject& one : fields.list("NatGatewayAddresses")) {
    const std::string status = one.text("Status");
    if (!status.empty() && status != "succeeded" && status != "associating") {
      continue;
    }
    const auto inside = one.address("PrivateIp");
    if (!inside) continue;
    ++used;
    if (used > 1 && !one.flag("IsPrimary").value_or(false)) continue;
    gateway.private_address = *inside;
    gateway.public_address = one.address("PublicIp");
  }
  return used == 1;
}

void add_nat(AwsBuild& build, const AwsResource& resource) {
  const OddScope odd{build.reading};
  const AwsObject fields{build.reading, resource};
  fields.knows({"AttachedAppliances", "AutoProvisionZones", "AutoScalingIps",
                "AvailabilityMode", "ConnectivityType", "CreateTime",
                "DeleteTime", "FailureCode", "FailureMessage",
                "NatGatewayAddresses", "NatGatewayId", "ProvisionedBandwidth",
                "RouteTableId", "State", "SubnetId", "Tags", "VpcId"});
  const std::string state = fields.text("State");
  const std::string vpc = fields.text("VpcId");
  if (state != "available" && !state.empty()) return;
  const std::string kind = fields.text("ConnectivityType");
  if (!kind.empty() && kind != "public" && kind != "private") {
    fields.report_unknown("ConnectivityType");
  }
  const std::string mode = fields.text("AvailabilityMode");
  if (!mode.empty() && mode != "zonal") {
    build.reading.gap("snapshot-is-understood",
                      fields.where("AvailabilityMode"),
                      "a NAT gateway that is modelled is zonal", mode,
                      "what is routed to it is unknown");
    build.doubted_vpcs.insert(vpc);
    return;
  }
  NatGateway gateway;
  build.name(gateway, resource, fields, "NatGatewayId");
  gateway.subnet =
      ref<Subnet>(fields.text("SubnetId"), fields.where("SubnetId"));
  gateway.is_private = kind == "private";
  const bool one_address = read_addresses(fields, gateway);
  const bool homeless = !build.subnets.contains(gateway.subnet.name);
  if (!one_address || homeless || odd.odd()) {
    build.reading.gap("snapshot-is-understood", fields.where(),
                      "a NAT gateway that is modelled has one address and a "
                      "subnet that is described",
                      gateway.name, "what is routed to it is unknown");
    build.doubted_vpcs.insert(vpc);
    return;
  }
  build.parts.nat_gateways.push_back(std::move(gateway));
}

// The blocks of a VPC that only a peering tells of.
void add_peer_blocks(const AwsObject& side, OpenList<WrittenPrefix>& cidrs) {
  for (const AwsObject& one : side.list("CidrBlockSet")) {
    if (auto prefix = one.prefix("CidrBlock")) cidrs.items.push_back(*prefix);
  }
  if (cidrs.items.empty()) {
    if (auto prefix = side.prefix("CidrBlock")) cidrs.items.push_back(*prefix);
  }
  for (const AwsObject& one : side.list("Ipv6CidrBlockSet")) {
    if (auto prefix = one.prefix("Ipv6CidrBlock")) {
      cidrs.items.push_back(*prefix);
    }
  }
  cidrs.open = cidrs.items.empty();
}

Ref<Vpc> peer(AwsBuild& build, const AwsObject& peering, const char* key) {
  const AwsObject side = peering.object(key);
  side.knows({"CidrBlock", "CidrBlockSet", "Ipv6CidrBlockSet", "OwnerId",
              "PeeringOptions", "Region", "VpcId"});
  const std::string id = side.text("VpcId");
  const bool described = build.vpcs.contains(id);
  Vpc& vpc = build.parts.vpcs[build.vpc(id, side.where("VpcId")).index];
  if (!described) {
    vpc.account = side.text("OwnerId");
    vpc.region = side.text("Region");
    add_peer_blocks(side, vpc.cidrs);
  }
  return ref<Vpc>(id, side.where("VpcId"));
}

}  // namespace

void build_gateways(AwsBuild& build) {
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kInternetGateways)) {
    add_internet_gateway(build, one);
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kEgressOnlyGateways)) {
    add_egress_only(build, one);
  }
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kNatGateways)) {
    add_nat(build, one);
  }
}

void build_peerings(AwsBuild& build) {
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kPeerings)) {
    const OddScope odd{build.reading};
    const AwsObject fields{build.reading, one};
    fields.knows({"AccepterVpcInfo", "ExpirationTime",
                  "MultipathResilienceStatus", "RequesterVpcInfo", "Status",
                  "Tags", "VpcPeeringConnectionId"});
    const AwsObject status = fields.object("Status");
    const std::string code = status.text("Code");
    Open<bool> active{code == "active", false, status.where()};
    bool known = code == "active";
    for (const char* word :
         {"initiating-request", "pending-acceptance", "deleted", "rejected",
          "failed", "expired", "provisioning", "deleting"}) {
      known = known || code == word;
    }
    if (code == "deleted" || code == "rejected" || code == "expired") continue;
    if (!known) {
      status.report_unknown("Code");
      active.unknown = true;
    }
    Peering peering;
    build.name(peering, one, fields, "VpcPeeringConnectionId");
    peering.requester = peer(build, fields, "RequesterVpcInfo");
    peering.accepter = peer(build, fields, "AccepterVpcInfo");
    peering.active = active;
    if (odd.odd()) peering.active.unknown = true;
    build.parts.peerings.push_back(std::move(peering));
  }
}

}  // namespace netproof::io
