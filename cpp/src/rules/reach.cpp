#include "netproof/rules/reach.hpp"

#include <algorithm>
#include <utility>

#include "netproof/rules/scope.hpp"
#include "rules/open_blocks.hpp"
#include "rules/public_doubt.hpp"

namespace netproof {

namespace {

std::string names_of(const Topology& topology,
                     const std::vector<Place>& places) {
  std::string text;
  for (const Place place : places) {
    if (!text.empty()) text += " or ";
    text += to_string(topology, place);
  }
  return text;
}

void append(std::vector<std::string>& all,
            const std::vector<std::string>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

void sort_unique(std::vector<std::string>& lines) {
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
}

// Facts matter where they make a difference.
ReachPassage passage_of(const Topology& topology, const Passage& passage) {
  ReachPassage shown;
  for (const Scope& scope : passage.from) {
    shown.from.push_back(to_string(topology, scope.place));
  }
  shown.to = names_of(topology, passage.to);
  shown.certain = passage.some_always;
  shown.possible = passage.some_possibly;
  if (shown.certain != shown.possible) shown.unknown = passage.facts;
  return shown;
}

void fill(const Topology& topology, Answer answer, bool why,
          ReachAnswer& result) {
  std::vector<PacketSet> certain;
  std::vector<PacketSet> possible;
  for (const Passage& passage : answer.passages) {
    result.passages.push_back(passage_of(topology, passage));
    certain.push_back(passage.some_always);
    possible.push_back(passage.some_possibly);
    append(result.unknown, result.passages.back().unknown);
  }
  result.certain = PacketSet::union_of(std::move(certain));
  result.possible = PacketSet::union_of(std::move(possible));
  result.limits = std::move(answer.limits);
  if (!answer.accounting.balances()) {
    result.defects.emplace_back(
        "what was sent is not what was delivered and dropped");
  }
  result.accounting = std::move(answer.accounting);
  if (!why) return;
  for (auto& [place, packets] : answer.dropped) {
    result.dropped.push_back(
        {std::string(to_string(place.code)), place.at, std::move(packets)});
  }
}

}  // namespace

Result<ReachAnswer, Diagnostics> reach_between(const Topology& topology,
                                               const Engine& engine,
                                               const ReachRequest& request) {
  const Locations locations(topology, engine.members());
  const ZoneScope from =
      locations.select(request.from, request.zones, request.listed_only);
  const ZoneScope to =
      locations.select(request.to, request.zones, request.listed_only);
  Diagnostics problems = from.problems;
  problems.insert(problems.end(), to.problems.begin(), to.problems.end());
  if (!problems.empty()) return Unexpected{std::move(problems)};

  Question question;
  question.from = from.scopes;
  question.to = to.scopes;
  question.service = request.service;
  question.level = request.level;
  question.listed_only = request.listed_only;
  question.keep_dropped = request.why;
  ReachAnswer result;
  result.from = from.name;
  result.to = to.name;
  result.service = request.service_text;
  result.level = request.level;
  append(result.unknown, from.unknown);
  append(result.unknown, to.unknown);
  append(result.unknown, PublicDoubt{topology}.between(engine, from, to));
  append(result.unknown, open_block_doubts(topology, from, to));
  const bool nobody = from.empty() || to.empty();
  fill(topology, nobody ? Answer{} : engine.ask(question), request.why, result);
  sort_unique(result.unknown);
  return result;
}

}  // namespace netproof
