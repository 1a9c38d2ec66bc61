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
    return read_ports(text, known);
  };
  EXPECT_EQ(ports("any"), (Ranges{{0, 65535}}));
  EXPECT_EQ(ports("[80,443:445,!444]"),
            (Ranges{{80, 80}, {443, 443}, {445, 445}}));
  EXPECT_EQ(ports("!80"), (Ranges{{0, 79}, {81, 65535}}));
  EXPECT_EQ(ports("[!80:65535]"), (Ranges{{0, 79}}));
  EXPECT_EQ(ports("1024:"), (Ranges{{1024, 65535}}));
  EXPECT_EQ(ports("$WEB"), (Ranges{{80, 80}, {443, 443}}));
  for (const char* odd : {"$GHOST", "80-90", "90:80", "70000", "", "[80,x]"}) {
    EXPECT_EQ(ports(odd), std::nullopt) << odd;
  }
}

// covers S82
TEST(FirewallPorts, PortsBearOnTcpAndUdpOnly) {
  const std::vector<PortRange> any{{0, 65535}};
  const TransportSet web = firewall_service({6, 1}, any, {{443, 443}});
  EXPECT_EQ(to_string(web), "icmp, tcp/443");
  const TransportSet all = firewall_service({}, any, {{443, 443}});
  EXPECT_TRUE(all.contains(47, 0, 0));
  EXPECT_TRUE(all.contains(17, 1, 443));
  EXPECT_FALSE(all.contains(6, 1, 80));
}

}  // namespace
}  // namespace netproof::io
