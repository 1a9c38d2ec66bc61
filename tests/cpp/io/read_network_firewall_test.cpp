#include "netproof/io/write_topology.hpp"
#include "reading.hpp"

namespace netproof {
namespace {

// covers S81, S82, S84
TEST(ReadNetworkFirewall, APolicyAndItsGroups) {
  const auto parts = parts_of(R"(
vpcs: [{name: v, cidrs: 10.0.0.0/16, subnets: [{name: s, cidr: 10.0.0.0/24}], endpoints: [{name: e, kind: inspection, subnet: s, firewall: f}]}]
network_firewalls: [{name: f, vpc: v, firewall_policy: p}]
firewall_policies:
  - name: p
    stateless_rule_groups: [{name: a, priority: 7}, b]
    stateless_default_actions: ["aws:pass"]
    stateful_default_actions: ["aws:alert_strict", "aws:drop_established"]
    stateful_engine_options: {rule_order: STRICT_ORDER, stream_exception_policy: CONTINUE}
    home_net: [10.0.0.0/8, unknown]
firewall_rule_groups:
  - name: a
    type: STATELESS
    rules:
      - {priority: 3, action: "aws:forward_to_sfe", sources: [10.0.0.0/8, "!10.1.0.0/16"], protocols: [tcp, 17], destination_ports: ["80:90", 443]}
      - {priority: 4, action: unknown, tcp_flags: [SYN], destinations: unknown, protocols: unknown}
)");
  EXPECT_TRUE(parts.endpoints.at(0).firewall->id);
  EXPECT_TRUE(parts.network_firewalls.at(0).policy.value.id);
  const FirewallPolicy& policy = parts.firewall_policies.at(0);
  ASSERT_EQ(policy.stateless.items.size(), 2U);
  EXPECT_EQ(policy.stateless.items[0].priority, 7);
  EXPECT_TRUE(policy.stateless.items[0].group);
  EXPECT_FALSE(policy.stateless.items[1].group);
  EXPECT_TRUE(policy.stateless_default.is(FirewallAction::kPass));
  EXPECT_TRUE(policy.unmatched.is(Unmatched::kDropEstablished));
  EXPECT_TRUE(policy.strict_order.is(true));
  EXPECT_TRUE(policy.home_net->open);
  const auto& lines = parts.firewall_rule_groups.at(0).lines.items;
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].name, "a #1");
  EXPECT_EQ(lines[0].priority, 3);
  EXPECT_TRUE(lines[0].action.is(FirewallAction::kForward));
  EXPECT_EQ(lines[0].sources.without.size(), 1U);
  EXPECT_EQ(to_string(lines[0].service.value),
            "tcp/80-90, tcp/443, udp/80-90, udp/443");
  EXPECT_TRUE(lines[1].action.unknown);
  EXPECT_TRUE(lines[1].service.unknown);
  EXPECT_TRUE(lines[1].destinations.within.open);
  EXPECT_EQ(lines[1].condition, "TCP flags");
}

// covers S85
TEST(ReadNetworkFirewall, RulesOfEverySortComeOneAfterAnother) {
  const auto parts = parts_of(R"x(
firewall_rule_groups:
  - name: g
    type: STATEFUL
    ip_sets: {OWN: 10.2.0.0/16}
    rules_string: "drop tcp $OWN any -> any 22 (sid:1;)"
    rules:
      - {action: PASS, established: true, name: first, flow: to_client}
      - {action: ALERT, condition: time}
    rules_source_list:
      generated_rules_type: DENYLIST
      targets: [x.example]
      target_types: [TLS_SNI]
)x");
  std::vector<std::string> names;
  const auto& lines = parts.firewall_rule_groups.at(0).lines.items;
  for (const FirewallLine& line : lines) names.push_back(line.name);
  EXPECT_EQ(names, (std::vector<std::string>{"first", "g #2", "g sid:1",
                                             "g domains"}));
  EXPECT_TRUE(lines[0].established);
  EXPECT_EQ(lines[0].part, FlowPart::kReplies);
  EXPECT_EQ(lines[1].condition, "time");
}

// covers S84
TEST(ReadNetworkFirewall, WhatApplicationsHaveToShowIsUnknown) {
  const auto parts = parts_of(
      "firewall_policies: [{name: p, stateful_default_actions: "
      "\"aws:drop_established_app_layer\"}, {name: q, stateful_rule_groups: "
      "unknown}]");
  EXPECT_TRUE(parts.firewall_policies.at(0).unmatched.unknown);
  EXPECT_TRUE(parts.firewall_policies.at(1).stateful.open);
}

TEST(ReadNetworkFirewall, Refusals) {
  const std::string group = "firewall_rule_groups: [{name: g, type: STATEFUL, ";
  const std::string flow = "tcp any any -> any";
  const std::vector<Refusal> rows = {
      {"suricata-rule", group + "rules_string: 'pass " + flow + "'}]", 1, 64,
       "pass " + flow, "OPTIONS"},
      {"firewall-address", group + "rules: [{action: PASS, sources: 10.1}]}]",
       1, 82, "10.1", "HOME_NET"},
      {"firewall-ports",
       group + "rules: [{action: PASS, source_ports: 80-90}]}]", 1, 87, "80-90",
       "ranges"},
      {"protocol", group + "rules: [{action: PASS, protocols: word}]}]", 1, 84,
       "word", "a number"},
      {"choice", group + "rules: [{action: \"aws:pass\"}]}]", 1, 67, "aws:pass",
       "PASS"},
      {"choice",
       "firewall_policies: [{name: p, stateful_default_actions: aws:drop}]", 1,
       57, "aws:drop", "drop_strict"},
      {"firewall-default",
       "firewall_policies: [{name: p, stateful_default_actions: "
       "[aws:drop_strict, aws:drop_established]}]",
       1, 57, "aws:drop_established", "first aws:drop_strict"},
      {"choice", group + "rules: [{action: PASS, flow: both}]}]", 1, 79, "both",
       "to_server"},
      {"firewall-ports",
       group + "rules: [{action: PASS, protocols: icmp, source_ports: 80}]}]",
       1, 84, "protocols", "rule of its own"},
      {"endpoint-firewall",
       "endpoints: [{name: e, vpc: v, kind: inspection, firewall: f, passes: "
       "true}]",
       1, 59, "f", "passes"}};
  for (const Refusal& row : rows) expect_refusal(row, errors_of(row.text));
}

// What is written reads as the same lines, whatever wrote them before.
TEST(ReadNetworkFirewall, WhatIsWrittenComesBack) {
  const std::string text = R"(
vpcs: [{name: v, cidrs: 10.0.0.0/16}]
network_firewalls: [{name: f, vpc: v, firewall_policy: p}]
firewall_policies: [{name: p, stateful_rule_groups: [{name: g, priority: 3}], stateful_engine_options: {rule_order: unknown}, stateful_default_actions: unknown, stateless_default_actions: unknown}]
firewall_rule_groups:
  - name: g
    type: STATEFUL
    rules_string: |
      pass tcp [$HOME_NET,@l] 1024: <> ![10.1.0.0/16,10.2.0.0/16] [80,443] (flow:established; sid:1;)
      drop icmp any any -> $EXTERNAL_NET any (flow:to_client; sid:2;)
      pass sctp any any -> any 22 (flow:to_server; sid:4;)
      reject tls any any -> $GHOST $GHOST (tls.sni; sid:3;)
)";
  const auto first = read_topology_text(text, "net.yaml");
  ASSERT_TRUE(first);
  const auto files = write_topology(first.value());
  std::string written;
  for (const TopologyFile& file : files) {
    if (file.name != "topology.yaml") written += file.text;
  }
  const auto again = read_topology_text(written, "net.yaml");
  ASSERT_TRUE(again) << lines_of(again.error()) << written;
  std::string twice;
  for (const TopologyFile& file : write_topology(again.value())) {
    if (file.name != "topology.yaml") twice += file.text;
  }
  EXPECT_EQ(twice, written);
  EXPECT_NE(written.find("$HOME_NET"), std::string::npos);
  for (const char* flow : {"flow: to_server", "flow: to_client"}) {
    EXPECT_NE(written.find(flow), std::string::npos) << written;
  }
}

}  // namespace
}  // namespace netproof
