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

}  // namespace netproof
