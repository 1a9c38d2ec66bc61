#include "support/duel.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "netproof/net/service.hpp"

namespace netproof::testing {
namespace {

/// Whether all that `less` is certain of is so, and all that is possible it
/// holds for possible.
bool knows_less(const Bounds& less, const Bounds& exact) {
  return (!less.some_always || exact.some_always) &&
         (!less.all_always || exact.all_always) &&
         (!exact.some_possibly || less.some_possibly) &&
         (!exact.all_possibly || less.all_possibly);
}

/// The engine may know less where it hit a budget, the evaluator too.
bool agree(const Bounds& engine, bool limited, const Bounds& evaluator) {
  if (limited) return evaluator.given_up || knows_less(engine, evaluator);
  return knows_less(evaluator, engine) &&
         (evaluator.given_up || knows_less(engine, evaluator));
}

std::string text_of(const Bounds& bounds) {
  std::string text;
  text += bounds.some_always ? "some-always " : "";
  text += bounds.some_possibly ? "some-possibly " : "";
  text += bounds.all_always ? "all-always " : "";
  text += bounds.all_possibly ? "all-possibly " : "";
  return text.empty() ? "never" : text;
}

/// What the engine leans on where it lets the flow pass.
std::string facts_of(const Answer& answer, const Flow& flow) {
  std::string text;
  for (const Passage& passage : answer.passages) {
    if (!passage.some_possibly.contains(flow)) continue;
    for (const std::string& fact : passage.facts) text += "; " + fact;
  }
  return text;
}

TransportSet asked_service(const Question& question) {
  TransportSet clients = TransportSet::all();
  for (const std::uint8_t protocol : {kTcp, kUdp, kSctp}) {
    clients -= TransportSet::protocol(protocol);
    clients |= TransportSet::ports(protocol, question.client_port_first,
                                   question.client_port_last, 0, 65535);
  }
  return question.service & clients;
}

}  // namespace

Duel::Duel(std::uint32_t seed, DuelStatistics& statistics)
    : Duel{random_network(seed), seed, statistics} {}

Duel::Duel(RandomNetwork network, std::uint32_t seed,
           DuelStatistics& statistics)
    : seed_{seed},
      network_{std::move(network)},
      engine_{network_.topology},
      evaluator_{network_.topology},
      samples_{network_.topology},
      dice_{seed ^ 0x5eedU},
      statistics_{statistics} {
  ++statistics_.networks;
  for (const std::string& feature : network_.features) {
    ++statistics_.features[feature];
  }
}

std::vector<std::string> Duel::run(int questions) {
  for (int i = 0; i < questions; ++i) ask(question());
  return complaints_;
}

bool Duel::spoofs(Place place) const {
  const TopologyParts& parts = network_.topology.parts();
  switch (place.kind) {
    case PlaceKind::kInterface:
      return parts.interfaces[place.index].source_check.may_be(false);
    case PlaceKind::kHost:
      return parts.segments[parts.hosts[place.index].segment.id->index()]
          .spoofs;
    case PlaceKind::kSegment:
      return parts.segments[place.index].spoofs;
    case PlaceKind::kSite:
      return parts.sites[place.index].spoofs;
    default:
      return false;
  }
}

bool Duel::at_firewall(const std::optional<Drop>& drop) const {
  if (!drop || drop->code != DropCode::kFirewallDeny) return false;
  return std::ranges::any_of(
      network_.topology->endpoints, [&](const Endpoint& endpoint) {
        return endpoint.firewall && "endpoint:" + endpoint.name == drop->at;
      });
}

IpSet Duel::emitted(const Scope& scope) const {
  if (!spoofs(scope.place)) return scope.addresses;
  if (scope.place.kind != PlaceKind::kInterface) return IpSet::all();
  const Interface& interface = network_.topology->interfaces[scope.place.index];
  if (!interface.source_check.unknown) return IpSet::all();
  // Its own other addresses are not asked about.
  std::vector<IpPrefix> own;
  for (const IpAddress& one : interface.addresses) {
    own.push_back(IpPrefix::host(one));
  }
  return scope.addresses | IpSet::from_prefixes(own).complement();
}

/// A place with its addresses or, now and then, part of them.
Scope Duel::scope(bool sender) {
  std::vector<const Engine::Member*> members;
  for (const Engine::Member& member : engine_.members()) {
    if (member.addresses.empty() || (sender && member.answers_only)) continue;
    // Interfaces decide most; the internet is one place among many. What load
    // is shared over mostly ends in sites.
    const bool site = member.place.kind == PlaceKind::kSite;
    members.insert(members.end(),
                   site && !sender ? 4
                   : member.listed ? 2
                                   : 1,
                   &member);
  }
  const Engine::Member& member = *dice_.of(members);
  Scope made{member.place, member.addresses};
  if (dice_.percent(15)) {
    const IpPrefix part = dice_.of(made.addresses.prefixes());
    const int length = std::min(part.length() + 1, address_bits(part.family()));
    const IpSet half = IpSet::of(IpPrefix::enclosing(part.last(), length));
    made.addresses &= half;
  }
  return made;
}

Question Duel::question() {
  Question made;
  made.most_ways = most_ways_;
  std::set<Place> senders;
  const std::uint32_t from = 1 + dice_.below(2);
  for (std::uint32_t i = 0; i < from; ++i) {
    Scope one = scope(true);
    if (senders.insert(one.place).second) made.from.push_back(std::move(one));
  }
  const std::uint32_t to = 1 + dice_.below(4);
  std::set<Place> receivers;
  for (std::uint32_t i = 0; i < to; ++i) {
    Scope one = scope(false);
    if (receivers.insert(one.place).second) made.to.push_back(std::move(one));
  }
  made.level = dice_.percent(50) ? Level::kPacket : Level::kConnection;
  made.listed_only = dice_.percent(30);
  if (dice_.percent(25)) {
    made.service = parse_service(dice_.percent(50) ? "tcp/443" : "tcp").value();
  }
  if (dice_.percent(20)) made.client_port_first = 1024;
  if (dice_.percent(25)) made.blocked.push_back(scope(false).place);
  return made;
}

/// Everything that may be written as destination to mean an asked address.
IpSet Duel::asked(const Question& question) const {
  IpSet all;
  for (const Scope& scope : question.to) {
    all |= scope.addresses;
    if (scope.place.kind != PlaceKind::kInterface) continue;
    const Interface& interface =
        network_.topology->interfaces[scope.place.index];
    std::size_t next = 0;
    for (const IpAddress& one : interface.addresses) {
      if (one.family() != Family::kV4) continue;
      if (next >= interface.public_addresses.size()) break;
      const IpAddress& open = interface.public_addresses[next++];
      if (scope.addresses.contains(one)) all |= IpSet::of(open);
    }
  }
  return all;
}

/// The private address that the internet gateway puts in for a public one.
std::optional<IpAddress> Duel::private_of(const IpAddress& address) const {
  for (const Interface& interface : network_.topology->interfaces) {
    std::size_t next = 0;
    for (const IpAddress& one : interface.addresses) {
      if (one.family() != Family::kV4) continue;
      if (next >= interface.public_addresses.size()) break;
      if (interface.public_addresses[next++] == address) return one;
    }
  }
  return std::nullopt;
}

bool Duel::arrives(const Question& question, Place place,
                   const Flow& flow) const {
  for (const Scope& scope : question.to) {
    if (scope.place != place) continue;
    if (scope.addresses.contains(flow.dst)) return true;
    const std::optional<IpAddress> inside = private_of(flow.dst);
    if (inside && scope.addresses.contains(*inside)) return true;
  }
  return false;
}

void Duel::ask(const Question& question) {
  const Answer answer = engine_.ask(question);
  check_sets(question, answer);
  for (const Scope& scope : question.from) {
    const Side side{scope, emitted(scope)};
    for (const Flow& flow : draw(side, question, answer)) {
      compare(side, question, answer, flow);
    }
  }
}

std::vector<Flow> Duel::draw(const Side& side, const Question& question,
                             const Answer& answer) {
  const IpSet to = asked(question);
  const TransportSet service = asked_service(question);
  std::vector<Flow> flows;
  const auto add = [&](const std::optional<Flow>& flow) {
    if (flow && flow->src != flow->dst) flows.push_back(*flow);
  };
  for (int i = 0; i < 5; ++i) {
    add(samples_.at_edges(dice_, side.emits, to, service));
  }
  const PacketSet sent = PacketSet::box(side.emits, to, service);
  for (const Passage& passage : answer.passages) {
    for (const PacketSet* set : {&passage.some_always, &passage.some_possibly,
                                 &passage.all_always, &passage.all_possibly}) {
      add(samples_.inside(dice_, *set & sent));
      add(samples_.inside(dice_, *set & sent));
    }
    add(samples_.inside(dice_, sent - passage.all_always));
    add(samples_.inside(dice_,
                        (passage.some_possibly - passage.all_always) & sent));
  }
  for (const auto& [_, set] : answer.dropped) {
    if (dice_.percent(50)) add(samples_.inside(dice_, set & sent));
  }
  return flows;
}

Bounds Duel::said(const Answer& answer, const Side& side,
                  const Flow& flow) const {
  Bounds bounds;
  for (const Passage& passage : answer.passages) {
    const bool ours =
        std::ranges::any_of(passage.from, [&](const Scope& scope) {
          return scope.place == side.scope.place &&
                 emitted(scope).contains(flow.src);
        });
    if (!ours) continue;
    bounds.some_always |= passage.some_always.contains(flow);
    bounds.some_possibly |= passage.some_possibly.contains(flow);
    bounds.all_always |= passage.all_always.contains(flow);
    bounds.all_possibly |= passage.all_possibly.contains(flow);
  }
  return bounds;
}

void Duel::compare(const Side& side, const Question& question,
                   const Answer& answer, const Flow& flow) {
  const Place place = side.scope.place;
  const auto arrive = [&](Place at) { return arrives(question, at, flow); };
  const auto blocked = [&](Place at) {
    return std::ranges::find(question.blocked, at) != question.blocked.end();
  };
  const Bounds judged =
      question.blocked.empty()
          ? evaluator_.judge(place, flow, arrive, question.level,
                             question.listed_only)
          : evaluator_.judge_without(place, flow, arrive, blocked,
                                     question.level, question.listed_only);
  const Bounds bounds = said(answer, side, flow);
  ++statistics_.packets;
  if (judged.all_always) ++statistics_.arrived;
  if (judged.all_always && question.level == Level::kConnection) {
    ++statistics_.established;
  }
  if (!answer.limits.empty()) ++statistics_.limited;
  if (!agree(bounds, !answer.limits.empty(), judged)) {
    complain("the engine says " + text_of(bounds) + ", the evaluator " +
                 text_of(judged) + facts_of(answer, flow),
             question, place, flow);
  }
  if (question.blocked.empty()) {
    compare_fate(side, question, answer, flow);
  } else {
    if (judged.all_always) ++statistics_.delivered;
    for (const auto& [drop, set] : answer.dropped) {
      if (set.contains(flow)) ++statistics_.drops[drop.code];
    }
  }
}

void Duel::compare_fate(const Side& side, const Question& question,
                        const Answer& answer, const Flow& flow) {
  const Place place = side.scope.place;
  const Trace trace = evaluator_.trace(place, flow, question.listed_only);
  const Direction& forward = trace.forward;
  if (forward.fate == Fate::kDelivered) ++statistics_.delivered;
  if (forward.fate == Fate::kUnknown) ++statistics_.uncertain;
  if (forward.fate == Fate::kMixed) ++statistics_.mixed;
  if (at_firewall(forward.drop)) ++statistics_.firewall_drops;
  // What a line drops names the line.
  if (forward.fate == Fate::kDelivered && at_firewall(trace.connection_drop) &&
      trace.connection_drop->entry.empty()) {
    ++statistics_.handshakes;
  }
  if (forward.fate == Fate::kDropped) {
    ++statistics_.drops[forward.drop->code];
  } else if (trace.connection == ConnectionFate::kBlocked &&
             trace.connection_drop) {
    ++statistics_.drops[trace.connection_drop->code];
  }
  if (question.from.size() > 1 || !answer.limits.empty()) return;

  std::vector<DropPlace> here;
  for (const auto& [drop, set] : answer.dropped) {
    if (set.contains(flow)) here.push_back(drop);
  }
  const bool dropped = forward.fate == Fate::kDropped;
  if (here.size() != (dropped ? 1U : 0U)) {
    complain("the engine drops it in " + std::to_string(here.size()) +
                 " sets, its fate is " + std::string{to_string(forward.fate)},
             question, place, flow);
    return;
  }
  if (!dropped) return;
  std::set<DropPlace> ends;
  for (const TracePath& path : forward.paths) {
    if (!path.drop) continue;
    const bool loop = path.drop->code == DropCode::kLoop;
    ends.insert({path.drop->code, loop ? "" : path.drop->at});
  }
  if (ends.size() != 1) return;  // by worlds or choices in several places
  DropPlace engine = here.front();
  if (engine.code == DropCode::kLoop) engine.at = "";
  if (engine != *ends.begin()) {
    complain("the engine drops it with " + std::string{to_string(engine.code)} +
                 " at " + engine.at,
             question, place, flow);
  }
}

void Duel::check_sets(const Question& question, const Answer& answer) {
  const Flow none;
  const Place place = question.from.front().place;
  if (!answer.accounting.balances()) {
    complain("the accounting does not balance: sent " +
                 to_string(answer.accounting.sent),
             question, place, none);
  }
  if (question.from.size() > 1) return;
  PacketSet before;
  for (const auto& [drop, set] : answer.dropped) {
    if (!before.disjoint_from(set)) {
      complain("dropped sets overlap", question, place, none);
    }
    before |= set;
    const auto counted = answer.accounting.dropped.find(drop);
    if (counted == answer.accounting.dropped.end() ||
        counted->second != set.size()) {
      complain("a dropped set is not counted as it is", question, place, none);
    }
  }
  for (const Passage& passage : answer.passages) {
    if (!passage.some_possibly.disjoint_from(before)) {
      complain("what passes is dropped too", question, place, none);
    }
    const bool ordered =
        passage.all_always.lies_inside(passage.some_always) &&
        passage.all_always.lies_inside(passage.all_possibly) &&
        passage.some_always.lies_inside(passage.some_possibly) &&
        passage.all_possibly.lies_inside(passage.some_possibly);
    if (!ordered) complain("the bounds cross", question, place, none);
  }
}

}  // namespace netproof::testing
