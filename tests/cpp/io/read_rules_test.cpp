#include "netproof/io/read_rules.hpp"

#include "reading.hpp"

namespace netproof {
namespace {

std::string rule(const std::string& rest) {
  return "rules: [{id: r, " + rest + "}]\n";
}

TEST(ReadRules, EveryRefusalSaysWhereAndWhy) {
  const std::vector<Refusal> rows{
      {"version", "version: 3\n", 1, 10, "3", "is 1"},
      {"unknown-key", "rulez: []\n", 1, 1, "rulez", "did you mean 'rules'?"},
      {"not-supported-yet", "hours: {}\n", 1, 8, "hours", "not supported yet"},
      {"not-supported-yet", rule("survive: {}"), 1, 26, "survive",
       "not supported yet"},
      {"not-supported-yet",
       rule("deny: {from: internet, to: everyone}, when: night"), 1, 61, "when",
       "not supported yet"},
      {"not-supported-yet",
       rule("deny: {from: internet, to: everyone, relayed: true}"), 1, 63,
       "relayed", "not supported yet"},
      {"rule-verb", rule("severity: note"), 1, 14, "none", "one of deny"},
      {"rule-verb",
       rule("deny: {from: internet, to: everyone}, no_overlap: {of: vpcs, "
            "within: anywhere}"),
       1, 14, "several", "one of deny"},
      {"unknown-zone",
       "zones: {prod: {vpcs: a}}\n" + rule("deny: {from: prd, to: internet}"),
       2, 30, "prd", "did you mean 'prod'?"},
      {"unknown-zone", rule("deny: {from: ['vpc:a', vpb], to: internet}"), 1,
       40, "vpb", ""},
      {"unknown-zone", rule("deny: {from: 'vpcc:a', to: internet}"), 1, 30,
       "vpcc:a", "did you mean"},
      {"zone-circle", "zones: {a: {zones: b}, b: {vpcs: x, minus: a}}\n", 1, 9,
       "a", "not made of itself"},
      {"reserved-name", "zones: {internet: {vpcs: a}}\n", 1, 9, "internet",
       "of its own"},
      {"reserved-name", "services: {tcp: tcp/80}\n", 1, 12, "tcp",
       "of its own"},
      {"empty-selector", "zones: {a: {}}\n", 1, 12, "{}", "everyone"},
      {"empty-list", "zones: {a: {vpcs: []}}\n", 1, 19, "[]", "names some"},
      {"prefix", rule("deny: {from: 10.0.1.0/16, to: internet}"), 1, 30,
       "10.0.1.0/16", "10.0.0.0/16"},
      {"missing-key", rule("require: {from: internet, to: everyone}"), 1, 26,
       "", "has 'service'"},
      {"service",
       "services: {https: tcp/443}\n" +
           rule("deny: {from: internet, to: everyone, service: htps}"),
       2, 63, "htps", "did you mean 'https'?"},
      {"choice", rule("isolate: {zone: internet, from: member}"), 1, 49,
       "member", "did you mean 'members'?"},
      {"choice",
       rule("no_overlap: {of: [vpcs], within: anywhere}, severity: bad"), 1, 71,
       "bad", "note, warning, error"},
      {"duplicate-name",
       "rules:\n"
       "  - {id: r, no_overlap: {of: vpcs, within: anywhere}}\n"
       "  - {id: r, no_overlap: {of: vpcs, within: anywhere}}\n",
       3, 10, "r", "first at rules.yaml:2:10"},
      {"port-range", "client_ports: 65535-1024\n", 1, 15, "65535-1024",
       "1024-65535"},
      {"kind-name", "exceptions: [{rule: r, subject: web, reason: x}]\n", 1, 33,
       "web", "kind:name"},
      {"date",
       "exceptions: [{rule: r, subject: 'vpc:w', reason: x, expires: "
       "2027-13-01}]\n",
       1, 62, "2027-13-01", "2027-03-31"},
      {"rule-mandatory",
       rule("no_overlap: {of: vpcs, within: anywhere}, mandatory: true") +
           "exceptions: [{rule: r, subject: 'vpc:w', reason: x}]\n",
       2, 21, "r", "no exceptions"},
      {"missing-key", "exceptions: [{rule: r, subject: 'vpc:w'}]\n", 1, 14, "",
       "has 'reason'"},
  };
  for (const Refusal& row : rows) {
    expect_refusal(row, rule_errors_of(row.text));
  }
}

TEST(ReadRules, ClientPortsAndWaivers) {
  const RuleSet rules = rules_of(
      "client_ports: 32768-60999\n"
      "exceptions: [{rule: r, subject: 'vpc:w', reason: x, owner: o, expires: "
      "2027-03-31}]\n");
  EXPECT_EQ(rules.client_port_first, 32768);
  EXPECT_EQ(rules.client_port_last, 60999);
  ASSERT_EQ(rules.waivers.size(), 1U);
  EXPECT_EQ(rules.waivers[0].expires, "2027-03-31");
  EXPECT_EQ(rules.waivers[0].owner, "o");
  EXPECT_EQ(rules_of("").client_port_first, 1024);
}

TEST(ReadRules, AFileThatIsNotThereIsAnError) {
  const auto read = read_rules("no/such/rules.yaml");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().at(0).code, "file-exists");
}

}  // namespace
}  // namespace netproof
