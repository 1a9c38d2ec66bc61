#include "support/aws_network.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "support/aws_cut.hpp"
#include "support/network.hpp"

namespace netproof::testing {
namespace {

const Texts kAccounts = {"111111111111", "222222222222"};
const Texts kRegions = {"eu-west-1", "us-east-1"};

/// Leaves of a network what AWS can hold.
class AwsCut {
 public:
  AwsCut(TopologyParts parts, std::uint32_t seed)
      : parts_{std::move(parts)}, dice_{seed ^ 0x5eedU} {}

  RandomNetwork make() {
    take_away();
    rename();
    cut_vpcs();
    cut_subnets();
    cut_filters();
    cut_interfaces();
    cut_transit(parts_);
    cut_routes(parts_);
    own();
    describe();
    return {resolved(std::move(parts_)), std::move(features_)};
  }

 private:
  void note(const std::string& what) { features_.insert(what); }

  /// What is not of AWS, and the links to it.
  void take_away() {
    parts_.sites.clear();
    parts_.direct_connect_gateways.clear();
    parts_.virtual_interfaces.clear();
    parts_.vpn_connections.clear();
    parts_.segments.clear();
    parts_.hosts.clear();
    parts_.routers.clear();
    parts_.firewalls.clear();
    // Not written either: what their endpoints let through nobody knows.
    parts_.network_firewalls.clear();
    parts_.firewall_policies.clear();
    parts_.firewall_rule_groups.clear();
    for (Endpoint& one : parts_.endpoints) one.firewall.reset();
    std::erase_if(parts_.transit_attachments, [](const auto& one) {
      return one.vpn || one.direct_connect;
    });
  }

  template <class Kind>
  static void prepend(const std::string& prefix,
                      std::optional<Ref<Kind>>& ref) {
    if (ref) ref->name = prefix + ref->name;
  }

  static void rename_lists(OpenList<SecurityGroupRule>& rules) {
    for (SecurityGroupRule& rule : rules.items) {
      for (Peer& peer : rule.peers.items) {
        auto* ref = std::get_if<Ref<PrefixList>>(&peer);
        if (ref != nullptr) ref->name = "pl-" + ref->name;
      }
    }
  }

  template <class Table>
  static void rename_lists(std::vector<Table>& tables) {
    for (Table& table : tables) {
      for (auto& route : table.routes.items) prepend("pl-", route.prefix_list);
    }
  }

  /// Files of tables and lists are told by the ids in their names.
  void rename() {
    for (PrefixList& one : parts_.prefix_lists) {
      one.name = "pl-" + one.name;
      one.entries.open = false;
    }
    rename_lists(parts_.route_tables);
    rename_lists(parts_.transit_route_tables);
    for (SecurityGroup& group : parts_.security_groups) {
      rename_lists(group.ingress);
      rename_lists(group.egress);
    }
    for (TransitRouteTable& table : parts_.transit_route_tables) {
      table.name = "tgw-rtb-" + table.name;
    }
    for (TransitGateway& gateway : parts_.transit_gateways) {
      prepend("tgw-rtb-", gateway.default_association);
      prepend("tgw-rtb-", gateway.default_propagation);
    }
  }

  void cut_vpcs() {
    for (Vpc& vpc : parts_.vpcs) {
      vpc.cidrs.open = false;
      vpc.subnets_open = false;
      close(vpc.public_access);
      if (vpc.main_table && !find(parts_.route_tables, vpc.main_table->name)) {
        vpc.main_table.reset();
      }
    }
  }

  bool has_subnet(const Vpc& vpc) const {
    return std::ranges::any_of(parts_.subnets, [&](const Subnet& one) {
      return one.vpc.name == vpc.name;
    });
  }

  void cut_subnets() {
    for (Subnet& subnet : parts_.subnets) {
      close(subnet.zone);
      subnet.zone.value = subnet.zone.value == "z2" ? "euw1-az2" : "euw1-az1";
      subnet.interfaces_open = false;
      subnet.security_groups.reset();
      if (subnet.route_table &&
          !find(parts_.route_tables, subnet.route_table->value.name)) {
        subnet.route_table.reset();
      }
      if (subnet.acl && !find(parts_.network_acls, subnet.acl->value.name)) {
        subnet.acl.reset();
      }
      keep_one_block(subnet);
    }
    for (const Vpc& vpc : parts_.vpcs) {
      if (has_subnet(vpc)) continue;
      Subnet subnet;
      subnet.name = vpc.name + "s";
      subnet.vpc = {vpc.name, {}, {}};
      subnet.zone.value = "euw1-az1";
      subnet.cidrs.items.push_back(vpc.cidrs.items.front());
      parts_.subnets.push_back(std::move(subnet));
    }
  }

  /// A subnet has one block of IPv4; the others go, with their addresses.
  void keep_one_block(Subnet& subnet) {
    std::vector<WrittenPrefix>& blocks = subnet.cidrs.items;
    const WrittenPrefix first = blocks.front();
    std::erase_if(blocks, [&](const WrittenPrefix& one) {
      return one.prefix.family() == Family::kV4 && one.prefix != first.prefix;
    });
    for (Interface& interface : parts_.interfaces) {
      if (interface.subnet.name != subnet.name) continue;
      std::erase_if(interface.addresses, [&](const IpAddress& address) {
        return std::ranges::none_of(blocks, [&](const WrittenPrefix& one) {
          return one.prefix.contains(address);
        });
      });
    }
    subnet.cidrs.open = false;
  }

  const std::string& vpc_of(const Interface& interface) const {
    return find(parts_.subnets, interface.subnet.name)->vpc.name;
  }

  void cut_filters() {
    for (Vpc& vpc : parts_.vpcs) settle_default_group(vpc);
    for (SecurityGroup& group : parts_.security_groups) {
      cut_rules(group.ingress);
      cut_rules(group.egress);
    }
    for (NetworkAcl& acl : parts_.network_acls) {
      cut_entries(acl.inbound);
      cut_entries(acl.outbound);
    }
    // Any group of a VPC may hang on an address that no interface lists.
    for (Vpc& vpc : parts_.vpcs) {
      vpc.security_groups.emplace();
      for (const SecurityGroup& group : parts_.security_groups) {
        if (group.vpc.name != vpc.name) continue;
        vpc.security_groups->items.push_back({group.name, {}, {}});
      }
    }
  }

  void settle_default_group(Vpc& vpc) {
    if (vpc.default_group) return;
    SecurityGroup group;
    group.name = vpc.name + "default";
    group.vpc = {vpc.name, {}, {}};
    SecurityGroupRule own;
    own.service.value = TransportSet::all();
    own.peers.items.emplace_back(Ref<SecurityGroup>{group.name, {}, {}});
    SecurityGroupRule everyone;
    everyone.service.value = TransportSet::all();
    for (const Family family : {Family::kV4, Family::kV6}) {
      WrittenPrefix all;
      all.prefix = IpPrefix::all(family);
      all.exact = all.prefix;
      all.text = to_string(all.prefix);
      everyone.peers.items.emplace_back(all);
    }
    group.ingress.items.push_back(std::move(own));
    group.egress.items.push_back(std::move(everyone));
    vpc.default_group = Ref<SecurityGroup>{group.name, {}, {}};
    parts_.security_groups.push_back(std::move(group));
  }

  bool dangles(const Peer& peer) const {
    if (const auto* list = std::get_if<Ref<PrefixList>>(&peer)) {
      return find(parts_.prefix_lists, list->name) == nullptr;
    }
    const auto* group = std::get_if<Ref<SecurityGroup>>(&peer);
    return group != nullptr &&
           find(parts_.security_groups, group->name) == nullptr;
  }

  void cut_rules(OpenList<SecurityGroupRule>& rules) {
    rules.open = false;
    std::erase_if(rules.items, [&](SecurityGroupRule& rule) {
      std::erase_if(rule.peers.items,
                    [&](const Peer& peer) { return dangles(peer); });
      return rule.service.unknown || rule.peers.items.empty();
    });
    for (SecurityGroupRule& rule : rules.items) rule.peers.open = false;
  }

  /// Types count for ICMP of the entry's own family alone (S77).
  static void widen(AclEntry& entry) {
    const bool v4 = entry.cidr.value.prefix.family() == Family::kV4;
    const std::uint8_t other = v4 ? kIcmpv6 : kIcmp;
    if (entry.service.value.protocols() == std::vector{other}) {
      entry.service.value = TransportSet::protocol(other);
    }
  }

  static void cut_entries(OpenList<AclEntry>& entries) {
    entries.open = false;
    std::erase_if(entries.items, [](const AclEntry& entry) {
      return entry.service.unknown || entry.cidr.unknown;
    });
    for (AclEntry& entry : entries.items) {
      close(entry.allow);
      widen(entry);
    }
  }

  void cut_interfaces() {
    for (Interface& interface : parts_.interfaces) {
      const std::string& vpc = vpc_of(interface);
      if (!interface.security_groups) interface.security_groups.emplace();
      OpenList<Ref<SecurityGroup>>& groups = *interface.security_groups;
      groups.open = false;
      std::erase_if(groups.items, [&](const auto& ref) {
        const SecurityGroup* group = find(parts_.security_groups, ref.name);
        return group == nullptr || group->vpc.name != vpc;
      });
      if (groups.items.empty()) {
        groups.items.push_back(*find(parts_.vpcs, vpc)->default_group);
      }
      close(interface.source_check);
      interface.forwards.reset();
    }
    for (Endpoint& endpoint : parts_.endpoints) endpoint.passes.reset();
    for (Peering& peering : parts_.peerings) close(peering.active);
  }

  /// Accounts, and Regions for what hangs together by attachments.
  void own() {
    for (TransitGateway& gateway : parts_.transit_gateways) {
      gateway.account = dice_.of(kAccounts);
      gateway.region = dice_.of(kRegions);
    }
    std::map<std::string, std::string> homes = regions_of_vpcs();
    std::set<std::string> regions;
    std::set<std::string> accounts;
    for (Vpc& vpc : parts_.vpcs) {
      vpc.account = dice_.of(kAccounts);
      vpc.region = homes.emplace(vpc.name, dice_.of(kRegions)).first->second;
      regions.insert(vpc.region);
      accounts.insert(vpc.account);
    }
    note("two Regions", regions.size() > 1);
    note("two accounts", accounts.size() > 1);
    share_subnets();
  }

  /// Of the VPCs that are attached. All are of one Region if one of them is
  /// attached to gateways of two.
  std::map<std::string, std::string> regions_of_vpcs() {
    std::map<std::string, std::string> homes;
    bool joined = false;
    for (const TransitAttachment& one : parts_.transit_attachments) {
      if (!one.vpc) continue;
      const TransitGateway* gateway =
          find(parts_.transit_gateways, one.gateway.name);
      const auto [at, added] = homes.emplace(one.vpc->name, gateway->region);
      joined = joined || (!added && at->second != gateway->region);
    }
    if (!joined) return homes;
    for (Vpc& vpc : parts_.vpcs) homes[vpc.name] = kRegions.front();
    for (TransitGateway& gateway : parts_.transit_gateways) {
      gateway.region = kRegions.front();
    }
    return homes;
  }

  void share_subnets() {
    for (Interface& interface : parts_.interfaces) {
      interface.account = find(parts_.vpcs, vpc_of(interface))->account;
      if (!dice_.percent(20)) continue;
      interface.account = dice_.of(kAccounts);
      note("shared subnet");
    }
  }

  void note(const std::string& what, bool there) {
    if (there) note(what);
  }

  /// What is left, in words.
  void describe() {
    const TopologyParts& p = parts_;
    const auto any = [](const auto& objects, auto holds) {
      return std::ranges::any_of(objects, holds);
    };
    note("peering", !p.peerings.empty());
    note("NAT gateway", !p.nat_gateways.empty());
    note("egress-only gateway", !p.egress_only_gateways.empty());
    note("VPN gateway", !p.vpn_gateways.empty());
    note("several transit tables", p.transit_route_tables.size() > 1);
    note("edge table", any(p.route_tables, [](const RouteTable& one) {
           return one.gateway.has_value();
         }));
    note("main table", any(p.vpcs, [](const Vpc& one) {
           return one.main_table.has_value();
         }));
    note("public access", any(p.vpcs, [](const Vpc& one) {
           return one.public_access.value != PublicAccess::kAllowed;
         }));
    note("IPv6", any(p.subnets, [](const Subnet& one) {
           return one.cidrs.items.back().prefix.family() == Family::kV6;
         }));
    note("public address", any(p.interfaces, [](const Interface& one) {
           return !one.public_addresses.empty();
         }));
    note("source check off",
         any(p.interfaces, [](auto& one) { return !one.source_check.value; }));
    describe_routes();
    for (const SecurityGroup& group : p.security_groups) {
      for (const SecurityGroupRule& rule : group.ingress.items) {
        for (const Peer& peer : rule.peers.items) describe(group, peer);
      }
    }
  }

  void describe(const SecurityGroup& group, const Peer& peer) {
    note("list in a group", std::holds_alternative<Ref<PrefixList>>(peer));
    const auto* other = std::get_if<Ref<SecurityGroup>>(&peer);
    if (other == nullptr) return;
    const auto& home = find(parts_.security_groups, other->name)->vpc.name;
    note("own group", other->name == group.name);
    note("group of another VPC", home != group.vpc.name);
  }

  void describe_routes() {
    const TopologyParts& p = parts_;
    for (const Endpoint& one : p.endpoints) {
      note("gateway endpoint", one.kind == EndpointKind::kGateway);
      note("interface endpoint", one.kind == EndpointKind::kInterface);
      note("inspection endpoint", one.kind == EndpointKind::kInspection);
    }
    for (const TransitAttachment& one : p.transit_attachments) {
      note("transit peering", one.peer.has_value());
      note("appliance mode", one.appliance_mode.value);
      note("unavailable attachment", !one.available.value);
    }
    for (const RouteTable& table : p.route_tables) {
      for (const Route& one : table.routes.items) {
        note("blackhole", one.blackhole);
        note("route to a list", one.prefix_list.has_value());
      }
    }
    for (const TransitRouteTable& table : p.transit_route_tables) {
      note("propagation", !table.propagations.items.empty());
      for (const TransitRoute& one : table.routes.items) {
        note("transit blackhole", one.blackhole);
        note("transit list", one.prefix_list.has_value());
      }
    }
  }

  TopologyParts parts_;
  Dice dice_;
  std::set<std::string> features_;
};

}  // namespace

RandomNetwork aws_network(std::uint32_t seed) {
  return AwsCut{random_network(seed).topology.parts(), seed}.make();
}

}  // namespace netproof::testing
