#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/trips.hpp"

namespace netproof::engine {
namespace {

/// What a reply leans on besides the zones of its request; nothing if it takes
/// another zone.
std::optional<Assumed> besides(const Assumed& assumed, const Assumed& zones) {
  Assumed rest;
  for (const auto& one : assumed) {
    const auto same = std::ranges::find(
        zones, one.first, [](const auto& zone) { return zone.first; });
    if (same == zones.end()) {
      rest.push_back(one);
    } else if (same->second != one.second) {
      return std::nullopt;
    }
  }
  return rest;
}

}  // namespace

Walk& Trips::reply_walk(const Trip& trip) {
  std::unique_ptr<Walk>& walk = reply_walks_[trip.stateful];
  if (!walk) {
    WalkOptions options;
    options.destinations = sources_;
    options.reply = true;
    options.listed_only = request_.options().listed_only;
    options.most_ways = request_.options().most_ways;
    options.blocked = request_.options().blocked;
    options.passed = trip.stateful;
    walk = std::make_unique<Walk>(compiled_, std::move(options));
  }
  return *walk;
}

/// The place whose replies go as those of a trip: where it ended, or another of
/// its group, if neither is near to those who asked.
Place Trips::replier(const Trip& trip) {
  const Place place = trip.end.place;
  if (!trip.rewrites.empty()) return place;
  const auto [at, fresh] = stand_ins_.try_emplace(place, place);
  if (fresh) {
    if (const auto key = repliers_.key_of(place)) {
      at->second = first_repliers_.try_emplace(*key, place).first->second;
    }
  }
  if (at->second == place) return place;
  const IpSet askers = trip.set.src_addresses();
  const bool far =
      askers.disjoint_from(repliers_.near(repliers_.vpc_of(place))) &&
      askers.disjoint_from(repliers_.near(repliers_.vpc_of(at->second)));
  return far ? at->second : place;
}

/// The ways of a reply in the header that the request had after `segment`
/// rewritings.
const Trips::ReplyWays& Trips::reply_ways(Walk& walk, const Trip& trip,
                                          std::size_t segment) {
  const bool first = segment == trip.rewrites.size();
  const Place place = first ? replier(trip) : trip.end.place;
  const auto key =
      first ? std::tuple<const Walk*, int, Index, Index>{&walk, -1,
                                                         static_cast<Index>(
                                                             place.kind),
                                                         place.index}
            : std::tuple<const Walk*, int, Index, Index>{
                  &walk, static_cast<int>(trip.rewrites[segment].kind),
                  trip.rewrites[segment].index, 0};
  const auto known = reply_ways_.find(key);
  if (known != reply_ways_.end()) return known->second;
  std::vector<Way> ways;
  if (first) {
    ways = walk.from_place(place, IpSet::all());
  } else if (trip.rewrites[segment].kind == EndKind::kTranslated) {
    ways = walk.from_nat(trip.rewrites[segment].index);
  } else if (trip.rewrites[segment].kind == EndKind::kByNode) {
    ways = walk.to_pods_of(trip.rewrites[segment].index);
  } else if (trip.rewrites[segment].kind == EndKind::kMappedOut) {
    ways = walk.from_mapping(trip.rewrites[segment].index);
  } else {
    ways = walk.from_internet(false);
  }
  ReplyWays& filed = reply_ways_[key];
  filed.ways = std::move(ways);
  for (std::size_t i = 0; i < filed.ways.size(); ++i) {
    const Way& way = filed.ways[i];
    gave_up_replies_ |= way.end.kind == EndKind::kGivenUp;
    if (way.branched) {
      filed.branched.push_back(i);
    } else if (way.end.kind == EndKind::kDelivered) {
      filed.delivered[way.end.place].push_back(i);
    } else if (way.end.kind != EndKind::kDropped) {
      filed.rewritten.push_back(i);
    }
  }
  return filed;
}

/// Whether a reply way ends where the next rewriting is undone, or at home.
bool Trips::returns(const Way& way, const Stretch& back) const {
  if (back.segment == 0) {
    return way.end.kind == EndKind::kDelivered &&
           way.end.place == back.requester;
  }
  const Rewrite& rewrite = back.trip.rewrites[back.segment - 1];
  if (rewrite.kind == EndKind::kByNode) {
    return way.end.kind == EndKind::kDelivered &&
           compiled_.network.node_of(way.end.place) == rewrite.index;
  }
  if (way.end.index != rewrite.index) return false;
  switch (rewrite.kind) {
    case EndKind::kTranslated:
      return way.end.kind == EndKind::kReturned;
    case EndKind::kMappedOut:
      return way.end.kind == EndKind::kMappedIn;
    default:
      return way.end.kind == EndKind::kMappedOut;
  }
}

bool Trips::appliance(Fact fact) const {
  return fact.kind == FactKind::kEntry && !compiled_.network.parts()
                                               .transit_attachments[fact.object]
                                               .appliance_mode.is(false);
}

/// What may stand as destination of a reply that comes home to `place`.
IpSet Trips::home_of(Place place) const {
  const Network& network = compiled_.network;
  const TopologyParts& parts = network.parts();
  switch (place.kind) {
    case PlaceKind::kSubnet:
      return network.subnets[place.index].unlisted;
    case PlaceKind::kSegment:
      if (parts.segments[place.index].spoofs) break;
      return network.segment_prefixes[place.index];
    case PlaceKind::kSite:
      if (parts.sites[place.index].spoofs) break;
      return network.site_prefixes[place.index];
    default:
      break;
  }
  return IpSet::all();
}

/// What surely arrives at a place of a node, which gives it to its pods.
PacketSet Trips::arrived_at_node(const ReplyWays& replies, Index node) const {
  std::vector<PacketSet> parts;
  for (const auto& [place, ways] : replies.delivered) {
    if (compiled_.network.node_of(place) != node) continue;
    for (const std::size_t i : ways) parts.push_back(replies.ways[i].set);
  }
  return PacketSet::union_of(std::move(parts));
}

/// What comes back whatever is not known: by ways that have no alternative.
PacketSet Trips::surely_returned(const ReplyWays& replies,
                                 const Stretch& back) const {
  std::vector<PacketSet> parts;
  if (back.segment == 0) {
    const auto home = replies.delivered.find(back.requester);
    if (home == replies.delivered.end()) return {};
    const IpSet own = home_of(back.requester);
    for (const std::size_t i : home->second) {
      parts.push_back(replies.ways[i].set.restrict_dst(own));
    }
    return PacketSet::union_of(std::move(parts));
  }
  const Rewrite& rewrite = back.trip.rewrites[back.segment - 1];
  if (rewrite.kind == EndKind::kByNode) {
    return arrived_at_node(replies, rewrite.index);
  }
  for (const std::size_t i : replies.rewritten) {
    const Way& way = replies.ways[i];
    if (returns(way, back)) parts.push_back(way.set);
  }
  return PacketSet::union_of(std::move(parts));
}

/// The other ways of a reply, those that agree with what the request leans on,
/// as choices: the zone of an attachment in appliance mode is the request's
/// (S59).
std::vector<Choice> Trips::choices_of(const ReplyWays& replies,
                                      const Stretch& back, const Assumed& zones,
                                      std::vector<Assumed>& open) const {
  const IpSet home = back.segment == 0 ? home_of(back.requester) : IpSet::all();
  std::vector<Choice> choices;
  open.reserve(replies.branched.size());
  for (const std::size_t i : replies.branched) {
    const Way& way = replies.ways[i];
    std::optional<Assumed> rest = besides(way.assumed, zones);
    if (!rest) continue;
    Choice choice;
    choice.set = way.set.restrict_dst(home);
    if (choice.set.empty()) continue;
    if (returns(way, back)) choice.good.add(choice.set);
    if (way.end.kind == EndKind::kGivenUp) choice.good.add_possible(choice.set);
    open.push_back(std::move(*rest));
    choice.assumed = &open.back();
    choices.push_back(std::move(choice));
  }
  return choices;
}

/// Requests, in the header they had after `segment` rewritings, whose reply
/// gets from there to where the next rewriting is undone, or home.
const BoundSets& Trips::returned(Walk& walk, const Trip& trip,
                                 std::size_t segment, Place requester) {
  Assumed zones;
  for (const auto& one : trip.assumed) {
    if (appliance(one.first)) zones.push_back(one);
  }
  const Rewrite from =
      segment == trip.rewrites.size() ? Rewrite{} : trip.rewrites[segment];
  const Rewrite to = segment == 0 ? Rewrite{} : trip.rewrites[segment - 1];
  const ReturnKey key{&walk,    replier(trip), from.kind, from.index,  to.kind,
                      to.index, requester,     zones,     segment == 0};
  const auto known = returned_.find(key);
  if (known != returned_.end()) return known->second;

  const ReplyWays& replies = reply_ways(walk, trip, segment);
  const Stretch back{trip, segment, requester};
  BoundSets here;
  here.add(surely_returned(replies, back).replies_preimage());
  std::vector<Assumed> open;
  const std::vector<Choice> choices = choices_of(replies, back, zones, open);
  if (!choices.empty()) {
    BoundSets perhaps = bounds_of(choices);
    perhaps.some_always = perhaps.some_always.replies_preimage();
    perhaps.some_possibly = perhaps.some_possibly.replies_preimage();
    perhaps.all_always = perhaps.all_always.replies_preimage();
    perhaps.all_possibly = perhaps.all_possibly.replies_preimage();
    here |= perhaps;
  }
  return returned_.emplace(key, std::move(here)).first->second;
}

std::optional<PacketSet> Trips::replied_to_all(
    const Trip& trip, const std::vector<Scope>& requesters) {
  if (trip.branched || !trip.rewrites.empty()) return std::nullopt;
  Walk& walk = reply_walk(trip);
  const auto [at, fresh] =
      returned_to_all_.try_emplace({&walk, replier(trip), &requesters});
  if (fresh) {
    at->second = returned_to_all(reply_ways(walk, trip, 0), requesters);
  }
  if (!at->second) return std::nullopt;
  return *at->second & trip.set;
}

std::optional<PacketSet> Trips::returned_to_all(
    const ReplyWays& replies, const std::vector<Scope>& requesters) const {
  std::vector<PacketSet> parts;
  for (const Scope& scope : requesters) {
    for (const std::size_t i : replies.branched) {
      const PacketSet back = replies.ways[i].set.restrict_dst(scope.addresses);
      if (!back.empty()) return std::nullopt;
    }
    const auto home = replies.delivered.find(scope.place);
    if (home == replies.delivered.end()) continue;
    const IpSet own = scope.addresses & home_of(scope.place);
    for (const std::size_t i : home->second) {
      parts.push_back(replies.ways[i].set.restrict_dst(own));
    }
  }
  return PacketSet::union_of(std::move(parts)).replies_preimage();
}

BoundSets Trips::replied(const Trip& trip, Place requester) {
  Walk& walk = reply_walk(trip);
  BoundSets back = returned(walk, trip, trip.rewrites.size(), requester);
  for (std::size_t segment = trip.rewrites.size(); segment-- > 0;) {
    const BoundSets& here = returned(walk, trip, segment, requester);
    const Rewrite& rewrite = trip.rewrites[segment];
    back.some_always =
        undo(back.some_always, rewrite, false) & here.some_always;
    back.some_possibly =
        undo(back.some_possibly, rewrite, false) & here.some_possibly;
    back.all_always = undo(back.all_always, rewrite, true) & here.all_always;
    back.all_possibly =
        undo(back.all_possibly, rewrite, true) & here.all_possibly;
  }
  back.some_always &= trip.set;
  back.some_possibly &= trip.set;
  back.all_always &= trip.set;
  back.all_possibly &= trip.set;
  return back;
}

}  // namespace netproof::engine
