#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "netproof/model/topology.hpp"
#include "netproof/net/ip_set.hpp"

namespace netproof {

/// Where an entry comes from, the preferred ones first (S17, S43).
enum class EntryOrigin {
  kLocal,       ///< of a block of the VPC (S15)
  kStatic,      ///< written as a route
  kListed,      ///< an entry of a prefix list
  kPropagated,  ///< by a VPC
  kReceived,    ///< propagated by a link: it goes when the link does
};

/// One prefix of a route table of either kind.
struct PlanEntry {
  IpPrefix prefix;
  EntryOrigin origin = EntryOrigin::kStatic;
  /// "tgw-attachment:app", "igw:main", "blackhole"; empty: not known.
  std::string target;
  Location where;

  bool blackhole() const { return target == "blackhole"; }
  bool written() const {
    return origin == EntryOrigin::kStatic || origin == EntryOrigin::kListed;
  }
};

/// What a route table holds. Sorted by prefix, then origin.
struct PlanTable {
  std::string name;  ///< "rtb:a", "tgw-rtb:a"
  std::vector<PlanEntry> entries;
  bool open = false;  ///< there may be more
};

/// The route tables of VPCs, then those of transit gateways.
std::vector<PlanTable> plan_tables(const TopologyParts& parts);

PlanTable transit_table_of(const TopologyParts& parts, std::uint32_t id);

/// May the transit table hold more than is written?
bool may_hold_more(const TopologyParts& parts, std::uint32_t transit_table);

/// The entries of one prefix, and the next wider prefix of the table.
struct EntryGroup {
  std::span<const PlanEntry> entries;
  std::size_t wider = kNone;  ///< an index of the groups
  /// What no longer entry of the table decides, counting those that `counts`.
  IpSet decides;

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  IpPrefix prefix() const { return entries.front().prefix; }
  /// The entry that the table installs; null if that is not certain.
  const PlanEntry* winner() const;
};

/// In the order of the prefixes. `counts` says which entries are there for
/// sure. COST: each group is subtracted from its next wider one only.
std::vector<EntryGroup> groups_of(
    const std::vector<PlanEntry>& entries,
    const std::function<bool(const PlanEntry&)>& counts);

}  // namespace netproof
