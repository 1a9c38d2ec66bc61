#include "netproof/rules/compare.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "netproof/engine/difference.hpp"
#include "rules/open_blocks.hpp"
#include "rules/public_doubt.hpp"

namespace netproof {

namespace {

/// The names of the places of one network, each made once.
class PlaceNames {
 public:
  PlaceNames(const Topology& topology, const Engine& engine) {
    for (const Engine::Member& member : engine.members()) {
      names_.emplace_back(member.place, to_string(topology, member.place));
    }
  }

  const std::string& of(Place place) const {
    return std::ranges::lower_bound(
               names_, place, {}, [](const auto& named) { return named.first; })
        ->second;
  }

 private:
  std::vector<std::pair<Place, std::string>> names_;  ///< in the order of Place
};

/// What passes between two ends, by the quantifiers of Bounds.
struct Passing {
  PacketSet some_always;
  PacketSet some_possibly;
  PacketSet all_always;
  PacketSet all_possibly;
  std::vector<std::string> facts;

  friend bool operator==(const Passing&, const Passing&) = default;

  void add(const Passage& passage, const IpSet* sources) {
    const auto part = [&](const PacketSet& set) {
      return sources == nullptr ? set : set.restrict_src(*sources);
    };
    some_always |= part(passage.some_always);
    some_possibly |= part(passage.some_possibly);
    all_always |= part(passage.all_always);
    all_possibly |= part(passage.all_possibly);
    std::vector<std::string> all;
    std::ranges::set_union(facts, passage.facts, std::back_inserter(all));
    facts = std::move(all);
  }
};

struct Ends {
  std::string to;
  std::string from;

  friend auto operator<=>(const Ends&, const Ends&) = default;
};

using Passings = std::map<Ends, Passing>;

std::string joined(const PlaceNames& names, const std::vector<Place>& places) {
  std::vector<std::string> texts;
  for (const Place place : places) texts.push_back(names.of(place));
  std::ranges::sort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::string text;
  for (const std::string& one : texts) {
    if (!text.empty()) text += " or ";
    text += one;
  }
  return text;
}

/// A passage of several sources, which are disjoint, is one for each of them.
void add(const Passage& passage, const PlaceNames& names, Passings& passings) {
  const std::string to = joined(names, passage.to);
  for (const Scope& scope : passage.from) {
    passings[{to, names.of(scope.place)}].add(
        passage, passage.from.size() > 1 ? &scope.addresses : nullptr);
  }
}

bool same(const Passage& a, const Passage& b) {
  return a.some_possibly == b.some_possibly && a.some_always == b.some_always &&
         a.all_possibly == b.all_possibly && a.all_always == b.all_always &&
         std::ranges::equal(a.from, b.from, [](const Scope& x, const Scope& y) {
           return x.place == y.place && x.addresses == y.addresses;
         });
}

/// Both answers without the passages that are the same in both: they come in
/// one order, by destination, then source.
void drop_common(std::vector<Passage>& before, std::vector<Passage>& after) {
  const auto key = [](const Passage& passage) {
    return std::pair{passage.to, passage.from.front().place};
  };
  std::vector<bool> gone_before(before.size(), false);
  std::vector<bool> gone_after(after.size(), false);
  for (std::size_t a = 0, b = 0; a < before.size() && b < after.size();) {
    const auto order = key(before[a]) <=> key(after[b]);
    if (order == 0 && same(before[a], after[b])) {
      gone_before[a] = gone_after[b] = true;
    }
    if (order <= 0) ++a;
    if (order >= 0) ++b;
  }
  const auto erase = [](std::vector<Passage>& all,
                        const std::vector<bool>& gone) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!gone[i]) std::swap(all[kept++], all[i]);
    }
    all.resize(kept);
  };
  erase(before, gone_before);
  erase(after, gone_after);
}

PacketSet differ(const PacketSet& a, const PacketSet& b) {
  return a == b ? PacketSet::none() : (a - b) | (b - a);
}

ReachChange change_of(const Ends& ends, const Passing& old,
                      const Passing& now) {
  ReachChange change;
  change.from = ends.from;
  change.to = ends.to;
  change.opened = now.some_possibly - old.some_possibly;
  change.closed = old.some_possibly - now.some_possibly;
  const PacketSet shared = old.some_possibly & now.some_possibly;
  change.altered = shared & (differ(old.some_always, now.some_always) |
                             differ(old.all_possibly, now.all_possibly) |
                             differ(old.all_always, now.all_always));
  const PacketSet touched = change.opened | change.closed | change.altered;
  const auto lean = [&](const Passing& one) {
    if ((one.some_possibly & touched).lies_inside(one.some_always)) return;
    std::vector<std::string> all;
    std::ranges::set_union(change.unknown, one.facts, std::back_inserter(all));
    change.unknown = std::move(all);
  };
  lean(old);
  lean(now);
  return change;
}

bool empty(const ReachChange& change) {
  return change.opened.empty() && change.closed.empty() &&
         change.altered.empty();
}

/// Holds the answers of two networks to the same questions against each other.
class Comparing {
 public:
  Comparing(const Topology& before, const Engine& old, const Topology& after,
            const Engine& now)
      : before_{before},
        after_{after},
        old_{old},
        now_{now},
        old_names_{before, old},
        now_names_{after, now} {}

  LevelChange at(Level level, const MayDiffer& asked) {
    LevelChange result;
    result.level = level;
    result.unknown = asked.unknown;
    Passings before;
    Passings after;
    for (const QuestionPair& pair : asked.questions) {
      Answer old = ask(old_, pair.before, level, result);
      Answer now = ask(now_, pair.after, level, result);
      drop_common_of(pair, old, now);
      for (const Passage& one : old.passages) add(one, old_names_, before);
      for (const Passage& one : now.passages) add(one, now_names_, after);
    }
    collect(before, after, result);
    if (!asked.questions.empty()) doubt(result);
    std::ranges::sort(result.unknown);
    return result;
  }

 private:
  static Answer ask(const Engine& engine, Question question, Level level,
                    LevelChange& result) {
    question.level = level;
    Answer answer = engine.ask(question);
    for (const std::string& limit : answer.limits) {
      const std::string text = "a budget was hit: " + limit;
      if (std::ranges::find(result.unknown, text) == result.unknown.end()) {
        result.unknown.push_back(text);
      }
    }
    return answer;
  }

  // Wherever anything differs it may matter to interfaces that nobody listed,
  // and to blocks that nobody knows.
  void doubt(LevelChange& result) const {
    std::set<std::string> reasons;
    for (const Topology* topology : {&before_, &after_}) {
      const auto more = PublicDoubt{*topology}.everywhere();
      reasons.insert(more.begin(), more.end());
      const auto blocks = open_block_doubts(*topology);
      reasons.insert(blocks.begin(), blocks.end());
    }
    result.unknown.insert(result.unknown.end(), reasons.begin(), reasons.end());
  }

  // Of places of another network an id says nothing.
  void drop_common_of(const QuestionPair& pair, Answer& old,
                      Answer& now) const {
    const auto named_alike = [&](const std::vector<Scope>& a,
                                 const std::vector<Scope>& b) {
      return std::ranges::equal(a, b, [&](const Scope& x, const Scope& y) {
        return x.place == y.place &&
               old_names_.of(x.place) == now_names_.of(y.place);
      });
    };
    if (named_alike(pair.before.from, pair.after.from) &&
        named_alike(pair.before.to, pair.after.to)) {
      drop_common(old.passages, now.passages);
    }
  }

  static void collect(const Passings& before, const Passings& after,
                      LevelChange& result) {
    static const Passing nothing;
    const auto note = [&](const Ends& ends, const Passing& old,
                          const Passing& now) {
      ReachChange change = change_of(ends, old, now);
      if (!empty(change)) result.changes.push_back(std::move(change));
    };
    auto a = before.begin();
    auto b = after.begin();
    while (a != before.end() || b != after.end()) {
      if (b == after.end() || (a != before.end() && a->first < b->first)) {
        note(a->first, a->second, nothing);
        ++a;
      } else if (a == before.end() || b->first < a->first) {
        note(b->first, nothing, b->second);
        ++b;
      } else {
        note(a->first, a->second, b->second);
        ++a;
        ++b;
      }
    }
  }

  const Topology& before_;
  const Topology& after_;
  const Engine& old_;
  const Engine& now_;
  PlaceNames old_names_;
  PlaceNames now_names_;
};

/// The verdict, unless the rule makes no sense there.
std::optional<Verdict> verdict_of(const RuleOutcome& outcome) {
  if (!outcome.problems.empty()) return std::nullopt;
  return outcome.result.verdict;
}

bool fails(const RuleOutcome& outcome) {
  return outcome.problems.empty() &&
         outcome.result.verdict == Verdict::kViolated && !outcome.result.waived;
}

}  // namespace

bool Comparison::same() const {
  return now_failing.empty() && now_fixed.empty() && otherwise.empty() &&
         std::ranges::all_of(
             levels, [](const LevelChange& level) { return level.same(); });
}

LevelChange compare_reach(const Topology& before, const Engine& old,
                          const Topology& after, const Engine& now,
                          Level level) {
  return Comparing(before, old, after, now)
      .at(level, what_may_differ(old, now));
}

LevelChange first_difference(const Topology& before, const Engine& old,
                             const Topology& after, const Engine& now) {
  const MayDiffer asked = what_may_differ(old, now);
  Comparing comparing(before, old, after, now);
  LevelChange found = comparing.at(Level::kPacket, asked);
  if (!found.changes.empty()) return found;
  return comparing.at(Level::kConnection, asked);
}

Result<Comparison, Diagnostics> compare_rules(const Judge& before,
                                              const Judge& after,
                                              const RuleSet& rules,
                                              const std::string& today) {
  Comparison comparison;
  Diagnostics problems;
  for (const RuleSpec& rule : rules.rules) {
    RuleOutcome old = before.judge(rule, rules, today, false);
    RuleOutcome now = after.judge(rule, rules, today, false);
    for (const RuleOutcome* one : {&old, &now}) {
      comparison.defects.insert(comparison.defects.end(), one->defects.begin(),
                                one->defects.end());
    }
    const VerdictChange change{rule.id, verdict_of(old), verdict_of(now)};
    if (!change.before && !change.after) {
      problems.insert(problems.end(), now.problems.begin(), now.problems.end());
    }
    if (fails(now) && !fails(old)) {
      comparison.now_failing.push_back(change);
    } else if (fails(old) && !fails(now)) {
      comparison.now_fixed.push_back(change);
    } else if (change.before != change.after) {
      comparison.otherwise.push_back(change);
    }
  }
  if (!problems.empty()) return Unexpected{std::move(problems)};
  return comparison;
}

}  // namespace netproof
