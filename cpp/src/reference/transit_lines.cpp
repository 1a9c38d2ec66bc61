#include "reference/transit_lines.hpp"

#include <algorithm>
#include <utility>

namespace netproof::reference {
namespace {

/// Collects the lines of one transit table (S142).
class Collector {
 public:
  Collector(const View& view, std::uint32_t table)
      : view_{view},
        table_{view.parts().transit_route_tables[table]},
        id_{table},
        name_{"tgw-rtb:" + table_.name} {}

  std::vector<TransitLine> lines() {
    for (const TransitRoute& route : table_.routes.items) add_written(route);
    for (std::uint32_t a = 0; a < attachments().size(); ++a) add_propagated(a);
    doubt_overlaps();
    return std::move(lines_);
  }

  std::vector<TransitOpening> openings(IpAddress address) {
    const std::string d = to_string(address);
    std::vector<TransitOpening> result;
    if (table_.routes.open) {
      result.push_back(
          {Fact{name_ + " routes " + d, name_ + " may hold another route"},
           any_target("unknown", {})});
    }
    for (std::uint32_t a = 0; a < attachments().size(); ++a) {
      std::vector<Fact> doubts;
      if (!propagates(a, doubts) || !prefixes_open(a, address.family())) {
        continue;
      }
      const std::string at = "attachment:" + attachments()[a].name;
      result.push_back({Fact{name_ + " " + at + " prefixes " + d,
                             at + " may propagate another prefix"},
                        {step_to(a, "unknown", {}, false)}});
    }
    for (std::size_t i = 0; i < table_.routes.items.size(); ++i) {
      const TransitRoute& route = table_.routes.items[i];
      if (!route.prefix_list) continue;
      const Ref<PrefixList>& list = *route.prefix_list;
      if (list && !view_.parts().prefix_lists[list.id->index()].entries.open) {
        continue;
      }
      result.push_back(
          {Fact{
               name_ + " pl:" + list.name + " #" + std::to_string(i) + " " + d,
               "pl:" + list.name + " in " + name_ + " may hold another prefix"},
           targets_of(route, "pl:" + list.name)});
    }
    return result;
  }

 private:
  const std::vector<TransitAttachment>& attachments() const {
    return view_.parts().transit_attachments;
  }

  TransitStep step_to(std::uint32_t attachment, const std::string& prefix,
                      const Location& where, bool fixed) const {
    const Open<bool>& available = attachments()[attachment].available;
    TransitStep step{TransitStep::Kind::kAttachment, attachment, prefix, where,
                     fixed};
    if (fixed && !available.unknown && !available.value) {
      step.kind = TransitStep::Kind::kBlackhole;
    }
    return step;
  }

  /// Any attachment of the gateway, or dropped.
  std::vector<TransitStep> any_target(const std::string& prefix,
                                      const Location& where) const {
    std::vector<TransitStep> steps;
    for (std::uint32_t a = 0; a < attachments().size(); ++a) {
      if (of_gateway(a)) steps.push_back(step_to(a, prefix, where, false));
    }
    steps.push_back({TransitStep::Kind::kNoRoute, 0, prefix, where, false});
    return steps;
  }

  bool of_gateway(std::uint32_t attachment) const {
    return table_.gateway &&
           attachments()[attachment].gateway.id == table_.gateway.id;
  }

  std::vector<TransitStep> targets_of(const TransitRoute& route,
                                      const std::string& prefix) const {
    if (route.blackhole) {
      return {{TransitStep::Kind::kBlackhole, 0, prefix, route.where, true}};
    }
    std::vector<TransitStep> steps;
    bool unknown = route.target_unknown || route.targets.empty();
    for (const Ref<TransitAttachment>& target : route.targets) {
      if (target) {
        steps.push_back(step_to(target.id->value, prefix, route.where, true));
      } else {
        unknown = true;
      }
    }
    if (!unknown) return steps;
    for (TransitStep& one : any_target(prefix, route.where)) {
      steps.push_back(std::move(one));
    }
    return steps;
  }

  void add_written(const TransitRoute& route) {
    const auto add = [&](const WrittenPrefix& prefix, int rank) {
      for (TransitStep& step : targets_of(route, prefix.text)) {
        lines_.push_back({prefix.prefix, rank, 0, 0, {}, std::move(step)});
      }
    };
    if (route.destination) {
      add(*route.destination, kRankStatic);
    } else if (route.prefix_list && *route.prefix_list) {
      const auto& list =
          view_.parts().prefix_lists[route.prefix_list->id->index()];
      for (const WrittenPrefix& one : list.entries.items) add(one, kRankList);
    }
  }

  /// Explicit propagation adds to the gateway's default (S143); one that only
  /// an open list could hold is doubtful.
  bool propagates(std::uint32_t attachment, std::vector<Fact>& doubts) const {
    const std::string at = "attachment:" + attachments()[attachment].name;
    const Open<bool>& available = attachments()[attachment].available;
    bool open = table_.propagations.open;
    bool listed = false;
    for (const Ref<TransitAttachment>& one : table_.propagations.items) {
      listed |= one && one.id->value == attachment;
      open |= !one;
    }
    if (!listed && !of_gateway(attachment)) return false;
    if (table_.gateway) {
      const auto& gateway =
          view_.parts().transit_gateways[table_.gateway.id->index()];
      const auto& preset = gateway.default_propagation;
      listed |= preset && preset->id && preset->id->value == id_;
      open |= preset && !preset->id;
    }
    if (!listed && !open) return false;
    if (!listed) {
      doubts.push_back(Fact{name_ + " propagates " + at,
                            at + " may propagate into " + name_});
    }
    return add_doubt(doubts, available, at, "available");
  }

  bool prefixes_open(std::uint32_t attachment, Family family) const {
    const TransitAttachment& one = attachments()[attachment];
    const TopologyParts& parts = view_.parts();
    const bool v6 = family == Family::kV6;
    switch (one.kind) {
      case AttachmentKind::kVpc: {
        if (!one.vpc) return false;
        const bool carried = !v6 || one.ipv6.unknown || one.ipv6.value;
        return carried &&
               (!one.vpc->id || parts.vpcs[one.vpc->id->index()].cidrs.open);
      }
      case AttachmentKind::kVpn: {
        if (!one.vpn) return false;
        if (!one.vpn->id) return true;
        const auto& vpn = parts.vpn_connections[one.vpn->id->index()];
        return vpn.bgp && vpn.advertised.open &&
               (vpn.up.unknown || vpn.up.value);
      }
      case AttachmentKind::kDirectConnect:
        if (!one.direct_connect) return false;
        if (!one.direct_connect->id) return true;
        return std::ranges::any_of(
            parts.virtual_interfaces, [&](const VirtualInterface& vif) {
              return vif.gateway && vif.gateway->id == one.direct_connect->id &&
                     vif.advertised.open && (vif.up.unknown || vif.up.value);
            });
      case AttachmentKind::kPeering:
        return false;
    }
    return false;
  }

  void add_propagated(std::uint32_t attachment) {
    std::vector<Fact> doubts;
    if (!propagates(attachment, doubts)) return;
    const TransitAttachment& one = attachments()[attachment];
    const TopologyParts& parts = view_.parts();
    if (one.kind == AttachmentKind::kVpc && one.vpc && one.vpc->id) {
      const Vpc& vpc = parts.vpcs[one.vpc->id->index()];
      const std::string at = "attachment:" + one.name;
      for (const WrittenPrefix& cidr : vpc.cidrs.items) {
        std::vector<Fact> here = doubts;
        const bool v6 = cidr.prefix.family() == Family::kV6;
        if (v6 && !add_doubt(here, one.ipv6, at, "ipv6")) continue;
        add_learned(attachment, cidr, {kRankVpc}, here);
      }
    }
    if (one.kind == AttachmentKind::kVpn && one.vpn && one.vpn->id) {
      const VpnConnection& vpn = parts.vpn_connections[one.vpn->id->index()];
      if (!vpn.bgp || !add_doubt(doubts, vpn.up, "vpn:" + vpn.name, "up")) {
        return;
      }
      for (const WrittenPrefix& prefix : vpn.advertised.items) {
        add_learned(attachment, prefix,
                    {kRankVpn, vpn.as_path_length, vpn.med.value_or(100)},
                    doubts);
      }
    }
    if (one.kind != AttachmentKind::kDirectConnect || !one.direct_connect ||
        !one.direct_connect->id) {
      return;
    }
    for (const VirtualInterface& vif : parts.virtual_interfaces) {
      if (!vif.gateway || vif.gateway->id != one.direct_connect->id) continue;
      std::vector<Fact> here = doubts;
      if (!add_doubt(here, vif.up, "vif:" + vif.name, "up")) continue;
      for (const WrittenPrefix& prefix : vif.advertised.items) {
        add_learned(attachment, prefix,
                    {kRankDirect, vif.as_path_length, vif.med.value_or(0)},
                    here);
      }
    }
  }

  /// S43: the kind, then what BGP says.
  struct Preference {
    int rank = kRankVpc;
    int as_path = 0;
    int med = 0;  ///< where none is written: 100 on a VPN, else 0
  };

  void add_learned(std::uint32_t attachment, const WrittenPrefix& prefix,
                   const Preference& like, const std::vector<Fact>& doubts) {
    lines_.push_back({prefix.prefix, like.rank, like.as_path, like.med, doubts,
                      step_to(attachment, prefix.text, prefix.where, false)});
  }

  bool known_earlier(std::uint32_t a, std::uint32_t b) const {
    const std::string& first = attachments()[a].created;
    const std::string& second = attachments()[b].created;
    return !first.empty() && !second.empty() && first < second;
  }

  /// S52: overlapping but unequal prefixes of different VPCs.
  void doubt_overlaps() {
    for (TransitLine& line : lines_) {
      if (line.rank != kRankVpc) continue;
      const std::uint32_t mine = line.step.attachment;
      const bool doubtful =
          std::ranges::any_of(lines_, [&](const TransitLine& other) {
            const std::uint32_t its = other.step.attachment;
            return other.rank == kRankVpc && other.prefix != line.prefix &&
                   other.prefix.overlaps(line.prefix) &&
                   attachments()[its].vpc->id != attachments()[mine].vpc->id &&
                   !known_earlier(mine, its);
          });
      if (!doubtful) continue;
      const std::string what =
          to_string(line.prefix) + " of attachment:" + attachments()[mine].name;
      line.doubts.push_back(
          Fact{name_ + " installs " + what,
               name_ + " may not have " + what + ", which overlaps another"});
    }
  }

  const View& view_;
  const TransitRouteTable& table_;
  std::uint32_t id_;
  std::string name_;
  std::vector<TransitLine> lines_;
};

}  // namespace

std::vector<TransitLine> transit_lines(const View& view, std::uint32_t table) {
  return Collector{view, table}.lines();
}

std::vector<TransitOpening> transit_openings(const View& view,
                                             std::uint32_t table,
                                             IpAddress address) {
  return Collector{view, table}.openings(address);
}

std::string target_name(const View& view, const TransitStep& step) {
  if (step.kind == TransitStep::Kind::kBlackhole) return "blackhole";
  if (step.kind == TransitStep::Kind::kNoRoute) return "nothing";
  return "attachment:" + view.parts().transit_attachments[step.attachment].name;
}

}  // namespace netproof::reference
