#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::Texts;
using testing::two_vpcs;

constexpr auto kId = "group-reference-can-match";

// "db" in vpc:b lets "app" in vpc:a in.
Network with_reference() {
  Network net = two_vpcs();
  net.group("app", "a", {}, {{"any", {"0.0.0.0/0"}}});
  net.group("db", "b", {{"tcp/5432", {"sg:app"}}}, {});
  return net;
}

void switch_on(Network& net) {
  net.get<TransitGateway>("main").group_referencing = {true, false, {}};
}

// covers S63
TEST(PlanGroupReferences, OverATransitGatewayTheSwitchesMustBeOn) {
  Network net = with_reference();
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "sg:db of vpc:b names sg:app of vpc:a as source, which matches "
            "nothing: security group referencing is off over tgw:main");
  switch_on(net);
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.get<TransitAttachment>("att-a").group_referencing = {false, false, {}};
  EXPECT_EQ(findings(net.build(), kId).size(), 1U);
}

// covers S63: what is not known is no mistake
TEST(PlanGroupReferences, AnUnknownSwitchIsNotReported) {
  Network net = with_reference();
  net.get<TransitGateway>("main").group_referencing.unknown = true;
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

// covers S63
TEST(PlanGroupReferences, AnEgressLineMatchesNoGroupOverATransitGateway) {
  Network net = two_vpcs();
  switch_on(net);
  net.group("db", "b", {}, {});
  net.group("app", "a", {}, {{"tcp/5432", {"sg:db"}}});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].message.find("as destination"), std::string::npos);
}

// covers S72
TEST(PlanGroupReferences, APeeringInTheRegionMatches) {
  Network net = with_reference();
  net.peering("ab", "a", "b");
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.get<Vpc>("a").region = "eu-central-1";
  net.get<Vpc>("b").region = "us-east-1";
  EXPECT_EQ(findings(net.build(), kId).size(), 1U);
}

// covers S72
TEST(PlanGroupReferences, StrangersNeverMatch) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.vpc("b", {"10.2.0.0/16"});
  net.group("app", "a", {}, {});
  net.group("db", "b", {{"tcp/5432", {"sg:app", "sg:db"}}}, {});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].message.find("neither a peering nor a transit gateway"),
            std::string::npos);
}

// covers S75: a group may be carried in another VPC
TEST(PlanGroupReferences, AGroupCountsWhereItIsCarried) {
  Network net = with_reference();
  net.interface("guest", "sub-b", {"10.2.0.20"}, Texts{"app"});
  EXPECT_TRUE(findings(net.build(), kId).empty());
}

}  // namespace
}  // namespace netproof
