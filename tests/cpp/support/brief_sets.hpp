#pragma once

#include "netproof/net/packet_set.hpp"
#include "netproof/net/service.hpp"

/// Short spellings for examples; what cannot be read ends the test.
namespace netproof::brief {

inline IpSet ips(const char* text) {
  return IpSet::of(IpPrefix::parse(text).value());
}
inline IpAddress ip(const char* text) { return IpAddress::parse(text).value(); }
inline TransportSet service(const char* text) {
  return parse_service(text).value();
}
inline PacketSet box(const char* src, const char* dst, const char* what) {
  return PacketSet::box(ips(src), ips(dst), service(what));
}

}  // namespace netproof::brief
