#include "netproof/net/ip_prefix.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/arbitrary.hpp"

namespace netproof {
namespace {

IpPrefix prefix(const char* text) {
  const auto parsed = IpPrefix::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? parsed.value() : IpPrefix{};
}

struct Refusal {
  const char* text;
  const char* part_of_what;
};

TEST(IpPrefix, RefusesWithARuleAndAWayOut) {
  constexpr Refusal kTable[] = {
      {"10.0.0.1/8", "write 10.0.0.0/8 or 10.0.0.1/32"},
      {"10.0.1.0/16", "write 10.0.0.0/16 or 10.0.1.0/24"},
      {"10.0.30.200/28", "write 10.0.30.192/28 or 10.0.30.200/29"},
      {"128.0.0.0/0", "write 0.0.0.0/0 or 128.0.0.0/1"},
      {"2001:db8::1/64", "write 2001:db8::/64 or 2001:db8::1/128"},
      {"10.0.0.0", "ends in /length: write 10.0.0.0/32"},
      {"::1", "ends in /length: write ::1/128"},
      {"10.0.0.0/33", "the length of an IPv4 prefix is 0 to 32"},
      {"::/129", "the length of an IPv6 prefix is 0 to 128"},
      {"10.0.0.0/", "the length of an IPv4 prefix is 0 to 32"},
      {"10.0.0.0/08", "0 to 32"},
      {"10.0.0.0/-1", "0 to 32"},
      {"10.0.0.0/8/8", "0 to 32"},
      {"10.0.0.0/ 8", "0 to 32"},
      {"10.0.0.0/99999999999", "0 to 32"},
      {"10.1.300.0/24", "a prefix is an address and a length"},
      {"/8", "a prefix is an address and a length"},
      {"", "a prefix is an address and a length"},
      {"10/8", "a prefix is an address and a length"},
      {" 10.0.0.0/8", "a prefix is an address and a length"},
  };
  for (const Refusal& row : kTable) {
    const auto parsed = IpPrefix::parse(row.text);
    ASSERT_FALSE(parsed) << row.text;
    EXPECT_EQ(parsed.error().fragment, row.text);
    EXPECT_NE(parsed.error().what.find(row.part_of_what), std::string::npos)
        << row.text << ": " << parsed.error().what;
  }
}

// Covers S9.
TEST(IpPrefix, LooseReadingGivesBothReadingsOfHostBits) {
  const auto loose = IpPrefix::parse_loose("10.0.30.200/28");
  ASSERT_TRUE(loose);
  EXPECT_TRUE(loose.value().host_bits);
  EXPECT_EQ(loose.value().masked, prefix("10.0.30.192/28"));
  EXPECT_EQ(loose.value().exact, prefix("10.0.30.200/29"));
  EXPECT_EQ(IpPrefix::parse_loose("100.68.0.18/18").value().masked,
            prefix("100.68.0.0/18"));
}

TEST(IpPrefix, LooseReadingOfACleanPrefixIsThePrefix) {
  const auto loose = IpPrefix::parse_loose("10.0.0.0/16");
  ASSERT_TRUE(loose);
  EXPECT_FALSE(loose.value().host_bits);
  EXPECT_EQ(loose.value().masked, prefix("10.0.0.0/16"));
  EXPECT_EQ(loose.value().exact, prefix("10.0.0.0/16"));
}

TEST(IpPrefix, LooseReadingRefusesTheSameSyntax) {
  for (const char* text : {"10.0.0.0", "10.0.0.0/33", "10.1.300.0/24", ""}) {
    EXPECT_FALSE(IpPrefix::parse_loose(text)) << text;
  }
}

TEST(IpPrefix, LengthZeroContainsEveryAddressOfItsFamily) {
  EXPECT_TRUE(prefix("0.0.0.0/0").contains(IpAddress::v4(0xffffffff)));
  EXPECT_FALSE(prefix("0.0.0.0/0").contains(IpAddress::v6(0)));
  EXPECT_TRUE(prefix("::/0").contains(IpAddress::v6(~Uint128{0})));
  EXPECT_EQ(prefix("::/0").last(), IpAddress::v6(~Uint128{0}));
  EXPECT_EQ(IpPrefix::all(Family::kV6), prefix("::/0"));
  EXPECT_EQ(IpPrefix::all(Family::kV4), IpPrefix{});
}

TEST(IpPrefix, FullLengthContainsOneAddress) {
  const IpPrefix host = IpPrefix::host(IpAddress::v4(0xffffffff));
  EXPECT_EQ(host, prefix("255.255.255.255/32"));
  EXPECT_EQ(host.first(), host.last());
  EXPECT_FALSE(host.contains(IpAddress::v4(0xfffffffe)));
  EXPECT_EQ(IpPrefix::host(IpAddress::v6(1)).length(), 128);
}

TEST(IpPrefix, RefusesALengthThatIsOutOfRange) {
  EXPECT_THROW(IpPrefix::enclosing(IpAddress::v4(0), 33), ContractViolation);
  EXPECT_THROW(IpPrefix::enclosing(IpAddress::v4(0), -1), ContractViolation);
  EXPECT_THROW(IpPrefix::enclosing(IpAddress::v6(0), 129), ContractViolation);
}

TEST(IpPrefix, SortsWiderBeforeNarrower) {
  EXPECT_LT(prefix("10.0.0.0/8"), prefix("10.0.0.0/16"));
  EXPECT_LT(prefix("10.0.0.0/16"), prefix("10.1.0.0/16"));
  EXPECT_LT(prefix("255.0.0.0/8"), prefix("::/0"));
}

TEST(IpPrefix, ContainsExactlyTheRangeFromFirstToLast) {
  arbitrary::Random random{11};
  for (int i = 0; i < 20000; ++i) {
    const Family family = arbitrary::family(random);
    const IpPrefix a = arbitrary::prefix(random, family);
    const IpPrefix b = arbitrary::prefix(random, family);
    const IpAddress address = arbitrary::address(random, family);
    SCOPED_TRACE(to_string(a) + ", " + to_string(b));
    ASSERT_EQ(a.contains(address), a.first() <= address && address <= a.last());
    ASSERT_EQ(a.contains(b), a.first() <= b.first() && b.last() <= a.last());
    ASSERT_EQ(a.overlaps(b), a.first() <= b.last() && b.first() <= a.last());
    ASSERT_EQ(prefix(to_string(a).c_str()), a);
    const Uint128 count = a.last().value() - a.first().value();
    const int host_bits = address_bits(family) - a.length();
    ASSERT_EQ(host_bits == 0 ? 0 : count >> (host_bits - 1),
              host_bits == 0 ? 0U : 1U);
  }
}

TEST(IpPrefix, ExactReadingIsTheShortestWithThatAddress) {
  arbitrary::Random random{12};
  for (int i = 0; i < 5000; ++i) {
    const Family family = arbitrary::family(random);
    const IpAddress address = arbitrary::address(random, family);
    const auto loose = IpPrefix::parse_loose(to_string(address) + "/0");
    ASSERT_TRUE(loose);
    if (!loose.value().host_bits) continue;
    const IpPrefix exact = loose.value().exact;
    ASSERT_EQ(exact.first(), address);
    ASSERT_NE(IpPrefix::enclosing(address, exact.length() - 1).first(),
              address);
  }
}

}  // namespace
}  // namespace netproof
