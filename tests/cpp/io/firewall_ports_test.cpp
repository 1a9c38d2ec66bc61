#include "io/firewall_ports.hpp"

#include <gtest/gtest.h>

#include "netproof/net/service.hpp"

namespace netproof::io {
namespace {

TEST(FirewallPorts, PortsAreNumbersRangesAndVariables) {
  using Ranges = std::vector<PortRange>;
  const auto ports = [](const char* text) {
    RuleVariables known;
    known.ports["WEB"] = {"80", "443"};
    known.ports["NONE"] = {};
    return read_ports(text, known);
  };
  EXPECT_EQ(ports("any"), (Ranges{{0, 65535}}));
  EXPECT_EQ(ports("[80,443:445,!444]"),
            (Ranges{{80, 80}, {443, 443}, {445, 445}}));
  EXPECT_EQ(ports("!80"), (Ranges{{0, 79}, {81, 65535}}));
  EXPECT_EQ(ports("[!80:65535]"), (Ranges{{0, 79}}));
  EXPECT_EQ(ports("1024:"), (Ranges{{1024, 65535}}));
  EXPECT_EQ(ports("$WEB"), (Ranges{{80, 80}, {443, 443}}));
  for (const char* odd : {"$GHOST", "$NONE", "[]", "!$NONE", "80-90", "90:80",
                          "70000", "", "[80,x]"}) {
    EXPECT_EQ(ports(odd), std::nullopt) << odd;
  }
}

const std::vector<PortRange> kAny{{0, 65535}};
const std::vector<PortRange> kWeb{{443, 443}};

// covers S82
TEST(FirewallPorts, PortsOfAStatelessRuleBearOnTcpAndUdpOnly) {
  EXPECT_EQ(to_string(stateless_service({{6, 1, 132}, kAny, kWeb})),
            "icmp, tcp/443, sctp");
  const TransportSet all = stateless_service({{}, kAny, kWeb});
  EXPECT_TRUE(all.contains(47, 0, 0));
  EXPECT_TRUE(all.contains(132, 1, 80));
  EXPECT_TRUE(all.contains(17, 1, 443));
  EXPECT_FALSE(all.contains(6, 1, 80));
}

// covers S85
TEST(FirewallPorts, AStatefulRuleWithPortsMatchesProtocolsThatHaveThem) {
  EXPECT_EQ(stateful_service({{}, kAny, kAny}), TransportSet::all());
  EXPECT_EQ(to_string(stateful_service({{}, kAny, kWeb})),
            "tcp/443, udp/443, sctp/443");
  EXPECT_EQ(to_string(stateful_service({{132}, kAny, kWeb})), "sctp/443");
  const RulePorts icmp{{1}, kAny, kWeb};
  EXPECT_TRUE(icmp.restricted() && icmp.without_ports());
}

}  // namespace
}  // namespace netproof::io
