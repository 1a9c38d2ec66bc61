#include <fmt/format.h>

#include <optional>
#include <utility>

#include "io/lza_network.hpp"

namespace netproof::io {
namespace {

// Whether a VPC attachment comes about at all (S170); else why not.
std::string doubt_of(const LzaNetwork& network, const LzaVpc& vpc,
                     const LzaGateway* gateway, const LzaObject& target) {
  if (!vpc.certain) return "the VPC may not be deployed";
  if (gateway == nullptr) return {};
  if (target.text("account") != gateway->account) {
    return "the transit gateway is in another account";
  }
  if (vpc.region != gateway->region) {
    return "the transit gateway is in another Region";
  }
  if (vpc.account == gateway->account) return {};
  const auto share = gateway->config.object("shareTargets", "share target");
  if (!share || !network.accounts.shares(*share, vpc.account)) {
    return "the transit gateway is not shared with the account";
  }
  const auto accepts =
      gateway->config.enabled("autoAcceptSharingAttachments", false);
  return accepts == true ? "" : "the attachment waits to be accepted";
}

void put_open(Node& map, const char* key, std::optional<bool> value,
              const Location& where) {
  put(map, key,
      value ? word_node(*value ? "true" : "false", where)
            : unknown_node(where));
}

class Attachments {
 public:
  Attachments(LzaNetwork& network, const LzaVpc& vpc)
      : network_{network}, vpc_{vpc} {}

  Node attachment(const LzaObject& one) {
    const bool known =
        one.knows({"name", "transitGateway", "subnets", "options",
                   "routeTableAssociations", "routeTablePropagations", "tags"});
    const std::string name = one.need("name");
    Node map = lza_map(fmt::format("{}/{}", vpc_.id, name), {}, one.where());
    put_labels(map, one, {{"attachment-name", name}});
    const auto target = one.object("transitGateway", "transit gateway");
    const std::string gateway = target ? target->need("name") : std::string{};
    put_text(map, "transit_gateway", gateway, one.where("transitGateway"));
    put_subnets(map, one);
    put_lza_memberships(network_, map, one, gateway);
    put_options(map, one);
    put_available(map, one, target, known);
    return map;
  }

 private:
  void put_subnets(Node& map, const LzaObject& one) const {
    Node subnets = list_node(one.where("subnets"));
    for (const Node* subnet : one.texts("subnets")) {
      push(subnets, is_unresolved(subnet->text)
                        ? unknown_node(subnet->where)
                        : text_node(fmt::format("{}/{}", vpc_.id, subnet->text),
                                    subnet->where));
    }
    put(map, "subnets", std::move(subnets));
  }

  static void put_options(Node& map, const LzaObject& one) {
    const auto options = one.object("options", "attachment option");
    if (!options) return;
    const bool known =
        options->knows({"dnsSupport", "ipv6Support", "applianceModeSupport"});
    const Location& at = options->where();
    auto appliance = options->enabled("applianceModeSupport", false);
    if (!known) appliance.reset();
    put_open(map, "appliance_mode", appliance, at);
    put_open(map, "ipv6", options->enabled("ipv6Support", false), at);
  }

  void put_available(Node& map, const LzaObject& one,
                     const std::optional<LzaObject>& target, bool known) {
    std::string doubt;
    if (target) {
      doubt = doubt_of(network_, vpc_, network_.gateway(target->text("name")),
                       *target);
    }
    if (!doubt.empty()) {
      network_.reading.gap(one.where(), "an attachment comes about", doubt,
                           "whether it forwards is unknown");
    }
    if (!doubt.empty() || !known) {
      put(map, "available", unknown_node(one.where()));
    }
  }

  LzaNetwork& network_;
  const LzaVpc& vpc_;
};

}  // namespace

std::string lza_table_id(std::string_view gateway, std::string_view table) {
  return fmt::format("{}/{}", gateway, table);
}

Node lza_associations(LzaNetwork& network, Node tables,
                      const std::string& gateway) {
  const LzaGateway* home = network.gateway(gateway);
  const bool alone =
      home != nullptr &&
      home->config.enabled("defaultRouteTableAssociation", true) == false;
  if (alone) return tables;
  network.reading.gap(tables.where, "an attachment has one association",
                      gateway, "which of them holds is unknown");
  return unknown_node(tables.where);
}

void put_lza_memberships(LzaNetwork& network, Node& map, const LzaObject& one,
                         const std::string& gateway) {
  for (const auto& [key, ours] :
       {std::pair{"routeTableAssociations", "route_table_associations"},
        std::pair{"routeTablePropagations", "route_table_propagations"}}) {
    Node tables = list_node(one.where(key));
    for (const Node* table : one.texts(key)) {
      push(tables,
           is_unresolved(table->text)
               ? unknown_node(table->where)
               : text_node(lza_table_id(gateway, table->text), table->where));
    }
    if (tables.items.empty()) continue;
    if (std::string_view(key) == "routeTableAssociations") {
      tables = lza_associations(network, std::move(tables), gateway);
    }
    put(map, ours, std::move(tables));
  }
}

Node lza_attachments(LzaNetwork& network, const LzaVpc& vpc) {
  Node list = list_node(vpc.config.where("transitGatewayAttachments"));
  Attachments attachments{network, vpc};
  for (const LzaObject& one : vpc.config.objects(
           "transitGatewayAttachments", "transit gateway attachment")) {
    push(list, attachments.attachment(one));
  }
  return list;
}

}  // namespace netproof::io
