#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>

#include "netproof/rules/scope.hpp"

namespace netproof {

namespace {

using Names = std::vector<std::string>;

struct KindList {
  std::string_view kind;
  std::string_view many;  ///< in messages
  Names Selector::*names;
};

constexpr std::array<KindList, 11> kLists = {{
    {"account", "accounts", &Selector::accounts},
    {"vpc", "vpcs", &Selector::vpcs},
    {"subnet", "subnets", &Selector::subnets},
    {"interface", "interfaces", &Selector::interfaces},
    {"host", "hosts", &Selector::hosts},
    {"site", "sites", &Selector::sites},
    {"segment", "segments", &Selector::segments},
    {"endpoint", "endpoints", &Selector::endpoints},
    {"pod", "pods", &Selector::pods},
    {"name", "DNS records", &Selector::names},
    {"bucket", "buckets", &Selector::buckets},
}};

template <class T>
Names names_of(const std::vector<T>& objects) {
  Names names;
  for (const T& object : objects) names.push_back(object.name);
  return names;
}

Names known_names(const Topology& topology, std::string_view kind) {
  if (kind == "vpc") return names_of(topology->vpcs);
  if (kind == "subnet") {
    Names names;
    for (const SubnetView& subnet : subnets_of(topology)) {
      names.push_back(subnet.name);
    }
    return names;
  }
  if (kind == "interface") return names_of(topology->interfaces);
  if (kind == "host") return names_of(topology->hosts);
  if (kind == "site") return names_of(topology->sites);
  if (kind == "segment") return names_of(topology->segments);
  if (kind == "endpoint") return names_of(topology->endpoints);
  if (kind == "pod") return names_of(topology->pods);
  if (kind == "name") return names_of(topology->dns_records);
  if (kind == "bucket") return names_of(topology->buckets);
  Names names = names_of(topology->accounts);
  for (const Vpc& vpc : topology->vpcs) names.push_back(vpc.account);
  return names;
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

std::string did_you_mean(const std::string& name, const Names& known) {
  const std::string near = nearest(name, known);
  return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

}  // namespace

std::string nearest(const std::string& name, const Names& known) {
  std::string best;
  std::size_t least = 1 + (name.size() + 2) / 3;
  for (const std::string& other : known) {
    const std::size_t d = distance(name, other);
    if (d < least || (d == least && !best.empty() && other < best)) {
      least = d;
      best = other;
    }
  }
  return best;
}

void Locations::check_names(const Selector& selector, const Zones& zones,
                            Diagnostics& problems) const {
  for (const KindList& list : kLists) {
    const Names& wanted = selector.*list.names;
    if (wanted.empty()) continue;
    const Names known = known_names(topology_, list.kind);
    const std::set<std::string> all(known.begin(), known.end());
    for (const std::string& name : wanted) {
      if (all.contains(name)) continue;
      problems.push_back(
          {fmt::format("unknown-{}", list.kind), selector.where,
           fmt::format("a zone names {} of the network", list.many), name,
           did_you_mean(name, known)});
    }
  }
  // A bucket is no location: judge_bucket() does not come here.
  if (!selector.buckets.empty()) {
    problems.push_back({"bucket-stands-alone", selector.where,
                        "a bucket stands alone as `to` of deny and require",
                        selector.name, "write one rule for each bucket"});
  }
  for (const std::string& name : selector.zones) {
    if (parse_selector(name, zones)) continue;
    Names known;
    for (const auto& zone : zones) known.push_back(zone.first);
    problems.push_back({"unknown-zone", selector.where,
                        "a zone names zones of the rule file", name,
                        did_you_mean(name, known)});
  }
}

// The first label or value that nothing has explains most empty zones.
std::string Locations::why_empty(const Selector& selector) const {
  for (const auto& [label, values] : selector.labels) {
    const Names known = values_of(label);
    if (known.empty()) {
      Names labels;
      for (const Node& node : nodes_) {
        for (const auto& entry : node.labels) labels.push_back(entry.first);
      }
      return fmt::format("nothing has a label '{}'; {}", label,
                         did_you_mean(label, labels));
    }
    for (const std::string& value : values) {
      if (std::ranges::find(known, value) != known.end()) continue;
      const std::string near = nearest(value, known);
      return near.empty() ? fmt::format("'{}' is one of: {}", label,
                                        fmt::join(known, ", "))
                          : fmt::format("no '{}' is '{}'; did you mean '{}'?",
                                        label, value, near);
    }
  }
  if (!selector.endpoints.empty()) {
    return "a gateway endpoint has the addresses that routes send to it, an "
           "interface endpoint those of its interfaces, an inspection endpoint "
           "none";
  }
  return "write allow_empty: true in the rule if that is meant";
}

std::optional<Selector> parse_selector(std::string_view text,
                                       const Zones& zones) {
  Selector selector;
  selector.name = std::string(text);
  if (zones.contains(selector.name)) {
    selector.zones = {selector.name};
    return selector;
  }
  if (text == "everyone") {
    selector.everyone = true;
    return selector;
  }
  if (text == "internet") {
    selector.internet = true;
    return selector;
  }
  if (const auto prefix = IpPrefix::parse(text)) {
    selector.cidrs = {prefix.value()};
    return selector;
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) {
    return std::nullopt;
  }
  for (const KindList& list : kLists) {
    if (list.kind != text.substr(0, colon)) continue;
    (selector.*list.names).emplace_back(text.substr(colon + 1));
    return selector;
  }
  return std::nullopt;
}

std::vector<Place> places_named(const Locations& locations,
                                std::string_view text) {
  const Zones none;
  if (const auto selector = parse_selector(text, none)) {
    return locations.places_of(*selector, none);
  }
  std::vector<Place> found;
  for (const KindList& list : kLists) {
    Selector selector;
    (selector.*list.names).emplace_back(text);
    std::vector<Place> places = locations.places_of(selector, none);
    if (places.empty()) continue;
    // An implied subnet is named like its VPC and is the same places.
    if (!found.empty() && found != places) return {};
    found = std::move(places);
  }
  return found;
}

}  // namespace netproof
