#include "engine/network.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "netproof/net/ip_set_union.hpp"

namespace netproof::engine {
namespace {

IpSet set_of(const OpenList<WrittenPrefix>& written) {
  std::vector<IpPrefix> prefixes;
  for (const WrittenPrefix& prefix : written.items) {
    prefixes.push_back(prefix.prefix);
  }
  return IpSet::from_prefixes(prefixes);
}

/// All tables that may be meant when nobody knows which one is.
std::vector<Index> any_table(const Network& network, Index vpc) {
  std::vector<Index> tables = network.vpcs[vpc].tables;
  if (!network.parts().vpcs[vpc].main_table) {
    tables.push_back(network.implied_table(vpc));
  }
  if (tables.empty()) tables.push_back(network.implied_table(vpc));
  return tables;
}

std::vector<Index> main_tables(const Network& network, Index vpc) {
  const auto& written = network.parts().vpcs[vpc].main_table;
  if (!written) return {network.implied_table(vpc)};
  if (written->id) return {written->id->value};
  return any_table(network, vpc);
}

std::vector<Index> tables_of(const Network& network, Index vpc,
                             const Subnet* written) {
  if (written == nullptr || !written->route_table) {
    return main_tables(network, vpc);
  }
  const Open<Ref<RouteTable>>& table = *written->route_table;
  if (table.unknown || !table.value.id) return any_table(network, vpc);
  return {table.value.id->value};
}

void read_acl(const Subnet& written, SubnetInfo& subnet) {
  if (!written.acl) return;
  if (written.acl->unknown || !written.acl->value.id) {
    subnet.acl_unknown = true;
  } else {
    subnet.acl = written.acl->value.id->value;
  }
}

// Subnets lie in the blocks of their VPC, whatever these are (S141).
void add_subnet_blocks(const TopologyParts& parts, std::size_t vpc,
                       std::vector<IpPrefix>& cidrs) {
  const IpSet known = IpSet::from_prefixes(cidrs);
  for (const Subnet& subnet : parts.subnets) {
    if (!subnet.vpc || subnet.vpc.id->index() != vpc) continue;
    for (const WrittenPrefix& block : subnet.cidrs.items) {
      if (!IpSet::of(block.prefix).lies_inside(known)) {
        cidrs.push_back(block.prefix);
      }
    }
  }
}

void read_vpcs(Network& network) {
  const TopologyParts& parts = network.parts();
  network.vpcs.resize(parts.vpcs.size());
  for (std::size_t v = 0; v < parts.vpcs.size(); ++v) {
    VpcInfo& vpc = network.vpcs[v];
    for (const WrittenPrefix& cidr : parts.vpcs[v].cidrs.items) {
      vpc.cidrs.push_back(cidr.prefix);
    }
    if (parts.vpcs[v].cidrs.open) add_subnet_blocks(parts, v, vpc.cidrs);
    vpc.cidr_set = IpSet::from_prefixes(vpc.cidrs);
    const auto& main = parts.vpcs[v].main_table;
    vpc.main_table = main && main->id
                         ? main->id->value
                         : network.implied_table(static_cast<Index>(v));
  }
  const auto file = [&](const auto& objects, auto member, auto vpc_of) {
    for (std::size_t i = 0; i < objects.size(); ++i) {
      if (const std::optional<Id<Vpc>> vpc = vpc_of(objects[i])) {
        (network.vpcs[vpc->index()].*member).push_back(static_cast<Index>(i));
      }
    }
  };
  const auto plain = [](const auto& object) { return object.vpc.id; };
  const auto maybe = [](const auto& object) {
    return object.vpc ? object.vpc->id : std::nullopt;
  };
  file(parts.route_tables, &VpcInfo::tables, plain);
  file(parts.internet_gateways, &VpcInfo::internet_gateways, maybe);
  file(parts.egress_only_gateways, &VpcInfo::egress_only, plain);
  file(parts.transit_attachments, &VpcInfo::attachments, maybe);
  file(parts.peerings, &VpcInfo::peerings,
       [](const Peering& peering) { return peering.requester.id; });
  for (std::size_t i = 0; i < parts.peerings.size(); ++i) {
    const auto& id = parts.peerings[i].accepter.id;
    if (id && id != parts.peerings[i].requester.id) {
      network.vpcs[id->index()].peerings.push_back(static_cast<Index>(i));
    }
  }
  file(parts.endpoints, &VpcInfo::endpoints, plain);
  file(parts.vpn_gateways, &VpcInfo::vpn_gateways, maybe);
}

void read_subnets(Network& network) {
  const Topology& topology = network.topology;
  for (std::size_t v = 0; v < network.vpcs.size(); ++v) {
    network.vpcs[v].main_tables = main_tables(network, static_cast<Index>(v));
  }
  const std::vector<SubnetView> views = subnets_of(topology);
  for (std::size_t i = 0; i < views.size(); ++i) {
    const SubnetView& view = views[i];
    SubnetInfo subnet;
    subnet.name = view.name;
    subnet.open = view.open;
    subnet.implied = view.written == nullptr;
    subnet.vpc = view.vpc.value;
    subnet.cidrs = view.cidrs;
    subnet.cidr_set = IpSet::from_prefixes(view.cidrs);
    const bool placed = subnet.vpc < network.vpcs.size();
    if (view.written != nullptr) {
      subnet.cidrs_open = view.written->cidrs.open;
      subnet.interfaces_open = view.written->interfaces_open;
      subnet.zone = view.written->zone.value;
      subnet.zone_unknown = view.written->zone.unknown;
      read_acl(*view.written, subnet);
    }
    if (placed) {
      subnet.tables = view.open ? any_table(network, subnet.vpc)
                                : tables_of(network, subnet.vpc, view.written);
      subnet.acl_unknown = subnet.acl_unknown || view.open;
      network.vpcs[subnet.vpc].subnets.push_back(static_cast<Index>(i));
    }
    network.subnets.push_back(std::move(subnet));
  }
}

void read_interfaces(Network& network) {
  const TopologyParts& parts = network.parts();
  network.subnet_of_interface.assign(parts.interfaces.size(), kNone);
  for (std::size_t i = 0; i < parts.interfaces.size(); ++i) {
    const Interface& interface = parts.interfaces[i];
    if (!interface.subnet.id) continue;
    const Index s = interface.subnet.id->value;
    network.subnet_of_interface[i] = s;
    SubnetInfo& subnet = network.subnets[s];
    subnet.lists_interfaces = true;
    for (const IpAddress& address : interface.addresses) {
      subnet.owners.emplace_back(
          address, Place{PlaceKind::kInterface, static_cast<Index>(i)});
    }
    if (subnet.vpc != kNone && !interface.source_check.is(true)) {
      network.vpcs[subnet.vpc].appliances.push_back(static_cast<Index>(i));
    }
  }
  network.subnet_of_nat.assign(parts.nat_gateways.size(), kNone);
  for (std::size_t i = 0; i < parts.nat_gateways.size(); ++i) {
    const NatGateway& nat = parts.nat_gateways[i];
    if (!nat.subnet.id) continue;
    network.subnet_of_nat[i] = nat.subnet.id->value;
    SubnetInfo& subnet = network.subnets[nat.subnet.id->index()];
    subnet.nats.emplace_back(nat.private_address, static_cast<Index>(i));
    if (subnet.vpc != kNone) {
      network.vpcs[subnet.vpc].nats.push_back(static_cast<Index>(i));
    }
  }
}

void read_unlisted(Network& network) {
  for (SubnetInfo& subnet : network.subnets) {
    std::ranges::sort(subnet.nats);
    std::vector<IpPrefix> taken;
    for (const auto& [address, _] : subnet.owners) {
      taken.push_back(IpPrefix::host(address));
    }
    for (const auto& [address, _] : subnet.nats) {
      taken.push_back(IpPrefix::host(address));
    }
    subnet.unlisted = assignable(subnet.cidrs) - IpSet::from_prefixes(taken);
  }
  // An open subnet stands for what no listed one covers.
  for (const VpcInfo& vpc : network.vpcs) {
    IpSetUnion all;
    for (const Index s : vpc.subnets) {
      if (!network.subnets[s].open) all.add(network.subnets[s].cidr_set);
    }
    const IpSet listed = all.take();
    for (const Index s : vpc.subnets) {
      SubnetInfo& subnet = network.subnets[s];
      if (!subnet.open) continue;
      subnet.cidr_set -= listed;
      subnet.unlisted &= subnet.cidr_set;
    }
  }
}

void read_cells(Network& network) {
  for (VpcInfo& vpc : network.vpcs) {
    for (const Index s : vpc.subnets) {
      IpSet rest = network.subnets[s].cidr_set;
      const std::size_t known = vpc.cells.size();
      for (std::size_t c = 0; c < known && !rest.empty(); ++c) {
        const IpSet both = vpc.cells[c].first & rest;
        if (both.empty()) continue;
        rest -= both;
        std::vector<Index> holders = vpc.cells[c].second;
        holders.push_back(s);
        vpc.cells[c].first -= both;
        vpc.cells.emplace_back(both, std::move(holders));
      }
      if (!rest.empty()) vpc.cells.emplace_back(rest, std::vector{s});
    }
    std::erase_if(vpc.cells,
                  [](const auto& cell) { return cell.first.empty(); });
  }
}

void read_zones(Network& network) {
  std::map<std::string, Index> zones;
  for (SubnetInfo& subnet : network.subnets) {
    if (subnet.implied || subnet.zone_unknown || subnet.zone.empty()) continue;
    subnet.zone_id =
        zones.try_emplace(subnet.zone, static_cast<Index>(zones.size()))
            .first->second;
  }
}

std::vector<Place> owners_at(const Network& network, Index subnet,
                             IpAddress address) {
  std::vector<Place> places;
  if (subnet == kNone) return places;
  for (const auto& [owned, place] : network.subnets[subnet].owners) {
    if (owned == address) places.push_back(place);
  }
  return places;
}

void read_mappings(Network& network) {
  const TopologyParts& parts = network.parts();
  const auto vpc_at = [&](Index subnet) {
    return subnet == kNone ? kNone : network.subnets[subnet].vpc;
  };
  for (std::size_t i = 0; i < parts.interfaces.size(); ++i) {
    const Interface& interface = parts.interfaces[i];
    std::vector<IpAddress> privates;
    for (const IpAddress& address : interface.addresses) {
      if (address.family() == Family::kV4) privates.push_back(address);
    }
    const std::size_t pairs =
        std::min(privates.size(), interface.public_addresses.size());
    for (std::size_t k = 0; k < pairs; ++k) {
      const Index subnet = network.subnet_of_interface[i];
      network.mappings.push_back({interface.public_addresses[k], privates[k],
                                  vpc_at(subnet), static_cast<Index>(i), kNone,
                                  owners_at(network, subnet, privates[k])});
    }
  }
  for (std::size_t i = 0; i < parts.nat_gateways.size(); ++i) {
    const NatGateway& nat = parts.nat_gateways[i];
    if (nat.is_private || !nat.public_address) continue;
    network.mappings.push_back({*nat.public_address,
                                nat.private_address,
                                vpc_at(network.subnet_of_nat[i]),
                                kNone,
                                static_cast<Index>(i),
                                {}});
  }
  std::ranges::stable_sort(network.mappings, {},
                           &PublicMapping::public_address);
}

void read_owned(Network& network) {
  const TopologyParts& parts = network.parts();
  for (const Site& site : parts.sites) {
    network.site_prefixes.push_back(set_of(site.prefixes));
  }
  for (const Segment& segment : parts.segments) {
    network.segment_prefixes.push_back(set_of(segment.prefixes));
  }
  network.hosts_of_segment.resize(parts.segments.size());
  for (std::size_t i = 0; i < parts.hosts.size(); ++i) {
    if (const auto id = parts.hosts[i].segment.id) {
      network.hosts_of_segment[id->index()].push_back(static_cast<Index>(i));
    }
  }
  std::vector<IpPrefix> owned;
  for (const VpcInfo& vpc : network.vpcs) {
    owned.insert(owned.end(), vpc.cidrs.begin(), vpc.cidrs.end());
  }
  for (const Interface& interface : parts.interfaces) {
    for (const IpAddress& address : interface.public_addresses) {
      owned.push_back(IpPrefix::host(address));
    }
  }
  for (const NatGateway& nat : parts.nat_gateways) {
    if (nat.public_address)
      owned.push_back(IpPrefix::host(*nat.public_address));
  }
  IpSetUnion all;
  all.add(IpSet::from_prefixes(owned));
  for (const IpSet& prefixes : network.site_prefixes) all.add(prefixes);
  for (const IpSet& prefixes : network.segment_prefixes) all.add(prefixes);
  for (const ClusterInfo& cluster : network.clusters) {
    all.add(cluster.addresses);
  }
  network.owned = all.take();
}

void read_clusters(Network& network) {
  const TopologyParts& parts = network.parts();
  network.clusters.resize(parts.clusters.size());
  std::map<std::pair<Index, std::vector<Index>>, std::vector<IpPrefix>> filed;
  std::map<std::pair<Index, IpAddress>, std::vector<Index>> owners;
  for (std::size_t p = 0; p < parts.pods.size(); ++p) {
    for (const IpAddress& address : parts.pods[p].addresses) {
      std::vector<Index>& at =
          owners[{parts.pods[p].cluster.id->value, address}];
      const auto pod = static_cast<Index>(p);
      if (std::ranges::find(at, pod) == at.end()) at.push_back(pod);
    }
  }
  for (const auto& [key, pods] : owners) {
    filed[{key.first, pods}].push_back(IpPrefix::host(key.second));
  }
  for (const auto& [key, addresses] : filed) {
    ClusterInfo& info = network.clusters[key.first];
    const IpSet set = IpSet::from_prefixes(addresses);
    info.addresses |= set;
    for (const Index p : key.second) {
      if (parts.pods[p].host_network) info.nodes |= set;
      if (parts.pods[p].made_up) info.made_up |= set;
    }
    info.owners.emplace_back(set, key.second);
  }
}

/// Whether a transit gateway may carry references of the VPC (S63).
bool may_carry_references(const Network& network, Index vpc) {
  const TopologyParts& parts = network.parts();
  return std::ranges::any_of(network.vpcs[vpc].attachments, [&](const Index a) {
    const TransitAttachment& one = parts.transit_attachments[a];
    return one.group_referencing.may_be(true) && one.gateway.id &&
           parts.transit_gateways[one.gateway.id->index()]
               .group_referencing.may_be(true);
  });
}

void mark_group(Network& network, Index vpc, const Ref<SecurityGroup>& group) {
  const auto id = group.id;
  if (!id) return;
  const auto home = network.parts().security_groups[id->index()].vpc.id;
  if (!home) return;
  VpcInfo& info = network.vpcs[home->index()];
  if (home->value != vpc) {
    info.referenced = true;
  } else {
    info.self_referenced = may_carry_references(network, vpc);
  }
}

/// The VPCs in which each group filters: its own and those in which a place
/// lists it (S75).
std::vector<std::set<Index>> vpcs_of_groups(const Network& network) {
  const TopologyParts& parts = network.parts();
  std::vector<std::set<Index>> vpcs(parts.security_groups.size());
  for (std::size_t g = 0; g < vpcs.size(); ++g) {
    const auto& home = parts.security_groups[g].vpc.id;
    vpcs[g].insert(home ? home->value : kNone);
  }
  const auto add = [&](const Ref<SecurityGroup>& group, Index vpc) {
    if (group.id) vpcs[group.id->index()].insert(vpc);
  };
  const auto add_all = [&](const auto& listed, Index vpc) {
    if (!listed) return;
    for (const Ref<SecurityGroup>& group : listed->items) add(group, vpc);
  };
  for (std::size_t i = 0; i < parts.interfaces.size(); ++i) {
    const Index subnet = network.subnet_of_interface[i];
    if (subnet == kNone) continue;
    add_all(parts.interfaces[i].security_groups, network.subnets[subnet].vpc);
  }
  for (std::size_t s = 0; s < parts.subnets.size(); ++s) {
    add_all(parts.subnets[s].security_groups, network.subnets[s].vpc);
  }
  for (std::size_t v = 0; v < parts.vpcs.size(); ++v) {
    const auto vpc = static_cast<Index>(v);
    add_all(parts.vpcs[v].security_groups, vpc);
    if (parts.vpcs[v].default_group) add(*parts.vpcs[v].default_group, vpc);
  }
  return vpcs;
}

void read_references(Network& network) {
  const TopologyParts& parts = network.parts();
  const std::vector<std::set<Index>> vpcs = vpcs_of_groups(network);
  const auto mark = [&](std::size_t group, const SecurityGroupRule& rule) {
    for (const Peer& peer : rule.peers.items) {
      const auto* other = std::get_if<Ref<SecurityGroup>>(&peer);
      if (other == nullptr) continue;
      for (const Index vpc : vpcs[group]) mark_group(network, vpc, *other);
    }
  };
  for (std::size_t g = 0; g < parts.security_groups.size(); ++g) {
    const SecurityGroup& group = parts.security_groups[g];
    for (const auto& rule : group.ingress.items) mark(g, rule);
    for (const auto& rule : group.egress.items) mark(g, rule);
  }
  // The group that AWS makes lets in its own carriers (S70).
  for (std::size_t i = 0; i < parts.interfaces.size(); ++i) {
    const Index subnet = network.subnet_of_interface[i];
    if (subnet == kNone || parts.interfaces[i].security_groups) continue;
    const Index vpc = network.subnets[subnet].vpc;
    if (vpc == kNone || parts.vpcs[vpc].default_group) continue;
    network.vpcs[vpc].self_referenced = may_carry_references(network, vpc);
  }
}

}  // namespace

Network::Network(const Topology& of) : topology{of} {
  read_vpcs(*this);
  read_subnets(*this);
  read_interfaces(*this);
  read_nodes(*this);
  read_unlisted(*this);
  read_cells(*this);
  read_zones(*this);
  read_mappings(*this);
  read_clusters(*this);
  read_owned(*this);
  read_references(*this);
}

Index Network::vpc_of_table(Index table) const {
  const auto written = static_cast<Index>(parts().route_tables.size());
  if (table >= written) return table - written;
  const auto& id = parts().route_tables[table].vpc.id;
  return id ? id->value : kNone;
}

std::string Network::place_name(Place place) const {
  return place.kind == PlaceKind::kSubnet
             ? "subnet:" + subnets[place.index].name
             : to_string(topology, place);
}

std::string Network::table_name(Index table) const {
  if (!is_implied_table(table)) {
    return "rtb:" + parts().route_tables[table].name;
  }
  return "rtb:" + parts().vpcs[vpc_of_table(table)].name + "/main";
}

}  // namespace netproof::engine
