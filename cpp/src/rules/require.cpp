#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "netproof/net/ip_set_union.hpp"
#include "rules/breach.hpp"
#include "rules/open_blocks.hpp"
#include "rules/public_doubt.hpp"
#include "rules/require_unowned.hpp"
#include "rules/witness.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

// The service from the client ports; what has no ports has no client ports.
TransportSet asked(const Case& c) {
  TransportSet clients = TransportSet::all();
  for (const std::uint8_t protocol : {kTcp, kUdp, kSctp}) {
    clients -= TransportSet::protocol(protocol);
    clients |= TransportSet::ports(protocol, c.rules.client_port_first,
                                   c.rules.client_port_last, 0, 65535);
  }
  return clients & c.rule.service;
}

// The addresses by which `from` calls the ones of `to`: from the internet only
// public ones are meant, an interface's by its mapping.
IpSet called_by(const Case& c, Place from, const Scope& to) {
  if (from.kind != PlaceKind::kInternet) return to.addresses;
  IpSet called = to.addresses & global_unicast();
  const auto carrier = carrier_of(c.topology().parts(), to.place);
  if (!carrier) return called;
  const Interface& interface = c.topology()->interfaces.at(carrier->index());
  std::size_t next = 0;
  for (const IpAddress address : interface.addresses) {
    if (address.family() != Family::kV4) continue;
    if (next == interface.public_addresses.size()) break;
    const IpAddress mapped = interface.public_addresses[next++];
    if (to.addresses.contains(address)) called |= IpSet::of(mapped);
  }
  return called;
}

/// Everything that must arrive at one place.
class Demand {
 public:
  Demand(const Case& c, const Scope& to, const std::vector<Cover>& covers)
      : case_{c}, to_{to}, covers_{covers}, transport_{asked(c)} {}

  // What `from` must be able to send there.
  PacketSet of(const Scope& from) const {
    const bool self = from.place == to_.place;
    if (self && !holds_many(from.place)) return {};
    PacketSet set = PacketSet::box(
        from.addresses, called_by(case_, from.place, to_), transport_);
    set -= covered(case_, covers_, {from}, to_.place);
    if (self) set = between_others(set, from.addresses, to_.place);
    return set;
  }

  // The same of several, whose addresses are disjoint.
  PacketSet of(const std::vector<Scope>& from) const {
    std::vector<PacketSet> sets;
    std::vector<const IpSet*> others;
    for (const Scope& scope : from) {
      const bool alone = scope.place == to_.place || !covers_.empty() ||
                         scope.place.kind == PlaceKind::kInternet;
      if (alone) {
        sets.push_back(of(scope));
      } else {
        others.push_back(&scope.addresses);
      }
    }
    sets.push_back(PacketSet::box(union_of(others), to_.addresses, transport_));
    return PacketSet::union_of(std::move(sets));
  }

 private:
  const Case& case_;
  const Scope& to_;
  const std::vector<Cover>& covers_;
  TransportSet transport_;
};

/// Sources that are heard by the same passages.
struct Heard {
  std::vector<Scope> from;
  std::vector<const Passage*> passages;
};

std::vector<Heard> by_sources(const std::vector<const Passage*>& passages) {
  std::map<Place, std::pair<const Scope*, std::vector<std::size_t>>> by_place;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    for (const Scope& scope : passages[i]->from) {
      auto& [first, heard] = by_place[scope.place];
      first = &scope;
      heard.push_back(i);
    }
  }
  std::map<std::vector<std::size_t>, std::vector<Scope>> groups;
  for (const auto& [_, one] : by_place) {
    groups[one.second].push_back(*one.first);
  }
  std::vector<Heard> found;
  for (auto& [heard, scopes] : groups) {
    Heard& group = found.emplace_back();
    group.from = std::move(scopes);
    for (const std::size_t i : heard) group.passages.push_back(passages[i]);
  }
  return found;
}

// What a group of sources lacks, by all its passages to one place: those that
// end at different sets of places are apart. A packet that may arrive at
// several places is not known to arrive at this one.
Breach lack_of(const PacketSet& wanted, const Heard& heard, Place to) {
  Breach lack;
  lack.from = heard.from;
  lack.to = {to};
  lack.certain = wanted;
  lack.possible = wanted;
  for (const Passage* passage : heard.passages) {
    lack.certain -= passage->all_possibly;
    if (passage->to.size() == 1) lack.possible -= passage->all_always;
    std::vector<std::string> facts;
    std::ranges::set_union(lack.facts, passage->facts,
                           std::back_inserter(facts));
    lack.facts = std::move(facts);
  }
  return lack;
}

// A subnet's or segment's packets to itself: never from an address to the same.
void forgive_self(Breach& lack, Place to) {
  for (const Scope& scope : lack.from) {
    if (scope.place != to) continue;
    lack.certain = between_others(lack.certain, scope.addresses, to);
    lack.possible = between_others(lack.possible, scope.addresses, to);
  }
}

struct Tally {
  std::size_t demanded = 0;  ///< places with something to demand
  std::vector<Breach> lacks;
};

void judge_place(const Case& c, const ZoneScope& from, const Scope& to,
                 const std::vector<Cover>& covers,
                 const std::vector<const Passage*>& passages, Tally& tally) {
  const Demand demand(c, to, covers);
  std::vector<Place> heard;
  bool demanded = false;
  const auto add = [&](Breach lack) {
    forgive_self(lack, to.place);
    if (!lack.possible.empty()) tally.lacks.push_back(std::move(lack));
  };
  for (const Heard& group : by_sources(passages)) {
    for (const Scope& scope : group.from) heard.push_back(scope.place);
    const PacketSet wanted = demand.of(group.from);
    demanded = demanded || !wanted.empty();
    const Passage& first = *group.passages.front();
    if (group.passages.size() == 1 && first.to.size() == 1 &&
        wanted.lies_inside(first.all_always)) {
      continue;
    }
    add(lack_of(wanted, group, to.place));
  }
  std::ranges::sort(heard);
  Breach silent;
  silent.to = {to.place};
  std::vector<PacketSet> unheard;
  for (const Scope& scope : from.scopes) {
    if (std::ranges::binary_search(heard, scope.place)) continue;
    PacketSet wanted = demand.of(scope);
    if (wanted.empty()) continue;
    demanded = true;
    silent.from.push_back(scope);
    unheard.push_back(std::move(wanted));
  }
  silent.certain = PacketSet::union_of(std::move(unheard));
  silent.possible = silent.certain;
  add(std::move(silent));
  if (demanded) ++tally.demanded;
}

std::string describe(const Topology& topology, const ZoneScope& from,
                     const ZoneScope& to, const Tally& tally, bool certain) {
  std::vector<std::string> places;
  std::vector<PacketSet> sets;
  for (const Breach& lack : tally.lacks) {
    const PacketSet& set = certain ? lack.certain : lack.possible;
    if (set.empty()) continue;
    places.push_back(to_string(topology, lack.to.front()));
    sets.push_back(set);
  }
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return fmt::format("'{}' {} not reach all of '{}', at {} of {} ({}): {}",
                     from.name, certain ? "does" : "may", to.name,
                     places.size(), counted(tally.demanded, "place"),
                     some_of(places),
                     describe_packets(PacketSet::union_of(std::move(sets)), 3));
}

Tally judge_places(const Case& c, const ZoneScope& from, const ZoneScope& to,
                   const std::vector<Cover>& covers, Judgement& j) {
  Question question;
  question.from = from.scopes;
  question.to = to.scopes;
  question.service = c.rule.service;
  question.level = c.rule.level;
  question.listed_only = true;
  question.keep_dropped = false;
  question.client_port_first = c.rules.client_port_first;
  question.client_port_last = c.rules.client_port_last;
  const Answer answer = c.engine.ask(question);
  check_answer(answer, c.rule, j);
  std::map<Place, std::vector<const Passage*>> by_place;
  for (const Passage& passage : answer.passages) {
    for (const Place place : passage.to) by_place[place].push_back(&passage);
  }
  Tally tally;
  for (const Scope& scope : to.scopes) {
    judge_place(c, from, scope, covers, by_place[scope.place], tally);
  }
  return tally;
}

// What the internet and a place with a public address that nobody knows do not
// open to each other, they may open by that address.
void doubt_public_addresses(const Topology& topology, Tally& tally) {
  if (!hides_public_addresses(topology)) return;
  const Place internet{PlaceKind::kInternet, 0};
  for (Breach& lack : tally.lacks) {
    const bool calls = std::ranges::any_of(
        lack.from, [&](const Scope& scope) { return scope.place == internet; });
    if (calls || lack.to.front() == internet) lack.certain = {};
  }
}

}  // namespace

// Every address of `from` opens every port of the service to every other
// address of `to`, on every choice of load sharing, in the families that both
// own, from every client port.
Judgement judge_require(const Case& c) {
  Judgement j;
  const ZoneScope from = zone_of(c, *c.rule.from, j);
  const ZoneScope to = zone_of(c, *c.rule.to, j);
  j.from = from.name;
  j.to = to.name;
  const std::vector<Cover> covers = covers_of(c, c.rule.except, from, to, j);
  if (!j.problems.empty()) return j;
  note_common(c, from, to, j);
  note_unknown(from, j);
  note_unknown(to, j);
  const auto doubts = open_block_doubts(c.topology(), from, to);
  j.unknown.insert(j.unknown.end(), doubts.begin(), doubts.end());

  Tally tally;
  if (!from.empty() && !to.empty()) {
    tally = judge_places(c, from, to, covers, j);
    doubt_public_addresses(c.topology(), tally);
  }
  Unowned unowned = judge_unowned(c, from, to, asked(c));
  if (tally.demanded == 0 && !unowned.demanded) {
    j.verdict = Verdict::kVacuous;
    j.detail = "no address of one zone could call another one of the other";
    return j;
  }
  j.detail = fmt::format("every address of '{}' opens {} to '{}' ({})",
                         from.name, c.rule.service_text, to.name,
                         counted(tally.demanded, "place"));
  if (tally.lacks.empty()) {
    conclude_unowned(c, std::move(unowned), false, j);
    return j;
  }
  bool certain = false;
  for (const Breach& lack : tally.lacks) {
    certain = certain || !lack.certain.empty();
    j.unknown.insert(j.unknown.end(), lack.facts.begin(), lack.facts.end());
  }
  j.verdict = certain ? Verdict::kViolated : Verdict::kUnknown;
  j.detail = describe(c.topology(), from, to, tally, certain);
  add_lack_witness(c, tally.lacks, j);
  // The witness could not be replayed.
  if (certain && j.verdict == Verdict::kUnknown) {
    j.detail = describe(c.topology(), from, to, tally, false);
  }
  j.breaches = std::move(tally.lacks);
  conclude_unowned(c, std::move(unowned), !j.witnesses.empty(), j);
  return j;
}

}  // namespace netproof
