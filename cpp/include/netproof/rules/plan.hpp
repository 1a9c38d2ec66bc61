#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "netproof/model/topology.hpp"
#include "netproof/rules/finding.hpp"

namespace netproof {

/// What the checks of the plan may ask besides the network itself.
struct PlanContext {
  const Topology& topology;
  /// As from Engine::routing_domains; empty: everything shares one.
  std::span<const std::uint32_t> domains;
  bool snapshot = false;  ///< host bits are a warning (S9)

  const TopologyParts& parts() const noexcept { return topology.parts(); }
};

using PlanCheck = void (*)(const PlanContext&, std::vector<Finding>&);

/// A kind of finding: what it means and what to do. `run` is null where
/// something else than a check of the plan reports it.
struct FindingKind {
  std::string_view id;
  Severity level = Severity::kError;
  std::string_view title;
  std::string_view explanation;
  std::string_view bad;
  std::string_view good;
  std::string_view fix;
  PlanCheck run = nullptr;
};

/// The one table of findings, sorted by id.
std::span<const FindingKind> finding_kinds();

/// The row of `id`, null if there is none.
const FindingKind* find_kind(std::string_view id);

/// Every check of the plan, and what was left out; sorted.
std::vector<Finding> check_plan(const PlanContext& context);

}  // namespace netproof
