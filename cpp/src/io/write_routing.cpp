#include <fmt/format.h>

#include "io/write_parts.hpp"

namespace netproof::io {
namespace {

YamlTree written_target(const RouteTarget& target) {
  const auto named = [&](const char* kind) -> YamlTree {
    return fmt::format("{}:{}", kind, target.name);
  };
  switch (target.kind) {
    case TargetKind::kUnknown:
      return nullptr;
    case TargetKind::kLocal:
      return "local";
    case TargetKind::kInternetGateway:
      return named("igw");
    case TargetKind::kEgressOnlyGateway:
      return named("eigw");
    case TargetKind::kNatGateway:
      return named("nat");
    case TargetKind::kTransitGateway:
      return named("tgw");
    case TargetKind::kPeering:
      return named("peering");
    case TargetKind::kInterface:
      return named("interface");
    case TargetKind::kEndpoint:
      return named("endpoint");
    case TargetKind::kVpnGateway:
      return named("vgw");
    case TargetKind::kBlackhole:
      return "blackhole";
  }
  return nullptr;
}

YamlTree route(const Route& route) {
  YamlTree tree = YamlTree::object();
  put(tree, "destination", route.destination);
  put(tree, "prefix_list", route.prefix_list);
  if (route.targets.empty()) {
    tree["target"] = nullptr;
  } else if (route.targets.size() == 1) {
    tree["target"] = written_target(route.targets.front());
  } else {
    tree["target"] = written_list(route.targets, written_target);
  }
  put_flag(tree, "blackhole", route.blackhole);
  put_text(tree, "comment", route.comment);
  return tree;
}

YamlTree route_table(const RouteTable& table) {
  YamlTree tree = written_object(table);
  tree["vpc"] = written(table.vpc);
  tree["routes"] = written_list(table.routes, route);
  if (!table.propagating.empty()) {
    tree["propagating_vpn_gateways"] = written(table.propagating);
  }
  if (table.gateway) tree["gateway"] = written_target(*table.gateway);
  return tree;
}

// Gateways that have nothing but a VPC, if any.
template <class Gateway>
YamlTree gateway(const Gateway& gateway) {
  YamlTree tree = written_object(gateway);
  put(tree, "vpc", std::optional<Ref<Vpc>>{gateway.vpc});
  return tree;
}

YamlTree nat_gateway(const NatGateway& gateway) {
  YamlTree tree = written_object(gateway);
  tree["subnet"] = written(gateway.subnet);
  tree["private_address"] = written(gateway.private_address);
  put(tree, "public_address", gateway.public_address);
  put_flag(tree, "private", gateway.is_private);
  return tree;
}

YamlTree peering(const Peering& peering) {
  YamlTree tree = written_object(peering);
  tree["vpcs"] = written(std::vector{peering.requester, peering.accepter});
  put_unless(tree, "active", peering.active, {true, false, {}});
  return tree;
}

}  // namespace

void write_routing(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "route_tables", parts.route_tables, route_table);
  put_table(file, "internet_gateways", parts.internet_gateways,
            gateway<InternetGateway>);
  put_table(file, "egress_only_gateways", parts.egress_only_gateways,
            gateway<EgressOnlyGateway>);
  put_table(file, "vpn_gateways", parts.vpn_gateways, gateway<VpnGateway>);
  put_table(file, "nat_gateways", parts.nat_gateways, nat_gateway);
  put_table(file, "peerings", parts.peerings, peering);
}

}  // namespace netproof::io
