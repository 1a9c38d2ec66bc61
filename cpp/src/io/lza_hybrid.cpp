#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "io/lza_network.hpp"
#include "netproof/net/ip_address.hpp"

namespace netproof::io {
namespace {

/// The place of what is behind Direct Connect and VPNs (S171).
constexpr const char* kOnPremises = "on-premises";
/// The place of what no file of the folder describes.
constexpr const char* kUnseen = "not-in-the-configuration";

void put_unknown(Node& map, const char* key, const Location& where) {
  put(map, key, unknown_node(where));
}

void add_interface(LzaNetwork& network, const std::string& name,
                   const std::string& gateway, bool site_link,
                   const Location& where) {
  Node map = lza_map(name, {}, where);
  put_text(map, "site", kOnPremises, where);
  put_text(map, "direct_connect_gateway", gateway, where);
  put_unknown(map, "advertised", where);
  put_unknown(map, "up", where);
  if (site_link) put(map, "site_link", word_node("true", where));
  network.on_premises = true;
  network.add("virtual_interfaces", std::move(map));
}

void add_interfaces(LzaNetwork& network, const LzaObject& config,
                    const std::string& name) {
  for (const LzaObject& one :
       config.objects("virtualInterfaces", "virtual interface")) {
    one.knows({"name", "connectionId", "customerAsn", "interfaceName",
               "ownerAccount", "region", "type", "vlan", "addressFamily",
               "amazonAddress", "customerAddress", "enableSiteLink",
               "jumboFrames", "authKey", "tags"});
    add_interface(network, fmt::format("{}/{}", name, one.need("name")), name,
                  one.flag("enableSiteLink", false).value_or(true),
                  one.where());
  }
  // Other accounts may attach interfaces of theirs.
  add_interface(network, fmt::format("{}/others", name), name, false,
                config.where());
}

Node allowed_prefixes(const LzaObject& one) {
  Node list = list_node(one.where("allowedPrefixes"));
  for (const Node* prefix : one.texts("allowedPrefixes")) {
    push(list, prefix_node(*prefix));
  }
  if (list.items.empty()) push(list, unknown_node(one.where()));
  return list;
}

void add_association(LzaNetwork& network, const LzaObject& one,
                     const std::string& name, Node& associations) {
  const bool known =
      one.knows({"name", "account", "allowedPrefixes", "routeTableAssociations",
                 "routeTablePropagations"});
  const std::string gateway = one.need("name");
  Node association = map_node(one.where());
  put_text(association, "transit_gateway", gateway, one.where("name"));
  put(association, "allowed_prefixes", allowed_prefixes(one));
  push(associations, std::move(association));
  Node map = lza_map(fmt::format("{}/{}", name, gateway), {}, one.where());
  put_text(map, "transit_gateway", gateway, one.where("name"));
  put_text(map, "direct_connect_gateway", name, one.where());
  put_lza_memberships(network, map, one, gateway);
  if (!known) put_unknown(map, "available", one.where());
  network.add("transit_gateway_attachments", std::move(map));
}

void add_direct_connect(LzaNetwork& network, const LzaObject& config) {
  const bool known =
      config.knows({"name", "account", "asn", "gatewayName",
                    "virtualInterfaces", "transitGatewayAssociations"});
  const std::string name = config.need("name");
  const std::string account = config.text("account");
  network.accounts.mention(account, config.where("account"));
  Node map = lza_map(name, account, config.where());
  Node associations = list_node(config.where());
  for (const LzaObject& one :
       config.objects("transitGatewayAssociations", "association")) {
    add_association(network, one, name, associations);
    if (!known) network.doubted_gateways.insert(one.text("name"));
  }
  put(map, "associations", std::move(associations));
  network.add("direct_connect_gateways", std::move(map));
  add_interfaces(network, config, name);
}

void put_links(LzaNetwork& network, Node& map, bool outside,
               const Location& where) {
  (outside ? network.on_premises : network.unseen) = true;
  put_text(map, "site", outside ? kOnPremises : kUnseen, where);
  put_unknown(map, "advertised", where);
  put_unknown(map, "site_routes", where);
  put_unknown(map, "up", where);
}

class Vpns {
 public:
  Vpns(LzaNetwork& network, const LzaObject& customer)
      : network_{network}, customer_{customer} {
    // Else it is the address of a firewall in some VPC, which is not read.
    const std::string address = customer.text("ipAddress");
    outside_ = bool{IpAddress::parse(address)};
    if (!outside_) {
      network.reading.gap(customer.where("ipAddress"),
                          "the other end of a VPN has an address", address,
                          "what is behind it is unknown");
    }
  }

  void add(const LzaObject& one) {
    const bool known =
        one.knows({"name", "transitGateway", "routeTableAssociations",
                   "routeTablePropagations", "staticRoutesOnly", "vpc",
                   "tunnelSpecifications", "amazonIpv4NetworkCidr",
                   "customerIpv4NetworkCidr", "enableVpnAcceleration", "tags"});
    const std::string name = one.need("name");
    Node map = lza_map(name, customer_.text("account"), one.where());
    const bool fixed = one.flag("staticRoutesOnly", false).value_or(false);
    if (fixed) put(map, "bgp", word_node("false", one.where()));
    put_links(network_, map, outside_, one.where());
    if (one.has("vpc")) put_gateway(map, one, known);
    network_.add("vpn_connections", std::move(map));
    if (one.has("transitGateway")) attach(one, name, known);
  }

 private:
  void put_gateway(Node& map, const LzaObject& one, bool known) {
    const std::string vpc = one.text("vpc");
    auto homes = network_.named(vpc, customer_.text("account"));
    if (homes.empty()) homes = network_.named(vpc);
    const std::string id = homes.empty() ? vpc : homes.front()->id;
    put_text(map, "vpn_gateway", id + "/vgw", one.where("vpc"));
    for (const LzaVpc* other : homes) {
      if (homes.size() > 1 || !known) network_.doubted_vpcs.insert(other->id);
    }
  }

  void attach(const LzaObject& one, const std::string& name, bool known) {
    const std::string gateway = one.text("transitGateway");
    Node map = lza_map(name, customer_.text("account"), one.where());
    put_text(map, "transit_gateway", gateway, one.where("transitGateway"));
    put_text(map, "vpn_connection", name, one.where());
    put_lza_memberships(network_, map, one, gateway);
    if (!known) put_unknown(map, "available", one.where());
    network_.add("transit_gateway_attachments", std::move(map));
  }

  LzaNetwork& network_;
  const LzaObject& customer_;
  bool outside_ = false;
};

// A way out of a VPC of which nothing is known.
void add_way(LzaNetwork& network, const LzaVpc& vpc) {
  const Location& where = vpc.config.where();
  const std::string name = fmt::format("{}/{}", vpc.id, kUnseen);
  Node gateway = lza_map(name, {}, where);
  put_text(gateway, "vpc", vpc.id, where);
  network.add("vpn_gateways", std::move(gateway));
  Node link = lza_map(name, {}, where);
  put_text(link, "site", kUnseen, where);
  put_text(link, "vpn_gateway", name, where);
  put_unknown(link, "advertised", where);
  put_unknown(link, "up", where);
  network.add("virtual_interfaces", std::move(link));
  network.unseen = true;
}

// A table that may say anything, and an attachment to what nobody sees.
void add_table(LzaNetwork& network, const LzaGateway& gateway) {
  const Location& where = gateway.config.where();
  const std::string name = fmt::format("{}/{}", gateway.name, kUnseen);
  Node vpn = lza_map(name, {}, where);
  put_links(network, vpn, false, where);
  network.add("vpn_connections", std::move(vpn));
  Node attachment = lza_map(name, {}, where);
  put_text(attachment, "transit_gateway", gateway.name, where);
  put_text(attachment, "vpn_connection", name, where);
  put_unknown(attachment, "available", where);
  network.add("transit_gateway_attachments", std::move(attachment));
  Node table = lza_map(name, {}, where);
  put_text(table, "transit_gateway", gateway.name, where);
  for (const char* key : {"associations", "propagations", "routes"}) {
    put_unknown(table, key, where);
  }
  network.add("transit_gateway_route_tables", std::move(table));
}

void add_site(LzaNetwork& network, const char* name) {
  Node map = lza_map(name, {}, network.config.where());
  put_unknown(map, "prefixes", map.where);
  put(map, "internet", word_node("true", map.where));
  network.add("sites", std::move(map));
}

}  // namespace

void build_lza_hybrid(LzaNetwork& network) {
  for (const LzaObject& one : network.config.objects(
           "directConnectGateways", "Direct Connect gateway")) {
    add_direct_connect(network, one);
  }
  for (const LzaObject& one :
       network.config.objects("customerGateways", "customer gateway")) {
    one.knows({"name", "account", "region", "ipAddress", "asn", "tags",
               "vpnConnections"});
    network.accounts.mention(one.text("account"), one.where("account"));
    Vpns vpns{network, one};
    for (const LzaObject& vpn :
         one.objects("vpnConnections", "VPN connection")) {
      vpns.add(vpn);
    }
  }
}

void build_lza_unseen(LzaNetwork& network) {
  for (const LzaVpc& vpc : network.vpcs) {
    if (network.doubted_vpcs.contains(vpc.id)) add_way(network, vpc);
  }
  for (const LzaGateway& gateway : network.gateways) {
    if (network.doubted_gateways.contains(gateway.name)) {
      add_table(network, gateway);
    }
  }
  if (network.on_premises) add_site(network, kOnPremises);
  if (network.unseen) add_site(network, kUnseen);
}

}  // namespace netproof::io
