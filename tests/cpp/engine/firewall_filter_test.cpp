#include "engine/firewall_filter.hpp"

#include "guarded.hpp"

namespace netproof {
namespace {

// covers S38, S81, S86
TEST(FirewallFilter, WithoutRulesItForwardsAndPasses) {
  const Said one = said(with("firewall_policies: [{name: p}]"), kWeb);
  EXPECT_EQ(one.forward, "delivered");
  EXPECT_EQ(one.connection, "established");
}

std::string stateless(const std::string& rules, const std::string& rest) {
  return with(
      "firewall_policies:\n  - name: p\n"
      "    stateless_rule_groups: [{name: second, priority: 20}, "
      "{name: first, priority: 10}]\n" +
      rest +
      "firewall_rule_groups:\n"
      "  - {name: second, type: STATELESS, rules: [{priority: 1, "
      "action: \"aws:drop\", protocols: [6]}]}\n"
      "  - name: first\n    type: STATELESS\n    rules:\n" +
      rules);
}

// covers S81, S82
TEST(FirewallFilter, StatelessLinesAreAskedByTheirPriorities) {
  const std::string rules =
      "      - {priority: 9, action: \"aws:drop\", protocols: [tcp], "
      "destination_ports: [443]}\n"
      "      - {priority: 2, action: \"aws:forward_to_sfe\"}\n";
  EXPECT_EQ(said(stateless(rules, ""), kWeb).connection, "established");
  const std::string later =
      "      - {priority: 2, action: \"aws:drop\", protocols: [tcp], "
      "destination_ports: [443]}\n"
      "      - {priority: 9, action: \"aws:forward_to_sfe\"}\n";
  EXPECT_EQ(said(stateless(later, ""), kWeb).forward, kDenied);
  EXPECT_EQ(said(stateless(later, ""), kSsh).connection, "established");
}

// covers S4, S82
TEST(FirewallFilter, AStatelessPassOfTheRequestIsNoneOfTheReply) {
  const std::string rules =
      "      - {priority: 1, action: \"aws:pass\", protocols: [tcp], "
      "destination_ports: [443]}\n";
  const std::string drops = "    stateless_default_actions: \"aws:drop\"\n";
  EXPECT_EQ(said(stateless(rules, drops), kWeb).forward, "delivered");
  EXPECT_EQ(said(stateless(rules, drops), kWeb).connection,
            "return " + kDenied);
  const std::string both =
      rules +
      "      - {priority: 2, action: \"aws:pass\", protocols: [tcp], "
      "source_ports: [443]}\n";
  EXPECT_EQ(said(stateless(both, drops), kWeb).connection, "established");
}

// covers S82, S85
TEST(FirewallFilter, WhatTcpFlagsDecideIsUnknown) {
  const std::string rules =
      "      - {priority: 1, action: \"aws:pass\", protocols: [tcp], "
      "tcp_flags: [SYN]}\n"
      "      - {priority: 2, action: \"aws:drop\"}\n";
  EXPECT_EQ(said(stateless(rules, ""), kWeb).forward, "unknown");
  EXPECT_EQ(said(stateless(rules, ""), udp("10.0.1.5", "10.0.2.5", 53)).forward,
            kDenied);
}

// covers S83
TEST(FirewallFilter, V31PassesBeforeItDropsUnlessTheOrderIsStrict) {
  const std::string rules =
      "drop tcp any any -> any 22 (sid:1;)\n"
      "pass tcp 10.0.0.0/8 any -> any any (sid:2;)";
  EXPECT_EQ(said(stateful("", rules), kSsh).connection, "established");
  EXPECT_EQ(said(stateful(kStrict, rules), kSsh).forward, kDenied);
  EXPECT_EQ(said(stateful(kStrict, rules), kWeb).connection, "established");
}

// covers S84
TEST(FirewallFilter, V30HandshakesPassAndAreNoConnection) {
  const std::string none = "alert tcp any any -> any any (sid:1;)";
  const Said one = said(stateful(kDropEstablished, none), kSsh);
  EXPECT_EQ(one.forward, "delivered");
  EXPECT_EQ(one.connection, "return " + kDenied);
  EXPECT_EQ(
      said(stateful(kDropEstablished, none), udp("10.0.1.5", "10.0.2.5", 53))
          .forward,
      kDenied);
  EXPECT_EQ(said(stateful(kDropAll, none), kSsh).forward, kDenied);
}

// covers S85
TEST(FirewallFilter, WhatAnEstablishedLineDecidesComesAfterTheHandshake) {
  const std::string passes =
      "pass tcp any any -> any 443 (flow:to_server,established; sid:1;)";
  EXPECT_EQ(said(stateful(kDropEstablished, passes), kWeb).connection,
            "established");
  EXPECT_EQ(said(stateful(kDropAll, passes), kWeb).forward, kDenied);
  const std::string drops =
      "drop tcp any any -> any 443 (flow:established; sid:1;)";
  EXPECT_EQ(said(stateful("", drops), kWeb).connection, "return " + kDenied);
  EXPECT_EQ(said(stateful("", drops), kWeb).forward, "delivered");
}

// covers S83, S160
TEST(FirewallFilter, ALineMayDropTheRepliesOfWhatNoLinePassed) {
  const std::string back = "drop tcp 10.0.2.0/24 any -> any any (sid:1;)";
  const Said one = said(stateful("", back), kWeb);
  EXPECT_EQ(one.forward, "delivered");
  EXPECT_EQ(one.connection, "unknown");
  const std::string pass = "pass tcp any any -> any 443 (sid:2;)\n";
  EXPECT_EQ(said(stateful("", pass + back), kWeb).connection, "established");
  EXPECT_EQ(said(stateful(kStrict, pass + back), kWeb).connection,
            "established");
  EXPECT_EQ(said(stateful(kStrict, pass + back), kSsh).connection, "unknown");
  const std::string ssh =
      "drop tcp 10.0.2.0/24 22 -> any any (flow:established; sid:3;)";
  EXPECT_EQ(said(stateful("", ssh), kSsh).connection, "unknown");
  EXPECT_EQ(said(stateful("", ssh), kWeb).connection, "established");
}

// covers S85
TEST(FirewallFilter, WhatDataDecideIsUnknown) {
  const std::string passes =
      "pass tls any any -> any 443 (tls.sni; content:\"x.example\"; sid:1;)";
  EXPECT_EQ(said(stateful(kDropAll, passes), kWeb).forward, "unknown");
  EXPECT_EQ(said(stateful(kDropAll, passes), kSsh).forward, kDenied);
  EXPECT_EQ(said(stateful("", passes), kWeb).connection, "established");
  const std::string drops =
      "drop http any any -> any 443 (http.host; content:\"x\"; sid:1;)";
  EXPECT_EQ(said(stateful("", drops), kWeb).forward, "unknown");
}

// covers S85
TEST(FirewallFilter, HomeIsTheVpcOfTheFirewallUnlessThePolicySaysOtherwise) {
  const std::string rules =
      "drop ip $EXTERNAL_NET any -> any any (sid:1;)\n"
      "drop tcp $HOME_NET any -> any 22 (sid:2;)";
  EXPECT_EQ(said(stateful("", rules), kWeb).connection, "established");
  EXPECT_EQ(said(stateful("", rules), kSsh).forward, kDenied);
  const std::string elsewhere = "    home_net: [10.9.0.0/16]\n";
  EXPECT_EQ(said(stateful(elsewhere, rules), kWeb).forward, kDenied);
}

// covers S73
TEST(FirewallFilter, V21BehindAFirewallNoGroupMatches) {
  std::string text = with("firewall_policies: [{name: p}]\n");
  const std::string any = "sources: 0.0.0.0/0";
  text.replace(text.find(any), any.size(), "sources: \"sg:open\"");
  EXPECT_EQ(said(text, kWeb).forward, "SG_DENY at subnet:b");
  const Flow inside = tcp("10.0.1.5", "10.0.1.6", 443);
  EXPECT_EQ(said(text, inside).connection, "established");
}

// covers S87
TEST(FirewallFilter, APolicyThatNobodyKnowsIsUnknown) {
  std::string text = with("");
  const std::string named = "firewall_policy: p";
  text.replace(text.find(named), named.size(), "firewall_policy: unknown");
  EXPECT_EQ(said(text, kWeb).forward, "unknown");
}

// covers S81
TEST(FirewallFilter, AGroupOfTheOtherSortMayDoAnything) {
  std::string text = stateful("", "drop tcp any any -> any any (sid:1;)");
  const std::string list = "stateful_rule_groups";
  text.replace(text.find(list), list.size(), "stateless_rule_groups");
  EXPECT_EQ(said(text, kWeb).forward, "unknown");
}

/// A spoke for each zone and an inspection VPC with endpoints in both.
std::string inspection(const std::string& appliance_mode) {
  return R"(
vpcs:
  - name: a
    cidrs: 10.1.0.0/16
    security_groups: [open-a]
    subnets: [{name: a, zone: z1, cidr: 10.1.1.0/24, route_table: a}]
    route_tables: [{name: a, routes: [{destination: 10.0.0.0/8, target: "tgw:t"}]}]
  - name: b
    cidrs: 10.2.0.0/16
    security_groups: [open-b]
    subnets: [{name: b, zone: z2, cidr: 10.2.1.0/24, route_table: b}]
    route_tables: [{name: b, routes: [{destination: 10.0.0.0/8, target: "tgw:t"}]}]
  - name: hub
    cidrs: 10.9.0.0/16
    security_groups: unknown
    subnets:
      - {name: in1, zone: z1, cidr: 10.9.1.0/24, route_table: in1}
      - {name: in2, zone: z2, cidr: 10.9.2.0/24, route_table: in2}
      - {name: fw1, zone: z1, cidr: 10.9.3.0/24, route_table: out}
      - {name: fw2, zone: z2, cidr: 10.9.4.0/24, route_table: out}
    route_tables:
      - {name: in1, routes: [{destination: 0.0.0.0/0, target: "endpoint:fw1"}]}
      - {name: in2, routes: [{destination: 0.0.0.0/0, target: "endpoint:fw2"}]}
      - {name: out, routes: [{destination: 10.0.0.0/8, target: "tgw:t"}]}
    endpoints:
      - {name: fw1, kind: inspection, subnet: fw1, firewall: f}
      - {name: fw2, kind: inspection, subnet: fw2, firewall: f}
security_groups:
  - {name: open-a, vpc: a, ingress: [{service: any, sources: 0.0.0.0/0}]}
  - {name: open-b, vpc: b, ingress: [{service: any, sources: 0.0.0.0/0}]}
transit_gateways:
  - name: t
    route_tables:
      - {name: spokes, associations: [a, b], routes: [{destination: 0.0.0.0/0, attachment: hub}]}
      - {name: back, associations: [hub], propagations: [a, b]}
transit_gateway_attachments:
  - {name: a, transit_gateway: t, vpc: a, subnets: [a]}
  - {name: b, transit_gateway: t, vpc: b, subnets: [b]}
  - {name: hub, transit_gateway: t, vpc: hub, subnets: [in1, in2], appliance_mode: )" +
         appliance_mode + R"(}
network_firewalls: [{name: f, vpc: hub, firewall_policy: p}]
firewall_policies:
  - name: p
    stateful_rule_groups: [g]
    stateful_engine_options: {rule_order: STRICT_ORDER}
    stateful_default_actions: "aws:drop_strict"
firewall_rule_groups:
  - {name: g, type: STATEFUL, rules: [{action: PASS, protocols: [tcp], destination_ports: [443]}]}
)";
}

// covers S59, S60, S86
TEST(FirewallFilter, V35WithoutApplianceModeTheReplyMeetsAnotherEndpoint) {
  const Flow flow = tcp("10.1.1.5", "10.2.1.5", 443);
  const Said off = said(inspection("false"), flow, "subnet:a");
  EXPECT_EQ(off.forward, "delivered");
  EXPECT_EQ(off.connection, "unknown");
  const Said on = said(inspection("true"), flow, "subnet:a");
  EXPECT_EQ(on.forward, "delivered");
  EXPECT_EQ(on.connection, "established");
  EXPECT_EQ(said(inspection("false"), tcp("10.1.1.5", "10.2.1.5", 22)).forward,
            "FIREWALL_DENY at endpoint:fw1");
}

// covers S85
TEST(FirewallFilter, AnUndecidedLineIsNamed) {
  const auto read = read_topology_text(
      stateful("", "drop tls any any -> any any (tls.sni; sid:7;)"),
      "net.yaml");
  ASSERT_TRUE(read);
  const TopologyParts& parts = read.value().parts();
  EXPECT_EQ(engine::undecided(parts, parts.endpoints.at(0)),
            ", as g sid:7 hangs on tls.sni");
}

}  // namespace
}  // namespace netproof
