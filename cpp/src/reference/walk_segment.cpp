#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {
namespace {

RouterStep to_router(std::uint32_t index, const std::string& name) {
  return {RouterStep::Kind::kRouter, index, "router:" + name, "unknown", {}};
}

RouterStep to_site(std::uint32_t index, const std::string& name) {
  return {RouterStep::Kind::kSite, index, "site:" + name, "unknown", {}};
}

/// Whatever a line of this router may lead to, or nothing (S154).
std::vector<RouterStep> anything(const View& view, std::uint32_t router) {
  std::vector<RouterStep> steps;
  const TopologyParts& parts = view.parts();
  for (std::uint32_t r = 0; r < parts.routers.size(); ++r) {
    if (r != router) steps.push_back(to_router(r, parts.routers[r].name));
  }
  for (std::uint32_t s = 0; s < parts.sites.size(); ++s) {
    steps.push_back(to_site(s, parts.sites[s].name));
  }
  steps.push_back({RouterStep::Kind::kInternet, 0, "internet", "unknown", {}});
  steps.push_back({RouterStep::Kind::kNoRoute, 0, "nothing", "unknown", {}});
  return steps;
}

/// What one line says.
std::vector<RouterStep> steps_of(const View& view, std::uint32_t router,
                                 const RouterRoute& line) {
  std::vector<RouterStep> steps;
  if (line.blackhole) {
    steps.push_back({RouterStep::Kind::kBlackhole, 0, "blackhole", "", {}});
  } else if (line.router && line.router->id) {
    steps.push_back(to_router(line.router->id->value, line.router->name));
  } else if (line.site && line.site->id) {
    steps.push_back(to_site(line.site->id->value, line.site->name));
  } else if (line.internet && !line.unknown) {
    steps.push_back({RouterStep::Kind::kInternet, 0, "internet", "", {}});
  } else {
    steps = anything(view, router);
  }
  for (RouterStep& step : steps) {
    step.prefix = line.destination.text;
    step.where = line.where;
  }
  return steps;
}

std::vector<Candidate<RouterStep>> lines_for(const View& view,
                                             std::uint32_t router,
                                             IpAddress address) {
  const TopologyParts& parts = view.parts();
  std::vector<Candidate<RouterStep>> result;
  for (std::uint32_t s = 0; s < parts.segments.size(); ++s) {
    const Segment& segment = parts.segments[s];
    if (!segment.router || segment.router->id != Id<Router>{router}) continue;
    for (const WrittenPrefix& one : segment.prefixes.items) {
      if (!one.prefix.contains(address)) continue;
      result.push_back({one.prefix.length(),
                        {0, 0, 0},
                        {},
                        {RouterStep::Kind::kSegment, s,
                         "segment:" + segment.name, one.text, one.where}});
    }
  }
  for (const RouterRoute& line : parts.routers[router].routes.items) {
    if (!line.destination.prefix.contains(address)) continue;
    for (const RouterStep& step : steps_of(view, router, line)) {
      result.push_back({line.destination.prefix.length(), {1, 0, 0}, {}, step});
    }
  }
  return result;
}

}  // namespace

/// From a host of a segment (S154).
Tree Walk::from_segment(Packet packet, std::uint32_t segment) {
  const Segment& one = view_.parts().segments[segment];
  const std::string at = "segment:" + one.name;
  packet.other_ways = true;
  if (view_.in_segment(one, packet.flow.dst)) {
    const Open<bool>& isolated = one.port_isolation;
    const Answer3 passes = isolated.unknown ? Answer3::kUnknown
                           : isolated.value ? Answer3::kNo
                                            : Answer3::kYes;
    return yes_no(
        std::move(packet), passes,
        Fact{at + " port isolation",
             "nobody knows whether " + at + " isolates its ports"},
        [&](Packet p) { return into_segment(std::move(p), segment); },
        [&](Packet p) {
          return drop(std::move(p), DropCode::kFirewallDeny, at, "",
                      isolated.where);
        });
  }
  std::vector<std::uint32_t> routers;
  std::vector<std::string> names;
  if (one.router && one.router->id) {
    routers.push_back(one.router->id->value);
    names.push_back("router:" + one.router->name);
  } else if (one.router) {
    const auto& all = view_.parts().routers;
    for (std::uint32_t r = 0; r < all.size(); ++r) {
      routers.push_back(r);
      names.push_back("router:" + all[r].name);
    }
  }
  if (routers.size() != 1 || !one.router->id) names.push_back("none");
  const Fact fact{at + " router", "the router of " + at};
  return choose(
      std::move(packet), fact, names, [&](Packet p, std::size_t which) {
        if (which == routers.size()) {
          return drop(std::move(p), DropCode::kNoRoute, at, "", one.where);
        }
        return into_router(std::move(p), routers[which], at);
      });
}

/// Who has the destination in the segment.
Tree Walk::into_segment(Packet packet, std::uint32_t segment) {
  if (const auto host = view_.host_at(segment, packet.flow.dst)) {
    return deliver(std::move(packet), Place{PlaceKind::kHost, *host});
  }
  const Place place{PlaceKind::kSegment, segment};
  if (options_.listed_only && view_.lists_hosts(segment)) {
    return drop(std::move(packet), DropCode::kNoSuchAddress, view_.name(place));
  }
  return deliver(std::move(packet), place);
}

/// A router, from a segment or neighbour `from`.
Tree Walk::into_router(Packet packet, std::uint32_t router,
                       const std::string& from) {
  const Router& one = view_.parts().routers[router];
  const std::string at = "router:" + one.name;
  packet.subnet.reset();
  packet.other_ways = true;
  if (auto loop = visit(packet, at, true)) return *loop;
  const auto known = [&](Packet p) {
    auto lines = lines_for(view_, router, p.flow.dst);
    return climb<RouterStep>(
        std::move(p), at, std::move(lines),
        [&](Packet q, const std::vector<const RouterStep*>& rung) {
          if (rung.empty()) {
            return drop(std::move(q), DropCode::kNoRoute, at);
          }
          std::vector<std::string> names;
          std::vector<const RouterStep*> steps;
          for (const RouterStep* step : rung) {
            if (std::ranges::find(names, step->name) != names.end()) continue;
            names.push_back(step->name);
            steps.push_back(step);
          }
          const Fact fact{
              at + " " + rung.front()->prefix + " " + to_string(q.flow.dst),
              at + " leaves open where " + rung.front()->prefix + " leads"};
          return choose(
              std::move(q), fact, names, [&](Packet r, std::size_t which) {
                return out_of_router(std::move(r), router, from, *steps[which]);
              });
        });
  };
  if (!one.routes.open) return known(std::move(packet));
  const std::vector<RouterStep> steps = anything(view_, router);
  std::vector<std::string> names = {"as written"};
  for (const RouterStep& step : steps) names.push_back(step.name);
  const Fact fact{at + " routes " + to_string(packet.flow.dst),
                  at + " may hold another route"};
  return choose(
      std::move(packet), fact, names, [&](Packet p, std::size_t which) {
        if (which == 0) return known(std::move(p));
        return out_of_router(std::move(p), router, from, steps[which - 1]);
      });
}

/// After the lookup the zone firewall judges (S116), then the packet leaves.
Tree Walk::out_of_router(Packet packet, std::uint32_t router,
                         const std::string& from, const RouterStep& step) {
  const Router& one = view_.parts().routers[router];
  const std::string at = "router:" + one.name;
  if (step.kind == RouterStep::Kind::kNoRoute) {
    return drop(std::move(packet), DropCode::kNoRoute, at, step.prefix,
                step.where);
  }
  if (step.kind == RouterStep::Kind::kBlackhole) {
    return drop(std::move(packet), DropCode::kBlackholeRoute, at, step.prefix,
                step.where);
  }
  hop(packet, at, "routed", step.prefix + " -> " + step.name, step.where);
  const auto leave = [&](Packet p) {
    switch (step.kind) {
      case RouterStep::Kind::kSegment:
        if (blocked(Place{PlaceKind::kSegment, step.index})) {
          return drop(std::move(p), DropCode::kPolicyDeny, step.name);
        }
        return into_segment(std::move(p), step.index);
      case RouterStep::Kind::kRouter:
        return into_router(std::move(p), step.index, at);
      case RouterStep::Kind::kSite:
        return into_site(std::move(p), step.index, true);
      default:
        break;
    }
    if (view_.is_internet(p.flow.dst)) {
      return deliver(std::move(p), Place{PlaceKind::kInternet, 0});
    }
    return drop(std::move(p), DropCode::kUnroutable, "internet");
  };
  if (!one.firewall) return leave(std::move(packet));
  return past_firewall(std::move(packet), *one.firewall, from, step.name,
                       leave);
}

Tree Walk::past_firewall(Packet packet, const Ref<ZoneFirewall>& firewall,
                         const std::string& from, const std::string& to,
                         const Next& next) {
  const std::string at = "firewall:" + firewall.name;
  const auto pass = [&](Packet p) {
    if (firewall) p.firewalls.push_back(firewall.id->value);
    return next(std::move(p));
  };
  if (is_reply() && firewall) {
    // State of the firewall that the request passed, and of no other (S4).
    const auto& passed = options_.request->firewalls;
    if (std::ranges::find(passed, firewall.id->value) != passed.end()) {
      return pass(std::move(packet));
    }
    return drop(std::move(packet), DropCode::kNoState, at);
  }
  if (!firewall) {
    return yes_no(std::move(packet), Answer3::kUnknown,
                  Fact{at + " passes", "what " + at + " lets through"}, pass,
                  [&](Packet p) {
                    return drop(std::move(p), DropCode::kFirewallDeny, at);
                  });
  }
  const Judgement judgement =
      filters_.firewall(packet, firewall.id->value, from, to);
  return filter(std::move(packet), judgement, DropCode::kFirewallDeny, pass);
}

}  // namespace netproof::reference
