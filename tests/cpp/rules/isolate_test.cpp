#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::entry;
using testing::Network;
using testing::two_vpcs;
using testing::verdict;

RuleSpec isolate(std::string_view zone, bool everyone, bool members) {
  RuleSpec spec;
  spec.id = "isolated";
  spec.verb = Verb::kIsolate;
  spec.zone = testing::selector(zone);
  spec.from_everyone = everyone;
  spec.from_members = members;
  return spec;
}

Selector vpcs(const std::vector<std::string>& names) {
  Selector selector;
  selector.name = "zone";
  selector.vpcs = names;
  return selector;
}

TEST(Isolate, EveryoneIsBothDirections) {
  Network net = two_vpcs();
  EXPECT_EQ(verdict(net.build(), isolate("vpc:a", true, false)),
            Verdict::kViolated);
  // One direction is enough for a violation.
  auto& learned = net.get<TransitRouteTable>("rt").propagations.items;
  learned.erase(learned.begin());
  EXPECT_EQ(verdict(net.build(), isolate("vpc:a", true, false)),
            Verdict::kViolated);
  learned.clear();
  EXPECT_EQ(verdict(net.build(), isolate("vpc:a", true, false)),
            Verdict::kProved);
}

TEST(Isolate, MembersAreJudgedAgainstEachOther) {
  RuleSpec spec = isolate("vpc:a", false, true);
  EXPECT_EQ(verdict(two_vpcs().build(), spec), Verdict::kVacuous);
  spec.zone = vpcs({"a", "b"});
  EXPECT_EQ(verdict(two_vpcs().build(), spec), Verdict::kViolated);
}

TEST(Isolate, WhatStaysInAMemberIsNotJudged) {
  Network net = two_vpcs();
  net.subnet("sub-a2", "a", {"10.1.1.0/24"});
  net.get<TransitRouteTable>("rt").propagations.items.clear();
  RuleSpec spec = isolate("vpc:a", false, true);
  spec.zone = vpcs({"a", "b"});
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
}

TEST(Isolate, ExceptTakesTheZoneForAMissingSide) {
  RuleSpec spec = isolate("vpc:a", true, false);
  spec.except = {entry("vpc:b", ""), entry("", "vpc:b")};
  EXPECT_EQ(verdict(two_vpcs().build(), spec), Verdict::kProved);
}

}  // namespace
}  // namespace netproof
