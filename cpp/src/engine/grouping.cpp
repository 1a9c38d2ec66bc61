#include "engine/grouping.hpp"

#include <algorithm>
#include <ranges>
#include <span>
#include <utility>

namespace netproof::engine {
namespace {

/// The last destination of a run that is not in the own blocks.
std::optional<Uint128> last_wanted(std::span<const IpSet::Interval> wanted,
                                   std::span<const IpSet::Interval> own,
                                   const Fib::Run& run) {
  auto end =
      std::ranges::upper_bound(wanted, run.last, {}, &IpSet::Interval::first);
  while (end != wanted.begin() && std::prev(end)->last >= run.first) {
    --end;
    const Uint128 first = std::max(end->first, run.first);
    Uint128 last = std::min(end->last, run.last);
    // From the end: an own block that covers it takes off a piece.
    bool left = true;
    for (const IpSet::Interval& block : std::views::reverse(own)) {
      if (block.first > last) continue;
      if (block.last < last) break;
      left = block.first > first;
      if (!left) break;
      last = block.first - 1;
    }
    if (left) return last;
  }
  return std::nullopt;
}

// No destination lies between neighbours, so equal ones are one stretch.
void append(std::vector<Grouping::Stretch>& stretches,
            const Grouping::Stretch& next) {
  if (!stretches.empty() && stretches.back().kind == next.kind &&
      stretches.back().table == next.table &&
      stretches.back().family == next.family) {
    stretches.back().last = next.last;
  } else {
    stretches.push_back(next);
  }
}

}  // namespace

const IpSet& Grouping::near(Index vpc) {
  const auto [at, fresh] = near_.try_emplace(vpc);
  if (fresh) at->second = destinations_ & network_.vpcs[vpc].cidr_set;
  return at->second;
}

std::optional<Grouping::Key> Grouping::key_of(Place place) {
  if (place.kind == PlaceKind::kInterface) {
    if (!network_.parts().interfaces[place.index].source_check.is(true)) {
      return std::nullopt;
    }
  } else if (place.kind != PlaceKind::kSubnet) {
    return std::nullopt;
  }
  const Index subnet = subnet_of(place);
  if (subnet == kNone || !plain(network_.subnets[subnet])) {
    return std::nullopt;
  }
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

Index Grouping::subnet_of(Place place) const {
  return place.kind == PlaceKind::kInterface
             ? network_.subnet_of_interface[place.index]
             : place.index;
}

/// Which VPC a packet comes from makes no difference: no group is referenced
/// over a peering or transit gateway, and nothing that others send passes
/// through, so that nothing comes twice to a table for some and not for
/// others.
bool Grouping::plain(const SubnetInfo& info) const {
  if (info.vpc == kNone || info.tables.size() != 1 || info.acl_unknown ||
      info.interfaces_open) {
    return false;
  }
  const VpcInfo& vpc = network_.vpcs[info.vpc];
  const auto& tables = network_.parts().route_tables;
  return !vpc.referenced && !vpc.self_referenced &&
         !compiled_.tables.passed_through[info.vpc] &&
         info.cidr_set.lies_inside(vpc.cidr_set) &&
         std::ranges::none_of(vpc.tables, [&](Index table) {
           return tables[table].gateway.has_value();
         });
}

/// The number of a filter without unknown parts; equal sets, equal number.
std::optional<std::size_t> Grouping::exact(const Bound& bound) {
  const auto known = exact_.find(&bound);
  if (known != exact_.end()) return known->second;
  std::optional<std::size_t> number;
  if (bound.lower == bound.upper) {
    number = numbers_.try_emplace(bound.lower, numbers_.size()).first->second;
  }
  exact_.emplace(&bound, number);
  return number;
}

std::optional<std::vector<Grouping::Stretch>> Grouping::stretches_of(
    const SubnetInfo& info) {
  const Fib& fib = compiled_.tables.vpc[info.tables.front()];
  const IpSet& own = network_.vpcs[info.vpc].cidr_set;
  std::vector<Stretch> stretches;
  for (const Family family : {Family::kV4, Family::kV6}) {
    const auto wanted = destinations_.intervals(family);
    const std::size_t before = stretches.size();
    for (const Fib::Run& run : fib.runs(family)) {
      const auto last = last_wanted(wanted, own.intervals(family), run);
      if (!last) continue;
      std::optional<Stretch> stretch =
          stretch_of(fib.decision(run.decision), family == Family::kV6, info);
      if (!stretch) return std::nullopt;
      stretch->family = family;
      stretch->last = *last;
      append(stretches, *stretch);
    }
    // What is near leaves holes, which take after their neighbours.
    if (stretches.size() > before) stretches.back().last = wanted.back().last;
  }
  return stretches;
}

std::optional<Grouping::Stretch> Grouping::stretch_of(const Decision& decision,
                                                      bool v6,
                                                      const SubnetInfo& info) {
  if (decision.size() != 1 || decision[0].size() != 1) return std::nullopt;
  const NextHop hop = decision[0][0];
  Stretch stretch{hop.kind, kNone, Family::kV4, 0};
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
  stretch.table = course_number(tables[0]);
  return stretch;
}

/// Tables that decide alike about every destination may stand for each other,
/// if each decision ends there: nothing comes back to a table that was passed.
Index Grouping::course_number(Index table) {
  if (!options_.nameless) return table;
  const auto [at, fresh] = course_numbers_.try_emplace(table, table);
  if (!fresh) return at->second;
  if (auto course = course_of(compiled_.tables.transit[table])) {
    at->second = courses_.try_emplace(std::move(*course), table).first->second;
  }
  return at->second;
}

bool Grouping::ends_there(NextHop hop) const {
  if (hop.kind == HopKind::kNoRoute || hop.kind == HopKind::kBlackhole) {
    return true;
  }
  if (hop.kind != HopKind::kAttachment) return false;
  const auto& vpc = network_.parts().transit_attachments[hop.index].vpc;
  return vpc && vpc->id && !compiled_.tables.passed_through[vpc->id->index()];
}

std::optional<Grouping::Course> Grouping::course_of(const Fib& table) const {
  Course course;
  for (const Family family : {Family::kV4, Family::kV6}) {
    const auto wanted = destinations_.intervals(family);
    for (const Fib::Run& run : table.runs(family)) {
      const auto end = std::ranges::upper_bound(wanted, run.last, {},
                                                &IpSet::Interval::first);
      if (end == wanted.begin() || std::prev(end)->last < run.first) continue;
      const Decision& decision = table.decision(run.decision);
      if (decision.size() != 1 || decision[0].size() != 1) return std::nullopt;
      NextHop hop = decision[0][0];
      if (!ends_there(hop)) return std::nullopt;
      if (hop.kind != HopKind::kAttachment) hop = {HopKind::kNoRoute, 0};
      const Uint128 last = std::min(std::prev(end)->last, run.last);
      const bool same = !course.empty() &&
                        std::get<NextHop>(course.back()) == hop &&
                        std::get<Family>(course.back()) == family;
      if (same) {
        std::get<Uint128>(course.back()) = last;
      } else {
        course.emplace_back(hop, family, last);
      }
    }
  }
  return course;
}

/// There is one entry in the zone that the packets leave, and it lets them
/// all through: as if the attachment had an entry everywhere (S57).
bool Grouping::enters_plainly(const OpenList<Ref<Subnet>>& entries,
                              const SubnetInfo& from) const {
  if (!options_.enters_freely || entries.open || from.zone_unknown ||
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

}  // namespace netproof::engine
