#include "rules/cover.hpp"

#include <utility>

#include "netproof/net/ip_set_union.hpp"

namespace netproof {

namespace {

// The part of `zone` at `place`: every address if it holds the whole place,
// because a destination may be rewritten on the way.
IpSet part_of(const Case& c, const ZoneScope& zone, Place place) {
  const auto at = zone.find(place);
  if (!at) return {};
  const IpSet& part = zone.scopes[*at].addresses;
  return part == c.locations.addresses(place) ? IpSet::all() : part;
}

// True for places whose packets may say that they come from any location of
// the place, or from elsewhere.
bool spoofs(const Case& c, Place place) {
  const TopologyParts& parts = c.topology().parts();
  if (place.kind == PlaceKind::kSite) return parts.sites.at(place.index).spoofs;
  return place.kind == PlaceKind::kSegment &&
         parts.segments.at(place.index).spoofs;
}

// The sources by which what `zone` sends from a lone place is told. Where one
// location of the place may name another as source, none tells it.
IpSet sources_at(const Case& c, const ZoneScope& zone, const Scope& from) {
  const auto at = zone.find(from.place);
  if (!at) return {};
  const IpSet& part = zone.scopes[*at].addresses;
  if (from.addresses.lies_inside(part)) return IpSet::all();
  return spoofs(c, from.place) ? IpSet{} : part;
}

IpSet sources(const Case& c, const ZoneScope& zone,
              const std::vector<Scope>& from) {
  if (from.size() == 1) return sources_at(c, zone, from.front());
  IpSetUnion chosen;
  for (const Scope& scope : from) {
    const auto at = zone.find(scope.place);
    if (!at) continue;
    const IpSet& part = zone.scopes[*at].addresses;
    chosen.add(part == scope.addresses ? part : part & scope.addresses);
  }
  return chosen.take();
}

TransportSet reply_of_range(const TransportRange& range) {
  if (has_ports(range.protocol)) {
    return TransportSet::ports(range.protocol, range.dport_first,
                               range.dport_last, range.sport_first,
                               range.sport_last);
  }
  if (!is_icmp(range.protocol)) return TransportSet::protocol(range.protocol);
  const bool v4 = range.protocol == kIcmp;
  const auto request = v4 ? kIcmpEchoRequest : kIcmpv6EchoRequest;
  const auto reply = v4 ? kIcmpEchoReply : kIcmpv6EchoReply;
  const bool asks = range.sport_first <= request &&
                    request <= range.sport_last && range.dport_first == 0;
  if (!asks) return {};
  return TransportSet::icmp(range.protocol, reply, reply, 0, 0);
}

}  // namespace

IpSet addresses_of(const std::vector<Scope>& scopes) {
  IpSetUnion all;
  for (const Scope& scope : scopes) all.add(scope.addresses);
  return all.take();
}

TransportSet replies_of(const TransportSet& requests) {
  std::vector<TransportSet> replies;
  for (const TransportRange& range : requests.ranges()) {
    replies.push_back(reply_of_range(range));
  }
  return TransportSet::union_of(std::move(replies));
}

std::vector<Cover> covers_of(const Case& c,
                             const std::vector<AllowEntry>& entries,
                             const ZoneScope& from, const ZoneScope& to,
                             Judgement& j) {
  std::vector<Cover> covers;
  for (const AllowEntry& entry : entries) {
    Cover cover;
    cover.from = entry.from ? zone_of(c, *entry.from, j) : from;
    cover.to = entry.to ? zone_of(c, *entry.to, j) : to;
    cover.service = entry.service.value_or(TransportSet::all());
    cover.replies = replies_of(cover.service);
    covers.push_back(std::move(cover));
  }
  return covers;
}

PacketSet covered(const Case& c, const std::vector<Cover>& covers,
                  const std::vector<Scope>& from, Place to) {
  std::vector<PacketSet> parts;
  for (const Cover& cover : covers) {
    const IpSet there = part_of(c, cover.to, to);
    if (!there.empty()) {
      parts.push_back(
          PacketSet::box(sources(c, cover.from, from), there, cover.service));
    }
    const IpSet back = part_of(c, cover.from, to);
    if (!back.empty()) {
      parts.push_back(
          PacketSet::box(sources(c, cover.to, from), back, cover.replies));
    }
  }
  return PacketSet::union_of(std::move(parts));
}

}  // namespace netproof
