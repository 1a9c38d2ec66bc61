#include "engine/worlds.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace netproof::engine {
namespace {

constexpr std::size_t kMostWorlds = 4096;

/// Splits `set` by membership in the four good sets.
std::vector<std::pair<PacketSet, std::array<bool, 4>>> atoms_of(
    const Choice& choice) {
  std::vector<std::pair<PacketSet, std::array<bool, 4>>> atoms{
      {choice.set, {}}};
  const std::array goods = {&choice.good.some_always,
                            &choice.good.some_possibly, &choice.good.all_always,
                            &choice.good.all_possibly};
  for (std::size_t q = 0; q < goods.size(); ++q) {
    std::vector<std::pair<PacketSet, std::array<bool, 4>>> split;
    for (auto& [set, flags] : atoms) {
      PacketSet in = set & *goods[q];
      PacketSet out = set - *goods[q];
      if (!in.empty()) {
        std::array<bool, 4> good = flags;
        good[q] = true;
        split.emplace_back(std::move(in), good);
      }
      if (!out.empty()) split.emplace_back(std::move(out), flags);
    }
    atoms = std::move(split);
  }
  return atoms;
}

/// All packets in one cell.
Cell blurred(const std::vector<Choice>& choices) {
  Cell cell;
  cell.blurred = true;
  std::vector<PacketSet> sets;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const BoundSets& good = choices[i].good;
    sets.push_back(choices[i].set);
    cell.members.push_back(
        {i,
         {!good.some_always.empty(), !good.some_possibly.empty(),
          !good.all_always.empty(), !good.all_possibly.empty()}});
  }
  cell.set = PacketSet::union_of(std::move(sets));
  return cell;
}

bool consistent(const Assumed& assumed, const std::map<Fact, Index>& world) {
  return std::ranges::all_of(assumed, [&](const auto& one) {
    return world.at(one.first) == one.second;
  });
}

}  // namespace

void BoundSets::add(const PacketSet& set) {
  some_always |= set;
  some_possibly |= set;
  all_always |= set;
  all_possibly |= set;
}

void BoundSets::add_possible(const PacketSet& set) {
  some_possibly |= set;
  all_possibly |= set;
}

BoundSets& BoundSets::operator|=(const BoundSets& other) {
  some_always |= other.some_always;
  some_possibly |= other.some_possibly;
  all_always |= other.all_always;
  all_possibly |= other.all_possibly;
  return *this;
}

std::vector<Cell> cells_of(const std::vector<Choice>& choices,
                           std::size_t most_steps) {
  std::size_t steps = 0;
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    for (auto& [atom, good] : atoms_of(choices[i])) {
      PacketSet rest = std::move(atom);
      const std::size_t known = cells.size();
      steps += known;
      if (steps > most_steps) return {blurred(choices)};
      for (std::size_t c = 0; c < known && !rest.empty(); ++c) {
        if (cells[c].set.disjoint_from(rest)) continue;
        PacketSet both = cells[c].set & rest;
        PacketSet other = cells[c].set - both;
        rest -= both;
        if (!other.empty()) cells.push_back({other, cells[c].members});
        cells[c].set = std::move(both);
        cells[c].members.push_back({i, good});
      }
      if (!rest.empty()) cells.push_back({std::move(rest), {{i, good}}});
    }
  }
  return cells;
}

std::vector<std::vector<std::size_t>> worlds_of(
    const Cell& cell, const std::vector<Choice>& choices) {
  if (cell.blurred) return {};
  std::map<Fact, std::set<Index>> facts;
  for (const Cell::Member& member : cell.members) {
    for (const auto& [fact, alternative] : *choices[member.choice].assumed) {
      facts[fact].insert(alternative);
    }
  }
  std::size_t count = 1;
  for (const auto& [_, alternatives] : facts) {
    count *= alternatives.size();
    if (count > kMostWorlds) return {};
  }
  std::vector<std::map<Fact, Index>> all{{}};
  for (const auto& [fact, alternatives] : facts) {
    std::vector<std::map<Fact, Index>> longer;
    for (const auto& world : all) {
      for (const Index alternative : alternatives) {
        longer.push_back(world);
        longer.back()[fact] = alternative;
      }
    }
    all = std::move(longer);
  }
  std::vector<std::vector<std::size_t>> worlds;
  for (const auto& world : all) {
    std::vector<std::size_t> possible;
    for (std::size_t m = 0; m < cell.members.size(); ++m) {
      if (consistent(*choices[cell.members[m].choice].assumed, world)) {
        possible.push_back(m);
      }
    }
    if (!possible.empty()) worlds.push_back(std::move(possible));
  }
  return worlds;
}

std::array<bool, 4> judge(const Cell& cell,
                          const std::vector<std::vector<std::size_t>>& worlds) {
  const auto any_good = [&](std::size_t quantifier) {
    return std::ranges::any_of(cell.members, [&](const auto& member) {
      return member.good[quantifier];
    });
  };
  // Too many worlds: nothing is certain, everything that may be is possible.
  if (worlds.empty()) return {false, any_good(1), false, any_good(3)};
  const auto some = [&](std::size_t quantifier) {
    return [&cell, quantifier](const std::vector<std::size_t>& world) {
      return std::ranges::any_of(world, [&](std::size_t m) {
        return cell.members[m].good[quantifier];
      });
    };
  };
  const auto every = [&](std::size_t quantifier) {
    return [&cell, quantifier](const std::vector<std::size_t>& world) {
      return std::ranges::all_of(world, [&](std::size_t m) {
        return cell.members[m].good[quantifier];
      });
    };
  };
  return {std::ranges::all_of(worlds, some(0)),
          std::ranges::any_of(worlds, some(1)),
          std::ranges::all_of(worlds, every(2)),
          std::ranges::any_of(worlds, every(3))};
}

BoundSets bounds_of(const std::vector<Choice>& choices) {
  BoundSets bounds;
  for (const Cell& cell : cells_of(choices)) {
    const std::array<bool, 4> holds = judge(cell, worlds_of(cell, choices));
    if (holds[0]) bounds.some_always |= cell.set;
    if (holds[1]) bounds.some_possibly |= cell.set;
    if (holds[2]) bounds.all_always |= cell.set;
    if (holds[3]) bounds.all_possibly |= cell.set;
  }
  return bounds;
}

}  // namespace netproof::engine
