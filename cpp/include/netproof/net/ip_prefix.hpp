#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "netproof/base/contract.hpp"
#include "netproof/base/result.hpp"
#include "netproof/net/ip_address.hpp"

namespace netproof {

struct LooseIpPrefix;

/// The addresses of one family that share their first `length` bits.
///
/// INVARIANT: the bits of `first` below `length` are zero, so two prefixes are
/// equal exactly when their members are. Sorted by family, first address, and
/// wider before narrower.
class IpPrefix {
 public:
  /// 0.0.0.0/0
  constexpr IpPrefix() noexcept = default;

  /// Reads "10.0.0.0/8" or "2001:db8::/32". Host bits are an error that names
  /// both readings; a missing "/length" is an error that says how to write it.
  static Result<IpPrefix, ParseError> parse(std::string_view text);

  /// Same syntax, but host bits are accepted and reported.
  static Result<LooseIpPrefix, ParseError> parse_loose(std::string_view text);

  /// The block of `length` leading bits that `address` lies in.
  /// REQUIRES: 0 <= length <= address_bits(address.family()).
  static constexpr IpPrefix enclosing(IpAddress address, int length) {
    const Family family = address.family();
    expects(0 <= length && length <= address_bits(family),
            "a prefix length is 0 to 32 (IPv4) or 0 to 128 (IPv6)");
    return IpPrefix{
        IpAddress::make(family, address.value() & ~host_mask(family, length)),
        length};
  }
  /// The block of this one address.
  static constexpr IpPrefix host(IpAddress address) {
    return enclosing(address, address_bits(address.family()));
  }
  /// 0.0.0.0/0 or ::/0.
  static constexpr IpPrefix all(Family family) {
    return enclosing(IpAddress::make(family, 0), 0);
  }

  constexpr IpAddress first() const noexcept { return first_; }
  constexpr IpAddress last() const {
    return IpAddress::make(family(),
                           first_.value() | host_mask(family(), length_));
  }
  constexpr int length() const noexcept { return length_; }
  constexpr Family family() const noexcept { return first_.family(); }

  constexpr bool contains(IpAddress address) const noexcept {
    return address.family() == family() &&
           (address.value() & ~host_mask(family(), length_)) == first_.value();
  }
  constexpr bool contains(IpPrefix other) const noexcept {
    return length_ <= other.length_ && contains(other.first_);
  }
  /// Two prefixes are disjoint or nested: one of them contains the other.
  constexpr bool overlaps(IpPrefix other) const noexcept {
    return contains(other) || other.contains(*this);
  }

  friend constexpr auto operator<=>(const IpPrefix&,
                                    const IpPrefix&) noexcept = default;

 private:
  constexpr IpPrefix(IpAddress first, int length) noexcept
      : first_{first}, length_{length} {}

  // A shift by the full width is undefined, so a block without host bits and
  // the block of all IPv6 addresses are cases of their own.
  static constexpr Uint128 host_mask(Family family, int length) noexcept {
    const int bits = address_bits(family) - length;
    if (bits == 0) return 0;
    return ~Uint128{0} >> static_cast<unsigned>(128 - bits);
  }

  IpAddress first_;
  int length_ = 0;
};

/// A prefix as somebody wrote it, perhaps with host bits. Without them both
/// readings are the prefix itself.
struct LooseIpPrefix {
  IpPrefix masked;  ///< "10.0.1.0/16" read as 10.0.0.0/16
  IpPrefix exact;   ///< the shortest that has this very address: 10.0.1.0/24
  bool host_bits = false;

  friend bool operator==(const LooseIpPrefix&, const LooseIpPrefix&) = default;
};

/// "10.0.0.0/8": parse(to_string(p)) is p again.
std::string to_string(IpPrefix prefix);

}  // namespace netproof

template <>
struct std::hash<netproof::IpPrefix> {
  std::size_t operator()(const netproof::IpPrefix& prefix) const noexcept {
    return netproof::hash_mix(std::hash<netproof::IpAddress>{}(prefix.first()),
                              static_cast<std::uint64_t>(prefix.length()));
  }
};
