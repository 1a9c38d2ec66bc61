#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::two_vpcs;

// covers S8
TEST(PlanInterfaces, AnInterfaceLiesInItsSubnet) {
  Network net = two_vpcs();
  net.interface("web", "sub-a", {"10.1.0.10"});
  EXPECT_TRUE(findings(net.build(), "interface-lies-in-its-subnet").empty());
  net.interface("far", "sub-a", {"10.1.7.10"});
  const auto found = findings(net.build(), "interface-lies-in-its-subnet");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "interface:far has 10.1.7.10, which is not in subnet:sub-a "
            "(10.1.0.0/24)");
  net.get<Subnet>("sub-a").cidrs.open = true;
  EXPECT_TRUE(findings(net.build(), "interface-lies-in-its-subnet").empty());
}

// covers S8, S29
TEST(PlanInterfaces, ANatGatewayLiesInItsSubnet) {
  Network net = two_vpcs();
  net.nat_gateway("out", "sub-a", "10.1.0.9", "198.51.100.1");
  EXPECT_TRUE(findings(net.build(), "interface-lies-in-its-subnet").empty());
  net.nat_gateway("far", "sub-a", "10.2.0.9", "198.51.100.2");
  EXPECT_EQ(findings(net.build(), "interface-lies-in-its-subnet").size(), 1U);
}

// covers S11: both ends of the subnet
TEST(PlanInterfaces, AReservedAddressIsNotAssignable) {
  Network net = two_vpcs();
  net.interface("first", "sub-a", {"10.1.0.4"});
  net.interface("last", "sub-a", {"10.1.0.254"});
  EXPECT_TRUE(findings(net.build(), "interface-address-is-assignable").empty());
  net.interface("dns", "sub-a", {"10.1.0.2"});
  net.interface("spare", "sub-a", {"10.1.0.3"});
  net.interface("top", "sub-a", {"10.1.0.255"});
  const auto found = findings(net.build(), "interface-address-is-assignable");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].message,
            "interface:dns has 10.1.0.2, which AWS keeps for itself in "
            "subnet:sub-a (10.1.0.0/24): the resolver");
  EXPECT_NE(found[2].message.find("the last address"), std::string::npos);
}

TEST(PlanInterfaces, TwoInterfacesOfOneVpcHaveDifferentAddresses) {
  Network net = two_vpcs();
  net.interface("one", "sub-a", {"10.1.0.10"});
  net.interface("two", "sub-a", {"10.1.0.11"});
  net.interface("elsewhere", "sub-b", {"10.1.0.10"});
  EXPECT_TRUE(findings(net.build(), "interface-address-is-unique").empty());
  net.interface("three", "sub-a", {"10.1.0.10"});
  const auto found = findings(net.build(), "interface-address-is-unique");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "interface:one and interface:three both have 10.1.0.10 in vpc:a");
}

// A snapshot lists the interface of a NAT gateway with the gateway's address.
TEST(PlanInterfaces, ANatGatewayAndItsInterfaceAreOne) {
  Network net = two_vpcs();
  net.nat_gateway("out", "sub-a", "10.1.0.9", "198.51.100.1");
  net.interface("eni-of-out", "sub-a", {"10.1.0.9"});
  EXPECT_TRUE(findings(net.build(), "interface-address-is-unique").empty());
}

}  // namespace
}  // namespace netproof
