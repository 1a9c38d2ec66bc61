#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "rules/judging.hpp"

namespace netproof {
namespace {

/// Subnets whose unlisted interfaces may have public addresses that nobody
/// knows: those of VPCs with an internet gateway that may hold interfaces
/// besides the listed ones (S27).
std::vector<Place> doubted_subnets(const Topology& topology) {
  std::set<std::size_t> connected;
  for (const InternetGateway& gateway : topology->internet_gateways) {
    if (!gateway.vpc || !gateway.vpc->id) continue;
    const std::size_t vpc = gateway.vpc->id->index();
    const auto& access = topology->vpcs[vpc].public_access;
    if (!access.is(PublicAccess::kBlocked)) connected.insert(vpc);
  }
  std::vector<Place> places;
  if (connected.empty()) return places;
  const std::vector<SubnetView> subnets = subnets_of(topology);
  for (std::uint32_t s = 0; s < subnets.size(); ++s) {
    const SubnetView& subnet = subnets[s];
    const bool open = subnet.open || (subnet.written != nullptr &&
                                      subnet.written->interfaces_open);
    if (open && connected.contains(subnet.vpc.index())) {
      places.push_back({PlaceKind::kSubnet, s});
    }
  }
  return places;
}

bool holds_one(const ZoneScope& zone, const std::vector<Place>& places) {
  return std::ranges::any_of(
      places, [&](Place place) { return zone.find(place).has_value(); });
}

// Where packets of the internet may come from or arrive.
bool may_meet_the_internet(const Case& c, const ZoneScope& zone) {
  return std::ranges::any_of(zone.scopes, [&](const Scope& scope) {
    switch (scope.place.kind) {
      case PlaceKind::kInternet:
      case PlaceKind::kSegment:
      case PlaceKind::kHost:
        return true;
      case PlaceKind::kInterface:
        return !c.topology()
                    ->interfaces[scope.place.index]
                    .public_addresses.empty();
      default:
        return false;
    }
  });
}

bool may_reach_the_internet(const Case& c, const ZoneScope& zone) {
  const Place internet{PlaceKind::kInternet, 0};
  if (zone.find(internet)) return true;
  Question question;
  question.from = zone.scopes;
  question.to = {{internet, c.locations.addresses(internet)}};
  question.keep_dropped = false;
  return !c.engine.ask(question).passages.empty();
}

}  // namespace

void note_public_addresses(const Case& c, const ZoneScope& from,
                           const ZoneScope& to, Judgement& j) {
  const std::vector<Place> doubted = doubted_subnets(c.topology());
  if (doubted.empty()) return;
  const bool in = holds_one(to, doubted) && may_reach_the_internet(c, from);
  const bool out = holds_one(from, doubted) &&
                   (may_meet_the_internet(c, to) || holds_one(to, doubted));
  if (!in && !out) return;
  for (const Place place : doubted) {
    if (!(in && to.find(place)) && !(out && from.find(place))) continue;
    j.unknown.push_back(
        fmt::format("{} may hold an interface with a public address",
                    to_string(c.topology(), place)));
  }
}

}  // namespace netproof
