#pragma once

#include <vector>

#include "engine/hop.hpp"
#include "engine/network.hpp"

namespace netproof::engine {

/// Every table of the network with precedence, propagation and doubts
/// resolved. Indexed by the ids of Network.
struct Tables {
  explicit Tables(const Network& network);

  std::vector<Fib> vpc;      ///< written tables, then implied main tables
  std::vector<Fib> transit;  ///< by transit route table
  std::vector<Fib> vgw;      ///< by VPN gateway: to sites (S151)
  std::vector<Fib> dxgw;     ///< by Direct Connect gateway: to sites (S152)
  /// By virtual interface: to attachments, VPN gateways, other sites.
  std::vector<Fib> dx_entry;
  std::vector<Fib> hub;   ///< by VPN gateway, then sending site: to other sites
  std::vector<Fib> site;  ///< by site: to links (S153)
  std::vector<Fib> router;  ///< by router (S154)
  /// The tables of an attachment, as worlds; kNone stands for none (S143).
  std::vector<std::vector<Index>> association;
  /// By VPC: a transit table may send it what is not its own, so that packets
  /// of others may pass through its tables.
  std::vector<bool> passed_through;
};

/// See Tables::passed_through. COST: linear in the runs.
std::vector<bool> vpcs_passed_through(const Network& network,
                                      const std::vector<Fib>& transit);

/// One prefix that a VPN gateway or Direct Connect gateway knows.
struct KnownPrefix {
  IpPrefix prefix = IpPrefix::all(Family::kV4);
  Index site = kNone;
  int kind = 0;              ///< 0 Direct Connect, 1 static VPN, 2 BGP VPN
  int local_preference = 0;  ///< higher wins
  int as_path_length = 1;    ///< lower wins
  int med = 0;               ///< lower wins
  bool doubtful = false;
};

/// All of them, and the sites whose lists are open; over a VPN of a VPN
/// gateway for IPv4 only (S25).
struct Knowledge {
  std::vector<KnownPrefix> prefixes;
  std::vector<Index> open_sites;
  std::vector<Index> open_sites_v4;
};

/// What a Direct Connect gateway advertises over a virtual interface for one
/// target, and hence takes from it (S90, S91, S96).
struct Entry {
  std::vector<IpPrefix> prefixes;
  std::vector<IpPrefix> doubtful;
  bool open = false;
  Sharing hop;
};
std::vector<Entry> entries_of(const Network& network, Index vif);

Knowledge vgw_knowledge(const Network& network, Index vgw);
Knowledge dxgw_knowledge(const Network& network, Index dxgw);

std::vector<Fib> vpc_tables(const Network& network);
/// The prefixes of a transit table's active lines, and whether there may be
/// others: what a VPN learns from it (S97).
struct ActiveLines {
  std::vector<IpPrefix> prefixes;
  bool open_v4 = false;
  bool open_v6 = false;
};

/// The transit tables; `lines` gets their active lines.
std::vector<Fib> transit_tables(const Network& network,
                                std::vector<ActiveLines>& lines);
std::vector<std::vector<Index>> associations(const Network& network);
std::vector<Fib> vgw_tables(const Network& network);
std::vector<Fib> dxgw_tables(const Network& network);
std::vector<Fib> dxgw_entry_tables(const Network& network);
std::vector<Fib> hub_tables(const Network& network);
std::vector<Fib> site_tables(const Network& network,
                             const std::vector<std::vector<Index>>& association,
                             const std::vector<ActiveLines>& lines);
std::vector<Fib> router_tables(const Network& network);

/// Joins candidates of one prefix and rank into one whose worlds are theirs:
/// one of them counts, unknown which (S54, S19).
void merge_equals(std::vector<Candidate>& candidates);

}  // namespace netproof::engine
