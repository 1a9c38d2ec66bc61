#include "rules/plan_acl_lines.hpp"

#include <algorithm>

namespace netproof {

namespace {

constexpr int kFirstBuiltIn = 32767;

}  // namespace

std::vector<const AclEntry*> entries_in_order(const NetworkAcl& acl,
                                              bool inbound) {
  std::vector<const AclEntry*> entries;
  for (const AclEntry& one : (inbound ? acl.inbound : acl.outbound).items) {
    if (one.number < kFirstBuiltIn) entries.push_back(&one);
  }
  std::ranges::stable_sort(entries, {}, &AclEntry::number);
  return entries;
}

std::optional<PacketSet> match_of(const AclEntry& entry, bool inbound) {
  if (entry.cidr.unknown || entry.service.unknown) return std::nullopt;
  const IpSet other = IpSet::of(entry.cidr.value.prefix);
  const IpSet own = IpSet::all(entry.cidr.value.prefix.family());
  return inbound ? PacketSet::box(other, own, entry.service.value)
                 : PacketSet::box(own, other, entry.service.value);
}

}  // namespace netproof
