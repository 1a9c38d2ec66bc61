#include "reference/tree.hpp"

#include <algorithm>
#include <set>

namespace netproof::reference {
namespace {

using Frontier = std::vector<const Node*>;

const std::string* alternative_in(const std::vector<Choice>& choices,
                                  const std::string& key) {
  for (const Choice& choice : choices) {
    if (choice.fact.key == key) return &choice.alternative;
  }
  return nullptr;
}

/// Follows load sharing and fixed facts; what is left are ends and facts that
/// the world has not fixed.
void expand(const Node* node, const std::vector<Choice>& choices,
            Frontier& into) {
  if (node->kind == Node::Kind::kShare) {
    for (const Tree& child : node->children) {
      expand(child.get(), choices, into);
    }
    return;
  }
  if (node->kind == Node::Kind::kFact) {
    if (const std::string* fixed = alternative_in(choices, node->fact.key)) {
      const auto at = std::ranges::find(node->alternatives, *fixed);
      // An alternative that this place does not offer leaves what is known,
      // which stands first.
      const auto index =
          at == node->alternatives.end() ? 0 : at - node->alternatives.begin();
      expand(node->children[static_cast<std::size_t>(index)].get(), choices,
             into);
      return;
    }
  }
  into.push_back(node);
}

Bounds over_sharing(const Frontier& ends, const Judge& judge) {
  Bounds result{false, false, true, true};
  for (const Node* node : ends) {
    const Bounds one = judge(*node->end);
    result.some_always |= one.some_always;
    result.some_possibly |= one.some_possibly;
    result.all_always &= one.all_always;
    result.all_possibly &= one.all_possibly;
  }
  return result;
}

void enumerate(const Frontier& nodes, std::vector<Choice>& choices,
               const Judge& judge, Worlds& worlds) {
  if (!worlds.complete) return;
  Frontier open;
  for (const Node* node : nodes) expand(node, choices, open);
  const auto fact = std::ranges::find(open, Node::Kind::kFact, &Node::kind);
  if (fact == open.end()) {
    if (worlds.worlds.size() >= kMaxWorlds) {
      worlds.complete = false;
      return;
    }
    worlds.worlds.push_back(World{choices, over_sharing(open, judge)});
    return;
  }
  const Node* chosen = *fact;
  for (const std::string& alternative : chosen->alternatives) {
    choices.push_back(Choice{chosen->fact, alternative});
    enumerate(open, choices, judge, worlds);
    choices.pop_back();
  }
}

void collect(const Tree& tree, std::vector<std::shared_ptr<const End>>& ends) {
  if (tree->kind == Node::Kind::kEnd) ends.push_back(tree->end);
  for (const Tree& child : tree->children) collect(child, ends);
}

/// True if the two worlds can differ in nothing but `key`, and do so there.
bool differ_only_in(const World& a, const World& b, const std::string& key) {
  for (const Choice& choice : a.choices) {
    const std::string* other = alternative_in(b.choices, choice.fact.key);
    const bool same = other == nullptr || *other == choice.alternative;
    if (choice.fact.key == key ? same : !same) return false;
  }
  return alternative_in(a.choices, key) != nullptr;
}

bool matters(const Worlds& worlds, const std::string& key) {
  for (const World& a : worlds.worlds) {
    for (const World& b : worlds.worlds) {
      if (a.bounds != b.bounds && differ_only_in(a, b, key)) return true;
    }
  }
  return false;
}

}  // namespace

Worlds worlds_of(const Tree& tree, const Judge& judge) {
  Worlds worlds;
  std::vector<Choice> choices;
  enumerate({tree.get()}, choices, judge, worlds);
  return worlds;
}

Bounds bounds_of(const Tree& tree, const Judge& judge) {
  const Worlds worlds = worlds_of(tree, judge);
  const auto ends = ends_of(tree);
  const bool gave_up =
      std::ranges::any_of(ends, [](const auto& end) { return end->gave_up; });
  if (!worlds.complete || gave_up) {
    const bool any = std::ranges::any_of(ends, [&](const auto& end) {
      return end->gave_up || judge(*end).some_possibly;
    });
    return Bounds{false, any, false, any};
  }
  Bounds result{true, false, true, false};
  for (const World& world : worlds.worlds) {
    result.some_always &= world.bounds.some_always;
    result.some_possibly |= world.bounds.some_possibly;
    result.all_always &= world.bounds.all_always;
    result.all_possibly |= world.bounds.all_possibly;
  }
  return result;
}

std::vector<std::shared_ptr<const End>> ends_of(const Tree& tree) {
  std::vector<std::shared_ptr<const End>> ends;
  collect(tree, ends);
  return ends;
}

std::vector<std::string> decisive_facts(const Tree& tree, const Judge& judge) {
  // Every pair of worlds is compared; beyond this all facts are named.
  constexpr std::size_t kComparable = 300;
  const Worlds worlds = worlds_of(tree, judge);
  std::set<std::string> texts;
  std::set<std::string> seen;
  for (const World& world : worlds.worlds) {
    for (const Choice& choice : world.choices) {
      if (!seen.insert(choice.fact.key).second) continue;
      if (!worlds.complete || worlds.worlds.size() > kComparable ||
          matters(worlds, choice.fact.key)) {
        texts.insert(choice.fact.text);
      }
    }
  }
  return {texts.begin(), texts.end()};
}

}  // namespace netproof::reference
