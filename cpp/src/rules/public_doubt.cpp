#include "rules/public_doubt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "rules/judging.hpp"
#include "rules/pod_doubt.hpp"

namespace netproof {
namespace {

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
bool may_meet_the_internet(const Topology& topology, const ZoneScope& zone) {
  return std::ranges::any_of(zone.scopes, [&](const Scope& scope) {
    switch (scope.place.kind) {
      case PlaceKind::kInternet:
      case PlaceKind::kSegment:
      case PlaceKind::kHost:
        return true;
      default:
        break;
    }
    const auto carrier = carrier_of(topology.parts(), scope.place);
    return carrier &&
           !topology->interfaces[carrier->index()].public_addresses.empty();
  });
}

}  // namespace

PublicDoubt::PublicDoubt(const Topology& topology)
    : topology_{topology}, subnets_{doubted_subnets(topology)} {}

bool PublicDoubt::about(Place place) const {
  return std::ranges::binary_search(subnets_, place);
}

void PublicDoubt::settle(Trace& trace) const {
  if (subnets_.empty() || !trace.at) return;
  const Place internet{PlaceKind::kInternet, 0};
  const auto& drop = trace.forward.drop;
  if (trace.forward.fate == Fate::kDropped && drop &&
      drop->code == DropCode::kNoPublicIp && about(*trace.at)) {
    make_unknown(trace, {reason(*trace.at)});
  } else if (trace.forward.fate == Fate::kDelivered && trace.at == internet &&
             trace.to == internet) {
    make_unknown(trace, everywhere());
  }
}

std::vector<std::string> PublicDoubt::everywhere() const {
  std::vector<std::string> reasons;
  for (const Place place : subnets_) reasons.push_back(reason(place));
  std::ranges::sort(reasons);
  return reasons;
}

std::vector<std::string> PublicDoubt::between(const Engine& engine,
                                              const ZoneScope& from,
                                              const ZoneScope& to) const {
  const bool leaves = !subnets_.empty() && holds_one(to, subnets_) &&
                      may_reach_internet(engine, from);
  return between(from, to, leaves);
}

std::vector<std::string> PublicDoubt::between(const ZoneScope& from,
                                              const ZoneScope& to,
                                              bool leaves) const {
  std::vector<std::string> reasons;
  const bool out =
      may_meet_the_internet(topology_, to) || holds_one(to, subnets_);
  for (const Place place : subnets_) {
    if ((leaves && to.find(place)) || (out && from.find(place))) {
      reasons.push_back(reason(place));
    }
  }
  for (std::string& reason : pod_address_doubts(topology_, from, to)) {
    reasons.push_back(std::move(reason));
  }
  std::ranges::sort(reasons);
  return reasons;
}

std::string PublicDoubt::reason(Place place) const {
  return fmt::format("{} may hold an interface with a public address",
                     to_string(topology_, place));
}

bool PublicDoubt::may_reach_internet(const Engine& engine,
                                     const ZoneScope& zone) {
  const Place internet{PlaceKind::kInternet, 0};
  if (zone.find(internet)) return true;
  Question question;
  question.from = zone.scopes;
  question.to = {{internet, global_unicast()}};
  question.keep_dropped = false;
  return !engine.ask(question).passages.empty();
}

void make_unknown(Trace& trace, std::vector<std::string> reasons) {
  trace.forward.fate = Fate::kUnknown;
  trace.forward.unknown = reasons;
  trace.connection = ConnectionFate::kUnknown;
  trace.connection_direction.clear();
  trace.connection_drop.reset();
  trace.connection_unknown = std::move(reasons);
}

bool hides_public_addresses(const Topology& topology) {
  return std::ranges::any_of(topology->gaps, [](const Diagnostic& gap) {
    return gap.code == "public-addresses-are-known";
  });
}

void note_public_addresses(const Case& c, const ZoneScope& from,
                           const ZoneScope& to, Judgement& j) {
  const std::vector<std::string> reasons =
      PublicDoubt{c.topology()}.between(c.engine, from, to);
  j.unknown.insert(j.unknown.end(), reasons.begin(), reasons.end());
}

}  // namespace netproof
