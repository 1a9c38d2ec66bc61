#include <variant>

#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

using Visit = std::function<void(const WrittenPrefix&, PrefixUse,
                                 const std::string& holder)>;

void visit_list(const OpenList<WrittenPrefix>& list, PrefixUse use,
                const std::string& holder, const Visit& visit) {
  for (const WrittenPrefix& prefix : list.items) visit(prefix, use, holder);
}

// Lines of a route table, whatever the kind: their destination is optional.
template <class Line>
void visit_routes(const std::vector<Line>& lines, const std::string& holder,
                  const Visit& visit) {
  for (const Line& line : lines) {
    if (line.destination) visit(*line.destination, PrefixUse::kRoute, holder);
  }
}

void visit_vpcs(const TopologyParts& parts, const Visit& visit) {
  for (const Vpc& vpc : parts.vpcs) {
    visit_list(vpc.cidrs, PrefixUse::kVpc, "vpc:" + vpc.name, visit);
  }
  for (const Subnet& subnet : parts.subnets) {
    visit_list(subnet.cidrs, PrefixUse::kSubnet, "subnet:" + subnet.name,
               visit);
  }
  for (const RouteTable& table : parts.route_tables) {
    visit_routes(table.routes.items, "rtb:" + table.name, visit);
  }
}

void visit_group(const SecurityGroup& group, const Visit& visit) {
  const std::string holder = "sg:" + group.name;
  for (const auto* rules : {&group.ingress, &group.egress}) {
    for (const SecurityGroupRule& rule : rules->items) {
      for (const Peer& peer : rule.peers.items) {
        const auto* prefix = std::get_if<WrittenPrefix>(&peer);
        if (prefix != nullptr) visit(*prefix, PrefixUse::kFilter, holder);
      }
    }
  }
}

void visit_filters(const TopologyParts& parts, const Visit& visit) {
  for (const PrefixList& list : parts.prefix_lists) {
    visit_list(list.entries, PrefixUse::kFilter, "prefix-list:" + list.name,
               visit);
  }
  for (const SecurityGroup& group : parts.security_groups) {
    visit_group(group, visit);
  }
  for (const NetworkAcl& acl : parts.network_acls) {
    for (const auto* lines : {&acl.inbound, &acl.outbound}) {
      for (const AclEntry& line : lines->items) {
        if (line.cidr.unknown) continue;
        visit(line.cidr.value, PrefixUse::kFilter, "acl:" + acl.name);
      }
    }
  }
  for (const ZoneFirewall& firewall : parts.firewalls) {
    const std::string holder = "firewall:" + firewall.name;
    for (const FirewallRule& rule : firewall.rules.items) {
      visit_list(rule.sources, PrefixUse::kFilter, holder, visit);
      visit_list(rule.destinations, PrefixUse::kFilter, holder, visit);
    }
  }
}

void visit_sides(const FirewallRuleGroup& group, const Visit& visit) {
  const std::string holder = "firewall rule group:" + group.name;
  for (const FirewallLine& line : group.lines.items) {
    for (const auto* list :
         {&line.sources.within.items, &line.sources.without,
          &line.destinations.within.items, &line.destinations.without}) {
      for (const FirewallAddress& one : *list) {
        const auto* prefix = std::get_if<WrittenPrefix>(&one);
        if (prefix != nullptr) visit(*prefix, PrefixUse::kFilter, holder);
      }
    }
  }
}

void visit_network_firewalls(const TopologyParts& parts, const Visit& visit) {
  for (const FirewallPolicy& policy : parts.firewall_policies) {
    if (!policy.home_net) continue;
    visit_list(*policy.home_net, PrefixUse::kFilter,
               "firewall policy:" + policy.name, visit);
  }
  for (const FirewallRuleGroup& group : parts.firewall_rule_groups) {
    visit_sides(group, visit);
  }
}

void visit_links(const TopologyParts& parts, const Visit& visit) {
  for (const DirectConnectGateway& gateway : parts.direct_connect_gateways) {
    for (const DirectConnectAssociation& one : gateway.associations) {
      visit_list(one.allowed_prefixes, PrefixUse::kAdvertised,
                 "dxgw:" + gateway.name, visit);
    }
  }
  for (const VirtualInterface& link : parts.virtual_interfaces) {
    visit_list(link.advertised, PrefixUse::kAdvertised, "vif:" + link.name,
               visit);
  }
  for (const VpnConnection& vpn : parts.vpn_connections) {
    visit_list(vpn.advertised, PrefixUse::kAdvertised, "vpn:" + vpn.name,
               visit);
    if (!vpn.site_routes) continue;
    visit_list(*vpn.site_routes, PrefixUse::kRoute, "vpn:" + vpn.name, visit);
  }
}

void visit_outside(const TopologyParts& parts, const Visit& visit) {
  for (const Site& site : parts.sites) {
    visit_list(site.prefixes, PrefixUse::kSite, "site:" + site.name, visit);
  }
  for (const Segment& segment : parts.segments) {
    visit_list(segment.prefixes, PrefixUse::kSegment, "segment:" + segment.name,
               visit);
  }
  for (const Router& router : parts.routers) {
    for (const RouterRoute& route : router.routes.items) {
      visit(route.destination, PrefixUse::kRoute, "router:" + router.name);
    }
  }
}

void visit_plan(const TopologyParts& parts, const Visit& visit) {
  for (const AddressBlock& block : parts.address_blocks) {
    visit(block.cidr, PrefixUse::kPlan, "block:" + block.name);
  }
  for (const Claim& claim : parts.claims) {
    for (const WrittenPrefix& prefix : claim.prefixes) {
      visit(prefix, PrefixUse::kPlan, claim.says);
    }
  }
}

}  // namespace

void for_each_prefix(const TopologyParts& parts, const Visit& visit) {
  visit_vpcs(parts, visit);
  visit_filters(parts, visit);
  visit_network_firewalls(parts, visit);
  for (const TransitRouteTable& table : parts.transit_route_tables) {
    visit_routes(table.routes.items, "tgw-rtb:" + table.name, visit);
  }
  visit_links(parts, visit);
  visit_outside(parts, visit);
  visit_plan(parts, visit);
}

}  // namespace netproof
