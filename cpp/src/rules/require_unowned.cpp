#include "rules/require_unowned.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <utility>
#include <vector>

namespace netproof {

namespace {

constexpr std::array<std::uint16_t, 1> kPreferredPorts = {443};
constexpr std::size_t kMostShown = 3;

std::string text_of(const IpSet& addresses) {
  std::vector<std::string> texts;
  for (const Family family : {Family::kV4, Family::kV6}) {
    for (const auto& run : addresses.intervals(family)) {
      texts.push_back(to_string(IpAddress::make(family, run.first)));
    }
  }
  const std::size_t more =
      texts.size() > kMostShown ? texts.size() - kMostShown : 0;
  texts.resize(texts.size() - more);
  std::string text = fmt::format("{}", fmt::join(texts, ", "));
  if (more > 0) text += fmt::format(" and {} more", more);
  return text;
}

bool is_listed(Place place) {
  return place.kind == PlaceKind::kInterface ||
         place.kind == PlaceKind::kHost || place.kind == PlaceKind::kPod;
}

// What one place must be able to send there; the internet calls public
// addresses, which are all its own.
PacketSet demanded(const Scope& from, const IpSet& unowned,
                   const TransportSet& service) {
  if (from.place.kind == PlaceKind::kInternet) return {};
  return PacketSet::box(from.addresses, unowned - from.addresses, service);
}

}  // namespace

Unowned judge_unowned(const Case& c, const ZoneScope& from, const ZoneScope& to,
                      const TransportSet& service) {
  Unowned result;
  if (to.unowned.empty()) return result;
  result.addresses = text_of(to.unowned);
  for (const Scope& scope : from.scopes) {
    const PacketSet set = demanded(scope, to.unowned, service);
    if (set.empty()) continue;
    const bool better =
        !result.demanded || (is_listed(scope.place) &&
                             !is_listed(result.breach.from.front().place));
    result.demanded = true;
    if (!better) continue;
    result.breach.from = {scope};
    result.breach.possible = set;
  }
  if (!result.demanded) return result;
  const auto flow = result.breach.possible.sample_preferring(
      kPreferredPorts, kWitnessClientPort);
  if (!flow) return result;
  const Place at = result.breach.from.front().place;
  const Bounds bounds = c.evaluator.judge(
      at, *flow, [](Place) { return true; }, c.rule.level, listed_only(c));
  result.example = Example{at, {}, *flow};
  result.certain = !bounds.all_possibly;
  if (result.certain) result.breach.certain = result.breach.possible;
  return result;
}

void conclude_unowned(const Case& c, Unowned unowned, bool shown,
                      Judgement& j) {
  if (!unowned.demanded) return;
  const std::string text = fmt::format(
      "'{}' {} not reach all of '{}': nobody {} {}", j.from,
      unowned.certain ? "does" : "may", j.to,
      unowned.certain ? "owns" : "is known to own", unowned.addresses);
  const Verdict verdict =
      unowned.certain ? Verdict::kViolated : Verdict::kUnknown;
  const bool first = verdict > j.verdict;
  if (first) j.verdict = verdict;
  j.detail = first ? text : fmt::format("{}; {}", j.detail, text);
  if (!unowned.certain) {
    j.unknown.push_back(text);
    return;
  }
  if (!shown && unowned.example) {
    add_witness(
        c, *unowned.example,
        fmt::format("nobody owns {}", to_string(unowned.example->flow.dst)), j);
  }
  j.breaches.push_back(std::move(unowned.breach));
}

}  // namespace netproof
