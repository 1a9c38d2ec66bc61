#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "io/lza_network.hpp"

namespace netproof::io {
namespace {

// The types that stand for one TCP port (S168).
struct NamedPort {
  std::string_view word;
  int port;
};
constexpr std::array<NamedPort, 9> kNamedPorts{{
    {"RDP", 3389},
    {"SSH", 22},
    {"HTTP", 80},
    {"HTTPS", 443},
    {"MSSQL", 1433},
    {"MYSQL/AURORA", 3306},
    {"REDSHIFT", 5439},
    {"POSTGRESQL", 5432},
    {"ORACLE-RDS", 1521},
}};

// ICMP writes its type in the place of the first port, its code in the last.
std::string icmp(std::optional<int> type, std::optional<int> code) {
  constexpr int kLast = 255;
  if (!type || !code || *type > kLast || *code > kLast) return {};
  if (*type == -1) return "icmp";
  if (*type < 0) return {};
  return *code == -1 ? fmt::format("icmp/{}", *type)
                     : fmt::format("icmp/{}/{}", *type, *code);
}

class Groups {
 public:
  Groups(LzaNetwork& network, const LzaVpc& vpc)
      : network_{network}, vpc_{vpc} {}

  Node group(const LzaObject& config) {
    const bool known = config.knows(
        {"name", "description", "inboundRules", "outboundRules", "tags"});
    const std::string name = config.need("name");
    Node map = lza_map(inside(name), {}, config.where("name"));
    put_labels(map, config, {{"group-name", name}});
    put(map, "ingress", rules(config, "inboundRules", known, true));
    put(map, "egress", rules(config, "outboundRules", known, false));
    return map;
  }

 private:
  std::string inside(std::string_view name) const {
    return fmt::format("{}/{}", vpc_.id, name);
  }

  Node rules(const LzaObject& config, const char* key, bool known,
             bool ingress) {
    Node list = list_node(config.where(key));
    bool inlined = false;
    for (const LzaObject& one : config.objects(key, "security group rule")) {
      add(list, one, ingress, inlined);
    }
    // AWS lets everything out of a group that is made without egress lines; a
    // reference to a group comes later (S168).
    if (!known || (!ingress && !inlined)) {
      push(list, unknown_node(config.where(key)));
    }
    return list;
  }

  void add(Node& list, const LzaObject& one, bool ingress, bool& inlined) {
    const bool known =
        one.knows({"description", "types", "tcpPorts", "udpPorts",
                   "ipProtocols", "fromPort", "toPort", "sources"});
    Node service = services(one);
    if (service.is_list() && service.items.empty()) return;
    if (!known) service = unknown_node(one.where());
    Node line = map_node(one.where());
    put(line, "service", std::move(service));
    Node peers = list_node(one.where("sources"));
    for (const Node* source : one.list("sources")) {
      inlined = add_peers(peers, *source) || inlined;
    }
    put(line, ingress ? "sources" : "destinations", std::move(peers));
    push(list, std::move(line));
  }

  // True if it is written into the group itself, and does not refer to one.
  bool add_peers(Node& peers, const Node& source) {
    if (source.is_scalar()) {
      push(peers, prefix_node(source));
      return true;
    }
    const LzaObject one{network_.reading, source, "source"};
    if (!source.is_map()) return true;
    const bool known = one.knows(
        {"account", "vpc", "subnets", "ipv6", "securityGroups", "prefixLists"});
    if (!known) push(peers, unknown_node(source.where));
    for (const Node* name : one.texts("securityGroups")) {
      push(peers, text_node("sg:" + inside(name->text), name->where));
    }
    for (const Node* name : one.texts("prefixLists")) {
      push(peers, text_node("prefix_list:" + name->text, name->where));
    }
    if (one.has("vpc")) {
      for (Node& block : blocks_of_subnets(network_, one)) {
        push(peers, std::move(block));
      }
    }
    return !one.has("securityGroups");
  }

  // A list of services, or `unknown`.
  Node services(const LzaObject& one) {
    Node list = list_node(one.where());
    bool open = false;
    const auto take = [&](const std::string& text, const Location& where) {
      open = open || text.empty();
      push(list, text_node(text, where));
    };
    if (one.has("types")) {
      for (const Node* type : one.texts("types")) {
        take(service_of(one, *type), type->where);
      }
    } else {
      add_ports(one, "tcpPorts", "tcp", take);
      add_ports(one, "udpPorts", "udp", take);
    }
    for (const Node* protocol : one.texts("ipProtocols")) {
      take(protocol_service(protocol->text), protocol->where);
    }
    if (!open) return list;
    network_.reading.gap(one.where(), "the service of a rule is known",
                         one.text("description"), "what it allows is unknown");
    return unknown_node(one.where());
  }

  template <class Take>
  static void add_ports(const LzaObject& one, const char* key,
                        std::string_view protocol, Take take) {
    for (const Node* port : one.texts(key)) {
      const bool digits =
          port->text.find_first_not_of("0123456789") == std::string::npos;
      take(digits && port->text.size() <= 5
               ? fmt::format("{}/{}", protocol, std::stoi(port->text))
               : std::string{},
           port->where);
    }
  }

  static std::string service_of(const LzaObject& one, const Node& type) {
    const std::string& word = type.text;
    if (word == "ALL") return "any";
    const auto* named = std::ranges::find(kNamedPorts, word, &NamedPort::word);
    if (named != kNamedPorts.end())
      return lza_ports("tcp", named->port, named->port);
    const auto first = one.number("fromPort");
    const auto last = one.number("toPort");
    if (word == "TCP") return lza_ports("tcp", first, last);
    if (word == "UDP") return lza_ports("udp", first, last);
    if (word == "ICMP") return icmp(first, last);
    return {};
  }

  static std::string protocol_service(const std::string& text) {
    constexpr std::array<std::string_view, 4> kPorted{"1", "6", "17", "58"};
    if (text == "-1") return "any";
    const bool digits =
        !text.empty() && text.size() <= 3 &&
        text.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || std::ranges::find(kPorted, text) != kPorted.end()) return {};
    return "proto/" + text;
  }

  LzaNetwork& network_;
  const LzaVpc& vpc_;
};

}  // namespace

// Where a VPC declares groups, what stands in it carries some of them, and may
// carry others that are made later; where it declares none, nothing is said of
// groups at all (S165).
Node lza_security_groups(LzaNetwork& network, const LzaVpc& vpc) {
  Node list = list_node(vpc.config.where("securityGroups"));
  Groups groups{network, vpc};
  for (const LzaObject& one :
       vpc.config.objects("securityGroups", "security group")) {
    Node group = groups.group(one);
    push(list, text_node(group.items.front().text, group.where));
    push(list, std::move(group));
  }
  if (!list.items.empty()) push(list, unknown_node(list.where));
  return list;
}

void build_lza_prefix_lists(LzaNetwork& network) {
  for (const LzaObject& one :
       network.config.objects("prefixLists", "prefix list")) {
    const bool known =
        one.knows({"name", "accounts", "regions", "deploymentTargets",
                   "addressFamily", "maxEntries", "entries", "tags"});
    Node map = lza_map(one.need("name"), {}, one.where("name"));
    Node entries = list_node(one.where("entries"));
    for (const Node* entry : one.texts("entries")) {
      push(entries, prefix_node(*entry));
    }
    if (!known) push(entries, unknown_node(one.where()));
    put(map, "entries", std::move(entries));
    network.add("prefix_lists", std::move(map));
  }
}

}  // namespace netproof::io
