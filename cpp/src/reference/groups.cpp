#include <algorithm>
#include <optional>
#include <variant>

#include "reference/filters.hpp"

namespace netproof::reference {
namespace {

using Verdict = Judgement::Verdict;

Answer3 at_least(Answer3 a, Answer3 b) {
  if (a == Answer3::kYes || b == Answer3::kYes) return Answer3::kYes;
  if (a == Answer3::kUnknown || b == Answer3::kUnknown) {
    return Answer3::kUnknown;
  }
  return Answer3::kNo;
}

Answer3 weaker(Answer3 a, Answer3 b) {
  if (a == Answer3::kNo || b == Answer3::kNo) return Answer3::kNo;
  if (a == Answer3::kUnknown || b == Answer3::kUnknown) {
    return Answer3::kUnknown;
  }
  return Answer3::kYes;
}

Answer3 lists_group(const OpenList<Ref<SecurityGroup>>& list,
                    Id<SecurityGroup> group) {
  const bool listed = std::ranges::any_of(
      list.items,
      [&](const Ref<SecurityGroup>& one) { return one.id == group; });
  if (listed) return Answer3::kYes;
  const bool dangling = std::ranges::any_of(
      list.items, [](const Ref<SecurityGroup>& one) { return !one; });
  return list.open || dangling ? Answer3::kUnknown : Answer3::kNo;
}

Answer3 yes_if(const Open<bool>& flag) {
  if (flag.unknown) return Answer3::kUnknown;
  return flag.value ? Answer3::kYes : Answer3::kNo;
}

}  // namespace

/// The groups of a place.
struct Filters::Groups {
  bool filtered = true;  ///< false: an unlisted address without groups
  bool open = false;
  std::vector<Id<SecurityGroup>> ids;
  std::optional<Id<Vpc>> aws_default;  ///< the group that AWS makes (S70)
};

/// Which group references may match, and how surely (S156): those to groups
/// of one VPC.
struct Filters::Match {
  std::optional<Id<Vpc>> vpc;
  Answer3 surely = Answer3::kNo;
  Answer3 elsewhere = Answer3::kNo;  ///< those to groups of other VPCs
};

Filters::Groups Filters::groups_of(Place place) const {
  Groups groups;
  const auto add = [&](const OpenList<Ref<SecurityGroup>>& list) {
    groups.open |= list.open;
    for (const Ref<SecurityGroup>& ref : list.items) {
      if (ref) {
        groups.ids.push_back(*ref.id);
      } else {
        groups.open = true;
      }
    }
  };
  const auto vpc = view_.vpc_of(place);
  const Vpc* owner = vpc ? &view_.parts().vpcs[vpc->index()] : nullptr;
  if (const auto carrier = carrier_of(view_.parts(), place)) {
    const Interface& interface = view_.parts().interfaces[carrier->index()];
    if (interface.security_groups) {
      add(*interface.security_groups);
    } else if (owner != nullptr && owner->default_group) {
      add(OpenList<Ref<SecurityGroup>>{{*owner->default_group}, false, {}});
    } else {
      groups.aws_default = vpc;
    }
    return groups;
  }
  const Subnet* subnet = view_.subnets()[place.index].written;
  if (subnet != nullptr && subnet->security_groups) {
    add(*subnet->security_groups);
  } else if (owner != nullptr && owner->security_groups) {
    add(*owner->security_groups);
  } else {
    groups.filtered = false;
  }
  return groups;
}

Answer3 Filters::default_carries(Id<Vpc> vpc, IpAddress address) const {
  if (view_.parts().vpcs[vpc.index()].default_group) return Answer3::kNo;
  Answer3 result = Answer3::kNo;
  for (const std::uint32_t i : view_.carriers(address)) {
    const Interface& interface = view_.parts().interfaces[i];
    if (view_.vpc_of_interface(i) != vpc) continue;
    if (!interface.security_groups) return Answer3::kYes;
    const auto& groups = *interface.security_groups;
    const bool open =
        groups.open ||
        std::ranges::any_of(groups.items, [](const auto& one) { return !one; });
    if (open) result = Answer3::kUnknown;
  }
  for (std::size_t s = 0; s < view_.subnets().size(); ++s) {
    const Place place{PlaceKind::kSubnet, static_cast<std::uint32_t>(s)};
    const bool open = view_.subnets()[s].vpc == vpc && groups_of(place).open;
    if (open && view_.unlisted(s).contains(address)) {
      result = at_least(result, Answer3::kUnknown);
    }
  }
  return result;
}

Answer3 Filters::carries(Id<SecurityGroup> group, IpAddress address) const {
  const auto vpc = view_.parts().security_groups[group.index()].vpc.id;
  if (!vpc) return Answer3::kUnknown;
  const auto& by_default = view_.parts().vpcs[vpc->index()].default_group;
  Answer3 result = Answer3::kNo;
  for (const std::uint32_t i : view_.carriers(address)) {
    const Interface& interface = view_.parts().interfaces[i];
    if (view_.vpc_of_interface(i) != vpc) continue;
    if (interface.security_groups) {
      result = at_least(result, lists_group(*interface.security_groups, group));
    } else if (by_default && by_default->id == group) {
      result = Answer3::kYes;
    } else if (by_default && !*by_default) {
      result = at_least(result, Answer3::kUnknown);
    }
  }
  for (std::uint32_t s = 0; s < view_.subnets().size(); ++s) {
    if (view_.subnets()[s].vpc != *vpc ||
        !view_.unlisted(s).contains(address)) {
      continue;
    }
    const Groups groups = groups_of(Place{PlaceKind::kSubnet, s});
    const bool listed =
        std::ranges::find(groups.ids, group) != groups.ids.end();
    if (listed) result = Answer3::kYes;
    if (groups.open) result = at_least(result, Answer3::kUnknown);
  }
  return result;
}

Answer3 Filters::peer_matches(const Peer& peer, IpAddress address,
                              const Match& references) const {
  if (const auto* prefix = std::get_if<WrittenPrefix>(&peer)) {
    return prefix->prefix.contains(address) ? Answer3::kYes : Answer3::kNo;
  }
  if (const auto* list = std::get_if<Ref<PrefixList>>(&peer)) {
    if (!*list) return Answer3::kUnknown;
    const auto& entries = view_.parts().prefix_lists[list->id->index()].entries;
    if (contains(entries.items, address)) return Answer3::kYes;
    return entries.open ? Answer3::kUnknown : Answer3::kNo;
  }
  const auto& group = std::get<Ref<SecurityGroup>>(peer);
  if (!group) return Answer3::kUnknown;
  const auto vpc = view_.parts().security_groups[group.id->index()].vpc.id;
  if (!vpc) return Answer3::kUnknown;
  const Answer3 surely =
      references.vpc == vpc ? references.surely : references.elsewhere;
  if (surely == Answer3::kNo) return Answer3::kNo;
  return weaker(surely, carries(*group.id, address));
}

Answer3 Filters::line_matches(const SecurityGroupRule& rule, const Flow& flow,
                              IpAddress remote, const Match& references) const {
  Answer3 service = Answer3::kUnknown;
  if (!rule.service.unknown) {
    service = rule.service.value.contains(flow.protocol, flow.sport, flow.dport)
                  ? Answer3::kYes
                  : Answer3::kNo;
  }
  Answer3 peers = rule.peers.open ? Answer3::kUnknown : Answer3::kNo;
  for (const Peer& peer : rule.peers.items) {
    peers = at_least(peers, peer_matches(peer, remote, references));
  }
  return weaker(service, peers);
}

Judgement Filters::groups(const Flow& flow, Place place, bool ingress,
                          const Match& references) const {
  const Groups groups = groups_of(place);
  if (!groups.filtered) return {};
  const auto carrier = carrier_of(view_.parts(), place);
  const std::string at = view_.name(
      carrier ? Place{PlaceKind::kInterface, carrier->value} : place);
  const std::string direction = ingress ? "ingress" : "egress";
  const IpAddress remote = ingress ? flow.src : flow.dst;
  const Fact fact{at + " groups " + direction, "the security groups of " + at +
                                                   " (" + direction +
                                                   ") are not fully known"};
  if (groups.aws_default) {
    Answer3 passes = ingress ? Answer3::kNo : Answer3::kYes;
    if (ingress && references.vpc == groups.aws_default) {
      passes = weaker(references.surely,
                      default_carries(*groups.aws_default, remote));
    }
    return Judgement{passes == Answer3::kYes  ? Verdict::kPass
                     : passes == Answer3::kNo ? Verdict::kDeny
                                              : Verdict::kEither,
                     at,
                     "default group " + direction,
                     {},
                     fact};
  }
  bool maybe = groups.open;
  for (const Id<SecurityGroup>& id : groups.ids) {
    const SecurityGroup& group = view_.parts().security_groups[id.index()];
    const auto& list = ingress ? group.ingress : group.egress;
    maybe |= list.open;
    for (const SecurityGroupRule& rule : list.items) {
      const Answer3 matches = line_matches(rule, flow, remote, references);
      if (matches == Answer3::kYes) {
        return Judgement{Verdict::kPass, at, rule.name, rule.where, fact};
      }
      maybe |= matches == Answer3::kUnknown;
    }
  }
  return Judgement{
      maybe ? Verdict::kEither : Verdict::kDeny, at, direction, {}, fact};
}

Filters::Match Filters::ingress_references(const Packet& packet,
                                           Place place) const {
  const auto here = view_.vpc_of(place);
  if (packet.inspected || packet.rewritten || packet.other_ways) return {};
  if (!packet.origin_vpc || !here) return {};
  const bool direct = packet.traversals.empty();
  if (direct && packet.peerings == 0 && packet.origin_vpc == here) {
    return Match{here, Answer3::kYes, Answer3::kNo};
  }
  if (direct && packet.peerings == 1) {
    return Match{packet.origin_vpc, Answer3::kYes, Answer3::kNo};
  }
  if (packet.traversals.size() != 1 || packet.peerings != 0) return {};
  const Traversal& only = packet.traversals.front();
  if (!only.out) return {};
  const auto& attachments = view_.parts().transit_attachments;
  const TransitAttachment& in = attachments[only.in];
  const TransitAttachment& out = attachments[*only.out];
  if (!in.gateway) return {};
  const auto& gateway = view_.parts().transit_gateways[in.gateway.id->index()];
  return Match{packet.origin_vpc,
               weaker(yes_if(gateway.group_referencing),
                      weaker(yes_if(in.group_referencing),
                             yes_if(out.group_referencing))),
               Answer3::kNo};
}

Judgement Filters::group_ingress(const Packet& packet, Place place) const {
  return groups(packet.flow, place, true, ingress_references(packet, place));
}

Judgement Filters::group_egress(const Packet& packet, Place place,
                                const EgressTo& to) const {
  return groups(packet.flow, place, false,
                Match{to.vpc, Answer3::kYes, Answer3::kNo});
}

Judgement Filters::hop_egress(const Packet& packet,
                              std::uint32_t interface) const {
  return groups(packet.flow, Place{PlaceKind::kInterface, interface}, false,
                {});
}

Judgement Filters::group_by_header(const Flow& flow, std::uint32_t interface,
                                   bool ingress, Answer3 same_vpc) const {
  const Match match{view_.vpc_of_interface(interface), same_vpc,
                    Answer3::kUnknown};
  return groups(flow, Place{PlaceKind::kInterface, interface}, ingress, match);
}

}  // namespace netproof::reference
