// A text is refused or it is a prefix, and a prefix has one spelling: what it
// writes reads back as itself. The loose reading accepts at least as much, and
// agrees where there are no host bits.

#include "netproof/net/ip_prefix.hpp"

#include "target.hpp"

using netproof::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text = netproof::fuzz::text_of(data, size);
  const auto strict = netproof::IpPrefix::parse(text);
  const auto loose = netproof::IpPrefix::parse_loose(text);
  if (!strict) {
    require(!loose || loose.value().host_bits);
    return 0;
  }
  const netproof::IpPrefix prefix = strict.value();
  require(loose && !loose.value().host_bits);
  require(loose.value().masked == prefix && loose.value().exact == prefix);
  require(prefix.contains(prefix.first()) && prefix.contains(prefix.last()));
  const auto again = netproof::IpPrefix::parse(to_string(prefix));
  require(again && again.value() == prefix);
  return 0;
}
