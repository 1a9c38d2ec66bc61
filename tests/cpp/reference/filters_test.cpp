#include <gtest/gtest.h>

#include "reference/ask.hpp"
#include "support/vector_networks.hpp"

namespace netproof::testing {
namespace {

const std::string kClient = "interface:client";

/// Two interfaces of one VPC in two subnets with these groups; without any,
/// the default group.
Network two(const std::optional<Texts>& client,
            const std::optional<Texts>& server) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.subnet("a", "v", {"10.0.1.0/24"});
  n.subnet("b", "v", {"10.0.2.0/24"});
  n.open_group("open", "v");
  n.group("https", "v", {{"tcp/443", {"10.0.1.0/24"}}}, {});
  n.group("from-open", "v", {{"any", {"sg:open"}}}, {});
  n.group("to-https", "v", {}, {{"any", {"sg:https"}}});
  n.group("mute", "v", {}, {});
  n.group("vague", "v", {{"unknown", {"10.0.1.0/24"}}}, {});
  n.interface("client", "a", {"10.0.1.5"}, client);
  n.interface("server", "b", {"10.0.2.5"}, server);
  return n;
}

std::string ask(const Network& n, std::uint16_t port) {
  return fate(n, kClient, tcp("10.0.1.5", "10.0.2.5", port));
}

const std::string kThere = "delivered at interface:server";
const std::string kDenied = "SG_DENY at interface:server";
const std::string kMute = "SG_DENY at interface:client";

// covers S70, S71, S72
TEST(Groups, AllowWhatALineMatches) {
  EXPECT_EQ(ask(two(Texts{"open"}, Texts{"https"}), 443), kThere);
  EXPECT_EQ(ask(two(Texts{"open"}, Texts{"https"}), 80), kDenied);
  EXPECT_EQ(ask(two(Texts{"open"}, Texts{"mute", "https"}), 443), kThere);
  EXPECT_EQ(ask(two(Texts{"mute"}, Texts{"open"}), 443), kMute);
  EXPECT_EQ(ask(two(Texts{"open"}, Texts{"from-open"}), 80), kThere);
  EXPECT_EQ(ask(two(Texts{"to-https", "open"}, Texts{"https"}), 443), kThere);
  EXPECT_EQ(ask(two(Texts{"to-https"}, Texts{"https"}), 443), kThere);
  EXPECT_EQ(ask(two(Texts{"to-https"}, Texts{"open"}), 443), kMute);
}

// covers S70
TEST(Groups, TheDefaultGroupAdmitsItself) {
  EXPECT_EQ(ask(two({}, {}), 443), kThere);
  EXPECT_EQ(ask(two(Texts{"open"}, {}), 443), kDenied);
}

// covers S74, S158
TEST(Groups, RepliesPassByState) {
  EXPECT_EQ(connection(two(Texts{"open"}, Texts{"https"}), kClient,
                       tcp("10.0.1.5", "10.0.2.5", 443)),
            "established");
}

// covers S157
TEST(Groups, UnknownPartsOnlyAdd) {
  EXPECT_EQ(ask(two(Texts{"open"}, Texts{"vague"}), 443), "unknown");
  EXPECT_EQ(ask(two(Texts{"open"}, Texts{"vague", "https"}), 443), kThere);
  EXPECT_EQ(ask(two(Texts{"open"}, Texts{"unknown"}), 443), "unknown");
  EXPECT_EQ(ask(two(Texts{"open"}, Texts{"no-such"}), 443), "unknown");
}

// covers S12, S72
TEST(Groups, UnlistedAddressesCarryWhatTheSubnetNames) {
  Network n = two(Texts{"open"}, Texts{"open"});
  const Flow flow = tcp("10.0.1.5", "10.0.2.6", 443);
  EXPECT_EQ(fate(n, kClient, flow, false), "delivered at subnet:b");
  n.get<Subnet>("b").security_groups = OpenList<Ref<SecurityGroup>>{
      {Ref<SecurityGroup>{"mute", {}, {}}}, false, {}};
  EXPECT_EQ(fate(n, kClient, flow, false), "SG_DENY at subnet:b");
}

// covers S72, S156
TEST(Groups, ReferencesMatchAcrossOnePeering) {
  Network n = two(Texts{"open"}, Texts{"open"});
  n.table("rtb", "v", {{"10.2.0.0/16", "peering:p"}});
  n.get<Vpc>("v").main_table = Ref<RouteTable>{"rtb", {}, {}};
  n.peering("p", "v", "w");
  n.vpc("w", {"10.2.0.0/16"}, "back");
  n.table("back", "w", {{"10.0.0.0/16", "peering:p"}});
  n.subnet("c", "w", {"10.2.0.0/24"});
  n.group("peer", "w", {{"any", {"sg:open"}}}, {});
  n.interface("far", "c", {"10.2.0.5"}, Texts{"peer"});
  EXPECT_EQ(connection(n, kClient, tcp("10.0.1.5", "10.2.0.5", 443)),
            "established");
}

std::string through_acl(const std::vector<AclLine>& inbound, const Flow& flow) {
  return fate(filtered(inbound, {{1, "allow", "any", "0.0.0.0/0"}}),
              "subnet:client", flow);
}

// covers S76, S77
TEST(Acls, TheLowestNumberDecides) {
  const Flow https = tcp("10.0.1.5", "10.0.2.5", 443);
  const std::string there = "delivered at subnet:server";
  const std::string denied = "NACL_DENY at acl:W";
  EXPECT_EQ(through_acl({}, https), denied);
  EXPECT_EQ(through_acl({{200, "deny", "any", "0.0.0.0/0"},
                         {100, "allow", "tcp/443", "10.0.1.0/24"}},
                        https),
            there);
  EXPECT_EQ(through_acl({{100, "allow", "udp/443", "10.0.1.0/24"}}, https),
            denied);
  EXPECT_EQ(through_acl({{100, "allow", "tcp/443", "::/0"}}, https), denied);
}

// covers S157
TEST(Acls, AnUnknownLineLeavesOpenWhatItMayMatch) {
  const Flow https = tcp("10.0.1.5", "10.0.2.5", 443);
  EXPECT_EQ(through_acl({{100, "unknown", "tcp/443", "0.0.0.0/0"}}, https),
            "unknown");
  EXPECT_EQ(through_acl({{100, "deny", "unknown", "10.9.0.0/16"},
                         {200, "allow", "any", "0.0.0.0/0"}},
                        https),
            "delivered at subnet:server");
  EXPECT_EQ(through_acl({{100, "allow", "any", "0.0.0.0/0"},
                         {200, "unknown", "unknown", "unknown"}},
                        https),
            "delivered at subnet:server");
}

// covers S77, S158
TEST(Acls, RepliesAreJudgedAgain) {
  const Network n = filtered({{1, "allow", "tcp/443", "0.0.0.0/0"}}, {});
  EXPECT_EQ(connection(n, "subnet:client", tcp("10.0.1.5", "10.0.2.5", 443)),
            "return NACL_DENY at acl:W");
}

// covers S158
TEST(Replies, WhatHasNoReplyIsBlocked) {
  const Network n = filtered({{1, "allow", "any", "0.0.0.0/0"}},
                             {{1, "allow", "any", "0.0.0.0/0"}});
  Flow answer = ping("10.0.1.5", "10.0.2.5");
  EXPECT_EQ(connection(n, "subnet:client", answer), "established");
  answer.sport = kIcmpEchoReply;
  EXPECT_EQ(connection(n, "subnet:client", answer),
            "return NO_STATE at subnet:server");
}

}  // namespace
}  // namespace netproof::testing
