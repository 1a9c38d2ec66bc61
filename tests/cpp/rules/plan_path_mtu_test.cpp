#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

using Lines = std::vector<testing::AclLine>;

std::vector<std::string> messages(const Lines& inbound, const Lines& outbound) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"});
  net.acl("acl", "a", inbound, outbound);
  std::vector<std::string> texts;
  for (const Finding& one :
       findings(net.build(), "acl-passes-path-mtu-messages")) {
    EXPECT_EQ(one.level, Severity::kNote);
    texts.push_back(one.message);
  }
  return texts;
}

const Lines kAll{{100, "allow", "any", "0.0.0.0/0"}};
const Lines kWeb{{100, "allow", "tcp/443", "0.0.0.0/0"}};

// covers S80
TEST(PlanPathMtu, AnAclThatPassesTcpAndNotTheMessageIsToldOf) {
  EXPECT_EQ(messages(kWeb, kAll),
            std::vector<std::string>{
                "acl:acl: inbound passes TCP from 0.0.0.0/0 and drops ICMP "
                "type 3 code 4"});
  EXPECT_EQ(messages(kAll, kWeb),
            std::vector<std::string>{
                "acl:acl: outbound passes TCP to 0.0.0.0/0 and drops ICMP "
                "type 3 code 4"});
}

// covers S80: the first line that matches decides
TEST(PlanPathMtu, TheMessagePassesWhereAnEarlierLineAllowsIt) {
  Lines lines = kWeb;
  lines.push_back({200, "deny", "icmp", "0.0.0.0/0"});
  lines.push_back({110, "allow", "icmp/3/4", "0.0.0.0/0"});
  EXPECT_TRUE(messages(lines, kAll).empty());
  lines.back().number = 210;
  EXPECT_EQ(messages(lines, kAll).size(), 1U);
}

// covers S80
TEST(PlanPathMtu, OnlyTheSidesThatTalkTcpCount) {
  EXPECT_EQ(messages({{100, "allow", "tcp/443", "10.0.0.0/8"},
                      {110, "allow", "icmp/3/4", "10.0.0.0/9"}},
                     kAll),
            std::vector<std::string>{
                "acl:acl: inbound passes TCP from 10.128.0.0/9 and drops ICMP "
                "type 3 code 4"});
  EXPECT_TRUE(messages({{100, "allow", "udp/53", "0.0.0.0/0"}}, kAll).empty());
}

// covers S80
TEST(PlanPathMtu, Ipv6HasAMessageOfItsOwn) {
  EXPECT_EQ(messages({{100, "allow", "tcp/443", "::/0"},
                      {110, "allow", "icmp/3/4", "0.0.0.0/0"}},
                     kAll),
            std::vector<std::string>{
                "acl:acl: inbound passes TCP from ::/0 and drops ICMPv6 type "
                "2 code 0"});
}

TEST(PlanPathMtu, NothingIsSaidOfWhatIsNotKnown) {
  EXPECT_TRUE(messages({{100, "allow", "tcp/443", "0.0.0.0/0"},
                        {110, "unknown", "icmp", "0.0.0.0/0"}},
                       kAll)
                  .empty());
}

}  // namespace
}  // namespace netproof
