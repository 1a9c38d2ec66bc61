#include "reference/tree.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace netproof::reference {
namespace {

/// Steps of one answer; beyond this it is unknown.
constexpr std::size_t kMaxSteps = 2'000'000;
/// Every pair of worlds is compared; beyond this all facts are named.
constexpr std::size_t kMaxWorlds = 300;

using Keys = std::vector<int>;  ///< of facts, sorted

/// Over the alternatives of a fact: each makes worlds of its own.
void add_alternative(Bounds& all, const Bounds& one) {
  all.some_always &= one.some_always;
  all.some_possibly |= one.some_possibly;
  all.all_always &= one.all_always;
  all.all_possibly |= one.all_possibly;
  all.given_up |= one.given_up;
}

/// Over load sharing among ways whose worlds have no fact in common.
void add_way(Bounds& all, const Bounds& one) {
  all.some_always |= one.some_always;
  all.some_possibly |= one.some_possibly;
  all.all_always &= one.all_always;
  all.all_possibly &= one.all_possibly;
  all.given_up |= one.given_up;
}

/// An alternative that this place does not offer leaves what is known, which
/// stands first.
const Tree& follow(const Node& fact, const std::string& alternative) {
  const auto at = std::ranges::find(fact.alternatives, alternative);
  const auto index =
      at == fact.alternatives.end() ? 0 : at - fact.alternatives.begin();
  return fact.children[static_cast<std::size_t>(index)];
}

/// The quantifiers by recursion: no fact comes twice on one way, so each fact
/// is decided where it stands. Ways of load sharing that meet the same fact are
/// decided together: that fact is fixed first.
class Quantifier {
 public:
  explicit Quantifier(const Judge& judge) : judge_{judge} {}

  /// Nothing if it takes too many steps.
  std::optional<Bounds> over(const Tree& tree) {
    note(*tree);
    const Bounds bounds = of(*tree);
    if (steps_ > kMaxSteps) return std::nullopt;
    return bounds;
  }

 private:
  struct Known {
    int key = -1;
    Keys keys;    ///< of the facts from here on
    Keys common;  ///< of load sharing: those that several ways meet
    std::optional<Bounds> bounds;  ///< with none of `keys` fixed
  };

  const Keys& note(const Node& node) {
    Known known;
    Keys met;
    for (const Tree& child : node.children) {
      const Keys& keys = note(*child);
      met.insert(met.end(), keys.begin(), keys.end());
    }
    if (node.kind == Node::Kind::kFact) {
      const auto next = static_cast<int>(numbers_.size());
      known.key = numbers_.try_emplace(node.fact.key, next).first->second;
      met.push_back(known.key);
    }
    std::ranges::sort(met);
    if (node.kind == Node::Kind::kShare) {
      for (std::size_t i = 1; i < met.size(); ++i) {
        if (met[i] == met[i - 1]) known.common.push_back(met[i]);
      }
    }
    met.erase(std::unique(met.begin(), met.end()), met.end());
    known.keys = std::move(met);
    return known_.insert_or_assign(&node, std::move(known)).first->second.keys;
  }

  Bounds of(const Node& node) {
    if (++steps_ > kMaxSteps) return {};
    if (node.kind == Node::Kind::kEnd) return judge_(*node.end);
    Known& known = known_.at(&node);
    const bool fixed = std::ranges::any_of(
        fixed_, [&](const auto& one) { return has(known.keys, one.first); });
    if (!fixed && known.bounds) return *known.bounds;
    const Bounds bounds = node.kind == Node::Kind::kFact
                              ? of_fact(node, known)
                              : of_sharing(node, known);
    if (!fixed) known.bounds = bounds;
    return bounds;
  }

  Bounds of_fact(const Node& node, const Known& known) {
    const auto at = fixed_.find(known.key);
    if (at != fixed_.end()) return of(*follow(node, *at->second));
    Bounds all{true, false, true, false};
    for (const Tree& child : node.children) add_alternative(all, of(*child));
    return all;
  }

  Bounds of_sharing(const Node& node, const Known& known) {
    if (const Node* fact = first_common(node, known.common)) {
      const int key = known_.at(fact).key;
      Bounds all{true, false, true, false};
      for (const std::string& alternative : fact->alternatives) {
        fixed_[key] = &alternative;
        add_alternative(all, of(node));
        fixed_.erase(key);
      }
      return all;
    }
    Bounds all{false, false, true, true};
    for (const Tree& child : node.children) add_way(all, of(*child));
    return all;
  }

  /// The first fact of `common` that is not fixed and can still be met.
  const Node* first_common(const Node& node, const Keys& common) {
    if (common.empty() || ++steps_ > kMaxSteps) return nullptr;
    if (node.kind == Node::Kind::kFact) {
      const int key = known_.at(&node).key;
      const auto at = fixed_.find(key);
      if (at != fixed_.end()) {
        return first_common(*follow(node, *at->second), common);
      }
      if (has(common, key)) return &node;
    }
    for (const Tree& child : node.children) {
      if (const Node* found = first_common(*child, common)) return found;
    }
    return nullptr;
  }

  static bool has(const Keys& keys, int key) {
    return std::ranges::binary_search(keys, key);
  }

  const Judge& judge_;
  std::unordered_map<std::string, int> numbers_;
  std::unordered_map<const Node*, Known> known_;
  std::map<int, const std::string*> fixed_;
  std::size_t steps_ = 0;
};

/// One world as far as it matters: the alternatives that it fixes, by number,
/// and what it says of all choices of load sharing.
struct World {
  std::map<int, std::string> choices;
  Bounds bounds;
};

/// The worlds of a tree, one after the other.
class Enumeration {
 public:
  explicit Enumeration(const Judge& judge) : judge_{judge} {}

  /// False if there are too many.
  bool run(const Tree& tree) {
    enumerate({tree.get()});
    return complete_;
  }
  const std::vector<World>& worlds() const { return worlds_; }
  const std::string& text(int key) const { return texts_.at(key); }

 private:
  using Frontier = std::vector<const Node*>;

  int number(const Fact& fact) {
    const auto next = static_cast<int>(numbers_.size());
    const auto [at, fresh] = numbers_.try_emplace(fact.key, next);
    if (fresh) texts_[next] = fact.text;
    return at->second;
  }

  /// Follows load sharing and fixed facts; what is left are ends and facts
  /// that the world has not fixed.
  void expand(const Node* node, Frontier& into) {
    if (++steps_ > kMaxSteps) complete_ = false;
    if (!complete_) return;
    if (node->kind == Node::Kind::kShare) {
      for (const Tree& child : node->children) expand(child.get(), into);
      return;
    }
    if (node->kind == Node::Kind::kFact) {
      const auto fixed = choices_.find(number(node->fact));
      if (fixed != choices_.end()) {
        expand(follow(*node, fixed->second).get(), into);
        return;
      }
    }
    into.push_back(node);
  }

  void enumerate(const Frontier& nodes) {
    Frontier open;
    for (const Node* node : nodes) expand(node, open);
    const auto fact = std::ranges::find(open, Node::Kind::kFact, &Node::kind);
    if (fact == open.end() && worlds_.size() == kMaxWorlds) complete_ = false;
    if (!complete_) return;
    if (fact == open.end()) {
      Bounds bounds{false, false, true, true};
      for (const Node* node : open) add_way(bounds, judge_(*node->end));
      worlds_.push_back({choices_, bounds});
      return;
    }
    const int key = number((*fact)->fact);
    for (const std::string& alternative : (*fact)->alternatives) {
      choices_[key] = alternative;
      enumerate(open);
      choices_.erase(key);
    }
  }

  const Judge& judge_;
  std::unordered_map<std::string, int> numbers_;
  std::map<int, std::string> texts_;
  std::map<int, std::string> choices_;
  std::vector<World> worlds_;
  std::size_t steps_ = 0;
  bool complete_ = true;
};

/// The fact in which two worlds differ, if they can differ in one only.
std::optional<int> sole_difference(const World& a, const World& b) {
  std::optional<int> found;
  for (const auto& [key, alternative] : a.choices) {
    const auto other = b.choices.find(key);
    if (other == b.choices.end() || other->second == alternative) continue;
    if (found) return std::nullopt;
    found = key;
  }
  return found;
}

void collect(const Tree& tree, std::vector<std::shared_ptr<const End>>& ends) {
  if (tree->kind == Node::Kind::kEnd) ends.push_back(tree->end);
  for (const Tree& child : tree->children) collect(child, ends);
}

void collect_facts(const Node& node, std::set<std::string>& texts) {
  if (node.kind == Node::Kind::kFact) texts.insert(node.fact.text);
  if (node.end && node.end->gave_up) texts.insert(std::string{kTooManyWays});
  for (const Tree& child : node.children) collect_facts(*child, texts);
}

}  // namespace

Bounds bounds_of(const Tree& tree, const Judge& judge) {
  const auto ends = ends_of(tree);
  const bool gave_up =
      std::ranges::any_of(ends, [](const auto& end) { return end->gave_up; });
  if (!gave_up) {
    if (const auto bounds = Quantifier{judge}.over(tree)) return *bounds;
  }
  const bool any = std::ranges::any_of(ends, [&](const auto& end) {
    return end->gave_up || judge(*end).some_possibly;
  });
  return Bounds{false, any, false, any, true};
}

std::vector<std::shared_ptr<const End>> ends_of(const Tree& tree) {
  std::vector<std::shared_ptr<const End>> ends;
  collect(tree, ends);
  return ends;
}

std::vector<std::string> decisive_facts(const Tree& tree, const Judge& judge) {
  std::set<std::string> texts;
  Enumeration enumeration{judge};
  if (!enumeration.run(tree)) {
    collect_facts(*tree, texts);
    if (!Quantifier{judge}.over(tree)) {
      texts.insert("there are too many worlds to compare");
    }
    return {texts.begin(), texts.end()};
  }
  for (const auto& end : ends_of(tree)) {
    if (end->gave_up) texts.insert(std::string{kTooManyWays});
  }
  const std::vector<World>& worlds = enumeration.worlds();
  for (std::size_t a = 0; a < worlds.size(); ++a) {
    for (std::size_t b = a + 1; b < worlds.size(); ++b) {
      if (worlds[a].bounds == worlds[b].bounds) continue;
      if (const auto key = sole_difference(worlds[a], worlds[b])) {
        texts.insert(enumeration.text(*key));
      }
    }
  }
  return {texts.begin(), texts.end()};
}

}  // namespace netproof::reference
