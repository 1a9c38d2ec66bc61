#pragma once

#include <map>

#include "support/duel.hpp"

namespace netproof::testing {

/// How often a run of duels has exercised each statement: networks that hold
/// what the statement is about, and packets that died by its drop.
std::map<int, std::size_t> exercised(const DuelStatistics& statistics);

}  // namespace netproof::testing
