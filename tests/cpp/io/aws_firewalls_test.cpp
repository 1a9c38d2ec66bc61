// Snapshots here are written by hand in the shapes of the AWS command line.
#include <algorithm>
#include <string>

#include "folder.hpp"
#include "reading.hpp"

namespace netproof {
namespace {

const std::string kArn = "arn:aws:network-firewall:eu-west-1:111122223333:";

class AwsFirewalls : public Folder {
 protected:
  AwsFirewalls() {
    put("network.json", R"({"Vpcs": [{"VpcId": "vpc-1",
      "OwnerId": "111122223333", "CidrBlock": "10.0.0.0/16"}],
     "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1",
      "CidrBlock": "10.0.1.0/24", "AvailabilityZoneId": "euw1-az1"}],
     "VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcId": "vpc-1",
      "VpcEndpointType": "GatewayLoadBalancer", "State": "available",
      "SubnetIds": ["subnet-1"], "ServiceName": "s"}]})");
    put("firewall.json", R"({"UpdateToken": "u", "Firewall": {
      "FirewallName": "f", "FirewallArn": ")" +
                             kArn + R"(firewall/f",
      "FirewallPolicyArn": ")" +
                             kArn + R"(firewall-policy/p",
      "VpcId": "vpc-1", "SubnetMappings": [{"SubnetId": "subnet-1"}]},
     "FirewallStatus": {"Status": "READY", "SyncStates": {
      "eu-west-1a": {"Attachment": {"SubnetId": "subnet-1",
       "EndpointId": "vpce-1", "Status": "READY"}},
      "eu-west-1b": {"Attachment": {"SubnetId": "subnet-1",
       "EndpointId": "vpce-2", "Status": "READY"}}}}})");
  }

  void put(const std::string& name, const std::string& text) const {
    write("111122223333/eu-west-1/" + name, text);
  }
  void policy(const std::string& fields) const {
    put("policy.json", R"({"FirewallPolicyResponse": {"FirewallPolicyArn": ")" +
                           kArn + R"(firewall-policy/p", "FirewallPolicyName":
                           "p"}, "FirewallPolicy": {)" +
                           fields + "}}");
  }
  void group(const std::string& type, const std::string& fields) const {
    put("group.json", R"({"RuleGroupResponse": {"RuleGroupArn": ")" + kArn +
                          R"(rulegroup/g", "RuleGroupName": "g", "Type": ")" +
                          type + R"("}, "RuleGroup": {)" + fields + "}}");
  }
  static std::string uses(const std::string& key) {
    return "\"" + key + "\": [{\"ResourceArn\": \"" + kArn +
           "rulegroup/g\", \"Priority\": 5}]";
  }
  TopologyParts parts() const {
    const auto result = read();
    if (result) return result.value().parts();
    ADD_FAILURE() << lines_of(result.error());
    return {};
  }
  /// The lines of the only group, with what they hang on.
  std::vector<FirewallLine> lines() const {
    const TopologyParts p = parts();
    EXPECT_EQ(p.firewall_rule_groups.size(), 1U);
    if (p.firewall_rule_groups.empty()) return {};
    EXPECT_FALSE(p.firewall_rule_groups[0].lines.open) << lines_of(p.gaps);
    return p.firewall_rule_groups[0].lines.items;
  }
};

const std::string kForward =
    R"("StatelessDefaultActions": ["aws:forward_to_sfe"])";

// covers S86, S121
TEST_F(AwsFirewalls, EndpointsBelongToTheirFirewall) {
  policy(kForward);
  const TopologyParts p = parts();
  ASSERT_EQ(p.network_firewalls.size(), 1U);
  EXPECT_TRUE(p.network_firewalls[0].policy.value.id);
  EXPECT_EQ(p.network_firewalls[0].labels.at("Name"), "f");
  ASSERT_EQ(p.endpoints.size(), 2U);
  for (const Endpoint& endpoint : p.endpoints) {
    ASSERT_TRUE(endpoint.firewall) << endpoint.name;
    EXPECT_TRUE(endpoint.firewall->id) << endpoint.name;
    EXPECT_EQ(endpoint.kind, EndpointKind::kInspection);
  }
}

// covers S121
TEST_F(AwsFirewalls, WhatIsNotDescribedIsUnknown) {
  EXPECT_TRUE(parts().network_firewalls.at(0).policy.unknown);
  policy(kForward + ", " + uses("StatefulRuleGroupReferences"));
  const TopologyParts p = parts();
  EXPECT_FALSE(p.network_firewalls.at(0).policy.unknown);
  EXPECT_TRUE(p.firewall_rule_groups.at(0).lines.open);
  EXPECT_NE(lines_of(p.gaps).find("rulegroup/g"), std::string::npos);
}

// covers S81, S83, S84
TEST_F(AwsFirewalls, APolicySaysOrderAndDefaults) {
  group("STATELESS", R"("RulesSource": {"StatelessRulesAndCustomActions":
    {"StatelessRules": [], "CustomActions": [{"ActionName": "m"}]}})");
  policy(R"("StatelessDefaultActions": ["metric", "aws:drop"],
    "StatelessFragmentDefaultActions": ["aws:drop"],
    "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER",
     "StreamExceptionPolicy": "CONTINUE"},
    "StatefulDefaultActions": ["aws:drop_established", "aws:alert_strict"],
    "PolicyVariables": {"RuleVariables": {"HOME_NET":
     {"Definition": ["10.0.0.0/8"]}}}, )" +
         uses("StatelessRuleGroupReferences"));
  const FirewallPolicy p = parts().firewall_policies.at(0);
  EXPECT_TRUE(p.stateless_default.is(FirewallAction::kDrop));
  EXPECT_TRUE(p.strict_order.is(true));
  EXPECT_TRUE(p.unmatched.is(Unmatched::kDropEstablished));
  EXPECT_EQ(p.home_net->items.size(), 1U);
  EXPECT_EQ(p.stateless.items.at(0).priority, 5);
  EXPECT_FALSE(p.stateless.open);
}

// covers S87
TEST_F(AwsFirewalls, WordsThatNobodyKnowsOpenThePolicy) {
  for (const char* odd :
       {R"("FirewallEngine": {"RuleGroups": ["x"]})",
        R"("TLSInspectionConfigurationArn": "arn:x")",
        R"("StatefulEngineOptions": {"RuleOrder": "NOVEL"})",
        R"("PolicyVariables": {"RuleVariables": {"EXTERNAL_NET":
            {"Definition": ["10.0.0.0/8"]}}})",
        R"("StatelessRuleGroupReferences": [{"ResourceArn": "a"}])",
        R"("StatefulRuleGroupReferences": [{"ResourceArn": "a",
            "Override": {"Action": "DROP_TO_ALERT"}}])"}) {
    policy(kForward + ", " + odd);
    const FirewallPolicy p = parts().firewall_policies.at(0);
    EXPECT_TRUE(p.stateless.open) << odd;
    EXPECT_TRUE(p.stateful.open) << odd;
  }
  policy(kForward + R"(, "StatefulDefaultActions": ["aws:drop_novel"],
    "PolicyVariables": {"RuleVariables": {"HOME_NET": {"x": 1}}})");
  const TopologyParts p = parts();
  EXPECT_TRUE(p.firewall_policies.at(0).unmatched.unknown);
  EXPECT_TRUE(p.firewall_policies.at(0).home_net->open);
  EXPECT_NE(lines_of(p.gaps).find("by default"), std::string::npos);
}

// covers S82
TEST_F(AwsFirewalls, StatelessRules) {
  policy(uses("StatelessRuleGroupReferences"));
  group("STATELESS", R"("RulesSource": {"StatelessRulesAndCustomActions": {
    "CustomActions": [{"ActionName": "metric"}], "StatelessRules": [
    {"Priority": 4, "RuleDefinition": {"Actions": ["aws:pass", "metric"],
     "MatchAttributes": {"Sources": [{"AddressDefinition": "10.0.0.0/8"}],
      "DestinationPorts": [{"FromPort": 443, "ToPort": 444}],
      "Protocols": [6]}}},
    {"Priority": 2, "RuleDefinition": {"Actions": ["novel"],
     "MatchAttributes": {"TCPFlags": [{"Flags": ["SYN"]}]}}}]}})");
  const auto found = lines();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].priority, 4);
  EXPECT_TRUE(found[0].action.is(FirewallAction::kPass));
  EXPECT_EQ(to_string(found[0].service.value), "tcp/443-444");
  EXPECT_EQ(found[0].sources.within.items.size(), 1U);
  EXPECT_TRUE(found[1].action.unknown);
  EXPECT_EQ(found[1].condition, "TCP flags");
  EXPECT_EQ(found[1].service.value, TransportSet::all());
}

// covers S83, S85
TEST_F(AwsFirewalls, V31StatefulRulesOfEverySort) {
  policy(kForward + ", " + uses("StatefulRuleGroupReferences"));
  group("STATEFUL", R"("RulesSource": {"StatefulRules": [
    {"Action": "DROP", "Header": {"Protocol": "TCP", "Source": "ANY",
      "SourcePort": "ANY", "Direction": "FORWARD", "Destination": "$OWN",
      "DestinationPort": "22"},
     "RuleOptions": [{"Keyword": "sid:1"},
      {"Keyword": "flow", "Settings": ["to_server", "established"]}]},
    {"Action": "PASS", "Header": {"Protocol": "TCP", "Source": "@L",
      "SourcePort": "ANY", "Direction": "ANY", "Destination": "ANY",
      "DestinationPort": "ANY"}, "RuleOptions": []}]},
   "RuleVariables": {"IPSets": {"OWN": {"Definition": ["10.2.0.0/16"]}}},
   "ReferenceSets": {"IPSetReferences": {"L": {"ReferenceArn":
    "arn:aws:ec2:eu-west-1:1:prefix-list/pl-1"}}},
   "StatefulRuleOptions": {"RuleOrder": "DEFAULT_ACTION_ORDER"})");
  auto found = lines();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(found[0].established);
  EXPECT_EQ(found[0].condition, "");
  EXPECT_EQ(found[0].destinations.within.items.size(), 1U);
  const auto* list =
      std::get_if<Ref<PrefixList>>(&found[1].sources.within.items.at(0));
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->name, "pl-1");

  group("STATEFUL", R"json("RulesSource": {"RulesString":
    "drop tcp any any -> any 22 (sid:1;)\npass tcp 10.0.0.0/8 any -> any any (sid:2;)"})json");
  found = lines();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].name, kArn + "rulegroup/g sid:2");

  group("STATEFUL", R"("RulesSource": {"RulesSourceList": {
    "Targets": [".x.example"], "TargetTypes": ["TLS_SNI"],
    "GeneratedRulesType": "ALLOWLIST"}})");
  EXPECT_EQ(lines().size(), 2U);
}

// covers S85, S87
TEST_F(AwsFirewalls, RulesThatNobodyCanReadOpenTheirGroup) {
  policy(kForward + ", " + uses("StatefulRuleGroupReferences"));
  for (const char* odd :
       {R"("RulesSource": {"RulesString": "pass everything"})",
        R"("RulesSource": {"NovelSource": {"x": 1}})",
        R"("RulesSource": {}, "RuleVariables": {"NovelSets": {"x": 1}})",
        R"("RulesSource": {"RulesString": ""})", R"("NovelKey": {"x": 1})",
        R"("RulesSource": {"StatelessRulesAndCustomActions":
            {"StatelessRules": [{"Priority": 1}]}})"}) {
    group("STATEFUL", odd);
    EXPECT_TRUE(parts().firewall_rule_groups.at(0).lines.open) << odd;
  }
  const std::string rules = R"("RulesSource": {"RulesString": "# none"})";
  group("STATEFUL", rules);
  EXPECT_FALSE(parts().firewall_rule_groups.at(0).lines.open);
  for (const char* type : {"", "NOVEL", "STATELESS"}) {
    group(type, rules);
    EXPECT_TRUE(parts().firewall_rule_groups.at(0).lines.open) << type;
  }
}

// covers S85, S87
TEST_F(AwsFirewalls, VariablesThatTheGroupLacksAreUnknown) {
  policy(kForward + ", " + uses("StatefulRuleGroupReferences"));
  group("STATEFUL", R"json("RulesSource": {"RulesString":
    "drop tcp @pl-1 any -> any any (sid:1;)\ndrop tcp $A any -> any any (sid:2;)\ndrop tcp any any -> any $P (sid:3;)\ndrop tcp @R any -> any any (sid:4;)"},
   "RuleVariables": {"PortSets": {"P": {"Definition": []}}},
   "ReferenceSets": {"IPSetReferences": {"R": {"ReferenceArn":
    "arn:aws:resource-groups:eu-west-1:1:group/pl-1"}}})json");
  const auto found = lines();
  ASSERT_EQ(found.size(), 4U);
  EXPECT_TRUE(found[0].sources.within.open);
  EXPECT_TRUE(found[1].sources.within.open);
  EXPECT_TRUE(found[2].service.unknown);
  EXPECT_TRUE(found[3].sources.within.open);
  EXPECT_NE(lines_of(parts().gaps).find("g sid:3"), std::string::npos);
}

// covers S82
TEST_F(AwsFirewalls, AStatelessRuleThatLacksItsPartsOpensTheGroup) {
  policy(uses("StatelessRuleGroupReferences"));
  const auto rule = [&](const std::string& text) {
    group("STATELESS", R"("RulesSource": {"StatelessRulesAndCustomActions":
      {"StatelessRules": [)" +
                           text + "]}}");
    return parts().firewall_rule_groups.at(0);
  };
  const std::string does = R"("RuleDefinition": {"Actions": ["aws:drop"])";
  EXPECT_TRUE(rule("{" + does + R"(, "MatchAttributes": {}}})").lines.open);
  EXPECT_TRUE(rule(R"({"Priority": 1, )" + does + "}}").lines.open);
  const FirewallRuleGroup any =
      rule(R"({"Priority": 1, )" + does +
           R"(, "MatchAttributes": {"Protocols": [6], "SourcePorts": [],
          "TCPFlags": []}}})");
  EXPECT_FALSE(any.lines.open);
  EXPECT_EQ(to_string(any.lines.items.at(0).service.value), "tcp");
  EXPECT_EQ(any.lines.items.at(0).condition, "");
  EXPECT_TRUE(
      rule(R"({"Priority": 1, )" + does +
           R"(, "MatchAttributes": {"SourcePorts": [{"FromPort": 1}]}}})")
          .lines.open);
}

// covers S81
TEST_F(AwsFirewalls, AStatefulGroupAmongStatelessOnesIsTold) {
  policy(kForward + ", " + uses("StatelessRuleGroupReferences"));
  group("STATEFUL", R"("RulesSource": {"RulesString": "# none"})");
  EXPECT_NE(lines_of(parts().gaps).find("stateless groups before"),
            std::string::npos);
}

}  // namespace
}  // namespace netproof
