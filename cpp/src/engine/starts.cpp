#include "engine/starts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "netproof/net/ip_set_union.hpp"

namespace netproof::engine {
namespace {

/// The starts of scopes with equal keys.
class Group {
 public:
  Group(std::vector<Scope> scopes, Grouping& grouping)
      : scopes_{std::move(scopes)}, grouping_{grouping} {
    for (const Scope& scope : scopes_) {
      senders_[grouping.vpc_of(scope.place)].add(scope.addresses);
    }
  }

  void add_starts(std::vector<Start>& starts) {
    std::vector<const IpSet*> addresses;
    std::vector<const IpSet*> blocks;
    for (const Scope& scope : scopes_) addresses.push_back(&scope.addresses);
    for (const auto& [vpc, _] : senders_) {
      blocks.push_back(&grouping_.near(vpc));
    }
    // A source tells its scope, and a destination its VPC.
    std::optional<IpSet> all = disjoint_union(addresses);
    if (!all || !disjoint_union(blocks)) {
      for (const Scope& scope : scopes_) {
        starts.push_back({{scope}, scope.addresses});
      }
      return;
    }
    add_far(*all, starts);
    for (const Scope& scope : scopes_) {
      const IpSet& near = grouping_.near(grouping_.vpc_of(scope.place));
      if (!near.empty()) starts.push_back({{scope}, scope.addresses, near, {}});
    }
  }

 private:
  void add_far(const IpSet& all, std::vector<Start>& starts) {
    const Index first = grouping_.vpc_of(scopes_.front().place);
    const IpSet& home = grouping_.near(first);
    Start far{scopes_, all, home.complement(), {}};
    IpSet others;
    for (auto& [vpc, addresses] : senders_) {
      const IpSet sources = addresses.take();
      if (vpc == first) {
        others = all - sources;
      } else if (const IpSet& near = grouping_.near(vpc); !near.empty()) {
        far.except.emplace_back(sources, near);
      }
    }
    starts.push_back(std::move(far));
    if (home.empty() || others.empty()) return;
    Start back{{}, others, home, {}};
    for (const Scope& scope : scopes_) {
      if (grouping_.vpc_of(scope.place) != first) back.scopes.push_back(scope);
    }
    starts.push_back(std::move(back));
  }

  std::vector<Scope> scopes_;
  Grouping& grouping_;
  std::map<Index, IpSetUnion> senders_;  ///< by VPC
};

}  // namespace

std::vector<Start> starts_of(const Compiled& compiled,
                             const std::vector<Scope>& scopes,
                             const IpSet& destinations,
                             Grouping::Options options) {
  Grouping grouping{compiled, destinations, options};
  std::map<Grouping::Key, std::vector<Scope>> groups;
  std::vector<Start> starts;
  for (const Scope& scope : scopes) {
    if (std::optional<Grouping::Key> key = grouping.key_of(scope.place)) {
      groups[std::move(*key)].push_back(scope);
    } else {
      starts.push_back({{scope}, scope.addresses});
    }
  }
  for (auto& [_, group] : groups) {
    Group{std::move(group), grouping}.add_starts(starts);
  }
  std::ranges::stable_sort(starts, {}, [](const Start& start) {
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
