#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {

Tree Walk::available(Packet packet, std::uint32_t attachment,
                     const Next& next) {
  const TransitAttachment& one = view_.parts().transit_attachments[attachment];
  const std::string at = "attachment:" + one.name;
  const auto off = [&](Packet p) {
    return drop(std::move(p), DropCode::kStateNotActive, at, "", one.where);
  };
  return switched(std::move(packet), one.available, at, "available", next, off);
}

/// IPv6 needs both VPC attachments to carry it (S62).
Tree Walk::carries(Packet packet, std::uint32_t attachment, const Next& next) {
  if (packet.flow.dst.family() == Family::kV4) return next(std::move(packet));
  const TransitAttachment& one = view_.parts().transit_attachments[attachment];
  const std::string at = "attachment:" + one.name;
  const auto off = [&](Packet p) {
    return drop(std::move(p), DropCode::kFamilyNotCarried, at, "", one.where);
  };
  return switched(std::move(packet), one.ipv6, at, "ipv6", next, off);
}

/// A switch that lets packets on only if it is on.
Tree Walk::switched(Packet packet, const Open<bool>& on, const std::string& at,
                    const std::string& what, const Next& next,
                    const Next& off) {
  const Answer3 answer = on.unknown ? Answer3::kUnknown
                         : on.value ? Answer3::kYes
                                    : Answer3::kNo;
  const Fact fact{at + " " + what,
                  "nobody knows whether " + at + " is " + what};
  // The same words as in a table that asks whether the line is there.
  if (answer != Answer3::kUnknown) {
    return yes_no(std::move(packet), answer, fact, next, off);
  }
  return choose(std::move(packet), fact, {"there", "not there"},
                [&](Packet p, std::size_t which) {
                  return which == 0 ? next(std::move(p)) : off(std::move(p));
                });
}

/// From a VPC to a transit gateway (S144).
Tree Walk::into_transit(Packet packet, Id<Vpc> vpc, const VpcStep& step) {
  const auto& attachments = view_.parts().transit_attachments;
  std::vector<std::uint32_t> mine;
  std::vector<std::string> names;
  for (std::uint32_t a = 0; a < attachments.size(); ++a) {
    const TransitAttachment& one = attachments[a];
    const bool here = one.kind == AttachmentKind::kVpc && one.vpc &&
                      one.vpc->id == vpc && one.gateway &&
                      one.gateway.id->value == step.index;
    if (!here || step.attachment.value_or(a) != a) continue;
    mine.push_back(a);
    names.push_back("attachment:" + one.name);
  }
  expects(!mine.empty(), "a table leads only to gateways that are attached");
  const std::string at =
      "tgw:" + view_.parts().transit_gateways[step.index].name;
  const Fact fact{at + " attachment of " + view_.parts().vpcs[vpc.index()].name,
                  at + " has several attachments of vpc:" +
                      view_.parts().vpcs[vpc.index()].name};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  return enter_attachment(std::move(p), mine[which]);
                });
}

namespace {

/// The written entry subnets and whether there may be others.
struct Entries {
  std::vector<std::size_t> subnets;
  bool open = false;
};

Entries entries_of(const TransitAttachment& attachment) {
  Entries entries;
  entries.open = attachment.subnets->open;
  for (const Ref<Subnet>& one : attachment.subnets->items) {
    if (one) {
      entries.subnets.push_back(one.id->index());
    } else {
      entries.open = true;
    }
  }
  return entries;
}

}  // namespace

/// Which subnet of the attachment takes the packet: one of its zone.
Tree Walk::enter_attachment(Packet packet, std::uint32_t attachment) {
  const TransitAttachment& one = view_.parts().transit_attachments[attachment];
  const std::string at = "attachment:" + one.name;
  const Subnet* from = nullptr;
  if (packet.subnet) from = view_.subnets()[*packet.subnet].written;
  packet.zone = from != nullptr && !from->zone.unknown ? from->zone.value : "";
  const bool zone_unknown = from != nullptr && from->zone.unknown;

  std::vector<std::optional<std::size_t>> ways;
  bool maybe_none = false;
  if (!one.subnets) {
    ways.push_back(std::nullopt);
  } else {
    const Entries entries = entries_of(one);
    const auto& subnets = view_.parts().subnets;
    maybe_none = zone_unknown || entries.open;
    const bool any = maybe_none || packet.zone.empty();
    for (const std::size_t s : entries.subnets) {
      if (any || subnets[s].zone.is(packet.zone)) ways.emplace_back(s);
    }
    if (maybe_none && entries.subnets.empty()) ways.emplace_back();
    if (ways.empty()) {
      // Nothing of this zone is written; an entry whose own zone is not may
      // be in it.
      for (const std::size_t s : entries.subnets) {
        if (subnets[s].zone.unknown || subnets[s].zone.value.empty()) {
          ways.emplace_back(s);
          maybe_none = true;
        }
      }
    }
    maybe_none |= ways.empty();
  }
  std::vector<std::string> names;
  for (const auto& way : ways) {
    names.push_back(way ? view_.subnet_name(*way) : "no entry subnet");
  }
  if (maybe_none) names.push_back("none");
  const Fact fact{at + " entry from " + packet.zone + " " +
                      (packet.subnet ? view_.subnet_name(*packet.subnet) : ""),
                  "the zone in which " + at + " takes the packet"};
  const auto enter = [&](Packet p) {
    return choose(std::move(p), fact, names, [&](Packet q, std::size_t which) {
      if (which == ways.size()) {
        return drop(std::move(q), DropCode::kAzNotAttached, at, packet.zone,
                    one.where);
      }
      return entry_subnet(std::move(q), attachment, ways[which]);
    });
  };
  return available(packet, attachment, [&](Packet p) {
    return carries(std::move(p), attachment, enter);
  });
}

Tree Walk::entry_subnet(Packet packet, std::uint32_t attachment,
                        std::optional<std::size_t> subnet) {
  const auto enter = [&](Packet p) {
    p.home.reset();
    p.subnet.reset();
    return from_attachment(std::move(p), attachment);
  };
  if (!subnet) return enter(std::move(packet));
  const Place place{PlaceKind::kSubnet, static_cast<std::uint32_t>(*subnet)};
  if (packet.subnet != subnet && blocked(place)) {
    return drop(std::move(packet), DropCode::kPolicyDeny, view_.name(place));
  }
  // S61: the inbound list is asked even if this is the source's subnet.
  return acl(std::move(packet), *subnet, true, enter);
}

/// The table that decides for an attachment (S143).
Tree Walk::with_association(
    Packet packet, std::uint32_t attachment, const std::string& asked_by,
    const std::function<Tree(Packet, std::optional<std::uint32_t>)>& next) {
  const TopologyParts& parts = view_.parts();
  const TransitAttachment& one = parts.transit_attachments[attachment];
  const std::string at = "attachment:" + one.name;
  std::vector<std::optional<std::uint32_t>> tables;
  std::vector<std::optional<std::uint32_t>> open;
  for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    const TransitRouteTable& table = parts.transit_route_tables[t];
    const auto& list = table.associations;
    const bool listed = std::ranges::any_of(list.items, [&](const auto& ref) {
      return ref && ref.id->value == attachment;
    });
    if (listed) tables.emplace_back(t);
    if (list.open && one.gateway && table.gateway.id == one.gateway.id) {
      open.emplace_back(t);
    }
  }
  if (tables.empty()) {
    std::optional<std::uint32_t> preset;
    if (one.gateway) {
      const auto& gateway = parts.transit_gateways[one.gateway.id->index()];
      const auto& ref = gateway.default_association;
      if (ref && ref->id) preset = ref->id->value;
    }
    tables.push_back(preset);
    for (const auto& t : open) {
      if (t != preset) tables.push_back(t);
    }
  }
  std::vector<std::string> names;
  for (const auto& t : tables) {
    names.push_back(t ? "tgw-rtb:" + parts.transit_route_tables[*t].name
                      : "none");
  }
  const Fact fact{asked_by + at + " association",
                  "the table that " + at + " is in"};
  return choose(std::move(packet), fact, names,
                [&](Packet p, std::size_t which) {
                  return next(std::move(p), tables[which]);
                });
}

/// The transit gateway forwards what came in by this attachment.
Tree Walk::from_attachment(Packet packet, std::uint32_t attachment) {
  const TransitAttachment& one = view_.parts().transit_attachments[attachment];
  const std::string at = "attachment:" + one.name;
  packet.traversals.push_back(Traversal{attachment, {}});
  const auto out = [&](Packet p, const TransitStep& step) {
    const std::uint32_t table = *p.last_table;
    const std::string table_name =
        "tgw-rtb:" + view_.parts().transit_route_tables[table].name;
    const auto blackhole = [&](Packet q) {
      return drop(std::move(q), DropCode::kBlackholeRoute, table_name,
                  step.prefix, step.where);
    };
    if (step.kind == TransitStep::Kind::kNoRoute) {
      return drop(std::move(p), DropCode::kNoRoute, table_name, step.prefix,
                  step.where);
    }
    if (step.kind == TransitStep::Kind::kBlackhole) {
      return blackhole(std::move(p));
    }
    p.traversals.back().out = step.attachment;
    const auto leave = [&](Packet q) {
      return out_of_attachment(std::move(q), step.attachment);
    };
    if (!step.fixed) return leave(std::move(p));
    const auto& target = view_.parts().transit_attachments[step.attachment];
    return switched(std::move(p), target.available,
                    "attachment:" + target.name + " in " + table_name,
                    "available", leave, blackhole);
  };
  return with_association(std::move(packet), attachment, "",
                          [&](Packet p, std::optional<std::uint32_t> table) {
                            if (!table) {
                              return drop(std::move(p),
                                          DropCode::kTgwNoAssociation, at, "",
                                          one.where);
                            }
                            p.last_table = table;
                            return transit_decide(std::move(p), *table, out);
                          });
}

Tree Walk::out_of_attachment(Packet packet, std::uint32_t attachment) {
  const TopologyParts& parts = view_.parts();
  const TransitAttachment& one = parts.transit_attachments[attachment];
  const std::string at = "attachment:" + one.name;
  const auto gone = [&](Packet p) {
    return drop(std::move(p), DropCode::kStateNotActive, at, "", one.where);
  };
  const auto leave = [&](Packet p) {
    switch (one.kind) {
      case AttachmentKind::kVpc:
        if (!one.vpc || !one.vpc->id) return gone(std::move(p));
        return carries(std::move(p), attachment, [&](Packet q) {
          return into_vpc(std::move(q), attachment);
        });
      case AttachmentKind::kDirectConnect:
        if (!one.direct_connect || !one.direct_connect->id) {
          return gone(std::move(p));
        }
        return into_direct_connect(std::move(p), one.direct_connect->id->value);
      case AttachmentKind::kVpn: {
        if (!one.vpn || !one.vpn->id) return gone(std::move(p));
        const auto& vpn = parts.vpn_connections[one.vpn->id->index()];
        return switched(
            std::move(p), vpn.up, "vpn:" + vpn.name, "up",
            [&](Packet q) {
              if (!vpn.site) return gone(std::move(q));
              return into_site(std::move(q), vpn.site.id->value, true);
            },
            gone);
      }
      case AttachmentKind::kPeering: {
        if (!one.peer || !one.peer->id) return gone(std::move(p));
        const std::uint32_t other = one.peer->id->value;
        return available(std::move(p), other, [&](Packet q) {
          return from_attachment(std::move(q), other);
        });
      }
    }
    throw ContractViolation("an attachment has one of the kinds");
  };
  return available(std::move(packet), attachment, leave);
}

/// From a transit gateway into a VPC: the entry subnet decides (S145).
Tree Walk::into_vpc(Packet packet, std::uint32_t attachment) {
  const TransitAttachment& one = view_.parts().transit_attachments[attachment];
  const std::string at = "attachment:" + one.name;
  const Id<Vpc> vpc = *one.vpc->id;
  if (!one.subnets) return into_vpc_by(std::move(packet), vpc, {});
  const std::vector<std::size_t> all = entries_of(one).subnets;
  if (all.empty()) return into_vpc_by(std::move(packet), vpc, {});

  const auto enter = [&](Packet p, const std::vector<std::size_t>& subnets,
                         bool sticky, const std::string& zone) {
    std::vector<std::string> names;
    for (const std::size_t s : subnets) names.push_back(view_.subnet_name(s));
    const Fact fact{at + (sticky ? " appliance zone" : " exit zone " + zone),
                    "the zone in which " + at + " hands over the packet",
                    sticky};
    return choose(std::move(p), fact, names, [&](Packet q, std::size_t which) {
      return into_vpc_by(std::move(q), vpc, subnets[which]);
    });
  };
  const auto sticky = [&](Packet p) {
    return enter(std::move(p), all, true, "");
  };
  const auto by_zone = [&](Packet p) {
    std::vector<std::size_t> same;
    for (const std::size_t s : all) {
      const Open<std::string>& zone = view_.parts().subnets[s].zone;
      if (!p.zone.empty() && zone.is(p.zone)) same.push_back(s);
    }
    if (same.empty()) return enter(std::move(p), all, false, "");
    // A copy: the packet is moved while its zone is still read.
    const std::string zone = p.zone;
    return enter(std::move(p), same, false, zone);
  };
  return switched(std::move(packet), one.appliance_mode, at, "appliance mode",
                  sticky, by_zone);
}

Tree Walk::into_vpc_by(Packet packet, Id<Vpc> vpc,
                       std::optional<std::size_t> subnet) {
  if (!subnet) {
    packet.subnet.reset();
    const std::string at = "vpc:" + view_.parts().vpcs[vpc.index()].name;
    return main_table(std::move(packet), vpc, at,
                      [&](Packet p, VpcTable table) {
                        return decide(std::move(p), table,
                                      [&](Packet q, const VpcStep& step) {
                                        return act(std::move(q), vpc, step);
                                      });
                      });
  }
  const Place place{PlaceKind::kSubnet, static_cast<std::uint32_t>(*subnet)};
  if (blocked(place)) {
    return drop(std::move(packet), DropCode::kPolicyDeny, view_.name(place));
  }
  return leave_subnet(
      std::move(packet), *subnet,
      [](Packet p, EgressTo, const Next& next) { return next(std::move(p)); });
}

}  // namespace netproof::reference
