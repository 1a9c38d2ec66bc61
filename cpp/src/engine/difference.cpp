#include "netproof/engine/difference.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/engine_impl.hpp"
#include "engine/regions.hpp"
#include "engine/shape.hpp"
#include "engine/starts.hpp"

namespace netproof {
namespace engine {
namespace {

/// From whoever may emit a source of the region to whoever owns one of its
/// destinations.
Question question_of(const Region& region, const TopologyParts& parts,
                     const std::vector<Engine::Member>& members) {
  Question question;
  question.account = false;
  for (const Engine::Member& member : members) {
    if (member.addresses.empty()) continue;
    const IpSet sources = member.addresses & region.from;
    if (spoofs(parts, member.place) || checks_unknown(parts, member.place)) {
      question.from.push_back({member.place, member.addresses});
    } else if (!sources.empty()) {
      question.from.push_back({member.place, sources});
    }
    const IpSet destinations = member.addresses & region.to;
    if (!destinations.empty()) {
      question.to.push_back({member.place, destinations});
    }
  }
  return question;
}

bool same_members(const std::vector<Engine::Member>& before,
                  const std::vector<Engine::Member>& after) {
  return std::ranges::equal(before, after, [](const auto& a, const auto& b) {
    return a.place == b.place && a.addresses == b.addresses &&
           a.answers_only == b.answers_only;
  });
}

void add_open_places(const Engine& engine, std::set<std::string>& names) {
  for (const Engine::Member& member : engine.members()) {
    if (!member.addresses_unknown) continue;
    names.insert(Inside::of(engine).network.place_name(member.place) +
                 " may own other addresses");
  }
}

std::vector<std::string> open_places(const Engine& before,
                                     const Engine& after) {
  std::set<std::string> names;
  add_open_places(before, names);
  add_open_places(after, names);
  return {names.begin(), names.end()};
}

}  // namespace
}  // namespace engine

QuestionPair everything_to_everything(const Engine& before,
                                      const Engine& after) {
  const engine::Region all{IpSet::all(), IpSet::all()};
  const auto ask = [&](const Engine& network) {
    return engine::question_of(all, engine::Inside::of(network).network.parts(),
                               network.members());
  };
  return {ask(before), ask(after)};
}

MayDiffer what_may_differ(const Engine& before, const Engine& after) {
  const engine::Compiled& old = engine::Inside::of(before);
  const engine::Compiled& now = engine::Inside::of(after);
  MayDiffer found;
  const bool alike =
      engine::shape_of(old.network) == engine::shape_of(now.network) &&
      engine::same_members(before.members(), after.members());
  std::vector<engine::Region> regions;
  if (alike) regions = engine::regions_that_differ(old, now);
  // What nodes rewrite and keep to themselves, regions do not follow.
  const bool everything =
      !alike || (!regions.empty() && !old.network.nodes.empty());
  if (everything) {
    found.questions.push_back(everything_to_everything(before, after));
    found.unknown = engine::open_places(before, after);
    return found;
  }
  for (const engine::Region& region : regions) {
    if (found.unknown.empty()) {
      found.unknown = engine::open_places(before, after);
    }
    QuestionPair pair{
        engine::question_of(region, old.network.parts(), before.members()), {}};
    if (pair.before.from.empty() || pair.before.to.empty()) continue;
    // Of one shape and with the same members: the same question.
    pair.after = pair.before;
    found.questions.push_back(std::move(pair));
  }
  return found;
}

}  // namespace netproof
