#include "firewall_text.hpp"
#include "lza_landing.hpp"

namespace netproof {
namespace {

using io::text_of;

class LzaFirewalls : public Landing {
 protected:
  TopologyParts firewall(const std::string& rules, const std::string& policy,
                         const std::string& more = "") const {
    return parts(
        "centralNetworkServices:\n"
        "  delegatedAdminAccount: A\n"
        "  networkFirewall:\n"
        "    firewalls: [{name: F, vpc: V, subnets: [S], firewallPolicy: P" +
        more +
        "}]\n"
        "    policies: [{name: P, regions: [eu-west-1], firewallPolicy: {" +
        policy +
        "}}]\n"
        "    rules:\n" +
        rules +
        "vpcs: [{name: V, account: A, region: eu-west-1, cidrs: [10.0.0.0/16], "
        "subnets: [{name: S, availabilityZone: a, ipv4CidrBlock: "
        "10.0.1.0/24}]}]\n");
  }
  static std::string group(const std::string& source,
                           const std::string& type = "STATEFUL",
                           const std::string& variables = "") {
    return "      - {name: R, regions: [eu-west-1], capacity: 1, type: " +
           type + ", ruleGroup: {rulesSource: {" + source + "}" + variables +
           "}}\n";
  }
  OpenList<FirewallLine> lines(const std::string& group) const {
    return named(firewall(group, kForward).firewall_rule_groups, "R").lines;
  }

  const std::string kForward =
      "statelessDefaultActions: ['aws:forward_to_sfe']";
  const std::string kRule =
      "rulesString: \"drop tcp $OWN any -> any $WEB (flow:to_server; sid:1;)\"";
};

// covers S81, S83, S84, S167
TEST_F(LzaFirewalls, AFirewallHasItsPolicyAndRules) {
  const TopologyParts read = firewall(
      group(kRule, "STATEFUL",
            ", ruleVariables: {ipSets: {name: OWN, definition: [10.1.0.0/16]}, "
            "portSets: [{name: WEB, definition: ['80', '443']}]}"),
      kForward +
          ", statelessFragmentDefaultActions: ['aws:drop'], "
          "statefulDefaultActions: ['aws:drop_strict', 'aws:alert_strict'], "
          "statefulEngineOptions: STRICT_ORDER, statefulRuleGroups: [{name: R, "
          "priority: 7}]");
  EXPECT_EQ(gaps_of(read), "");
  const Endpoint& endpoint = named(read.endpoints, "V/F@a");
  EXPECT_EQ(endpoint.firewall->name, "V/F");
  const NetworkFirewall& one = named(read.network_firewalls, "V/F");
  EXPECT_EQ(one.policy.value.name, "P");
  EXPECT_EQ(one.vpc.name, "V");
  const FirewallPolicy& policy = named(read.firewall_policies, "P");
  EXPECT_TRUE(policy.strict_order.is(true));
  EXPECT_TRUE(policy.unmatched.is(Unmatched::kDrop));
  EXPECT_TRUE(policy.stateless_default.is(FirewallAction::kForward));
  ASSERT_EQ(policy.stateful.items.size(), 1U);
  EXPECT_EQ(policy.stateful.items[0].priority, 7);
  EXPECT_FALSE(policy.stateful.open);
  const auto& rules = named(read.firewall_rule_groups, "R").lines;
  ASSERT_EQ(rules.items.size(), 1U);
  EXPECT_FALSE(rules.open);
  EXPECT_EQ(text_of(rules.items[0].sources), "10.1.0.0/16");
  EXPECT_EQ(to_string(rules.items[0].service.value), "tcp/80, tcp/443");
  EXPECT_EQ(rules.items[0].part, FlowPart::kRequests);
}

// covers S85, S167
TEST_F(LzaFirewalls, RulesAreWrittenInFiveWays) {
  write("rules/r.txt", "# none\npass udp any any -> any 53 (sid:9;)\n");
  const auto file = lines(group("rulesFile: rules/r.txt"));
  ASSERT_EQ(file.items.size(), 1U);
  EXPECT_FALSE(file.open);
  EXPECT_EQ(file.items[0].name, "R sid:9");
  const auto header = lines(group(
      "statefulRules: [{action: DROP, header: {protocol: TCP, source: ANY, "
      "sourcePort: ANY, direction: ANY, destination: 10.0.0.0/8, "
      "destinationPort: '22'}, ruleOptions: [{keyword: sid, settings: ['1']}, "
      "{keyword: flow, settings: [to_server, established]}]}]"));
  ASSERT_EQ(header.items.size(), 2U);
  EXPECT_TRUE(header.items[0].established);
  EXPECT_EQ(text_of(header.items[1].sources), "10.0.0.0/8");
  const auto domains = lines(group(
      "rulesSourceList: {generatedRulesType: DENYLIST, targets: [x.example], "
      "targetTypes: [TLS_SNI]}"));
  EXPECT_EQ(domains.items.at(0).condition, "domain names");
  const auto stateless = lines(group(
      "statelessRulesAndCustomActions: {statelessRules: [{priority: 5, "
      "ruleDefinition: {actions: ['aws:pass'], matchAttributes: {sources: "
      "[10.0.0.0/8], protocols: [6], destinationPorts: [{fromPort: 22, toPort: "
      "23}], tcpFlags: [{flags: [SYN]}]}}}]}",
      "STATELESS"));
  ASSERT_EQ(stateless.items.size(), 1U);
  EXPECT_FALSE(stateless.open);
  EXPECT_EQ(stateless.items[0].priority, 5);
  EXPECT_TRUE(stateless.items[0].action.is(FirewallAction::kPass));
  EXPECT_EQ(to_string(stateless.items[0].service.value), "tcp/22-23");
  EXPECT_EQ(stateless.items[0].condition, "TCP flags");
}

// covers S87, S167
TEST_F(LzaFirewalls, AGroupThatNobodyCanReadMayDoAnything) {
  write("bad.txt", "pass everything\n");
  write("open.txt", "pass ip {{ X }} any -> any any (sid:1;)\n");
  for (const std::string& odd :
       {group("rulesFile: gone.txt"), group("rulesFile: ../bad.txt"),
        group("rulesFile: bad.txt"), group("rulesFile: open.txt"),
        group("novel: 1"), group(""), group(kRule, "STATELESS"),
        group(kRule, "\"{{ X }}\""),
        group(kRule, "STATEFUL", ", novelVariables: {}"),
        group("statefulRules: [{action: DROP, novel: 1}]"),
        group("statelessRulesAndCustomActions: {statelessRules: [{priority: "
              "1}]}",
              "STATELESS")}) {
    EXPECT_TRUE(lines(odd).open) << odd;
  }
}

// covers S84, S87, S167
TEST_F(LzaFirewalls, APolicyThatNobodyCanReadMayDoAnything) {
  const auto policy = [&](const std::string& text) {
    return named(firewall(group(kRule), text).firewall_policies, "P");
  };
  EXPECT_TRUE(policy(kForward + ", novel: 1").stateful.open);
  EXPECT_TRUE(
      policy(kForward + ", statefulRuleGroups: [{name: X}]").stateful.open);
  const std::string ordered =
      ", statefulEngineOptions: {ruleOrder: STRICT_ORDER"
      "}, statefulRuleGroups: [{name: R}]";
  EXPECT_TRUE(policy(kForward + ordered).stateful.open);
  EXPECT_TRUE(policy(kForward + ", statefulEngineOptions: \"{{ X }}\"")
                  .strict_order.unknown);
  EXPECT_TRUE(policy("statelessDefaultActions: ['aws:pass', 'aws:drop']")
                  .stateless_default.unknown);
  EXPECT_TRUE(policy(kForward + ", statefulDefaultActions: ['aws:novel']")
                  .unmatched.unknown);
  const TopologyParts read = firewall(group(kRule), kForward, ", novel: 1");
  EXPECT_TRUE(named(read.network_firewalls, "V/F").policy.unknown);
}

}  // namespace
}  // namespace netproof
