#pragma once

#include <cstdint>
#include <vector>

#include "engine/hop.hpp"

namespace netproof::engine {

/// The destination classes of a list of tables: addresses that every table
/// treats alike. Class to decision is a column for each table.
class RoutingClasses {
 public:
  /// COST: n log n in the runs of all tables.
  explicit RoutingClasses(const std::vector<Fib>& tables);

  std::size_t count() const { return count_; }

  /// The decision of `table` for the destinations of class `c`.
  std::uint32_t decision(std::size_t table, std::size_t c) const {
    return columns_[table][c];
  }

  struct Block {
    Uint128 first;
    std::uint32_t cls;
  };
  /// Runs of addresses by class; each ends where the next begins.
  const std::vector<Block>& blocks(Family family) const {
    return family == Family::kV4 ? v4_ : v6_;
  }

 private:
  void add_family(const std::vector<Fib>& tables, Family family);
  void group();

  std::vector<std::vector<std::uint32_t>> columns_;
  std::vector<Block> v4_;
  std::vector<Block> v6_;
  std::size_t count_ = 0;
};

}  // namespace netproof::engine
