#include "rules/group_ways.hpp"

#include <gtest/gtest.h>

#include "support/network.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::Texts;

std::vector<std::size_t> counts(const Network& net) {
  std::vector<std::size_t> found;
  for (const auto& carriers : carriers_of_groups(net.build().parts())) {
    found.push_back(carriers.size());
  }
  return found;
}

using Counts = std::vector<std::size_t>;

// covers S75: interfaces, subnets and VPCs carry groups
TEST(GroupWays, CarriersAreInterfacesAndSubnets) {
  Network net;
  net.vpc("v", {"10.1.0.0/16"});
  net.subnet("s", "v", {"10.1.1.0/24"});
  net.group("one", "v", {}, {});
  net.group("two", "v", {}, {});
  net.interface("i", "s", {"10.1.1.10", "10.1.1.11"}, Texts{"two"});
  EXPECT_EQ(counts(net), (Counts{0, 2}));
  net.get<Vpc>("v").security_groups.emplace().items.push_back({"one", {}, {}});
  EXPECT_EQ(counts(net), (Counts{1, 2}));
  net.get<Subnet>("s").security_groups.emplace();
  EXPECT_EQ(counts(net), (Counts{0, 2}));
  net.get<Subnet>("s").security_groups->open = true;
  EXPECT_EQ(counts(net), (Counts{0, 0}));
}

// covers S17, S73
TEST(GroupWays, TheLongestEntryDecides) {
  Network net;
  net.vpc("v", {"10.1.0.0/16"});
  net.table("t", "v", {{"10.1.2.0/24", "endpoint:fw"}});
  net.subnet("a", "v", {"10.1.1.0/24"}, "", "t");
  net.subnet("b", "v", {"10.1.2.0/24"});
  net.subnet("c", "v", {"10.1.3.0/24"});
  net.inspection_endpoint("fw", "c", true);
  const Topology topology = net.build();
  GroupWays ways{topology.parts()};
  const auto at = [](const char* text) {
    return IpPrefix::parse(text).value();
  };
  EXPECT_EQ(ways.middlebox({0, at("10.1.1.5/32")}, {1, at("10.1.2.5/32")}),
            "endpoint:fw");
  EXPECT_EQ(ways.middlebox({0, at("10.1.1.5/32")}, {2, at("10.1.3.5/32")}), "");
  EXPECT_EQ(ways.middlebox({1, at("10.1.2.5/32")}, {0, at("10.1.1.5/32")}), "");
  // Part of it goes another way.
  EXPECT_EQ(ways.middlebox({0, at("10.1.1.5/32")}, {1, at("10.1.2.0/23")}), "");
}

}  // namespace
}  // namespace netproof
