#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::entry;
using testing::Network;
using testing::two_vpcs;
using testing::verdict;

RuleSpec only(std::string_view into, std::vector<AllowEntry> allow) {
  RuleSpec spec;
  spec.id = "only";
  spec.verb = Verb::kOnly;
  spec.to = testing::selector(into);
  spec.allow = std::move(allow);
  return spec;
}

TEST(Only, WhatIsAllowedMayArrive) {
  EXPECT_EQ(verdict(two_vpcs().build(), only("vpc:b", {entry("vpc:a", "")})),
            Verdict::kProved);
}

TEST(Only, WhatIsNotAllowedMayNot) {
  const RuleOutcome outcome = testing::judged(
      two_vpcs().build(), only("vpc:b", {entry("vpc:a", "", "tcp/443")}));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
  EXPECT_NE(outcome.result.witnesses[0].trace.trace.flow.dport, 443);
}

TEST(Only, RepliesToWhatTheZoneMaySayAreCovered) {
  Network net = two_vpcs();
  net.acl("answers", "b", {{100, "allow", "any", "10.1.0.0/16"}},
          {{100, "allow", "any", "0.0.0.0/0"}});
  RuleSpec spec = only("vpc:b", {entry("vpc:b", "vpc:a", "tcp")});
  spec.service = testing::service("tcp");
  // Whatever comes is the reply of something that may be said.
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
}

TEST(Only, FromDefaultsToEverythingOutside) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.subnet("one", "a", {"10.1.1.0/24"});
  net.subnet("two", "a", {"10.1.2.0/24"});
  RuleSpec spec = only("vpc:a", {});
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kProved);
  spec.from = testing::selector("everyone");
  EXPECT_EQ(verdict(net.build(), spec), Verdict::kViolated);
}

// Two offices and servers on one router; one office may call them. A firewall
// lets the addresses of that office through.
Network two_offices(const char* other_block) {
  Network net;
  net.firewall("wall", {}, {{"office", {}, {}, {"10.1.0.0/24"}, {}}});
  net.router("core", {}, "wall");
  net.segment("office", {"10.1.0.0/24"}, "core");
  net.segment("other", {other_block}, "core");
  net.segment("servers", {"10.9.0.0/24"}, "core");
  return net;
}

RuleSpec only_the_office_calls() {
  return only("segment:servers", {entry("segment:office", "", "any")});
}

TEST(Only, WhoHasTheAddressesOfAnotherIsNotTheOther) {
  EXPECT_EQ(
      verdict(two_offices("10.1.0.0/24").build(), only_the_office_calls()),
      Verdict::kViolated);
}

TEST(Only, WhoNamesTheSourceOfAnotherIsNotTheOther) {
  Network net = two_offices("10.2.0.0/24");
  EXPECT_EQ(verdict(net.build(), only_the_office_calls()), Verdict::kProved);
  net.get<Segment>("other").spoofs = true;
  EXPECT_EQ(verdict(net.build(), only_the_office_calls()), Verdict::kViolated);
}

}  // namespace
}  // namespace netproof
