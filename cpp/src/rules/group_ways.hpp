#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rules/plan_entries.hpp"

namespace netproof {

/// Where interfaces with a group are: a subnet and an address or block of it.
struct Carrier {
  std::uint32_t subnet = 0;
  IpPrefix at;
};

/// The carriers of each group; none for one of which they are not all known.
std::vector<std::vector<Carrier>> carriers_of_groups(
    const TopologyParts& parts);

/// What stands for sure on the way from one carrier to another, as far as the
/// table of the sender and the first table of a transit gateway say.
class GroupWays {
 public:
  explicit GroupWays(const TopologyParts& parts);

  /// "endpoint:fw", "vpc:inspection"; empty: nothing for sure.
  const std::string& middlebox(const Carrier& from, const Carrier& to);

 private:
  std::string find(const Carrier& from, const Carrier& to) const;
  std::string behind(const std::string& target, const Carrier& from,
                     const Carrier& to) const;
  std::string by_transit(const std::string& gateway, const Carrier& from,
                         const Carrier& to) const;
  const PlanEntry* decides(std::size_t table, const IpPrefix& at) const;

  const TopologyParts& parts_;
  std::vector<PlanTable> tables_;  ///< of VPCs, then of transit gateways
  /// The transit tables that an attachment is associated with.
  std::vector<std::vector<std::uint32_t>> associated_;
  std::map<std::pair<std::uint32_t, IpPrefix>, std::string> known_;
};

}  // namespace netproof
