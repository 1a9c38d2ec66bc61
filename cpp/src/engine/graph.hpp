#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/walk.hpp"

namespace netproof::engine {

/// The graph of locations, contexts and links: a vertex for each subnet, VPC
/// table, transit table, site, segment, router and the internet; an edge where
/// packets may go from one to the next by some line or world.
class ContextGraph {
 public:
  explicit ContextGraph(const Compiled& compiled);
  ~ContextGraph();
  ContextGraph(const ContextGraph&) = delete;
  ContextGraph& operator=(const ContextGraph&) = delete;

  /// The tables on a cycle, by strongly connected components.
  Cycles cycles() const;

  /// Connected components, an id for each VPC, then site, then segment.
  std::vector<std::uint32_t> domains() const;

  std::string to_dot() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace netproof::engine
