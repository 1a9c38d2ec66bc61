#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "netproof/base/contract.hpp"
#include "netproof/base/result.hpp"
#include "netproof/net/hashing.hpp"
#include "netproof/net/uint128.hpp"

namespace netproof {

enum class Family : std::uint8_t { kV4, kV6 };

/// "IPv4" or "IPv6".
std::string to_string(Family family);

/// 32 or 128.
constexpr int address_bits(Family family) noexcept {
  return family == Family::kV4 ? 32 : 128;
}

/// The highest address of a family, as a number.
constexpr Uint128 highest_address(Family family) noexcept {
  return family == Family::kV4 ? Uint128{0xffffffffU} : ~Uint128{0};
}

/// One address of either family. IPv4 sorts before IPv6, then by value.
///
/// INVARIANT: the value of an IPv4 address fits into 32 bits. An IPv4-mapped
/// IPv6 address is an IPv6 address.
class IpAddress {
 public:
  /// 0.0.0.0
  constexpr IpAddress() noexcept = default;

  static constexpr IpAddress v4(std::uint32_t value) noexcept {
    return IpAddress{Family::kV4, value};
  }
  static constexpr IpAddress v6(Uint128 value) noexcept {
    return IpAddress{Family::kV6, value};
  }
  /// REQUIRES: value <= highest_address(family).
  static constexpr IpAddress make(Family family, Uint128 value) {
    expects(value <= highest_address(family),
            "the value of an address fits into its family");
    return IpAddress{family, value};
  }

  /// Reads "10.0.0.1" (four decimal octets without leading zeros) or any
  /// spelling of RFC 4291 section 2.2. Zone ids and surrounding space are
  /// errors.
  static Result<IpAddress, ParseError> parse(std::string_view text);

  constexpr Family family() const noexcept { return family_; }
  constexpr Uint128 value() const noexcept { return value_; }

  friend constexpr auto operator<=>(const IpAddress&,
                                    const IpAddress&) noexcept = default;

 private:
  constexpr IpAddress(Family family, Uint128 value) noexcept
      : family_{family}, value_{value} {}

  Family family_ = Family::kV4;
  Uint128 value_ = 0;
};

/// The one spelling of RFC 5952: parse(to_string(a)) is a again.
std::string to_string(IpAddress address);

}  // namespace netproof

template <>
struct std::hash<netproof::IpAddress> {
  std::size_t operator()(const netproof::IpAddress& address) const noexcept {
    return netproof::hash_mix(static_cast<std::uint64_t>(address.family()),
                              address.value());
  }
};
