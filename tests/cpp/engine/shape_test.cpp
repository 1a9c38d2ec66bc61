#include "engine/shape.hpp"

#include <gtest/gtest.h>

#include "support/network.hpp"

namespace netproof::engine {
namespace {

testing::Network sample() {
  testing::Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.subnet("sub", "a", {"10.1.0.0/24"});
  net.interface("eni", "sub", {"10.1.0.10"});
  net.transit("main");
  net.attach_vpc("att", "main", "a");
  return net;
}

std::vector<std::string> shape(const testing::Network& net) {
  return shape_of(Network(net.build()));
}

TEST(Shape, EqualNetworksHaveOneShape) {
  EXPECT_EQ(shape(sample()), shape(sample()));
}

TEST(Shape, WhatDecidesHowPacketsTravelIsInIt) {
  testing::Network other = sample();
  other.get<Interface>("eni").source_check.value = false;
  EXPECT_NE(shape(sample()), shape(other));
  other = sample();
  other.get<TransitAttachment>("att").appliance_mode.unknown = true;
  EXPECT_NE(shape(sample()), shape(other));
  other = sample();
  other.get<Subnet>("sub").zone.value = "az1";
  EXPECT_NE(shape(sample()), shape(other));
}

TEST(Shape, TablesAndGroupsAreNot) {
  testing::Network other = sample();
  other.transit_table("rt", "main", {{"att"}, {"att"}, {}});
  other.group("web", "a", {{"tcp/443", {"0.0.0.0/0"}}}, {});
  EXPECT_EQ(shape(sample()), shape(other));
}

TEST(Shape, NamesOfAnyKindDoNotRunTogether) {
  testing::Network one = sample();
  one.peering("x", "a", "ab");
  testing::Network two = sample();
  two.peering("x", "aa", "b");
  EXPECT_NE(shape(one), shape(two));
}

}  // namespace
}  // namespace netproof::engine
