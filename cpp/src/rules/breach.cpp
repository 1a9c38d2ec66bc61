#include "rules/breach.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "netproof/net/ip_set_union.hpp"
#include "rules/witness.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

// What `set` holds of other sources than `scopes`. A lone source may be
// spoofed, and its packets are told by nothing else.
PacketSet drop_sources(const PacketSet& set, const std::vector<Scope>& scopes) {
  if (scopes.empty()) return set;
  return set - set.restrict_src(addresses_of(scopes));
}

bool same_member(const Ban& ban, Place a, Place b) {
  if (!ban.between_members) return false;
  const auto x = ban.from->find(a);
  const auto y = ban.to->find(b);
  return x && y && ban.from->owner[*x] == ban.to->owner[*y];
}

bool not_judged(const Ban& ban, Place from, Place to) {
  return same_member(ban, from, to) || (from == to && !holds_many(from));
}

// What a passage to one of its places holds that is allowed or not judged.
PacketSet harmless(const Case& c, const Ban& ban, const Passage& passage,
                   const PacketSet& set, Place to) {
  std::vector<Scope> skipped;
  PacketSet self;
  for (const Scope& scope : passage.from) {
    if (not_judged(ban, scope.place, to)) {
      skipped.push_back(scope);
    } else if (scope.place == to) {
      self = set - between_others(set, scope.addresses, to);
    }
  }
  if (skipped.size() == passage.from.size()) return set;
  const PacketSet unjudged = set - drop_sources(set, skipped);
  return unjudged | self | covered(c, *ban.covers, passage.from, to);
}

// The packets of one passage that the rule forbids. Where worlds lead a packet
// to several places, it is a certain breach only if it is one at each of them.
Breach breach_of(const Case& c, const Ban& ban, const Passage& passage) {
  Breach breach;
  breach.to = passage.to;
  breach.facts = passage.facts;
  breach.certain = passage.some_always;
  PacketSet always_harmless = passage.some_possibly;
  std::vector<bool> judged(passage.from.size(), false);
  for (const Place to : passage.to) {
    const PacketSet set = harmless(c, ban, passage, passage.some_possibly, to);
    breach.certain -= set;
    always_harmless &= set;
    for (std::size_t i = 0; i < passage.from.size(); ++i) {
      if (!not_judged(ban, passage.from[i].place, to)) judged[i] = true;
    }
  }
  breach.possible = passage.some_possibly - always_harmless;
  for (std::size_t i = 0; i < passage.from.size(); ++i) {
    if (judged[i]) breach.from.push_back(passage.from[i]);
  }
  return breach;
}

/// Some places with their addresses.
using Ends = std::map<Place, const IpSet*>;

bool are_disjoint(const Ends& ends) {
  std::vector<const IpSet*> sets;
  for (const auto& [_, addresses] : ends) sets.push_back(addresses);
  return disjoint_union(sets).has_value();
}

// What `part` has of these places.
IpSet shared_addresses(const ZoneScope& part, const Ends& ends) {
  IpSetUnion shared;
  for (const Scope& scope : part.scopes) {
    if (ends.contains(scope.place)) shared.add(scope.addresses);
  }
  return shared.take();
}

/// Says of passages at once, by their headers alone, that the covers allow all
/// of them. That it does not say so means nothing: then each is looked at.
class AllowedAtOnce {
 public:
  AllowedAtOnce(const Ban& ban, const std::vector<Passage>& passages) {
    if (ban.between_members) return;
    for (const Passage& passage : passages) {
      for (const Scope& scope : passage.from) {
        from_[scope.place] = &scope.addresses;
      }
      for (const Place place : passage.to) {
        if (const auto at = ban.to->find(place)) {
          to_[place] = &ban.to->scopes[*at].addresses;
        }
      }
    }
    // Who does not send or receive at all may have the same addresses.
    told_ = are_disjoint(from_) && are_disjoint(to_);
    if (!told_) return;
    std::vector<PacketSet> boxes;
    for (const Cover& cover : *ban.covers) {
      boxes.push_back(PacketSet::box(shared_addresses(cover.from, from_),
                                     shared_addresses(cover.to, to_),
                                     cover.service));
      boxes.push_back(PacketSet::box(shared_addresses(cover.to, from_),
                                     shared_addresses(cover.from, to_),
                                     cover.replies));
    }
    allowed_ = PacketSet::union_of(std::move(boxes));
  }

  bool operator()(const Passage& passage) const {
    if (!told_ || passage.to.size() != 1) return false;
    const auto to = to_.find(passage.to.front());
    if (to == to_.end()) return false;
    const PacketSet& set = passage.some_possibly;
    // A lone sender may name a foreign source.
    return set.lies_inside(allowed_) &&
           set.dst_addresses().lies_inside(*to->second) &&
           (passage.from.size() > 1 ||
            set.src_addresses().lies_inside(passage.from.front().addresses));
  }

 private:
  Ends from_;  ///< who sends anything
  Ends to_;    ///< who receives anything
  bool told_ = false;
  PacketSet allowed_;
};

std::string describe(const Case& c, const std::vector<Breach>& breaches,
                     const Ban& scope, bool certain) {
  std::vector<PacketSet> sets;
  std::vector<std::string> places;
  for (const Breach& breach : breaches) {
    const PacketSet& set = certain ? breach.certain : breach.possible;
    if (set.empty()) continue;
    sets.push_back(set);
    for (const Place to : breach.to) {
      places.push_back(to_string(c.topology(), to));
    }
  }
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  const PacketSet all = PacketSet::union_of(std::move(sets));
  return fmt::format("'{}' {} '{}' at {} of {} ({}): {}", scope.from->name,
                     certain ? "reaches" : "may reach", scope.to->name,
                     places.size(), counted(scope.to->scopes.size(), "place"),
                     some_of(places), describe_packets(all, 3));
}

}  // namespace

bool holds_many(Place place) {
  return place.kind == PlaceKind::kSubnet || place.kind == PlaceKind::kSegment;
}

// Splits by the highest bit in which addresses differ: whatever goes from one
// half to the other is apart, the halves are searched in turn. The depth is
// the number of bits of an address.
PacketSet apart(const PacketSet& set) {
  std::vector<PacketSet> todo{set};
  while (!todo.empty()) {
    const PacketSet next = std::move(todo.back());
    todo.pop_back();
    for (const Family family : {Family::kV4, Family::kV6}) {
      const PacketSet part = next.only(family);
      if (part.empty()) continue;
      const IpSet src = part.src_addresses();
      const IpSet dst = part.dst_addresses();
      const PacketSet sent = part - part.restrict_src(dst);
      if (!sent.empty()) return sent;
      const PacketSet received = part - part.restrict_dst(src);
      if (!received.empty()) return received;
      const auto runs = dst.intervals(family);
      const Uint128 first = runs.front().first;
      const Uint128 last = runs.back().last;
      if (first == last) continue;
      const IpSet low =
          IpSet::range(IpAddress::make(family, first),
                       IpAddress::make(family, first + (last - first) / 2));
      const PacketSet from_low = part.restrict_src(low);
      const PacketSet across = from_low - from_low.restrict_dst(low);
      if (!across.empty()) return across;
      const PacketSet from_high = part - from_low;
      const PacketSet back = from_high.restrict_dst(low);
      if (!back.empty()) return back;
      if (!from_low.empty()) todo.push_back(from_low);
      if (!from_high.empty()) todo.push_back(from_high);
    }
  }
  return {};
}

PacketSet between_others(const PacketSet& set, const IpSet& own, Place place) {
  const PacketSet inside = set.restrict_src(own).restrict_dst(own);
  if (inside.empty()) return set;
  if (!holds_many(place) || apart(inside).empty()) return set - inside;
  return set;
}

void check_answer(const Answer& answer, const RuleSpec& rule, Judgement& j) {
  for (const std::string& limit : answer.limits) {
    j.unknown.push_back(fmt::format("a budget was hit: {}", limit));
  }
  if (!answer.accounting.balances()) {
    j.defects.push_back(fmt::format(
        "rule '{}': what was sent is not what was delivered and dropped",
        rule.id));
  }
}

std::vector<Breach> breaches_of(const Case& c, const Ban& ban, Judgement& j) {
  std::vector<Breach> breaches;
  if (ban.from->empty() || ban.to->empty()) return breaches;
  Question question;
  question.from = ban.from->scopes;
  question.to = ban.to->scopes;
  question.service = c.rule.service;
  question.level = c.rule.level;
  question.listed_only = listed_only(c);
  question.blocked = ban.blocked;
  question.keep_dropped = false;
  const Answer answer = c.engine.ask(question);
  check_answer(answer, c.rule, j);
  const AllowedAtOnce allowed{ban, answer.passages};
  for (const Passage& passage : answer.passages) {
    if (allowed(passage)) continue;
    Breach breach = breach_of(c, ban, passage);
    if (breach.possible.empty()) continue;
    breaches.push_back(std::move(breach));
  }
  return breaches;
}

bool has_pairs(const Ban& ban) {
  const ZoneScope& from = *ban.from;
  const ZoneScope& to = *ban.to;
  if (!from.empty() && to.empty()) return !to.unowned.empty();
  if (from.empty() || to.empty()) return false;
  if (ban.between_members) return from.members.size() > 1;
  if (from.scopes.size() > 1 || to.scopes.size() > 1) return true;
  const Place place = from.scopes.front().place;
  return place != to.scopes.front().place || holds_many(place);
}

void conclude(const Case& c, const Ban& scope, std::vector<Breach> breaches,
              Judgement& j) {
  bool certain = false;
  for (const Breach& breach : breaches) {
    certain = certain || !breach.certain.empty();
    j.unknown.insert(j.unknown.end(), breach.facts.begin(), breach.facts.end());
  }
  if (breaches.empty()) return;
  const Verdict verdict = certain ? Verdict::kViolated : Verdict::kUnknown;
  if (verdict < j.verdict) return;
  const bool first = verdict > j.verdict || j.detail.empty();
  j.verdict = verdict;
  const std::string text = describe(c, breaches, scope, certain);
  j.detail = first ? text : fmt::format("{}; {}", j.detail, text);
  if (first) j.witnesses.clear();
  if (j.witnesses.empty()) add_leak_witness(c, scope, breaches, j);
  // The witness could not be replayed.
  if (j.verdict != verdict) j.detail = describe(c, breaches, scope, false);
  for (Breach& breach : breaches) j.breaches.push_back(std::move(breach));
}

}  // namespace netproof
