#include "netproof/rules/scope.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

namespace netproof {

/// A location that a selector matched, with the object that makes it a member.
struct Locations::Chosen {
  std::size_t leaf = 0;
  IpSet addresses;
  std::size_t member = 0;
};

namespace {

// Deeper nesting of zones is a zone that contains itself.
constexpr int kDeepestZone = 32;

bool one_of(const std::vector<std::string>& values, const std::string& value) {
  return std::ranges::find(values, value) != values.end();
}

bool chooses_objects(const Selector& s) {
  return !s.labels.empty() || !s.accounts.empty() || !s.vpcs.empty() ||
         !s.subnets.empty() || !s.interfaces.empty() || !s.hosts.empty() ||
         !s.sites.empty() || !s.segments.empty() || !s.pods.empty();
}

bool says_something(const Selector& s) {
  return chooses_objects(s) || !s.cidrs.empty() || !s.zones.empty() ||
         s.everyone || s.internet || !s.minus.empty();
}

}  // namespace

std::optional<std::size_t> ZoneScope::find(Place place) const {
  const auto at = std::ranges::lower_bound(
      scopes, place, {}, [](const Scope& scope) { return scope.place; });
  if (at == scopes.end() || at->place != place) return std::nullopt;
  return static_cast<std::size_t>(at - scopes.begin());
}

std::string_view Locations::kind_name(Kind kind) {
  static constexpr std::string_view kNames[] = {
      "account", "vpc",  "subnet",   "interface", "host",
      "segment", "site", "endpoint", "internet"};
  return kNames[static_cast<std::size_t>(kind)];
}

const Locations::Node* Locations::holder(std::size_t node, Kind kind) const {
  std::optional<std::size_t> at = node;
  while (at) {
    if (nodes_[*at].kind == kind) return &nodes_[*at];
    at = nodes_[*at].parent;
  }
  return nullptr;
}

// Keys are ANDed, the values of one key ORed. A name holds for the object and
// for everything in it.
bool Locations::matches(std::size_t node, const Selector& selector) const {
  for (const auto& [label, values] : selector.labels) {
    const auto at = nodes_[node].labels.find(label);
    if (at == nodes_[node].labels.end() || !one_of(values, at->second)) {
      return false;
    }
  }
  const auto within = [&](Kind kind, const std::vector<std::string>& names) {
    if (names.empty()) return true;
    const Node* object = holder(node, kind);
    return object != nullptr && one_of(names, object->name);
  };
  return selector.pods.empty() && within(Kind::kAccount, selector.accounts) &&
         within(Kind::kVpc, selector.vpcs) &&
         within(Kind::kSubnet, selector.subnets) &&
         within(Kind::kInterface, selector.interfaces) &&
         within(Kind::kHost, selector.hosts) &&
         within(Kind::kSite, selector.sites) &&
         within(Kind::kSegment, selector.segments);
}

std::size_t Locations::outermost(std::size_t node,
                                 const Selector& selector) const {
  std::size_t found = node;
  std::optional<std::size_t> at = nodes_[node].parent;
  while (at) {
    if (matches(*at, selector)) found = *at;
    at = nodes_[*at].parent;
  }
  return found;
}

std::size_t Locations::place_object(std::size_t node) const {
  std::size_t at = node;
  while (nodes_[at].parent &&
         nodes_[*nodes_[at].parent].kind != Kind::kAccount) {
    at = *nodes_[at].parent;
  }
  return at;
}

std::vector<Locations::Chosen> Locations::choose(const Selector& selector,
                                                 const Zones& zones, int depth,
                                                 Diagnostics& problems) const {
  std::vector<Chosen> chosen;
  if (depth > kDeepestZone) {
    problems.push_back({"zone-contains-itself", selector.where,
                        "a zone does not contain itself", selector.name, ""});
    return chosen;
  }
  if (!says_something(selector)) return chosen;
  check_names(selector, zones, problems);

  // By leaf: what the zones in `zones:` hold of it, and whose member it is.
  std::map<std::size_t, Chosen> in_zones;
  for (const std::string& name : selector.zones) {
    const auto zone = zones.find(name);
    if (zone == zones.end()) continue;
    for (Chosen& part : choose(zone->second, zones, depth + 1, problems)) {
      const auto [at, fresh] = in_zones.try_emplace(part.leaf, part);
      if (!fresh) at->second.addresses |= part.addresses;
    }
  }
  const IpSet cidrs = IpSet::from_prefixes(selector.cidrs);
  const bool by_object = chooses_objects(selector);
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    const Leaf& leaf = leaves_[i];
    Chosen one{i, leaf.addresses, place_object(leaf.node)};
    if (selector.internet && leaf.place.kind != PlaceKind::kInternet) continue;
    if (by_object) {
      if (!matches(leaf.node, selector)) continue;
      one.member = outermost(leaf.node, selector);
    }
    if (!selector.zones.empty()) {
      const auto at = in_zones.find(i);
      if (at == in_zones.end()) continue;
      one.addresses = at->second.addresses;
      if (!by_object) one.member = at->second.member;
    }
    if (!selector.cidrs.empty()) {
      one.addresses &= cidrs;
      if (one.addresses.empty()) continue;
    }
    chosen.push_back(std::move(one));
  }
  for (const Selector& minus : selector.minus) {
    std::map<std::size_t, IpSet> taken;
    for (Chosen& part : choose(minus, zones, depth + 1, problems)) {
      taken[part.leaf] |= part.addresses;
    }
    for (Chosen& one : chosen) {
      const auto at = taken.find(one.leaf);
      if (at != taken.end()) one.addresses -= at->second;
    }
    std::erase_if(chosen, [&](const Chosen& one) {
      return one.addresses.empty() && !leaves_[one.leaf].addresses.empty();
    });
  }
  return chosen;
}

ZoneScope Locations::gather(std::vector<Chosen> chosen,
                            bool listed_only) const {
  ZoneScope zone;
  std::map<std::size_t, std::uint32_t> numbers;
  std::set<std::string> unknown;
  for (Chosen& one : chosen) {
    const Leaf& leaf = leaves_[one.leaf];
    if (leaf.addresses_unknown) {
      unknown.insert(fmt::format("the addresses of {} are not all known",
                                 nodes_[leaf.node].full_name));
    }
    const bool implied = leaf.place.kind == PlaceKind::kSubnet ||
                         leaf.place.kind == PlaceKind::kSegment;
    if (listed_only && implied && leaf.has_listed) continue;
    if (one.addresses.empty()) continue;
    const auto [at, fresh] = numbers.try_emplace(
        one.member, static_cast<std::uint32_t>(zone.members.size()));
    if (fresh) zone.members.push_back(nodes_[one.member].full_name);
    zone.scopes.push_back({leaf.place, std::move(one.addresses)});
    zone.owner.push_back(at->second);
  }
  zone.unknown.assign(unknown.begin(), unknown.end());
  return zone;
}

ZoneScope Locations::select(const Selector& selector, const Zones& zones,
                            bool listed_only) const {
  Diagnostics problems;
  ZoneScope zone = gather(choose(selector, zones, 0, problems), listed_only);
  zone.name = selector.name;
  if (zone.empty() && problems.empty()) {
    problems.push_back({"zone-selects-something", selector.where,
                        "a zone selects at least one location of the network",
                        selector.name, why_empty(selector)});
  }
  zone.problems = std::move(problems);
  return zone;
}

ZoneScope Locations::outside(const ZoneScope& zone, bool listed_only) const {
  std::vector<Chosen> chosen;
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    Chosen one{i, leaves_[i].addresses, place_object(leaves_[i].node)};
    if (const auto at = zone.find(leaves_[i].place)) {
      one.addresses -= zone.scopes[*at].addresses;
      if (one.addresses.empty()) continue;
    }
    chosen.push_back(std::move(one));
  }
  ZoneScope result = gather(std::move(chosen), listed_only);
  result.name = "everyone else";
  return result;
}

std::vector<Place> Locations::places_of(const Selector& selector,
                                        const Zones& zones) const {
  Diagnostics ignored;
  std::vector<Place> places;
  for (const Chosen& one : choose(selector, zones, 0, ignored)) {
    places.push_back(leaves_[one.leaf].place);
  }
  return places;
}

const IpSet& Locations::addresses(Place place) const {
  static const IpSet kNothing;
  const auto at = std::ranges::lower_bound(leaves_, place, {}, &Leaf::place);
  return at == leaves_.end() || at->place != place ? kNothing : at->addresses;
}

bool Locations::listed(Place place) const {
  const auto at = std::ranges::lower_bound(leaves_, place, {}, &Leaf::place);
  return at != leaves_.end() && at->place == place && at->listed;
}

std::vector<std::string> Locations::values_of(const std::string& label) const {
  std::set<std::string> values;
  for (const Node& node : nodes_) {
    const auto at = node.labels.find(label);
    if (at != node.labels.end() && !at->second.empty()) {
      values.insert(at->second);
    }
  }
  return {values.begin(), values.end()};
}

}  // namespace netproof
