#include "rules/witness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace netproof {

namespace {

constexpr std::array<std::uint16_t, 10> kKnownPorts = {
    443, 22, 80, 53, 3389, 3306, 5432, 8443, 8080, 25};

bool listed(PlaceKind kind) {
  return kind == PlaceKind::kInterface || kind == PlaceKind::kHost ||
         kind == PlaceKind::kPod;
}

bool holds(const std::vector<Place>& places, Place place) {
  return std::ranges::find(places, place) != places.end();
}

std::string names(const Case& c, const std::vector<Place>& places) {
  std::string text;
  for (const Place place : places) {
    if (!text.empty()) text += " or ";
    text += to_string(c.topology(), place);
  }
  return text;
}

// The source scope of the flow: a lone scope may have spoofed it.
const Scope* scope_of(const Breach& breach, IpAddress src) {
  if (breach.from.size() == 1) return &breach.from.front();
  for (const Scope& scope : breach.from) {
    if (scope.addresses.contains(src)) return &scope;
  }
  return nullptr;
}

// What the breach holds from listed endpoints, if anything, else all of it; not
// from an address to the same one, which two places may have.
PacketSet preferred(const Breach& breach) {
  const PacketSet& set = breach.certain;
  IpSet named;
  for (const Scope& scope : breach.from) {
    if (listed(scope.place.kind)) named |= scope.addresses;
  }
  if (breach.from.size() > 1 && !named.empty()) {
    PacketSet part = apart(set.restrict_src(named));
    if (!part.empty()) return part;
  }
  const PacketSet part = apart(set);
  return part.empty() ? set : part;
}

std::optional<Example> example_of(const Breach& breach) {
  const auto flow =
      preferred(breach).sample_preferring(kKnownPorts, kWitnessClientPort);
  if (!flow) return std::nullopt;
  const Scope* from = scope_of(breach, flow->src);
  if (from == nullptr) return std::nullopt;
  return Example{from->place, breach.to, *flow};
}

bool from_listed(const Breach& breach) {
  return std::ranges::any_of(
      breach.from, [](const Scope& scope) { return listed(scope.place.kind); });
}

// Higher is better; of equal ones the first.
int rank(const Breach& breach) {
  return (listed(breach.to.front().kind) ? 2 : 0) +
         (from_listed(breach) ? 1 : 0);
}

}  // namespace

std::optional<Example> choose_example(const Case& c,
                                      const std::vector<Breach>& breaches,
                                      Judgement& j) {
  const Breach* best = nullptr;
  for (const Breach& breach : breaches) {
    if (breach.certain.empty()) continue;
    if (best == nullptr || rank(breach) > rank(*best)) best = &breach;
  }
  if (best == nullptr) return std::nullopt;
  auto example = example_of(*best);
  if (!example) {
    j.defects.push_back(fmt::format(
        "rule '{}': no place sends the packets that break it", c.rule.id));
  }
  return example;
}

void add_leak_witness(const Case& c, const Ban& ban,
                      const std::vector<Breach>& breaches, Judgement& j) {
  const auto example = choose_example(c, breaches, j);
  if (!example) return;
  const auto arrives = [&](Place place) { return holds(example->to, place); };
  const auto blocked = [&](Place place) {
    return std::ranges::binary_search(ban.blocked, place);
  };
  const Bounds bounds =
      ban.blocked.empty()
          ? c.evaluator.judge(example->from, example->flow, arrives,
                              c.rule.level, listed_only(c))
          : c.evaluator.judge_without(example->from, example->flow, arrives,
                                      blocked, c.rule.level, listed_only(c));
  if (!confirms(c, *example, bounds, true, j)) return;
  const std::string to = names(c, example->to);
  const std::string_view via =
      ban.blocked.empty() ? "" : " without passing any of `via`";
  add_witness(c, *example, fmt::format("arrives at {}{}", to, via), j);
}

void add_lack_witness(const Case& c, const std::vector<Breach>& breaches,
                      Judgement& j) {
  const auto example = choose_example(c, breaches, j);
  if (!example) return;
  const auto arrives = [&](Place place) { return holds(example->to, place); };
  const Bounds bounds = c.evaluator.judge(example->from, example->flow, arrives,
                                          c.rule.level, listed_only(c));
  if (!confirms(c, *example, bounds, false, j)) return;
  const std::string to = names(c, example->to);
  const std::string_view how =
      c.rule.level == Level::kConnection ? "open a connection to" : "arrive at";
  add_witness(c, *example, fmt::format("does not {} {}", how, to), j);
}

bool confirms(const Case& c, const Example& example, const Bounds& bounds,
              bool leaks, Judgement& j) {
  if (leaks ? bounds.some_always : !bounds.all_possibly) return true;
  const std::string flow = to_string(example.flow);
  const std::string from = to_string(c.topology(), example.from);
  if (bounds.given_up) {
    j.verdict = Verdict::kUnknown;
    j.unknown.push_back(fmt::format(
        "{} from {} has too many ways to be followed one by one", flow, from));
    return false;
  }
  j.defects.push_back(fmt::format(
      "rule '{}': the engine says that {} from {} {} {}, the evaluator does "
      "not",
      c.rule.id, flow, from, leaks ? "reaches" : "does not reach",
      names(c, example.to)));
  return false;
}

void add_witness(const Case& c, const Example& example, std::string shows,
                 Judgement& j) {
  Witness witness;
  witness.trace.trace =
      c.evaluator.trace(example.from, example.flow, listed_only(c));
  witness.trace.at = to_string(c.topology(), example.from);
  if (witness.trace.trace.to) {
    witness.trace.to = to_string(c.topology(), *witness.trace.trace.to);
  }
  witness.shows = std::move(shows);
  j.witnesses.push_back(std::move(witness));
}

}  // namespace netproof
