#include <gtest/gtest.h>

#include <map>

#include "rules/plan_checks.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

using testing::Network;

TEST(ForEachPrefix, EveryPrefixIsVisitedOnceWithItsHolder) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.subnet("s", "a", {"10.0.0.0/24"});
  net.table("t", "a", {{"10.1.0.0/16", "tgw:main"}});
  net.transit("main");
  net.transit_table("rt", "main", {{}, {}, {{"10.2.0.0/16", "blackhole"}}});
  net.prefix_list("pl", {"10.3.0.0/16"});
  net.group("g", "a", {{"tcp/443", {"10.4.0.0/16"}}}, {});
  net.acl("n", "a", {{100, "allow", "any", "10.5.0.0/16"}}, {});
  net.site("hq", {"10.6.0.0/16"});
  net.direct_connect("dx");
  net.associate("dx", "tgw:main", {"10.7.0.0/16"});
  net.virtual_interface("vif", "hq", "dxgw:dx", {"10.8.0.0/16"});
  net.vpn("tunnel", "hq", {"10.9.0.0/16"});
  net.segment("lan", {"10.10.0.0/16"});
  net.router("r", {{"10.11.0.0/16", "blackhole"}});
  net.firewall("fw", {}, {{"p", {}, {}, {"10.12.0.0/16"}, {"10.13.0.0/16"}}});

  std::map<std::string, std::string> seen;
  const Topology topology = net.build();
  for_each_prefix(topology.parts(), [&](const WrittenPrefix& prefix, PrefixUse,
                                        const std::string& holder) {
    EXPECT_TRUE(seen.emplace(to_string(prefix.prefix), holder).second);
  });
  const std::map<std::string, std::string> expected = {
      {"10.0.0.0/16", "vpc:a"},          {"10.0.0.0/24", "subnet:s"},
      {"10.1.0.0/16", "rtb:t"},          {"10.2.0.0/16", "tgw-rtb:rt"},
      {"10.3.0.0/16", "prefix-list:pl"}, {"10.4.0.0/16", "sg:g"},
      {"10.5.0.0/16", "acl:n"},          {"10.6.0.0/16", "site:hq"},
      {"10.7.0.0/16", "dxgw:dx"},        {"10.8.0.0/16", "vif:vif"},
      {"10.9.0.0/16", "vpn:tunnel"},     {"10.10.0.0/16", "segment:lan"},
      {"10.11.0.0/16", "router:r"},      {"10.12.0.0/16", "firewall:fw"},
      {"10.13.0.0/16", "firewall:fw"}};
  EXPECT_EQ(seen, expected);
}

}  // namespace
}  // namespace netproof
