#include "engine/walk.hpp"

#include <algorithm>
#include <utility>

namespace netproof::engine {
namespace {

constexpr std::size_t kMostTables = 64;  // S155

}  // namespace

bool Cycles::contains(HopKind kind, Index index) const {
  switch (kind) {
    case HopKind::kLocal:
      return vpc_table[index];
    case HopKind::kTransit:
      return transit_table[index];
    case HopKind::kRouter:
      return router[index];
    default:
      return site[index];
  }
}

Walk::Packets Walk::start() const {
  Packets packets;
  packets.set = all_;
  return packets;
}

Walk::Packets Walk::keep(const Packets& packets, PacketSet set) {
  Packets kept = packets;
  kept.set = std::move(set);
  return kept;
}

std::optional<Walk::Packets> Walk::assume(const Packets& packets, Fact fact,
                                          Index alternative) const {
  if (gives_up()) return std::nullopt;
  std::optional<Assumed> assumed = join(packets.assumed, {{fact, alternative}});
  if (!assumed) return std::nullopt;
  Packets one = packets;
  one.assumed = std::move(*assumed);
  one.branched = true;
  return one;
}

void Walk::finish(const Packets& packets, EndKind kind, Index index) {
  End end;
  end.kind = kind;
  end.index = index;
  finish(packets, std::move(end));
}

void Walk::finish(const Packets& packets, End end) {
  if (packets.set.empty()) return;
  if (packets.branched) {
    ++branched_;
    if (gives_up()) return;
  }
  Way way;
  way.set = packets.set;
  way.assumed = packets.assumed;
  way.branched = packets.branched;
  way.stateful = packets.stateful;
  way.end = std::move(end);
  if (legs_ == nullptr) {
    ways_.push_back(std::move(way));
  } else {
    legs_->push_back({std::move(way), packets.carried, packets.visited});
  }
}

void Walk::drop(const Packets& packets, DropCode code, std::string at) {
  End end;
  end.code = code;
  end.at = std::move(at);
  finish(packets, std::move(end));
}

void Walk::deliver(const Packets& packets, Place place) {
  if (packets.set.empty()) return;
  if (options_.blocked.contains(place)) {
    drop(packets, DropCode::kPolicyDeny, network_.place_name(place));
    return;
  }
  End end;
  end.kind = EndKind::kDelivered;
  end.place = place;
  finish(packets, std::move(end));
}

bool Walk::visit(Packets& packets, HopKind kind, Index index, std::string at) {
  const std::pair here{kind, index};
  // What a site sends itself leaves it whether it forwards or not.
  const bool again =
      (kind == HopKind::kSite || compiled_.cycles.contains(kind, index)) &&
      std::ranges::find(packets.visited, here) != packets.visited.end();
  if (again || packets.visited.size() >= kMostTables) {
    drop(packets, DropCode::kLoop, std::move(at));
    return false;
  }
  packets.visited.push_back(here);
  return true;
}

void Walk::filter(const Packets& packets, const Bound& bound, Fact fact,
                  DropCode code, const std::string& at, const Next& next) {
  if (packets.set.empty()) return;
  Packets sure = keep(packets, packets.set & bound.lower);
  const PacketSet rest = packets.set - bound.lower;
  if (!sure.set.empty()) next(std::move(sure));
  if (rest.empty()) return;
  if (bound.lower == bound.upper) {
    drop(keep(packets, rest), code, at);
    return;
  }
  const PacketSet perhaps = rest & bound.upper;
  drop(keep(packets, rest - bound.upper), code, at);
  if (perhaps.empty()) return;
  gate(keep(packets, perhaps), {true, true}, fact, code, at, next);
}

void Walk::gate(const Packets& packets, May may, Fact fact, DropCode code,
                const std::string& at, const Next& next) {
  if (packets.set.empty()) return;
  if (!may.drop) {
    next(packets);
  } else if (!may.pass) {
    drop(packets, code, at);
  } else {
    if (auto passed = assume(packets, fact, 0)) next(std::move(*passed));
    if (const auto dropped = assume(packets, fact, 1)) {
      drop(*dropped, code, at);
    }
  }
}

void Walk::fork(const Packets& packets, Fact fact, std::size_t count,
                const std::function<void(Packets, std::size_t)>& next) {
  if (packets.set.empty()) return;
  if (count == 1) {
    next(packets, 0);
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (auto one = assume(packets, fact, static_cast<Index>(i))) {
      next(std::move(*one), i);
    }
  }
}

void Walk::decide(const Packets& packets, const Fib& fib, Fact fact,
                  const NextDecision& next) {
  for (const Fib::Part& part : fib.split(packets.set.dst_addresses())) {
    const Packets here =
        keep(packets, packets.set.restrict_dst(part.addresses));
    const Decision& decision = fib.decision(part.decision);
    fork(here, fact, decision.size(), [&](Packets world, std::size_t i) {
      const Sharing& sharing = decision[i];
      world.branched = world.branched || sharing.size() > 1;
      if (world.branched && gives_up()) return;
      for (const NextHop& hop : sharing) next(world, hop);
    });
  }
}

std::vector<Way> Walk::collect(const PacketSet& asked) {
  std::vector<Way> ways = std::exchange(ways_, {});
  if (gives_up()) give_up(ways, asked);
  branched_ = 0;
  return ways;
}

// A way without alternatives is the only one of its headers.
void Walk::give_up(std::vector<Way>& ways, const PacketSet& asked) {
  Way rest;
  rest.branched = true;
  rest.end.kind = EndKind::kGivenUp;
  std::vector<PacketSet> sure;
  for (const Way& way : ways) {
    if (!way.branched) sure.push_back(way.set);
    for (const auto& [fact, _] : way.assumed) rest.end.facts.insert(fact);
    rest.end.facts.insert(way.end.facts.begin(), way.end.facts.end());
  }
  rest.set = asked - PacketSet::union_of(std::move(sure));
  std::erase_if(ways, [](const Way& way) { return way.branched; });
  ways.push_back(std::move(rest));
}

std::vector<Way> Walk::from_place(Place place, const IpSet& sources,
                                  const IpSet& destinations) {
  Packets packets = start();
  packets.set = packets.set.restrict_src(sources).restrict_dst(destinations);
  const PacketSet asked = packets.set;
  const std::string name = network_.place_name(place);
  const IpSet lost = options_.destinations & unroutable();
  drop(keep(packets, packets.set.restrict_dst(lost)), DropCode::kUnroutable,
       name);
  packets.set = packets.set.restrict_dst(lost.complement());
  if (options_.reply && only_handshake(packets)) return collect(asked);
  switch (place.kind) {
    case PlaceKind::kInterface:
      if (network_.node_of(place) != kNone) {
        leave_node(packets, place);
      } else {
        leave_interface(std::move(packets), place.index);
      }
      break;
    case PlaceKind::kSubnet:
      leave_unlisted(std::move(packets), place.index);
      break;
    case PlaceKind::kHost:
    case PlaceKind::kSegment: {
      Index segment = place.index;
      if (place.kind == PlaceKind::kHost) {
        const auto& id = parts_.hosts[place.index].segment.id;
        if (!id) break;
        segment = id->value;
      }
      leave_segment(packets, segment);
      break;
    }
    case PlaceKind::kSite:
      to_site_from_inside(std::move(packets), place.index);
      break;
    case PlaceKind::kEndpoint: {
      const auto& vpc = parts_.endpoints[place.index].vpc.id;
      if (vpc) local(packets, vpc->value, kNone);
      break;
    }
    case PlaceKind::kPod:
      if (network_.node_of(place) != kNone) {
        leave_node(packets, place);
      } else {
        leave_pod(packets, place.index);
      }
      break;
    case PlaceKind::kInternet:
      internet(packets);
      break;
  }
  return collect(asked);
}

std::vector<Way> Walk::from_nat(Index nat) {
  Packets packets = start();
  Leaving leaving;
  leaving.subnet = network_.subnet_of_nat[nat];
  const Index vpc = network_.subnets[leaving.subnet].vpc;
  packets.carried.home = vpc;
  packets.carried.by_nat = true;
  send_from_subnet(std::move(packets), leaving);
  return collect(all_);
}

std::vector<Way> Walk::from_internet(bool by_nat) {
  Packets packets = start();
  packets.carried.by_nat = by_nat;
  internet(packets);
  return collect(all_);
}

std::vector<Way> Walk::from_mapping(Index mapping) {
  Packets packets = start();
  const PublicMapping& map = network_.mappings[mapping];
  packets.set = packets.set.restrict_dst(IpSet::of(map.private_address));
  enter_from_internet(packets, map.vpc);
  return collect(packets.set);
}

}  // namespace netproof::engine
