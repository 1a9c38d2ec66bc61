#include "rules/transit_view.hpp"

#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;

std::vector<std::string> learned(const Topology& topology,
                                 std::uint32_t table) {
  std::vector<std::string> lines;
  for (const Learned& one : learned_by(topology.parts(), table)) {
    lines.push_back(to_string(one.prefix) + " " + one.owner);
  }
  return lines;
}

// covers S50
TEST(TransitView, EachKindOfAttachmentPropagatesItsOwn) {
  Network net;
  net.transit("main");
  net.vpc("x", {"10.1.0.0/16"});
  net.subnet("s", "x", {"10.1.1.0/24"});
  net.site("hq", {"192.168.0.0/16"});
  net.vpn("dynamic", "hq", {"192.168.1.0/24"});
  net.vpn("fixed", "hq", {"192.168.2.0/24"}).bgp = false;
  net.direct_connect("dx");
  net.virtual_interface("vif", "hq", "dxgw:dx", {"192.168.3.0/24"});
  net.attach_vpc("a", "main", "x");
  net.attach_vpn("b", "main", "dynamic");
  net.attach_vpn("c", "main", "fixed");
  net.attach_direct_connect("d", "main", "dx");
  net.transit_table("rt", "main", {{}, {"a", "b", "c", "d"}, {}});
  EXPECT_EQ(learned(net.build(), 0),
            (std::vector<std::string>{"10.1.0.0/16 vpc:x",
                                      "192.168.1.0/24 vpn:dynamic",
                                      "192.168.3.0/24 vif:vif"}));
}

// covers S51
TEST(TransitView, ADefaultTableHasAllOfItsGateway) {
  Network net;
  TransitGateway& gateway = net.transit("main");
  net.vpc("x", {"10.1.0.0/16"});
  net.vpc("y", {"10.2.0.0/16"});
  net.attach_vpc("ax", "main", "x");
  net.attach_vpc("ay", "main", "y");
  net.transit_table("default", "main", {{}, {}, {}});
  net.transit_table("own", "main", {{"ay"}, {}, {}});
  gateway.default_association = Ref<TransitRouteTable>{"default", {}, {}};
  gateway.default_propagation = Ref<TransitRouteTable>{"default", {}, {}};
  const Topology topology = net.build();
  EXPECT_EQ(learned(topology, 0).size(), 2U);
  EXPECT_EQ(associated_with(topology.parts(), 0),
            std::vector<std::uint32_t>{0});
  EXPECT_EQ(associated_with(topology.parts(), 1),
            std::vector<std::uint32_t>{1});
}

// covers S53
TEST(TransitView, APrefixListIsOneLineForEachEntry) {
  Network net;
  net.transit("main");
  net.prefix_list("pl", {"10.9.0.0/16", "10.8.0.0/16"});
  net.transit_table("rt", "main", {{}, {}, {{"pl:pl", "blackhole"}}});
  const Topology topology = net.build();
  const auto lines = static_lines(topology.parts(), 0);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(to_string(lines[0].prefix), "10.8.0.0/16");
  EXPECT_TRUE(lines[0].listed);
}

}  // namespace
}  // namespace netproof
