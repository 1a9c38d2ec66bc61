#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/base/result.hpp"
#include "netproof/engine/engine.hpp"
#include "netproof/model/rule_spec.hpp"

namespace netproof {

/// What gets from one zone to another: nothing; something for sure; every flow
/// of the asked service between every pair, for sure; or nothing for sure and
/// something perhaps.
enum class Cell : std::uint8_t { kNone, kSome, kAll, kUnknown };
/// "none", "some", "all", "unknown".
std::string_view to_string(Cell cell);

struct MatrixRequest {
  std::string by;  ///< a label, or "account"; empty: every VPC, site, segment
  TransportSet service = TransportSet::all();
  std::string service_text = "any";
  Level level = Level::kPacket;
};

struct Matrix {
  std::string by;
  std::string service;
  Level level = Level::kPacket;
  std::vector<std::string> zones;        ///< sorted; "internet" last
  std::vector<std::vector<Cell>> cells;  ///< [from][to]
  std::vector<std::string> unknown;      ///< facts, sorted
  std::vector<std::string> defects;
};

/// Locations by the value of a label, against each other. A zone against
/// itself is judged between its different locations.
Result<Matrix, Diagnostics> build_matrix(const Topology& topology,
                                         const Engine& engine,
                                         const MatrixRequest& request);

}  // namespace netproof
