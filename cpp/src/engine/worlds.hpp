#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/walk.hpp"

namespace netproof::engine {

/// The four quantifiers of Bounds as sets.
struct BoundSets {
  PacketSet some_always;
  PacketSet some_possibly;
  PacketSet all_always;
  PacketSet all_possibly;

  void add(const PacketSet& set);
  void add_possible(const PacketSet& set);
  BoundSets& operator|=(const BoundSets& other);
};

/// One way of some packets: what it leans on, and which of them it serves,
/// by quantifier. `tag` is the caller's.
struct Choice {
  PacketSet set;
  const Assumed* assumed = nullptr;
  BoundSets good;
  std::size_t tag = 0;
};

/// Packets that have the same choices.
struct Cell {
  struct Member {
    std::size_t choice;
    std::array<bool, 4> good;  ///< in the order of BoundSets
  };
  PacketSet set;
  std::vector<Member> members;
  bool blurred = false;  ///< its packets have different choices
};

constexpr std::size_t kMostCellSteps = 4'000'000;

/// The coarsest partition such that every choice and its good parts are unions
/// of cells; one blurred cell if that takes too many steps.
/// COST: choices x cells.
std::vector<Cell> cells_of(const std::vector<Choice>& choices,
                           std::size_t most_steps = kMostCellSteps);

/// The worlds of a cell: for each, the members that are possible in it. Empty
/// if there are more than a bound, or the cell is blurred: then nothing is
/// certain.
std::vector<std::vector<std::size_t>> worlds_of(
    const Cell& cell, const std::vector<Choice>& choices);

/// By quantifier, whether the claim "good" holds of a cell.
std::array<bool, 4> judge(const Cell& cell,
                          const std::vector<std::vector<std::size_t>>& worlds);

/// The claim "good" over all choices.
BoundSets bounds_of(const std::vector<Choice>& choices);

}  // namespace netproof::engine
