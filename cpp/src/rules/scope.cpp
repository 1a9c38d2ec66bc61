#include "netproof/rules/scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "rules/public_doubt.hpp"
#include "rules/scope_choice.hpp"

namespace netproof {

namespace {

// Deeper nesting of zones is a zone that contains itself.
constexpr int kDeepestZone = 32;

bool one_of(const std::vector<std::string>& values, const std::string& value) {
  return std::ranges::find(values, value) != values.end();
}

bool says_something(const Selector& s) {
  return !s.cidrs.empty() || !s.names.empty() || !s.zones.empty() ||
         s.everyone || s.internet || !s.minus.empty();
}

// An element of a list: a zone, else what a text means that is none.
std::optional<Selector> zone_or_text(const std::string& name,
                                     const Zones& zones,
                                     const Location& where) {
  const auto zone = zones.find(name);
  if (zone != zones.end()) return zone->second;
  auto selector = parse_selector(name, zones);
  if (selector) selector->where = where;
  return selector;
}

}  // namespace

bool Locations::chooses_objects(const Selector& s) {
  return !s.labels.empty() || !s.accounts.empty() || !s.vpcs.empty() ||
         !s.subnets.empty() || !s.interfaces.empty() || !s.hosts.empty() ||
         !s.sites.empty() || !s.segments.empty() || !s.pods.empty() ||
         !s.endpoints.empty();
}

std::optional<std::size_t> ZoneScope::find(Place place) const {
  const auto at = std::ranges::lower_bound(
      scopes, place, {}, [](const Scope& scope) { return scope.place; });
  if (at == scopes.end() || at->place != place) return std::nullopt;
  return static_cast<std::size_t>(at - scopes.begin());
}

std::string_view Locations::kind_name(Kind kind) {
  static constexpr std::string_view kNames[] = {
      "account", "vpc",      "subnet",  "interface", "host", "segment",
      "site",    "endpoint", "cluster", "namespace", "pod",  "internet"};
  return kNames[static_cast<std::size_t>(kind)];
}

const Locations::Node* Locations::holder(std::size_t node, Kind kind) const {
  std::optional<std::size_t> at = node;
  while (at) {
    if (nodes_[*at].kind == kind) return &nodes_[*at];
    if (const auto carrier = nodes_[*at].carrier) {
      if (const Node* found = holder(*carrier, kind)) return found;
    }
    at = nodes_[*at].parent;
  }
  return nullptr;
}

// Keys are ANDed, the values of one key ORed. Of the labels that are absent
// `absent_ones` count.
bool Locations::labels_match(std::size_t node, const Selector& selector,
                             const std::set<std::string>& absent_ones) const {
  const Labels& labels = nodes_[node].labels;
  return std::ranges::all_of(selector.labels, [&](const auto& wanted) {
    const auto at = labels.find(wanted.first);
    return at == labels.end() ? absent_ones.contains(wanted.first)
                              : one_of(wanted.second, at->second);
  });
}

bool Locations::matches(std::size_t node, const Selector& selector) const {
  return labels_match(node, selector, {}) && names_match(node, selector);
}

// A name holds for the object and for everything in it.
bool Locations::names_match(std::size_t node, const Selector& selector) const {
  const auto within = [&](Kind kind, const std::vector<std::string>& names) {
    if (names.empty()) return true;
    const Node* object = holder(node, kind);
    return object != nullptr && one_of(names, object->name);
  };
  const std::vector<std::string>& endpoints = nodes_[node].endpoints;
  const bool of_endpoint =
      selector.endpoints.empty() ||
      std::ranges::any_of(endpoints, [&](const std::string& name) {
        return one_of(selector.endpoints, name);
      });
  return of_endpoint && within(Kind::kPod, selector.pods) &&
         within(Kind::kAccount, selector.accounts) &&
         within(Kind::kVpc, selector.vpcs) &&
         within(Kind::kSubnet, selector.subnets) &&
         within(Kind::kInterface, selector.interfaces) &&
         within(Kind::kHost, selector.hosts) &&
         within(Kind::kSite, selector.sites) &&
         within(Kind::kSegment, selector.segments);
}

std::size_t Locations::outermost(std::size_t node,
                                 const Selector& selector) const {
  // A zone of VPCs or their parts holds pods as parts of those.
  if (const auto carrier = nodes_[node].carrier) {
    const std::size_t by_carrier = outermost(*carrier, selector);
    if (matches(by_carrier, selector)) return by_carrier;
  }
  std::size_t found = node;
  std::optional<std::size_t> at = nodes_[node].parent;
  while (at) {
    if (matches(*at, selector)) found = *at;
    at = nodes_[*at].parent;
  }
  return found;
}

std::size_t Locations::place_object(std::size_t node) const {
  std::size_t at = nodes_[node].carrier.value_or(node);
  while (nodes_[at].parent &&
         nodes_[*nodes_[at].parent].kind != Kind::kAccount) {
    at = *nodes_[at].parent;
  }
  return at;
}

// What the zones in `zones:` hold, by leaf, and whose member it is.
Locations::Choice Locations::choose_zones(const Selector& selector,
                                          const Zones& zones, int depth,
                                          Diagnostics& problems) const {
  if (selector.zones.size() == 1) {
    const auto element =
        zone_or_text(selector.zones.front(), zones, selector.where);
    return element ? choose(*element, zones, depth + 1, problems) : Choice{};
  }
  Choice all;
  std::map<std::size_t, Chosen> by_leaf;
  for (const std::string& name : selector.zones) {
    const auto element = zone_or_text(name, zones, selector.where);
    if (!element) continue;
    Choice part = choose(*element, zones, depth + 1, problems);
    all.unowned |= part.unowned;
    for (Chosen& one : part.chosen) {
      const auto [at, fresh] = by_leaf.try_emplace(one.leaf, one);
      if (fresh) continue;
      at->second.unite(one);
    }
    for (const auto& [node, whole] : part.gaps) {
      all.gaps[node] = all.gaps[node] || whole;
    }
  }
  for (auto& [leaf, one] : by_leaf) all.chosen.push_back(std::move(one));
  return all;
}

void Locations::take_away(const Selector& minus, const Zones& zones, int depth,
                          Choice& choice, Diagnostics& problems) const {
  std::map<std::size_t, IpSet> taken;
  Choice away = choose(minus, zones, depth + 1, problems);
  for (Chosen& part : away.chosen) {
    taken[part.leaf] |= part.addresses | part.possible;
  }
  for (Chosen& one : choice.chosen) {
    const auto at = taken.find(one.leaf);
    if (at != taken.end()) one.take(at->second);
  }
  std::erase_if(choice.chosen, [&](const Chosen& one) {
    return one.empty() && !leaves_[one.leaf].addresses.empty();
  });
  for (const auto& [node, whole] : away.gaps) {
    if (whole) choice.gaps.erase(node);
  }
  choice.unowned -= away.unowned;
  if (!chooses_objects(minus) && minus.zones.empty()) {
    choice.unowned -= IpSet::from_prefixes(minus.cidrs);
  }
}

Locations::Choice Locations::choose(const Selector& selector,
                                    const Zones& zones, int depth,
                                    Diagnostics& problems) const {
  Choice choice;
  if (depth > kDeepestZone) {
    problems.push_back({"zone-contains-itself", selector.where,
                        "a zone does not contain itself", selector.name, ""});
    return choice;
  }
  check_names(selector, zones, problems);
  if (!chooses_objects(selector) && !says_something(selector)) return choice;

  Choice in_zones = choose_zones(selector, zones, depth, problems);
  const bool by_object = chooses_objects(selector);
  const bool by_address = !selector.cidrs.empty() || !selector.names.empty();
  IpSet addresses = IpSet::from_prefixes(selector.cidrs);
  if (!selector.names.empty()) {
    const IpSet named = addresses_named(selector);
    addresses = selector.cidrs.empty() ? named : addresses & named;
  }
  auto zoned = in_zones.chosen.begin();
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    const Leaf& leaf = leaves_[i];
    if (selector.internet && leaf.place.kind != PlaceKind::kInternet) continue;
    if (by_object && leaf.unlisted.empty() && !matches(leaf.node, selector)) {
      continue;
    }
    Chosen one;
    if (selector.zones.empty()) {
      one = whole(i);
    } else {
      while (zoned != in_zones.chosen.end() && zoned->leaf < i) ++zoned;
      if (zoned == in_zones.chosen.end() || zoned->leaf != i) continue;
      one = std::move(*zoned);
      if (by_object) one.member = place_object(leaf.node);
    }
    if (!narrow(selector, addresses, one)) continue;
    choice.chosen.push_back(std::move(one));
  }
  choice.gaps = std::move(in_zones.gaps);
  choose_gaps(selector, choice);
  // An address without an owner is in no object.
  if (!by_object && !selector.internet) {
    if (!selector.zones.empty()) {
      choice.unowned = in_zones.unowned;
      if (by_address) choice.unowned &= addresses;
    } else if (!selector.names.empty()) {
      choice.unowned = owned_by_nobody(std::move(addresses));
    }
  }
  for (const Selector& minus : selector.minus) {
    take_away(minus, zones, depth, choice, problems);
  }
  return choice;
}

Locations::Chosen Locations::whole(std::size_t leaf) const {
  return {leaf, leaves_[leaf].addresses,          leaves_[leaf].possible,
          {},   place_object(leaves_[leaf].node), false,
          true};
}

// An open subnet stands for those that its VPC does not list.
std::string Locations::unlisted_text(const Leaf& leaf) const {
  const Node* holding = &nodes_[leaf.node];
  if (leaf.unlisted == "subnet") holding = holder(leaf.node, Kind::kVpc);
  return fmt::format("{} may hold another {}", holding->full_name,
                     leaf.unlisted);
}

namespace {

// In a snapshot an unlisted address carries any one group of its VPC: what
// holds for all of them together need not hold for each.
bool any_one_group(const Topology& topology, Place place) {
  if (!topology->snapshot || place.kind != PlaceKind::kSubnet) return false;
  if (place.index >= topology->subnets.size()) return true;
  const Subnet& subnet = topology->subnets[place.index];
  if (subnet.interfaces_open || !subnet.vpc) return true;
  const auto& groups = topology->vpcs[subnet.vpc.id->index()].security_groups;
  return !groups || groups->open || groups->items.size() > 1;
}

}  // namespace

ZoneScope Locations::gather(Choice choice, bool listed_only) const {
  ZoneScope zone;
  zone.unowned = std::move(choice.unowned);
  std::map<std::size_t, std::uint32_t> numbers;
  std::set<std::string> unknown;
  for (Chosen& one : choice.chosen) {
    const Leaf& leaf = leaves_[one.leaf];
    const std::string& name = nodes_[leaf.node].full_name;
    if (!one.possible.empty()) {
      unknown.insert(
          fmt::format("the addresses of {} are not all known", name));
      zone.possible.push_back({leaf.place, one.possible});
    }
    if (!one.perhaps.empty()) {
      unknown.insert(unlisted_text(leaf) + " with labels of its own");
    }
    const bool implied = leaf.place.kind == PlaceKind::kSubnet ||
                         leaf.place.kind == PlaceKind::kSegment;
    if (listed_only && implied && leaf.has_listed) {
      if (!leaf.unlisted.empty() && !one.empty()) {
        unknown.insert(unlisted_text(leaf));
      }
      if (one.named) zone.unowned |= one.addresses;
      continue;
    }
    if (one.addresses.empty()) continue;
    if (leaf.place.kind == PlaceKind::kInternet &&
        hides_public_addresses(topology_)) {
      unknown.insert("which addresses the internet can call is not known");
    }
    if (listed_only && any_one_group(topology_, leaf.place)) {
      unknown.insert(fmt::format(
          "which group the addresses of {} carry is not known", name));
    }
    const auto [at, fresh] = numbers.try_emplace(
        one.member, static_cast<std::uint32_t>(zone.members.size()));
    if (fresh) zone.members.push_back(nodes_[one.member].full_name);
    zone.scopes.push_back({leaf.place, std::move(one.addresses)});
    zone.owner.push_back(at->second);
  }
  for (const auto& [node, _] : choice.gaps) {
    unknown.insert(fmt::format("the addresses of {} are not all known",
                               nodes_[node].full_name));
  }
  zone.unknown.assign(unknown.begin(), unknown.end());
  return zone;
}

ZoneScope Locations::select(const Selector& selector, const Zones& zones,
                            bool listed_only) const {
  Diagnostics problems;
  ZoneScope zone = gather(choose(selector, zones, 0, problems), listed_only);
  zone.name = selector.name;
  if (zone.empty() && zone.unowned.empty() && zone.unknown.empty() &&
      problems.empty()) {
    problems.push_back({"zone-selects-something", selector.where,
                        "a zone selects at least one location of the network",
                        selector.name, why_empty(selector)});
  }
  zone.problems = std::move(problems);
  return zone;
}

ZoneScope Locations::outside(const ZoneScope& zone, bool listed_only) const {
  Choice choice;
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    Chosen one = whole(i);
    if (const auto at = zone.find(leaves_[i].place)) {
      one.take(zone.scopes[*at].addresses);
    }
    const auto open = std::ranges::lower_bound(zone.possible, leaves_[i].place,
                                               {}, &Scope::place);
    if (open != zone.possible.end() && open->place == leaves_[i].place) {
      one.take(open->addresses);
    }
    if (one.empty() && !leaves_[i].addresses.empty()) continue;
    choice.chosen.push_back(std::move(one));
  }
  for (const std::size_t node : gaps_) choice.gaps.emplace(node, true);
  ZoneScope result = gather(std::move(choice), listed_only);
  result.name = "everyone else";
  return result;
}

std::vector<Place> Locations::places_of(const Selector& selector,
                                        const Zones& zones) const {
  Diagnostics ignored;
  std::vector<Place> places;
  for (const Chosen& one : choose(selector, zones, 0, ignored).chosen) {
    if (one.known) places.push_back(leaves_[one.leaf].place);
  }
  return places;
}

std::vector<Place> Locations::places_partly_in(const Selector& selector,
                                               const Zones& zones) const {
  Diagnostics ignored;
  std::vector<Place> places;
  for (const Chosen& one : choose(selector, zones, 0, ignored).chosen) {
    const Leaf& leaf = leaves_[one.leaf];
    const bool all =
        one.addresses == leaf.addresses && one.possible == leaf.possible;
    if (one.known && !all) places.push_back(leaf.place);
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
