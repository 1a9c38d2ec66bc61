#include "support/network.hpp"

namespace netproof::testing {
namespace {

/// The name in "kind:name" if the kind is `kind`, else empty.
std::string name_if(const std::string& text, const std::string& kind) {
  if (!text.starts_with(kind + ":")) return "";
  return text.substr(kind.size() + 1);
}

}  // namespace

Site& Network::site(const std::string& name, const Texts& prefixes) {
  Site& object = add<Site>(name);
  object.prefixes = written_list(prefixes);
  return object;
}

DirectConnectGateway& Network::direct_connect(const std::string& name) {
  return add<DirectConnectGateway>(name);
}

DirectConnectAssociation& Network::associate(const std::string& direct_connect,
                                             const std::string& gateway,
                                             const Texts& allowed) {
  auto& associations = get<DirectConnectGateway>(direct_connect).associations;
  DirectConnectAssociation& association = associations.emplace_back();
  association.where = next();
  association.transit_gateway =
      maybe_ref<TransitGateway>(name_if(gateway, "tgw"));
  association.vpn_gateway = maybe_ref<VpnGateway>(name_if(gateway, "vgw"));
  association.allowed_prefixes = written_list(allowed);
  return association;
}

VirtualInterface& Network::virtual_interface(const std::string& name,
                                             const std::string& site,
                                             const std::string& gateway,
                                             const Texts& advertised) {
  VirtualInterface& object = add<VirtualInterface>(name);
  object.site = ref<Site>(site);
  object.gateway = maybe_ref<DirectConnectGateway>(name_if(gateway, "dxgw"));
  object.vpn_gateway = maybe_ref<VpnGateway>(name_if(gateway, "vgw"));
  object.advertised = written_list(advertised);
  return object;
}

VpnConnection& Network::vpn(const std::string& name, const std::string& site,
                            const Texts& advertised,
                            const std::string& vpn_gateway) {
  VpnConnection& object = add<VpnConnection>(name);
  object.site = ref<Site>(site);
  object.vpn_gateway = maybe_ref<VpnGateway>(vpn_gateway);
  object.advertised = written_list(advertised);
  return object;
}

VpnGateway& Network::vpn_gateway(const std::string& name,
                                 const std::string& vpc) {
  VpnGateway& object = add<VpnGateway>(name);
  object.vpc = maybe_ref<Vpc>(vpc);
  return object;
}

Segment& Network::segment(const std::string& name, const Texts& prefixes,
                          const std::string& router) {
  Segment& object = add<Segment>(name);
  object.prefixes = written_list(prefixes);
  object.router = maybe_ref<Router>(router);
  return object;
}

Host& Network::host(const std::string& name, const std::string& segment,
                    const Texts& addresses) {
  Host& object = add<Host>(name);
  object.segment = ref<Segment>(segment);
  for (const std::string& text : addresses) {
    object.addresses.push_back(ip(text));
  }
  return object;
}

Router& Network::router(const std::string& name, const std::vector<Line>& lines,
                        const std::string& firewall) {
  Router& object = add<Router>(name);
  object.firewall = maybe_ref<ZoneFirewall>(firewall);
  for (const Line& line : lines) {
    RouterRoute& route = object.routes.items.emplace_back();
    route.where = next();
    route.destination = written(line.destination);
    route.router = maybe_ref<Router>(name_if(line.to, "router"));
    route.site = maybe_ref<Site>(name_if(line.to, "site"));
    route.internet = line.to == "internet";
    route.blackhole = line.blackhole || line.to == "blackhole";
    route.unknown = line.to == "unknown";
  }
  return object;
}

ZoneFirewall& Network::firewall(const std::string& name,
                                const std::vector<ZoneLine>& zones,
                                const std::vector<PolicyLine>& rules) {
  ZoneFirewall& object = add<ZoneFirewall>(name);
  for (const ZoneLine& line : zones) {
    object.zones.push_back(
        ZoneFirewall::Zone{line.name, refs<Segment>(line.segments).items,
                           line.neighbours, next()});
  }
  for (const PolicyLine& line : rules) {
    FirewallRule& rule = object.rules.items.emplace_back();
    rule.name = line.name;
    rule.from_zones = line.from;
    rule.to_zones = line.to;
    rule.sources = written_list(line.sources);
    rule.destinations = written_list(line.destinations);
    rule.service = service(line.service);
    rule.allow = action(line.action);
    rule.where = next();
  }
  return object;
}

}  // namespace netproof::testing
