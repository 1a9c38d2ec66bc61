#include <algorithm>
#include <utility>

#include "engine/walk.hpp"

namespace netproof::engine {
namespace {

void lose(Carried& carried) {
  carried.crossing = Crossing::kLost;
  carried.origin = kNone;
  carried.sure = true;
}

bool zone_known(const SubnetInfo& subnet) { return subnet.zone_id != kNone; }

}  // namespace

/// Available, and able to carry the family (S144).
void Walk::usable(const Packets& packets, Index attachment, const Next& next) {
  const TransitAttachment& written = parts_.transit_attachments[attachment];
  const std::string name = "attachment:" + written.name;
  const auto family = [&](const Packets& in) {
    const Packets v4 = keep(in, in.set.only(Family::kV4));
    if (!v4.set.empty()) next(v4);
    gate(keep(in, in.set.only(Family::kV6)), written.ipv6,
         {FactKind::kAttachmentFamily, attachment}, DropCode::kFamilyNotCarried,
         name, next);
  };
  gate(packets, written.available, {FactKind::kAttachmentState, attachment},
       DropCode::kStateNotActive, name, family);
}

void Walk::to_transit(Packets packets, Index attachment,
                      const Leaving& leaving) {
  usable(packets, attachment, [&](const Packets& in) {
    leave_vpc(in, attachment, leaving.subnet,
              [&](Packets out) { enter_transit(std::move(out), attachment); });
  });
}

// S57, S61, S144. The entry subnet of the zone that the packet leaves; where
// that zone is not known, any entry or none.
void Walk::leave_vpc(const Packets& packets, Index attachment, Index subnet,
                     const Next& next) {
  const TransitAttachment& written = parts_.transit_attachments[attachment];
  if (!written.subnets) {
    next(packets);
    return;
  }
  bool listed = !written.subnets->open;
  std::vector<Index> all;
  std::vector<Index> here;
  const SubnetInfo* left =
      subnet == kNone ? nullptr : &network_.subnets[subnet];
  for (const Ref<Subnet>& entry : written.subnets->items) {
    if (!entry.id) {
      listed = false;
      continue;
    }
    const Index s = entry.id->value;
    all.push_back(s);
    if (left != nullptr && zone_known(*left) &&
        network_.subnets[s].zone_id == left->zone_id) {
      here.push_back(s);
    }
  }
  const bool unknown = !listed || (left != nullptr && left->zone_unknown);
  const bool anywhere = left == nullptr || !zone_known(*left);
  // Nothing of this zone is written, but an entry whose own zone is not known
  // may be in it.
  const bool perhaps = !unknown && !anywhere && here.empty();
  if (perhaps) {
    std::ranges::copy_if(all, std::back_inserter(here), [&](Index s) {
      return !zone_known(network_.subnets[s]);
    });
  }
  std::vector<Index> entries = unknown || anywhere ? all : here;
  const bool nowhere = unknown || perhaps || entries.empty();
  if (unknown && entries.empty()) entries.push_back(kNone);
  fork(packets, {FactKind::kExit, attachment, 0, subnet},
       entries.size() + (nowhere ? 1 : 0),
       [&](const Packets& out, std::size_t i) {
         if (i >= entries.size()) {
           drop(out, DropCode::kAzNotAttached, "attachment:" + written.name);
         } else if (entries[i] == kNone) {
           next(out);
         } else if (entries[i] == subnet) {
           acl(out, subnet, true, next);  // S61
         } else {
           enter_subnet(out, entries[i], subnet, next);
         }
       });
}

void Walk::enter_transit(Packets packets, Index attachment) {
  const TransitAttachment& written = parts_.transit_attachments[attachment];
  Carried& carried = packets.carried;
  carried.home = kNone;
  const VpcInfo* origin = carried.crossing == Crossing::kInside
                              ? &network_.vpcs[carried.origin]
                              : nullptr;
  const bool by_others = origin != nullptr && origin->referenced;
  if (written.gateway.id &&
      (by_others || (origin != nullptr && origin->self_referenced))) {
    const Open<bool>& gateway =
        parts_.transit_gateways[written.gateway.id->index()].group_referencing;
    const Open<bool>& own = written.group_referencing;
    if (gateway.may_be(true) && own.may_be(true)) {
      carried.crossing = Crossing::kTransited;
      carried.sure = gateway.is(true) && own.is(true);
    } else {
      lose(carried);
    }
  } else {
    lose(carried);
  }
  const std::vector<Index>& tables = compiled_.tables.association[attachment];
  fork(packets, {FactKind::kAssociation, attachment}, tables.size(),
       [&](Packets in, std::size_t i) {
         if (tables[i] == kNone) {
           drop(in, DropCode::kTgwNoAssociation, "attachment:" + written.name);
         } else if (in.carried.crossing == Crossing::kTransited && !by_others) {
           look_up_by_return(in, tables[i]);
         } else {
           look_up(std::move(in), tables[i]);
         }
       });
}

// Only groups of its own VPC refer to those of the sender: where the packet
// came from counts for what the table sends back there, and the rest shares
// what lies behind the table with all others.
void Walk::look_up_by_return(const Packets& packets, Index table) {
  const IpSet& back = returning(table, packets.carried.origin);
  Packets home = keep(packets, packets.set.restrict_dst(back));
  Packets away = keep(packets, packets.set.restrict_dst(back.complement()));
  lose(away.carried);
  if (!home.set.empty()) look_up(std::move(home), table);
  if (!away.set.empty()) look_up(std::move(away), table);
}

/// The destinations that a transit table may send to `vpc`.
const IpSet& Walk::returning(Index table, Index vpc) {
  const auto [at, fresh] = returning_.try_emplace({table, vpc});
  if (!fresh) return at->second;
  const Fib& fib = compiled_.tables.transit[table];
  const auto back = [&](NextHop hop) {
    if (hop.kind != HopKind::kAttachment) return false;
    const auto& owner = parts_.transit_attachments[hop.index].vpc;
    return owner && owner->id && owner->id->value == vpc;
  };
  for (const Fib::Part& part : fib.split(IpSet::all())) {
    const bool any = std::ranges::any_of(
        fib.decision(part.decision),
        [&](auto& world) { return std::ranges::any_of(world, back); });
    if (any) at->second |= part.addresses;
  }
  return at->second;
}

// What lies behind a transit table up to the next one depends on the header
// and on what the packet carries, not on where it came from: it is followed
// once for all headers of the question, and what comes here is cut out of
// that. Only the tables that the packet has passed are its own (S155).
void Walk::look_up(Packets packets, Index table) {
  const std::string name = "tgw-rtb:" + parts_.transit_route_tables[table].name;
  const Packets before = packets;
  if (!visit(packets, HopKind::kTransit, table, name)) return;
  if (legs_ != nullptr) {
    finish(before, EndKind::kGoesOn, table);
    return;
  }
  for (const Leg& leg : legs_behind(table, packets.carried)) {
    follow(packets, leg);
  }
}

const std::vector<Leg>& Walk::legs_behind(Index table, const Carried& carried) {
  const auto [at, fresh] = known_.try_emplace({table, carried});
  if (fresh) {
    std::vector<Leg>& legs = at->second;
    const std::size_t before = std::exchange(branched_, 0);
    legs_ = &legs;
    Packets all = start();
    all.carried = carried;
    all.visited = {{HopKind::kTransit, table}};
    look_up_all(std::move(all), table);
    legs_ = nullptr;
    if (gives_up()) {
      std::vector<Way> ways;
      for (const Leg& leg : legs) ways.push_back(leg.way);
      give_up(ways, all_);
      std::erase_if(legs, [](const Leg& leg) { return leg.way.branched; });
      legs.push_back(
          {std::move(ways.back()), carried, {{HopKind::kTransit, table}}});
    }
    branched_ = before;
  }
  return at->second;
}

void Walk::follow(const Packets& packets, const Leg& leg) {
  Packets on = keep(packets, leg.way.set & packets.set);
  if (on.set.empty()) return;
  std::optional<Assumed> assumed = join(packets.assumed, leg.way.assumed);
  if (!assumed) return;
  on.assumed = std::move(*assumed);
  on.branched = leg.way.branched || packets.branched;
  if (on.branched && gives_up()) return;
  on.stateful.insert(leg.way.stateful.begin(), leg.way.stateful.end());
  for (std::size_t i = 1; i < leg.visited.size(); ++i) {
    const auto [kind, index] = leg.visited[i];
    if (!visit(on, kind, index, visited_name(leg.visited[i]))) return;
  }
  if (leg.way.end.kind == EndKind::kGoesOn) {
    on.carried = leg.carried;
    look_up(std::move(on), leg.way.end.index);
  } else {
    finish(on, leg.way.end);
  }
}

std::string Walk::visited_name(std::pair<HopKind, Index> visited) const {
  const auto [kind, index] = visited;
  switch (kind) {
    case HopKind::kTransit:
      return "tgw-rtb:" + parts_.transit_route_tables[index].name;
    case HopKind::kSite:
      return "site:" + parts_.sites[index].name;
    case HopKind::kRouter:
      return "router:" + parts_.routers[index].name;
    default:
      return network_.table_name(index);
  }
}

void Walk::look_up_all(Packets packets, Index table) {
  const std::string name = "tgw-rtb:" + parts_.transit_route_tables[table].name;
  decide(packets, compiled_.tables.transit[table],
         {FactKind::kTransitTable, table}, [&](Packets out, NextHop hop) {
           if (hop.kind == HopKind::kAttachment) {
             to_attachment(std::move(out), hop.index);
           } else {
             drop(out,
                  hop.kind == HopKind::kBlackhole ? DropCode::kBlackholeRoute
                                                  : DropCode::kNoRoute,
                  name);
           }
         });
}

void Walk::to_attachment(Packets packets, Index attachment) {
  const TransitAttachment& written = parts_.transit_attachments[attachment];
  const std::string name = "attachment:" + written.name;
  if (written.kind == AttachmentKind::kVpc) {
    usable(packets, attachment,
           [&](Packets in) { enter_vpc(std::move(in), attachment); });
    return;
  }
  lose(packets.carried);
  gate(packets, written.available, {FactKind::kAttachmentState, attachment},
       DropCode::kStateNotActive, name, [&](Packets in) {
         if (written.kind == AttachmentKind::kPeering) {
           if (!written.peer || !written.peer->id) {
             drop(in, DropCode::kStateNotActive, name);
             return;
           }
           const Index peer = written.peer->id->value;
           const TransitAttachment& other = parts_.transit_attachments[peer];
           gate(in, other.available, {FactKind::kAttachmentState, peer},
                DropCode::kStateNotActive, "attachment:" + other.name,
                [&](Packets there) { enter_transit(std::move(there), peer); });
         } else if (written.kind == AttachmentKind::kVpn) {
           if (!written.vpn || !written.vpn->id) {
             drop(in, DropCode::kStateNotActive, name);
             return;
           }
           const Index vpn = written.vpn->id->value;
           const VpnConnection& line = parts_.vpn_connections[vpn];
           gate(in, line.up, {FactKind::kVpnState, vpn},
                DropCode::kStateNotActive, "attachment:" + written.name,
                [&](Packets there) {
                  if (line.site.id) {
                    to_site(std::move(there), line.site.id->value);
                  }
                });
         } else if (written.direct_connect && written.direct_connect->id) {
           leave_direct_connect(in, written.direct_connect->id->value);
         } else {
           drop(in, DropCode::kStateNotActive, name);
         }
       });
}

/// Whether packets from `zone` enter a VPC there (S58, S145).
bool Walk::pinned(Index attachment, Index zone) const {
  const TransitAttachment& written = parts_.transit_attachments[attachment];
  return zone != kNone && written.subnets && written.appliance_mode.is(false) &&
         std::ranges::any_of(written.subnets->items, [&](const auto& entry) {
           return entry.id &&
                  network_.subnets[entry.id->index()].zone_id == zone;
         });
}

/// The entry subnets of a VPC attachment; `zone` kNone: all of them.
std::vector<Index> Walk::entries_in_zone(Index attachment, Index zone) const {
  std::vector<Index> found;
  const auto& written = parts_.transit_attachments[attachment].subnets;
  if (!written) return found;
  for (const Ref<Subnet>& entry : written->items) {
    if (!entry.id) continue;
    const Index s = entry.id->value;
    if (zone == kNone || network_.subnets[s].zone_id == zone) {
      found.push_back(s);
    }
  }
  return found;
}

void Walk::enter_vpc(Packets packets, Index attachment) {
  const TransitAttachment& written = parts_.transit_attachments[attachment];
  const Index vpc =
      written.vpc && written.vpc->id ? written.vpc->id->value : kNone;
  if (vpc == kNone) {
    drop(packets, DropCode::kStateNotActive, "attachment:" + written.name);
    return;
  }
  if (packets.carried.crossing == Crossing::kTransited) {
    if (!written.group_referencing.may_be(true)) {
      lose(packets.carried);
    } else if (written.group_referencing.unknown) {
      packets.carried.sure = false;
    }
  }
  const Index zone =
      pinned(attachment, packets.carried.zone) ? packets.carried.zone : kNone;
  std::vector<Index> entries = entries_in_zone(attachment, zone);
  if (entries.empty()) entries.push_back(kNone);
  fork(packets, {FactKind::kEntry, attachment, 0, zone}, entries.size(),
       [&](const Packets& in, std::size_t i) {
         Leaving leaving;
         leaving.vpc = vpc;
         leaving.subnet = entries[i];
         if (entries[i] == kNone) {
           const std::vector<Index>& tables = network_.vpcs[vpc].main_tables;
           fork(in, {FactKind::kMainTable, vpc}, tables.size(),
                [&](Packets inside, std::size_t t) {
                  Leaving by = leaving;
                  by.table = tables[t];
                  inside.carried.zone = kNone;
                  route(inside, by);
                });
           return;
         }
         if (options_.blocked.contains({PlaceKind::kSubnet, entries[i]})) {
           drop(in, DropCode::kPolicyDeny,
                "subnet:" + network_.subnets[entries[i]].name);
           return;
         }
         // As from any place in it: layer 2 inside, the table beyond (S61).
         send_from_subnet(in, leaving);
       });
}

}  // namespace netproof::engine
