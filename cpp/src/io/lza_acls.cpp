#include <fmt/format.h>

#include "io/lza_network.hpp"

namespace netproof::io {
namespace {

constexpr int kLastProtocol = 255;

class Acls {
 public:
  Acls(LzaNetwork& network, const LzaVpc& vpc) : network_{network}, vpc_{vpc} {}

  Node acl(const LzaObject& config) {
    const bool known = config.knows({"name", "subnetAssociations",
                                     "inboundRules", "outboundRules", "tags"});
    const std::string name = config.need("name");
    Node map =
        lza_map(fmt::format("{}/{}", vpc_.id, name), {}, config.where("name"));
    put(map, "inbound", rules(config, "inboundRules", "source", known));
    put(map, "outbound", rules(config, "outboundRules", "destination", known));
    return map;
  }

 private:
  Node rules(const LzaObject& config, const char* key, const char* end,
             bool known) {
    Node list = list_node(config.where(key));
    for (const LzaObject& one : config.objects(key, "network ACL rule")) {
      add(list, one, end);
    }
    if (!known) push(list, unknown_node(config.where()));
    return list;
  }

  void add(Node& list, const LzaObject& one, const char* end) {
    const bool known =
        one.knows({"rule", "protocol", "fromPort", "toPort", "action", end});
    const Node* number = one.find("rule");
    if (!known || number == nullptr || !number->is_scalar() ||
        is_unresolved(number->text)) {
      push(list, unknown_node(one.where()));
      return;
    }
    for (const Node& block : ends(one, end)) {
      Node line = map_node(one.where());
      put(line, "rule", word_node(number->text, number->where));
      put(line, "action", action(one));
      put(line, "service", service(one));
      put(line, "cidr", block);
      push(list, std::move(line));
    }
  }

  Node action(const LzaObject& one) {
    const std::string word = one.need("action");
    const Location& at = one.where("action");
    return is_unresolved(word) ? unknown_node(at) : text_node(word, at);
  }

  std::vector<Node> ends(const LzaObject& one, const char* end) {
    const Node* node = one.find(end);
    if (node == nullptr) return {unknown_node(one.where())};
    if (!node->is_map()) return {prefix_node(*node)};
    return blocks_of_subnets(network_,
                             LzaObject{network_.reading, *node, "subnet"});
  }

  // An entry for ICMP needs a type, which cannot be written here (S169).
  Node service(const LzaObject& one) {
    constexpr int kTcp = 6;
    constexpr int kUdp = 17;
    constexpr int kIcmp = 1;
    constexpr int kIcmpV6 = 58;
    const int protocol = one.number("protocol").value_or(-2);
    const auto first = one.number("fromPort");
    const auto last = one.number("toPort");
    std::string text;
    if (protocol == -1) {
      text = "any";
    } else if (protocol == kTcp || protocol == kUdp) {
      text = lza_ports(protocol == kTcp ? "tcp" : "udp", first, last);
    } else if (protocol >= 0 && protocol <= kLastProtocol &&
               protocol != kIcmp && protocol != kIcmpV6) {
      text = fmt::format("proto/{}", protocol);
    }
    if (!text.empty()) return text_node(text, one.where("protocol"));
    network_.reading.gap(one.where(), "the service of a rule is known",
                         fmt::format("protocol {}", one.text("protocol")),
                         "what it matches is unknown");
    return unknown_node(one.where());
  }

  LzaNetwork& network_;
  const LzaVpc& vpc_;
};

}  // namespace

Node lza_network_acls(LzaNetwork& network, const LzaVpc& vpc) {
  Node list = list_node(vpc.config.where("networkAcls"));
  Acls acls{network, vpc};
  for (const LzaObject& one :
       vpc.config.objects("networkAcls", "network ACL")) {
    push(list, acls.acl(one));
  }
  return list;
}

}  // namespace netproof::io
