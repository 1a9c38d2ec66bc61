#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/engine_impl.hpp"
#include "engine/passages.hpp"
#include "engine/request.hpp"
#include "engine/starts.hpp"
#include "engine/trips.hpp"
#include "netproof/engine/engine.hpp"
#include "netproof/net/ip_set_union.hpp"

namespace netproof {
namespace engine {
namespace {

/// Answers one question; lives as long as it takes.
class Asking {
 public:
  Asking(const Compiled& compiled, const Question& question)
      : compiled_{compiled},
        network_{compiled.network},
        question_{question},
        request_{network_, question},
        trips_{compiled, request_.walk_options(), reply_sources()} {}

  Answer run() {
    std::vector<Scope> senders;
    for (const Scope& scope : question_.from) {
      if (request_.is_absent(scope.place)) {
        refuse(scope, DropCode::kNoSuchAddress, "source");
      } else if (request_.answers_only(scope.place)) {
        refuse(scope, DropCode::kNoState, name(scope.place));
      } else {
        senders.push_back(scope);
      }
    }
    starts_ = starts_of(compiled_, senders, request_.followed(),
                        {.enters_freely = question_.blocked.empty(),
                         .nameless = !question_.keep_dropped});
    for (const Start& start : starts_) ask_from(start);
    if (trips_.gave_up_replies()) too_many_worlds();
    answer_.passages = passages_.take();
    return std::move(answer_);
  }

 private:
  IpSet reply_sources() const {
    IpSetUnion sources;
    for (const Scope& scope : question_.from) {
      sources.add(spoofs(scope.place) || checks_unknown(scope.place)
                      ? IpSet::all()
                      : scope.addresses);
    }
    return sources.take();
  }

  std::string name(Place place) const { return network_.place_name(place); }

  /// In one world everything goes its way, in the other nobody is there.
  void doubt(const Scope& scope, const PacketSet& sent,
             std::vector<Trip>& trips) const {
    const Fact fact{FactKind::kUnlisted, scope.place.index};
    for (Trip& trip : trips) {
      if (std::optional<Assumed> assumed = join(trip.assumed, {{fact, 0}})) {
        trip.assumed = std::move(*assumed);
        trip.branched = true;
      } else {
        trip.set = {};
      }
    }
    std::erase_if(trips, [](const Trip& trip) { return trip.set.empty(); });
    Trip absent;
    absent.set = sent;
    absent.assumed = {{fact, 1}};
    absent.branched = true;
    absent.end.code = DropCode::kNoSuchAddress;
    absent.end.at = "source";
    trips.push_back(std::move(absent));
  }

  /// Nothing that the scope sends leaves it.
  void refuse(const Scope& scope, DropCode code, std::string at) {
    if (!question_.account) return;
    const IpSet emitted = spoofs(scope.place) || checks_unknown(scope.place)
                              ? IpSet::all()
                              : scope.addresses;
    const PacketSet sent =
        PacketSet::box(emitted, request_.addresses(), request_.service());
    answer_.accounting.sent += sent.size();
    const PacketSet lost = sent.restrict_dst(unroutable());
    End end;
    end.code = DropCode::kUnroutable;
    end.at = name(scope.place);
    drop_at(lost, end);
    end.code = code;
    end.at = std::move(at);
    drop_at(sent - lost, end);
  }

  bool spoofs(Place place) const {
    return engine::spoofs(network_.parts(), place);
  }

  bool checks_unknown(Place place) const {
    return engine::checks_unknown(network_.parts(), place);
  }

  void ask_from(const Start& start) {
    const Scope& first = start.scopes.front();
    const IpSet emitted = spoofs(first.place) ? IpSet::all() : start.addresses;
    const PacketSet sent = sent_by(start, emitted);
    if (sent.empty() && !checks_unknown(first.place)) return;
    std::vector<Trip> trips =
        trips_.from(first.place, emitted, start.destinations);
    if (question_.account) answer_.accounting.sent += sent.size();
    // A walk keeps to the sources and destinations that it is given.
    if (!start.except.empty() || request_.followed() != request_.addresses())
      cut(trips, sent);
    if (checks_unknown(first.place)) add_spoofed(first, trips);
    if (request_.perhaps_absent(first.place)) doubt(first, sent, trips);
    std::vector<BoundSets> good;
    if (start.scopes.size() > 1 && question_.level == Level::kConnection) {
      // A reply must come back to its own place.
      std::optional<std::vector<BoundSets>> all = good_of_all(start, trips);
      if (!all) {
        answer_one_by_one(start, trips);
        return;
      }
      good = std::move(*all);
    } else {
      for (const Trip& trip : trips)
        good.push_back(good_part(trip, first.place));
    }
    answer_from(start, trips, std::move(good));
  }

  PacketSet sent_by(const Start& start, const IpSet& emitted) const {
    std::vector<PacketSet> except;
    for (const auto& [sources, destinations] : start.except) {
      except.push_back(
          PacketSet::box(sources, destinations, request_.service()));
    }
    return PacketSet::box(emitted, request_.addresses() & start.destinations,
                          request_.service()) -
           PacketSet::union_of(std::move(except));
  }

  /// The good part of each trip of all scopes at once; nothing if the replies
  /// have to be looked at one by one.
  std::optional<std::vector<BoundSets>> good_of_all(
      const Start& start, const std::vector<Trip>& trips) {
    std::vector<BoundSets> good(trips.size());
    for (std::size_t t = 0; t < trips.size(); ++t) {
      if (trips[t].end.kind == EndKind::kGivenUp) {
        good[t].add_possible(trips[t].set);
        continue;
      }
      const PacketSet arrived = arrivals(trips[t]);
      if (arrived.empty()) continue;
      const std::optional<PacketSet> back =
          trips_.replied_to_all(trips[t], start.scopes);
      if (!back) return std::nullopt;
      good[t].add(*back & arrived);
    }
    return good;
  }

  void answer_one_by_one(const Start& start, const std::vector<Trip>& trips) {
    for (const Scope& scope : start.scopes) {
      std::vector<Trip> own = trips;
      for (Trip& trip : own) {
        trip.set = trip.set.restrict_src(scope.addresses);
        rename(trip.end, start.scopes.front().place, scope.place);
      }
      std::erase_if(own, [](const Trip& trip) { return trip.set.empty(); });
      std::vector<BoundSets> good;
      for (const Trip& trip : own) good.push_back(good_part(trip, scope.place));
      answer_from({{scope}, scope.addresses}, own, std::move(good));
    }
  }

  bool is_own(Place place, const std::string& at) const {
    const std::vector<std::string> names = own_names(compiled_, place);
    return std::ranges::find(names, at) != names.end();
  }

  /// A drop at an object of `from` becomes one at the same object of `to`.
  void rename(End& end, Place from, Place to) const {
    if (end.kind != EndKind::kDropped || from == to) return;
    const std::vector<std::string> old_names = own_names(compiled_, from);
    const auto at = std::ranges::find(old_names, end.at);
    if (at != old_names.end()) {
      end.at = own_names(compiled_,
                         to)[static_cast<std::size_t>(at - old_names.begin())];
    }
  }

  static void cut(std::vector<Trip>& trips, const PacketSet& sent) {
    for (Trip& trip : trips) trip.set &= sent;
    std::erase_if(trips, [](const Trip& trip) { return trip.set.empty(); });
  }

  // Nobody knows whether the source check is on: what is sent with a foreign
  // source goes its way in one world and is dropped in the other (S136).
  void add_spoofed(const Scope& scope, std::vector<Trip>& trips) {
    const Fact fact{FactKind::kSourceCheck, scope.place.index};
    std::vector<IpPrefix> own;
    for (const IpAddress& address :
         network_.parts().interfaces[scope.place.index].addresses) {
      own.push_back(IpPrefix::host(address));
    }
    const IpSet foreign = IpSet::from_prefixes(own).complement();
    const PacketSet sent =
        PacketSet::box(foreign, request_.addresses(), request_.service());
    if (question_.account) answer_.accounting.sent += sent.size();
    std::vector<Trip> passed = trips_.from(scope.place, foreign);
    cut(passed, sent);
    for (Trip& trip : passed) {
      std::optional<Assumed> assumed = join(trip.assumed, {{fact, 0}});
      if (!assumed) continue;
      trip.assumed = std::move(*assumed);
      trip.branched = true;
      trips.push_back(std::move(trip));
    }
    Trip dropped;
    dropped.set = sent;
    dropped.assumed = {{fact, 1}};
    dropped.branched = true;
    dropped.end.code = DropCode::kSourceCheck;
    dropped.end.at = network_.place_name(scope.place);
    trips.push_back(std::move(dropped));
  }

  IpAddress source_after(const Rewrite& rewrite) const {
    if (rewrite.kind == EndKind::kMappedOut) {
      return network_.mappings[rewrite.index].public_address;
    }
    if (rewrite.kind == EndKind::kByNode) {
      return *network_.nodes[rewrite.index].source;
    }
    return network_.parts().nat_gateways[rewrite.index].private_address;
  }

  /// What of `set` arrives with a source that counts there.
  PacketSet heard(const Trip& trip, const PacketSet& set) const {
    const auto sources = question_.heard.find(trip.end.place);
    if (sources == question_.heard.end()) return set;
    // The last rewriting of the source leaves one address.
    for (std::size_t i = trip.rewrites.size(); i-- > 0;) {
      const Rewrite& rewrite = trip.rewrites[i];
      if (rewrite.kind == EndKind::kMappedIn) continue;
      const IpAddress source = source_after(rewrite);
      return sources->second.contains(source) ? set : PacketSet{};
    }
    return set.restrict_src(sources->second);
  }

  /// The part of a delivered trip that arrives where it was asked to.
  PacketSet arrivals(const Trip& trip) const {
    return heard(trip, arrivals_of_all(trip));
  }

  PacketSet arrivals_of_all(const Trip& trip) const {
    if (trip.end.kind != EndKind::kDelivered) return {};
    const auto wanted = request_.to().find(trip.end.place);
    if (wanted == request_.to().end()) return {};
    for (const Rewrite& rewrite : trip.rewrites) {
      if (rewrite.kind != EndKind::kMappedIn) continue;
      const PublicMapping& map = network_.mappings[rewrite.index];
      return wanted->second.contains(map.private_address) ? trip.set
                                                          : PacketSet{};
    }
    return trip.set.restrict_dst(wanted->second);
  }

  BoundSets good_part(const Trip& trip, Place requester) {
    BoundSets good;
    if (trip.end.kind == EndKind::kGivenUp) {
      good.add_possible(trip.set);
      return good;
    }
    const PacketSet arrived = arrivals(trip);
    if (arrived.empty()) return good;
    if (question_.level == Level::kPacket) {
      good.add(arrived);
      return good;
    }
    good = trips_.replied(trip, requester);
    good.some_always &= arrived;
    good.some_possibly &= arrived;
    good.all_always &= arrived;
    good.all_possibly &= arrived;
    return good;
  }

  void answer_from(const Start& start, const std::vector<Trip>& trips,
                   std::vector<BoundSets> good) {
    std::vector<Choice> choices;
    for (std::size_t t = 0; t < trips.size(); ++t) {
      const Trip& trip = trips[t];
      if (trip.branched) {
        choices.push_back({trip.set, &trip.assumed, std::move(good[t]), t});
        continue;
      }
      if (question_.account) count(start, trip);
      if (!good[t].some_possibly.empty()) {
        passages_.add(start.scopes, {trip.end.place}, good[t], {});
      }
    }
    if (!choices.empty()) answer_branched(start, trips, choices);
  }

  void answer_branched(const Start& start, const std::vector<Trip>& trips,
                       const std::vector<Choice>& choices) {
    for (const Cell& cell : cells_of(choices)) {
      const auto worlds = worlds_of(cell, choices);
      if (worlds.empty()) too_many_worlds();
      const std::array<bool, 4> holds = judge(cell, worlds);
      std::set<Place> places;
      std::set<std::string> facts;
      for (const Cell::Member& member : cell.members) {
        const Trip& trip = trips[choices[member.choice].tag];
        if (trip.end.kind == EndKind::kGivenUp) {
          too_many_worlds();
          for (const auto& [place, _] : request_.to()) places.insert(place);
        } else if (member.good[1]) {
          places.insert(trip.end.place);
        }
        for (const auto& [fact, _] : trip.assumed) {
          facts.insert(describe(network_, fact));
        }
        for (const Fact fact : trip.end.facts) {
          facts.insert(describe(network_, fact));
        }
      }
      if (question_.account) count(start, cell, worlds, trips, choices);
      if (!holds[1]) continue;
      BoundSets sets;
      if (holds[0]) sets.some_always = cell.set;
      sets.some_possibly = cell.set;
      if (holds[2]) sets.all_always = cell.set;
      if (holds[3]) sets.all_possibly = cell.set;
      passages_.add(start.scopes, {places.begin(), places.end()}, sets, facts);
    }
  }

  void too_many_worlds() {
    static const std::string limit =
        "too many unknown facts bear on the same packets";
    if (std::ranges::find(answer_.limits, limit) == answer_.limits.end()) {
      answer_.limits.push_back(limit);
    }
  }

  void drop(const Start& start, const PacketSet& set, const End& end) {
    const Place first = start.scopes.front().place;
    std::map<std::string, IpSetUnion> sources;
    if (start.scopes.size() == 1 || !is_own(first, end.at)) {
      drop_at(set, end);
      return;
    }
    for (const Scope& scope : start.scopes) {
      End renamed = end;
      rename(renamed, first, scope.place);
      sources[renamed.at].add(scope.addresses);
    }
    for (auto& [at, addresses] : sources) {
      End renamed = end;
      renamed.at = at;
      drop_at(set.restrict_src(addresses.take()), renamed);
    }
  }

  void drop_at(const PacketSet& set, const End& end) {
    if (set.empty()) return;
    const DropPlace place{end.code, end.at};
    answer_.accounting.dropped[place] += set.size();
    if (question_.keep_dropped) answer_.dropped[place] |= set;
  }

  void count(const Start& start, const Trip& trip) {
    if (trip.end.kind == EndKind::kDelivered) {
      answer_.accounting.delivered += trip.set.size();
    } else {
      drop(start, trip.set, trip.end);
    }
  }

  void count(const Start& start, const Cell& cell,
             const std::vector<std::vector<std::size_t>>& worlds,
             const std::vector<Trip>& trips,
             const std::vector<Choice>& choices) {
    const auto end = [&](std::size_t m) -> const End& {
      return trips[choices[cell.members[m].choice].tag].end;
    };
    std::set<Fate> fates;
    const bool given_up =
        std::ranges::any_of(cell.members, [&](const Cell::Member& member) {
          const Trip& trip = trips[choices[member.choice].tag];
          return trip.end.kind == EndKind::kGivenUp;
        });
    for (const std::vector<std::size_t>& world : worlds) {
      const auto delivered = std::ranges::count_if(world, [&](std::size_t m) {
        return end(m).kind == EndKind::kDelivered;
      });
      fates.insert(delivered == 0 ? Fate::kDropped
                   : static_cast<std::size_t>(delivered) == world.size()
                       ? Fate::kDelivered
                       : Fate::kMixed);
    }
    const BigUint size = cell.set.size();
    if (given_up || fates.size() != 1) {
      answer_.accounting.unknown += size;
    } else if (*fates.begin() == Fate::kDelivered) {
      answer_.accounting.delivered += size;
    } else if (*fates.begin() == Fate::kMixed) {
      answer_.accounting.mixed += size;
    } else {
      drop(start, cell.set, end(0));
    }
  }

  const Compiled& compiled_;
  const Network& network_;
  const Question& question_;
  Request request_;
  Trips trips_;
  std::vector<Start> starts_;
  Passages passages_;
  Answer answer_;
};

}  // namespace
}  // namespace engine

Answer Engine::ask(const Question& question) const {
  return engine::Asking{impl_->compiled, question}.run();
}

}  // namespace netproof
