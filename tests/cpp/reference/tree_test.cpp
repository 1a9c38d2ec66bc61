#include "reference/tree.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace netproof::reference {
namespace {

using Texts = std::vector<std::string>;

Bounds if_delivered(const End& end) {
  const bool is = end.delivered;
  return {is, is, is, is};
}

Tree end(bool delivered, bool gave_up = false) {
  auto made = std::make_shared<End>();
  made->delivered = delivered;
  made->gave_up = gave_up;
  auto node = std::make_shared<Node>();
  node->end = std::move(made);
  return node;
}

Tree share(std::vector<Tree> ways) {
  auto node = std::make_shared<Node>();
  node->kind = Node::Kind::kShare;
  node->children = std::move(ways);
  return node;
}

Tree fact(const std::string& key, const Tree& yes, const Tree& no) {
  auto node = std::make_shared<Node>();
  node->kind = Node::Kind::kFact;
  node->fact.key = key;
  node->fact.text = "whether " + key;
  node->alternatives = {"yes", "no"};
  node->children = {yes, no};
  return node;
}

Bounds bounds(const Tree& tree) { return bounds_of(tree, if_delivered); }

TEST(Tree, FactsAreWorldsAndSharingIsAChoice) {
  EXPECT_EQ(bounds(fact("a", end(true), end(false))),
            (Bounds{false, true, false, true}));
  EXPECT_EQ(bounds(share({end(true), end(false)})),
            (Bounds{true, true, false, false}));
}

TEST(Tree, WaysThatMeetOneFactMeetTheSameAlternative) {
  const Tree a = fact("a", end(true), end(false));
  const Tree not_a = fact("a", end(false), end(true));
  const Tree not_b = fact("b", end(false), end(true));
  EXPECT_EQ(bounds(share({a, not_a})), (Bounds{true, true, false, false}));
  EXPECT_EQ(bounds(share({a, not_b})), (Bounds{false, true, false, true}));
}

TEST(Tree, OnlyFactsThatDecideAreNamed) {
  const Tree same = fact("b", end(true), end(true));
  const Tree tree = fact("a", same, fact("c", end(false), end(true)));
  EXPECT_EQ(decisive_facts(tree, if_delivered),
            (Texts{"whether a", "whether c"}));
}

TEST(Tree, ManyIndependentFactsAreDecidedAndAllNamed) {
  std::vector<Tree> ways;
  Texts all;
  for (char key = 'a'; key <= 'z'; ++key) {
    ways.push_back(fact({key}, end(true), end(false)));
    all.push_back(std::string("whether ") + key);
  }
  const Tree tree = share(std::move(ways));
  EXPECT_EQ(bounds(tree), (Bounds{false, true, false, true}));
  EXPECT_EQ(decisive_facts(tree, if_delivered), all);
}

TEST(Tree, WhatWasNotFollowedIsUnknownAndSaidSo) {
  const Tree tree = fact("a", end(true), end(false, true));
  EXPECT_EQ(bounds(tree), (Bounds{false, true, false, true, true}));
  const Texts facts = decisive_facts(tree, if_delivered);
  EXPECT_EQ(facts, (Texts{std::string(kTooManyWays), "whether a"}));
}

/// Random trees in which no fact comes twice on one way.
class Maker {
 public:
  explicit Maker(std::uint32_t seed) : random_{seed} {}

  Tree tree(int depth, const std::set<int>& met = {}) {
    const auto drawn = random_() % 5;
    if (depth == 0 || drawn == 0) return end(random_() % 2 == 0);
    if (drawn < 3) {
      std::vector<Tree> ways{tree(depth - 1, met), tree(depth - 1, met)};
      return share(std::move(ways));
    }
    const int key = static_cast<int>(random_() % kFacts);
    if (met.contains(key)) return end(random_() % 2 == 0);
    std::set<int> now = met;
    now.insert(key);
    const Tree yes = tree(depth - 1, now);
    return fact(std::to_string(key), yes, tree(depth - 1, now));
  }

  static constexpr int kFacts = 5;

 private:
  std::mt19937 random_;
};

void reach(const Tree& tree, std::uint32_t world, bool& some, bool& all) {
  if (tree->kind == Node::Kind::kEnd) {
    some = some || tree->end->delivered;
    all = all && tree->end->delivered;
  } else if (tree->kind == Node::Kind::kFact) {
    const bool no = ((world >> std::stoul(tree->fact.key)) & 1U) != 0;
    reach(tree->children[no ? 1 : 0], world, some, all);
  } else {
    for (const Tree& way : tree->children) reach(way, world, some, all);
  }
}

TEST(Tree, TheQuantifiersAreThoseOverAllWorlds) {
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    const Tree tree = Maker{seed}.tree(6);
    Bounds expected{true, false, true, false};
    for (std::uint32_t world = 0; world < (1U << Maker::kFacts); ++world) {
      bool some = false;
      bool all = true;
      reach(tree, world, some, all);
      expected.some_always &= some;
      expected.some_possibly |= some;
      expected.all_always &= all;
      expected.all_possibly |= all;
    }
    ASSERT_EQ(bounds(tree), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace netproof::reference
