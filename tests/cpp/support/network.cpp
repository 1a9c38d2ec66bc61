#include "support/network.hpp"

#include <utility>

#include "netproof/net/service.hpp"

namespace netproof::testing {
namespace {

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(by, at), text.size());
    if (end > at) parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

/// "igw:x" is {"igw", "x"}; "local" is {"local", ""}.
std::pair<std::string, std::string> kind_and_name(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return {text, ""};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

bool is_prefix_list(const std::string& text) { return text.starts_with("pl:"); }

TargetKind target_kind(const std::string& word) {
  static const std::vector<std::pair<std::string, TargetKind>> kWords = {
      {"unknown", TargetKind::kUnknown},
      {"local", TargetKind::kLocal},
      {"igw", TargetKind::kInternetGateway},
      {"eigw", TargetKind::kEgressOnlyGateway},
      {"nat", TargetKind::kNatGateway},
      {"tgw", TargetKind::kTransitGateway},
      {"peering", TargetKind::kPeering},
      {"interface", TargetKind::kInterface},
      {"endpoint", TargetKind::kEndpoint},
      {"vgw", TargetKind::kVpnGateway},
      {"blackhole", TargetKind::kBlackhole},
  };
  for (const auto& [known, kind] : kWords) {
    if (known == word) return kind;
  }
  throw ContractViolation("a route target is of a known kind");
}

std::vector<IpAddress> addresses_of(const Texts& texts) {
  std::vector<IpAddress> addresses;
  for (const std::string& text : texts) addresses.push_back(ip(text));
  return addresses;
}

}  // namespace

IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

IpPrefix prefix(std::string_view text) { return IpPrefix::parse(text).value(); }

Flow tcp(std::string_view src, std::string_view dst, std::uint16_t dport,
         std::uint16_t sport) {
  return Flow{ip(src), ip(dst), kTcp, sport, dport};
}

Flow udp(std::string_view src, std::string_view dst, std::uint16_t dport,
         std::uint16_t sport) {
  return Flow{ip(src), ip(dst), kUdp, sport, dport};
}

Flow ping(std::string_view src, std::string_view dst) {
  const bool v4 = ip(src).family() == Family::kV4;
  return Flow{ip(src), ip(dst), v4 ? kIcmp : kIcmpv6,
              v4 ? kIcmpEchoRequest : kIcmpv6EchoRequest, 0};
}

Location Network::next() {
  ++line_;
  return Location{"network", line_, 1, line_, 2};
}

WrittenPrefix Network::written(const std::string& text) {
  const LooseIpPrefix loose = IpPrefix::parse_loose(text).value();
  return WrittenPrefix{loose.masked, loose.exact, loose.host_bits, text,
                       next()};
}

OpenList<WrittenPrefix> Network::written_list(const Texts& texts) {
  OpenList<WrittenPrefix> list;
  list.where = next();
  for (const std::string& text : texts) {
    if (text == "unknown") {
      list.open = true;
    } else {
      list.items.push_back(written(text));
    }
  }
  return list;
}

Open<TransportSet> Network::service(const std::string& text) {
  Open<TransportSet> open;
  open.where = next();
  open.unknown = text == "unknown";
  if (!open.unknown) open.value = parse_service(text).value();
  return open;
}

Open<bool> Network::action(const std::string& text) {
  expects(text == "allow" || text == "deny" || text == "unknown",
          "an action is allow, deny or unknown");
  return Open<bool>{text == "allow", text == "unknown", next()};
}

Vpc& Network::vpc(const std::string& name, const Texts& cidrs,
                  const std::string& main_table) {
  Vpc& object = add<Vpc>(name);
  object.cidrs = written_list(cidrs);
  object.main_table = maybe_ref<RouteTable>(main_table);
  return object;
}

Subnet& Network::subnet(const std::string& name, const std::string& vpc,
                        const Texts& cidrs, const std::string& zone,
                        const std::string& table, const std::string& acl) {
  Subnet& object = add<Subnet>(name);
  object.vpc = ref<Vpc>(vpc);
  object.cidrs = written_list(cidrs);
  object.zone = Open<std::string>{zone == "unknown" ? "" : zone,
                                  zone == "unknown", next()};
  if (!table.empty()) {
    object.route_table.emplace();
    object.route_table->value = ref<RouteTable>(table);
    object.route_table->unknown = table == "unknown";
  }
  if (!acl.empty()) {
    object.acl.emplace();
    object.acl->value = ref<NetworkAcl>(acl);
    object.acl->unknown = acl == "unknown";
  }
  return object;
}

Interface& Network::interface(const std::string& name,
                              const std::string& subnet, const Texts& addresses,
                              const std::optional<Texts>& groups,
                              const Texts& public_addresses) {
  Interface& object = add<Interface>(name);
  object.subnet = ref<Subnet>(subnet);
  object.addresses = addresses_of(addresses);
  object.public_addresses = addresses_of(public_addresses);
  if (groups) object.security_groups = refs<SecurityGroup>(*groups);
  return object;
}

RouteTarget Network::target(const std::string& text) {
  const auto [kind, name] = kind_and_name(text);
  return RouteTarget{target_kind(kind), name, {}, next()};
}

RouteTable& Network::table(const std::string& name, const std::string& vpc,
                           const std::vector<Line>& lines,
                           const Texts& propagating) {
  RouteTable& object = add<RouteTable>(name);
  object.vpc = ref<Vpc>(vpc);
  for (const Line& line : lines) {
    Route& route = object.routes.items.emplace_back();
    route.where = next();
    route.blackhole = line.blackhole;
    if (is_prefix_list(line.destination)) {
      route.prefix_list = ref<PrefixList>(line.destination.substr(3));
    } else {
      route.destination = written(line.destination);
    }
    for (const std::string& to : split(line.to, '|')) {
      route.targets.push_back(target(to));
    }
  }
  for (const std::string& gateway : propagating) {
    object.propagating.push_back(ref<VpnGateway>(gateway));
  }
  return object;
}

RouteTable& Network::edge_table(const std::string& name, const std::string& vpc,
                                const std::string& gateway,
                                const std::vector<Line>& lines) {
  RouteTable& object = table(name, vpc, lines);
  object.gateway = target(gateway);
  return object;
}

InternetGateway& Network::internet_gateway(const std::string& name,
                                           const std::string& vpc) {
  InternetGateway& object = add<InternetGateway>(name);
  object.vpc = maybe_ref<Vpc>(vpc);
  return object;
}

EgressOnlyGateway& Network::egress_only_gateway(const std::string& name,
                                                const std::string& vpc) {
  EgressOnlyGateway& object = add<EgressOnlyGateway>(name);
  object.vpc = ref<Vpc>(vpc);
  return object;
}

NatGateway& Network::nat_gateway(const std::string& name,
                                 const std::string& subnet,
                                 const std::string& private_address,
                                 const std::string& public_address) {
  NatGateway& object = add<NatGateway>(name);
  object.subnet = ref<Subnet>(subnet);
  object.private_address = ip(private_address);
  object.is_private = public_address.empty();
  if (!public_address.empty()) object.public_address = ip(public_address);
  return object;
}

Peering& Network::peering(const std::string& name, const std::string& requester,
                          const std::string& accepter) {
  Peering& object = add<Peering>(name);
  object.requester = ref<Vpc>(requester);
  object.accepter = ref<Vpc>(accepter);
  return object;
}

Endpoint& Network::gateway_endpoint(const std::string& name,
                                    const std::string& vpc) {
  Endpoint& object = add<Endpoint>(name);
  object.kind = EndpointKind::kGateway;
  object.vpc = ref<Vpc>(vpc);
  return object;
}

Endpoint& Network::interface_endpoint(const std::string& name,
                                      const std::string& vpc,
                                      const Texts& interfaces) {
  Endpoint& object = add<Endpoint>(name);
  object.kind = EndpointKind::kInterface;
  object.vpc = ref<Vpc>(vpc);
  object.interfaces = refs<Interface>(interfaces).items;
  return object;
}

Endpoint& Network::inspection_endpoint(const std::string& name,
                                       const std::string& subnet,
                                       std::optional<bool> passes) {
  Endpoint& object = add<Endpoint>(name);
  object.kind = EndpointKind::kInspection;
  object.vpc = get<Subnet>(subnet).vpc;
  object.subnet = ref<Subnet>(subnet);
  object.passes = passes;
  return object;
}

PrefixList& Network::prefix_list(const std::string& name,
                                 const Texts& entries) {
  PrefixList& object = add<PrefixList>(name);
  object.entries = written_list(entries);
  return object;
}

SecurityGroupRule Network::group_rule(const std::string& name,
                                      const GroupLine& line) {
  SecurityGroupRule rule;
  rule.name = name;
  rule.where = next();
  rule.service = service(line.service);
  for (const std::string& peer : line.peers) {
    const auto [kind, named] = kind_and_name(peer);
    if (peer == "unknown") {
      rule.peers.open = true;
    } else if (kind == "sg") {
      rule.peers.items.emplace_back(ref<SecurityGroup>(named));
    } else if (kind == "pl") {
      rule.peers.items.emplace_back(ref<PrefixList>(named));
    } else {
      rule.peers.items.emplace_back(written(peer));
    }
  }
  return rule;
}

SecurityGroup& Network::group(const std::string& name, const std::string& vpc,
                              const std::vector<GroupLine>& ingress,
                              const std::vector<GroupLine>& egress) {
  SecurityGroup& object = add<SecurityGroup>(name);
  object.vpc = ref<Vpc>(vpc);
  const auto fill = [&](OpenList<SecurityGroupRule>& list,
                        const std::string& direction,
                        const std::vector<GroupLine>& lines) {
    for (const GroupLine& line : lines) {
      const std::string number = std::to_string(list.items.size() + 1);
      list.items.push_back(
          group_rule("sg:" + name + " " + direction + " #" + number, line));
    }
  };
  fill(object.ingress, "ingress", ingress);
  fill(object.egress, "egress", egress);
  return object;
}

SecurityGroup& Network::open_group(const std::string& name,
                                   const std::string& vpc) {
  const std::vector<GroupLine> everything = {{"any", {"0.0.0.0/0", "::/0"}}};
  return group(name, vpc, everything, everything);
}

OpenList<AclEntry> Network::acl_entries(const std::vector<AclLine>& lines) {
  OpenList<AclEntry> entries;
  for (const AclLine& line : lines) {
    AclEntry& entry = entries.items.emplace_back();
    entry.number = line.number;
    entry.where = next();
    entry.allow = action(line.action);
    entry.service = service(line.service);
    entry.cidr.unknown = line.cidr == "unknown";
    if (!entry.cidr.unknown) entry.cidr.value = written(line.cidr);
  }
  return entries;
}

NetworkAcl& Network::acl(const std::string& name, const std::string& vpc,
                         const std::vector<AclLine>& inbound,
                         const std::vector<AclLine>& outbound) {
  NetworkAcl& object = add<NetworkAcl>(name);
  object.vpc = ref<Vpc>(vpc);
  object.inbound = acl_entries(inbound);
  object.outbound = acl_entries(outbound);
  return object;
}

TransitGateway& Network::transit(const std::string& name) {
  return add<TransitGateway>(name);
}

TransitAttachment& Network::attach_vpc(const std::string& name,
                                       const std::string& gateway,
                                       const std::string& vpc,
                                       const std::optional<Texts>& subnets) {
  TransitAttachment& object = add<TransitAttachment>(name);
  object.kind = AttachmentKind::kVpc;
  object.gateway = ref<TransitGateway>(gateway);
  object.vpc = ref<Vpc>(vpc);
  if (subnets) object.subnets = refs<Subnet>(*subnets);
  return object;
}

TransitAttachment& Network::attach_vpn(const std::string& name,
                                       const std::string& gateway,
                                       const std::string& vpn) {
  TransitAttachment& object = add<TransitAttachment>(name);
  object.kind = AttachmentKind::kVpn;
  object.gateway = ref<TransitGateway>(gateway);
  object.vpn = ref<VpnConnection>(vpn);
  return object;
}

TransitAttachment& Network::attach_direct_connect(
    const std::string& name, const std::string& gateway,
    const std::string& direct_connect) {
  TransitAttachment& object = add<TransitAttachment>(name);
  object.kind = AttachmentKind::kDirectConnect;
  object.gateway = ref<TransitGateway>(gateway);
  object.direct_connect = ref<DirectConnectGateway>(direct_connect);
  return object;
}

TransitAttachment& Network::attach_peer(const std::string& name,
                                        const std::string& gateway,
                                        const std::string& peer) {
  TransitAttachment& object = add<TransitAttachment>(name);
  object.kind = AttachmentKind::kPeering;
  object.gateway = ref<TransitGateway>(gateway);
  object.peer = ref<TransitAttachment>(peer);
  return object;
}

TransitRouteTable& Network::transit_table(const std::string& name,
                                          const std::string& gateway,
                                          const TransitLines& lines) {
  TransitRouteTable& object = add<TransitRouteTable>(name);
  object.gateway = ref<TransitGateway>(gateway);
  object.associations = refs<TransitAttachment>(lines.associations);
  object.propagations = refs<TransitAttachment>(lines.propagations);
  for (const Line& line : lines.routes) {
    TransitRoute& route = object.routes.items.emplace_back();
    route.where = next();
    if (is_prefix_list(line.destination)) {
      route.prefix_list = ref<PrefixList>(line.destination.substr(3));
    } else {
      route.destination = written(line.destination);
    }
    route.blackhole = line.blackhole || line.to == "blackhole";
    route.target_unknown = line.to == "unknown";
    if (route.blackhole || route.target_unknown) continue;
    for (const std::string& to : split(line.to, '|')) {
      route.targets.push_back(ref<TransitAttachment>(to));
    }
  }
  return object;
}

}  // namespace netproof::testing
