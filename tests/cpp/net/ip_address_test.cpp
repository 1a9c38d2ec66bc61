#include "netproof/net/ip_address.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/arbitrary.hpp"

namespace netproof {
namespace {

IpAddress address(const char* text) {
  const auto parsed = IpAddress::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? parsed.value() : IpAddress{};
}

struct Spelling {
  const char* text;
  const char* canonical;
};

TEST(IpAddress, WritesTheSpellingOfRfc5952) {
  constexpr Spelling kTable[] = {
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"10.1.30.101", "10.1.30.101"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:0DB8:0:0:0:0:0:1", "2001:db8::1"},
      {"2001:db8::0:1", "2001:db8::1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"0:0:0:0:0:0:0:0", "::"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
      {"::ffff:10.0.0.1", "::ffff:10.0.0.1"},
      {"::ffff:a00:1", "::ffff:10.0.0.1"},
      {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
      {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
      {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
       "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
  };
  for (const Spelling& row : kTable) {
    EXPECT_EQ(to_string(address(row.text)), row.canonical) << row.text;
    EXPECT_EQ(address(row.canonical), address(row.text)) << row.text;
  }
}

TEST(IpAddress, RefusesEverythingElse) {
  constexpr const char* kTable[] = {
      "",
      "1",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.256",
      "01.2.3.4",
      "1.2.3.00",
      "1.2.3.",
      ".1.2.3",
      "1..2.3",
      "1.2.3.4 ",
      " 1.2.3.4",
      "1.2.3.4/32",
      "1.2.3.-4",
      "1.2.3.+4",
      "0x1.2.3.4",
      "1.2.3.1000",
      "10.1.300.0",
      ":",
      ":::",
      "1:2",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1::2::3",
      "12345::",
      "g::",
      "::1%eth0",
      "[::1]",
      "1:",
      ":1",
      "1:2:3:4:5:6:7:8::",
      "::1:2:3:4:5:6:7:8",
      "1:2:3:4:5:6:7:1.2.3.4",
      "::1.2.3",
      "1.2.3.4::",
      "::01.2.3.4",
      "::1.2.3.4:5",
      "1:2:3:4:1.2.3.4:7:8",
      "1::2:",
      ":1::2",
  };
  for (const char* text : kTable) {
    const auto parsed = IpAddress::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().fragment, text);
    EXPECT_NE(parsed.error().what.find("an address is"), std::string::npos);
  }
}

TEST(IpAddress, RefusesTextWithAZeroByte) {
  EXPECT_FALSE(IpAddress::parse(std::string_view{"1.2.3.4\0", 8}));
}

// The C library as a second opinion, on texts made of address characters.
TEST(IpAddress, AgreesWithInetPton) {
  arbitrary::Random random{9};
  constexpr std::string_view kPieces[] = {":", "::", ".", "0",    "1", "255",
                                          "a", "ff", "1", "ffff", ":", "."};
  int accepted = 0;
  for (int i = 0; i < 200000; ++i) {
    std::string text;
    const std::uint32_t count = 1 + arbitrary::below(random, 16);
    for (std::uint32_t j = 0; j < count; ++j) {
      text += kPieces[arbitrary::below(random, 12)];
    }
    in_addr v4{};
    in6_addr v6{};
    const bool is_v4 = inet_pton(AF_INET, text.c_str(), &v4) == 1;
    const bool is_v6 = inet_pton(AF_INET6, text.c_str(), &v6) == 1;
    const auto parsed = IpAddress::parse(text);
    ASSERT_EQ(static_cast<bool>(parsed), is_v4 || is_v6) << text;
    if (!parsed) continue;
    ++accepted;
    Uint128 expected = is_v4 ? ntohl(v4.s_addr) : 0;
    for (int j = 0; is_v6 && j < 16; ++j) {
      expected = expected << 8U | v6.s6_addr[j];
    }
    ASSERT_EQ(parsed.value().value(), expected) << text;
  }
  EXPECT_GT(accepted, 1000);
}

TEST(IpAddress, ReadsWhatItWrites) {
  arbitrary::Random random{10};
  for (int i = 0; i < 20000; ++i) {
    // Groups of zeros in every place.
    const Uint128 mask = arbitrary::bits128(random);
    Uint128 value = 0;
    for (unsigned group = 0; group < 8; ++group) {
      if ((random() & 1U) != 0) value |= mask & Uint128{0xffff} << group * 16;
    }
    const IpAddress v6 = IpAddress::v6(value);
    const IpAddress v4 = IpAddress::v4(static_cast<std::uint32_t>(random()));
    ASSERT_EQ(address(to_string(v6).c_str()), v6) << to_string(v6);
    ASSERT_EQ(address(to_string(v4).c_str()), v4) << to_string(v4);
  }
}

TEST(IpAddress, SortsByFamilyThenValue) {
  EXPECT_LT(IpAddress::v4(0xffffffff), IpAddress::v6(0));
  EXPECT_LT(IpAddress::v4(1), IpAddress::v4(2));
  EXPECT_NE(IpAddress::v4(1), IpAddress::v6(1));
  const std::hash<IpAddress> hash;
  EXPECT_NE(hash(IpAddress::v4(1)), hash(IpAddress::v6(1)));
}

TEST(IpAddress, RefusesAValueThatIsTooWide) {
  EXPECT_EQ(IpAddress::make(Family::kV4, 0xffffffff),
            IpAddress::v4(0xffffffff));
  EXPECT_THROW(IpAddress::make(Family::kV4, Uint128{1} << 32U),
               ContractViolation);
}

}  // namespace
}  // namespace netproof
