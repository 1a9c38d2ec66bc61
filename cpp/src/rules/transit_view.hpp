#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "netproof/model/topology.hpp"

namespace netproof {

/// A prefix that an attachment propagates into a table (S50).
struct Learned {
  IpPrefix prefix;
  std::uint32_t attachment = 0;
  std::string owner;  ///< "vpc:a", "site:hq"
  Location where;
};

/// The attachments that propagate into `table`: those that it lists and, where
/// it is its gateway's default, all of the gateway (S51).
std::vector<std::uint32_t> propagating_into(const TopologyParts& parts,
                                            std::uint32_t table);

/// What they propagate. Sorted by prefix.
std::vector<Learned> learned_by(const TopologyParts& parts,
                                std::uint32_t table);

/// The attachments associated with `table`, those by default included.
std::vector<std::uint32_t> associated_with(const TopologyParts& parts,
                                           std::uint32_t table);

/// A line of a transit table: one written prefix or an entry of a prefix list.
struct StaticLine {
  IpPrefix prefix;
  const TransitRoute* route = nullptr;
  bool listed = false;  ///< by a prefix list
};

/// Sorted by prefix, in the order of the table where equal.
std::vector<StaticLine> static_lines(const TopologyParts& parts,
                                     std::uint32_t table);

}  // namespace netproof
