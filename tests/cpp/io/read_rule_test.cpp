#include "reading.hpp"

namespace netproof {
namespace {

RuleSpec only_rule(const std::string& text) {
  const RuleSet rules = rules_of(
      "zones: {a: {vpcs: x}, b: {vpcs: y}}\nservices: {web: [tcp/80, "
      "tcp/443]}\nrules: [{id: r, " +
      text + "}]\n");
  EXPECT_EQ(rules.rules.size(), 1U);
  return rules.rules.empty() ? RuleSpec{} : rules.rules[0];
}

TEST(ReadRule, DenyHasItsDefaults) {
  const RuleSpec rule = only_rule("deny: {from: a, to: internet}");
  EXPECT_EQ(rule.verb, Verb::kDeny);
  EXPECT_EQ(rule.level, Level::kPacket);
  EXPECT_EQ(rule.severity, Severity::kError);
  EXPECT_EQ(rule.service, TransportSet::all());
  EXPECT_EQ(rule.service_text, "any");
  EXPECT_EQ(rule.from->zones, Names{"a"});
  EXPECT_EQ(rule.from->name, "a");
  EXPECT_EQ(span_of(rule.from->where), "rules.yaml:3:30-31");
  EXPECT_TRUE(rule.to->internet);
  EXPECT_FALSE(rule.interfaces_only || rule.mandatory || rule.allow_empty);
}

TEST(ReadRule, RequireIsAboutConnections) {
  const RuleSpec rule = only_rule(
      "require: {from: a, to: b, service: [web, udp/53]}, severity: note, "
      "endpoints: interfaces, mandatory: true, allow_empty: true, because: c");
  EXPECT_EQ(rule.verb, Verb::kRequire);
  EXPECT_EQ(rule.level, Level::kConnection);
  EXPECT_EQ(rule.severity, Severity::kNote);
  EXPECT_EQ(rule.service_text, "web, udp/53");
  EXPECT_TRUE(rule.service.contains(kTcp, 1, 443));
  EXPECT_TRUE(rule.service.contains(kUdp, 1, 53));
  EXPECT_TRUE(rule.interfaces_only && rule.mandatory && rule.allow_empty);
  EXPECT_EQ(rule.because, "c");
}

TEST(ReadRule, IsolateFromEveryoneMembersOrBoth) {
  const auto from = [](const std::string& text) {
    const RuleSpec rule = only_rule("isolate: {zone: a, from: " + text + "}");
    return std::pair{rule.from_everyone, rule.from_members};
  };
  EXPECT_EQ(from("everyone"), (std::pair{true, false}));
  EXPECT_EQ(from("members"), (std::pair{false, true}));
  EXPECT_EQ(from("[everyone, members]"), (std::pair{true, true}));
}

TEST(ReadRule, OnlyAllowsEntries) {
  const RuleSpec rule = only_rule(
      "only: {into: a, allow: [{from: b, service: web}, {to: 'host:h'}]}, "
      "level: connection, except: [{from: internet}]");
  EXPECT_EQ(rule.verb, Verb::kOnly);
  EXPECT_EQ(rule.level, Level::kConnection);
  EXPECT_EQ(rule.to->zones, Names{"a"});
  EXPECT_FALSE(rule.from);
  ASSERT_EQ(rule.allow.size(), 2U);
  EXPECT_EQ(rule.allow[0].from->zones, Names{"b"});
  EXPECT_TRUE(rule.allow[0].service->contains(kTcp, 9, 80));
  EXPECT_FALSE(rule.allow[0].to);
  EXPECT_EQ(rule.allow[1].to->hosts, Names{"h"});
  ASSERT_EQ(rule.except.size(), 1U);
  EXPECT_TRUE(rule.except[0].from->internet);
}

TEST(ReadRule, ThroughOneOfSeveral) {
  EXPECT_EQ(only_rule("through: {from: a, to: b, via: 'subnet:fw'}").via.size(),
            1U);
  const RuleSpec rule =
      only_rule("through: {from: a, to: b, via: [a, 10.0.0.0/8]}");
  ASSERT_EQ(rule.via.size(), 2U);
  EXPECT_EQ(rule.via[1].cidrs.size(), 1U);
}

TEST(ReadRule, NoOverlap) {
  const RuleSpec rule =
      only_rule("no_overlap: {of: [vpcs, sites], within: anywhere}");
  EXPECT_EQ(rule.overlap_of, (Names{"vpcs", "sites"}));
  EXPECT_TRUE(rule.overlap_anywhere);
  EXPECT_FALSE(only_rule("no_overlap: {of: vpcs, within: routing-domain}")
                   .overlap_anywhere);
}

}  // namespace
}  // namespace netproof
