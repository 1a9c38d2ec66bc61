#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "support/aws_writer_parts.hpp"

namespace netproof::testing {
namespace {

using json::list;
using json::object;
using json::text;

std::string enabled(bool value) { return text(value ? "enable" : "disable"); }

std::string state_of(const TransitAttachment& attachment) {
  return text(attachment.available.value ? "available" : "deleting");
}

bool names(const OpenList<Ref<TransitAttachment>>& list,
           const std::string& name) {
  return std::ranges::any_of(list.items,
                             [&](const auto& ref) { return ref.name == name; });
}

}  // namespace

std::string AwsWriter::id_of(const TransitAttachment& attachment) const {
  const bool second =
      attachment.peer && attachment.peer->name < attachment.name;
  return one_id_ && second ? attachment.peer->name : attachment.name;
}

json::Members AwsWriter::member_of(const TransitAttachment& one) const {
  const std::string resource =
      one.vpc ? one.vpc->name : attachment(one.peer->name).gateway.name;
  return {{"TransitGatewayAttachmentId", text(id_of(one))},
          {"ResourceId", text(resource)},
          {"ResourceType", text(one.vpc ? "vpc" : "peering")}};
}

/// Who is in no table is in the default one (S51).
std::vector<const TransitAttachment*> AwsWriter::associated(
    const TransitRouteTable& table) const {
  const TransitGateway& home = gateway(table.gateway.name);
  const bool standard =
      home.default_association && home.default_association->name == table.name;
  std::vector<const TransitAttachment*> all;
  for (const TransitAttachment& one : parts_.transit_attachments) {
    if (one.gateway.name != home.name) continue;
    const bool elsewhere = std::ranges::any_of(
        parts_.transit_route_tables, [&](const TransitRouteTable& other) {
          return names(other.associations, one.name);
        });
    if (names(table.associations, one.name) || (standard && !elsewhere)) {
      all.push_back(&one);
    }
  }
  return all;
}

/// The default table adds to the others (S143).
std::vector<const TransitAttachment*> AwsWriter::propagating(
    const TransitRouteTable& table) const {
  const TransitGateway& home = gateway(table.gateway.name);
  const bool standard =
      home.default_propagation && home.default_propagation->name == table.name;
  std::vector<const TransitAttachment*> all;
  for (const TransitAttachment& one : parts_.transit_attachments) {
    if (one.gateway.name != home.name || !one.vpc) continue;
    if (standard || names(table.propagations, one.name)) all.push_back(&one);
  }
  return all;
}

std::string AwsWriter::transit_route(IpPrefix prefix, const std::string& type,
                                     const TransitAttachment* to,
                                     const std::string& list_id) const {
  const bool active = to != nullptr && to->available.value;
  return object({{"DestinationCidrBlock", text(to_string(prefix))},
                 {"TransitGatewayAttachments",
                  active ? list({object(member_of(*to))}) : std::string{}},
                 {"PrefixListId", list_id.empty() ? "" : text(list_id)},
                 {"Type", text(type)},
                 {"State", text(active ? "active" : "blackhole")}});
}

std::string AwsWriter::members_text(
    const std::vector<const TransitAttachment*>& members,
    const char* state) const {
  std::vector<std::string> all;
  for (const TransitAttachment* one : members) {
    json::Members member = member_of(*one);
    member.emplace_back("State", text(state));
    all.push_back(object(member));
  }
  return list(all);
}

void AwsWriter::write_transit_table(const TransitRouteTable& table) {
  const Scope scope = scope_of(gateway(table.gateway.name));
  add(scope, "TransitGatewayRouteTables",
      object({{"TransitGatewayRouteTableId", text(table.name)},
              {"TransitGatewayId", text(table.gateway.name)},
              {"State", text("available")}}));
  add_file(scope, table.name + ".associations",
           {{"Associations", members_text(associated(table), "associated")}});
  add_file(scope, table.name + ".propagations",
           {{"TransitGatewayRouteTablePropagations",
             members_text(propagating(table), "enabled")}});
  add_file(scope, table.name + ".routes",
           {{"Routes", list(installed_routes(table))},
            {"AdditionalRoutesAvailable", "false"}});
}

/// A static line wins over a list, a list over what propagates (S46, S53).
std::vector<std::string> AwsWriter::installed_routes(
    const TransitRouteTable& table) const {
  std::set<IpPrefix> installed;
  std::vector<std::string> routes;
  const auto target = [&](const TransitRoute& route) {
    return route.blackhole ? nullptr : &attachment(route.targets.front().name);
  };
  for (const TransitRoute& route : table.routes.items) {
    if (!route.destination) continue;
    installed.insert(route.destination->prefix);
    routes.push_back(
        transit_route(route.destination->prefix, "static", target(route), ""));
  }
  for (const TransitRoute& route : table.routes.items) {
    if (!route.prefix_list) continue;
    const std::string& name = route.prefix_list->name;
    const auto entries =
        std::ranges::find(parts_.prefix_lists, name, &PrefixList::name);
    for (const WrittenPrefix& entry : entries->entries.items) {
      if (!installed.insert(entry.prefix).second) continue;
      routes.push_back(
          transit_route(entry.prefix, "propagated", target(route), name));
    }
  }
  for (const TransitAttachment* one : propagating(table)) {
    for (const IpPrefix& block : propagated(*one)) {
      if (!installed.insert(block).second) continue;
      routes.push_back(transit_route(block, "propagated", one, ""));
    }
  }
  return routes;
}

std::vector<IpPrefix> AwsWriter::propagated(
    const TransitAttachment& one) const {
  std::vector<IpPrefix> blocks;
  if (!one.available.value) return blocks;
  for (const WrittenPrefix& block : vpc(one.vpc->name).cidrs.items) {
    const bool v6 = block.prefix.family() == Family::kV6;
    if (!v6 || one.ipv6.value) blocks.push_back(block.prefix);
  }
  return blocks;
}

void AwsWriter::write_attachment(const TransitAttachment& one) {
  const TransitGateway& home = gateway(one.gateway.name);
  const std::string owner = one.vpc ? vpc(one.vpc->name).account : home.account;
  json::Members members = member_of(one);
  members.emplace_back("TransitGatewayId", text(home.name));
  members.emplace_back("TransitGatewayOwnerId", text(home.account));
  members.emplace_back("ResourceOwnerId", text(owner));
  members.emplace_back("State", state_of(one));
  members.emplace_back("CreationTime", text(one.created + "+00:00"));
  const Scope there{owner, home.region};
  for (const Scope& scope : std::set<Scope>{scope_of(home), there}) {
    add(scope, "TransitGatewayAttachments", object(members));
  }
  if (!one.vpc) return;
  std::vector<std::string> subnets;
  for (const auto& ref : one.subnets->items) subnets.push_back(text(ref.name));
  const std::string details = object(
      {{"TransitGatewayAttachmentId", text(one.name)},
       {"TransitGatewayId", text(home.name)},
       {"VpcId", text(one.vpc->name)},
       {"VpcOwnerId", text(owner)},
       {"State", state_of(one)},
       {"SubnetIds", list(subnets)},
       {"CreationTime", text(one.created + "+00:00")},
       {"Options",
        object({{"ApplianceModeSupport", enabled(one.appliance_mode.value)},
                {"DnsSupport", enabled(true)},
                {"Ipv6Support", enabled(one.ipv6.value)},
                {"SecurityGroupReferencingSupport",
                 enabled(one.group_referencing.value)}})}});
  for (const Scope& scope : std::set<Scope>{scope_of(home), there}) {
    add(scope, "TransitGatewayVpcAttachments", details);
  }
}

/// Whoever has a VPC at the gateway sees it too.
void AwsWriter::write_gateway(const TransitGateway& one) {
  std::set<Scope> viewers = {scope_of(one)};
  for (const TransitAttachment& attachment : parts_.transit_attachments) {
    if (!attachment.vpc || attachment.gateway.name != one.name) continue;
    viewers.emplace(vpc(attachment.vpc->name).account, one.region);
  }
  for (const Scope& scope : viewers) {
    add(scope, "TransitGateways",
        object(
            {{"TransitGatewayId", text(one.name)},
             {"OwnerId", text(one.account)},
             {"State", text("available")},
             {"Options", object({{"VpnEcmpSupport", enabled(one.vpn_ecmp)},
                                 {"SecurityGroupReferencingSupport",
                                  enabled(one.group_referencing.value)}})}}));
  }
}

/// One object stands for both ends.
void AwsWriter::write_transit_peering(const TransitAttachment& one) {
  const TransitGateway& here = gateway(one.gateway.name);
  const TransitGateway& there =
      gateway(attachment(one.peer->name).gateway.name);
  const std::string made = object(
      {{"TransitGatewayAttachmentId", text(one.name)},
       {"AccepterTransitGatewayAttachmentId",
        one_id_ ? "" : text(one.peer->name)},
       {"RequesterTgwInfo", object({{"TransitGatewayId", text(here.name)}})},
       {"AccepterTgwInfo", object({{"TransitGatewayId", text(there.name)}})},
       {"State", state_of(one)}});
  for (const Scope& scope : std::set<Scope>{scope_of(here), scope_of(there)}) {
    add(scope, "TransitGatewayPeeringAttachments", made);
  }
}

void AwsWriter::write_transit() {
  for (const TransitGateway& one : parts_.transit_gateways) write_gateway(one);
  for (const TransitAttachment& one : parts_.transit_attachments) {
    write_attachment(one);
    if (one.peer && one.name < one.peer->name) write_transit_peering(one);
  }
  for (const TransitRouteTable& table : parts_.transit_route_tables) {
    write_transit_table(table);
  }
}

}  // namespace netproof::testing
