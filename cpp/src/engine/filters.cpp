#include "engine/filters.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace netproof::engine {
namespace {

GroupSet read(const OpenList<Ref<SecurityGroup>>& written) {
  GroupSet set{{}, written.open, true};
  for (const Ref<SecurityGroup>& group : written.items) {
    if (group.id) {
      set.groups.push_back(group.id->value);
    } else {
      set.open = true;
    }
  }
  std::ranges::sort(set.groups);
  const auto rest = std::ranges::unique(set.groups);
  set.groups.erase(rest.begin(), rest.end());
  return set;
}

/// The group of an interface that names none.
GroupSet default_groups(const Network& network, Index vpc) {
  if (vpc == kNone) return {{}, true, true};
  const auto& written = network.parts().vpcs[vpc].default_group;
  if (!written) {
    const std::size_t groups = network.parts().security_groups.size();
    return {{static_cast<Index>(groups) + vpc}, false, true};
  }
  if (!written->id) return {{}, true, true};
  return {{written->id->value}, false, true};
}

/// A line of a first-match list: what it surely matches takes its action; what
/// it only may match is denied in the lower bound and allowed in the upper
/// (S157).
struct MaybeLine {
  PacketSet sure;
  PacketSet possible;
  bool may_allow = false;
  bool may_deny = false;
};

Bound fold(const std::vector<MaybeLine>& lines) {
  std::vector<FilterLine> lower;
  std::vector<FilterLine> upper;
  for (const MaybeLine& line : lines) {
    lower.push_back({line.sure, !line.may_deny});
    upper.push_back({line.sure, line.may_allow});
    if (line.sure == line.possible) continue;
    lower.push_back({line.possible, false});
    upper.push_back({line.possible, true});
  }
  return {PacketSet::first_match(lower), PacketSet::first_match(upper)};
}

/// Equal bounds as one set, which is then quickly seen to be equal.
Bound shared(Bound bound) {
  if (bound.lower == bound.upper) bound.upper = bound.lower;
  return bound;
}

MaybeLine read(const AclEntry& entry, bool inbound) {
  const TransportSet service =
      entry.service.unknown ? TransportSet::all() : entry.service.value;
  const IpSet side =
      entry.cidr.unknown ? IpSet::all() : IpSet::of(entry.cidr.value.prefix);
  MaybeLine line;
  line.possible = inbound ? PacketSet::box(side, IpSet::all(), service)
                          : PacketSet::box(IpSet::all(), side, service);
  if (!entry.service.unknown && !entry.cidr.unknown) line.sure = line.possible;
  line.may_allow = entry.allow.may_be(true);
  line.may_deny = entry.allow.may_be(false);
  return line;
}

IpSet prefixes_of(const std::vector<WrittenPrefix>& written) {
  std::vector<IpPrefix> prefixes;
  for (const WrittenPrefix& one : written) prefixes.push_back(one.prefix);
  return IpSet::from_prefixes(prefixes);
}

bool names_zone(const ZoneFirewall& firewall,
                const std::vector<std::string>& names, Index zone) {
  if (names.empty()) return true;
  return zone != kNone &&
         std::ranges::find(names, firewall.zones[zone].name) != names.end();
}

/// An empty list means any address; an open one may hold any.
void read_side(const OpenList<WrittenPrefix>& side, IpSet& sure,
               IpSet& possible) {
  if (side.items.empty() && !side.open) {
    sure = possible = IpSet::all();
    return;
  }
  sure = prefixes_of(side.items);
  possible = side.open ? IpSet::all() : sure;
}

MaybeLine read(const FirewallRule& rule) {
  IpSet sources;
  IpSet possible_sources;
  IpSet destinations;
  IpSet possible_destinations;
  read_side(rule.sources, sources, possible_sources);
  read_side(rule.destinations, destinations, possible_destinations);
  MaybeLine line;
  line.possible = PacketSet::box(
      possible_sources, possible_destinations,
      rule.service.unknown ? TransportSet::all() : rule.service.value);
  if (!rule.service.unknown) {
    line.sure = PacketSet::box(sources, destinations, rule.service.value);
  }
  line.may_allow = rule.allow.may_be(true);
  line.may_deny = rule.allow.may_be(false);
  return line;
}

}  // namespace

Filters::Filters(const Network& network) : network_{network} {
  const TopologyParts& parts = network.parts();
  for (std::size_t i = 0; i < parts.interfaces.size(); ++i) {
    const Interface& interface = parts.interfaces[i];
    const Index subnet = network.subnet_of_interface[i];
    const Index vpc = subnet == kNone ? kNone : network.subnets[subnet].vpc;
    interface_groups_.push_back(interface.security_groups
                                    ? read(*interface.security_groups)
                                    : default_groups(network, vpc));
  }
  for (std::size_t s = 0; s < network.subnets.size(); ++s) {
    const SubnetInfo& subnet = network.subnets[s];
    const Subnet* written =
        s < parts.subnets.size() ? &parts.subnets[s] : nullptr;
    const Vpc* vpc = subnet.vpc == kNone ? nullptr : &parts.vpcs[subnet.vpc];
    if (written != nullptr && written->security_groups) {
      subnet_groups_.push_back(read(*written->security_groups));
    } else if (vpc != nullptr && vpc->security_groups) {
      subnet_groups_.push_back(read(*vpc->security_groups));
    } else {
      subnet_groups_.push_back({{}, false, false});
    }
  }
}

const Bound& Filters::everything() {
  static const Bound all{PacketSet::all(), PacketSet::all()};
  return all;
}

const Bound& Filters::anything() {
  static const Bound open{PacketSet::none(), PacketSet::all()};
  return open;
}

const Bound& Filters::acl(Index acl, bool inbound) const {
  const std::scoped_lock lock{mutex_};
  std::unique_ptr<Bound>& made = acls_[{acl, inbound}];
  if (made) return *made;
  const NetworkAcl& written = network_.parts().network_acls[acl];
  const auto& list = inbound ? written.inbound : written.outbound;
  std::vector<AclEntry> entries = list.items;
  std::ranges::stable_sort(entries, {}, &AclEntry::number);
  std::vector<MaybeLine> lines;
  for (const AclEntry& entry : entries) {
    lines.push_back(read(entry, inbound));
  }
  made = std::make_unique<Bound>(list.open ? anything() : shared(fold(lines)));
  return *made;
}

Index Filters::home_of(Index group) const {
  const auto written = network_.parts().security_groups.size();
  if (group >= written) return group - static_cast<Index>(written);
  const auto& vpc = network_.parts().security_groups[group].vpc.id;
  return vpc ? vpc->value : kNone;
}

const Filters::Carriers& Filters::carriers(Index group) const {
  const auto [at, fresh] = carriers_.try_emplace(group);
  if (!fresh) return at->second;
  const Index home = home_of(group);
  Carriers& found = at->second;
  if (home == kNone) return found;
  std::vector<IpPrefix> sure;
  std::vector<IpPrefix> possible;
  const auto carries = [&](const GroupSet& set) {
    return std::ranges::binary_search(set.groups, group);
  };
  for (const Index s : network_.vpcs[home].subnets) {
    const SubnetInfo& subnet = network_.subnets[s];
    for (const auto& [address, owner] : subnet.owners) {
      const GroupSet& set = interface_groups_[network_.carrier_of(owner)];
      if (carries(set)) sure.push_back(IpPrefix::host(address));
      if (set.open) possible.push_back(IpPrefix::host(address));
    }
    if (carries(subnet_groups_[s])) found.sure |= subnet.unlisted;
    if (subnet_groups_[s].open) found.possible |= subnet.unlisted;
  }
  found.sure |= IpSet::from_prefixes(sure);
  found.possible |= found.sure | IpSet::from_prefixes(possible);
  return found;
}

void Filters::add_peer(const Peer& peer, Reference reference, IpSet& sure,
                       IpSet& possible) const {
  if (const auto* block = std::get_if<WrittenPrefix>(&peer)) {
    sure |= IpSet::of(block->prefix);
    possible |= IpSet::of(block->prefix);
  } else if (const auto* list = std::get_if<Ref<PrefixList>>(&peer)) {
    if (!list->id) {
      possible = IpSet::all();
      return;
    }
    const auto& entries =
        network_.parts().prefix_lists[list->id->index()].entries;
    sure |= prefixes_of(entries.items);
    possible |= entries.open ? IpSet::all() : prefixes_of(entries.items);
  } else {
    const auto& group = std::get<Ref<SecurityGroup>>(peer);
    if (!group.id) {
      possible = IpSet::all();
      return;
    }
    if (reference.vpc == kNone || home_of(group.id->value) != reference.vpc) {
      return;
    }
    const Carriers& carried = carriers(group.id->value);
    if (reference.sure) sure |= carried.sure;
    possible |= carried.possible;
  }
}

Bound Filters::make_rule(const SecurityGroupRule& rule, bool ingress,
                         Reference reference) const {
  IpSet sure;
  IpSet possible;
  for (const Peer& peer : rule.peers.items) {
    add_peer(peer, reference, sure, possible);
  }
  if (rule.peers.open) possible = IpSet::all();
  const auto box = [&](const IpSet& side, const TransportSet& service) {
    return ingress ? PacketSet::box(side, IpSet::all(), service)
                   : PacketSet::box(IpSet::all(), side, service);
  };
  if (rule.service.unknown) {
    return {PacketSet::none(), box(possible, TransportSet::all())};
  }
  return {box(sure, rule.service.value), box(possible, rule.service.value)};
}

Bound Filters::make_groups(const GroupSet& set, bool ingress,
                           Reference reference) const {
  std::vector<PacketSet> lower;
  std::vector<PacketSet> upper;
  const auto& groups = network_.parts().security_groups;
  bool open = set.open;
  for (const Index group : set.groups) {
    if (group >= groups.size()) {
      // AWS's default group: egress all, ingress from its carriers (S70).
      if (!ingress) return everything();
      if (reference.vpc != home_of(group)) continue;
      const Carriers& carried = carriers(group);
      const auto from = [](const IpSet& sources) {
        return PacketSet::box(sources, IpSet::all(), TransportSet::all());
      };
      if (reference.sure) lower.push_back(from(carried.sure));
      upper.push_back(from(carried.possible));
      continue;
    }
    const auto& rules = ingress ? groups[group].ingress : groups[group].egress;
    open = open || rules.open;
    for (const SecurityGroupRule& rule : rules.items) {
      Bound bound = make_rule(rule, ingress, reference);
      lower.push_back(std::move(bound.lower));
      upper.push_back(std::move(bound.upper));
    }
  }
  Bound bound{PacketSet::union_of(std::move(lower)), PacketSet::all()};
  if (!open) bound.upper = PacketSet::union_of(std::move(upper));
  return bound;
}

const Bound& Filters::groups(const GroupSet& set, bool ingress,
                             Reference reference) const {
  if (!set.filters) return everything();
  const std::scoped_lock lock{mutex_};
  std::unique_ptr<Bound>& made = groups_[{set, ingress, reference}];
  if (!made) {
    made =
        std::make_unique<Bound>(shared(make_groups(set, ingress, reference)));
  }
  return *made;
}

const Bound& Filters::firewall(Index firewall, Index from, Index to) const {
  const std::scoped_lock lock{mutex_};
  std::unique_ptr<Bound>& made = firewalls_[{firewall, from, to}];
  if (made) return *made;
  const ZoneFirewall& written = network_.parts().firewalls[firewall];
  std::vector<MaybeLine> lines;
  for (const FirewallRule& rule : written.rules.items) {
    if (names_zone(written, rule.from_zones, from) &&
        names_zone(written, rule.to_zones, to)) {
      lines.push_back(read(rule));
    }
  }
  const bool intra = from != kNone && from == to;
  const Open<bool>& rest =
      intra ? written.intra_zone_allow : written.default_allow;
  lines.push_back({PacketSet::all(), PacketSet::all(), rest.may_be(true),
                   rest.may_be(false)});
  made = std::make_unique<Bound>(written.rules.open ? anything()
                                                    : shared(fold(lines)));
  return *made;
}

}  // namespace netproof::engine
