#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "io/lza_network.hpp"

namespace netproof::io {
namespace {

class Routes {
 public:
  Routes(LzaNetwork& network, const LzaVpc& vpc)
      : network_{network}, vpc_{vpc} {}

  Node table(const LzaObject& config) {
    const bool known =
        config.knows({"name", "gatewayAssociation", "routes", "tags"});
    const std::string name = config.need("name");
    Node map = lza_map(inside(name), {}, config.where("name"));
    put_labels(map, config, {{"route-table-name", name}});
    Node routes = list_node(config.where("routes"));
    for (const LzaObject& one : config.objects("routes", "route")) {
      add(routes, one);
    }
    const bool doubted = network_.doubted_vpcs.contains(vpc_.id);
    if (!known || doubted) push(routes, unknown_node(config.where()));
    put(map, "routes", std::move(routes));
    put_gateway(map, config);
    return map;
  }

 private:
  std::string inside(std::string_view name) const {
    return fmt::format("{}/{}", vpc_.id, name);
  }

  void put_gateway(Node& map, const LzaObject& config) const {
    const Node* gateway = config.find("gatewayAssociation");
    if (gateway == nullptr) return;
    if (gateway->text == "internetGateway") {
      put_text(map, "gateway", "igw:" + inside("igw"), gateway->where);
    } else if (gateway->text == "virtualPrivateGateway") {
      put_text(map, "gateway", "vgw:" + inside("vgw"), gateway->where);
    }
  }

  // Who is the next hop; nothing: there is no such line in AWS (S167).
  std::optional<Node> target(const LzaObject& one) const {
    const Node* type = one.find("type");
    const Location& at = one.where("target");
    const std::string name = one.text("target");
    if (type == nullptr || is_unresolved(name)) return open(one);
    const std::string& word = type->text;
    if (word == "local") return std::nullopt;
    if (word == "transitGateway") return text_node("tgw:" + name, at);
    if (word == "internetGateway") return text_node("igw:" + inside("igw"), at);
    if (word == "egressOnlyIgw") return text_node("eigw:" + inside("eigw"), at);
    if (word == "virtualPrivateGateway") {
      return text_node("vgw:" + inside("vgw"), at);
    }
    if (word == "natGateway") {
      const bool there = network_.translators.contains({vpc_.id, name});
      return there ? text_node("nat:" + inside(name), at) : open(one);
    }
    if (word == "gatewayEndpoint") {
      return text_node("endpoint:" + inside(name), at);
    }
    if (word == "networkFirewall" || word == "gatewayLoadBalancerEndpoint") {
      return inspection(one, word == "networkFirewall");
    }
    if (word == "vpcPeering") return peering(one);
    return open(one);
  }

  Node open(const LzaObject& one) const {
    network_.reading.gap(
        one.where("target"), "the next hop of a route is known",
        fmt::format("{} {}", one.text("type"), one.text("target")),
        "the route may lead anywhere");
    return unknown_node(one.where("target"));
  }

  Node inspection(const LzaObject& one, bool firewall) const {
    std::string name = one.text("target");
    if (firewall) name += "@" + one.text("targetAvailabilityZone");
    if (!network_.inspection.contains({vpc_.id, name})) return open(one);
    return text_node("endpoint:" + inside(name), one.where("target"));
  }

  Node peering(const LzaObject& one) const {
    const std::string name = one.text("target");
    std::size_t sides = 0;
    for (const LzaObject& each :
         network_.config.objects("vpcPeering", "VPC peering")) {
      if (each.text("name") != name) continue;
      sides = 1;
      for (const Node* side : each.texts("vpcs")) {
        sides *= network_.named(side->text).size();
      }
    }
    // A template on one side stands for several peerings.
    if (sides != 1) return open(one);
    return text_node("peering:" + name, one.where("target"));
  }

  void add(Node& routes, const LzaObject& one) {
    const bool known = one.knows({"name", "destination", "ipv6Destination",
                                  "destinationPrefixList", "type", "target",
                                  "targetAvailabilityZone"});
    auto to = target(one);
    if (!to) return;
    if (!known) to = unknown_node(one.where());
    if (one.text("type") == "gatewayEndpoint") {
      add_service(routes, one, std::move(*to));
      return;
    }
    bool said = false;
    if (const Node* list = one.find("destinationPrefixList")) {
      said = !one.text("destinationPrefixList").empty();
      add_line(routes, one, "prefix_list", text_node(list->text, list->where),
               *to);
    } else {
      for (const char* key : {"destination", "ipv6Destination"}) {
        const Node* destination = one.find(key);
        if (destination == nullptr) continue;
        said = !one.text(key).empty();
        for (const Node& block : blocks(*destination, key)) {
          add_line(routes, one, "destination", block, *to);
        }
      }
    }
    if (!said) push(routes, unknown_node(one.where()));
  }

  // The destination may be the name of a subnet of the VPC.
  std::vector<Node> blocks(const Node& destination, std::string_view key) {
    const auto subnet = subnet_named(vpc_, destination.text);
    if (!subnet) return {prefix_node(destination)};
    std::vector<Node> found =
        subnet_cidrs(*subnet,
                     key == "destination" ? LzaFamily::kV4 : LzaFamily::kV6)
            .items;
    for (Node& one : found) one.where = destination.where;
    return found;
  }

  void add_line(Node& routes, const LzaObject& one, const char* key,
                Node destination, Node to) {
    if (destination.is_unknown()) {
      push(routes, unknown_node(destination.where));
      return;
    }
    Node line = map_node(one.where());
    put(line, key, std::move(destination));
    put(line, "target", std::move(to));
    const std::string name = one.text("name");
    if (!name.empty()) put_text(line, "name", name, one.where("name"));
    push(routes, std::move(line));
  }

  // AWS keeps the list of a service; nobody has written it down here.
  void add_service(Node& routes, const LzaObject& one, Node to) {
    const std::string service = one.text("target");
    const std::string name = fmt::format("{}/{}", vpc_.region, service);
    const Location& at = one.where("target");
    if (network_.service_lists.insert(name).second) {
      Node list = lza_map(name, {}, at);
      put(list, "entries", unknown_node(at));
      network_.add("prefix_lists", std::move(list));
      network_.reading.gap(at, "the prefixes of a service are known", service,
                           "AWS keeps that list: a packet that no longer line "
                           "takes may go to the endpoint");
    }
    add_line(routes, one, "prefix_list", text_node(name, at), std::move(to));
  }

  LzaNetwork& network_;
  const LzaVpc& vpc_;
};

struct PeeringEnds {
  const LzaVpc& from;
  const LzaVpc& to;
  bool single;  ///< no other VPCs have the names of the two
  bool known;
};

void add_peering(LzaNetwork& network, const LzaObject& one,
                 const PeeringEnds& ends) {
  const std::string name = one.text("name");
  const std::string id =
      ends.single ? name
                  : fmt::format("{}/{}/{}", name, ends.from.id, ends.to.id);
  Node map = lza_map(id, {}, one.where());
  Node vpcs = list_node(one.where("vpcs"));
  push(vpcs, text_node(ends.from.id, vpcs.where));
  push(vpcs, text_node(ends.to.id, vpcs.where));
  put(map, "vpcs", std::move(vpcs));
  if (!ends.single || !ends.known) {
    put(map, "active", unknown_node(one.where()));
  }
  network.add("peerings", std::move(map));
}

}  // namespace

void find_lza_table_doubts(LzaNetwork& network, const LzaVpc& vpc) {
  for (const LzaObject& one :
       vpc.config.objects("routeTables", "route table")) {
    const Node* gateway = one.find("gatewayAssociation");
    if (gateway == nullptr || gateway->text == "internetGateway" ||
        gateway->text == "virtualPrivateGateway") {
      continue;
    }
    network.doubted_vpcs.insert(vpc.id);
    network.reading.gap(gateway->where, "the gateway of a route table is known",
                        gateway->text, "what depends on it is unknown");
  }
}

Node lza_route_tables(LzaNetwork& network, const LzaVpc& vpc) {
  Node tables = list_node(vpc.config.where("routeTables"));
  Routes routes{network, vpc};
  for (const LzaObject& one :
       vpc.config.objects("routeTables", "route table")) {
    push(tables, routes.table(one));
  }
  return tables;
}

void build_lza_peerings(LzaNetwork& network) {
  for (const LzaObject& one :
       network.config.objects("vpcPeering", "VPC peering")) {
    const bool known = one.knows({"name", "vpcs", "tags"});
    const std::string name = one.need("name");
    const auto sides = one.texts("vpcs");
    if (sides.size() != 2) {
      network.reading.draft.problems.add({"peering-vpcs", one.where("vpcs"),
                                          "a peering has two VPCs", name, ""});
      continue;
    }
    const auto left = network.named(sides[0]->text);
    const auto right = network.named(sides[1]->text);
    const bool single = left.size() == 1 && right.size() == 1;
    for (const LzaVpc* from : left) {
      for (const LzaVpc* to : right) {
        add_peering(network, one, {*from, *to, single, known});
      }
    }
  }
}

}  // namespace netproof::io
