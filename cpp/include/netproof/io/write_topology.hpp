#pragma once

#include <string>
#include <vector>

#include "netproof/model/topology.hpp"

namespace netproof {

/// A file of a topology, by its name in the folder.
struct TopologyFile {
  std::string name;
  std::string text;
};

/// Writes a network in the topology format, whatever it was read from; the
/// first file is topology.yaml and names the others. Reading them gives the
/// same network: every object, value, reference and `unknown`. What is not
/// part of the network does not come along: places, host bits of prefixes,
/// gaps, rules.
/// REQUIRES: nothing was left out (TopologyParts::left_out): that doubt has no
/// place in a file.
/// COST: linear.
std::vector<TopologyFile> write_topology(const Topology& topology);

}  // namespace netproof
