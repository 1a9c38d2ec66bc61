#pragma once

#include <string>

#include "support/judging.hpp"

namespace netproof::testing {

/// The network with a DNS record in it.
inline Topology with_record(const Network& net, const std::string& name,
                            const Texts& addresses) {
  TopologyParts parts = net.build().parts();
  DnsRecord record;
  record.name = name;
  for (const std::string& text : addresses) {
    record.addresses.push_back(IpAddress::parse(text).value());
  }
  parts.dns_records.push_back(std::move(record));
  return Topology{std::move(parts)};
}

}  // namespace netproof::testing
