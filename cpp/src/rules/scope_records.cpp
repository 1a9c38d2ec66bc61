#include <fmt/format.h>

#include <algorithm>

#include "netproof/rules/scope.hpp"

namespace netproof {

IpSet Locations::addresses_named(const Selector& selector) const {
  std::vector<IpPrefix> hosts;
  for (const DnsRecord& record : topology_->dns_records) {
    if (std::ranges::find(selector.names, record.name) ==
        selector.names.end()) {
      continue;
    }
    for (const IpAddress& address : record.addresses) {
      hosts.push_back(IpPrefix::host(address));
    }
  }
  return IpSet::from_prefixes(hosts);
}

IpSet Locations::owned_by_nobody(IpSet addresses) const {
  for (const Leaf& leaf : leaves_) {
    if (addresses.empty()) break;
    addresses -= leaf.addresses;
  }
  return addresses;
}

// Who has addresses that nobody knows may have these.
void Locations::note_unowned(ZoneScope& zone) const {
  const auto may_own = [](const Leaf& leaf) { return leaf.addresses_unknown; };
  const auto first = std::ranges::find_if(leaves_, may_own);
  if (first == leaves_.end()) return;
  const auto more = std::ranges::count_if(leaves_, may_own) - 1;
  std::string reason =
      fmt::format("an address that nobody is known to own may be of {}",
                  nodes_[first->node].full_name);
  if (more > 0) reason += fmt::format(" or {} more", more);
  zone.unknown.push_back(std::move(reason));
  std::ranges::sort(zone.unknown);
}

}  // namespace netproof
