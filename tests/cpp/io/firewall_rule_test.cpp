#include "io/firewall_rule.hpp"

#include <gtest/gtest.h>

#include "firewall_text.hpp"
#include "netproof/net/service.hpp"

namespace netproof::io {
namespace {

RuleText rule(const std::string& protocol) {
  RuleText text;
  text.name = "r";
  text.action = "pass";
  text.protocol = protocol;
  return text;
}

std::vector<FirewallLine> lines_of(const RuleText& text) {
  std::vector<FirewallLine> lines;
  add_rule(text, {}, lines);
  return lines;
}

// covers S85
TEST(FirewallRule, ApplicationsAreFoundInTheData) {
  EXPECT_EQ(lines_of(rule("tcp")).at(0).condition, "");
  EXPECT_EQ(to_string(lines_of(rule("icmp")).at(0).service.value),
            "icmp, icmpv6");
  EXPECT_EQ(lines_of(rule("tls")).at(0).condition, "protocol tls");
  EXPECT_EQ(to_string(lines_of(rule("tls")).at(0).service.value), "tcp, udp");
  EXPECT_EQ(lines_of(rule("novel")).at(0).service.value, TransportSet::all());
}

// covers S85
TEST(FirewallRule, BothDirectionsAreTwoLines) {
  RuleText text = rule("tcp");
  text.source = "10.0.0.0/8";
  text.destination_port = "22";
  text.direction = "<>";
  const auto lines = lines_of(text);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(text_of(lines[1].destinations), "10.0.0.0/8");
  EXPECT_TRUE(lines[1].service.value.contains(6, 22, 40000));
  EXPECT_FALSE(lines[1].service.value.contains(6, 40000, 22));
  text.direction = "sideways";
  EXPECT_EQ(lines_of(text).at(0).condition, "direction sideways");
  EXPECT_EQ(lines_of(text).at(1).condition, "direction sideways");
}

// covers S85
TEST(FirewallRule, PortsOfAProtocolThatHasNoneMayMatchOrNot) {
  RuleText text = rule("icmp");
  text.destination_port = "22";
  EXPECT_EQ(lines_of(text).at(0).condition, "ports of icmp");
  EXPECT_EQ(to_string(lines_of(text).at(0).service.value), "icmp, icmpv6");
  text.protocol = "sctp";
  EXPECT_EQ(lines_of(text).at(0).condition, "");
  EXPECT_EQ(to_string(lines_of(text).at(0).service.value), "sctp/22");
  text.protocol = "ip";
  EXPECT_EQ(to_string(lines_of(text).at(0).service.value),
            "tcp/22, udp/22, sctp/22");
}

// covers S84, S85
TEST(FirewallRule, OptionsThatNobodyKnowsAreConditions) {
  RuleText text = rule("tcp");
  text.options = {{"sid", "1"}, {"msg", "\"m\""}, {"flow", "to_server"}};
  EXPECT_EQ(lines_of(text).at(0).condition, "");
  text.options = {{"flow", "to_server, established"}};
  EXPECT_TRUE(lines_of(text).at(0).established);
  EXPECT_EQ(lines_of(text).at(0).part, FlowPart::kRequests);
  text.options = {{"flow", "established"}, {"flow", "from_server"}};
  EXPECT_EQ(lines_of(text).at(0).part, FlowPart::kReplies);
  EXPECT_EQ(lines_of(text).at(0).condition, "");
  text.options = {{"flow", "to_client,to_server"}};
  EXPECT_EQ(lines_of(text).at(0).part, FlowPart::kBoth);
  EXPECT_EQ(lines_of(text).at(0).condition, "flow of both sides");
  text.options = {{"flow", "stateless"}};
  EXPECT_EQ(lines_of(text).at(0).condition, "flow:stateless");
  text.options = {{"", "x"}};
  EXPECT_EQ(lines_of(text).at(0).condition, "an option without a keyword");
  text.options = {{"geoip", "src,KP"}};
  EXPECT_EQ(lines_of(text).at(0).condition, "geoip");
  text.action = "reject";
  EXPECT_TRUE(lines_of(text).at(0).action.is(FirewallAction::kDrop));
  text.action = "config";
  EXPECT_TRUE(lines_of(text).at(0).action.unknown);
  text.destination_port = "$GHOST";
  EXPECT_TRUE(lines_of(text).at(0).service.unknown);
}

// covers S85
TEST(FirewallRule, DomainsAreFoundInTheData) {
  std::vector<FirewallLine> lines;
  add_domain_list("ALLOWLIST", "d", {}, {}, lines);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].action.is(FirewallAction::kPass));
  EXPECT_TRUE(lines[1].action.is(FirewallAction::kDrop));
  EXPECT_EQ(text_of(lines[0].sources), "HOME");
  EXPECT_EQ(lines[0].condition, "domain names");
  lines.clear();
  add_domain_list("DENYLIST", "d", {}, {}, lines);
  add_domain_list("ALERTLIST", "d", {}, {}, lines);
  add_domain_list("NOVEL", "d", {}, {}, lines);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines[0].action.is(FirewallAction::kDrop));
  EXPECT_TRUE(lines[1].action.is(FirewallAction::kAlert));
  EXPECT_TRUE(lines[2].action.unknown);
}

}  // namespace
}  // namespace netproof::io
