#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

constexpr auto kId = "filter-line-is-reached";

Network with_acl(const std::vector<testing::AclLine>& inbound) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.acl("acl", "a", inbound, {{100, "allow", "any", "0.0.0.0/0"}});
  return net;
}

// covers S76, S118: in the order of the numbers, not of the file
TEST(PlanShadowing, ALineThatAnEarlierOneTakesIsNeverReached) {
  EXPECT_TRUE(findings(with_acl({{100, "deny", "tcp/22", "10.1.0.0/16"},
                                 {200, "allow", "any", "10.0.0.0/8"}})
                           .build(),
                       kId)
                  .empty());
  const auto found = findings(with_acl({{200, "deny", "tcp/22", "10.1.0.0/16"},
                                        {100, "allow", "any", "10.0.0.0/8"}})
                                  .build(),
                              kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kWarning);
  EXPECT_EQ(found[0].message,
            "acl:acl: inbound #200 (deny) is never reached: inbound #100 "
            "(allow) takes all of it and decides otherwise");
}

// covers S118: neither of the two alone takes all of the third
TEST(PlanShadowing, TheUnionOfEarlierLinesCounts) {
  const auto found =
      findings(with_acl({{100, "allow", "tcp/443", "10.0.0.0/9"},
                         {200, "allow", "tcp/443", "10.128.0.0/9"},
                         {300, "allow", "tcp/443", "10.0.0.0/8"}})
                   .build(),
               kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "acl:acl: inbound #300 (allow) is never reached: inbound #100 "
            "(allow), inbound #200 (allow) take all of it");
  EXPECT_EQ(found[0].related.size(), 2U);
}

// covers S76: the deny at the end is AWS's own
TEST(PlanShadowing, TheBuiltInDenyIsNotLookedAt) {
  EXPECT_TRUE(findings(with_acl({{100, "allow", "any", "0.0.0.0/0"},
                                 {32767, "deny", "any", "0.0.0.0/0"}})
                           .build(),
                       kId)
                  .empty());
}

TEST(PlanShadowing, AnUnknownLineCoversNothing) {
  EXPECT_TRUE(findings(with_acl({{100, "allow", "unknown", "0.0.0.0/0"},
                                 {200, "allow", "tcp/443", "10.0.0.0/8"}})
                           .build(),
                       kId)
                  .empty());
}

// covers S118, S116: by pair of zones
TEST(PlanShadowing, AFirewallLineIsNeverReachedIfNoPairOfZonesReachesIt) {
  Network net;
  net.segment("staff", {"10.1.0.0/24"}, "core");
  net.segment("servers", {"10.2.0.0/24"}, "core");
  net.router("core", {}, "fw");
  net.firewall("fw", {{"in", {"staff"}, {}}, {"out", {"servers"}, {}}},
               {{"web", {"in"}, {"out"}, {}, {}, "tcp/443", "allow"},
                {"back", {"out"}, {"in"}, {}, {}, "tcp/443", "allow"},
                {"any", {}, {}, {}, {}, "tcp/443", "deny"}});
  EXPECT_TRUE(findings(net.build(), kId).empty());
  net.firewall("second", {{"in", {}, {"router:x"}}},
               {{"all", {}, {}, {}, {}, "any", "allow"},
                {"web", {"in"}, {}, {}, {}, "tcp/443", "allow"}});
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "firewall:second: web (allow) is never reached: all (allow) takes "
            "all of it");
}

}  // namespace
}  // namespace netproof
