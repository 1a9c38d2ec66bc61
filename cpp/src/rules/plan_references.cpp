#include <fmt/format.h>

#include <optional>
#include <utility>
#include <variant>

#include "netproof/rules/scope.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

/// Reports references to what does not exist, one finding each.
class References {
 public:
  References(const TopologyParts& parts, std::vector<Finding>& found)
      : parts_{parts}, found_{found} {}

  /// `how`: what the holder does with what it names, "is associated with".
  template <class Kind>
  void check(const Ref<Kind>& ref, const std::string& holder,
             std::string_view how = kNames) {
    if (ref) return;
    report({ref.name, kind_of(ref), ref.where}, holder, how, table_of(ref));
  }
  template <class Kind>
  void check(const std::optional<Ref<Kind>>& ref, const std::string& holder,
             std::string_view how = kNames) {
    if (ref) check(*ref, holder, how);
  }
  template <class Kind>
  void check(const OpenList<Ref<Kind>>& refs, const std::string& holder,
             std::string_view how = kNames) {
    check(refs.items, holder, how);
  }
  template <class Kind>
  void check(const std::optional<OpenList<Ref<Kind>>>& refs,
             const std::string& holder) {
    if (refs) check(*refs, holder);
  }
  template <class Kind>
  void check(const std::vector<Ref<Kind>>& refs, const std::string& holder,
             std::string_view how = kNames) {
    for (const auto& ref : refs) check(ref, holder, how);
  }

  void check_target(const RouteTarget& target, const std::string& holder,
                    std::string_view how) {
    const bool needs_none = target.kind == TargetKind::kUnknown ||
                            target.kind == TargetKind::kLocal ||
                            target.kind == TargetKind::kBlackhole;
    if (needs_none || target.index) return;
    const Targets like = targets_like(target.kind);
    report({target.name, like.kind, target.where}, holder, how, like.names);
  }

 private:
  using Names = std::vector<std::string>;
  static constexpr std::string_view kNames = "names";

  /// What is missing, and where it is named.
  struct Missing {
    std::string name;
    std::string_view kind;
    Location where;
  };
  struct Targets {
    std::string_view kind;
    Names names;
  };

  template <class T>
  static Names names(const std::vector<T>& objects) {
    Names all;
    for (const T& object : objects) all.push_back(object.name);
    return all;
  }

  static std::string_view kind_of(const Ref<Vpc>&) { return "VPC"; }
  static std::string_view kind_of(const Ref<Subnet>&) { return "subnet"; }
  static std::string_view kind_of(const Ref<Interface>&) { return "interface"; }
  static std::string_view kind_of(const Ref<RouteTable>&) {
    return "route table";
  }
  static std::string_view kind_of(const Ref<NetworkAcl>&) {
    return "network ACL";
  }
  static std::string_view kind_of(const Ref<SecurityGroup>&) {
    return "security group";
  }
  static std::string_view kind_of(const Ref<PrefixList>&) {
    return "prefix list";
  }
  static std::string_view kind_of(const Ref<TransitGateway>&) {
    return "transit gateway";
  }
  static std::string_view kind_of(const Ref<TransitAttachment>&) {
    return "transit gateway attachment";
  }
  static std::string_view kind_of(const Ref<TransitRouteTable>&) {
    return "transit gateway route table";
  }
  static std::string_view kind_of(const Ref<DirectConnectGateway>&) {
    return "Direct Connect gateway";
  }
  static std::string_view kind_of(const Ref<VpnConnection>&) { return "VPN"; }
  static std::string_view kind_of(const Ref<VpnGateway>&) {
    return "VPN gateway";
  }
  static std::string_view kind_of(const Ref<Site>&) { return "site"; }
  static std::string_view kind_of(const Ref<Segment>&) { return "segment"; }
  static std::string_view kind_of(const Ref<Router>&) { return "router"; }
  static std::string_view kind_of(const Ref<ZoneFirewall>&) {
    return "firewall";
  }
  static std::string_view kind_of(const Ref<NetworkFirewall>&) {
    return "network firewall";
  }
  static std::string_view kind_of(const Ref<FirewallPolicy>&) {
    return "firewall policy";
  }
  static std::string_view kind_of(const Ref<FirewallRuleGroup>&) {
    return "firewall rule group";
  }

  Names table_of(const Ref<Vpc>&) const { return names(parts_.vpcs); }
  Names table_of(const Ref<Subnet>&) const { return names(parts_.subnets); }
  Names table_of(const Ref<Interface>&) const {
    return names(parts_.interfaces);
  }
  Names table_of(const Ref<RouteTable>&) const {
    return names(parts_.route_tables);
  }
  Names table_of(const Ref<NetworkAcl>&) const {
    return names(parts_.network_acls);
  }
  Names table_of(const Ref<SecurityGroup>&) const {
    return names(parts_.security_groups);
  }
  Names table_of(const Ref<PrefixList>&) const {
    return names(parts_.prefix_lists);
  }
  Names table_of(const Ref<TransitGateway>&) const {
    return names(parts_.transit_gateways);
  }
  Names table_of(const Ref<TransitAttachment>&) const {
    return names(parts_.transit_attachments);
  }
  Names table_of(const Ref<TransitRouteTable>&) const {
    return names(parts_.transit_route_tables);
  }
  Names table_of(const Ref<DirectConnectGateway>&) const {
    return names(parts_.direct_connect_gateways);
  }
  Names table_of(const Ref<VpnConnection>&) const {
    return names(parts_.vpn_connections);
  }
  Names table_of(const Ref<VpnGateway>&) const {
    return names(parts_.vpn_gateways);
  }
  Names table_of(const Ref<Site>&) const { return names(parts_.sites); }
  Names table_of(const Ref<Segment>&) const { return names(parts_.segments); }
  Names table_of(const Ref<Router>&) const { return names(parts_.routers); }
  Names table_of(const Ref<ZoneFirewall>&) const {
    return names(parts_.firewalls);
  }
  Names table_of(const Ref<NetworkFirewall>&) const {
    return names(parts_.network_firewalls);
  }
  Names table_of(const Ref<FirewallPolicy>&) const {
    return names(parts_.firewall_policies);
  }
  Names table_of(const Ref<FirewallRuleGroup>&) const {
    return names(parts_.firewall_rule_groups);
  }

  /// What a route of a VPC could mean by a name of that kind.
  Targets targets_like(TargetKind kind) const {
    switch (kind) {
      case TargetKind::kInternetGateway:
        return {"internet gateway", names(parts_.internet_gateways)};
      case TargetKind::kEgressOnlyGateway:
        return {"egress-only gateway", names(parts_.egress_only_gateways)};
      case TargetKind::kNatGateway:
        return {"NAT gateway", names(parts_.nat_gateways)};
      case TargetKind::kTransitGateway:
        return {"transit gateway", names(parts_.transit_gateways)};
      case TargetKind::kPeering:
        return {"peering", names(parts_.peerings)};
      case TargetKind::kInterface:
        return {"interface", names(parts_.interfaces)};
      case TargetKind::kEndpoint:
        return {"endpoint", names(parts_.endpoints)};
      case TargetKind::kVpnGateway:
        return {"VPN gateway", names(parts_.vpn_gateways)};
      default:
        return {"target", {}};
    }
  }

  void report(const Missing& missing, const std::string& holder,
              std::string_view how, const Names& known) {
    Finding finding =
        make_finding("reference-exists",
                     fmt::format("{} {} the {} '{}', which does not exist",
                                 holder, how, missing.kind, missing.name),
                     missing.where, holder);
    const std::string near = nearest(missing.name, known);
    if (!near.empty()) finding.fix = fmt::format("did you mean '{}'?", near);
    found_.push_back(std::move(finding));
  }

  const TopologyParts& parts_;
  std::vector<Finding>& found_;
};

/// "sends 10.0.0.0/8 to": what a route does with its target.
template <class Line>
std::string sends(const Line& line) {
  if (line.destination) {
    return fmt::format("sends {} to", to_string(line.destination->prefix));
  }
  return line.prefix_list
             ? fmt::format("sends pl:{} to", line.prefix_list->name)
             : "sends packets to";
}

void check_vpc_side(const TopologyParts& parts, References& references) {
  for (const Vpc& vpc : parts.vpcs) {
    const std::string name = "vpc:" + vpc.name;
    references.check(vpc.main_table, name);
    references.check(vpc.security_groups, name);
    references.check(vpc.default_group, name);
  }
  for (const Subnet& subnet : parts.subnets) {
    const std::string name = "subnet:" + subnet.name;
    references.check(subnet.vpc, name);
    references.check(subnet.security_groups, name);
    if (subnet.route_table && !subnet.route_table->unknown) {
      references.check(subnet.route_table->value, name);
    }
    if (subnet.acl && !subnet.acl->unknown) {
      references.check(subnet.acl->value, name);
    }
  }
  for (const Interface& interface : parts.interfaces) {
    const std::string name = "interface:" + interface.name;
    references.check(interface.subnet, name);
    references.check(interface.security_groups, name);
  }
}

void check_vpc_tables(const TopologyParts& parts, References& references) {
  for (const RouteTable& table : parts.route_tables) {
    const std::string name = "rtb:" + table.name;
    references.check(table.vpc, name, "lies in");
    references.check(table.propagating, name, "learns from");
    if (table.gateway) {
      references.check_target(*table.gateway, name, "is the edge table of");
    }
    for (const Route& route : table.routes.items) {
      references.check(route.prefix_list, name);
      for (const RouteTarget& target : route.targets) {
        references.check_target(target, name, sends(route));
      }
    }
  }
}

void check_gateways(const TopologyParts& parts, References& references) {
  for (const InternetGateway& gateway : parts.internet_gateways) {
    references.check(gateway.vpc, "igw:" + gateway.name);
  }
  for (const EgressOnlyGateway& gateway : parts.egress_only_gateways) {
    references.check(gateway.vpc, "eigw:" + gateway.name);
  }
  for (const NatGateway& gateway : parts.nat_gateways) {
    references.check(gateway.subnet, "nat:" + gateway.name);
  }
  for (const VpnGateway& gateway : parts.vpn_gateways) {
    references.check(gateway.vpc, "vgw:" + gateway.name);
  }
  for (const Peering& peering : parts.peerings) {
    references.check(peering.requester, "peering:" + peering.name);
    references.check(peering.accepter, "peering:" + peering.name);
  }
  for (const Endpoint& endpoint : parts.endpoints) {
    const std::string name = "endpoint:" + endpoint.name;
    references.check(endpoint.vpc, name);
    references.check(endpoint.subnet, name);
    references.check(endpoint.interfaces, name);
    references.check(endpoint.firewall, name);
  }
  for (const Bucket& bucket : parts.buckets) {
    references.check(bucket.addresses, "bucket:" + bucket.name);
  }
}

void check_peers(const SecurityGroupRule& rule, const std::string& name,
                 References& references) {
  for (const Peer& peer : rule.peers.items) {
    if (const auto* list = std::get_if<Ref<PrefixList>>(&peer)) {
      references.check(*list, name);
    }
    if (const auto* group = std::get_if<Ref<SecurityGroup>>(&peer)) {
      references.check(*group, name);
    }
  }
}

void check_filters(const TopologyParts& parts, References& references) {
  for (const NetworkAcl& acl : parts.network_acls) {
    references.check(acl.vpc, "acl:" + acl.name);
  }
  for (const SecurityGroup& group : parts.security_groups) {
    const std::string name = "sg:" + group.name;
    references.check(group.vpc, name);
    for (const auto* rules : {&group.ingress, &group.egress}) {
      for (const SecurityGroupRule& rule : rules->items) {
        check_peers(rule, name, references);
      }
    }
  }
}

void check_transit(const TopologyParts& parts, References& references) {
  for (const TransitGateway& gateway : parts.transit_gateways) {
    references.check(gateway.default_association, "tgw:" + gateway.name);
    references.check(gateway.default_propagation, "tgw:" + gateway.name);
  }
  for (const TransitAttachment& attachment : parts.transit_attachments) {
    const std::string name = "tgw-attachment:" + attachment.name;
    references.check(attachment.gateway, name);
    references.check(attachment.vpc, name, "attaches");
    references.check(attachment.direct_connect, name, "attaches");
    references.check(attachment.vpn, name, "attaches");
    references.check(attachment.peer, name, "peers with");
    references.check(attachment.subnets, name);
  }
  for (const TransitRouteTable& table : parts.transit_route_tables) {
    const std::string name = "tgw-rtb:" + table.name;
    references.check(table.gateway, name);
    references.check(table.associations, name, "is associated with");
    references.check(table.propagations, name, "learns from");
    for (const TransitRoute& route : table.routes.items) {
      references.check(route.prefix_list, name);
      references.check(route.targets, name, sends(route));
    }
  }
}

void check_side(const FirewallSide& side, const std::string& name,
                References& references) {
  for (const auto* list : {&side.within.items, &side.without}) {
    for (const FirewallAddress& one : *list) {
      if (const auto* prefixes = std::get_if<Ref<PrefixList>>(&one)) {
        references.check(*prefixes, name);
      }
    }
  }
}

void check_network_firewalls(const TopologyParts& parts,
                             References& references) {
  for (const NetworkFirewall& firewall : parts.network_firewalls) {
    const std::string name = "network firewall:" + firewall.name;
    references.check(firewall.vpc, name);
    if (!firewall.policy.unknown) references.check(firewall.policy.value, name);
  }
  for (const FirewallPolicy& policy : parts.firewall_policies) {
    for (const auto* uses : {&policy.stateless, &policy.stateful}) {
      for (const FirewallPolicy::Use& use : uses->items) {
        references.check(use.group, "firewall policy:" + policy.name);
      }
    }
  }
  for (const FirewallRuleGroup& group : parts.firewall_rule_groups) {
    const std::string name = "firewall rule group:" + group.name;
    for (const FirewallLine& line : group.lines.items) {
      check_side(line.sources, name, references);
      check_side(line.destinations, name, references);
    }
  }
}

void check_links(const TopologyParts& parts, References& references) {
  for (const DirectConnectGateway& gateway : parts.direct_connect_gateways) {
    for (const DirectConnectAssociation& one : gateway.associations) {
      references.check(one.transit_gateway, "dxgw:" + gateway.name);
      references.check(one.vpn_gateway, "dxgw:" + gateway.name);
    }
  }
  for (const VirtualInterface& link : parts.virtual_interfaces) {
    const std::string name = "vif:" + link.name;
    references.check(link.site, name);
    references.check(link.gateway, name);
    references.check(link.vpn_gateway, name);
  }
  for (const VpnConnection& vpn : parts.vpn_connections) {
    references.check(vpn.site, "vpn:" + vpn.name);
    references.check(vpn.vpn_gateway, "vpn:" + vpn.name);
  }
}

void check_outside(const TopologyParts& parts, References& references) {
  for (const Segment& segment : parts.segments) {
    references.check(segment.router, "segment:" + segment.name);
  }
  for (const Host& host : parts.hosts) {
    references.check(host.segment, "host:" + host.name);
  }
  for (const Router& router : parts.routers) {
    const std::string name = "router:" + router.name;
    references.check(router.firewall, name);
    for (const RouterRoute& route : router.routes.items) {
      references.check(route.router, name);
      references.check(route.site, name);
    }
  }
  for (const ZoneFirewall& firewall : parts.firewalls) {
    for (const ZoneFirewall::Zone& zone : firewall.zones) {
      references.check(zone.segments, "firewall:" + firewall.name);
    }
  }
  for (const Claim& claim : parts.claims) {
    if (claim.subnet.name.empty()) continue;
    references.check(claim.subnet, fmt::format("claim '{}'", claim.says));
  }
}

}  // namespace

void check_references(const PlanContext& context, std::vector<Finding>& found) {
  const std::size_t before = found.size();
  References references(context.parts(), found);
  check_vpc_side(context.parts(), references);
  check_vpc_tables(context.parts(), references);
  check_gateways(context.parts(), references);
  check_filters(context.parts(), references);
  check_transit(context.parts(), references);
  check_network_firewalls(context.parts(), references);
  check_links(context.parts(), references);
  check_outside(context.parts(), references);
  if (!context.snapshot) return;
  // The object is there, but nobody described it.
  for (std::size_t i = before; i < found.size(); ++i) {
    found[i].level = Severity::kWarning;
  }
}

}  // namespace netproof
