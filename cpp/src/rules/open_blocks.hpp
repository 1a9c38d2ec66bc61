#pragma once

#include <string>
#include <vector>

#include "netproof/rules/scope.hpp"

namespace netproof {

/// Why what passes from one place to another is not sure: a VPC whose blocks
/// are not all known keeps to itself what lies in one of them (S13, S141). It
/// is the VPC of either end, or one that packets of others may come through.
/// Nothing inside one VPC is doubted. Sorted, each reason once.
std::vector<std::string> open_block_doubts(const Topology& topology,
                                           const ZoneScope& from,
                                           const ZoneScope& to);
std::vector<std::string> open_block_doubts(const Topology& topology, Place from,
                                           Place to);
/// The same of any two places.
std::vector<std::string> open_block_doubts(const Topology& topology);

}  // namespace netproof
