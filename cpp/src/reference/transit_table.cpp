#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {

/// What a transit table says of the destination (S142).
Tree Walk::transit_decide(Packet packet, std::uint32_t table,
                          const NextTransit& next) {
  const std::string at =
      "tgw-rtb:" + view_.parts().transit_route_tables[table].name;
  if (auto loop = visit(packet, at, true)) return *loop;
  const auto routed = [&](Packet p, const TransitStep& step) {
    if (step.kind == TransitStep::Kind::kAttachment) {
      hop(p, at, "routed", step.prefix + " -> " + target_name(view_, step),
          step.where);
    }
    return next(std::move(p), step);
  };
  return transit_open(std::move(packet), table, 0, routed);
}

/// What may be longer than anything written, one opening after the other.
Tree Walk::transit_open(Packet packet, std::uint32_t table, std::size_t stage,
                        const NextTransit& next) {
  const auto openings = transit_openings(view_, table, packet.flow.dst);
  if (stage == openings.size()) {
    return transit_known(std::move(packet), table, next);
  }
  const TransitOpening& one = openings[stage];
  std::vector<std::string> names = {"as written"};
  for (const TransitStep& step : one.steps) {
    names.push_back(target_name(view_, step));
  }
  return choose(std::move(packet), one.fact, names,
                [&](Packet p, std::size_t which) {
                  if (which == 0) {
                    return transit_open(std::move(p), table, stage + 1, next);
                  }
                  return next(std::move(p), one.steps[which - 1]);
                });
}

Tree Walk::transit_known(Packet packet, std::uint32_t table,
                         const NextTransit& next) {
  std::vector<Candidate<TransitLine>> candidates;
  for (const TransitLine& line : transit_lines(view_, table)) {
    if (!line.prefix.contains(packet.flow.dst)) continue;
    candidates.push_back({line.prefix.length(),
                          {line.rank, line.as_path, line.med},
                          line.doubts,
                          line});
  }
  return climb<TransitLine>(
      std::move(packet),
      "tgw-rtb:" + view_.parts().transit_route_tables[table].name,
      std::move(candidates),
      [&](Packet p, const std::vector<const TransitLine*>& rung) {
        if (rung.empty()) return next(std::move(p), TransitStep{});
        std::vector<const TransitStep*> steps;
        for (const TransitLine* line : rung) steps.push_back(&line->step);
        return transit_pick(std::move(p), table, steps, rung.front()->rank,
                            next);
      });
}

/// Among equals of one kind: load sharing, the oldest, or nobody knows.
Tree Walk::transit_pick(Packet packet, std::uint32_t table,
                        const std::vector<const TransitStep*>& rung, int rank,
                        const NextTransit& next) {
  const auto& attachments = view_.parts().transit_attachments;
  std::vector<const TransitStep*> steps;
  std::vector<std::string> names;
  for (const TransitStep* one : rung) {
    const std::string name = target_name(view_, *one);
    if (std::ranges::find(names, name) != names.end()) continue;
    names.push_back(name);
    steps.push_back(one);
  }
  const auto take = [&](Packet p, std::size_t which) {
    return next(std::move(p), *steps[which]);
  };
  const TransitRouteTable& one = view_.parts().transit_route_tables[table];
  const bool ecmp =
      !one.gateway ||
      view_.parts().transit_gateways[one.gateway.id->index()].vpn_ecmp;
  if (rank == kRankDirect || (rank == kRankVpn && ecmp)) {
    return share(std::move(packet), steps.size(), take);
  }
  if (rank == kRankVpc) {
    // S52: the earliest is installed if that is known.
    const auto created = [&](const TransitStep* step) {
      return attachments[step->attachment].created;
    };
    std::string oldest;
    for (const TransitStep* step : steps) {
      const std::string& time = created(step);
      if (!time.empty() && (oldest.empty() || time < oldest)) oldest = time;
    }
    std::erase_if(steps, [&](const TransitStep* step) {
      return !created(step).empty() && created(step) > oldest;
    });
    names.clear();
    for (const TransitStep* step : steps) {
      names.push_back(target_name(view_, *step));
    }
  }
  const std::string at = "tgw-rtb:" + one.name;
  const std::string prefix = steps.front()->prefix;
  const Fact fact{at + " " + prefix + " " + to_string(packet.flow.dst),
                  at + " leaves open where " + prefix + " leads"};
  return choose(std::move(packet), fact, names, take);
}

}  // namespace netproof::reference
