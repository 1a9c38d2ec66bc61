#include "io/write_parts.hpp"

namespace netproof::io {
namespace {

YamlTree transit_gateway(const TransitGateway& gateway) {
  YamlTree tree = written_object(gateway);
  put_text(tree, "region", gateway.region);
  put_unless(tree, "security_group_referencing", gateway.group_referencing,
             {false, false, {}});
  if (!gateway.vpn_ecmp) tree["vpn_ecmp"] = false;
  put(tree, "default_route_table_association", gateway.default_association);
  put(tree, "default_route_table_propagation", gateway.default_propagation);
  return tree;
}

// AWS writes times with an offset, the format in UTC with its letter.
std::string written_time(const std::string& created) {
  const bool lacks_zone =
      created.find('T') != std::string::npos && !created.ends_with('Z');
  return lacks_zone ? created + 'Z' : created;
}

YamlTree attachment(const TransitAttachment& attachment) {
  const Open<bool> no{false, false, {}};
  const Open<bool> yes{true, false, {}};
  YamlTree tree = written_object(attachment);
  tree["transit_gateway"] = written(attachment.gateway);
  put(tree, "vpc", attachment.vpc);
  put(tree, "direct_connect_gateway", attachment.direct_connect);
  put(tree, "vpn_connection", attachment.vpn);
  put(tree, "peer", attachment.peer);
  put(tree, "subnets", attachment.subnets);
  put_unless(tree, "appliance_mode", attachment.appliance_mode, no);
  put_unless(tree, "ipv6", attachment.ipv6, no);
  put_unless(tree, "security_group_referencing", attachment.group_referencing,
             yes);
  put_unless(tree, "available", attachment.available, yes);
  put_text(tree, "created", written_time(attachment.created));
  return tree;
}

YamlTree route(const TransitRoute& route) {
  YamlTree tree = YamlTree::object();
  put(tree, "destination", route.destination);
  put(tree, "prefix_list", route.prefix_list);
  if (route.blackhole) {
    tree["blackhole"] = true;
  } else if (route.target_unknown || route.targets.empty()) {
    tree["attachment"] = nullptr;
  } else if (route.targets.size() == 1) {
    tree["attachment"] = written(route.targets.front());
  } else {
    tree["attachment"] = written(route.targets);
  }
  put_text(tree, "comment", route.comment);
  return tree;
}

YamlTree route_table(const TransitRouteTable& table) {
  YamlTree tree = written_object(table);
  tree["transit_gateway"] = written(table.gateway);
  tree["associations"] = written(table.associations);
  tree["propagations"] = written(table.propagations);
  tree["routes"] = written_list(table.routes, route);
  return tree;
}

}  // namespace

void write_transit(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "transit_gateways", parts.transit_gateways, transit_gateway);
  put_table(file, "transit_gateway_attachments", parts.transit_attachments,
            attachment);
  put_table(file, "transit_gateway_route_tables", parts.transit_route_tables,
            route_table);
}

}  // namespace netproof::io
