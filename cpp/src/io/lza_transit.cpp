#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "io/lza_network.hpp"

namespace netproof::io {
namespace {

// The default table that AWS makes has no name of its own.
constexpr const char* kDefault = "default";

class Gateways {
 public:
  explicit Gateways(LzaNetwork& network) : network_{network} {}

  void add(const LzaGateway& gateway) {
    const LzaObject& config = gateway.config;
    const bool known = config.knows(
        {"name", "account", "region", "shareTargets", "asn", "dnsSupport",
         "vpnEcmpSupport", "defaultRouteTableAssociation",
         "defaultRouteTablePropagation", "autoAcceptSharingAttachments",
         "routeTables", "transitGatewayCidrBlocks",
         "transitGatewayIpv6CidrBlocks", "tags"});
    if (!known) network_.doubted_gateways.insert(gateway.name);
    Node map = lza_map(gateway.name, gateway.account, config.where());
    put_text(map, "region", gateway.region, config.where());
    put_labels(map, config, {});
    if (config.enabled("vpnEcmpSupport", true) == false) {
      put(map, "vpn_ecmp", word_node("false", config.where()));
    }
    Node tables = list_node(config.where("routeTables"));
    put_defaults(map, gateway, tables);
    for (const LzaObject& one :
         config.objects("routeTables", "transit gateway route table")) {
      push(tables, table(gateway, one));
    }
    put(map, "route_tables", std::move(tables));
    network_.add("transit_gateways", std::move(map));
  }

 private:
  void put_defaults(Node& map, const LzaGateway& gateway, Node& tables) {
    const LzaObject& config = gateway.config;
    const auto associates =
        config.enabled("defaultRouteTableAssociation", true);
    const auto propagates =
        config.enabled("defaultRouteTablePropagation", true);
    if (associates == false && propagates == false) return;
    const std::string id = lza_table_id(gateway.name, kDefault);
    push(tables, lza_map(id, {}, config.where()));
    if (associates.value_or(true)) {
      put_text(map, "default_route_table_association", id, config.where());
    }
    if (propagates.value_or(true)) {
      put_text(map, "default_route_table_propagation", id, config.where());
    }
    if (!associates || !propagates) {
      network_.doubted_gateways.insert(gateway.name);
    }
  }

  Node table(const LzaGateway& gateway, const LzaObject& config) {
    const bool known = config.knows({"name", "routes", "tags"});
    const std::string name = config.need("name");
    Node map =
        lza_map(lza_table_id(gateway.name, name), {}, config.where("name"));
    put_labels(map, config, {{"route-table-name", name}});
    Node routes = list_node(config.where("routes"));
    for (const LzaObject& one :
         config.objects("routes", "transit gateway route")) {
      push(routes, route(gateway, one));
    }
    const bool doubted = network_.doubted_gateways.contains(gateway.name);
    if (!known || doubted) push(routes, unknown_node(config.where()));
    put(map, "routes", std::move(routes));
    return map;
  }

  Node route(const LzaGateway& gateway, const LzaObject& one) {
    const bool known =
        one.knows({"destinationCidrBlock", "destinationPrefixList", "blackhole",
                   "attachment"});
    Node line = map_node(one.where());
    const Node* cidr = one.find("destinationCidrBlock");
    const Node* list = one.find("destinationPrefixList");
    const bool one_of = (cidr == nullptr) != (list == nullptr);
    if (!one_of || (cidr != nullptr && is_unresolved(cidr->text))) {
      return unknown_node(one.where());
    }
    if (cidr != nullptr) {
      put_text(line, "destination", one.need("destinationCidrBlock"),
               cidr->where);
    } else {
      put_text(line, "prefix_list", one.need("destinationPrefixList"),
               list->where);
    }
    const auto blackhole = one.flag("blackhole", false);
    if (known && blackhole == true && !one.has("attachment")) {
      put(line, "blackhole", word_node("true", one.where("blackhole")));
    } else {
      const bool plain = known && blackhole == false;
      put(line, "attachment",
          plain ? attachment(gateway, one) : unknown_node(one.where()));
    }
    return line;
  }

  Node attachment(const LzaGateway& gateway, const LzaObject& route) {
    const Location& at = route.where("attachment");
    const auto one = route.object("attachment", "attachment");
    if (!one) return unknown_node(route.where());
    const bool known =
        one->knows({"account", "vpcName", "directConnectGatewayName",
                    "vpnConnectionName", "transitGatewayPeeringName"});
    std::string name;
    if (one->has("vpcName")) {
      name = of_vpc(gateway, *one);
    } else if (one->has("directConnectGatewayName")) {
      name = fmt::format("{}/{}", one->text("directConnectGatewayName"),
                         gateway.name);
    } else if (one->has("vpnConnectionName")) {
      name = one->text("vpnConnectionName");
    } else if (one->has("transitGatewayPeeringName")) {
      name = fmt::format("{}/{}", one->text("transitGatewayPeeringName"),
                         gateway.name);
    }
    if (known && !name.empty()) return text_node(name, at);
    network_.reading.gap(at, "the attachment of a route is declared",
                         one->text("vpcName"), "the route may lead anywhere");
    return unknown_node(at);
  }

  // The attachment of that VPC to this gateway; "" unless there is just one.
  std::string of_vpc(const LzaGateway& gateway, const LzaObject& target) const {
    const auto vpcs =
        network_.named(target.text("vpcName"), target.text("account"));
    if (vpcs.size() != 1) return {};
    std::string found;
    for (const LzaObject& one : vpcs.front()->config.objects(
             "transitGatewayAttachments", "transit gateway attachment")) {
      const auto to = one.object("transitGateway", "transit gateway");
      if (!to || to->text("name") != gateway.name) continue;
      if (!found.empty()) return {};
      found = fmt::format("{}/{}", vpcs.front()->id, one.text("name"));
    }
    return found;
  }

  LzaNetwork& network_;
};

void add_peering_side(LzaNetwork& network, const LzaObject& peering,
                      const LzaObject& side, const LzaObject& other,
                      bool certain) {
  const std::string name = peering.text("name");
  const std::string gateway = side.need("transitGatewayName");
  Node map = lza_map(fmt::format("{}/{}", name, gateway), side.text("account"),
                     side.where());
  put_text(map, "transit_gateway", gateway, side.where("transitGatewayName"));
  put_text(map, "peer",
           fmt::format("{}/{}", name, other.text("transitGatewayName")),
           side.where());
  const std::string table = side.text("routeTableAssociations");
  if (!table.empty() && !is_unresolved(table)) {
    Node tables = list_node(side.where("routeTableAssociations"));
    push(tables, text_node(lza_table_id(gateway, table), tables.where));
    put(map, "route_table_associations",
        lza_associations(network, std::move(tables), gateway));
  } else {
    put(map, "route_table_associations", unknown_node(side.where()));
  }
  if (!certain) put(map, "available", unknown_node(side.where()));
  network.add("transit_gateway_attachments", std::move(map));
}

void add_peering(LzaNetwork& network, const LzaObject& peering) {
  bool known = peering.knows({"name", "requester", "accepter"});
  peering.need("name");
  const auto requester = peering.object("requester", "requester");
  const auto accepter = peering.object("accepter", "accepter");
  if (!requester || !accepter) {
    network.reading.draft.problems.add(
        {"missing-key", peering.where(),
         "a transit gateway peering has a requester and an accepter", "", ""});
    return;
  }
  for (const LzaObject& side : {*requester, *accepter}) {
    known = side.knows({"transitGatewayName", "account", "region",
                        "routeTableAssociations", "autoAccept", "applyTags",
                        "tags", "options"}) &&
            known;
  }
  const auto at_home = [&](const LzaObject& side) {
    const LzaGateway* home = network.gateway(side.text("transitGatewayName"));
    return home != nullptr && home->account == side.text("account") &&
           home->region == side.text("region");
  };
  const bool certain = known && at_home(*requester) && at_home(*accepter) &&
                       accepter->flag("autoAccept", true) == true;
  add_peering_side(network, peering, *requester, *accepter, certain);
  add_peering_side(network, peering, *accepter, *requester, certain);
}

void doubt_connects(LzaNetwork& network) {
  for (const LzaObject& one : network.config.objects(
           "transitGatewayConnects", "transit gateway Connect attachment")) {
    const auto target = one.object("transitGateway", "transit gateway");
    for (const LzaGateway& gateway : network.gateways) {
      if (!target || target->text("name") == gateway.name) {
        network.doubted_gateways.insert(gateway.name);
      }
    }
    network.reading.gap(one.where(), "an attachment is of a kind that is read",
                        one.text("name"),
                        "what a Connect attachment leads to is unknown");
  }
}

}  // namespace

void find_lza_gateways(LzaNetwork& network) {
  for (const LzaObject& one :
       network.config.objects("transitGateways", "transit gateway")) {
    LzaGateway gateway{one.need("name"), one.need("account"),
                       one.need("region"), one};
    network.accounts.mention(gateway.account, one.where("account"));
    if (!gateway.name.empty()) network.gateways.push_back(std::move(gateway));
  }
}

void build_lza_gateways(LzaNetwork& network) {
  doubt_connects(network);
  Gateways gateways{network};
  for (const LzaGateway& one : network.gateways) gateways.add(one);
  for (const LzaObject& one : network.config.objects(
           "transitGatewayPeering", "transit gateway peering")) {
    add_peering(network, one);
  }
}

}  // namespace netproof::io
