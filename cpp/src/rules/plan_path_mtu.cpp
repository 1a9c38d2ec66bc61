#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "rules/plan_acl_lines.hpp"
#include "rules/plan_checks.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

constexpr std::size_t kBlocksShown = 3;

/// The message that tells a sender to send smaller packets.
struct TooBig {
  Family family;
  std::string_view name;
  TransportSet message;
};

std::vector<TooBig> too_big_messages() {
  return {{Family::kV4, "ICMP type 3 code 4",
           TransportSet::icmp(kIcmp, 3, 3, 4, 4)},
          {Family::kV6, "ICMPv6 type 2 code 0",
           TransportSet::icmp(kIcmpv6, 2, 2, 0, 0)}};
}

/// What the direction lets through; nothing if that is not known.
std::optional<PacketSet> permitted(const NetworkAcl& acl, bool inbound) {
  if ((inbound ? acl.inbound : acl.outbound).open) return std::nullopt;
  PacketSet rest = PacketSet::all();
  PacketSet passed;
  for (const AclEntry* entry : entries_in_order(acl, inbound)) {
    const auto match = match_of(*entry, inbound);
    if (!match || entry->allow.unknown) return std::nullopt;
    if (entry->allow.value) passed |= *match & rest;
    rest -= *match;
  }
  return passed;
}

/// The other sides, in one family, of what is permitted of `transport`.
IpSet others(const PacketSet& permitted, bool inbound, Family family,
             const TransportSet& transport) {
  const PacketSet asked =
      PacketSet::box(IpSet::all(family), IpSet::all(family), transport);
  const PacketSet part = permitted & asked;
  return inbound ? part.src_addresses() : part.dst_addresses();
}

void check_direction(const NetworkAcl& acl, bool inbound,
                     std::vector<Finding>& found) {
  const auto passed = permitted(acl, inbound);
  if (!passed) return;
  for (const TooBig& too_big : too_big_messages()) {
    const IpSet tcp =
        others(*passed, inbound, too_big.family, TransportSet::protocol(kTcp));
    const IpSet lost =
        tcp - others(*passed, inbound, too_big.family, too_big.message);
    if (lost.empty()) continue;
    found.push_back(make_finding(
        "acl-passes-path-mtu-messages",
        fmt::format("acl:{}: {} passes TCP {} {} and drops {}", acl.name,
                    inbound ? "inbound" : "outbound", inbound ? "from" : "to",
                    describe_addresses(lost, kBlocksShown), too_big.name),
        acl.where, "acl:" + acl.name));
  }
}

}  // namespace

// S80. Compared by the address of the other side; a router on the way has an
// address of its own, and nobody knows which.
void check_path_mtu(const PlanContext& context, std::vector<Finding>& found) {
  for (const NetworkAcl& acl : context.parts().network_acls) {
    check_direction(acl, true, found);
    check_direction(acl, false, found);
  }
}

}  // namespace netproof
