#include <fmt/format.h>

#include "io/write_parts.hpp"

namespace netproof::io {
namespace {

YamlTree segment(const Segment& segment) {
  YamlTree tree = written_object(segment);
  tree["prefixes"] = written(segment.prefixes);
  put(tree, "router", segment.router);
  put_unless(tree, "port_isolation", segment.port_isolation,
             {false, false, {}});
  put_flag(tree, "spoofs", segment.spoofs);
  return tree;
}

YamlTree host(const Host& host) {
  YamlTree tree = written_object(host);
  tree["segment"] = written(host.segment);
  tree["addresses"] = written(host.addresses);
  return tree;
}

YamlTree next_hop(const RouterRoute& route) {
  if (route.router) return fmt::format("router:{}", route.router->name);
  if (route.site) return fmt::format("site:{}", route.site->name);
  if (route.internet) return "internet";
  if (route.blackhole) return "blackhole";
  return nullptr;
}

YamlTree router(const Router& router) {
  YamlTree tree = written_object(router);
  tree["routes"] = written_list(router.routes, [](const RouterRoute& route) {
    YamlTree line = YamlTree::object();
    line["destination"] = written(route.destination);
    line["target"] = next_hop(route);
    return line;
  });
  put(tree, "firewall", router.firewall);
  return tree;
}

YamlTree zone(const ZoneFirewall::Zone& zone) {
  YamlTree tree = YamlTree::object();
  tree["name"] = zone.name;
  if (!zone.segments.empty()) tree["segments"] = written(zone.segments);
  if (!zone.neighbours.empty()) tree["neighbours"] = written(zone.neighbours);
  return tree;
}

// Without prefixes any address is meant, so a list that is only open is
// written as such.
void put_prefixes(YamlTree& tree, const char* key,
                  const OpenList<WrittenPrefix>& prefixes) {
  if (prefixes.open || !prefixes.items.empty()) tree[key] = written(prefixes);
}

YamlTree rule(const FirewallRule& rule) {
  YamlTree tree = YamlTree::object();
  put_text(tree, "name", rule.name);
  if (!rule.from_zones.empty()) tree["from"] = written(rule.from_zones);
  if (!rule.to_zones.empty()) tree["to"] = written(rule.to_zones);
  put_prefixes(tree, "sources", rule.sources);
  put_prefixes(tree, "destinations", rule.destinations);
  tree["service"] = written(rule.service);
  tree["action"] = written_action(rule.allow);
  return tree;
}

YamlTree firewall(const ZoneFirewall& firewall) {
  YamlTree tree = written_object(firewall);
  tree["zones"] = written_list(firewall.zones, zone);
  tree["rules"] = written_list(firewall.rules, rule);
  tree["default"] = written_action(firewall.default_allow);
  tree["intra_zone"] = written_action(firewall.intra_zone_allow);
  return tree;
}

}  // namespace

void write_segments(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "segments", parts.segments, segment);
  put_table(file, "hosts", parts.hosts, host);
  put_table(file, "routers", parts.routers, router);
  put_table(file, "firewalls", parts.firewalls, firewall);
}

}  // namespace netproof::io
