#include "engine/starts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "netproof/net/ip_set_union.hpp"

namespace netproof::engine {
namespace {

/// What a table does with a stretch of the destinations.
struct Stretch {
  HopKind kind;
  Index table;  ///< the transit table that the packets come to
  Family family;
  Uint128 first;
  Uint128 last;

  friend auto operator<=>(const Stretch&, const Stretch&) = default;
};

using Key = std::tuple<std::vector<Stretch>, Index, std::size_t, std::size_t>;

class Grouping {
 public:
  Grouping(const Compiled& compiled, const IpSet& destinations,
           bool enters_freely)
      : compiled_{compiled},
        network_{compiled.network},
        destinations_{destinations},
        enters_freely_{enters_freely} {}

  std::optional<Key> key_of(Place place) {
    Index subnet = place.index;
    if (place.kind == PlaceKind::kInterface) {
      if (!network_.parts().interfaces[place.index].source_check.is(true)) {
        return std::nullopt;
      }
      subnet = network_.subnet_of_interface[place.index];
    } else if (place.kind != PlaceKind::kSubnet) {
      return std::nullopt;
    }
    if (subnet == kNone || !far(network_.subnets[subnet])) return std::nullopt;
    if (network_.subnets[subnet].interfaces_open) return std::nullopt;
    const SubnetInfo& info = network_.subnets[subnet];
    const GroupSet& groups = place.kind == PlaceKind::kInterface
                                 ? compiled_.filters.of_interface(place.index)
                                 : compiled_.filters.of_subnet(place.index);
    const auto egress = exact(compiled_.filters.groups(groups, false, {}));
    const auto acl = info.acl == kNone
                         ? exact(Filters::everything())
                         : exact(compiled_.filters.acl(info.acl, false));
    std::optional<std::vector<Stretch>> stretches = stretches_of(info);
    if (!egress || !acl || !stretches) return std::nullopt;
    return Key{std::move(*stretches), info.zone_id, *egress, *acl};
  }

 private:
  /// Nothing that is asked for is near: no layer 2, no `local`.
  bool far(const SubnetInfo& info) const {
    if (info.vpc == kNone || info.tables.size() != 1 || info.acl_unknown) {
      return false;
    }
    const VpcInfo& vpc = network_.vpcs[info.vpc];
    return !vpc.referenced && !vpc.self_referenced &&
           vpc.cidr_set.disjoint_from(destinations_) &&
           info.cidr_set.disjoint_from(destinations_);
  }

  /// The number of a filter without unknown parts; equal sets, equal number.
  std::optional<std::size_t> exact(const Bound& bound) {
    const auto known = exact_.find(&bound);
    if (known != exact_.end()) return known->second;
    std::optional<std::size_t> number;
    if (bound.lower == bound.upper) {
      number = numbers_.try_emplace(bound.lower, numbers_.size()).first->second;
    }
    exact_.emplace(&bound, number);
    return number;
  }

  std::optional<std::vector<Stretch>> stretches_of(const SubnetInfo& info) {
    const Fib& fib = compiled_.tables.vpc[info.tables.front()];
    std::vector<Stretch> stretches;
    for (const Family family : {Family::kV4, Family::kV6}) {
      const auto wanted = destinations_.intervals(family);
      for (const Fib::Run& run : fib.runs(family)) {
        const auto begin = std::ranges::lower_bound(wanted, run.first, {},
                                                    &IpSet::Interval::last);
        const auto end = std::ranges::upper_bound(wanted, run.last, {},
                                                  &IpSet::Interval::first);
        if (begin >= end) continue;
        std::optional<Stretch> stretch =
            stretch_of(fib.decision(run.decision), family == Family::kV6, info);
        if (!stretch) return std::nullopt;
        stretch->family = family;
        stretch->first = std::max(begin->first, run.first);
        stretch->last = std::min(std::prev(end)->last, run.last);
        append(stretches, *stretch);
      }
    }
    return stretches;
  }

  // No destination lies between neighbours, so equal ones are one stretch.
  static void append(std::vector<Stretch>& stretches, const Stretch& next) {
    if (!stretches.empty() && stretches.back().kind == next.kind &&
        stretches.back().table == next.table &&
        stretches.back().family == next.family) {
      stretches.back().last = next.last;
    } else {
      stretches.push_back(next);
    }
  }

  std::optional<Stretch> stretch_of(const Decision& decision, bool v6,
                                    const SubnetInfo& info) const {
    if (decision.size() != 1 || decision[0].size() != 1) return std::nullopt;
    const NextHop hop = decision[0][0];
    Stretch stretch{hop.kind, kNone, Family::kV4, 0, 0};
    if (hop.kind == HopKind::kNoRoute || hop.kind == HopKind::kBlackhole) {
      return stretch;
    }
    if (hop.kind != HopKind::kTransit) return std::nullopt;
    const TransitAttachment& attachment =
        network_.parts().transit_attachments[hop.index];
    const auto& tables = compiled_.tables.association[hop.index];
    const bool plain =
        (!attachment.subnets || enters_plainly(*attachment.subnets, info)) &&
        attachment.available.is(true) && (!v6 || attachment.ipv6.is(true)) &&
        tables.size() == 1 && tables[0] != kNone;
    if (!plain) return std::nullopt;
    stretch.table = tables[0];
    return stretch;
  }

  /// There is one entry in the zone that the packets leave, and it lets them
  /// all through: as if the attachment had an entry everywhere (S57).
  bool enters_plainly(const OpenList<Ref<Subnet>>& entries,
                      const SubnetInfo& from) const {
    if (!enters_freely_ || entries.open || from.zone_unknown ||
        from.zone_id == kNone) {
      return false;
    }
    std::size_t here = 0;
    for (const Ref<Subnet>& entry : entries.items) {
      if (!entry.id) return false;
      const SubnetInfo& info = network_.subnets[entry.id->index()];
      if (info.zone_id != from.zone_id) continue;
      if (info.acl != kNone || info.acl_unknown) return false;
      ++here;
    }
    return here == 1;
  }

  const Compiled& compiled_;
  const Network& network_;
  const IpSet& destinations_;
  bool enters_freely_;  ///< no subnet drops whatever enters it (`through`)
  std::unordered_map<const Bound*, std::optional<std::size_t>> exact_;
  std::unordered_map<PacketSet, std::size_t> numbers_;
};

/// One start if the addresses are disjoint, so that a source tells its scope.
void add_start(std::vector<Scope> scopes, std::vector<Start>& starts) {
  IpSetUnion addresses;
  BigUint sum{0};
  for (const Scope& scope : scopes) {
    sum += scope.addresses.size();
    addresses.add(scope.addresses);
  }
  const IpSet all = addresses.take();
  if (all.size() == sum) {
    starts.push_back({std::move(scopes), all});
    return;
  }
  for (Scope& scope : scopes) {
    IpSet own = scope.addresses;
    starts.push_back({{std::move(scope)}, std::move(own)});
  }
}

}  // namespace

std::vector<Start> starts_of(const Compiled& compiled,
                             const std::vector<Scope>& scopes,
                             const IpSet& destinations,
                             const std::vector<Place>& blocked) {
  Grouping grouping{compiled, destinations, blocked.empty()};
  std::map<Key, std::vector<Scope>> groups;
  std::vector<Start> starts;
  for (const Scope& scope : scopes) {
    if (std::optional<Key> key = grouping.key_of(scope.place)) {
      groups[std::move(*key)].push_back(scope);
    } else {
      starts.push_back({{scope}, scope.addresses});
    }
  }
  for (auto& [_, group] : groups) add_start(std::move(group), starts);
  std::ranges::sort(starts, {}, [](const Start& start) {
    return start.scopes.front().place;
  });
  return starts;
}

bool spoofs(const TopologyParts& parts, Place place) {
  switch (place.kind) {
    case PlaceKind::kInterface:
      return parts.interfaces[place.index].source_check.is(false);
    case PlaceKind::kHost: {
      const auto& segment = parts.hosts[place.index].segment.id;
      return segment && parts.segments[segment->index()].spoofs;
    }
    case PlaceKind::kSegment:
      return parts.segments[place.index].spoofs;
    case PlaceKind::kSite:
      return parts.sites[place.index].spoofs;
    default:
      return false;
  }
}

bool checks_unknown(const TopologyParts& parts, Place place) {
  return place.kind == PlaceKind::kInterface &&
         parts.interfaces[place.index].source_check.unknown;
}

std::vector<std::string> own_names(const Compiled& compiled, Place place) {
  const Network& network = compiled.network;
  std::vector<std::string> names{network.place_name(place)};
  const Index subnet = place.kind == PlaceKind::kInterface
                           ? network.subnet_of_interface[place.index]
                           : place.index;
  const SubnetInfo& info = network.subnets[subnet];
  names.push_back(info.acl == kNone
                      ? ""
                      : "acl:" + network.parts().network_acls[info.acl].name);
  names.push_back(network.table_name(info.tables.front()));
  return names;
}

}  // namespace netproof::engine
