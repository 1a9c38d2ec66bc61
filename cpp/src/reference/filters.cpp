#include "reference/filters.hpp"

#include <algorithm>
#include <optional>

namespace netproof::reference {
namespace {

using Verdict = Judgement::Verdict;

bool serves(const TransportSet& set, const Flow& flow) {
  return set.contains(flow.protocol, flow.sport, flow.dport);
}

Answer3 both(Answer3 a, Answer3 b) {
  if (a == Answer3::kNo || b == Answer3::kNo) return Answer3::kNo;
  if (a == Answer3::kUnknown || b == Answer3::kUnknown) {
    return Answer3::kUnknown;
  }
  return Answer3::kYes;
}

Answer3 service_matches(const Open<TransportSet>& service, const Flow& flow) {
  if (service.unknown) return Answer3::kUnknown;
  return serves(service.value, flow) ? Answer3::kYes : Answer3::kNo;
}

/// What a first-match line says, or nothing if it does not match (S157).
std::optional<Verdict> line_says(Answer3 matches, const Open<bool>& allow) {
  if (matches == Answer3::kNo) return std::nullopt;
  if (matches == Answer3::kUnknown || allow.unknown) return Verdict::kEither;
  return allow.value ? Verdict::kPass : Verdict::kDeny;
}

Judgement judged(const std::string& at, const std::string& direction,
                 Verdict verdict, const std::string& entry,
                 const Location& where) {
  Judgement result{verdict, at, entry, where, {}};
  result.fact = Fact{at + " " + direction,
                     at + " " + direction + ": a part of it is not known"};
  return result;
}

Answer3 in_list(const OpenList<WrittenPrefix>& list, IpAddress address) {
  if (list.items.empty() && !list.open) return Answer3::kYes;
  if (contains(list.items, address)) return Answer3::kYes;
  return list.open ? Answer3::kUnknown : Answer3::kNo;
}

std::string zone_of(const ZoneFirewall& firewall, const std::string& side) {
  for (const ZoneFirewall::Zone& zone : firewall.zones) {
    for (const Ref<Segment>& segment : zone.segments) {
      if ("segment:" + segment.name == side) return zone.name;
    }
    if (std::ranges::find(zone.neighbours, side) != zone.neighbours.end()) {
      return zone.name;
    }
  }
  return "";
}

/// What NAT and internet gateways put in for the source of a packet.
std::vector<IpAddress> translated_addresses(const TopologyParts& parts) {
  std::vector<IpAddress> found;
  for (const NatGateway& nat : parts.nat_gateways) {
    found.push_back(nat.private_address);
    if (nat.public_address) found.push_back(*nat.public_address);
  }
  for (const Interface& interface : parts.interfaces) {
    found.insert(found.end(), interface.public_addresses.begin(),
                 interface.public_addresses.end());
  }
  return found;
}

std::vector<const AclEntry*> by_number(const OpenList<AclEntry>& list) {
  std::vector<const AclEntry*> entries;
  for (const AclEntry& entry : list.items) entries.push_back(&entry);
  std::ranges::stable_sort(entries, {},
                           [](const AclEntry* entry) { return entry->number; });
  return entries;
}

bool names_zone(const std::vector<std::string>& zones,
                const std::string& zone) {
  return zones.empty() || std::ranges::find(zones, zone) != zones.end();
}

}  // namespace

PortCuts::PortCuts(const View& view) : view_{view} {
  const TopologyParts& parts = view.parts();
  const std::vector<IpAddress> translated = translated_addresses(parts);
  for (const NetworkAcl& acl : parts.network_acls) {
    for (const AclEntry& entry : acl.inbound.items) add(entry, translated);
    for (const AclEntry& entry : acl.outbound.items) add(entry, translated);
  }
  for (const SecurityGroup& group : parts.security_groups) {
    for (const auto& rule : group.ingress.items) add(rule.service, {}, false);
    for (const auto& rule : group.egress.items) add(rule.service, {}, false);
  }
  for (const ZoneFirewall& firewall : parts.firewalls) {
    for (const FirewallRule& rule : firewall.rules.items) {
      add(rule.service, {}, false);
    }
  }
  for (const FirewallRuleGroup& group : parts.firewall_rule_groups) {
    for (const FirewallLine& line : group.lines.items) {
      add(line.service, {}, true);
    }
  }
}

void PortCuts::add(const Open<TransportSet>& service,
                   std::optional<IpPrefix> remote, bool replies) {
  for (const TransportRange& range : service.value.ranges()) {
    if (has_ports(range.protocol)) lines_.insert({range, remote, replies});
  }
}

/// What the gateway sends has one of the translated addresses at one end, and
/// the destination of the flow at the other.
void PortCuts::add(const AclEntry& entry,
                   const std::vector<IpAddress>& translated) {
  const IpPrefix& remote = entry.cidr.value.prefix;
  const bool meets_all =
      entry.cidr.unknown ||
      std::ranges::any_of(translated, [&](const IpAddress& one) {
        return remote.contains(one);
      });
  add(entry.service, meets_all ? std::nullopt : std::optional{remote}, true);
}

std::set<std::uint16_t> PortCuts::starts(const Flow& flow) const {
  const auto inside = view_.private_of(flow.dst);
  std::set<std::uint16_t> found;
  const auto cut = [&](int first, int last) {
    found.insert(static_cast<std::uint16_t>(first));
    if (last < 65535) found.insert(static_cast<std::uint16_t>(last + 1));
  };
  for (const Line& line : lines_) {
    const TransportRange& range = line.range;
    if (range.protocol != flow.protocol) continue;
    if (line.remote && !line.remote->contains(flow.dst) &&
        !(inside && line.remote->contains(inside->address))) {
      continue;
    }
    // The port stands as source, with the port of the service opposite; in a
    // reply the other way round.
    if (range.dport_first <= flow.dport && flow.dport <= range.dport_last) {
      cut(range.sport_first, range.sport_last);
    }
    if (line.replies && range.sport_first <= flow.dport &&
        flow.dport <= range.sport_last) {
      cut(range.dport_first, range.dport_last);
    }
  }
  return found;
}

Judgement Filters::acl(const Packet& packet, std::size_t subnet,
                       bool inbound) const {
  const SubnetView& one = view_.subnets()[subnet];
  const std::string direction = inbound ? "inbound" : "outbound";
  const auto unknown = [&](const std::string& at) {
    return judged(at, "acl " + direction, Verdict::kEither, direction, {});
  };
  if (one.open) return unknown(view_.subnet_name(subnet));
  if (one.written == nullptr || !one.written->acl) return {};
  const Open<Ref<NetworkAcl>>& ref = *one.written->acl;
  if (ref.unknown) return unknown(view_.subnet_name(subnet));
  if (!ref.value) return unknown("acl:" + ref.value.name);

  const NetworkAcl& acl = view_.parts().network_acls[ref.value.id->index()];
  const std::string at = "acl:" + acl.name;
  const OpenList<AclEntry>& list = inbound ? acl.inbound : acl.outbound;
  if (list.open) return unknown(at);
  const IpAddress remote = inbound ? packet.flow.src : packet.flow.dst;
  for (const AclEntry* entry : by_number(list)) {
    Answer3 matches = service_matches(entry->service, packet.flow);
    if (entry->cidr.unknown) {
      matches = both(matches, Answer3::kUnknown);
    } else if (!entry->cidr.value.prefix.contains(remote)) {
      continue;
    }
    if (const auto says = line_says(matches, entry->allow)) {
      return judged(at, direction, *says,
                    direction + " #" + std::to_string(entry->number),
                    entry->where);
    }
  }
  return judged(at, direction, Verdict::kDeny, direction + " *", acl.where);
}

Judgement Filters::firewall(const Packet& packet, std::uint32_t firewall,
                            const std::string& from,
                            const std::string& to) const {
  const ZoneFirewall& one = view_.parts().firewalls[firewall];
  const std::string at = "firewall:" + one.name;
  const std::string in = zone_of(one, from);
  const std::string out = zone_of(one, to);
  const std::string direction = in + " to " + out;
  if (one.rules.open) {
    return judged(at, direction, Verdict::kEither, "", one.where);
  }
  for (const FirewallRule& rule : one.rules.items) {
    if (!names_zone(rule.from_zones, in) || !names_zone(rule.to_zones, out)) {
      continue;
    }
    Answer3 matches = service_matches(rule.service, packet.flow);
    matches = both(matches, in_list(rule.sources, packet.flow.src));
    matches = both(matches, in_list(rule.destinations, packet.flow.dst));
    if (const auto says = line_says(matches, rule.allow)) {
      return judged(at, direction, *says, rule.name, rule.where);
    }
  }
  const bool intra = !in.empty() && in == out;
  const Open<bool>& last = intra ? one.intra_zone_allow : one.default_allow;
  return judged(at, direction, *line_says(Answer3::kYes, last), "default",
                one.where);
}

}  // namespace netproof::reference
