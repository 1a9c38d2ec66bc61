#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/engine/engine.hpp"
#include "netproof/net/service.hpp"
#include "netproof/reference/evaluator.hpp"
#include "netproof/rules/judge.hpp"
#include "netproof/rules/plan.hpp"
#include "support/network.hpp"

namespace netproof::testing {

/// A selector as a rule writes it: "vpc:a", a prefix, "everyone".
inline Selector selector(std::string_view text, const Zones& zones = {}) {
  const auto found = parse_selector(text, zones);
  expects(found.has_value(), "the text of a test is a selector");
  return *found;
}

inline TransportSet service(std::string_view text) {
  return parse_service(text).value();
}

/// A rule with two ends at the level that its verb has by default.
inline RuleSpec rule(Verb verb, std::string_view from, std::string_view to,
                     std::string_view what = "any") {
  RuleSpec spec;
  spec.id = "rule";
  spec.verb = verb;
  spec.from = selector(from);
  spec.to = selector(to);
  spec.service = service(what);
  spec.service_text = std::string(what);
  if (verb == Verb::kRequire) spec.level = Level::kConnection;
  return spec;
}

inline AllowEntry entry(std::string_view from, std::string_view to,
                        std::string_view what = "any") {
  AllowEntry made;
  if (!from.empty()) made.from = selector(from);
  if (!to.empty()) made.to = selector(to);
  made.service = service(what);
  return made;
}

inline Judge judge_of(const Topology& topology) {
  return Judge(topology, Engine(topology), Evaluator(topology));
}

inline RuleOutcome judged(const Topology& topology, const RuleSpec& spec,
                          RuleSet rules = {}) {
  rules.rules = {spec};
  return judge_of(topology).judge(spec, rules, "2027-01-01", false);
}

/// The verdict. A contradiction inside netproof or a problem of the rule is an
/// exception, so that no test passes in spite of one.
inline Verdict verdict(const Topology& topology, const RuleSpec& spec,
                       const RuleSet& rules = {}) {
  const RuleOutcome outcome = judged(topology, spec, rules);
  if (!outcome.defects.empty()) throw ContractViolation(outcome.defects[0]);
  if (!outcome.problems.empty()) {
    throw ContractViolation(to_string(outcome.problems[0]));
  }
  return outcome.result.verdict;
}

/// The findings of one kind in a plan.
inline std::vector<Finding> findings(const Topology& topology,
                                     std::string_view id) {
  std::vector<Finding> found = check_plan({topology, {}, false});
  std::erase_if(found, [&](const Finding& one) { return one.id != id; });
  return found;
}

/// Two VPCs, one subnet each, on one transit gateway: every route there, open
/// groups. "a" 10.1.0.0/16 and "b" 10.2.0.0/16.
inline Network two_vpcs() {
  Network net;
  for (const std::string name : {"a", "b"}) {
    const std::string block = name == "a" ? "10.1.0.0/16" : "10.2.0.0/16";
    const std::string subnet = name == "a" ? "10.1.0.0/24" : "10.2.0.0/24";
    net.vpc(name, {block}, "rtb-" + name);
    net.table("rtb-" + name, name, {{"10.0.0.0/8", "tgw:main"}});
    net.subnet("sub-" + name, name, {subnet});
    net.attach_vpc("att-" + name, "main", name);
  }
  net.transit("main");
  net.transit_table("rt", "main", {{"att-a", "att-b"}, {"att-a", "att-b"}, {}});
  return net;
}

}  // namespace netproof::testing
