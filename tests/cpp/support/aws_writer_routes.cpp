#include <algorithm>
#include <string>
#include <utility>

#include "support/aws_writer_parts.hpp"

namespace netproof::testing {
namespace {

using json::list;
using json::object;
using json::text;

const char* key_of(TargetKind kind) {
  switch (kind) {
    case TargetKind::kEgressOnlyGateway:
      return "EgressOnlyInternetGatewayId";
    case TargetKind::kNatGateway:
    case TargetKind::kBlackhole:
      return "NatGatewayId";
    case TargetKind::kTransitGateway:
      return "TransitGatewayId";
    case TargetKind::kPeering:
      return "VpcPeeringConnectionId";
    case TargetKind::kInterface:
      return "NetworkInterfaceId";
    case TargetKind::kUnknown:
    case TargetKind::kLocal:
    case TargetKind::kInternetGateway:
    case TargetKind::kEndpoint:
    case TargetKind::kVpnGateway:
      break;
  }
  return "GatewayId";
}

json::Members destination_of(IpPrefix prefix) {
  const bool v4 = prefix.family() == Family::kV4;
  return {{v4 ? "DestinationCidrBlock" : "DestinationIpv6CidrBlock",
           text(to_string(prefix))}};
}

}  // namespace

/// AWS writes `blackhole` where the target is gone (S20).
bool AwsWriter::works(const Vpc& home, const RouteTarget& target) const {
  if (target.kind == TargetKind::kBlackhole) return false;
  if (target.kind == TargetKind::kTransitGateway) {
    return std::ranges::any_of(parts_.transit_attachments,
                               [&](const TransitAttachment& one) {
                                 return one.vpc && one.vpc->name == home.name &&
                                        one.gateway.name == target.name;
                               });
  }
  if (target.kind != TargetKind::kPeering) return true;
  const auto peering =
      std::ranges::find(parts_.peerings, target.name, &Peering::name);
  return peering->active.value;
}

std::string AwsWriter::route_text(const Vpc& home, const Route& route) const {
  const RouteTarget& target = route.targets.front();
  json::Members members;
  if (route.destination) {
    members = destination_of(route.destination->prefix);
  } else {
    members = {{"DestinationPrefixListId", text(route.prefix_list->name)}};
  }
  const std::string id = target.kind == TargetKind::kBlackhole ? "nat-gone"
                         : target.kind == TargetKind::kLocal   ? "local"
                                                               : target.name;
  const bool active = !route.blackhole && works(home, target);
  members.emplace_back(key_of(target.kind), text(id));
  members.emplace_back("Origin", text("CreateRoute"));
  members.emplace_back("State", text(active ? "active" : "blackhole"));
  return object(members);
}

std::string AwsWriter::associations_of(const Vpc& home,
                                       const RouteTable& table) const {
  const std::string id = text(table.name);
  const auto state = object({{"State", text("associated")}});
  std::vector<std::string> all;
  const bool main = home.main_table ? home.main_table->name == table.name
                                    : table.name == home.name + "main";
  if (main) {
    all.push_back(object(
        {{"Main", "true"}, {"RouteTableId", id}, {"AssociationState", state}}));
  }
  for (const Subnet& one : parts_.subnets) {
    const bool here = one.vpc.name == home.name && one.route_table &&
                      one.route_table->value.name == table.name;
    if (!here) continue;
    all.push_back(object({{"Main", "false"},
                          {"RouteTableId", id},
                          {"SubnetId", text(one.name)},
                          {"AssociationState", state}}));
  }
  if (table.gateway) {
    all.push_back(object({{"Main", "false"},
                          {"RouteTableId", id},
                          {"GatewayId", text(table.gateway->name)},
                          {"AssociationState", state}}));
  }
  return list(all);
}

void AwsWriter::write_table(const Vpc& home, const RouteTable& table) {
  std::vector<std::string> routes;
  for (const WrittenPrefix& block : home.cidrs.items) {
    const bool replaced =
        std::ranges::any_of(table.routes.items, [&](const Route& route) {
          return route.destination && route.destination->prefix == block.prefix;
        });
    if (replaced) continue;
    json::Members members = destination_of(block.prefix);
    members.emplace_back("GatewayId", text("local"));
    members.emplace_back("Origin", text("CreateRouteTable"));
    members.emplace_back("State", text("active"));
    routes.push_back(object(members));
  }
  for (const Route& route : table.routes.items) {
    routes.push_back(route_text(home, route));
  }
  std::vector<std::string> propagating;
  for (const auto& ref : table.propagating) {
    propagating.push_back(object({{"GatewayId", text(ref.name)}}));
  }
  add(scope_of(home), "RouteTables",
      object({{"RouteTableId", text(table.name)},
              {"VpcId", text(home.name)},
              {"OwnerId", text(home.account)},
              {"Associations", associations_of(home, table)},
              {"PropagatingVgws", list(propagating)},
              {"Routes", list(routes)}}));
}

void AwsWriter::write_tables() {
  for (const RouteTable& table : parts_.route_tables) {
    write_table(vpc(table.vpc.name), table);
  }
  for (const Vpc& home : parts_.vpcs) {
    if (home.main_table) continue;
    RouteTable made;
    made.name = home.name + "main";
    made.vpc = {home.name, {}, {}};
    write_table(home, made);
  }
}

}  // namespace netproof::testing
