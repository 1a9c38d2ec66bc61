#include "netproof/net/service.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace netproof {
namespace {

TEST(Service, ReadsWhatRulesWrite) {
  EXPECT_EQ(parse_service("tcp/443").value(),
            TransportSet::ports(kTcp, 0, 65535, 443, 443));
  EXPECT_EQ(parse_service("tcp/9090-9093").value(),
            TransportSet::ports(kTcp, 0, 65535, 9090, 9093));
  EXPECT_EQ(parse_service("udp/0-65535").value(), TransportSet::protocol(kUdp));
  EXPECT_EQ(parse_service("tcp").value(), TransportSet::protocol(kTcp));
  EXPECT_EQ(parse_service("icmp").value(), TransportSet::protocol(kIcmp));
  EXPECT_EQ(parse_service("icmp/8").value(),
            TransportSet::icmp(kIcmp, 8, 8, 0, 255));
  EXPECT_EQ(parse_service("icmp/8/0").value(),
            TransportSet::icmp(kIcmp, 8, 8, 0, 0));
  EXPECT_EQ(parse_service("icmpv6/128").value(),
            TransportSet::icmp(kIcmpv6, 128, 128, 0, 255));
  EXPECT_EQ(parse_service("proto/47").value(), TransportSet::protocol(47));
  EXPECT_EQ(parse_service("proto/6").value(), TransportSet::protocol(kTcp));
  EXPECT_EQ(parse_service("any").value(), TransportSet::all());
}

struct Refusal {
  const char* text;
  const char* part_of_what;
};

TEST(Service, RefusesOtherTexts) {
  constexpr Refusal kTable[] = {
      {"", "a service is"},
      {"https", "a service is"},
      {"TCP/443", "a service is"},
      {"tcp:443", "a service is"},
      {"proto", "a service is"},
      {"any/1", "a service is"},
      {"gre", "a service is"},
      {"tcp/", "a port is 0 to 65535"},
      {"tcp/65536", "a port is 0 to 65535"},
      {"tcp/443-", "a port is 0 to 65535"},
      {"tcp/-443", "a port is 0 to 65535"},
      {"tcp/93-90", "a port is 0 to 65535"},
      {"tcp/443 ", "a port is 0 to 65535"},
      {"tcp/0443", "a port is 0 to 65535"},
      {"tcp/1-2-3", "a port is 0 to 65535"},
      {"udp/dns", "a port is 0 to 65535"},
      {"icmp/256", "type or code is 0 to 255"},
      {"icmp/8/256", "type or code is 0 to 255"},
      {"icmp/8/", "type or code is 0 to 255"},
      {"icmp/8/0/0", "type or code is 0 to 255"},
      {"icmpv6/x", "type or code is 0 to 255"},
      {"proto/256", "a protocol number is 0 to 255"},
      {"proto/", "a protocol number is 0 to 255"},
  };
  for (const Refusal& row : kTable) {
    const auto parsed = parse_service(row.text);
    ASSERT_FALSE(parsed) << row.text;
    EXPECT_EQ(parsed.error().fragment, row.text);
    EXPECT_NE(parsed.error().what.find(row.part_of_what), std::string::npos)
        << row.text << ": " << parsed.error().what;
  }
}

TEST(Service, SeveralAreTheirUnion) {
  const std::vector<std::string> texts{"tcp/80", "tcp/443", "tcp/81"};
  EXPECT_EQ(to_string(parse_services(texts).value()), "tcp/80-81, tcp/443");
  const std::vector<std::string> bad{"tcp/80", "tcp/x", "y"};
  EXPECT_EQ(parse_services(bad).error().fragment, "tcp/x");
  EXPECT_TRUE(parse_services({}).value().empty());
}

TEST(Service, ReadsBackWhatATransportSetWrites) {
  for (const char* text : {"tcp/443", "tcp/9090-9093", "udp", "icmp",
                           "icmp/8/0", "icmpv6/128", "proto/47", "any"}) {
    EXPECT_EQ(to_string(parse_service(text).value()), text);
  }
}

TEST(ServiceSpec, KeepsTheTextAsItWasWritten) {
  const auto spec = ServiceSpec::parse("proto/6");
  ASSERT_TRUE(spec);
  EXPECT_EQ(to_string(spec.value()), "proto/6");
  EXPECT_EQ(spec.value().transport, TransportSet::protocol(kTcp));
  EXPECT_FALSE(ServiceSpec::parse("nonsense"));
}

}  // namespace
}  // namespace netproof
