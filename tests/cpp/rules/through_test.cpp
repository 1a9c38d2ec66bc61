#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::verdict;

RuleSpec through(std::string_view via) {
  RuleSpec spec = testing::rule(Verb::kThrough, "vpc:a", "vpc:b");
  spec.via = {testing::selector(via)};
  return spec;
}

/// a -> inspection VPC with an appliance -> b.
Network inspected() {
  Network net;
  net.transit("main");
  for (const std::string name : {"a", "b", "i"}) {
    const std::string block = name == "a"   ? "10.1.0.0/16"
                              : name == "b" ? "10.2.0.0/16"
                                            : "10.3.0.0/16";
    net.vpc(name, {block}, "rtb-" + name);
    net.attach_vpc("att-" + name, "main", name);
  }
  net.subnet("sub-a", "a", {"10.1.0.0/24"});
  net.subnet("sub-b", "b", {"10.2.0.0/24"});
  net.subnet("sub-i", "i", {"10.3.0.0/24"}, "", "rtb-out");
  net.open_group("open", "i");
  Interface& appliance =
      net.interface("fw", "sub-i", {"10.3.0.10"}, testing::Texts{"open"});
  appliance.source_check.value = false;
  appliance.forwards = true;
  net.table("rtb-a", "a", {{"10.0.0.0/8", "tgw:main"}});
  net.table("rtb-b", "b", {{"10.0.0.0/8", "tgw:main"}});
  net.table("rtb-i", "i", {{"10.0.0.0/8", "interface:fw"}});
  net.table("rtb-out", "i", {{"10.0.0.0/8", "tgw:main"}});
  net.transit_table("spokes", "main",
                    {{"att-a", "att-b"}, {}, {{"10.0.0.0/8", "att-i"}}});
  net.transit_table("back", "main", {{"att-i"}, {"att-a", "att-b"}, {}});
  return net;
}

// covers S60
TEST(Through, WhatAlwaysPassesTheApplianceIsProved) {
  EXPECT_EQ(verdict(inspected().build(), through("interface:fw")),
            Verdict::kProved);
  EXPECT_EQ(verdict(inspected().build(), through("vpc:i")), Verdict::kProved);
}

TEST(Through, AWayAroundIsAViolation) {
  Network net = inspected();
  net.peering("direct", "a", "b");
  net.get<RouteTable>("rtb-a").routes.items.clear();
  net.table("around", "a", {{"10.2.0.0/16", "peering:direct"}});
  net.vpc("unused", {"10.99.0.0/16"});
  net.subnet("sub-a2", "a", {"10.1.1.0/24"}, "", "around");
  const RuleOutcome outcome =
      testing::judged(net.build(), through("interface:fw"));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
}

TEST(Through, OneOfAListIsEnough) {
  Network net = inspected();
  net.vpc("unused", {"10.99.0.0/16"});
  RuleSpec spec = through("vpc:unused");
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kViolated);
  spec.via.push_back(testing::selector("interface:fw"));
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
}

TEST(Through, WhereNothingArrivesItIsVacuous) {
  Network net = inspected();
  net.get<TransitRouteTable>("back").propagations.items.clear();
  EXPECT_EQ(verdict(net.build(), through("interface:fw")), Verdict::kVacuous);
}

TEST(Through, AWayThroughAPartOfASubnetIsNotKnownToPassIt) {
  Network net = testing::two_vpcs();
  EXPECT_EQ(verdict(net.build(), through("10.2.0.0/24")), Verdict::kProved);
  const RuleOutcome outcome =
      testing::judged(net.build(), through("10.2.0.0/28"));
  EXPECT_EQ(outcome.result.verdict, Verdict::kUnknown);
  EXPECT_EQ(outcome.result.unknown,
            testing::Texts{"only a part of subnet:sub-b is in: 10.2.0.0/28"});
}

TEST(Through, AWayBesideAPartlyNamedSubnetIsAViolation) {
  Network net = testing::two_vpcs();
  net.subnet("beside", "b", {"10.2.1.0/24"});
  EXPECT_EQ(verdict(net.build(), through("10.2.0.0/28")), Verdict::kViolated);
}

TEST(Through, APlaceThatMayHaveAnAddressOfAPrefixIsNoWay) {
  Network net = testing::two_vpcs();
  net.get<Subnet>("sub-b").cidrs.open = true;
  EXPECT_NE(verdict(net.build(), through("10.2.9.0/24")), Verdict::kProved);
}

}  // namespace
}  // namespace netproof
