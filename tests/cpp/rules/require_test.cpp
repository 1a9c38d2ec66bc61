#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::judged;
using testing::Network;
using testing::rule;
using testing::two_vpcs;
using testing::verdict;

RuleSpec https(std::string_view from, std::string_view to) {
  return rule(Verb::kRequire, from, to, "tcp/443");
}

TEST(Require, EveryAddressOpensEveryPort) {
  EXPECT_EQ(verdict(two_vpcs().build(), https("vpc:a", "vpc:b")),
            Verdict::kProved);
}

// covers S64
TEST(Require, AMissingWayBackIsAViolationWithItsDrop) {
  Network net = two_vpcs();
  auto& learned = net.get<TransitRouteTable>("rt").propagations.items;
  learned.erase(learned.begin());
  const RuleOutcome outcome = judged(net.build(), https("vpc:a", "vpc:b"));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
  ASSERT_EQ(outcome.result.witnesses.size(), 1U);
  const Trace& trace = outcome.result.witnesses[0].trace.trace;
  EXPECT_EQ(trace.forward.fate, Fate::kDelivered);
  EXPECT_EQ(trace.connection, ConnectionFate::kBlocked);
  EXPECT_EQ(trace.connection_direction, "return");
}

// covers S3, S79: part of the client ports is a violation with the exact set
TEST(Require, PartOfTheClientPortsIsNotEnough) {
  Network net = two_vpcs();
  net.acl("narrow", "b", {{100, "allow", "any", "0.0.0.0/0"}},
          {{100, "allow", "tcp/32768-65535", "0.0.0.0/0"}});
  net.subnet("sub-n", "b", {"10.2.9.0/24"}, "", "", "narrow");
  const RuleOutcome outcome =
      judged(net.build(), https("vpc:a", "subnet:sub-n"));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kViolated);
  EXPECT_NE(outcome.result.detail.find("1024-32767"), std::string::npos)
      << outcome.result.detail;
}

TEST(Require, TheClientPortsAreThoseOfTheRuleFile) {
  Network net = two_vpcs();
  net.acl("narrow", "b", {{100, "allow", "any", "0.0.0.0/0"}},
          {{100, "allow", "tcp/32768-65535", "0.0.0.0/0"}});
  net.subnet("sub-n", "b", {"10.2.9.0/24"}, "", "", "narrow");
  RuleSet rules;
  rules.client_port_first = 32768;
  EXPECT_EQ(verdict(net.build(), https("vpc:a", "subnet:sub-n"), rules),
            Verdict::kProved);
}

// covers S140
TEST(Require, ListedEndpointsOnlyWhereAnyAreListed) {
  Network net = two_vpcs();
  net.group("web", "b", {{"tcp/443", {"10.0.0.0/8"}}}, {});
  net.interface("web", "sub-b", {"10.2.0.10"}, testing::Texts{"web"});
  EXPECT_EQ(verdict(net.build(), https("vpc:a", "vpc:b")), Verdict::kProved);
  EXPECT_EQ(
      verdict(net.build(), rule(Verb::kRequire, "vpc:a", "vpc:b", "tcp/80")),
      Verdict::kViolated);
}

TEST(Require, AMemberWithNoWayAtAllIsAViolation) {
  Network net = two_vpcs();
  net.vpc("c", {"10.3.0.0/16"});
  net.subnet("sub-c", "c", {"10.3.0.0/24"});
  EXPECT_EQ(verdict(net.build(), https("vpc:c", "vpc:b")), Verdict::kViolated);
}

TEST(Require, AnUnknownFactIsUnknown) {
  Network net = two_vpcs();
  net.get<TransitAttachment>("att-b").available.unknown = true;
  const RuleOutcome outcome = judged(net.build(), https("vpc:a", "vpc:b"));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kUnknown);
  EXPECT_FALSE(outcome.result.unknown.empty());
}

// covers S52: which of two VPCs has 10.2.0.0/25 is open, the upper half can
// only be the first one's
TEST(Require, WaysToDifferentSetsOfPlacesAreTakenTogether) {
  Network net = two_vpcs();
  net.vpc("c", {"10.2.0.0/16"}, "rtb-c");
  net.table("rtb-c", "c", {{"10.0.0.0/8", "tgw:main"}});
  net.subnet("sub-c", "c", {"10.2.0.0/25"});
  net.attach_vpc("att-c", "main", "c");
  TransitRouteTable& table = net.get<TransitRouteTable>("rt");
  for (auto* list : {&table.associations.items, &table.propagations.items}) {
    list->push_back(list->back());
    list->back().name = "att-c";
  }
  const RuleOutcome outcome =
      judged(net.build(), https("vpc:a", "10.2.0.0/16"));
  EXPECT_TRUE(outcome.defects.empty());
  EXPECT_EQ(outcome.result.verdict, Verdict::kUnknown);
}

TEST(Require, EveryOtherAddressIsMeant) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.subnet("s", "a", {"10.1.0.0/24"});
  EXPECT_EQ(verdict(net.build(), https("subnet:s", "subnet:s")),
            Verdict::kProved);
}

// covers S27: the public addresses are meant
TEST(Require, TheInternetCallsPublicAddresses) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"}, "rtb");
  net.subnet("s", "a", {"10.1.0.0/24"});
  net.internet_gateway("igw", "a");
  net.table("rtb", "a", {{"0.0.0.0/0", "igw:igw"}});
  net.open_group("open", "a");
  net.interface("web", "s", {"10.1.0.10"}, testing::Texts{"open"},
                {"203.0.114.10"});
  EXPECT_EQ(verdict(net.build(), https("internet", "interface:web")),
            Verdict::kProved);
  net.interface("inner", "s", {"10.1.0.11"}, testing::Texts{"open"});
  EXPECT_EQ(verdict(net.build(), https("internet", "interface:inner")),
            Verdict::kVacuous);
}

}  // namespace
}  // namespace netproof
