#include "netproof/net/ip_address.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace netproof {

namespace {

constexpr const char* kRule =
    "an address is four decimal octets without leading zeros (10.0.0.1) or an "
    "IPv6 address (2001:db8::1)";

using Groups = std::array<std::uint16_t, 8>;

// Value of a hexadecimal digit, or -1. Not isxdigit: that asks the locale.
int hex_digit(char c) {
  if ('0' <= c && c <= '9') return c - '0';
  if ('a' <= c && c <= 'f') return c - 'a' + 10;
  if ('A' <= c && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::uint32_t> parse_octet(std::string_view text) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  if (value > 255) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> parse_v4(std::string_view text) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const std::size_t end = i < 3 ? text.find('.') : text.size();
    if (end == std::string_view::npos) return std::nullopt;
    const auto octet = parse_octet(text.substr(0, end));
    if (!octet) return std::nullopt;
    value = value << 8U | *octet;
    text.remove_prefix(i < 3 ? end + 1 : end);
  }
  return value;
}

std::optional<std::uint16_t> parse_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const int digit = hex_digit(c);
    if (digit < 0) return std::nullopt;
    value = value << 4U | static_cast<unsigned>(digit);
  }
  return static_cast<std::uint16_t>(value);
}

// The groups on one side of "::": "2001:db8", "1.2.3.4", or nothing.
struct Side {
  Groups groups{};
  std::size_t count = 0;

  bool push(std::uint16_t group) {
    if (count == groups.size()) return false;
    groups[count++] = group;
    return true;
  }
  // The last piece of an address may be four octets in place of two groups.
  bool push_octets(std::string_view text) {
    const auto v4 = parse_v4(text);
    return v4 && push(static_cast<std::uint16_t>(*v4 >> 16U)) &&
           push(static_cast<std::uint16_t>(*v4 & 0xffffU));
  }
};

std::optional<Side> parse_side(std::string_view text, bool may_end_in_octets) {
  Side side;
  if (text.empty()) return side;
  while (true) {
    const std::size_t end = text.find(':');
    const std::string_view piece = text.substr(0, end);
    const bool is_last = end == std::string_view::npos;
    if (is_last && may_end_in_octets &&
        piece.find('.') != std::string_view::npos) {
      if (!side.push_octets(piece)) return std::nullopt;
      return side;
    }
    const auto group = parse_group(piece);
    if (!group || !side.push(*group)) return std::nullopt;
    if (is_last) return side;
    text.remove_prefix(end + 1);
  }
}

Uint128 join(const Groups& groups) {
  Uint128 value = 0;
  for (const std::uint16_t group : groups) value = value << 16U | group;
  return value;
}

std::optional<Uint128> parse_v6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto side = parse_side(text, true);
    if (!side || side->count != 8) return std::nullopt;
    return join(side->groups);
  }
  const auto left = parse_side(text.substr(0, gap), false);
  const auto right = parse_side(text.substr(gap + 2), true);
  // "::" stands for at least one group of zeros.
  if (!left || !right || left->count + right->count > 7) return std::nullopt;
  Groups groups = left->groups;
  for (std::size_t i = 0; i < right->count; ++i) {
    groups[8 - right->count + i] = right->groups[i];
  }
  return join(groups);
}

Groups split(Uint128 value) {
  Groups groups{};
  for (std::size_t i = 8; i-- > 0;) {
    groups[i] = static_cast<std::uint16_t>(value & 0xffffU);
    value >>= 16U;
  }
  return groups;
}

struct Run {
  std::size_t first = 8;
  std::size_t length = 1;  // RFC 5952 4.2.2: a single zero is not shortened.
};

// The longest run of zeros, the leftmost among equals (RFC 5952 4.2.3).
Run longest_zeros(const Groups& groups) {
  Run best;
  std::size_t first = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] != 0) {
      first = i + 1;
    } else if (i + 1 - first > best.length) {
      best = {first, i + 1 - first};
    }
  }
  return best;
}

std::string v4_text(std::uint32_t value) {
  return fmt::format("{}.{}.{}.{}", value >> 24U, value >> 16U & 255U,
                     value >> 8U & 255U, value & 255U);
}

std::string v6_text(Uint128 value) {
  // RFC 5952 section 5: the prefix of IPv4-mapped addresses is well known.
  if (value >> 32U == 0xffffU) {
    return "::ffff:" + v4_text(static_cast<std::uint32_t>(value));
  }
  const Groups groups = split(value);
  const Run zeros = longest_zeros(groups);
  std::string text;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i == zeros.first) {
      text += "::";
      i += zeros.length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", groups[i]);
  }
  return text;
}

}  // namespace

std::string to_string(Family family) {
  return family == Family::kV4 ? "IPv4" : "IPv6";
}

Result<IpAddress, ParseError> IpAddress::parse(std::string_view text) {
  if (text.find(':') == std::string_view::npos) {
    if (const auto value = parse_v4(text)) return IpAddress::v4(*value);
  } else if (const auto value = parse_v6(text)) {
    return IpAddress::v6(*value);
  }
  return Unexpected{ParseError{kRule, std::string{text}}};
}

std::string to_string(IpAddress address) {
  if (address.family() == Family::kV6) return v6_text(address.value());
  return v4_text(static_cast<std::uint32_t>(address.value()));
}

}  // namespace netproof
