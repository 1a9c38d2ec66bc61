#include "netproof/model/place.hpp"

#include <gtest/gtest.h>

#include <set>

#include "netproof/model/fate.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

using testing::ip;
using testing::Network;
using testing::prefix;

// covers S11
TEST(Assignable, LeavesOutTheFirstFourAndTheLast) {
  const IpSet set = assignable({prefix("10.0.0.0/28")});
  EXPECT_EQ(set.size(), BigUint{11});
  EXPECT_FALSE(set.contains(ip("10.0.0.3")));
  EXPECT_TRUE(set.contains(ip("10.0.0.4")));
  EXPECT_TRUE(set.contains(ip("10.0.0.14")));
  EXPECT_FALSE(set.contains(ip("10.0.0.15")));
  EXPECT_TRUE(assignable({prefix("10.0.0.0/30")}).empty());
  EXPECT_TRUE(assignable({prefix("::/0")}).contains(ip("2001:db8::1")));
}

// covers S22, S40, S100
TEST(GlobalUnicast, IsWhatTheInternetRoutes) {
  for (const char* yes :
       {"1.1.1.1", "198.51.100.1", "203.0.113.1", "2606::1", "192.0.2.1"}) {
    EXPECT_TRUE(global_unicast().contains(ip(yes))) << yes;
  }
  for (const char* no : {"10.0.0.1", "100.64.0.1", "172.31.0.1", "192.168.0.1",
                         "169.254.1.1", "198.18.0.1", "240.0.0.1", "192.0.0.1",
                         "127.0.0.1", "224.0.0.1", "fd00::1", "::1"}) {
    EXPECT_FALSE(global_unicast().contains(ip(no))) << no;
  }
  EXPECT_TRUE(unroutable().contains(ip("169.254.169.253")));
  EXPECT_TRUE(unroutable().contains(ip("fd00:ec2::253")));
  EXPECT_TRUE(unroutable().contains(ip("255.255.255.255")));
  EXPECT_FALSE(unroutable().contains(ip("240.0.0.1")));
}

// covers S140
TEST(Subnets, AreImpliedWhereNoneAreListedOrMoreMayBe) {
  Network n;
  n.vpc("listed", {"10.0.0.0/16"});
  n.subnet("a", "listed", {"10.0.1.0/24"});
  n.vpc("plain", {"10.1.0.0/16", "10.2.0.0/16"});
  n.vpc("open", {"10.3.0.0/16"}).subnets_open = true;
  n.subnet("b", "open", {"10.3.1.0/24"});
  const Topology t = n.build();
  const std::vector<SubnetView> views = subnets_of(t);
  ASSERT_EQ(views.size(), 5U);
  EXPECT_EQ(views[0].name, "a");
  EXPECT_EQ(views[1].name, "b");
  EXPECT_EQ(views[2].name, "plain");
  EXPECT_EQ(views[3].cidrs, std::vector<IpPrefix>{prefix("10.2.0.0/16")});
  EXPECT_FALSE(views[3].open);
  EXPECT_EQ(views[4].name, "open");
  EXPECT_TRUE(views[4].open);
  EXPECT_EQ(to_string(t, Place{PlaceKind::kSubnet, 3}), "subnet:plain");
}

TEST(DropCodes, HaveDifferentNames) {
  std::set<std::string_view> names;
  for (int code = 0; code < kDropCodes; ++code) {
    names.insert(to_string(static_cast<DropCode>(code)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kDropCodes));
  EXPECT_EQ(to_string(DropCode::kNotLocalAtPeer), "NOT_LOCAL_AT_PEER");
  EXPECT_EQ(to_string(Fate::kMixed), "mixed");
  EXPECT_EQ(to_string(ConnectionFate::kBlocked), "blocked");
}

}  // namespace
}  // namespace netproof
