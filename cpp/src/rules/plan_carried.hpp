#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "netproof/model/topology.hpp"
#include "netproof/net/ip_set.hpp"

namespace netproof {

/// What becomes of the packets that a transit gateway hands to an attachment.
struct Carried {
  IpSet owns;                ///< blocks of the VPC, prefixes of the sites
  IpSet leads_on;            ///< routed on from there
  bool open = false;         ///< there may be more of either
  bool may_lead_on = false;  ///< a site may forward what it does not own (S120)

  IpSet all() const { return owns | leads_on; }
};

/// Asks what attachments carry; each is worked out once.
class Carriers {
 public:
  explicit Carriers(const TopologyParts& parts);

  /// What `attachment` carries of what `transit_table` sends to it. A VPC leads
  /// on what the tables of its attachment subnets route away (S60); back to the
  /// gateway it leads only where another table is asked than the one that sent
  /// the packet, else it would loop.
  const Carried& of(std::uint32_t attachment, std::uint32_t transit_table);

 private:
  bool asks_another(std::uint32_t attachment, std::uint32_t table) const;

  const TopologyParts& parts_;
  bool open_associations_ = false;
  std::multimap<std::uint32_t, std::uint32_t> tables_;   ///< by attachment
  std::multimap<std::uint32_t, std::uint32_t> subnets_;  ///< by VPC
  std::map<std::pair<std::uint32_t, bool>, Carried> known_;
};

/// What is behind it: "vpc:app", "vpn:hq", "dxgw:main".
std::string carrier_of(const TopologyParts& parts, std::uint32_t attachment);

}  // namespace netproof
