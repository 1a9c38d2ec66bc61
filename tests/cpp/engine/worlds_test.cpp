// The quantifiers of Bounds over cells, against an enumeration of every world
// for every packet.

#include "engine/worlds.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>

#include "netproof/model/bounds.hpp"

namespace netproof::engine {
namespace {

constexpr std::uint32_t kPackets = 5;
constexpr std::uint32_t kFacts = 3;

Flow packet(std::uint32_t i) {
  return {IpAddress::v4(1), IpAddress::v4(10 + i), 6, 1024, 443};
}

Fact fact(std::uint32_t i) { return {FactKind::kVpcTable, i}; }

struct PlainChoice {
  std::uint32_t packets;  ///< bits
  std::map<std::uint32_t, std::uint32_t> assumed;
  bool good;
};

/// Every packet has, in every world, at least one way: for a random subset of
/// facts one choice for each combination of their alternatives.
std::vector<PlainChoice> random_choices(std::mt19937& random) {
  std::vector<PlainChoice> choices;
  for (std::uint32_t p = 0; p < kPackets; ++p) {
    const std::uint32_t facts = random() % (1U << kFacts);
    const int sharing = 1 + static_cast<int>(random() % 2);
    for (std::uint32_t world = 0; world < (1U << kFacts); ++world) {
      if ((world & ~facts) != 0) continue;
      for (int s = 0; s < sharing; ++s) {
        PlainChoice choice{1U << p, {}, random() % 2 == 0};
        for (std::uint32_t f = 0; f < kFacts; ++f) {
          if (((facts >> f) & 1U) != 0) choice.assumed[f] = (world >> f) & 1U;
        }
        choices.push_back(std::move(choice));
      }
    }
  }
  return choices;
}

Bounds plain_bounds(const std::vector<PlainChoice>& choices, std::uint32_t p) {
  Bounds bounds{true, false, true, false};
  for (std::uint32_t world = 0; world < (1U << kFacts); ++world) {
    bool some = false;
    bool every = true;
    for (const PlainChoice& choice : choices) {
      if (((choice.packets >> p) & 1U) == 0) continue;
      bool here = true;
      for (const auto& [f, alternative] : choice.assumed) {
        here = here && ((world >> f) & 1U) == alternative;
      }
      if (!here) continue;
      some = some || choice.good;
      every = every && choice.good;
    }
    bounds.some_always = bounds.some_always && some;
    bounds.some_possibly = bounds.some_possibly || some;
    bounds.all_always = bounds.all_always && every;
    bounds.all_possibly = bounds.all_possibly || every;
  }
  return bounds;
}

// covers S137, S138
TEST(Worlds, BoundsAgreeWithAnEnumerationOfEveryWorld) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    std::mt19937 random(seed);
    const std::vector<PlainChoice> plain = random_choices(random);
    std::deque<Assumed> assumed;
    std::vector<Choice> choices;
    for (const PlainChoice& one : plain) {
      Choice choice;
      for (std::uint32_t p = 0; p < kPackets; ++p) {
        if (((one.packets >> p) & 1U) != 0) {
          choice.set |= PacketSet::of(packet(p));
        }
      }
      assumed.emplace_back();
      for (const auto& [f, alternative] : one.assumed) {
        assumed.back().emplace_back(fact(f), alternative);
      }
      choice.assumed = &assumed.back();
      if (one.good) choice.good.add(choice.set);
      choices.push_back(std::move(choice));
    }
    const BoundSets sets = bounds_of(choices);
    for (std::uint32_t p = 0; p < kPackets; ++p) {
      const Bounds got{sets.some_always.contains(packet(p)),
                       sets.some_possibly.contains(packet(p)),
                       sets.all_always.contains(packet(p)),
                       sets.all_possibly.contains(packet(p))};
      ASSERT_EQ(got, plain_bounds(plain, p))
          << "seed " << seed << " packet " << p;
    }
  }
}

TEST(Worlds, TooManyWorldsLeaveNothingCertain) {
  std::deque<Assumed> assumed;
  std::vector<Choice> choices;
  const PacketSet one = PacketSet::of(packet(0));
  for (std::uint32_t f = 0; f < 14; ++f) {
    for (std::uint32_t alternative = 0; alternative < 2; ++alternative) {
      assumed.push_back({{fact(f), alternative}});
      Choice choice{one, &assumed.back(), {}, 0};
      choice.good.add(one);
      choices.push_back(std::move(choice));
    }
  }
  const BoundSets sets = bounds_of(choices);
  EXPECT_TRUE(sets.some_always.empty());
  EXPECT_TRUE(sets.all_always.empty());
  EXPECT_EQ(sets.some_possibly, one);
}

TEST(Worlds, CellsThatTakeTooManyStepsAreOneOfWhichNothingIsCertain) {
  const Assumed certain;
  std::vector<Choice> choices;
  for (std::uint32_t p = 0; p < 3; ++p) {
    const PacketSet set =
        PacketSet::of(packet(p)) | PacketSet::of(packet(p + 1));
    choices.push_back({set, &certain, {}, 0});
    if (p != 1) choices.back().good.add(set);
  }
  EXPECT_EQ(cells_of(choices).size(), 4U);
  const std::vector<Cell> cells = cells_of(choices, 1);
  ASSERT_EQ(cells.size(), 1U);
  const Cell& cell = cells.front();
  EXPECT_EQ(cell.set, choices[0].set | choices[2].set);
  EXPECT_EQ(cell.members.size(), 3U);
  const auto worlds = worlds_of(cell, choices);
  EXPECT_TRUE(worlds.empty());
  EXPECT_EQ(judge(cell, worlds), (std::array{false, true, false, true}));
}

TEST(Worlds, AlternativesThatContradictDoNotJoin) {
  const Assumed left{{fact(0), 1}, {fact(2), 0}};
  const Assumed right{{fact(1), 1}, {fact(2), 0}};
  const Assumed other{{fact(0), 0}};
  ASSERT_TRUE(join(left, right));
  EXPECT_EQ(join(left, right)->size(), 3U);
  EXPECT_FALSE(join(left, other));
}

}  // namespace
}  // namespace netproof::engine
